// Writes that fail, upgrades that are blocked or abort, and a browser that promises nothing: what was there stays.
import { expect, setClock, START, test } from "./support/fixtures.mjs";
import { current } from "./support/store.mjs";
import { claim, openWallet, present, screen, toConfirm } from "./support/wallet.mjs";

const DAY = 86_400_000;
const home = (page) => screen(page, "home");
const button = (page, name) => page.getByRole("button", { name });

/**
 * Makes writes to the store `globalThis.failing` fail as on a full or broken disk: the call throws, or its request succeeds
 * and the transaction aborts afterwards.
 */
const fail = ({ way, error }) => {
  globalThis.failed = 0;
  const fault = () => new DOMException("provoked by the test", error);
  for (const name of ["put", "add", "delete"]) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...args) {
      if (this.name !== globalThis.failing) return write.apply(this, args);
      globalThis.failed++;
      if (way === "throws") throw fault();
      const { transaction } = this;
      Object.defineProperty(transaction, "error", { get: fault });
      const request = write.apply(this, args);
      request.addEventListener("success", () => transaction.abort());
      return request;
    };
  }
};

for (const way of ["throws", "aborts"]) {
  for (const error of ["QuotaExceededError", "DataError"]) {
    test(`a first claim whose write ${way} with ${error} is no licence, and can be done again`, { tag: "@T-quota" }, async ({ page }) => {
      await page.addInitScript(fail, { way, error });
      await openWallet(page);
      await toConfirm(page);
      await page.evaluate(() => (globalThis.failing = "licence"));
      await button(page, "确认并领取").click();
      await expect(page.getByText(error === "QuotaExceededError" ? "空间不足" : "没有保存成功")).toBeVisible();
      expect(await page.evaluate(() => globalThis.failed)).toBeGreaterThan(0);
      expect(await current(page)).toBeUndefined();
      expect(await page.evaluate(() => localStorage.getItem("liangzheng.wallet"))).toBeNull();
      await page.evaluate(() => (globalThis.failing = null));
      await button(page, "确认并领取").click();
      await expect(home(page)).toContainText("林知夏");
    });

    test(`a refresh whose write ${way} with ${error} leaves the licence as it was`, { tag: "@T-quota" }, async ({ page, context }) => {
      await claim(page, "lin");
      const before = await current(page);
      await page.addInitScript(() => (globalThis.failing = "licence"));
      await page.addInitScript(fail, { way, error });
      await setClock(context, START + DAY);
      await openWallet(page);
      await expect(home(page)).toContainText("林知夏");
      await expect.poll(() => page.evaluate(() => globalThis.failed)).toBeGreaterThan(0);
      await present(page, "roadside");
      expect(await current(page)).toEqual(before);
    });

    test(`a list of what was shown whose write ${way} with ${error} does not keep a code from the screen`, { tag: "@T-quota" }, async ({ page }) => {
      await page.addInitScript(fail, { way, error });
      await claim(page, "lin");
      await page.evaluate(() => (globalThis.failing = "shown"));
      await present(page, "roadside");
      await expect.poll(() => page.evaluate(() => globalThis.failed)).toBeGreaterThan(0);
      await page.keyboard.press("Escape");
      await expect(home(page)).toContainText("林知夏");
    });
  }
}

test("a deletion that cannot be written deletes nothing", { tag: "@T-quota" }, async ({ page }) => {
  await page.addInitScript(fail, { way: "aborts", error: "DataError" });
  await claim(page, "lin");
  const before = await current(page);
  await page.evaluate(() => (globalThis.failing = "licence"));
  await button(page, "详情").click();
  await button(page, "删除证件夹").click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(page.getByRole("dialog")).toContainText("原有内容没有变化");
  expect(await current(page)).toEqual(before);
});

test("an open wallet gives way to a newer version of its store, which keeps the licence", { tag: "@T-upgrade" }, async ({ page, context }) => {
  await claim(page, "lin");
  const before = await current(page);
  const other = await context.newPage();
  await other.goto("/");
  const upgraded = await other.evaluate(() => new Promise((done) => {
    const request = indexedDB.open("liangzheng", 9);
    request.onblocked = () => done("blocked");
    request.onupgradeneeded = () => request.result.createObjectStore("of-a-later-release");
    request.onsuccess = () => done(request.result.close() ?? "upgraded");
  }));
  expect(upgraded).toBe("upgraded");
  expect(await current(other)).toEqual(before);
  // The open page says so, and goes on once it is loaded anew.
  await expect(page.locator('[data-problem="outdated"]')).toBeVisible();
  await page.reload();
  await expect(home(page)).toContainText("林知夏");
  await present(page, "roadside");
});

test("an upgrade that aborts half way leaves the licence as it was", { tag: "@T-upgrade" }, async ({ page }) => {
  await claim(page, "lin");
  const before = await current(page);
  await page.goto("/");
  const outcome = await page.evaluate(() => new Promise((done) => {
    const request = indexedDB.open("liangzheng", 9);
    request.onupgradeneeded = () => {
      request.result.deleteObjectStore("licence");
      request.transaction.abort();
    };
    request.onerror = () => done(request.error.name);
    request.onsuccess = () => done("upgraded");
  }));
  expect(outcome).toBe("AbortError");
  expect(await current(page)).toEqual(before);
  await openWallet(page);
  await expect(home(page)).toContainText("林知夏");
});

test("a store whose version is said to be too new is named, and nothing of it is touched", { tag: "@T-upgrade" }, async ({ page }) => {
  await claim(page, "lin");
  await page.addInitScript(() => {
    if (location.pathname !== "/wallet/") return;
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name) {
      return open.call(this, name, 1);
    };
  });
  await page.goto("/");
  await page.evaluate(() => new Promise((done) => (indexedDB.open("liangzheng", 9).onsuccess = (event) => done(event.target.result.close()))));
  await page.goto("/wallet/");
  await expect(page.locator("[data-problem]")).toBeVisible();
  await expect(page.getByText("驾驶证丢失了")).toHaveCount(0);
  await page.goto("/");
  expect(await current(page)).toBeDefined();
});

for (const [answer, shown] of [[false, true], [true, false]]) {
  test(`where the browser ${answer ? "promises" : "does not promise"} to keep the licence, home ${shown ? "says so once" : "says nothing"}`, { tag: "@T-eviction" }, async ({ page }) => {
    await page.addInitScript((answer) => {
      StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => answer;
    }, answer);
    await claim(page, "lin");
    const notice = home(page).locator(".notice", { hasText: "浏览器没有答应长期保存" });
    await expect(notice).toHaveCount(shown ? 1 : 0);
    if (shown) {
      await notice.getByRole("button", { name: "知道了" }).click();
      await expect(notice).toHaveCount(0);
      await page.reload();
      await expect(home(page)).toContainText("林知夏");
      await expect(notice).toHaveCount(0);
    }
    await button(page, "详情").click();
    await expect(screen(page, "details")).toContainText(answer ? "长期保存" : "请求长期保存");
  });
}
