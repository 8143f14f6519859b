// The settings of both firms: a policy in a form, tried on the demo people, exported, imported, reset.
import { readFile } from 'node:fs/promises';
import { band, counter, deciding, expect, face, present, test } from './support/fixtures.mjs';

const row = (page, person) => page.locator(`#outcomes tr[data-person="${person}"]`);
const rule = (page, name) => page.locator(`.item[data-item="${name}"]`);

async function open(page, firm, policy) {
  await page.goto(`/${firm}/settings/`);
  await expect(row(page, 'lin')).toBeVisible();
  if (policy) await page.locator('#policy').selectOption(policy);
  await expect(row(page, 'lin')).toBeVisible();
}

test('a change is tried, saved, decides at the counter, and is taken back', async ({ page }) => {
  await open(page, 'rental');
  await expect(page.locator('#save')).toBeDisabled();
  await rule(page, 'years-held').locator('[data-field="at_least"]').fill('15');
  await expect(row(page, 'lin')).toHaveAttribute('data-after', 'refuse');
  await expect(row(page, 'lin')).toHaveAttribute('data-before', 'accept');
  await expect(row(page, 'shen')).toHaveAttribute('data-after', 'accept');
  await page.locator('#save').click();
  await expect(page.locator('.message')).toContainText('已保存');
  await counter(page, 'rental', 'YC-2041');
  await present(page);
  await face(page);
  await expect(band(page)).toHaveAttribute('data-outcome', 'refuse');
  expect(await deciding(page)).toEqual(['years-held']);
  await open(page, 'rental');
  await page.locator('#reset').click();
  await expect(rule(page, 'years-held').locator('[data-field="at_least"]')).toHaveValue('1');
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(rule(page, 'years-held').locator('[data-field="at_least"]')).toHaveValue('15');
});

test('what the package refuses cannot be saved, and says why', async ({ page }) => {
  await open(page, 'rental');
  await rule(page, 'age').locator('[data-field="at_least"]').fill('0');
  await expect(page.locator('#said')).toContainText('policy-parameter');
  await expect(page.locator('#save')).toBeDisabled();
  await rule(page, 'age').locator('[data-field="at_least"]').fill('18');
  await rule(page, 'face').getByRole('button', { name: /^移除/ }).click();
  // The portrait is asked for no rule now, but is shown to a person: that is allowed.
  await expect(page.locator('#said')).toContainText('可以保存');
  await page.getByRole('button', { name: '撤销' }).click();
  await rule(page, 'novice').getByRole('button', { name: /^移除/ }).click();
  await expect(page.locator('#said')).toContainText('policy-fact-unused');
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(page.locator('#said')).toContainText('相同');
});

test('rules are added and moved', async ({ page }) => {
  await open(page, 'insurance');
  await page.locator('#add-rule').selectOption('points');
  await rule(page, 'points').locator('[data-field="below"]').fill('3');
  await expect(row(page, 'lin')).toHaveAttribute('data-after', 'refuse');
  const order = () => page.locator('.item[data-item]').evaluateAll((all) => all.map((one) => one.dataset.item));
  const before = await order();
  await rule(page, 'points').getByRole('button', { name: /^上移/ }).click();
  const after = await order();
  expect(after.indexOf('points')).toBe(before.indexOf('points') - 1);
});

test('a band of points is changed', async ({ page }) => {
  await open(page, 'insurance');
  await rule(page, 'points-bands').locator('[data-field="to"]').last().fill('13');
  await expect(page.locator('#said')).toContainText('policy-parameter');
});

test('while another policy is being opened nothing can be typed into the one before', async ({ page, context }) => {
  await open(page, 'rental');
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  await context.route('**/policy.schema.json', async (route) => { await released; await route.continue(); });
  await page.locator('#policy').selectOption('rental-trailer');
  await expect(page.getByText('正在打开')).toBeVisible();
  await expect(rule(page, 'age')).toHaveCount(0);
  release();
  await expect(rule(page, 'age').first()).toBeVisible();
});

test('a policy is exported, imported elsewhere, and a bad file changes nothing', async ({ page, browser, baseURL }) => {
  await open(page, 'rental', 'rental-trailer');
  await rule(page, 'age').locator('[data-field="at_least"]').fill('30');
  await expect(page.locator('#said')).toContainText('可以保存');
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#export').click()]);
  const text = await readFile(await file.path(), 'utf8');
  expect(JSON.parse(text).rules[0].rule.at_least).toBe(30);

  const other = await browser.newContext({ baseURL, locale: 'zh-CN' });
  const there = await other.newPage();
  await open(there, 'rental', 'rental-trailer');
  const give = (name, content) => there.locator('#file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  const age = rule(there, 'age').locator('[data-field="at_least"]');
  for (const [content, code] of [
    ['{"no', 'policy-json'],
    ['[]', 'policy-json'],
    ['x'.repeat(70_000), 'policy-size'],
    [text.replace('"at_least": 30', '"at_least": 500'), 'policy-json'],
    [text.replace('"name": "age"', '"name": "aeg"'), 'policy-json'],
    [text.replace('"at_least": 30', '"at_least": 0'), 'policy-parameter'],
  ]) {
    await give('bad.json', content);
    await expect(there.locator('#import-result')).toContainText(code);
    await expect(there.locator('#import-result')).toContainText('没有变');
    await expect(age).toHaveValue('21');
  }
  await give('good.json', text);
  await expect(age).toHaveValue('30');
  await there.locator('#save').click();
  await expect(there.locator('.message')).toContainText('已保存');
  await there.reload();
  await there.locator('#policy').selectOption('rental-trailer');
  await expect(age).toHaveValue('30');
  await other.close();
});
