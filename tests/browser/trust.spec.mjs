// Trust lists as a person imports them: asked about, listed, used, removed; older, forged and foreign ones refused.
import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { expect, START, test as base } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { filmFolder } from "./support/film.mjs";
import { handIn, next, openVerifier, verdict } from "./support/verifier.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const maker = process.env.LIANGZHENG_FILM && path.join(path.dirname(process.env.LIANGZHENG_FILM), `trust${path.extname(process.env.LIANGZHENG_FILM)}`);

const test = base.extend({
  /** Lists by a provider of tests, made for the tests' clock: `read(name)`, and the fingerprints. */
  lists: [
    async ({}, use) => {
      const folder = await filmFolder();
      const { stdout } = await promisify(execFile)(maker, ["--now", String(Math.floor(START / 1000)), "--out", folder,
        "--also", path.join(root, "crate/authority/src/demo/anchor.der")]);
      await use({ ...JSON.parse(stdout), read: (name) => readFile(path.join(folder, name)) });
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
});
test.skip(!maker, "run by: cargo xtask test --only browser");

const panel = (page) => page.getByRole("dialog", { name: "信任名单" });
const open = async (page) => {
  await page.getByRole("button", { name: "信任名单" }).click();
  await expect(panel(page)).toBeVisible();
};
const close = (page) => panel(page).getByRole("button", { name: "关闭" }).click();
const choose = async (page, lists, name) =>
  page.locator("#trust-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer: await lists.read(name) });
const article = (page, name) => panel(page).getByRole("article").filter({ hasText: name });
const grouped = (fingerprint) => fingerprint.match(/.{4}/g).join(" ");

/** Imports a list as somebody who compared the fingerprint. */
async function add(page, lists, name) {
  await choose(page, lists, name);
  await page.getByRole("button", { name: "核对无误，添加" }).click();
  await expect(page.locator("#trust-done")).toContainText(/已添加|已换成/);
}

async function refused(page, lists, name, words) {
  await choose(page, lists, name);
  await expect(page.locator("#trust-error")).toContainText(words);
  await expect(page.locator("#trust-ask")).toBeHidden();
}

async function scan(page, lists, name = "shown") {
  await handIn(page, pictures(await lists.read(name)));
  return verdict(page);
}

const unknown = { colour: "red", headline: "无法确认发证机关", person: false };

test("a list is asked about, added, used, and removed again", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  expect(await scan(page, lists)).toMatchObject(unknown);
  await next(page);

  await open(page);
  await expect(article(page, "演示 DEMO")).toContainText("随本页提供");
  await choose(page, lists, "current.vical");
  const ask = page.locator("#trust-ask");
  await expect(ask).toContainText("Test lists");
  await expect(ask).toContainText(grouped(lists.root));
  await expect(ask).toContainText("本页不认识这家发布机构");
  await expect(page.getByRole("heading", { name: "要信任这份名单吗？" })).toBeFocused();
  await page.getByRole("button", { name: "不添加" }).click();
  await expect(panel(page).getByRole("article")).toHaveCount(1);
  await add(page, lists, "current.vical");
  const added = article(page, "Test lists");
  for (const words of ["有效", "2026年11月21日", "2026年12月21日", "2 个", grouped(lists.root)]) await expect(added).toContainText(words);
  await close(page);

  const seen = await scan(page, lists);
  expect(seen).toMatchObject({ colour: "green", failed: [], person: true });
  // The build is the demo and marks every verdict; the licence is none of the demo's.
  expect(seen.text).not.toContain("演示证照");
  await page.locator("details.layer").first().locator("summary").click();
  await expect(page.locator("details.layer").first()).toContainText(/认可它的信任名单：.*Test lists · [0-9a-f]{8}/);
  await next(page);

  // a reload keeps it, and verifies it again
  await page.reload();
  expect(await scan(page, lists, "shown-again")).toMatchObject({ colour: "green" });
  await next(page);

  await open(page);
  await article(page, "Test lists").getByRole("button", { name: /^移除/ }).click();
  await expect(page.locator("#trust-done")).toContainText("已移除");
  await page.getByRole("button", { name: "撤销移除" }).click();
  await expect(article(page, "Test lists")).toBeVisible();
  await article(page, "Test lists").getByRole("button", { name: /^移除/ }).click();
  await expect(article(page, "Test lists")).toHaveCount(0);
  await close(page);
  expect(await scan(page, lists, "shown-once-more")).toMatchObject(unknown);
});

test("versions only rise, also after the list was removed", async ({ page, lists }) => {
  await openVerifier(page);
  await open(page);
  await add(page, lists, "current.vical");
  await refused(page, lists, "older.vical", "比已经用过的版本旧");
  await add(page, lists, "newer.vical");
  await expect(page.locator("#trust-done")).toContainText("已换成新的版本");
  await expect(article(page, "Test lists")).toHaveCount(1);
  await expect(article(page, "Test lists")).toContainText("1 个");
  await refused(page, lists, "current.vical", "比已经用过的版本旧");
  await article(page, "Test lists").getByRole("button", { name: /^移除/ }).click();
  await expect(article(page, "Test lists")).toHaveCount(0);
  await page.reload();
  await open(page);
  await refused(page, lists, "current.vical", "比已经用过的版本旧");
  await add(page, lists, "newer.vical");
});

test("wrong signers, forgeries and what is no list are refused in words", async ({ page, lists }) => {
  await openVerifier(page);
  await open(page);
  await add(page, lists, "current.vical");
  await refused(page, lists, "stranger.vical", "不是由您信任的那家发布机构签名的");
  await refused(page, lists, "false-aamva.vical", "不是由您信任的那家发布机构签名的");
  await refused(page, lists, "forged.vical", "签名不对");
  await refused(page, lists, "ahead.vical", "日期在将来");
  await refused(page, lists, "ds.der", "不是发证机关的根证书");
  await refused(page, lists, "shown", "既不是信任名单，也不是证书");
  await page.locator("#trust-file").setInputFiles({ name: "empty", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await expect(page.locator("#trust-error")).toContainText("既不是信任名单，也不是证书");
  await page.locator("#trust-file").setInputFiles({ name: "huge", mimeType: "text/plain", buffer: Buffer.alloc(3 << 20) });
  await expect(page.locator("#trust-error")).toContainText("超过1 MB");
  await expect(panel(page).getByRole("article")).toHaveCount(2);
});

test("a list that is out of date leaves a doubt, and is never green", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await choose(page, lists, "late.vical");
  await expect(page.locator("#trust-ask")).toContainText("这份名单已经过期");
  await page.getByRole("button", { name: "核对无误，添加" }).click();
  await expect(article(page, "Late lists")).toContainText("已过期");
  await close(page);
  const seen = await scan(page, lists);
  expect(seen).toMatchObject({ colour: "amber", headline: "信任名单已过期，发证机关未能核实", failed: ["trust-list-old"] });
  await next(page);
  // a second list that is current settles it
  await open(page);
  await add(page, lists, "current.vical");
  await close(page);
  expect(await scan(page, lists, "shown-again")).toMatchObject({ colour: "green", failed: [] });
});

test("one certificate, as DER or as text, is a list of one", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  const pem = `-----BEGIN CERTIFICATE-----\n${(await lists.read("iaca.der")).toString("base64").match(/.{1,64}/g).join("\n")}\n-----END CERTIFICATE-----\n`;
  await page.locator("#trust-file").setInputFiles({ name: "iaca.pem", mimeType: "text/plain", buffer: Buffer.from(pem) });
  await expect(page.locator("#trust-ask")).toContainText(grouped(lists.iaca));
  await page.getByRole("button", { name: "核对无误，添加" }).click();
  await add(page, lists, "iaca.der");
  await expect(article(page, "Test IACA")).toHaveCount(1);
  await close(page);
  expect(await scan(page, lists)).toMatchObject({ colour: "green" });
});

test("what the store holds is verified again at each load", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await add(page, lists, "current.vical");
  await page.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open("liangzheng.trust");
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("lists", "readwrite");
      const store = transaction.objectStore("lists");
      store.getAll().onsuccess = ({ target }) => {
        const [list] = target.result;
        list.bytes[list.bytes.length - 1] ^= 1;
        store.put(list, list.key);
      };
      transaction.oncomplete = () => (opening.result.close(), done());
      transaction.onerror = failed;
    };
  }));
  await page.reload();
  expect(await scan(page, lists)).toMatchObject(unknown);
  await next(page);
  await open(page);
  await expect(article(page, "无法验证的名单")).toContainText("签名不对");
  await article(page, "无法验证的名单").getByRole("button", { name: /^移除/ }).click();
  await expect(panel(page).getByRole("article")).toHaveCount(1);
});

test("two tabs agree", async ({ page, context, lists }) => {
  await openVerifier(page, "roadside");
  const other = await context.newPage();
  await openVerifier(other, "roadside");
  await open(other);
  await open(page);
  await add(page, lists, "current.vical");
  await expect(article(other, "Test lists")).toBeVisible();
  await article(other, "Test lists").getByRole("button", { name: /^移除/ }).click();
  await expect(article(page, "Test lists")).toHaveCount(0);
});

for (const production of [false, true]) {
  test.describe(production ? "production" : "demo", () => {
    if (production) {
      test.skip(!process.env.LIANGZHENG_PRODUCTION_URL, "run by: cargo xtask test --only browser");
      test.use({ baseURL: process.env.LIANGZHENG_PRODUCTION_URL });
    }
    test("no list makes a demo anchor real", async ({ lists, films, world }) => {
      const shown = await films({ person: "lin", purpose: "roadside", payload: true });
      const { page: verifier } = await world.open({ at: shown.at + 2000 });
      await openVerifier(verifier, "roadside");
      if (production) await expect(verifier.locator("#no-trust")).toBeVisible();
      await open(verifier);
      await choose(verifier, lists, "borrowed.vical");
      await expect(verifier.locator("#trust-ask")).toContainText("名单里有演示机关");
      await verifier.getByRole("button", { name: "核对无误，添加" }).click();
      await expect(article(verifier, "Borrowed lists")).toBeVisible();
      await close(verifier);
      await expect(verifier.locator("#no-trust")).toBeHidden();
      await handIn(verifier, pictures(shown.payload));
      const seen = await verdict(verifier);
      // a production build has no status list of the demo
      expect(seen.colour).toBe(production ? "amber" : "green");
      await expect(verifier.locator("article.verdict .band .demo")).toBeVisible();
      expect(seen.text).toContain("DEMO");
    });
  });
}

test("axe finds nothing in the panel, nothing is wider than 320 pixels, and the keyboard is enough", async ({ page, lists }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openVerifier(page);
  await page.locator("#trust-open").focus();
  await page.keyboard.press("Enter");
  await add(page, lists, "current.vical");
  const look = async () => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target)}`)).toEqual([]);
    }
    expect(await panel(page).evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBeLessThanOrEqual(0);
  };
  await look();
  await refused(page, lists, "forged.vical", "签名不对");
  await look();
  await choose(page, lists, "late.vical");
  await expect(page.locator("#trust-ask")).toBeVisible();
  await look();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(page.locator("#trust-open")).toBeFocused();
});
