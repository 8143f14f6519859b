// <licence-check> for everybody: axe, narrow screens, the keyboard alone, dark and forced colours.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/desk.mjs";

async function look(page, name) {
  const { violations } = await new AxeBuilder({ page }).include("licence-check").analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary.split("\n")[1]}`));
  expect.soft(found, name).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name}: sideways scrolling at 320 px`).toBeLessThanOrEqual(0);
  const small = await page.locator("licence-check").evaluate((one) =>
    [...one.shadowRoot.querySelectorAll("button, summary")].filter((node) => node.checkVisibility()).filter((node) => node.getBoundingClientRect().height < 48).map((node) => node.textContent),
  );
  expect.soft(small, `${name}: touch targets`).toEqual([]);
  await page.setViewportSize(size);
}

for (const lang of ["zh-CN", "en"])
  for (const colorScheme of ["light", "dark"])
    test(`every state, ${lang}, ${colorScheme}`, async ({ page, desk, firm }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream(30);
      });
      const { check, verdict, trouble, hand } = await desk({ lang });
      await look(page, "ways");
      await hand(firm.blank);
      await expect(trouble).toBeVisible();
      await look(page, "trouble");
      await hand(firm.pictures(firm.payload("lin"), 1));
      await expect(check.locator(".progress")).toBeVisible();
      await look(page, "parts");
      await hand(firm.pictures(firm.payload("lin")));
      await expect(verdict).toHaveClass(/review/);
      await look(page, "face");
      await check.locator("#face-same").click();
      await expect(verdict).toHaveClass(/accept/);
      await check.locator("#all").click();
      await look(page, "accept, with all checks");
      await check.locator("#next").click();
      await hand(firm.pictures(firm.payload("gao")));
      await expect(verdict).toHaveClass(/refuse/);
      await look(page, "refuse");
      await check.locator("#next").click();
      await check.locator("#camera").click();
      await expect(check.locator("video")).toBeVisible();
      await look(page, "camera");
      await check.locator("#close").click();
      await check.locator("#cancel").click();
      await look(page, "declined");
      const ground = await check.locator(".base").evaluate((base) => getComputedStyle(base).backgroundColor);
      expect(ground).toBe(colorScheme === "dark" ? "rgb(25, 29, 32)" : "rgb(255, 255, 255)");
    });

test("a page that is only light stays light, one that is dark makes the element dark", async ({ page, desk }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const { check } = await desk({ dark: true });
  const ground = () => check.locator(".base").evaluate((base) => getComputedStyle(base).backgroundColor);
  expect(await ground()).toBe("rgb(25, 29, 32)");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.evaluate(() => (document.querySelector("meta[name=color-scheme]").content = "light"));
  expect(await ground()).toBe("rgb(255, 255, 255)");
});

test("a partner's colours, radius and font, and parts that its own sheet can style", async ({ page, desk, firm }) => {
  const { check, hand, verdict } = await desk();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`licence-check { --licence-accent: rgb(200, 80, 0); --licence-radius: 2px; --licence-font: serif; --licence-surface: rgb(255, 250, 240); --licence-refuse: rgb(90, 0, 90) }
      licence-check::part(primary) { letter-spacing: 3px } licence-check:state(refuse) { outline: 5px solid rgb(1, 2, 3) }`);
    document.adoptedStyleSheets = [sheet];
  });
  await expect(check.locator("#camera")).toHaveCSS("background-color", "rgb(200, 80, 0)");
  await expect(check.locator("#camera")).toHaveCSS("letter-spacing", "3px");
  await expect(check.locator(".base")).toHaveCSS("border-radius", "2px");
  await expect(check.locator(".base")).toHaveCSS("font-family", "serif");
  await expect(check.locator(".base")).toHaveCSS("background-color", "rgb(255, 250, 240)");
  await hand(firm.pictures(firm.payload("gao")));
  await expect(verdict).toHaveCSS("background-color", "rgb(90, 0, 90)");
  expect(await check.evaluate((one) => getComputedStyle(one).outlineColor)).toBe("rgb(1, 2, 3)");
});

test("a whole check by the keyboard alone", async ({ page, context, desk, firm }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { check, verdict } = await desk({ lang: "en" });
  await page.evaluate((text) => navigator.clipboard.writeText(text), Buffer.from(firm.payload("lin")).toString("base64url"));
  const press = async (key, name) => {
    await page.keyboard.press(key);
    if (name) await expect(check.getByRole("button", { name })).toBeFocused();
  };
  await press("Tab", "Open the camera");
  await press("Tab", "Choose pictures");
  await press("Tab", "Paste");
  await press("Enter");
  await expect(verdict).toBeVisible();
  await expect(check.locator("#verdict")).toBeFocused();
  await press("Tab", "Same");
  await press("Space", "Same");
  await expect(verdict).toHaveText(/Accepted/);
  await press("Tab", "Not sure");
  await press("Tab", "Different");
  await page.keyboard.press("Tab");
  await expect(check.locator("#all")).toBeFocused();
  await press("Enter");
  await expect(check.locator(".checks")).toHaveAttribute("open");
  await press("Tab", "Next");
  await press("Enter", "Open the camera");
  for (let at = 0; at < 3; at++) await page.keyboard.press("Tab");
  await press("Enter");
  await expect(check.getByRole("heading", { name: "No licence was shown" })).toBeFocused();
  await press("Tab", "Start again");
  await press("Enter", "Open the camera");
});

test("forced colours and reduced motion: the verdict has its sign and word, and nothing moves", async ({ page, desk, firm }) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  const { check, hand, verdict } = await desk();
  await hand(firm.pictures(firm.payload("gao")));
  await expect(verdict.locator(".mark svg")).toBeVisible();
  await expect(verdict).toContainText("不通过");
  const moving = await check.evaluate((one) => [...one.shadowRoot.querySelectorAll("*")].filter((node) => parseFloat(getComputedStyle(node).transitionDuration) > 0).length);
  expect(moving).toBe(0);
});
