// The page with a wallet and a verifier side by side, by its controls.
import { expect } from "@playwright/test";

/** Opens the page, and waits for both panes. Returns them. */
export async function openTry(page) {
  await page.goto("/try/");
  return panes(page);
}

/** The panes, once both have started. */
export async function panes(page) {
  const wallet = page.frameLocator("#wallet"), verifier = page.frameLocator("#verify");
  for (const pane of [wallet, verifier]) await expect(pane.locator("html")).toHaveAttribute("data-start", "started");
  await expect(verifier.locator('#scan[data-camera="live"]')).toBeVisible();
  return { wallet, verifier };
}

export const step = (page) => page.locator('#tour-steps [aria-current="step"]');

/** Claims the licence of a driver whose photo is on file. */
export async function claimBeside({ wallet }, person) {
  await wallet.locator(`[data-person="${person}"]`).click();
  await wallet.getByRole("button", { name: /确认并领取|Confirm and claim/ }).click();
  await expect(wallet.locator('[data-screen="home"]')).toBeVisible();
}

/** Shows the code for a purpose. */
export async function showBeside({ wallet }, purpose) {
  await wallet.locator("#show").click();
  await wallet.locator(`label[data-purpose="${purpose}"]`).click();
  await wallet.getByRole("button", { name: /出示二维码|Show the code/ }).click();
}
