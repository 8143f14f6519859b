// `cargo xtask shots desk`: the views of the authority's desk, to be looked at.
import { mkdir } from "node:fs/promises";
import { advance, expect, test } from "./support/fixtures.mjs";
import { folder, shoot } from "./support/shots.mjs";
import { openDesk, practise, ready } from "./support/desk.mjs";

test.use({ still: true });
test.beforeAll(() => mkdir(folder, { recursive: true }));

test("the desk", async ({ page, context }) => {
  await openDesk(page);
  await shoot(page, "desk-empty");
  await practise(page, 12);
  await advance(context, 4 * 86_400);
  await openDesk(page);
  await practise(page, 12);
  await ready(page);
  await shoot(page, "desk-review", { fullPage: false });
  await page.keyboard.press("r");
  await shoot(page, "desk-reasons", { fullPage: false });
  await page.keyboard.press("1");
  await ready(page);
  await page.keyboard.press("j");
  await ready(page);
  await shoot(page, "desk-replacement", { fullPage: false });
  await page.keyboard.press("?");
  await shoot(page, "desk-keys", { fullPage: false });
  await openDesk(page, "drivers");
  await shoot(page, "desk-drivers");
  await openDesk(page, "driver-lin");
  await page.locator('[data-slot="fact"]').selectOption("classes");
  await page.locator(".class-field input[type=checkbox]").nth(11).check();
  await shoot(page, "desk-driver");
  await page.locator('[data-action="save"]').click();
  await expect(page.locator('[data-slot="receipt"]')).toBeVisible();
  await page.locator('[data-slot="fact"]').selectOption("letters");
  await page.locator('[data-slot="at-counter"]').check();
  await shoot(page, "desk-driver-receipt");
  await openDesk(page, "status");
  await shoot(page, "desk-status");
  await openDesk(page, "journal");
  await page.locator('[data-action="verify"]').click();
  await shoot(page, "desk-journal");
  await openDesk(page, "rollout");
  await shoot(page, "desk-rollout");
  await page.goto("/");
  await shoot(page, "home-doors");
});
