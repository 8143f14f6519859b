// Screenshots of the photo before it is sent, and of what comes: `cargo xtask shots`.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./support/fixtures.mjs";
import { folder, shoot } from "./support/shots.mjs";
import { claim, openWallet, screen, toPhoto } from "./support/wallet.mjs";

const portraits = path.resolve(import.meta.dirname, "../../www/demo/portraits");

test.beforeAll(() => mkdir(folder, { recursive: true }));

test("the crop of a good and of a bad photo, with every check", async ({ page }) => {
  await openWallet(page);
  await toPhoto(page, "he");
  await page.locator('input[type="file"]').setInputFiles(path.join(portraits, "tang.jpg"));
  const hint = page.locator('[data-screen="crop"] [data-slot="hint"]');
  await expect(hint).toHaveAttribute("data-hint", "good");
  await shoot(page, "photo-crop-good");
  await page.locator('[data-screen="crop"] summary').click();
  await shoot(page, "photo-crop-checks");
  await page.getByRole("button", { name: "向右转" }).click();
  await page.getByRole("slider", { name: "放大" }).fill("1");
  await expect(hint).not.toHaveAttribute("data-hint", "good");
  await shoot(page, "photo-crop-turned");
  await page.getByRole("button", { name: "用这张照片" }).click();
  await expect(screen(page, "confirm").locator('[data-slot="warning"]')).toBeVisible();
  await shoot(page, "photo-confirm-bad");
});

test("the camera", async ({ page, context }) => {
  await context.grantPermissions(["camera"]);
  await openWallet(page);
  await toPhoto(page, "he");
  await page.getByRole("button", { name: /用相机拍摄/ }).click();
  await expect(page.locator('[data-screen="camera"] [data-slot="hint"]')).toHaveAttribute("data-hint", /preflight/);
  await shoot(page, "photo-camera");
});

test("what comes", async ({ page }) => {
  await claim(page, "shen");
  await page.getByRole("button", { name: "详情" }).click();
  await expect(page.locator("[data-coming]").first()).toBeVisible();
  await shoot(page, "coming");
});
