// axe finds nothing on any screen, in light and in dark; and nothing needs a sideways scroll at 320 pixels.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { questionCode } from "./support/challenge.mjs";
import { answer, application, give, handedIn, offer, toAnswer, toOffer } from "./support/counterpart.mjs";
import { video } from "./support/webm.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { choosePurpose, claim, openWallet, present, reviewer, screen, submitPhoto } from "./support/wallet.mjs";

/** Looks at what is on the screen now, in both colour schemes. */
async function look(page, name, schemes = ["light", "dark"]) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary.split("\n")[1]}`));
    expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
  }
  await narrow(page, name);
}

async function narrow(page, name) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  // The code on the present screen is drawn anew for its new width with the next frame.
  const wide = () =>
    page.evaluate(() => {
      const scroller = document.querySelector("dialog[open]") ?? document.documentElement;
      // What a frame cuts off does not scroll.
      const shown = [...scroller.querySelectorAll(".button, h1, h2, canvas")].filter((one) => one.checkVisibility());
      const beyond = shown.map((one) => Math.floor(one.getBoundingClientRect().right) - innerWidth);
      return Math.max(scroller.scrollWidth - scroller.clientWidth, ...beyond);
    });
  await expect.poll(wide, `${name}: wider than 320 pixels`).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
}

test("home", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator(".home")).toBeVisible();
  await look(page, "home");
});

test("what the codes mean", async ({ page }) => {
  await page.goto("/errors/#digest-mismatch");
  await expect(page.locator("#digest-mismatch")).toBeInViewport();
  // All 450 entries have one form. Looking at each of them once takes axe as long as all other screens together.
  await look(page, "codes", ["light"]);
  await page.getByRole("searchbox").fill("digest");
  await expect(page.locator("#digest-mismatch")).toBeVisible();
  await look(page, "codes that were searched");
});

test("an application at a desk", async ({ page }) => {
  await handedIn(page);
  await look(page, "waiting, with the ways to a desk");
  await toOffer(page);
  await look(page, "the reading of an offer");
  await give(page, await offer("foreign"), { as: "file" });
  await expect(page.locator("[data-problem]")).toBeVisible();
  await look(page, "a desk that is refused");
  await give(page, await offer(), { as: "file" });
  await expect(screen(page, "post-desk")).toBeVisible();
  await look(page, "the desk");
  await page.getByRole("button", { name: "封好并出示" }).click();
  await expect(screen(page, "post-show")).toBeVisible();
  await look(page, "the application as codes");
  await toAnswer(page);
  await look(page, "the reading of an answer");
  await page.getByRole("button", { name: "返回" }).click();
  await expect(screen(page, "review")).toBeVisible();
  await look(page, "waiting for the answer");
  await page.getByRole("button", { name: "出示申请的二维码" }).click();
  const sent = await application(page);
  await toAnswer(page);
  await give(page, await answer("counter", sent), { as: "file", name: "answer.lzissued" });
  await expect(page.getByText(/^申请号 /)).toBeVisible();
  await look(page, "at the counter");
});

test("claiming", async ({ page }) => {
  await openWallet(page);
  await look(page, "welcome");
  await page.getByRole("button", { name: "开始领取" }).click();
  await expect(screen(page, "people")).toBeVisible();
  await look(page, "people");
  await page.getByLabel("证号").fill("99010119940803002");
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(page.locator("#who-number-error")).toBeVisible();
  await look(page, "people, with a mistyped number");
  await page.locator('[data-person="qin"]').click();
  await expect(screen(page, "found")).toBeVisible();
  await look(page, "found, and refused");
  await page.getByRole("button", { name: "返回" }).click();
  await page.locator('[data-person="lin"]').click();
  await expect(screen(page, "found")).toBeVisible();
  await look(page, "found");
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(screen(page, "on-file")).toBeVisible();
  await look(page, "on file");
  await page.getByRole("button", { name: "是我，下一步" }).click();
  await expect(screen(page, "confirm")).toBeVisible();
  await look(page, "confirm");
  await page.getByText("在受理窗口申领", { exact: true }).click();
  await look(page, "confirm, with the ways to a desk");
  for (let back = 0; back < 3; back++) await page.getByRole("button", { name: "返回" }).click();
  await page.locator('[data-person="he"]').click();
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(screen(page, "photo")).toBeVisible();
  await look(page, "photo");
  await page.locator('input[type="file"]').setInputFiles(new URL("../../www/demo/portraits/tang.jpg", import.meta.url).pathname);
  await expect(screen(page, "crop")).toBeVisible();
  await look(page, "crop");
  await submitPhoto(page);
  await expect(screen(page, "review")).toBeVisible();
  await look(page, "review");
  await reviewer(page);
  await look(page, "review, as the reviewer");
});

for (const person of ["lin", "gao", "shangguan"]) {
  test(`wallet of ${person}`, async ({ page }) => {
    await claim(page, person);
    await look(page, "front");
    await page.locator("#flip").click();
    await look(page, "back");
    if (person !== "lin") return;
    await page.getByRole("button", { name: "详情" }).click();
    await expect(screen(page, "details")).toBeVisible();
    await look(page, "details");
    await page.getByRole("button", { name: "删除证件夹" }).click();
    await look(page, "delete");
    await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
    await page.getByRole("button", { name: "返回" }).click();
    await choosePurpose(page, "age-only");
    await look(page, "purpose");
    await page.getByRole("button", { name: "出示二维码" }).click();
    await expect(screen(page, "present")).toBeVisible();
    await look(page, "present");
    await page.getByRole("button", { name: "关闭" }).click();
    await choosePurpose(page, "age-only", { portrait: false });
    await page.getByRole("button", { name: "出示二维码" }).click();
    await page.getByRole("button", { name: "扫码枪码" }).click();
    await look(page, "present digits");
    await page.getByRole("button", { name: "关闭" }).click();
    await page.getByRole("button", { name: /记录 2/ }).click();
    await expect(screen(page, "history")).toBeVisible();
    await look(page, "history");
  });
}

test("verifier", async ({ page, world, films }) => {
  await openVerifier(page, "rental");
  await look(page, "scan");
  await page.locator("#terms > summary").click();
  await look(page, "terms");
  for (const [person, later] of [["lin", 2], ["gao", 2], ["lin", 75]]) {
    const shown = await films({ person, purpose: "roadside", payload: true });
    const { page } = await world.open({ at: shown.at + later * 1000 });
    await openVerifier(page, "roadside");
    await handIn(page, pictures(shown.payload));
    const { colour } = await verdict(page);
    await page.evaluate(() => document.querySelectorAll("article details").forEach((row) => (row.open = true)));
    await look(page, `verdict, ${colour}`);
  }
});

test("other ways of the verifier: question, video, scanner gun", async ({ page, world }) => {
  const grey = await video(world, [null], { ms: 600_000, every: 10_000 });
  await openVerifier(page, "roadside");
  await page.locator("#ask-open").click();
  await expect(questionCode(page)).toBeVisible();
  await look(page, "question");
  await page.locator("#ask-close").click();
  // It stands still while it is looked at.
  await page.evaluate(() => { HTMLMediaElement.prototype.play = () => Promise.resolve(); });
  await page.locator("#files").setInputFiles({ name: "code.webm", mimeType: "video/webm", buffer: grey });
  await expect(page.locator("#film-stop")).toBeVisible();
  await look(page, "video");
  await page.locator("#film-stop").click();
  await page.locator("#typed-open").click();
  await page.locator("#typed-text").fill("76010003004");
  await page.locator("#typed-text").press("Enter");
  await expect(page.locator("#typed-error")).toBeVisible();
  await look(page, "scanner gun, with an error");
});
