// The wallet beside a browser that fails it: dropped connections, wrong clocks, held locks, keys that are not kept.
import { expect, setClock, START, test } from "./support/fixtures.mjs";
import { records } from "./support/store.mjs";
import { claim, openWallet, present, screen, toConfirm } from "./support/wallet.mjs";

const DAY = 86_400_000;
const home = (page) => screen(page, "home");
const button = (page, name) => page.getByRole("button", { name });
const problem = (page, code) => page.locator(`[data-problem="${code}"]`);

/** Remembers the page's own connections, so that `drop` can close them as a browser does. */
const watchConnections = () => {
  globalThis.connections = [];
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener("success", () => connections.push(request.result));
    return request;
  };
};
const drop = (page) => page.evaluate(() => connections.splice(0).forEach((connection) => connection.close()));

/** Says to the other tabs that something changed, as a tab does that refreshed or showed. */
const announce = (page) => page.evaluate(() => new BroadcastChannel("liangzheng.wallet").postMessage("changed"));

async function deleteWallet(page) {
  await button(page, "详情").click();
  await button(page, "删除证件夹").click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
}

// --- the clock

for (const days of [35, 54, 89, 91, 2000]) {
  test(`a clock that was ${days} days ahead once costs no licence`, async ({ page, context }) => {
    await claim(page, "lin");
    await setClock(context, START + days * DAY);
    await openWallet(page);
    await expect(home(page)).toContainText("林知夏");
    await setClock(context, START);
    await openWallet(page);
    await expect(home(page)).toContainText("林知夏");
    await present(page, "roadside");
  });
}

/** While `no-random` is set, no issuer can make a licence. */
const mayLackRandom = () => {
  const fill = Crypto.prototype.getRandomValues;
  Crypto.prototype.getRandomValues = function (...args) {
    if (sessionStorage.getItem("no-random")) throw new DOMException("none", "OperationError");
    return fill.apply(this, args);
  };
};
const withoutRandom = (page) => page.evaluate(() => sessionStorage.setItem("no-random", "1"));

test("the licence before is kept without a second key, and serves where no new one can be made", async ({ page, context }) => {
  await page.addInitScript(mayLackRandom);
  await claim(page, "lin");
  await setClock(context, START + 45 * DAY);
  await openWallet(page);
  await expect(home(page)).toContainText("林知夏");
  expect((await records(page, "licence")).map(({ key, hasKey }) => [key, hasKey])).toEqual([["current", true], ["previous", false]]);
  await setClock(context, START + 600_000);
  await withoutRandom(page);
  await openWallet(page);
  await expect(home(page)).toContainText("林知夏");
  await page.evaluate(() => sessionStorage.removeItem("no-random"));
  await openWallet(page);
  await present(page, "roadside");
});

for (const jumps of [[45, 130], [2000, 45], [45, 130, 2000], [2000, 400, 130]]) {
  test(`a clock that was ${jumps.join(", then ")} days ahead costs no licence where no new one can be made`, async ({ page, context }) => {
    await page.addInitScript(mayLackRandom);
    await claim(page, "lin");
    const [claimed] = await records(page, "licence");
    for (const days of jumps) {
      await setClock(context, START + days * DAY);
      await openWallet(page);
      await expect(home(page)).toContainText("林知夏");
    }
    await setClock(context, START + 600_000);
    await withoutRandom(page);
    await openWallet(page);
    await expect(home(page)).toContainText("林知夏");
    const stored = await records(page, "licence");
    expect(stored.filter(({ hasKey }) => hasKey).map(({ key, credential }) => [key, credential])).toEqual([["current", claimed.credential]]);
    // The licence that serves again is not kept a second time.
    expect(stored.filter(({ credential }) => credential === claimed.credential)).toHaveLength(1);
    expect(stored).toHaveLength(1 + jumps.length);
  });
}

test("of the licences before, three are kept at most, and a deletion leaves none", async ({ page, context }) => {
  await claim(page, "lin");
  for (const days of [45, 130, 400, 800, 2000]) {
    await setClock(context, START + days * DAY);
    await openWallet(page);
    await expect(home(page)).toContainText("林知夏");
  }
  expect((await records(page, "licence")).map(({ key }) => key)).toEqual(["current", "previous", "previous-2", "previous-3"]);
  await deleteWallet(page);
  await expect(screen(page, "welcome")).toBeVisible();
  expect((await records(page, "licence")).map(({ key }) => key)).toEqual(["deleted"]);
});

for (const [name, at, code] of [["1970", 0, "clock-behind"], ["2020", Date.parse("2020-05-01T00:00:00Z"), "clock-behind"],
  ["2100", Date.parse("2100-01-01T00:00:00Z"), "clock-ended"]]) {
  test(`with a clock of ${name} the wallet names the clock, and offers no deletion`, async ({ page, context }) => {
    await claim(page, "lin");
    const before = await records(page, "licence");
    await setClock(context, at);
    await openWallet(page);
    await expect(problem(page, code)).toBeVisible();
    await expect(problem(page, code)).toContainText(/设备/);
    await expect(page.getByText("删除并重新领取")).toBeHidden();
    expect(await records(page, "licence"), "nothing was replaced").toEqual(before);
    await setClock(context, START);
    await button(page, "重新载入").click();
    await expect(home(page)).toContainText("林知夏");
  });
}

// --- a connection that the browser dropped

test("after a dropped connection a code is shown and written to the list", async ({ page }) => {
  await page.addInitScript(watchConnections);
  await claim(page, "lin");
  await drop(page);
  await present(page, "roadside");
  await page.keyboard.press("Escape");
  await expect(screen(page, "present")).toBeHidden();
  await page.reload();
  await expect(home(page)).toContainText("记录 1");
});

test("after a dropped connection the card stays when another tab changes something", async ({ page, context }) => {
  await page.addInitScript(watchConnections);
  await claim(page, "lin");
  const other = await context.newPage();
  await openWallet(other);
  await drop(page);
  await present(other, "roadside");
  await expect(home(page)).toContainText("记录 1");
  await expect(home(page)).toContainText("林知夏");
});

test("after a dropped connection the wallet is deleted", async ({ page }) => {
  await page.addInitScript(watchConnections);
  await claim(page, "lin");
  await drop(page);
  await deleteWallet(page);
  await expect(screen(page, "welcome")).toBeVisible();
  expect((await records(page, "licence")).map(({ key }) => key)).toEqual(["deleted"]);
});

test("after a dropped connection a claim goes on", async ({ page }) => {
  await page.addInitScript(watchConnections);
  await openWallet(page);
  await toConfirm(page);
  await drop(page);
  await button(page, "确认并领取").click();
  await expect(home(page)).toContainText("林知夏");
});

test("while the store cannot be reached the card stays, and that is said", async ({ page, context }) => {
  await claim(page, "lin");
  const other = await context.newPage();
  await openWallet(other);
  await page.evaluate(() => {
    IDBDatabase.prototype.transaction = () => { throw new DOMException("lost", "UnknownError"); };
  });
  await announce(other);
  await expect(home(page)).toContainText("现在读写不了保存的内容");
  await expect(home(page)).toContainText("林知夏");
  await button(page, "详情").click();
  await button(page, "删除证件夹").click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(page.getByRole("dialog")).toContainText("没有删除或改动任何内容");
  await page.reload();
  await expect(home(page)).toContainText("林知夏");
});

test("a store that cannot be opened is no private window", async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => { throw new DOMException("lost", "UnknownError"); };
  });
  await page.goto("/wallet/");
  await expect(problem(page, "store-dropped")).toBeVisible();
  await expect(page.getByText("无痕")).toHaveCount(0);
});

test("site data that are cleared while the wallet is open take the card off the screen", async ({ page, context }) => {
  await claim(page, "lin");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "indexeddb" });
  await expect(page.getByRole("heading", { name: "驾驶证丢失了" })).toBeVisible();
});

// --- deleted stays deleted

test("what was deleted is not lost when the mark comes back", async ({ page }) => {
  await claim(page, "lin");
  const mark = await page.evaluate(() => localStorage.getItem("liangzheng.wallet"));
  await deleteWallet(page);
  await expect(screen(page, "welcome")).toBeVisible();
  // As after a crash: the browser had not written localStorage yet.
  await page.evaluate((mark) => localStorage.setItem("liangzheng.wallet", mark), mark);
  await page.reload();
  await expect(screen(page, "welcome")).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem("liangzheng.wallet"))).toBeNull();
  await claim(page, "zhao");
  expect((await records(page, "licence")).map(({ key, generation }) => [key, generation > Number(mark)])).toEqual([["current", true]]);
});

test("a tab that did not hear of the deletion writes nothing to the list", async ({ page, context }) => {
  await claim(page, "lin");
  const other = await context.newPage();
  await other.addInitScript(() => (BroadcastChannel.prototype.postMessage = () => {}));
  await openWallet(other);
  await deleteWallet(other);
  await expect(screen(other, "welcome")).toBeVisible();
  await present(page, "roadside");
  await page.keyboard.press("Escape");
  await expect(screen(page, "present")).toBeHidden();
  expect(await records(page, "shown")).toEqual([]);
  await page.reload();
  await expect(screen(page, "welcome")).toBeVisible();
});

test("an older copy that came back is named until it is accepted", async ({ page }) => {
  await claim(page, "lin");
  await page.evaluate(() => localStorage.setItem("liangzheng.wallet", "5"));
  await openWallet(page);
  const strip = home(page).locator(".notice", { hasText: "浏览器恢复了一份较早的证件" });
  await strip.getByRole("button", { name: "知道了" }).click();
  await expect(strip).toHaveCount(0);
  await page.reload();
  await expect(home(page)).toContainText("林知夏");
  await expect(strip).toHaveCount(0);
});

test("a mark that cannot be read is a mark", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => localStorage.setItem("liangzheng.wallet", "#"));
  await openWallet(page);
  await expect(page.getByRole("heading", { name: "驾驶证丢失了" })).toBeVisible();
});

test("the list of what was shown keeps its newest 200", async ({ page }) => {
  await claim(page, "lin");
  await page.evaluate(async () => {
    const database = await new Promise((done) => (indexedDB.open("liangzheng").onsuccess = (event) => done(event.target.result)));
    const transaction = database.transaction("shown", "readwrite");
    for (let at = 1; at <= 1000; at++) transaction.objectStore("shown").add({ at, purpose: "rental", elements: ["family_name"] });
    await new Promise((done) => (transaction.oncomplete = done));
    database.close();
  });
  await openWallet(page);
  await present(page, "roadside");
  await page.keyboard.press("Escape");
  await expect(screen(page, "present")).toBeHidden();
  expect(await records(page, "shown")).toHaveLength(200);
});

test("an application that cannot be read is named", async ({ page }) => {
  await openWallet(page);
  await page.evaluate(async () => {
    const database = await new Promise((done) => (indexedDB.open("liangzheng").onsuccess = (event) => done(event.target.result)));
    const transaction = database.transaction("application", "readwrite");
    transaction.objectStore("application").put({ application: 7 }, "current");
    await new Promise((done) => (transaction.oncomplete = done));
    database.close();
  });
  await openWallet(page);
  await expect(problem(page, "application")).toContainText("没办完的领取读不出来");
});

test("a welcome says what may have become of an earlier licence", async ({ page }) => {
  await openWallet(page);
  await expect(page.getByText("以前在这台设备上领取过？")).toBeVisible();
  await expect(page.getByText("在浏览器里领取过？")).toBeHidden();
  await page.addInitScript(() => {
    const match = globalThis.matchMedia;
    globalThis.matchMedia = (query) => match(query === "(display-mode: standalone)" ? "all" : query);
  });
  await page.reload();
  await expect(page.getByText("在浏览器里领取过？")).toBeVisible();
  await expect(page.getByText("以前在这台设备上领取过？")).toBeHidden();
});

// --- waits have an end, and states a way out

test("a database without stores gets them, and one of a newer version is read", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => new Promise((done) => (indexedDB.open("liangzheng").onsuccess = (event) => done(event.target.result.close()))));
  await claim(page, "lin");
  await page.goto("/");
  await page.evaluate(() => new Promise((done) => (indexedDB.open("liangzheng", 9).onsuccess = (event) => done(event.target.result.close()))));
  await openWallet(page);
  await expect(home(page)).toContainText("林知夏");
  await present(page, "roadside");
});

test("a store that another page holds is named, and opens when that page is closed", async ({ page, context }) => {
  await claim(page, "lin");
  const other = await context.newPage();
  await other.goto("/");
  // A connection that does not give way, and an upgrade that waits for it.
  await other.evaluate(async () => {
    const held = await new Promise((done) => (indexedDB.open("liangzheng").onsuccess = (event) => done(event.target.result)));
    held.onversionchange = () => {};
    await new Promise((done) => (indexedDB.open("liangzheng", held.version + 1).onblocked = done));
  });
  await page.goto("/wallet/");
  await expect(problem(page, "store-silent")).toContainText("关闭本站的其他标签页");
  await other.close();
  await button(page, "重新载入").click();
  await expect(home(page)).toContainText("林知夏");
});

test("a tab that never ends its work is named, and nothing is lost", async ({ page, context }) => {
  await openWallet(page);
  const other = await context.newPage();
  await other.goto("/");
  const hold = () => other.evaluate(() => new Promise((held) => navigator.locks.request("liangzheng.wallet", () => (held(), new Promise(() => {})))));
  await hold();
  await toConfirm(page);
  await button(page, "确认并领取").click();
  await expect(page.getByText("另一个标签页正在使用证件夹")).toBeVisible();
  await other.goto("/verify/");
  await button(page, "确认并领取").click();
  await expect(home(page)).toContainText("林知夏");
  await other.goto("/");
  await hold();
  await deleteWallet(page);
  await expect(page.getByRole("dialog")).toContainText("另一个标签页正在使用证件夹");
  expect((await records(page, "licence")).map(({ key }) => key)).toEqual(["current"]);
});

test("a browser that never says what it promised keeps nobody waiting", async ({ page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.persisted = StorageManager.prototype.persist = () => new Promise(() => {});
  });
  await claim(page, "lin");
  await button(page, "详情").click();
  await expect(screen(page, "details")).toContainText("浏览器未说明");
});

// --- keys that are not kept

for (const [name, fail] of [
  ["cannot be stored", () => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...rest) {
      if (value.key instanceof CryptoKey) throw new DOMException("no", "DataCloneError");
      return put.call(this, value, ...rest);
    };
  }],
  ["comes back as null", () => {
    const result = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "result");
    Object.defineProperty(IDBRequest.prototype, "result", { ...result, get() {
      const value = result.get.call(this);
      if (value?.key instanceof CryptoKey) value.key = null;
      return value;
    } });
  }],
  ["comes back as nothing", () => {
    const result = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "result");
    Object.defineProperty(IDBRequest.prototype, "result", { ...result, get() {
      const value = result.get.call(this);
      return value?.key instanceof CryptoKey ? undefined : value;
    } });
  }],
  ["does not sign", () => {
    SubtleCrypto.prototype.sign = () => Promise.reject(new DOMException("no", "OperationError"));
  }],
]) {
  test(`a key that ${name} is said before anything is called kept`, async ({ page }) => {
    await page.addInitScript(fail);
    await openWallet(page);
    await toConfirm(page);
    await button(page, "确认并领取").click();
    await expect(page.getByText("浏览器的这种模式不能保存密钥")).toBeVisible();
    await expect(page.getByText("普通窗口")).toBeVisible();
    await expect(page.getByText("驾驶证已保存到本机")).toHaveCount(0);
    expect(await page.evaluate(() => localStorage.getItem("liangzheng.wallet"))).toBeNull();
    await page.reload();
    await expect(page.getByText("驾驶证丢失了")).toHaveCount(0);
    await expect(page.getByText("删除并重新领取")).toBeHidden();
  });
}
