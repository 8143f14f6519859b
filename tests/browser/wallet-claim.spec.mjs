// Claiming and keeping: what is stored, what survives, what is lost, what is deleted.
import { expect, test } from "./support/fixtures.mjs";
import { claim, openWallet, screen, toConfirm, toPhoto } from "./support/wallet.mjs";

/** What the wallet's database holds, with the key tried out. */
const stored = (page) =>
  page.evaluate(async () => {
    const open = indexedDB.open("liangzheng");
    const database = await new Promise((done, fail) => ((open.onsuccess = () => done(open.result)), (open.onerror = fail)));
    const all = (name) => {
      const request = database.transaction(name).objectStore(name).getAll();
      return new Promise((done) => (request.onsuccess = () => done(request.result)));
    };
    const [kept, applications, shown] = await Promise.all(["licence", "application", "shown"].map(all));
    // After a deletion the store holds which generation that was, and nothing else.
    const licences = kept.filter((record) => Object.keys(record).join() !== "generation");
    database.close();
    const licence = licences[0];
    const refused = async (format) => crypto.subtle.exportKey(format, licence.key).then(() => "exported", (error) => error.name);
    return {
      licences: licences.length,
      applications: applications.length,
      shown: shown.length,
      key: licence && { type: licence.key.type, extractable: licence.key.extractable, usages: licence.key.usages },
      pkcs8: licence && (await refused("pkcs8")),
      jwk: licence && (await refused("jwk")),
      parts: licence && Object.keys(licence).sort(),
      generation: licence?.generation,
      credential: licence?.credential.length,
    };
  });

const wipe = (page) =>
  page.evaluate(
    () => new Promise((done) => {
      const request = indexedDB.deleteDatabase("liangzheng");
      request.onsuccess = request.onblocked = done;
    }),
  );

test("a first visit says what this is, and leads to the card, one question a screen", async ({ page }) => {
  await openWallet(page);
  await expect(page.getByRole("heading", { name: "把驾驶证放进这台设备" })).toBeVisible();
  await expect(page.locator("header").getByText("演示 DEMO")).toBeVisible();
  await page.getByRole("button", { name: "开始领取" }).click();
  await expect(page.getByRole("heading", { name: "您是谁？" })).toBeFocused();
  expect(await page.locator("[data-person]").count()).toBeGreaterThanOrEqual(8);
  await page.locator('[data-person="lin"]').click();
  await expect(page.getByRole("heading", { name: "找到了您的驾驶证" })).toBeFocused();
  await page.getByRole("button", { name: "下一步" }).click();
  const photo = page.getByRole("img", { name: "持证人照片" });
  await expect(photo).toBeVisible();
  expect(await photo.evaluate((image) => [image.naturalWidth, image.naturalHeight])).toEqual([520, 756]);
  await page.getByRole("button", { name: "是我，下一步" }).click();
  await expect(page.getByRole("heading", { name: "领取这张驾驶证？" })).toBeFocused();
  expect((await stored(page)).licences, "nothing is issued before it is confirmed").toBe(0);
  await page.getByRole("button", { name: "确认并领取" }).click();
  await expect(screen(page, "home")).toBeVisible();
  const card = page.getByRole("group", { name: "电子驾驶证" }).first();
  for (const text of ["林知夏", "Zhixia", "C1", "正常"]) await expect(card).toContainText(text);
});

test("a reload finds the same licence", async ({ page }) => {
  await claim(page, "zhao");
  const before = await stored(page);
  await page.reload();
  await expect(screen(page, "home")).toContainText("赵远舟");
  expect(await stored(page)).toEqual(before);
});

test("key, licence and record are one record, and the key cannot be exported", { tag: "@T-torn-write" }, async ({ page }) => {
  // Every write of the wallet is watched: which stores a transaction that wrote was for.
  await page.addInitScript(() => {
    globalThis.writes = [];
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      const { mode, durability, objectStoreNames } = this.transaction;
      writes.push({ store: this.name, mode, durability, parts: Object.keys(args[0]), stores: [...objectStoreNames] });
      return put.apply(this, args);
    };
  });
  await claim(page, "lin");
  const held = await stored(page);
  expect(held.key).toEqual({ type: "private", extractable: false, usages: ["sign"] });
  expect([held.pkcs8, held.jwk]).toEqual(["InvalidAccessError", "InvalidAccessError"]);
  expect(held.parts).toEqual(expect.arrayContaining(["credential", "key", "record"]));
  expect(held.applications, "the application is settled").toBe(0);
  const writes = (await page.evaluate(() => globalThis.writes)).filter(({ store }) => store === "licence");
  expect(writes).toHaveLength(1);
  expect(writes[0]).toMatchObject({ mode: "readwrite", durability: "strict", stores: ["application", "further", "licence"] });
  expect(writes[0].parts).toEqual(expect.arrayContaining(["credential", "key", "record"]));
});

test("a write that is not completed is not a licence, and says so", { tag: "@T-write-not-durable" }, async ({ page }) => {
  // As on a full disk: the request succeeds, and the transaction aborts afterwards.
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      if (this.name === "licence" && globalThis.full) request.addEventListener("success", () => this.transaction.abort());
      return request;
    };
  });
  await openWallet(page);
  await toConfirm(page);
  await page.evaluate(() => (globalThis.full = true));
  await page.getByRole("button", { name: "确认并领取" }).click();
  await expect(page.getByText("没有保存成功")).toBeVisible();
  expect((await stored(page)).licences).toBe(0);
  await page.reload();
  await expect(page.getByText("驾驶证丢失了")).toHaveCount(0);
  await expect(screen(page, "home")).toHaveCount(0);
  await expect(page.locator("#app > [data-screen]")).toBeVisible();
});

test("leaving in the middle of a claim loses nothing", async ({ page }) => {
  await openWallet(page);
  await toPhoto(page, "lin");
  await page.reload();
  await expect(screen(page, "on-file")).toContainText("林知夏");
});

test("a wiped store is lost, not new", { tag: "@T-key-lost" }, async ({ page }) => {
  await claim(page, "lin");
  await page.goto("/");
  await wipe(page);
  await openWallet(page);
  await expect(page.getByRole("heading", { name: "驾驶证丢失了" })).toBeVisible();
  await expect(page.getByText("把驾驶证放进这台设备")).toHaveCount(0);
  await page.getByRole("button", { name: "重新领取" }).click();
  await expect(screen(page, "welcome")).toBeVisible();
});

test("damage is found and nothing is thrown away by itself", { tag: "@T-corruption" }, async ({ page }) => {
  await claim(page, "lin");
  await page.goto("/");
  await page.evaluate(async () => {
    const open = indexedDB.open("liangzheng");
    const database = await new Promise((done) => (open.onsuccess = () => done(open.result)));
    const store = database.transaction("licence", "readwrite").objectStore("licence");
    const value = await new Promise((done) => { store.get("current").onsuccess = (event) => done(event.target.result); });
    value.credential[value.credential.length >> 1] ^= 1;
    await new Promise((done) => { store.put(value, "current").onsuccess = done; });
    database.close();
  });
  await openWallet(page);
  await expect(page.getByRole("heading", { name: "保存的驾驶证已损坏" })).toBeVisible();
  await expect(page.getByText("林知夏")).toHaveCount(0);
  expect((await stored(page)).licences).toBe(1);
});

test("delete removes key, licence and list, and says that traces may stay", { tag: "@T-deleted-remains" }, async ({ page }) => {
  await claim(page, "lin");
  await page.getByRole("button", { name: "详情" }).click();
  await page.getByRole("button", { name: "删除证件夹" }).click();
  const dialog = page.getByRole("dialog", { name: "删除驾驶证和密钥？" });
  await expect(dialog).toContainText("浏览器可能在磁盘上保留痕迹");
  await dialog.getByRole("button", { name: "取消" }).click();
  await expect(dialog).toHaveCount(0);
  expect((await stored(page)).licences).toBe(1);
  await page.getByRole("button", { name: "删除证件夹" }).click();
  await dialog.getByRole("button", { name: "删除" }).click();
  await expect(screen(page, "welcome")).toBeVisible();
  expect(await stored(page)).toMatchObject({ licences: 0, applications: 0, shown: 0 });
  await page.reload();
  await expect(screen(page, "welcome")).toBeVisible();
});

test("two tabs agree", async ({ page, context }) => {
  await openWallet(page);
  const other = await context.newPage();
  await openWallet(other);
  await expect(screen(other, "welcome")).toBeVisible();
  await claim(page, "lin");
  await expect(screen(other, "home")).toContainText("林知夏");
  await other.getByRole("button", { name: "详情" }).click();
  await other.getByRole("button", { name: "删除证件夹" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(screen(other, "welcome")).toBeVisible();
  await expect(screen(page, "welcome")).toBeVisible();
});

test("two tabs that confirm the same claim at once end with one licence", { tag: "@T-two-tabs" }, async ({ page, context }) => {
  await openWallet(page);
  await toConfirm(page);
  const other = await context.newPage();
  await openWallet(other);
  await expect(screen(other, "confirm")).toBeVisible();
  await Promise.all([page, other].map((tab) => tab.getByRole("button", { name: "确认并领取" }).evaluateAll(([button]) => button?.click())));
  await expect.poll(async () => (await stored(page)).licences).toBe(1);
  for (const tab of [page, other]) {
    await tab.reload();
    await expect(screen(tab, "home")).toContainText("林知夏");
  }
  expect(await stored(page)).toMatchObject({ licences: 1, applications: 0 });
});

test("the language changes at once, and is remembered", async ({ page }) => {
  await claim(page, "lin");
  await page.getByRole("button", { name: /Switch to English/ }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("#show")).toHaveText("Show");
  await page.reload();
  await expect(page.locator("#show")).toHaveText("Show");
  for (const path of ["/", "/verify/"]) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  }
});
