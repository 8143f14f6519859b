// A licence whose class, validity or office changed: the wallet says that it has ended, leads through the re-claim, and
// says what changed. Points and status need none of this.
import { expect, START, test } from "./support/fixtures.mjs";
import { answer, application, give, offer, seal, toAnswer } from "./support/counterpart.mjs";
import { current, records } from "./support/store.mjs";
import { claim, screen } from "./support/wallet.mjs";

const size = { viewport: { width: 700, height: 900 } };
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** From home to an application for a re-claim that is sealed for the desk. Returns it. */
async function reclaim(page) {
  await button(page, "详情").click();
  await button(page, "重新申领").click();
  await expect(page.getByRole("heading", { name: "重新申领驾驶证" })).toBeVisible();
  await seal(page, await offer());
  return application(page);
}

test("a re-claim brings the new licence with the same key, and says each change from before to after", async ({ world }) => {
  const { page } = await world.open({ at: START, ...size });
  await claim(page, "lin");
  const before = await current(page);
  const sent = await reclaim(page);
  await page.reload();
  await expect(screen(page, "home"), "the old one stays until the new one is there").toContainText("林知夏");
  expect(await current(page)).toEqual(before);
  await expect(page.getByText("重新申领尚未完成")).toBeVisible();
  await button(page, "继续").click();
  await toAnswer(page);
  await give(page, await answer("changed", sent));
  const strip = page.getByText("已换成新的电子驾驶证，旧的已失效").locator("..");
  await expect(strip).toContainText("准驾车型：C1 → C1D");
  await expect(page.locator("[data-card]").first()).toContainText("C1D");
  const after = await current(page);
  expect(after.generation).toBeGreaterThan(before.generation);
  expect(await records(page, "application"), "nothing waits any more").toEqual([]);
  // Until it is read.
  await page.reload();
  await expect(strip).toBeVisible();
  await strip.getByRole("button", { name: "知道了" }).click();
  await expect(strip).toHaveCount(0);
  await page.reload();
  await expect(page.locator("[data-card]").first()).toContainText("C1D");
  await expect(strip).toHaveCount(0);
});

test("a desk that says that the licence has ended is believed: it is said on the card, and it is not refreshed", async ({ world }) => {
  const { page } = await world.open({ at: START, ...size });
  await claim(page, "lin");
  const before = await current(page);
  const sent = await reclaim(page);
  await page.getByRole("button", { name: "返回" }).click();
  await toAnswer(page);
  await give(page, await answer("ended", sent));
  const strip = page.getByText("这份电子驾驶证已经失效").locator("..");
  await expect(strip).toContainText("核验时会显示无效");
  await page.reload();
  await expect(strip).toBeVisible();
  await button(page, "详情").click();
  await button(page, "更新资料").click();
  await expect(page.locator('[data-problem="licence-ended"]')).toBeVisible();
  expect(await current(page)).toEqual(before);
  await page.getByRole("button", { name: "返回" }).click();
  await strip.getByRole("button", { name: "重新申领" }).click();
  await seal(page, await offer());
  const again = await application(page);
  await page.getByRole("button", { name: "返回" }).click();
  await toAnswer(page);
  await give(page, await answer("changed", again));
  await expect(page.getByText("准驾车型：C1 → C1D")).toBeVisible();
  await expect(strip).toHaveCount(0);
});

test("a re-claim can be left, and the licence is as it was", async ({ world }) => {
  const { page } = await world.open({ at: START, ...size });
  await claim(page, "lin");
  await button(page, "详情").click();
  await button(page, "重新申领").click();
  await button(page, "现在不申领").click();
  await expect(screen(page, "home")).toContainText("林知夏");
  await expect(page.getByText("重新申领尚未完成")).toHaveCount(0);
});
