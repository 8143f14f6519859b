// Uses the site that is served as a person would for a day, and keeps what it stores: `profile/`, the folders of a
// Chromium profile, and `records.json`, the same apart from any version of a browser.
//
//   cargo build -p liangzheng-testkit --bins && cargo xtask serve
//   LIANGZHENG_URL=http://localhost:8080 LIANGZHENG_FILM=../target/debug/film node browser/stored/make.mjs NAME     (in tests/)
//
// Run it with the build whose data are to be kept, never with a later one.
import { expect } from "@playwright/test";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { filmFolder, payloadOf } from "../support/film.mjs";
import { setClock, START } from "../support/fixtures.mjs";
import { demoToken } from "../support/status.mjs";
import { copyProfile, dump, openProfile, profileFolder, removeFolder } from "../support/stored.mjs";
import { add, addCrl, close, maker, open } from "../support/trust.mjs";
import { choose, openVerifier } from "../support/verifier.mjs";
import { claim, present, screen, submitPhoto } from "../support/wallet.mjs";

const [name] = process.argv.slice(2);
if (!name || !maker) throw new Error("see the head of this file");
const root = path.resolve(import.meta.dirname, "../../..");
const out = path.join(import.meta.dirname, name);

/** The device key is made as ever, and its scalar is noted before it is closed: the records need it. */
function noteKeys() {
  const generate = SubtleCrypto.prototype.generateKey;
  SubtleCrypto.prototype.generateKey = async function (algorithm, extractable, usages) {
    if (algorithm.name !== "ECDSA") return generate.call(this, algorithm, extractable, usages);
    const pair = await generate.call(this, algorithm, true, usages);
    const jwk = await this.exportKey("jwk", pair.privateKey);
    await noteKey({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y, d: jwk.d });
    const privateKey = await this.importKey("jwk", jwk, algorithm, extractable, ["sign"]);
    return { publicKey: pair.publicKey, privateKey };
  };
}

const profile = await profileFolder();
const lists = await filmFolder();
await promisify(execFile)(maker, ["--now", String(Math.floor(START / 1000)), "--out", lists]);
const read = { read: (file) => readFile(path.join(lists, file)) };

const context = await openProfile(profile);
const keys = [];
await context.exposeBinding("noteKey", (_, jwk) => keys.push(jwk));
await context.addInitScript(noteKeys);
await setClock(context, START);
const page = await context.newPage();

// The wallet: claimed, shown twice, and another photo that waits for its review.
await claim(page, "lin");
await present(page, "roadside");
const payload = await payloadOf(page);
await page.keyboard.press("Escape");
await expect(screen(page, "home")).toBeVisible();
await present(page, "age-only");
await page.keyboard.press("Escape");
await expect(screen(page, "home")).toBeVisible();
await page.getByRole("button", { name: "详情" }).click();
await page.getByRole("button", { name: "更换照片" }).click();
await page.locator('input[type="file"]').setInputFiles(path.join(root, "www/demo/portraits/tang.jpg"));
await expect(screen(page, "crop")).toBeVisible();
await submitPhoto(page);
await expect(screen(page, "review")).toBeVisible();

// The language was chosen, though it is the browser's.
await page.reload();
await page.locator("[data-language]").first().click();
await expect(page.locator("html")).toHaveAttribute("lang", "en");
await page.locator("[data-language]").first().click();
await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");

// The verifier: a purpose, both signals, a trust list, a certificate, a list of revoked ones, a status list.
await openVerifier(page, "roadside");
await choose(page, "rental");
await page.locator("details:has(#sound) > summary").click();
await page.locator("#sound").check();
await page.locator("#vibration").check();
await open(page);
await add(page, read, "current.vical");
await add(page, read, "iaca.der");
await addCrl(page, read, "clear.crl");
await close(page);
await page.locator("#lists summary").click();
const at = Math.floor(START / 1000);
const token = demoToken(payload, { uri: "https://status.example/7", iat: at - 3600, exp: at + 86_400 });
await page.locator("#list-file").setInputFiles({ name: "list.cwt", mimeType: "application/statuslist+cwt", buffer: token });
await expect(page.locator('#lists [data-slot="told"]')).toContainText("已保存");

const records = await dump(page, keys);
const version = await page.evaluate(() => navigator.userAgent.match(/Chrome\/(\d+)/)[1]);
await context.close();
await removeFolder(out);
await copyProfile(profile, path.join(out, "profile"));
// An older browser cannot read the profile.
await writeFile(path.join(out, "chromium.txt"), `${version}\n`);
await writeFile(path.join(out, "records.json"), `${JSON.stringify(records, null, 1)}\n`);
await removeFolder(profile);
await removeFolder(lists);
