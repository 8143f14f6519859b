// `cargo xtask bench verify`: the same presentation by our module, two JavaScript libraries, and the floor, in one run:
// in Node and in Chromium, until the first verdict of a fresh process or page, and warm.
//
// Times are comparable only within one run: every round starts each contender once, in turn; the medians of the rounds are
// compared.
import { execFile, execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, constants, inflateRawSync } from "node:zlib";
import { DeviceResponse } from "@owf/mdoc";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { Tag, encode } from "../interop/support/cbor.mjs";

const ROUNDS = Number(process.argv[2] ?? 7);
const RUNS = 100;
const CONTENDERS = ["ours", "owf", "auth0", "floor"];
const NAMES = { ours: "Liangzheng (Wasm)", owf: "@owf/mdoc 0.6.0", auth0: "@auth0/mdl 3.0.1", floor: "floor (WebCrypto)" };
const SEVEN = "family_name,given_name,birth_date,expiry_date,issuing_country,age_over_18,driving_privileges";

const here = import.meta.dirname;
const scratch = mkdtempSync(path.join(os.tmpdir(), "liangzheng-bench-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const inScratch = (...names) => path.join(scratch, ...names);
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

/** Presentations of one licence of a test authority: seven elements, and all. */
function makeCases() {
  const liangzheng = (...words) => execFileSync(process.env.LIANGZHENG_CLI, words, { encoding: "utf8" });
  const [authority, licence] = [inScratch("authority"), inScratch("lin.mdoc")];
  liangzheng("authority", "init", authority);
  liangzheng("authority", "issue", authority, "--demo", "lin", "--out", licence);
  const iacaFile = path.join(authority, "iaca.pem");
  const iaca = new X509Certificate(readFileSync(iacaFile)).raw;
  const now = Math.floor(Date.now() / 1000);
  const cases = {};
  for (const [name, show] of [["seven elements", ["--show", SEVEN]], ["all elements", []]]) {
    const out = inScratch(`${name}.bin`);
    liangzheng("present", licence, "--key", inScratch("lin.key.pem"), "--trust", iacaFile, "--one-way", "--out", out, ...show);
    const payload = readFileSync(out);
    const inflated = inflateRawSync(payload);
    // Envelope = [1, bstr Info, bstr DeviceResponse]
    const [info, deviceResponse] = byteStrings(inflated);
    const transcript = encode([null, null, [`org.liangzheng.QrPresentation.v${info[0] === 0x85 ? 2 : 1}`, createHash("sha256").update(info).digest()]]);
    cases[name] = {
      payload: base64(payload),
      deviceResponse: base64(deviceResponse),
      transcript: base64(transcript),
      taggedTranscript: base64(encode(new Tag(24, transcript))),
      iaca: base64(iaca),
      bundle: base64(encode([["certificate", createHash("sha256").update(iaca).digest(), iaca]])),
      // Info has the time of signing and is valid for a minute, which the benchmark exceeds.
      at: now,
      today: new Date(now * 1000).toISOString().slice(0, 10),
      ...arithmetic(deviceResponse, iaca, transcript),
    };
  }
  return cases;
}

/** Returns the two byte strings of an Envelope. */
function byteStrings(bytes) {
  const found = [];
  for (let at = 2; at < bytes.length; ) {
    const short = bytes[at] & 0x1f;
    const size = short < 24 ? 0 : 1 << (short - 24);
    const length = size === 0 ? short : bytes.readUIntBE(at + 1, size);
    found.push(bytes.subarray(at + 1 + size, at + 1 + size + length));
    at += 1 + size + length;
  }
  return found;
}

/** Returns the lengths of the signed and of the digested bytes. */
function arithmetic(deviceResponse, iaca, transcript) {
  const [document] = DeviceResponse.decode(new Uint8Array(deviceResponse)).documents;
  const items = [...document.issuerSigned.issuerNamespaces.issuerNamespaces.values()].flat();
  const mso = document.issuerSigned.issuerAuth.payload.length;
  return { signed: [iaca.length, mso, transcript.length + 80], digested: items.map((item) => item.encode().length) };
}

/** One script for each contender and place; ours loads its module from beside it, or from a file in Node. */
async function makeBundles(site) {
  const pkg = path.join(site, "pkg");
  const find = (pattern) => path.join(pkg, readdirSync(pkg).find((name) => pattern.test(name)));
  const [script, wasm] = [find(/^worker-verify\.[0-9a-f]+\.js$/), find(/^worker-verify_bg\.[0-9a-f]+\.wasm$/)];
  const moduleOf = {
    browser: `export const moduleOf = () => WebAssembly.compileStreaming(fetch("/site.wasm"));`,
    node: `import { readFileSync } from "node:fs"; export const moduleOf = () => WebAssembly.compile(readFileSync(${JSON.stringify(wasm)}));`,
  };
  const bundles = {};
  for (const platform of ["browser", "node"]) {
    for (const name of CONTENDERS) {
      const entry = inScratch(`${platform}-${name}.mjs`);
      const contender = JSON.stringify(path.join(here, "contenders", `${name}.mjs`));
      const page = `import { measure } from ${JSON.stringify(path.join(here, "measure.mjs"))};
        import * as contender from ${contender};
        const cases = await (await fetch("/cases.json")).json();
        globalThis.figures = await measure(contender, cases, ${RUNS});`;
      writeFileSync(entry, platform === "node" ? `export * from ${contender};` : page);
      const outfile = inScratch("out", `${platform}-${name}.mjs`);
      const own = {
        name: "site",
        setup(all) {
          all.onResolve({ filter: /^site$/ }, () => ({ path: "site", namespace: "own" }));
          all.onLoad({ filter: /.*/, namespace: "own" }, () => ({
            contents: `export * from ${JSON.stringify(script)}; export { default } from ${JSON.stringify(script)}; ${moduleOf[platform]}`,
            resolveDir: here,
          }));
        },
      };
      await build({
        entryPoints: [entry],
        outfile,
        bundle: true,
        minify: true,
        format: "esm",
        platform,
        // Some dependencies still call require() for their own modules.
        banner: platform === "node" ? { js: `import { createRequire } from "node:module"; const require = createRequire(${JSON.stringify(path.join(here, "x.mjs"))});` } : {},
        plugins: [own],
        logLevel: "error",
      });
      bundles[`${platform}-${name}`] = outfile;
    }
  }
  return { bundles, wasm };
}

/** Serves the pages, one for each contender. */
async function serve({ bundles, wasm }, cases) {
  const files = new Map([
    ["/site.wasm", ["application/wasm", readFileSync(wasm)]],
    ["/cases.json", ["application/json", Buffer.from(JSON.stringify(cases))]],
  ]);
  for (const name of CONTENDERS) {
    files.set(`/${name}.js`, ["text/javascript", readFileSync(bundles[`browser-${name}`])]);
    // As on the pages of the site.
    const module = name === "ours" ? `<link rel="preload" as="fetch" crossorigin href="/site.wasm">` : "";
    files.set(`/${name}`, ["text/html", Buffer.from(`<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">${module}<script type="module" src="/${name}.js"></script>`)]);
  }
  const server = createServer(({ url }, answer) => {
    const [type, bytes] = files.get(url) ?? [];
    if (!bytes) return answer.writeHead(404).end();
    answer.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(bytes);
  });
  await new Promise((listening) => server.listen(0, "localhost", listening));
  return { server, origin: `http://localhost:${server.address().port}` };
}

async function inPage(browser, origin, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const failed = new Promise((_, fail) => page.on("pageerror", (error) => fail(new Error(`${name}: ${error.message}`))));
  await page.goto(`${origin}/${name}`);
  await Promise.race([failed, page.waitForFunction(() => globalThis.figures, undefined, { timeout: 120_000 })]);
  const { until, warm } = await page.evaluate(() => globalThis.figures);
  await context.close();
  return { first: until, warm };
}

async function inNode(bundle, casesFile, name) {
  const env = { ...process.env, LIANGZHENG_BENCH_BUNDLE: `file://${bundle}` };
  const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", path.join(here, "node.mjs"), name, casesFile, String(RUNS)], { env });
  return JSON.parse(stdout);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

function table(place, figures, cases, bytes) {
  console.log(`\n${place}: median of ${ROUNDS} rounds, milliseconds`);
  const columns = ["first verdict", ...Object.keys(cases).map((name) => `warm, ${name}`)];
  console.log(`${"".padEnd(20)}${columns.map((name) => name.padStart(24)).join("")}${bytes ? "brotli".padStart(10) : ""}`);
  const rows = {};
  for (const name of CONTENDERS) {
    const values = [median(figures[name].map(({ first }) => first)), ...Object.keys(cases).map((key) => median(figures[name].map(({ warm }) => warm[key])))];
    rows[name] = values;
    console.log(`${NAMES[name].padEnd(20)}${values.map((value) => value.toFixed(2).padStart(24)).join("")}${bytes ? kilobytes(bytes[name]).padStart(10) : ""}`);
  }
  const verdict = (words, ratio, goal, holds) => console.log(`  ${words}: ${ratio.toFixed(2)}, goal ${goal}: ${holds ? "reached" : "NOT reached"}`);
  Object.keys(cases).forEach((key, index) => {
    const [ours, owf, auth0, floor] = CONTENDERS.map((name) => rows[name][index + 1]);
    const faster = Math.min(owf, auth0);
    verdict(`${key}: the faster library to ours, warm`, faster / ours, "at least 3", faster / ours >= 3);
    verdict(`${key}: ours to the floor, warm`, ours / floor, "at most 8", ours / floor <= 8);
  });
  const first = Math.min(rows.owf[0], rows.auth0[0]);
  verdict("first verdict: ours to the faster library", rows.ours[0] / first, "at most 0.35", rows.ours[0] / first <= 0.35);
}

mkdirSync(inScratch("out"));
const cases = makeCases();
for (const [name, { payload, digested }] of Object.entries(cases)) {
  console.log(`${name}: ${digested.length} digests, ${Buffer.from(payload, "base64").length} bytes in the QR link`);
}
const casesFile = inScratch("cases.json");
writeFileSync(casesFile, JSON.stringify(cases));
const made = await makeBundles(process.env.LIANGZHENG_PRODUCTION_SITE);
const sizes = Object.fromEntries(CONTENDERS.map((name) => [name, packed(readFileSync(made.bundles[`browser-${name}`]))]));
sizes.ours += packed(readFileSync(made.wasm));
const { server, origin } = await serve(made, cases);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
const figures = { page: {}, node: {} };
for (let round = 0; round < ROUNDS; round++) {
  for (const name of CONTENDERS) {
    (figures.page[name] ??= []).push(await inPage(browser, origin, name));
    (figures.node[name] ??= []).push(await inNode(made.bundles[`node-${name}`], casesFile, name));
  }
}
await browser.close();
server.close();
table("Chromium, from navigation", figures.page, cases, sizes);
table("Node, from an empty process", figures.node, cases);
