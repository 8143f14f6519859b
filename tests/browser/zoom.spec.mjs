// Text twice as large, in both languages: every main action stays whole, inside the screen's width, and can be pressed.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { choosePurpose, claim, openWallet, screen } from "./support/wallet.mjs";

const phone = { width: 390, height: 844 };

/** Makes all text twice as large, as a person's own setting does, and looks at the actions on the screen. */
async function look(page, name) {
  await page.evaluate(() => document.documentElement.setAttribute("data-zoomed", ""));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("DOM.enable");
  await cdp.send("CSS.enable");
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const { styleSheetId } = await cdp.send("CSS.createStyleSheet", { frameId: frameTree.frame.id });
  await cdp.send("CSS.setStyleSheetText", { styleSheetId, text: ":root[data-zoomed] { font-size: 200% !important }" });
  const found = await page.evaluate(() => {
    const scope = document.querySelector("dialog[open]") ?? document.body;
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const faults = wide > 0 ? [`sideways scroll of ${wide} pixels`] : [];
    for (const action of scope.querySelectorAll(".button, header a, header button, summary, h1, h2")) {
      const box = action.getBoundingClientRect();
      if (box.width < 2 || !action.checkVisibility({ visibilityProperty: true }) || action.closest(".visually-hidden")) continue;
      const text = action.textContent.trim().slice(0, 30);
      if (box.left < -1 || box.right > innerWidth + 1) faults.push(`${text}: outside the screen`);
      const cut = [action.scrollWidth - action.clientWidth, action.scrollHeight - action.clientHeight];
      const clips = getComputedStyle(action).overflow !== "visible";
      if (clips && cut.some((pixels) => pixels > 1)) faults.push(`${text}: clipped by ${cut}`);
    }
    return { size: getComputedStyle(document.documentElement).fontSize, faults };
  });
  expect.soft(found, name).toEqual({ size: "32px", faults: [] });
  await cdp.detach();
  await page.evaluate(() => document.documentElement.removeAttribute("data-zoomed"));
}

test("a notice has as much room below its words as above them", async ({ page }) => {
  await page.goto("/");
  const room = () => page.locator(".notice:visible").first().evaluate((notice) => {
    const [box, first, last] = [notice, notice.children[1], notice.lastElementChild].map((part) => part.getBoundingClientRect());
    return [first.top - box.top, box.bottom - last.bottom].map(Math.round);
  });
  await expect(page.locator(".home")).toBeVisible();
  const [above, below] = await room();
  expect(below).toBe(above);
  await openWallet(page);
  const [over, under] = await room();
  expect(under).toBe(over);
});

for (const locale of ["zh-CN", "en"]) {
  test.describe(locale, () => {
    test.use({ locale, viewport: phone });

    test("the text of home, wallet and verifier may be twice as large", async ({ page, films, world }) => {
      await page.goto("/");
      await expect(page.locator(".home")).toBeVisible();
      await look(page, "home");
      await openWallet(page);
      await look(page, "welcome");
      await claim(page, "lin");
      await look(page, "card");
      await choosePurpose(page, "roadside");
      await look(page, "purpose");
      await page.locator("#present").click();
      await expect(screen(page, "present")).toBeVisible();
      await look(page, "present");
      await openVerifier(page, "rental");
      await look(page, "scan");
      await page.locator("#terms > summary").click();
      await look(page, "terms");
      for (const person of ["lin", "gao"]) {
        const shown = await films({ person, purpose: "roadside", payload: true });
        const { page } = await world.open({ at: shown.at + 2000, locale, viewport: phone });
        await openVerifier(page, "roadside");
        await handIn(page, pictures(shown.payload));
        const { colour } = await verdict(page);
        await look(page, `verdict, ${colour}`);
      }
    });

    test("axe finds nothing, and the page names its language", async ({ page }) => {
      for (const [path, ready] of [["/", ".home"], ["/wallet/", "#app > [data-screen]"], ["/verify/", 'html[data-start="started"] #app'], ["/errors/", ".errors"], ["/authority/", '[data-screen="review"]'],
        ["/about/", `.reading:lang(${locale})`], ["/privacy/", `.reading:lang(${locale})`]]) {
        await page.goto(path);
        await expect(page.locator(ready)).toBeVisible();
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        // Its entries have one form, and accessibility.spec.mjs looks at all of them.
        if (path === "/errors/") await page.getByRole("searchbox").fill("digest");
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`), path).toEqual([]);
      }
    });
  });
}
