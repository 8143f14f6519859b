// `cargo xtask bench link [--quick|--full] [--only TEXT] [--starts N]`: Chromium with films as its camera, from random
// moments of the films until a payload is complete. Page, capture, worker and Wasm are the shipped ones. In the same run
// and page, zxing-wasm replaces our decoder, and jsQR reads films of BC-UR's frames.
//
// Ours starts 30 times per film, the others less often; this takes a quarter of an hour on an idle machine. --full gives
// all contenders as many starts and takes an hour; --quick runs only the three films that have goals in seconds.
//
// Times are comparable only within one run; the report states the load of the machine. Films: crate/film/.
import { createHash } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { filmOf as walletOf } from "../../browser/support/film.mjs";
import { launch, ORIGIN, setClock } from "../../browser/support/fixtures.mjs";
import { next, openCamera, openVerifier } from "../../browser/support/verifier.mjs";
import { filmMaker, filmOf, isFresh, percentile, truthOf } from "./films.mjs";
import { compare } from "./frames.mjs";
import { contenders, exchange } from "./server.mjs";
import { symbols } from "./ur.mjs";
import { VERSION as ZXING } from "./zxing.mjs";

const words = process.argv.slice(2);
const after = (name, usual) => (words.includes(name) ? words[words.indexOf(name) + 1] : usual);
const quick = words.includes("--quick");
const only = after("--only", "");
const full = words.includes("--full");
const STARTS = Number(after("--starts", 30));
/** Starts of the others: fewer are enough for a median. */
const startsOf = (contender) => (full || contender === "ours" ? STARTS : Math.min(STARTS, { slow: 15, zxing: 8, ur: 6 }[contender]));
const SIZES = [1536, 2048, 4096, 8192, 16384];
/** A start that is not complete after this time counts as never. */
const PATIENCE = 10_000;
const LABELS = { ours: "ours", slow: "ours, 50 ms slower", zxing: ZXING, ur: "BC-UR with jsQR" };
const folder = path.join(process.env.LIANGZHENG_FILMS, "link");

/** Runs before the page's scripts: keeps a reference to the scanning worker and intercepts its payloads. */
function observe() {
  const bench = (globalThis.bench = { looks: [], keeps: true });
  const Native = Worker;
  globalThis.Worker = class extends Native {
    constructor(url, options) {
      super(url, options);
      if (options?.name === "verify") this.addEventListener("message", ({ data }) => data.kind === "verdict" && (bench.judged = performance.now()));
      if (options?.name !== "scan") return;
      bench.worker = this;
      this.addEventListener("message", (event) => {
        if (event.data.kind !== "payload") return;
        bench.completed = performance.now();
        if (!bench.keeps) return;
        // Hidden from the page, which continues to scan.
        event.stopImmediatePropagation();
        bench.done?.(event.data.payload);
      });
    }
  };
  new BroadcastChannel("bench").onmessage = ({ data }) => bench.looks.push(data);
  bench.run = async (patience) => {
    const payload = new Promise((resolve) => (bench.done = resolve));
    const begin = performance.now();
    bench.worker.postMessage({ kind: "resume", keep: false });
    const bytes = await Promise.race([payload, new Promise((resolve) => setTimeout(resolve, patience))]);
    bench.done = undefined;
    bench.worker.postMessage({ kind: "pause" });
    if (!bytes) return { ms: null };
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return { ms: bench.completed - begin, hash: Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  };
}

/** A verifier with this film as its camera. */
async function verifier(film, origin, { at } = {}) {
  const browser = await launch({ film });
  const context = await browser.newContext({ baseURL: origin, locale: "zh-CN", serviceWorkers: "block" });
  if (at) await setClock(context, at);
  await context.addInitScript(observe);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await openVerifier(page, "rental");
  return { browser, page, faults };
}

/** Starts at random moments of a film. */
async function measure(film, hash, contender) {
  const { origin, close } = await exchange(ORIGIN, workers[contender]);
  const { browser, page, faults } = await verifier(film, origin);
  try {
    await openCamera(page);
    // One start as warm-up: the first look compiles the code.
    await page.evaluate((patience) => bench.run(patience), PATIENCE);
    await page.evaluate(() => (bench.looks.length = 0));
    const times = [];
    let never = 0;
    while (times.length < startsOf(contender) && never < 2) {
      await page.waitForTimeout(50 + Math.random() * 450);
      const { ms, hash: got } = await page.evaluate((patience) => bench.run(patience), PATIENCE);
      if (got && got !== hash) throw new Error(`${contender} on ${film}: another payload`);
      never = ms === null ? never + 1 : 0;
      times.push(ms ?? Infinity);
    }
    const looks = await page.evaluate(() => bench.looks);
    if (looks.length === 0) throw new Error(`${contender}: the worker never looked (${faults})`);
    const ms = looks.map((look) => look.ms).sort((a, b) => a - b);
    times.sort((a, b) => a - b);
    return {
      starts: times.length,
      p50: percentile(times, 0.5),
      p95: percentile(times, 0.95),
      rate: looks.filter((look) => look.read).length / looks.length,
      ms: percentile(ms, 0.5),
    };
  } finally {
    await browser.close();
    close();
  }
}

/** Writes the film of BC-UR's frames of the same payload, with the same optics. */
function filmOfUr(family, size, payload) {
  const film = path.join(folder, `ur-${family}-${size}-1.y4m`);
  if (isFresh(film)) return film;
  const list = `${film}.symbols`;
  writeFileSync(list, JSON.stringify(symbols(payload)));
  filmMaker("--family", family, "--symbols", list, "--seed", "1", "--out", film);
  rmSync(list);
  return film;
}

const goals = [];
function goal(words, value, most, unit = "s", decimals = 2) {
  const held = value <= most;
  goals.push(`  ${held ? "reached    " : "NOT reached"} ${words}: ${Number.isFinite(value) ? value.toFixed(decimals) : "never"} ${unit}, at most ${most} ${unit}`);
}
function atLeast(words, value, least, decimals = 2) {
  goals.push(`  ${value >= least ? "reached    " : "NOT reached"} ${words}: ${value.toFixed(decimals)}, at least ${least}`);
}

const seconds = (ms) => (ms < Infinity ? (ms / 1000).toFixed(2) : "never");
const line = (cells) => console.log(cells.map((cell, i) => (i < 2 ? String(cell).padEnd([14, 20][i]) : String(cell).padStart(11))).join(""));
function row(name, contender, size, figures) {
  const speed = figures.p50 < Infinity ? `${((size / figures.p50) * 1000 / 1024).toFixed(1)} kB/s` : "-";
  line([name, LABELS[contender], figures.starts, seconds(figures.p50), seconds(figures.p95), `${(100 * figures.rate).toFixed(1)}%`, figures.ms.toFixed(1), speed, os.loadavg()[0].toFixed(1)]);
}

/** From the complete payload to the verdict on the screen, with what a wallet presents; each run is a new browser. */
async function verdicts() {
  const home = await launch({ film: null });
  const wallet = await walletOf(home, { purpose: "rental", payload: true });
  await home.close();
  const [file, film] = ["payload.bin", "verdict.y4m"].map((name) => path.join(wallet.folder, name));
  writeFileSync(file, wallet.payload);
  filmMaker("--family", "fair", "--payload", file, "--out", film);
  const runs = { "first in a fresh page": [], "next in the same page": [] };
  for (let run = 0; run < (full ? 10 : 5); run++) {
    const { browser, page } = await verifier(film, ORIGIN, { at: wallet.at + 2000 });
    await page.evaluate(() => {
      bench.keeps = false;
      new MutationObserver(() => {
        if (!document.querySelector("article.verdict") || bench.inserted) return;
        bench.inserted = performance.now();
        // After the paint that shows it.
        requestAnimationFrame(() => setTimeout(() => (bench.shown = performance.now())));
      }).observe(document.getElementById("verdict"), { childList: true });
    });
    await openCamera(page);
    // The second time the same code is verified again and reported as seen before.
    for (const [name, due] of Object.keys(runs).map((name, time) => [name, ["green", "amber"][time]])) {
      await page.waitForFunction(() => bench.shown, undefined, { timeout: 30_000 });
      const colour = await page.locator("article.verdict").getAttribute("data-colour");
      if (colour !== due) throw new Error(`the verdict is ${colour}`);
      runs[name].push(await page.evaluate(() => [bench.judged, bench.inserted, bench.shown].map((at) => at - bench.completed)));
      await page.evaluate(() => (bench.inserted = bench.shown = undefined));
      await next(page);
    }
    await browser.close();
  }
  rmSync(wallet.folder, { recursive: true });
  console.log(`\nfrom the complete payload (${wallet.payload.length} bytes, rental with portrait), ms at p50 / p95; load ${os.loadavg()[0].toFixed(1)}`);
  for (const [name, of] of Object.entries(runs)) {
    const at = (step, share) => percentile(of.map((run) => run[step]).sort((a, b) => a - b), share);
    const steps = ["judged by the worker", "in the page", "painted"].map((what, step) => `${what} ${at(step, 0.5).toFixed(0)} / ${at(step, 0.95).toFixed(0)}`);
    console.log(`  ${name}: ${steps.join(", ")} (${of.length} runs)`);
    goal(`payload to painted verdict, ${name}, p50`, at(2, 0.5), 50, "ms", 0);
  }
}

const list = await (await fetch(new URL("/sw.js", ORIGIN))).text();
const workers = await contenders(/\/pkg\/worker-scan\.[0-9a-f]+\.js/.exec(list)[0]);
console.log(`${os.cpus().length} cores, ${os.cpus()[0].model}; random starts of each film; seconds to complete, share of the looks until then that read a code, ms a look, load of the machine`);
line(["film", "", "starts", "p50 s", "p95 s", "looks", "ms", "speed", "load"]);
const GOALS = { "fair-2048": [0.35, 0.6], "fair-8192": [0.75, 1.2], "hard-8192": [1.5, 3] };
for (const family of ["fair", "hard", "hostile"]) {
  for (const size of SIZES) {
    const name = `${family}-${size}`;
    if (!name.includes(only) || (quick && !GOALS[name])) continue;
    const film = filmOf(folder, family, size);
    const payload = Buffer.from(truthOf(film).payload, "hex");
    const hash = createHash("sha256").update(payload).digest("hex");
    const figures = {};
    const run = async (contender, file) => row(name, contender, size, (figures[contender] = await measure(file, hash, contender)));
    await run("ours", film);
    await run("zxing", film);
    // 16 kB give so many parts that it would take longer than all others together.
    if (family !== "hostile" && (full || size <= 8192)) await run("ur", filmOfUr(family, size, payload));
    if (name === "fair-8192") await run("slow", film);
    const { ours, zxing, ur, slow } = figures;
    const ratio = (a, b) => (b === Infinity ? Infinity : b / a);
    const every = await compare(film);
    const share = ({ read }) => `${((100 * read) / every.frames).toFixed(1)}%`;
    console.log(`  ${name}, every frame: ours ${share(every.ours)}, ${ZXING} ${share(every.theirs)}`);
    console.log(`  ${name}, ours to ${ZXING}: ms ${(ours.ms / zxing.ms).toFixed(2)}, p50 ${(ours.p50 / zxing.p50).toFixed(2)}${ur ? `; BC-UR with jsQR takes ${ratio(ours.p50, ur.p50).toFixed(1)} times as long` : ""}`);
    if (GOALS[name]) {
      goal(`${name}, p50`, ours.p50 / 1000, GOALS[name][0]);
      goal(`${name}, p95`, ours.p95 / 1000, GOALS[name][1]);
    }
    atLeast(`${name}: frames read of ${every.frames}, beside zxing-wasm`, every.ours.read, every.theirs.read, 0);
    goal(`${name}: ms a look, to zxing-wasm`, ours.ms / zxing.ms, 0.6, "");
    if (ur) atLeast(`${name}: BC-UR with jsQR takes so many times as long`, ratio(ours.p50, ur.p50), 3, 1);
    if (slow) goal(`${name} with 50 ms more a look, p50`, slow.p50 / 1000, 1);
  }
}
if (!only || "verdict".includes(only)) await verdicts();
console.log(`\ngoals\n${goals.join("\n")}`);
process.exit(0);
