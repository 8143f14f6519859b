// `cargo xtask shots desk-counter`: the photo at the counter, and the wallet's claim at a desk, to be looked at.
import { mkdir } from "node:fs/promises";
import { expect, test } from "./support/fixtures.mjs";
import { drawing, sentToTheCounter } from "./support/counterpart.mjs";
import { openDesk } from "./support/desk.mjs";
import { folder, shoot } from "./support/shots.mjs";
import { openWallet, toConfirm } from "./support/wallet.mjs";

test.use({ still: true });
test.beforeAll(() => mkdir(folder, { recursive: true }));

test("a photo at the counter", async ({ page, context }) => {
  const wallet = await sentToTheCounter(page, context);
  await expect(wallet.getByText(/^申请号 /)).toBeVisible();
  await shoot(wallet, "counter-wallet");
  await openDesk(page, "driver-he");
  await shoot(page, "counter-driver");
  await page.locator('[data-action="photograph"]').click();
  await shoot(page, "counter-none");
  await page.locator('input[type="file"]').setInputFiles(drawing);
  await expect(page.locator(".measure").first()).toBeVisible();
  await shoot(page, "counter-cut");
  await context.grantPermissions(["camera"]);
  await page.locator('[data-action="again"]').click();
  await page.locator('[data-action="camera"]').click();
  await expect(page.locator('[data-action="take"]')).toBeEnabled();
  await shoot(page, "counter-camera");
  await page.locator('[data-action="cancel"]').click();
  await page.locator('input[type="file"]').setInputFiles(drawing);
  await expect(page.locator(".measure").first()).toBeVisible();
  await page.locator('[data-slot="shown"] input').first().check();
  await page.locator('[data-action="approve"]').click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot(page, "counter-answer", { fullPage: false });
});

test("a claim at a desk with the photo on file", async ({ page }) => {
  await openWallet(page);
  await toConfirm(page, "lin");
  await page.locator('[data-slot="desk"] summary').click();
  await shoot(page, "confirm-desk");
});
