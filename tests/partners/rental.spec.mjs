// The counter of the rental firm, by its controls.
import { readFile } from 'node:fs/promises';
import { band, counter, deciding, expect, face, present, test } from './support/fixtures.mjs';

const decided = (page, which) => expect(band(page)).toHaveAttribute('data-outcome', which);

test('an ordinary driver is accepted once the face was compared, and gets a receipt', async ({ page }) => {
  await counter(page, 'rental', 'YC-2041');
  await present(page);
  await decided(page, 'review');
  await expect(band(page)).toContainText('比对照片');
  await expect(page.getByAltText('驾驶证上的照片')).toBeVisible();
  await expect(page.locator('#record')).toHaveCount(0);
  await face(page);
  await decided(page, 'accept');
  await expect(band(page)).toContainText('可以交车');
  await page.locator('#record').click();
  const receipt = page.locator('.receipt');
  await expect(receipt).toContainText('YC-2041');
  await expect(receipt).toContainText('林知夏');
  await expect(receipt.locator('img')).toHaveCount(0);
  // The code on the receipt is read by the package's own reader, and its proof is verified by the key beside it.
  const read = await page.evaluate(async () => {
    const { LicenceReader } = await import('/vendor/liangzheng/reader/index.js');
    const { verifyReceipt } = await import('/vendor/liangzheng/record.js');
    const canvas = document.querySelector('.receipt .qr');
    const [code] = await (await LicenceReader.create()).detect(canvas);
    const key = [...document.querySelectorAll('.proof dd')].at(-1).textContent;
    await verifyReceipt(code.rawValue, key);
    return code.rawValue === canvas.dataset.text && !/林知夏|002X/.test(code.rawValue);
  });
  expect(read).toBe(true);
  await page.goto('/rental/');
  await expect(page.locator('[data-booking="YC-2041"]')).toContainText('通过');
});

test('an extension is for review, and a named person may accept it with a reason', async ({ page }) => {
  await counter(page, 'rental', 'YC-2042');
  await present(page);
  await face(page);
  await decided(page, 'review');
  expect(await deciding(page)).toEqual(['status']);
  // Without a reason nothing happens.
  await page.locator('#override').click();
  await expect(page.locator('.receipt')).toHaveCount(0);
  await page.getByLabel('理由').fill('已查看纸质延期证明');
  await page.locator('#override').click();
  await expect(page.locator('.receipt')).toContainText('人工通过');
  await expect(page.locator('.receipt')).toContainText('已查看纸质延期证明');
  await expect(page.locator('.receipt')).toContainText('status-review');
  await page.goto('/rental/');
  await expect(page.locator('[data-booking="YC-2042"]')).toContainText('人工通过');
});

test('a review that is declined is recorded as it was', async ({ page }) => {
  await counter(page, 'rental', 'YC-2042');
  await present(page);
  await face(page);
  await page.locator('#decline').click();
  await expect(page.locator('.receipt .chip')).toHaveText('需人工判断');
});

test('a suspended driver is refused, and nobody can accept it', async ({ page }) => {
  await counter(page, 'rental', 'YC-2043');
  await present(page);
  await face(page);
  await decided(page, 'refuse');
  expect(await deciding(page)).toContain('status');
  await expect(page.locator('#override')).toHaveCount(0);
  await expect(page.locator('#barred')).toContainText('法律的要求');
  await page.locator('#record').click();
  await expect(page.locator('.receipt .chip')).toHaveText('不通过');
});

test('a condition of the house may be waived by a named person', async ({ page }) => {
  await counter(page, 'rental', 'YC-2044');
  await present(page);
  await face(page);
  await decided(page, 'refuse');
  expect(await deciding(page)).toEqual(['years-held']);
  await page.getByLabel('理由').fill('公司客户，另购全险');
  await page.locator('#override').click();
  await expect(page.locator('.receipt')).toContainText('人工通过');
  await expect(page.locator('.receipt')).toContainText('不通过');
});

for (const [how, rule] of [['old', 'presenter'], ['altered', 'integrity']]) {
  test(`a code that is ${how} is refused, nobody can accept it, and nothing of the person is kept`, async ({ page }) => {
    await counter(page, 'rental', 'YC-2041');
    await present(page, { how });
    await decided(page, 'refuse');
    expect((await deciding(page))[0]).toBe(rule);
    await expect(page.locator('#override')).toHaveCount(0);
    await expect(page.locator('#barred')).toContainText('没有通过核验');
    await page.locator('#record').click();
    await expect(page.locator('.receipt')).not.toContainText('林知夏');
  });
}

test('somebody else than who booked is for review; another face is refused', async ({ page }) => {
  await counter(page, 'rental', 'YC-2041');
  await present(page, { person: 'shen' });
  await face(page);
  await decided(page, 'review');
  expect(await deciding(page)).toEqual(['booking']);
  await page.getByRole('button', { name: '重新核验' }).click();
  await present(page, { person: 'lin' });
  await face(page, 'different');
  await decided(page, 'refuse');
  expect(await deciding(page)).toEqual(['face']);
  await expect(page.locator('#barred')).toBeVisible();
});

test('the same code twice is told', async ({ page }) => {
  await counter(page, 'rental', 'YC-2041');
  // The element's own call, as the panel makes it.
  const twice = await page.evaluate(async () => {
    const { verifierFor, holder } = await import('/js/trust.js');
    const { ready } = await import('/js/policies.js');
    const { seen } = await import('/js/store.js');
    const policy = await ready('rental', 'rental-car');
    const [verifier, demo] = [await verifierFor(policy), await holder()];
    const payload = demo.present('lin', policy);
    const check = async () => (await verifier.check(payload, { seen, case: {} })).reasons.filter(({ rule }) => rule === 'replay' || rule === 'presenter').flatMap(({ checks }) => checks.map(({ code }) => code));
    return [await check(), await check()];
  });
  expect(twice[0]).not.toEqual(twice[1]);
});

test('a lorry and a bus are decided by the ready policies of freight and passenger transport', async ({ page }) => {
  await counter(page, 'rental', 'YC-2047');
  await expect(page.locator('.case')).toContainText('freight');
  await present(page);
  await face(page);
  await decided(page, 'accept');
  await counter(page, 'rental', 'YC-2048');
  await expect(page.locator('.case')).toContainText('passenger');
  await present(page, { person: 'zhao' });
  await face(page);
  await decided(page, 'refuse');
  expect(await deciding(page)).toContain('vehicle');
});

test('a trailer and a motorhome have policies of their own', async ({ page }) => {
  await counter(page, 'rental', 'YC-2045');
  await expect(page.locator('.case')).toContainText('rental-trailer');
  await present(page);
  await face(page);
  await decided(page, 'accept');
  await counter(page, 'rental', 'YC-2046');
  await expect(page.locator('.case')).toContainText('rental-motorhome');
  await present(page);
  await face(page);
  await decided(page, 'refuse');
});

test('bookings are made, changed and deleted, and a deletion is taken back', async ({ page }) => {
  await page.goto('/rental/');
  await page.locator('#new').click();
  await page.getByLabel('驾驶人姓名').fill('欧阳天佑');
  await page.getByLabel('证号末四位').fill('12');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByLabel('证号末四位')).toBeFocused();
  await page.getByLabel('证号末四位').fill('1234');
  await page.getByLabel('还车日').fill('2020-01-01');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByLabel('还车日')).toBeFocused();
  await page.getByLabel('还车日').fill('2099-01-01');
  await page.getByRole('button', { name: '保存' }).click();
  const made = page.locator('.booking', { hasText: '欧阳天佑' });
  await expect(made).toBeVisible();
  await page.reload();
  await expect(made).toBeVisible();
  await made.getByRole('link', { name: /^修改/ }).click();
  await page.getByLabel('车辆').selectOption('motorhome');
  await expect(page.getByLabel('挂车')).toBeDisabled();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(made).toContainText('房车');
  await made.getByRole('button', { name: /^删除/ }).click();
  await expect(made).toHaveCount(0);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(made).toBeVisible();
  await page.reload();
  await expect(made).toBeVisible();
});

test('records are searched, exported, checked, and erased without breaking the journal', async ({ page }) => {
  for (const number of ['YC-2041', 'YC-2043']) {
    await counter(page, 'rental', number);
    await present(page);
    await face(page);
    await page.locator('#record').click();
    await expect(page.locator('.receipt')).toBeVisible();
  }
  await page.getByRole('link', { name: '记录', exact: true }).click();
  const rows = page.locator('.record');
  await expect(rows).toHaveCount(2);
  await page.getByRole('searchbox').fill('高岩');
  await expect(rows).toHaveCount(1);
  await page.getByRole('searchbox').fill('没有这个人');
  await expect(page.getByText('没有符合')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await expect(rows).toHaveCount(2);
  const saved = async (id) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator(id).click()]);
    return readFile(await file.path(), 'utf8');
  };
  const lines = (await saved('#export-json')).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toMatch(/高岩|林知夏|0096|002X/);
  expect(JSON.parse(lines[1]).decision).toBe('refuse');
  expect(await saved('#export-csv')).toContain('rental-car');
  await rows.filter({ hasText: '高岩' }).getByRole('button', { name: /^抹去/ }).click();
  await expect(page.locator('.record', { hasText: '个人资料已抹去' })).toHaveCount(1);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(rows.filter({ hasText: '高岩' })).toHaveCount(1);
  await rows.filter({ hasText: '高岩' }).getByRole('button', { name: /^抹去/ }).click();
  await page.locator('#whole').click();
  await expect(page.locator('.message')).toContainText('没有改动、缺失或换序');
  // Somebody changes a line behind the page.
  await page.evaluate(async () => {
    const { all, put } = await import('/js/store.js');
    const record = (await all('records')).find(({ line }) => line.includes('"decision":"refuse"'));
    await put('records', { ...record, line: record.line.replace('"decision":"refuse"', '"decision":"accept"') });
  });
  await page.locator('#whole').click();
  await expect(page.locator('.message')).toContainText('对不上');
});

test('a whole rental by keyboard', async ({ page }) => {
  await page.goto('/rental/');
  await expect(page.locator('[data-booking]').first()).toBeVisible();
  /** Goes on by Tab until something has the focus. */
  const reach = async (selector) => {
    for (let step = 0; step < 80; step++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    }
    throw new Error(`no way to ${selector} by keyboard`);
  };
  await reach('[data-booking="YC-2042"] a[href^="#/check/"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toBeFocused();
  await reach('.helper summary');
  await page.keyboard.press('Enter');
  await reach('#demo-present');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-face="same"]')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.locator('.band h2')).toBeFocused();
  await reach('[name="reason"]');
  await page.keyboard.type('checked on paper');
  await reach('#override');
  await page.keyboard.press('Enter');
  await expect(page.locator('.receipt h1')).toBeFocused();
  await reach('#print');
});

test('English is remembered, and no Chinese is left but names', async ({ page }) => {
  await page.goto('/rental/');
  await page.locator('#language').click();
  await expect(page.locator('#language')).toBeFocused();
  await expect(page.locator('h1')).toHaveText('Pick-ups today');
  await page.reload();
  await expect(page.locator('h1')).toHaveText('Pick-ups today');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.locator('[data-booking="YC-2042"] a[href^="#/check/"]').click();
  await present(page);
  await face(page);
  await expect(band(page)).toContainText('A person decides');
  const chinese = await page.locator('main').evaluate((main) => main.innerText.replaceAll('白若松', '').match(/[一-鿿]+/g));
  expect(chinese).toBe(null);
});

test('a picture of the moving code is read by the element', async ({ page }) => {
  await counter(page, 'rental', 'YC-2041');
  await page.locator('.helper summary').click();
  await page.locator('#demo-draw').click();
  const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /存为图片/ }).click()]);
  await page.locator('dialog').getByRole('button', { name: '关闭' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('licence-check').getByRole('button', { name: /图片/ }).click()]);
  await chooser.setFiles(await picture.path());
  await expect(band(page)).toContainText('比对照片');
  await face(page);
  await decided(page, 'accept');
});

test('who shows no licence is not judged', async ({ page }) => {
  await counter(page, 'rental', 'YC-2041');
  await page.locator('licence-check').getByRole('button', { name: /不出示/ }).click();
  await expect(band(page)).toHaveCount(0);
  await page.getByRole('link', { name: '记录', exact: true }).click();
  await expect(page.getByText('还没有记录')).toBeVisible();
});

for (const [number, letters] of [['YC-2049', 'B'], ['YC-2050', 'D']]) {
  test(`a licence of another country is decided by its own classes: ${number}`, async ({ page }) => {
    await counter(page, 'rental', number);
    await present(page);
    await face(page);
    await decided(page, 'accept');
    await page.locator('.decision details').last().locator('summary').click();
    await expect(page.locator('.pairs')).toContainText(letters);
    await page.locator('#record').click();
    await expect(page.locator('.receipt')).toContainText('Mustermann');
  });
}
