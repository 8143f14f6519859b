// The browser's Back button in the wallet: one press does what the arrow on the screen does, before and after a reload.
import { expect, test } from "./support/fixtures.mjs";
import { claim, openWallet, screen, toConfirm, toPhoto } from "./support/wallet.mjs";

/** Another page before the wallet, to see when Back leaves it. */
async function before(page) {
  await page.goto("/about/");
  await openWallet(page);
}

test("a claim: step by step back to the welcome, and out; after a reload too", async ({ page }) => {
  await before(page);
  await toConfirm(page);
  await expect(screen(page, "confirm")).toBeVisible();
  await page.reload();
  for (const name of ["confirm", "on-file", "found", "people", "welcome"]) {
    await expect(screen(page, name)).toBeVisible();
    if (name !== "welcome") await page.goBack();
  }
  await page.goBack();
  await expect(page).toHaveURL(/\/about\/$/);
});

test("a photo that is begun stays begun, and Back still leaves", async ({ page }) => {
  await before(page);
  await toPhoto(page, "he");
  for (const name of ["found", "people", "welcome"]) {
    await page.goBack();
    await expect(screen(page, name)).toBeVisible();
  }
  await page.goBack();
  await expect(page).toHaveURL(/\/about\/$/);
  await openWallet(page);
  await expect(screen(page, "photo")).toBeVisible();
});

test("home is left by one press, however it was come to", async ({ page }) => {
  await claim(page, "lin");
  await before(page);
  for (const leave of ["goBack", "返回"]) {
    await page.getByRole("button", { name: "详情" }).click();
    await expect(screen(page, "details")).toBeVisible();
    if (leave === "goBack") await page.goBack();
    else await page.getByRole("button", { name: leave }).click();
    await expect(screen(page, "home")).toBeVisible();
  }
  // The entry of what was left is gone.
  await expect.poll(() => page.evaluate(() => history.state)).toBe(null);
  await page.getByRole("button", { name: "详情" }).click();
  await expect(screen(page, "details")).toBeVisible();
  await page.reload();
  await expect(screen(page, "home")).toBeVisible();
  await expect.poll(() => page.evaluate(() => history.state)).toBe(null);
  await page.goBack();
  await expect(page).toHaveURL(/\/about\/$/);
});

test("Forward after Back changes nothing, and costs no press", async ({ page }) => {
  await claim(page, "lin");
  await before(page);
  await page.getByRole("button", { name: "详情" }).click();
  await expect(screen(page, "details")).toBeVisible();
  await page.goBack();
  await expect(screen(page, "home")).toBeVisible();
  await page.evaluate(() => history.forward());
  await expect.poll(() => page.evaluate(() => history.state)).toBe(null);
  await expect(screen(page, "home")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/about\/$/);
});
