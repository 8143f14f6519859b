// Every page and state: axe finds nothing in light and dark, nothing needs a sideways scroll, and a hostile partner page reaches
// nothing of the wallet.
import AxeBuilder from '@axe-core/playwright';
import { WALLET, counter, expect, face, present, test } from './support/fixtures.mjs';

async function look(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary.split('\n')[1]}`));
    expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
  }
  const size = page.viewportSize();
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 700 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(size);
}

test('the start page', async ({ page }) => {
  await page.goto('/');
  await look(page, 'start');
});

for (const [firm, number] of [['rental', 'YC-2042'], ['insurance', 'AL-7703']]) {
  test(`every state of the desk of ${firm}`, async ({ page }) => {
    await page.goto(`/${firm}/`);
    await expect(page.locator('h1')).toBeVisible();
    await look(page, 'list');
    await page.locator('#new').click();
    await expect(page.locator('form')).toBeVisible();
    await look(page, 'form');
    await page.goto(`/${firm}/#/check/none`);
    await expect(page.getByText('找不到这一项')).toBeVisible();
    await page.goto(`/${firm}/#/records`);
    await expect(page.getByText('还没有记录')).toBeVisible();
    await look(page, 'no records');
    await counter(page, firm, number);
    await look(page, 'counter');
    await page.locator('.helper summary').click();
    await page.locator('#demo-draw').click();
    await expect(page.locator('dialog canvas')).toBeVisible();
    await look(page, 'moving code');
    await page.locator('dialog').getByRole('button', { name: '关闭' }).click();
    await present(page);
    if (firm === 'rental') {
      await look(page, 'face');
      await face(page);
    }
    for (const part of await page.locator('.decision details').all()) await part.locator('summary').click();
    await look(page, 'decision');
    await page.getByLabel('理由').fill('已核对材料');
    await page.locator('#override').click();
    await expect(page.locator('.receipt')).toBeVisible();
    await look(page, 'receipt');
    await page.getByRole('link', { name: '记录', exact: true }).click();
    await expect(page.locator('.record')).toBeVisible();
    await look(page, 'records');
  });

  test(`the settings of ${firm}`, async ({ page }) => {
    await page.goto(`/${firm}/settings/`);
    await expect(page.locator('#outcomes tr').first()).toBeVisible();
    await page.locator('.part').evaluateAll((parts) => parts.forEach((part) => (part.open = true)));
    await look(page, 'settings');
  });
}

test('insuring online', async ({ page }) => {
  await page.goto('/insurance/online/');
  await expect(page.locator('#continue')).toBeVisible();
  await look(page, 'online, 1');
  await page.locator('#continue').click();
  await page.locator('main details summary').click();
  await look(page, 'online, 2');
  await page.locator('#answer').click();
  await expect(page.locator('#server .band')).toBeVisible();
  await look(page, 'online, 3');
});

test('a receipt is printed without the frame of the page', async ({ page }) => {
  await counter(page, 'rental', 'YC-2041');
  await present(page);
  await face(page);
  await page.locator('#record').click();
  await expect(page.locator('.receipt')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.receipt .qr')).toBeVisible();
  for (const hidden of ['.top', '.strip', '#print']) await expect(page.locator(hidden)).toBeHidden();
});

test('a page that cannot keep anything says so, and offers another try', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('no', 'SecurityError');
    };
  });
  await page.goto('/rental/');
  await expect(page.getByRole('alert')).toContainText('没有对任何人作出判断');
  await expect(page.getByRole('button', { name: '再试一次' })).toBeVisible();
});

test('a hostile partner page reaches nothing of the wallet', async ({ page, faults }) => {
  test.skip(!WALLET, 'the demo is not served');
  faults.expect(/./);
  await page.goto(`${WALLET}/wallet/`);
  await page.evaluate(async () => {
    await new Promise((ready, failed) => {
      const request = indexedDB.open('hostile-test', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('key').add('secret', 1);
      request.onsuccess = () => (request.result.close(), ready());
      request.onerror = failed;
    });
  });
  const mine = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(mine).toContain('hostile-test');
  await page.goto('/rental/');
  const tried = await page.evaluate(async (wallet) => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const fetched = await fetch(`${wallet}/wallet/`).then(() => 'fetched', () => 'refused');
    const frame = document.createElement('iframe');
    frame.src = `${wallet}/wallet/`;
    document.body.append(frame);
    await new Promise((ready) => ((frame.onload = ready), (frame.onerror = ready)));
    const framed = (() => {
      try {
        return frame.contentDocument ? 'read' : 'closed';
      } catch {
        return 'closed';
      }
    })();
    const opened = window.open(`${wallet}/wallet/`);
    const reached = (() => {
      try {
        return opened?.document.title ?? 'cut off';
      } catch {
        return 'cut off';
      }
    })();
    return { names, fetched, framed, reached };
  }, WALLET);
  expect(tried.names).not.toContain('hostile-test');
  expect(tried.names.filter((name) => name !== 'partners')).toEqual([]);
  expect([tried.fetched, tried.framed]).toEqual(['refused', 'closed']);
  expect(['cut off', '']).toContain(tried.reached);
});
