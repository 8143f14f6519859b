// A wallet and the authority's desk: two pages of one browser with its post box, and two machines with files.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { advance, expect, START, test } from "./support/fixtures.mjs";
import { openDesk, ready, steps } from "./support/desk.mjs";
import { openWallet, screen, submitPhoto, toPhoto } from "./support/wallet.mjs";

test.use({ still: true });

const drawing = path.resolve(import.meta.dirname, "../../www/demo/portraits/tang.jpg");

/** What a button hands out as a file. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), mimeType: "application/octet-stream", buffer: await readFile(await download.path()) };
}

/** From the welcome, or from where the last photo was rejected, to a photo that waits. */
async function handIn(page, first = true) {
  if (first) {
    await openWallet(page);
    await toPhoto(page, "he");
  }
  await page.locator('input[type="file"]').first().setInputFiles(drawing);
  await expect(screen(page, "crop")).toBeVisible();
  await submitPhoto(page);
  await expect(screen(page, "review")).toBeVisible();
}

test("by the post box of one browser: rejected, handed in again, approved; the answers come by themselves", async ({ page, context }) => {
  await openDesk(page);
  await expect(page.locator('[data-slot="empty"]')).toBeVisible();
  const wallet = await context.newPage();
  await handIn(wallet);
  await wallet.getByRole("button", { name: /交给本浏览器中的/ }).click();
  const first = await ready(page);
  await expect(page.locator("article.case h3")).toContainText("何沐阳");
  await expect(page.locator(".measure").first()).toBeVisible();
  await page.keyboard.press("r");
  await page.keyboard.press("1");
  await expect(page.locator('[data-slot="empty"]')).toBeVisible();
  // Nothing leaves while it can be undone.
  await expect(page.locator('[data-slot="undo-text"]')).toContainText("30 秒内可撤销");
  expect(await steps(page)).toEqual({ received: 1, rejected: 1 });
  await advance(context, 32);
  await expect(screen(wallet, "photo")).toBeVisible();
  await expect(wallet.locator("[data-problem]")).toHaveAttribute("data-problem", "rejected-ground");
  await handIn(wallet, false);
  await wallet.getByRole("button", { name: /交给本浏览器中的/ }).click();
  expect(await ready(page, first)).not.toBe(first);
  await expect(page.locator('[data-slot="before"]')).toContainText("此前已退回 1 次");
  await page.keyboard.press("a");
  await expect(page.locator('[data-slot="empty"]')).toBeVisible();
  await openDesk(page);
  await advance(context, 32);
  await expect(screen(wallet, "home")).toContainText("何沐阳");
  expect(await steps(page)).toEqual({ received: 2, rejected: 1, answered: 1, approved: 1, issued: 1 });
  await openDesk(page, "driver-he");
  await expect(page.locator('[data-slot="state"]')).toHaveText("✓ 有效");
});

test("between two machines by files; what was received once, or is for another desk, is refused", async ({ world, page }) => {
  await openDesk(page, "post");
  const offer = await saved(page, page.getByRole("button", { name: "保存为文件" }).first());
  expect(offer.name).toBe("desk.lzdesk");
  const { page: wallet } = await world.open({ at: START, viewport: { width: 700, height: 900 } });
  await handIn(wallet);
  await wallet.getByRole("button", { name: /另一台设备上的受理窗口/ }).click();
  await wallet.locator("#files").setInputFiles(offer);
  await wallet.getByRole("button", { name: "封好并出示" }).click();
  await expect(screen(wallet, "post-show")).toBeVisible();
  await wallet.reload();
  const application = await saved(wallet, wallet.getByRole("button", { name: "保存为文件" }));
  const field = page.locator("#files");
  await field.setInputFiles(offer);
  await expect(page.locator("#told")).toContainText("这不是申请");
  await field.setInputFiles(application);
  await expect(page.locator("#told")).toContainText("进入照片审核");
  await field.setInputFiles(application);
  await expect(page.locator("#told")).toHaveAttribute("data-problem", "application-seen");
  const { page: stranger } = await world.open({ at: START });
  // The other desk's key is still being made when the application is handed in.
  await stranger.addInitScript(() => {
    if (!globalThis.SubtleCrypto) return;
    const made = new Promise((free) => (globalThis.free = free));
    const generate = SubtleCrypto.prototype.generateKey;
    SubtleCrypto.prototype.generateKey = async function (...words) {
      await made;
      return generate.apply(this, words);
    };
  });
  await openDesk(stranger, "post");
  await stranger.locator("#files").setInputFiles(application);
  await stranger.evaluate(() => globalThis.free());
  await expect(stranger.locator("#told")).toHaveAttribute("data-problem", /^(sealed-|application-)/);
  await openDesk(page);
  await ready(page);
  await page.keyboard.press("a");
  await expect(page.locator('[data-slot="empty"]')).toBeVisible();
  await openDesk(page, "post");
  await page.getByRole("button", { name: "现在交出" }).click();
  const answer = await saved(page, page.getByRole("dialog").getByRole("button", { name: "保存为文件" }));
  expect(answer.name).toMatch(/^[0-9a-f]{32}\.lzissued$/);
  await wallet.getByRole("button", { name: /读取窗口的答复/ }).click();
  await wallet.locator("#files").setInputFiles(answer);
  await expect(screen(wallet, "home")).toContainText("何沐阳");
  expect(await steps(page)).toEqual({ received: 1, approved: 1, issued: 1 });
});
