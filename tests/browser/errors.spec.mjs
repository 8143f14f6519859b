// The page that explains every code: in both languages, without a script as well, and from a verdict's check.
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";

test("a code is explained in the language that is shown", async ({ page }) => {
  await page.goto("/errors/#digest-mismatch");
  const entry = page.locator("#digest-mismatch");
  await expect(entry).toBeInViewport();
  await expect(entry.locator('p[lang="zh-CN"]').first()).toBeVisible();
  await expect(entry.locator('p[lang="en"]').first()).toBeHidden();
  await page.locator("[data-language]").first().click();
  await expect(entry.locator('p[lang="en"]').first()).toBeVisible();
  await expect(entry.locator('p[lang="zh-CN"]').first()).toBeHidden();
});

test("it can be read without a script", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("/errors/");
  await expect(page.locator("#stale p[lang=\"zh-CN\"]").first()).toBeVisible();
  await context.close();
});

test("every check of a verdict leads to the explanation of its code", async ({ world, films }) => {
  const shown = await films({ person: "gao", purpose: "roadside", payload: true });
  const { page, context } = await world.open({ at: shown.at + 2000 });
  await openVerifier(page, "roadside");
  await handIn(page, pictures(shown.payload));
  await verdict(page);
  await page.evaluate(() => document.querySelectorAll("article details").forEach((row) => (row.open = true)));
  const links = page.locator("article .trace a");
  const codes = await links.evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute("href")]));
  expect(codes.length).toBeGreaterThan(6);
  for (const [code, href] of codes) expect(href).toBe(`/errors/#${code}`);
  const opened = context.waitForEvent("page");
  await links.filter({ hasText: "status-red" }).first().click();
  const about = await opened;
  await expect(about.locator("#status-red")).toBeInViewport();
  for (const [code] of codes) await expect(about.locator(`#${code}`), code).toHaveCount(1);
  await expect(page.locator("article.verdict"), "the verdict stays").toBeVisible();
});

test("codes are found by their name and by words of either language, and a link shows what the search hid", async ({ page }) => {
  await page.goto("/errors/");
  const all = await page.locator(".entry:visible").count();
  expect(all).toBeGreaterThan(300);
  const field = page.getByRole("searchbox");
  await field.fill("DIGEST-mismatch");
  await expect(page.locator(".entry:visible")).toHaveCount(1);
  await expect(page.locator("#digest-mismatch")).toBeVisible();
  await expect(page.locator("#found")).toContainText("找到 1 个代码");
  await field.fill("暂扣");
  await expect(page.locator(".entry:visible").first()).toBeVisible();
  expect(await page.locator(".entry:visible").count()).toBeLessThan(all / 4);
  await field.fill("no such words at all");
  await expect(page.locator(".entry:visible")).toHaveCount(0);
  await expect(page.locator("#found")).toContainText("没有找到");
  await page.getByRole("button", { name: "清除" }).click();
  await expect(page.locator(".entry:visible")).toHaveCount(all);
  await page.getByRole("radio", { name: "给开发人员" }).check();
  await expect(page.locator("#cbor-depth")).toBeVisible();
  await expect(page.locator("#stale")).toBeHidden();
  await page.getByRole("radio", { name: "给持证人和核验人员" }).check();
  await expect(page.locator("#stale")).toBeVisible();
  await expect(page.locator("#cbor-depth")).toBeHidden();
  await page.evaluate(() => (location.hash = "#cbor-depth"));
  await expect(page.locator("#cbor-depth")).toBeInViewport();
  await expect(page.getByRole("radio", { name: "全部" })).toBeChecked();
});
