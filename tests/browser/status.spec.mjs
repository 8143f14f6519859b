// Status lists: a suspension that the wallet does not know, lists from files and from this site, and refusals.
import { createHash, generateKeyPairSync } from "node:crypto";
import { pictures } from "./support/code.mjs";
import { expect, now, setClock, test } from "./support/fixtures.mjs";
import { payloadOf } from "./support/film.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";
import { demoToken } from "./support/status.mjs";
import { claim, present, screen } from "./support/wallet.mjs";

test.use({ still: true });

const DAY = 86_400_000;
const panel = (page) => page.locator("#lists");
const told = (page) => panel(page).locator('[data-slot="told"]');
const names = (page) => panel(page).locator('[data-slot="name"]').allTextContents();

/** Opens the panel of lists. */
async function openLists(page) {
  await panel(page).locator("summary").click();
  await expect(panel(page)).toHaveAttribute("open", "");
}

const choose = (page, buffer, name = "list.cwt") =>
  page.locator("#list-file").setInputFiles({ name, mimeType: "application/statuslist+cwt", buffer });

test("a licence that is in order says that by the list, and as of when", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page } = await world.open({ at: shown.at + 2000 });
  await openVerifier(page, "roadside");
  await handIn(page, pictures(shown.payload));
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "green", failed: [] });
  expect(seen.codes[3]).toContain("status-list-valid");
  await expect(page.locator("details.layer").nth(3).locator('[data-slot="summary"]')).toContainText("状态列表截至 2026年11月22日 00:00");
});

test("suspended since, and the wallet was offline: red by the list, whatever the licence itself says", { tag: "@T-suspended" }, async ({ world }) => {
  // Claimed and last refreshed three weeks ago, on the day before the suspension.
  const wallet = await world.open();
  const start = now(wallet.context);
  await claim(wallet.page, "gao");
  await setClock(wallet.context, start - 21 * DAY);
  await wallet.page.reload();
  await expect(screen(wallet.page, "home")).toBeVisible();
  // Opened then, it stays open: no refresh since.
  await setClock(wallet.context, start);
  await present(wallet.page, "roadside");
  const payload = await payloadOf(wallet.page);
  const { page } = await world.open({ at: now(wallet.context) + 2000 });
  await openVerifier(page, "roadside");
  await handIn(page, pictures(payload));
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "red", name: "高岩", rows: ["pass", "pass", "pass", "fail", "fail"] });
  expect(seen.headline).toBe("驾驶证已停用（状态列表截至2026年11月22日），不得驾驶");
  expect(seen.codes[3]).toEqual(["status-list-suspended", "status-letters-overruled"]);
  await expect(page.locator("details.layer").nth(3)).toContainText("A 正常");
  expect(await page.locator("details.layer").nth(3).locator(".next").first().textContent()).toContain("不得驾驶");
});

test("a list is imported from a file, kept as it was, refused when older, removed again", { tag: "@T-list-rollback" }, async ({ page, context, films }) => {
  const { payload } = await films({ person: "lin", purpose: "roadside", payload: true });
  const requests = [];
  await openVerifier(page, "roadside");
  await openLists(page);
  expect(await names(page)).toEqual(["https://liangzheng.invalid/status/1"]);
  context.on("request", (request) => requests.push(request.url()));
  const at = Math.floor(now(context) / 1000);
  const uri = "https://status.example/7";
  const list = (seconds, more = {}) => demoToken(payload, { uri, iat: at + seconds, exp: at + DAY / 1000, ...more });
  await choose(page, list(-3600));
  await expect(told(page)).toContainText("已保存");
  expect(await names(page)).toEqual(["https://liangzheng.invalid/status/1", uri]);
  await expect(panel(page).locator("li").last()).toContainText("截至 2026年11月22日 15:48");
  // Loaded again, it is verified again.
  await page.reload();
  await openLists(page);
  await expect(panel(page).locator("li").last()).toContainText(uri);
  await choose(page, list(-7200));
  await expect(told(page)).toContainText("比已有的旧");
  await choose(page, list(-60));
  await expect(told(page)).toContainText("已保存");
  await expect(panel(page).locator("li").last()).toContainText("16:47");
  await panel(page).getByRole("button", { name: "删除" }).click();
  await expect(told(page)).toContainText("已删除");
  expect(await names(page)).toEqual(["https://liangzheng.invalid/status/1"]);
  await page.reload();
  await openLists(page);
  expect(await names(page)).toEqual(["https://liangzheng.invalid/status/1"]);
  expect(requests.filter((url) => /status/.test(new URL(url).pathname)), "nothing is fetched").toEqual([]);
});

test("what is no list, altered, expired, of a stranger or too large is refused in words", { tag: "@T-status-list" }, async ({ page, context, films }) => {
  const { payload } = await films({ person: "lin", purpose: "roadside", payload: true });
  await openVerifier(page, "roadside");
  await openLists(page);
  const at = Math.floor(now(context) / 1000);
  const right = { uri: "https://status.example/7", iat: at - 60, exp: at + 3600 };
  const altered = demoToken(payload, right);
  altered[altered.length - 1] ^= 1;
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  for (const [bytes, words] of [
    [Buffer.from("hello"), "不是状态列表"],
    [createHash("sha256").update("x").digest(), "不是状态列表"],
    [altered, "签名不对"],
    [demoToken(payload, { ...right, exp: at - 1 }), "已过期"],
    [demoToken(payload, { ...right, iat: at + 3600 }), "在将来"],
    [demoToken(payload, { ...right, type: "statuslist+jwt" }), "没有标明"],
    [demoToken(payload, { ...right, key: stranger }), "签名不对"],
    [demoToken(payload, { ...right, chain: false }), "不是由这本驾驶证的发证机关签名"],
    [Buffer.alloc(1024 * 1024 + 1), "太大"],
  ]) {
    await choose(page, bytes);
    await expect(told(page)).toContainText(new RegExp(words));
    await expect(told(page)).toHaveAttribute("data-state", "fail");
    await expect(told(page)).not.toContainText(/code\.|lists\./);
  }
  expect(await names(page)).toEqual(["https://liangzheng.invalid/status/1"]);
});

test("a list of this site is fetched once, when a person asks; one from elsewhere is not asked for", async ({ page, context, films }) => {
  const { payload } = await films({ person: "lin", purpose: "roadside", payload: true });
  const at = Math.floor(now(context) / 1000);
  let asked = 0;
  await context.route("**/status/7", async (route) => {
    asked += 1;
    const body = demoToken(payload, { uri: "https://status.example/7", iat: at - 100 + asked, exp: at + 3600 });
    await route.fulfill({ body, contentType: "application/statuslist+cwt" });
  });
  await openVerifier(page, "roadside");
  await openLists(page);
  await page.getByLabel("或本站的列表地址").fill("https://status.example/7");
  // Enter in the field asks for it, as the button does.
  await page.locator("#list-address").press("Enter");
  await expect(told(page)).toContainText("只能从本站获取");
  expect(asked).toBe(0);
  await page.getByLabel("或本站的列表地址").fill("/status/7");
  await page.getByRole("button", { name: "获取" }).click();
  await expect(told(page)).toContainText("已保存");
  expect(asked).toBe(1);
  await panel(page).getByRole("button", { name: "更新" }).click();
  await expect.poll(() => asked).toBe(2);
  await expect(panel(page).locator("li")).toHaveCount(2);
});

test("the panel speaks both languages and fits a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await openVerifier(page, "roadside");
  await openLists(page);
  await page.getByRole("button", { name: /Switch to English/ }).first().click();
  await expect(panel(page).getByRole("heading")).toHaveText("Status lists");
  await expect(panel(page).locator("li")).toContainText("made in this page every day");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
