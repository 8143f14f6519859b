// The insurer: the agent's desk, and the customer's way, where the server decides.
import { encodeText } from '../browser/support/code.mjs';
import { band, counter, expect, present, test } from './support/fixtures.mjs';

for (const [number, outcome, letter] of [['AL-7701', 'accept', 'A'], ['AL-7702', 'accept', 'B'], ['AL-7703', 'review', 'C'], ['AL-7704', 'accept', 'D']]) {
  test(`band ${letter}, with the rules that moved the price`, async ({ page }) => {
    await counter(page, 'insurance', number);
    await present(page);
    await expect(band(page)).toHaveAttribute('data-outcome', outcome);
    const price = page.locator('.price');
    await expect(price).toHaveAttribute('data-band', letter);
    await expect(price.locator('[data-step="points-bands"]')).toContainText('记分');
    await expect(price.locator('[data-step="birth-year"]')).toBeVisible();
    // What is asked leaves the portrait out.
    await expect(page.locator('.face')).toHaveCount(0);
    if (outcome === 'review') return;
    await page.locator('#record').click();
    await expect(page.locator('.receipt')).toContainText(`${letter} 档`);
    await page.goto('/insurance/');
    await expect(page.locator(`[data-proposal="${number}"]`)).toContainText(`${letter} 档`);
  });
}

test('twelve points give no price', async ({ page }) => {
  await counter(page, 'insurance', 'AL-7705');
  await present(page);
  await expect(band(page)).toHaveAttribute('data-outcome', 'review');
  await expect(page.locator('.price')).toContainText('没有价格');
});

test('a licence of another country has no points, and a price', async ({ page }) => {
  await counter(page, 'insurance', 'AL-7707');
  await present(page);
  await expect(band(page)).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('[data-step="points-bands"]')).toContainText('没有记分');
});

test('a deleted proposal comes back', async ({ page }) => {
  await page.goto('/insurance/');
  const row = page.locator('[data-proposal="AL-7702"]');
  await row.getByRole('button', { name: /^删除/ }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(row).toBeVisible();
});

async function online(page, { person, forge } = {}) {
  await page.goto('/insurance/online/');
  await page.locator('#continue').click();
  await expect(page.locator('#step2')).toBeFocused();
  if (person) await page.locator('#demo-person').selectOption(person);
  if (forge) await page.locator('#forge').check();
  await page.locator('#answer').click();
}

test('online: the page previews, the server decides', async ({ page }) => {
  await online(page);
  await expect(page.locator('#preview .band')).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('#server .band')).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('.price')).toHaveAttribute('data-band', 'B');
});

test('online: a forged preview changes nothing', async ({ page }) => {
  await online(page, { person: 'wei', forge: true });
  await expect(page.locator('#preview .band')).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('#server .band')).toHaveAttribute('data-outcome', 'review');
  await expect(page.locator('#server')).toContainText('preview-differs');
  await expect(page.locator('.price')).toContainText('没有价格');
});

test('online: without the server there is a preview alone, and a word how to start it', async ({ page, faults }) => {
  faults.expect(/Failed to load resource/);
  await page.route('**/api/**', (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'no such page' }));
  await online(page);
  await expect(page.locator('#preview .band')).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('#server')).toContainText('cargo xtask serve');
  await expect(page.locator('#server .band')).toHaveCount(0);
});

test('a scanner gun types the code', async ({ page }) => {
  await counter(page, 'insurance', 'AL-7702');
  const present = () => page.evaluate(async () => {
    const { holder } = await import('/js/trust.js');
    const { ready } = await import('/js/policies.js');
    return [...(await holder()).present('lin', await ready('insurance', 'insurance-proposal'))];
  });
  // The length of a presentation differs by some bytes each time. A symbol carries 7,089 digits, and a wallet shows no more.
  let digits;
  do digits = encodeText(Buffer.from(await present()));
  while (digits.length > 7_089);
  // Within one task, as fast as keys can come: a code lives a minute, however slow this machine is.
  await page.evaluate((digits) => {
    for (const key of [...digits, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }, digits);
  await expect(band(page)).toHaveAttribute('data-outcome', 'accept');
  await expect(page.locator('.price')).toHaveAttribute('data-band', 'B');
});
