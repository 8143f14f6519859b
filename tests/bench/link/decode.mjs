// `cargo xtask bench decode [DIR] [--only TEXT]`: every frame of the films to our scanner (the shipped module) and to
// zxing-wasm, one after the other, in Node. Without DIR, films of all families are made below the target folder.
//
// A frame counts as read when a code of the link was in it; torn frames cannot be read by anybody, and so the share of
// the whole ones is given too. Times only mean something beside each other.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { loadSite } from "../../wasm/module.mjs";
import { filmMaker, HEIGHT, lumaOf, percentile, truthOf, WIDTH } from "./films.mjs";
import * as zxing from "./zxing.mjs";

const words = process.argv.slice(2);
const after = (name) => (words.includes(name) ? words.splice(words.indexOf(name), 2)[1] : undefined);
const only = after("--only") ?? "";
const [given] = words;
const folder = given ?? process.env.LIANGZHENG_FILMS;
if (!given) filmMaker("--set", folder, "--only", only);
const films = readdirSync(folder).filter((name) => name.endsWith(".y4m") && name.includes(only)).sort();

const { site } = await loadSite();
const require = createRequire(import.meta.url);
await zxing.prepare(readFileSync(require.resolve("zxing-wasm/reader/zxing_reader.wasm")).buffer);
const scanner = new site.Scanner();
const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
const ofLink = (bytes) => bytes[0] === 0x4c && bytes[1] === 1;

/** Ours on one frame: whether it was read, and the milliseconds. */
function ours(luma, number) {
  const start = performance.now();
  const report = JSON.parse(scanner.scan(luma, WIDTH, HEIGHT, WIDTH, number * 1000 / 30));
  const ms = performance.now() - start;
  scanner.take_payload();
  return { read: !["nothing", "other"].includes(report.state), ms };
}

async function theirs(luma) {
  zxing.grey(luma, pixels);
  const start = performance.now();
  const found = await zxing.read(pixels, WIDTH, HEIGHT);
  return { read: found.some(ofLink), ms: performance.now() - start };
}

const share = (part, all) => (all === 0 ? "-" : `${((100 * part) / all).toFixed(1)}%`);
const columns = [22, 7, 7, 16, 16, 16, 16, 8, 10];
const line = (cells) => console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(columns[i]) : String(cell).padStart(columns[i]))).join(""));

console.log(`${os.cpus().length} cores, ${os.cpus()[0].model}; load ${os.loadavg()[0].toFixed(1)}; ours beside ${zxing.VERSION}, Node ${process.version}`);
line(["film", "frames", "whole", "read", "of the whole", "ms p50", "ms p95", "ratio", "goals"]);
const total = { frames: 0, ours: 0, theirs: 0, ratios: [] };
for (const name of films) {
  const file = path.join(folder, name);
  const truth = truthOf(file);
  const figures = [];
  scanner.reset();
  let number = 0;
  for (const luma of lumaOf(file)) {
    figures.push({ whole: truth.frames[number].whole, ours: ours(luma, number), theirs: await theirs(luma) });
    number += 1;
  }
  const whole = figures.filter((frame) => frame.whole);
  const read = (frames, who) => frames.filter((frame) => frame[who].read).length;
  const times = (who) => figures.map((frame) => frame[who].ms).sort((a, b) => a - b);
  const ratio = percentile(times("ours"), 0.5) / percentile(times("theirs"), 0.5);
  const both = (text) => `${text("ours")} / ${text("theirs")}`;
  const good = [read(figures, "ours") >= read(figures, "theirs"), ratio <= 0.6];
  line([
    name.replace(/\.y4m$/, ""),
    figures.length,
    whole.length,
    both((who) => share(read(figures, who), figures.length)),
    both((who) => share(read(whole, who), whole.length)),
    both((who) => percentile(times(who), 0.5).toFixed(1)),
    both((who) => percentile(times(who), 0.95).toFixed(1)),
    ratio.toFixed(2),
    good.map((held) => (held ? "yes" : "NO")).join(" "),
  ]);
  total.frames += figures.length;
  total.ours += read(figures, "ours");
  total.theirs += read(figures, "theirs");
  total.ratios.push(ratio);
}
total.ratios.sort((a, b) => a - b);
console.log(`all films: read ${share(total.ours, total.frames)} / ${share(total.theirs, total.frames)}; ratio of time at the median film ${percentile(total.ratios, 0.5)?.toFixed(2)}`);
console.log("goals: at least as many read as zxing-wasm, at most 0.6 of its time a frame");
