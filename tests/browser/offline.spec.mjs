// After one visit every page works without a network, and so does the whole way from a code to its verdict.
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { payloadOf } from "./support/film.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { canvas, claim, present, screen } from "./support/wallet.mjs";

test("wallet and verifier without a network", async ({ page, context, guarded }) => {
  await claim(page, "lin");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect(page.getByText("已可离线使用"), "that it works without a network is said").toBeVisible();
  await context.setOffline(true);
  // The look for a new version, once an hour and when a page is opened, may fail.
  guarded.expect(/ERR_INTERNET_DISCONNECTED/);
  for (const [path, text] of [["/", "亮证"], ["/verify/", "核验电子驾驶证"], ["/wallet/", "林知夏"]]) {
    await page.goto(path);
    await expect(page.locator("main")).toContainText(text);
    await expect(page.locator("#broken")).toBeHidden();
    if (path === "/") await expect(page.getByRole("link", { name: /我是驾驶人/ }), "whoever has a licence opens it").toContainText("打开我的驾驶证");
  }
  await page.reload();
  await expect(screen(page, "home")).toBeVisible();
  const portrait = page.locator('[data-card] [data-slot="portrait"]');
  expect(await portrait.evaluate((image) => image.complete && image.naturalWidth)).toBe(520);
  await present(page, "roadside");
  await expect(canvas(page)).toBeVisible();
  const payload = await payloadOf(page);
  await openVerifier(page, "roadside");
  await handIn(page, pictures(payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏" });
});

test("a claim without a network, after one visit", async ({ page, context, guarded }) => {
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  guarded.expect(/ERR_INTERNET_DISCONNECTED/);
  await claim(page, "xu");
  await expect(screen(page, "home")).toContainText("许念安");
});
