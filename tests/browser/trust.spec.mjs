// Trust lists as a person imports them: asked about, listed, used, removed; older, forged and foreign ones refused.
import { readFile } from "node:fs/promises";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { advance, expect } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { add, addCrl, article, choose, close, grouped, maker, open, panel, test } from "./support/trust.mjs";
import { handIn, next, openVerifier, verdict } from "./support/verifier.mjs";

test.skip(!maker, "run by: cargo xtask test --only browser");

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
  await expect(article(page, "演示 DEMO")).toContainText(/随本页提供[^]*1 个/);
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
  // The build is the demo and marks every verdict; the licence is not the demo's.
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

test("a file that is dropped while the panel is open is read as a list, or refused there", async ({ page, lists }) => {
  await openVerifier(page);
  await open(page);
  const drop = (bytes, type) => page.evaluate(({ bytes, type }) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], "list", { type }));
    document.getElementById("trust").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, { bytes: bytes.toString("base64"), type });
  await drop(Buffer.from("no list at all"), "image/png");
  await expect(page.locator("#trust-error")).toBeVisible();
  await drop(await lists.read("current.vical"), "");
  await expect(page.locator("#trust-ask")).toContainText(grouped(lists.root));
  // What is asked is answered first.
  await drop(Buffer.from("no list at all"), "");
  await page.getByRole("button", { name: "核对无误，添加" }).click();
  await expect(article(page, "Test lists")).toBeVisible();
  await close(page);
  await expect(page.locator("#status")).toBeHidden();
});

test("versions only rise, also after the list was removed", { tag: "@T-list-rollback" }, async ({ page, lists }) => {
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

test("wrong signers, forgeries and what is no list are refused in words", { tag: "@T-trust-list" }, async ({ page, lists }) => {
  await openVerifier(page);
  await open(page);
  await add(page, lists, "current.vical");
  await refused(page, lists, "stranger.vical", "不是由您信任的那家发布机构签名的");
  await refused(page, lists, "false-aamva.vical", "不是由您信任的那家发布机构签名的");
  await refused(page, lists, "forged.vical", "签名不对");
  await refused(page, lists, "ahead.vical", "日期在将来");
  await refused(page, lists, "ds.der", "不是发证机关的根证书");
  await refused(page, lists, "shown", "既不是信任名单，也不是证书或撤销名单");
  await page.locator("#trust-file").setInputFiles({ name: "empty", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await expect(page.locator("#trust-error")).toContainText("既不是信任名单，也不是证书或撤销名单");
  await page.locator("#trust-file").setInputFiles({ name: "huge", mimeType: "text/plain", buffer: Buffer.alloc(3 << 20) });
  await expect(page.locator("#trust-error")).toContainText("超过 1 MB");
  await expect(panel(page).getByRole("article")).toHaveCount(2);
});

test("a list that is out of date leaves a doubt, and is never green", { tag: "@T-trust-list" }, async ({ page, lists }) => {
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

const text = (kind, der) => `-----BEGIN ${kind}-----\n${der.toString("base64").match(/.{1,64}/g).join("\n")}\n-----END ${kind}-----\n`;
const chooseText = (page, text) =>
  page.locator("#trust-file").setInputFiles({ name: "trust.pem", mimeType: "text/plain", buffer: Buffer.from(text) });

test("one certificate, as DER or as text, is a list of one", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await chooseText(page, text("CERTIFICATE", await lists.read("iaca.der")));
  await expect(page.locator("#trust-ask")).toContainText(grouped(lists.iaca));
  await page.getByRole("button", { name: "核对无误，添加" }).click();
  await add(page, lists, "iaca.der");
  await expect(article(page, "Test IACA")).toHaveCount(1);
  await close(page);
  expect(await scan(page, lists)).toMatchObject({ colour: "green" });
});

test("several certificates in one text: one question with all of them, each with its tick", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  const several = page.locator("#trust-several");
  const iaca = text("CERTIFICATE", await lists.read("iaca.der"));
  const demo = text("CERTIFICATE", await readFile(path.join(import.meta.dirname, "../../crate/authority/src/demo/anchor.der")));
  await chooseText(page, demo + iaca);
  await expect(page.getByRole("heading", { name: "要信任这些机构吗？" })).toBeFocused();
  await expect(several.getByRole("listitem").filter({ has: page.getByRole("checkbox") })).toHaveCount(2);
  await expect(several).toContainText(grouped(lists.iaca));
  await expect(several.getByRole("status")).toHaveText("已勾选 2 项，共 2 项");
  const { violations } = await new AxeBuilder({ page }).include("#trust").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  // by the keyboard: none, and then the one
  await several.getByRole("button", { name: "全部取消" }).press("Enter");
  await expect(several.getByRole("status")).toHaveText("已勾选 0 项，共 2 项");
  const yes = several.locator("#trust-several-yes");
  await expect(yes).toBeDisabled();
  await several.getByRole("checkbox", { name: "Test IACA" }).press("Space");
  await expect(several.getByRole("checkbox", { name: "Test IACA" })).toBeFocused();
  await expect(several.getByRole("status")).toHaveText("已勾选 1 项，共 2 项");
  await expect(yes).toHaveText("核对无误，添加 1 项");
  await yes.click();
  await expect(page.locator("#trust-done")).toHaveText(/已添加：.*Test IACA/);
  await expect(panel(page).getByRole("button", { name: /^移除/ })).toHaveCount(1);
  // The same again, and none of it.
  await chooseText(page, demo + iaca);
  await several.getByRole("button", { name: "都不添加" }).click();
  await expect(several).toBeHidden();
  await expect(page.locator("#trust-title")).toBeFocused();
  await expect(panel(page).getByRole("button", { name: /^移除/ })).toHaveCount(1);
  // Nothing of a text is passed over: what can be imported is asked about, and the rest is named beside the question.
  const error = page.locator("#trust-error");
  await chooseText(page, iaca + demo.replace("END", "ENDS"));
  await expect(error).toBeVisible();
  await expect(error).toContainText(/未导入 \u2068?2/);
  await expect(error.locator("[data-slot=code]")).toHaveText("cert-malformed");
  await expect(page.locator("#trust-ask")).toContainText(grouped(lists.iaca));
  await page.getByRole("button", { name: "不添加" }).click();
  await chooseText(page, iaca + text("X509 CRL", await lists.read("clear.crl")));
  await expect(error).toContainText("既有证书，又有撤销名单");
  await expect(page.locator("#trust-ask")).toBeHidden();
});

/** Files of a folder: two authorities, a revocation list of one of them, and what is no list. */
const inFolder = async (lists) => [
  [".DS_Store", Buffer.from("hidden")],
  ["authorities/._iaca.der", Buffer.from("hidden")],
  ["authorities/iaca.der", await lists.read("iaca.der")],
  ["authorities/lists/current.vical", await lists.read("current.vical")],
  ["clear.crl", await lists.read("clear.crl")],
  ["ds.der", await lists.read("ds.der")],
  ["notes.txt", Buffer.from("Where these files are from.")],
];

/** Drops a folder of these files on the panel, as a browser gives it: by entries, and the files in parts. */
const dropFolder = (page, files) => page.evaluate((files) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const entry = (name, under) => {
    const own = files.filter(([path]) => path === under);
    if (own.length) {
      return { isFile: true, isDirectory: false, name, file: (give) => give(new File([bytes(own[0][1])], name)) };
    }
    const inside = [...new Set(files.map(([path]) => path).filter((path) => path.startsWith(`${under}/`)).map((path) => path.slice(under.length + 1).split("/")[0]))];
    const parts = [...inside.map((child) => [entry(child, `${under}/${child}`)]), []];
    return { isFile: false, isDirectory: true, name, createReader: () => ({ readEntries: (give) => give(parts.shift() ?? []) }) };
  };
  const data = new DataTransfer();
  data.items.add(new File([], "trust"));
  const { webkitGetAsEntry } = DataTransferItem.prototype;
  DataTransferItem.prototype.webkitGetAsEntry = () => entry("trust", "trust");
  document.getElementById("trust").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  DataTransferItem.prototype.webkitGetAsEntry = webkitGetAsEntry;
}, files.map(([name, content]) => [`trust/${name}`, content.toString("base64")]));

for (const [way, give] of [
  ["dropped", dropFolder],
  ["chosen", (page, files) => page.locator("#trust-file").setInputFiles(
    files.filter(([name]) => !/(^|\/)\./.test(name)).map(([name, buffer]) => ({ name: path.basename(name), mimeType: "application/octet-stream", buffer })))],
]) {
  test(`a folder of lists, ${way}: one question, the rest is named, and a revocation list counts after the answer`, async ({ page, lists }) => {
    await openVerifier(page, "roadside");
    await open(page);
    await give(page, await inFolder(lists));
    const [several, error] = [page.locator("#trust-several"), page.locator("#trust-error")];
    await expect(several.getByRole("status")).toHaveText("已勾选 2 项，共 2 项");
    await expect(error).toBeVisible();
    await expect(error).toContainText("有 2 项没有导入");
    await expect(error.getByRole("listitem")).toHaveText([/ds\.der.*不是发证机关的根证书/, /notes\.txt.*既不是信任名单/]);
    await several.locator("#trust-several-yes").click();
    await expect(article(page, "Test lists")).toBeVisible();
    await expect(article(page, "Test IACA").first()).toBeVisible();
    await expect(article(page, "证书撤销名单")).toBeVisible();
    await expect(error).toContainText("有 2 项没有导入");
  });
}

test("a revoked issuer's certificate is refused, by DER and by text, also after a reload", { tag: "@T-signer-revoked" }, async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await add(page, lists, "iaca.der");
  await close(page);
  // without a list: a note, and the colour stays
  const before = await scan(page, lists);
  expect(before).toMatchObject({ colour: "green", failed: [] });
  expect(before.text).toContain("没有导入该机关的撤销名单");
  await next(page);

  // a current list without it: said so, and still green
  await open(page);
  await addCrl(page, lists, "clear.crl");
  const kept = article(page, "证书撤销名单");
  for (const words of ["Test IACA", "有效", "编号", "6", "2026年11月20日", "2026年11月27日", "0 张"]) await expect(kept).toContainText(words);
  await close(page);
  const clear = await scan(page, lists, "shown-again");
  expect(clear).toMatchObject({ colour: "green", failed: [] });
  expect(clear.text).not.toContain("撤销名单");
  expect(clear.codes.flat()).toContain("issuer-not-revoked");
  await next(page);

  // the next list has it; as text behind the first one, with the line ends of another system
  await open(page);
  const choosePem = async (...names) => {
    const blocks = await Promise.all(names.map(async (name) => {
      const body = (await lists.read(name)).toString("base64").match(/.{1,64}/g).join("\r\n");
      return `-----BEGIN X509 CRL-----\r\n${body}\r\n-----END X509 CRL-----\r\n`;
    }));
    await page.locator("#trust-file").setInputFiles({ name: "lists.pem", mimeType: "text/plain", buffer: Buffer.from(blocks.join("")) });
  };
  // one of several that does not count is named, and the others are taken
  await choosePem("clear.crl", "stranger.crl");
  await expect(page.locator("#trust-error")).toContainText("没有信任签发这份撤销名单的机关");
  await expect(kept).toContainText("0 张");
  await choosePem("clear.crl", "revoked.crl");
  // what is said changes with the language
  const speak = () => page.evaluate(() => document.querySelector("[data-language]").click());
  await speak();
  await expect(page.locator("#trust-done")).toContainText("Withdrawn certificates of");
  await speak();
  await expect(page.locator("#trust-done")).toContainText("已换成新的版本");
  await expect(article(page, "证书撤销名单")).toHaveCount(1);
  await expect(kept).toContainText("1 张");
  await close(page);
  const revoked = { colour: "red", failed: ["ds-revoked"], person: false };
  expect(await scan(page, lists, "shown-once-more")).toMatchObject(revoked);
  await next(page);
  await page.reload();
  expect(await scan(page, lists, "shown-once-more")).toMatchObject(revoked);
  await next(page);

  // whoever removes it gives that up, and can take it back
  await open(page);
  await refused(page, lists, "clear.crl", "比现有的旧");
  await kept.getByRole("button", { name: /^移除/ }).click();
  await expect(kept).toHaveCount(0);
  await page.getByRole("button", { name: "撤销移除" }).click();
  await expect(kept).toContainText("1 张");
});

test("an old list of revoked certificates leaves a doubt, and is never green", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await add(page, lists, "iaca.der");
  await addCrl(page, lists, "late.crl");
  await expect(article(page, "证书撤销名单")).toContainText("已过期");
  await close(page);
  expect(await scan(page, lists)).toMatchObject({ colour: "amber", failed: ["ds-revocation-old"] });
});

test("lists of revoked certificates by others are refused with what to do", async ({ page, lists }) => {
  await openVerifier(page);
  await open(page);
  const error = page.locator("#trust-error");
  await refused(page, lists, "clear.crl", "没有信任签发这份撤销名单的机关");
  await expect(error).toContainText("请先导入该机关的根证书");
  await expect(error.locator("[data-slot=code]")).toHaveText("crl-issuer");
  await add(page, lists, "iaca.der");
  await refused(page, lists, "stranger.crl", "没有信任签发这份撤销名单的机关");
  await refused(page, lists, "forged.crl", "不是该发证机关签发的");
  await expect(error.locator("[data-slot=code]")).toHaveText("crl-signature");
  await refused(page, lists, "ahead.crl", "将来的时间");
  await addCrl(page, lists, "clear.crl");
  // with its authority it goes out of use, and comes back with it
  await article(page, "Test IACA").filter({ hasNotText: "证书撤销名单" }).getByRole("button", { name: /^移除/ }).click();
  await expect(article(page, "无法验证的名单")).toContainText("没有信任签发这份撤销名单的机关");
  await page.reload();
  await open(page);
  await expect(article(page, "无法验证的名单")).toBeVisible();
  await add(page, lists, "iaca.der");
  await expect(article(page, "证书撤销名单")).toContainText("有效");
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

test("two tabs agree", { tag: "@T-two-tabs" }, async ({ page, context, lists }) => {
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
    test("no list makes a demo anchor real", { tag: "@T-demo-in-production" }, async ({ lists, films, world }) => {
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
  await page.getByRole("button", { name: "更多" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "更多" })).toHaveAttribute("aria-expanded", "true");
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
  await addCrl(page, lists, "clear.crl");
  await look();
  await choose(page, lists, "late.vical");
  await expect(page.locator("#trust-ask")).toBeVisible();
  await look();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(page.locator("#trust-open")).toBeFocused();
});

/** Changes what the verifier's database holds of its lists; the page that holds it open is left first. */
async function tamper(page, change) {
  await page.goto("/");
  await page.evaluate(async (change) => {
    const settled = (request) => new Promise((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
    if (change === "database") return new Promise((done) => (indexedDB.deleteDatabase("liangzheng.trust").onsuccess = done));
    const database = await settled(indexedDB.open("liangzheng.trust"));
    const store = database.transaction("lists", "readwrite").objectStore("lists");
    const key = (await settled(store.getAllKeys())).find((key) => key.startsWith("crl "));
    const list = await settled(store.get(key));
    if (change === "first") list.bytes[0] ^= 1;
    if (change === "last") list.bytes[list.bytes.length - 1] ^= 1;
    if (change === "half") list.bytes = list.bytes.slice(0, list.bytes.length >> 1);
    if (change === "bytes") delete list.bytes;
    await settled(change === "record" ? store.delete(key) : store.put(list, key));
    database.close();
  }, change);
}

const doubted = { colour: "amber", headline: "撤销名单已损坏或丢失，签发证书是否已被撤销无法确定", failed: ["ds-revocation-missing"] };

for (const [change, remembered] of [["first", true], ["last", true], ["half", true], ["bytes", true], ["record", true], ["half", false], ["bytes", false]]) {
  test(`a revocation list that lost its ${change} is a doubt${remembered ? "" : ", of an earlier build too"}`, async ({ page, lists }) => {
    await openVerifier(page, "roadside");
    await open(page);
    await add(page, lists, "iaca.der");
    await addCrl(page, lists, "revoked.crl");
    await close(page);
    expect(await scan(page, lists)).toMatchObject({ colour: "red", failed: ["ds-revoked"] });
    await tamper(page, change);
    // What an earlier build stored is remembered nowhere else.
    if (!remembered) await page.evaluate(() => localStorage.clear());
    await openVerifier(page, "roadside");
    await expect(page.locator("#trust-missing")).toContainText(/导入过 2 份名单，现在可用的有 1 份/);
    expect(await scan(page, lists)).toMatchObject(doubted);
    await next(page);

    // Imported again, it counts again.
    await open(page);
    await addCrl(page, lists, "revoked.crl");
    await close(page);
    await expect(page.locator("#trust-missing")).toBeHidden();
    expect(await scan(page, lists, "shown-again")).toMatchObject({ colour: "red", failed: ["ds-revoked"] });
  });
}

test("lists that are gone are named, and whoever gives one up is not asked again", async ({ page, lists }) => {
  await page.addInitScript(() => {
    globalThis.asked = 0;
    StorageManager.prototype.persist = async () => ((globalThis.asked += 1), false);
  });
  await openVerifier(page, "roadside");
  await open(page);
  await add(page, lists, "iaca.der");
  await addCrl(page, lists, "clear.crl");
  await close(page);
  expect(await page.evaluate(() => globalThis.asked), "the browser is asked once to keep them").toBe(1);
  await tamper(page, "database");
  await openVerifier(page, "roadside");
  await expect(page.locator("#trust-missing")).toContainText(/导入过 2 份名单，现在可用的有 0 份/);
  expect(await scan(page, lists)).toMatchObject(unknown);
  await next(page);
  await open(page);
  await expect(article(page, "已丢失")).toHaveCount(2);
  await expect(article(page, "证书撤销名单")).toContainText("重新导入之前");
  await add(page, lists, "iaca.der");
  await close(page);
  expect(await scan(page, lists, "shown-again")).toMatchObject(doubted);
  await next(page);
  await open(page);
  await article(page, "证书撤销名单").getByRole("button", { name: /^移除/ }).click();
  await expect(article(page, "已丢失")).toHaveCount(0);
  await close(page);
  await expect(page.locator("#trust-missing")).toBeHidden();
  await page.reload();
  await expect(page.locator("#trust-missing")).toBeHidden();
  expect(await scan(page, lists, "shown-once-more")).toMatchObject({ colour: "green", failed: [] });
});

test("a code that was seen is known after a reload and in another tab, for as long as it lives", { tag: "@T-replay" }, async ({ page, context, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await add(page, lists, "iaca.der");
  await close(page);
  expect(await scan(page, lists)).toMatchObject({ colour: "green" });
  await page.reload();
  const seen = { colour: "amber", failed: ["seen"], person: false };
  expect(await scan(page, lists)).toMatchObject(seen);
  const other = await context.newPage();
  await openVerifier(other, "roadside");
  expect(await scan(other, lists)).toMatchObject(seen);
  // What one tab sees, the other knows at once.
  expect(await scan((await next(other), other), lists, "shown-again")).toMatchObject({ colour: "green" });
  await next(page);
  expect(await scan(page, lists, "shown-again")).toMatchObject(seen);
  const kept = await page.evaluate(() => localStorage.getItem("liangzheng.verify.seen"));
  expect(JSON.parse(kept)).toHaveLength(2);
  expect(kept).not.toMatch(/Test|林/);
  await advance(context, 300);
  await page.reload();
  await expect(page.locator("#waiting")).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem("liangzheng.verify.seen"))).toBeNull();
});
