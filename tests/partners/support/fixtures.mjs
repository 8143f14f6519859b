// The partner sites on an origin of their own, as `cargo xtask serve` gives them; pages that fail on any console error, page error,
// policy violation or request to another origin.
import { test as base, expect } from '@playwright/test';
import { serve } from '../../../www/partners/server/serve.mjs';

export { expect };

/** Where the wallet's demo is; a test that needs it is skipped where it is not served. */
export const WALLET = process.env.LIANGZHENG_URL;

const violations = (report) => {
  addEventListener('securitypolicyviolation', (event) => report(`${event.violatedDirective} ${event.blockedURI}`), true);
};

export const test = base.extend({
  partners: [
    async ({}, use) => {
      const server = await serve(0, { wallet: WALLET ?? 'http://localhost:1' });
      await use(`http://localhost:${server.address().port}`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ partners }, use) => use(partners),
  faults: [
    async ({ context, partners }, use) => {
      const faults = [];
      const expected = [];
      const fault = (text) => expected.some((pattern) => pattern.test(text)) || faults.push(text);
      context.on('page', (page) => {
        page.on('console', (message) => ['error', 'warning'].includes(message.type()) && fault(`console: ${message.text()}`));
        page.on('pageerror', (error) => fault(`page error: ${error.message}`));
      });
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (!['blob:', 'data:'].includes(protocol) && origin !== partners) fault(`request to ${request.url()}`);
      });
      await context.exposeBinding('policyViolation', (_, what) => fault(`policy violation: ${what}`));
      await context.addInitScript(`(${violations})((what) => policyViolation(what))`);
      await use({ expect: (pattern) => expected.push(pattern) });
      expect(faults, 'console errors, page errors, policy violations, foreign requests').toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens a booking or proposal at the counter. */
export async function counter(page, firm, number) {
  await page.goto(`/${firm}/`);
  await page.locator(`[data-booking="${number}"], [data-proposal="${number}"]`).getByRole('link', { name: /^核验驾驶证/ }).click();
  await expect(page.locator('.helper')).toBeVisible();
}

/** Presents as a person of the demo: as now, ten minutes ago, or altered. */
export async function present(page, { person, how } = {}) {
  const panel = page.locator('.helper');
  if (!(await panel.evaluate((one) => one.open))) await panel.locator('summary').click();
  if (person) await page.locator('#demo-person').selectOption(person);
  if (how) await page.locator('#demo-how').selectOption(how);
  await page.locator('#demo-present').click();
  await expect(band(page)).toBeVisible();
}

/** The answer on the screen. */
export const band = (page) => page.locator('.decision .band');

/** Says that the face is the same, or something else. */
export const face = (page, said = 'same') => page.locator(`[data-face="${said}"]`).click();

/** The outcome that the policy decided. */
export const outcome = (page) => expect(band(page)).toHaveAttribute.bind(expect(band(page)), 'data-outcome');

/** The rules that decide, as they are listed. */
export const deciding = (page) => page.locator('.why > li').evaluateAll((all) => all.map((one) => one.dataset.rule));
