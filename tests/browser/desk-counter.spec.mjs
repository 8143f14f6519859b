// A driver whose photo was rejected three times is at the counter: the clerk takes the photo, and the licence is issued.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/fixtures.mjs";
import { drawing, sentToTheCounter } from "./support/counterpart.mjs";
import { journal, openDesk, steps } from "./support/desk.mjs";
import { screen } from "./support/wallet.mjs";

test.use({ still: true });

const view = (page) => page.locator('[data-screen="photograph"]');
const approve = (page) => page.getByRole("button", { name: "通过并签发" });
const lacks = (page) => page.locator('[data-slot="lacks"]');

/** Opens the photo of the driver by the controls of the desk. */
async function toPhoto(page) {
  await openDesk(page, "driver-he");
  await page.getByRole("link", { name: "为驾驶人拍照" }).click();
  await expect(view(page)).toBeVisible();
}

/** Nothing is wrong for axe, in light and dark, and nothing is wider than 320 pixels. */
async function look(page, name) {
  const size = page.viewportSize();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`));
    expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(wide, `${name}: wider than 320 pixels`).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
}

test("a photo by the camera of the desk; the wallet in the same browser gets its licence by itself", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  const wallet = await sentToTheCounter(page, context);
  await toPhoto(page);
  const number = (await wallet.getByText(/^申请号 /).textContent()).replace("申请号 ", "");
  await expect(page.locator('[data-slot="phone"]')).toContainText(number);
  await expect(approve(page)).toBeDisabled();
  await expect(lacks(page)).toHaveText("还没有照片。");
  await look(page, "no photo yet");
  await page.getByRole("button", { name: "打开相机" }).click();
  const take = page.getByRole("button", { name: "拍摄", exact: true });
  await expect(take).toBeEnabled();
  await look(page, "the camera");
  const lights = () => page.evaluate(() => document.querySelector("video").srcObject?.getTracks().some((track) => track.readyState === "live") ?? false);
  expect(await lights()).toBe(true);
  await take.click();
  await expect(page.locator(".measure").first()).toBeVisible();
  expect(await lights(), "the camera is off").toBe(false);
  await look(page, "the cropping");
  await expect(lacks(page)).toContainText("居民身份证或护照");
  await page.getByLabel("纸质驾驶证", { exact: true }).check();
  await expect(approve(page), "no proof of identity").toBeDisabled();
  await page.getByLabel("居民身份证").check();
  await page.getByLabel(/补充说明/).fill("本人到场");
  await approve(page).click();
  await expect(page.getByRole("dialog")).toContainText("何沐阳");
  await expect(page.getByRole("dialog").getByRole("button", { name: "关闭" })).toBeInViewport({ ratio: 1 });
  await expect(screen(wallet, "home")).toContainText("何沐阳");
  const all = await journal(page);
  const taken = all.find(({ step }) => step === "photographed");
  expect(taken).toMatchObject({ driver: "he", shown: ["identity-card", "paper-licence"], note: "本人到场" });
  expect(all.at(-1)).toMatchObject({ step: "issued", application: taken.application, photo_sha256: taken.photo_sha256 });
  await openDesk(page, "driver-he");
  await expect(page.locator('[data-slot="state"]')).toHaveText("✓ 有效");
  await expect(page.locator('[data-slot="history"]')).toContainText("窗口拍照并通过");
  await expect(page.getByRole("link", { name: "为驾驶人拍照" })).toBeHidden();
});

test("what cannot be done is said, and leaves a way on", async ({ page, context }) => {
  // Nobody waits at the counter.
  await openDesk(page, "driver-he");
  await expect(page.getByRole("link", { name: "为驾驶人拍照" })).toBeHidden();
  await page.goto("/authority/#photograph-he");
  await expect(page.locator('[data-problem="desk-not-at-counter"]')).toBeVisible();

  await sentToTheCounter(page, context);
  await toPhoto(page);
  // The browser does not allow the camera; a file that is none; one that shows nothing.
  await page.getByRole("button", { name: "打开相机" }).click();
  await expect(page.locator("#told")).toHaveAttribute("data-problem", "camera-refused");
  const file = page.locator('input[type="file"]');
  await file.setInputFiles({ name: "letter.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
  await expect(page.locator("#told")).toHaveAttribute("data-problem", "picture-not");
  const blank = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 520, height: 756 });
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, 520, 756);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  await file.setInputFiles({ name: "white.png", mimeType: "image/png", buffer: Buffer.from(blank, "base64") });
  await page.getByLabel("护照或旅行证件").check();
  await approve(page).click();
  await expect(page.locator("#told")).toHaveAttribute("data-problem", "picture-empty");
  await page.getByRole("button", { name: "换一张" }).click();
  await expect(page.getByRole("button", { name: "打开相机" })).toBeFocused();

  // What another tab does takes no photo away that is being cropped; what it leads to is refused if it does not fit any more.
  await file.setInputFiles(drawing);
  await expect(page.locator(".measure").first()).toBeVisible();
  const other = await context.newPage();
  await openDesk(other, "driver-he");
  await other.getByRole("button", { name: "暂停" }).click();
  await expect(other.locator('[data-slot="facts"]')).toContainText("D 暂扣");
  await expect(page.locator(".measure").first()).toBeVisible();
  await approve(page).click();
  await expect(page.locator("#told")).toHaveAttribute("data-problem", "claim-status-red");
  expect((await steps(page)).photographed).toBeUndefined();
  await other.getByRole("button", { name: "恢复" }).click();
  await expect(other.locator('[data-slot="facts"]')).not.toContainText("D 暂扣");
  await approve(page).click();
  await expect(page.getByRole("dialog")).toContainText("何沐阳");
  expect((await steps(page)).photographed).toBe(1);
});
