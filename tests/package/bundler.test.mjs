// A project with a bundler: Vite builds it, and the built page checks a presentation in Chromium under a strict policy.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { chromium } from "@playwright/test";
import { folder } from "./support.mjs";

const tools = path.resolve(import.meta.dirname, "../../crate/verifier/npm/node_modules");
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; require-trusted-types-for 'script'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css", ".json": "application/json" };

test("a page that Vite builds checks a licence, with the element and the reader, and asks only its own origin", async () => {
  const home = mkdtempSync(path.join(tmpdir(), "liangzheng-vite-"));
  const server = createServer((request, response) => {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    const file = path.join(home, "out", request.url === "/" ? "index.html" : decodeURIComponent(request.url));
    if (!file.startsWith(path.join(home, "out")) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", "content-security-policy": CSP }).end(readFileSync(file));
  });
  let browser;
  try {
    mkdirSync(path.join(home, "node_modules/@liangzheng"), { recursive: true });
    cpSync(folder, path.join(home, "node_modules/@liangzheng/verifier"), { recursive: true });
    writeFileSync(path.join(home, "package.json"), '{"type":"module"}');
    writeFileSync(path.join(home, "index.html"), '<!doctype html><html lang="en"><title>Partner</title><licence-check></licence-check><script type="module" src="/main.js"></script>');
    writeFileSync(path.join(home, "main.js"), `
      import { Verifier, memoryStore } from "@liangzheng/verifier";
      import { LicenceReader } from "@liangzheng/verifier/reader";
      import { DemoHolder } from "@liangzheng/verifier/testing";
      import policy from "@liangzheng/verifier/policies/age-only.json";
      import "@liangzheng/verifier/element/define";
      const demo = await DemoHolder.create();
      const verifier = await Verifier.create({ trust: demo.trust(), policy });
      const reader = await LicenceReader.create();
      const payload = demo.present("lin", policy);
      const { size, dark } = demo.frame(payload, 0);
      const side = size + 8;
      const picture = new ImageData(side * 4, side * 4);
      picture.data.fill(255);
      dark.forEach((is, at) => {
        if (!is) return;
        for (let pixel = 0; pixel < 16; pixel++) {
          const x = ((at % size) + 4) * 4 + (pixel % 4), y = (Math.floor(at / size) + 4) * 4 + (pixel >> 2);
          picture.data.fill(0, (y * side * 4 + x) * 4, (y * side * 4 + x) * 4 + 3);
        }
      });
      const [code] = await reader.detect(picture);
      const decision = await verifier.check(payload, { seen: memoryStore() });
      document.title = [decision.outcome, code.format, reader.accept(code.bytes).state, typeof document.querySelector("licence-check").check].join(" ");
    `);
    const { build } = await import(pathToFileURL(path.join(tools, "vite/dist/node/index.js")).href);
    await build({ root: home, logLevel: "error", build: { outDir: "out", target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } } });
    const built = readdirSync(path.join(home, "out/assets"));
    assert.ok(["verifier", "reader", "testing"].every((name) => built.some((file) => file.startsWith(`${name}-`) && file.endsWith(".wasm"))), built.join());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${server.address().port}`;
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
    const page = await browser.newPage();
    const [errors, foreign] = [[], []];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
    page.on("request", (request) => { if (!request.url().startsWith(origin) && !request.url().startsWith("blob:")) foreign.push(request.url()); });
    await page.goto(origin);
    await page.waitForFunction(() => document.title !== "Partner", undefined, { timeout: 60_000 }).catch(() => {});
    // A person compares the face.
    assert.equal(await page.title(), "review qr_code receiving function", errors.join());
    assert.deepEqual(errors, []);
    assert.deepEqual(foreign, []);
  } finally {
    await browser?.close();
    server.close();
    rmSync(home, { recursive: true });
  }
});
