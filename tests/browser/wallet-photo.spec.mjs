// Claims without a photo on file, and replacements of a photo: camera, file, review.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./support/fixtures.mjs";
import { claim, openWallet, reviewer, screen, submitPhoto, toPhoto } from "./support/wallet.mjs";

const drawing = path.resolve(import.meta.dirname, "../../www/demo/portraits/tang.jpg");

async function begin(page) {
  await openWallet(page);
  await toPhoto(page, "he");
}

/** Hands a picture in by the file way, up to the review. */
async function handIn(page, file = drawing) {
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(screen(page, "crop")).toBeVisible();
  await submitPhoto(page);
  await expect(screen(page, "review")).toBeVisible();
}

async function reject(page, reason) {
  await reviewer(page);
  await page.getByLabel("退回原因").selectOption({ label: reason });
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await expect(screen(page, "photo")).toBeVisible();
}

const portrait = (page) =>
  page.locator('[data-card] [data-slot="portrait"]').evaluate(async (image) => {
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(image, 0, 0);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", context.getImageData(0, 0, width, height).data));
    return { width, height, hash: hash.slice(0, 8).join() };
  });

test("a photo from the camera: rejected with a reason, then approved", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  await begin(page);
  const shoot = async () => {
    await page.getByRole("button", { name: /用相机拍摄/ }).click();
    const take = page.getByRole("button", { name: "拍摄", exact: true });
    await expect(take).toBeEnabled();
    await take.click();
    await expect(screen(page, "crop")).toBeVisible();
    await submitPhoto(page);
    await expect(screen(page, "review")).toBeVisible();
  };
  await shoot();
  await reject(page, "背景不是白色。");
  await expect(page.getByRole("alert")).toContainText("请在白墙前重新拍摄");
  await expect(page.getByText("已被退回 1 次")).toBeVisible();
  await shoot();
  const lights = () => page.evaluate(() => [...document.querySelectorAll("video")].some((video) => video.srcObject?.active));
  expect(await lights(), "the camera is off").toBe(false);
  await reviewer(page);
  await page.getByRole("button", { name: "通过" }).click();
  await expect(screen(page, "home")).toContainText("何沐阳");
  expect(await portrait(page)).toMatchObject({ width: 520, height: 756 });
});

test("a photo from a file, cropped by keys, survives a reload while it is reviewed", async ({ page }) => {
  await begin(page);
  await page.locator('input[type="file"]').setInputFiles(drawing);
  const crop = page.getByRole("application", { name: "照片裁剪区域" });
  await expect(crop).toBeVisible();
  const drawn = () => crop.evaluate((canvas) => canvas.toDataURL());
  const before = await drawn();
  await crop.focus();
  for (const key of ["+", "+", "ArrowLeft", "ArrowDown"]) await page.keyboard.press(key);
  expect(await drawn()).not.toBe(before);
  await submitPhoto(page);
  await expect(screen(page, "review")).toBeVisible();
  await page.reload();
  await expect(screen(page, "review")).toBeVisible();
  await reviewer(page);
  await page.getByRole("button", { name: "通过" }).click();
  await expect(screen(page, "home")).toContainText("何沐阳");
});

test("three rejections send to the counter", async ({ page }) => {
  await begin(page);
  for (const reason of ["背景不是白色。", "戴着口罩。"]) {
    await handIn(page);
    await reject(page, reason);
  }
  await handIn(page);
  await reviewer(page);
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await expect(page.getByRole("heading", { name: /请到发证机关窗口办理/ })).toBeVisible();
  await expect(screen(page, "home")).toHaveCount(0);
});

for (const [name, buffer, words] of [
  ["a text", Buffer.from("not a picture"), "这个文件不是能打开的图片"],
  ["a picture that is cut off", null, "这个文件不是能打开的图片"],
]) {
  test(`${name} is refused with words, and another one can be chosen`, async ({ page }) => {
    await begin(page);
    const bytes = buffer ?? (await readFile(drawing)).subarray(0, 300);
    await page.locator('input[type="file"]').setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: bytes });
    await expect(page.getByRole("alert")).toContainText(words);
    await handIn(page);
  });
}

test("a bomb of a picture is refused by its size before anything decodes it", { tag: "@T-jpeg-bomb" }, async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.decoded = 0;
    const decode = globalThis.createImageBitmap;
    globalThis.createImageBitmap = (...args) => (decoded++, decode(...args));
  });
  await begin(page);
  const bomb = await readFile(drawing);
  const frame = bomb.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc2].includes(bomb[at + 1]));
  bomb.writeUInt16BE(20_000, frame + 5);
  bomb.writeUInt16BE(20_000, frame + 7);
  await page.locator('input[type="file"]').setInputFiles({ name: "bomb.jpg", mimeType: "image/jpeg", buffer: bomb });
  await expect(page.getByRole("alert")).toContainText("图片太大");
  expect(await page.evaluate(() => globalThis.decoded)).toBe(0);
});

test("the photo is replaced after the claim; until then the old one serves, and the key stays", async ({ page }) => {
  await claim(page, "lin");
  const before = await portrait(page);
  const publicKey = () =>
    page.evaluate(async () => {
      const open = indexedDB.open("liangzheng");
      const database = await new Promise((done) => (open.onsuccess = () => done(open.result)));
      const request = database.transaction("licence").objectStore("licence").get("current");
      const licence = await new Promise((done) => (request.onsuccess = () => done(request.result)));
      database.close();
      return licence.publicKey.join();
    });
  const key = await publicKey();
  await page.getByRole("button", { name: "详情" }).click();
  await page.getByRole("button", { name: "更换照片" }).click();
  await expect(screen(page, "photo")).toContainText("继续使用原照片");
  await handIn(page);
  await page.reload();
  await expect(screen(page, "home")).toContainText("照片审核中");
  expect(await portrait(page), "the old one serves").toEqual(before);
  await page.getByRole("button", { name: "继续" }).click();
  await reviewer(page);
  await page.getByRole("button", { name: "通过" }).click();
  await expect(screen(page, "home")).toBeVisible();
  const after = await portrait(page);
  expect(after).toMatchObject({ width: 520, height: 756 });
  expect(after.hash).not.toBe(before.hash);
  expect(await publicKey()).toBe(key);
  await page.reload();
  await expect(screen(page, "home")).toBeVisible();
  expect(await portrait(page)).toEqual(after);
});

test("a camera that is not there or not allowed leaves the file way", { tag: "@T-camera-denied" }, async ({ world }) => {
  for (const [launched, words] of [[{}, "没有使用相机的许可"], [{ film: null }, "没有找到相机"]]) {
    const { page, context } = await world.open({ launched });
    if (launched.film === null) await context.grantPermissions(["camera"]);
    await begin(page);
    await page.getByRole("button", { name: /用相机拍摄/ }).click();
    await expect(page.getByRole("alert")).toContainText(words);
    await handIn(page);
  }
});
