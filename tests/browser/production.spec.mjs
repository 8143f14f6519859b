// A production build: no authority, no demo mark, no trust in the demo.
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { openWallet, screen } from "./support/wallet.mjs";

test.skip(!process.env.LIANGZHENG_PRODUCTION_URL, "run by: cargo xtask test --only browser");
test.use({ baseURL: process.env.LIANGZHENG_PRODUCTION_URL });

test("the wallet says where a licence could be claimed, and offers none", { tag: "@T-impostor-claim" }, async ({ page }) => {
  await openWallet(page);
  await expect(screen(page, "nowhere")).toContainText("还没有可以领取的地方");
  await expect(page.getByRole("button", { name: "开始领取" })).toHaveCount(0);
  await expect(page.getByText("演示 DEMO")).toBeHidden();
  expect((await page.request.get("/demo/portraits/lin.jpg")).status()).toBe(404);
});

test("a demo licence is from an unknown issuer, and nothing of it is shown", { tag: ["@T-issuer-unknown", "@T-demo-in-production"] }, async ({ page, films, world }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page: verifier } = await world.open({ at: shown.at + 2000 });
  await openVerifier(verifier, "roadside");
  await handIn(verifier, pictures(shown.payload));
  const seen = await verdict(verifier);
  expect(seen).toMatchObject({ colour: "red", headline: "无法确认发证机关", person: false });
  expect(seen.failed).toContain("issuer-unknown");
  expect(seen.text).not.toContain("知夏");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("选一位演示驾驶人")).toBeHidden();
  await expect(page.locator('a:is([href^="/try/"], [href^="/authority/"])')).toHaveCount(0);
  for (const path of ["/try/", "/try/wallet/", "/try/verify/", "/authority/"]) expect((await page.request.get(path)).status(), path).toBe(404);
});
