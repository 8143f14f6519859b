// The real wallet, on its own origin: its code at the rental's counter, and its answer to the insurer's server.
import { claim, canvas, present as show, screen } from '../browser/support/wallet.mjs';
import { WALLET, band, counter, expect, face, test } from './support/fixtures.mjs';

test.skip(!WALLET, 'the demo is not served');

/** A phone with a demo licence. */
async function phone(browser, person) {
  const context = await browser.newContext({ baseURL: WALLET, locale: 'zh-CN', viewport: { width: 700, height: 900 } });
  const page = await context.newPage();
  await claim(page, person);
  return page;
}

/** Screenshots of the moving code: as many pictures as differ, until there are enough. */
async function screenshots(page, count = 20) {
  await expect(canvas(page)).toBeVisible();
  const urls = await canvas(page).evaluate(async (shown, count) => {
    const all = new Set();
    // A code that stands still is one picture.
    for (let frame = 0; frame < 600 && all.size < count; frame++) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const copy = document.createElement('canvas');
      [copy.width, copy.height] = [shown.width, shown.height];
      const context = copy.getContext('2d');
      context.drawImage(shown, 0, 0);
      if (context.getImageData(0, 0, 1, 1).data[3] === 255) all.add(copy.toDataURL());
    }
    return [...all];
  }, count);
  return urls.map((url, at) => ({ name: `shot-${at}.png`, mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1], 'base64') }));
}

test('a wallet shows its code at the counter, and the policy decides', async ({ page, browser }) => {
  const wallet = await phone(browser, 'lin');
  await counter(page, 'rental', 'YC-2041');
  await show(wallet, 'rental');
  const pictures = await screenshots(wallet);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('licence-check').getByRole('button', { name: /图片/ }).click()]);
  await chooser.setFiles(pictures);
  await expect(band(page)).toContainText('比对照片');
  await face(page);
  await expect(band(page)).toHaveAttribute('data-outcome', 'accept');
  await wallet.context().close();
});

test('a wallet answers the server’s question, and the server decides', async ({ page, browser }) => {
  const wallet = await phone(browser, 'lin');
  await page.goto('/insurance/online/');
  await page.locator('#continue').click();
  await page.locator('main details summary').click();
  const question = await page.locator('#question').evaluate((shown) => shown.toDataURL());
  await wallet.getByRole('button', { name: /回答提问/ }).click();
  await expect(screen(wallet, 'question')).toBeVisible();
  await wallet.locator('#files').setInputFiles([{ name: 'question.png', mimeType: 'image/png', buffer: Buffer.from(question.split(',')[1], 'base64') }]);
  await expect(screen(wallet, 'consent')).toBeVisible();
  await wallet.getByRole('button', { name: /全部勾选/ }).click();
  await wallet.getByRole('button', { name: /出示回答/ }).click();
  await page.locator('#answer-file').setInputFiles(await screenshots(wallet));
  await expect(page.locator('#preview .band')).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('#server .band')).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('.price')).toHaveAttribute('data-band', 'B');
  await wallet.context().close();
});
