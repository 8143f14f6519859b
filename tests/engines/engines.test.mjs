// The shipped site in Firefox and in WebKitGTK: a licence is claimed, shown, and verified by picture files; a claimed
// licence is there after a reload.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Host, readSite } from "../browser/support/host.mjs";
import { pictures } from "../browser/support/code.mjs";
import { loadSite } from "../wasm/module.mjs";
import { firefox, webkit } from "./session.mjs";

// Set by `cargo xtask test --only engines`; an engine that is not installed has none.
const { LIANGZHENG_SITE: site, LIANGZHENG_FIREFOX, LIANGZHENG_WEBKIT } = process.env;
const engines = [
  { name: "Firefox", program: LIANGZHENG_FIREFOX, launch: firefox },
  // Its stream of a canvas carries no pictures without a display: /try/ says that the camera gives none.
  { name: "WebKitGTK", program: LIANGZHENG_WEBKIT, launch: webkit, blind: true },
];

/** The moment at which the tests stand: 22 November 2026, 16:48:07 in Shanghai. */
const NOW = Date.parse("2026-11-22T08:48:07Z");

/** The first script of every page: its clock stands still, it is asked for Chinese, and what goes wrong is noted. */
const FIRST = `
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...args) { args.length === 0 ? super(${NOW}) : super(...args); }
    static now() { return ${NOW}; }
  };
  Object.defineProperty(Navigator.prototype, "language", { get: () => "zh-CN" });
  Object.defineProperty(Navigator.prototype, "languages", { get: () => ["zh-CN"] });
  globalThis.faults = [];
  addEventListener("error", ({ message }) => faults.push(message));
  addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => faults.push(violatedDirective + " " + blockedURI));
`;

let host;
before(async () => {
  if (!site) return;
  const files = await readSite(site);
  for (const path of ["/wallet/", "/verify/"]) {
    const page = files.get(path);
    const text = page.bytes.toString("utf8").replace(/<script/, '<script src="/first.js"></script><script');
    files.set(path, { ...page, bytes: Buffer.from(text) });
  }
  files.set("/first.js", { bytes: Buffer.from(FIRST), type: "text/javascript" });
  // A page that is changed is not of the service worker's version: this host has none.
  files.delete("/sw.js");
  host = await new Host(files).start();
});
after(() => host?.stop());

/** Reads the code on the wallet's screen until its payload is whole. */
async function read(page) {
  const { site: scanner } = await loadSite(site, `engines ${page.name}`);
  const reader = new scanner.Scanner();
  for (let tries = 0; tries < 400; tries++) {
    const { luma, width, height } = await page.run(async () => {
      const canvas = document.querySelector('canvas[role="img"]');
      await new Promise((done) => requestAnimationFrame(done));
      const { width, height } = canvas;
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [width, height];
      const context = copy.getContext("2d", { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      let text = "";
      for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at]);
      return { luma: btoa(text), width, height };
    });
    if (width === 0) continue;
    const { state } = JSON.parse(reader.scan(Buffer.from(luma, "base64"), width, height, width, tries * 100));
    if (state === "complete") return Buffer.from(reader.take_payload());
  }
  throw new Error("the code on the screen was never whole");
}

/** Hands pictures in as a person does who chooses files. */
const handIn = (page, files) => page.run((files) => {
  const data = new DataTransfer();
  for (const [index, file] of files.entries()) {
    data.items.add(new File([Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))], `${index}.png`, { type: "image/png" }));
  }
  const input = document.getElementById("files");
  input.files = data.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}, files.map((file) => file.toString("base64")));

/** Clicks what is shown in a pane of /try/ and has this text, once it is there. */
async function clickIn(page, pane, selector, text = "") {
  for (let tries = 0; tries < 600; tries++) {
    const clicked = await page.run((pane, selector, text) => {
      const inside = document.getElementById(pane).contentDocument;
      const found = [...(inside?.querySelectorAll(selector) ?? [])].find((one) => one.getClientRects().length > 0 && one.textContent.includes(text));
      found?.click();
      return Boolean(found);
    }, pane, selector, text);
    if (clicked) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${page.name}: no ${selector} with "${text}" in ${pane}`);
}

for (const { name, program, launch, blind } of engines) {
  const skip = !program && `${name} is not installed`;
  test(`${name}: wallet and verifier side by side`, { skip }, async () => {
    const page = await launch(program);
    try {
      await page.open(`${host.url}/try/`);
      await clickIn(page, "wallet", '[data-person="lin"]');
      await clickIn(page, "wallet", '[data-action="confirm"]');
      await clickIn(page, "wallet", "#show");
      await clickIn(page, "wallet", 'label[data-purpose="roadside"]');
      await clickIn(page, "wallet", "#present");
      if (blind) {
        await clickIn(page, "verify", '#scan[data-camera="silent"] #camera-start');
        return;
      }
      await clickIn(page, "verify", 'article.verdict[data-colour="green"] summary');
      const name = await page.run(() => document.getElementById("verify").contentDocument.querySelector("article.verdict .name").textContent);
      assert.equal(name, "林知夏");
    } finally {
      await page.close();
    }
  });

  test(`${name}: claimed, kept, shown, and verified by pictures`, { skip }, async () => {
    const page = await launch(program);
    try {
      await page.open(`${host.url}/wallet/`);
      await page.click("button", "开始领取");
      await page.click('[data-person="lin"]');
      await page.click('[data-screen="found"] [data-action="next"]');
      await page.click('[data-screen="on-file"] [data-action="next"]');
      await page.click("button", "确认并领取");
      await page.shown('[data-screen="home"]', "林知夏");

      await page.open(`${host.url}/wallet/`);
      await page.shown('[data-screen="home"]', "林知夏");
      await page.click("#show");
      await page.click('label[data-purpose="roadside"]');
      await page.click("button", "出示二维码");
      await page.shown('[data-screen="present"]');
      const payload = await read(page);
      assert.deepEqual(await page.run(() => faults), [], "the wallet");

      await page.open(`${host.url}/verify/`);
      await page.shown('#app:not([inert])');
      await handIn(page, pictures(payload));
      await page.shown("article.verdict", "林知夏");
      const verdict = await page.run(() => {
        const article = document.querySelector("article.verdict");
        const open = article.querySelectorAll('.check-item:not([data-state="pass"]):not([data-state="not-asked"]) [data-slot="code"]');
        return { colour: article.dataset.colour, doubts: [...open].map((code) => code.textContent) };
      });
      assert.deepEqual(verdict, { colour: "green", doubts: [] });
      // One changed byte of the same payload is refused.
      const altered = Buffer.from(payload);
      altered[altered.length >> 1] ^= 1;
      await page.open(`${host.url}/verify/`);
      await page.shown('#app:not([inert])');
      await handIn(page, pictures(altered));
      await page.shown('article.verdict[data-colour="red"]');
      assert.equal(await page.run(() => document.querySelector("article.verdict").textContent.includes("林知夏")), false);
      assert.deepEqual(await page.run(() => faults), [], "the verifier");
    } finally {
      await page.close();
    }
  });
}
