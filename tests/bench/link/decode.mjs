// `cargo xtask bench decode [DIR] [--only TEXT]`: runs our scanner (the shipped module) and zxing-wasm
// on every frame of the films, one after the other, in Node. Without DIR, films of all families are written below target/.
//
// A frame counts as read if a code of the link was read in it. No decoder can read torn frames, so the report also has the
// share of the frames that are not torn, and the time of the torn ones. Times are comparable only within one run. Without
// --only, the run ends with pictures that are expensive to decode and pictures without a code, which a camera sees most.
import { readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { filmMaker, percentile } from "./films.mjs";
import { compare, endure, idle } from "./frames.mjs";
import { VERSION } from "./zxing.mjs";

const words = process.argv.slice(2);
const after = (name) => (words.includes(name) ? words.splice(words.indexOf(name), 2)[1] : undefined);
const only = after("--only") ?? "";
const [given] = words;
const folder = given ?? process.env.LIANGZHENG_FILMS;
if (!given) filmMaker("--set", folder, "--only", only);
const films = readdirSync(folder).filter((name) => name.endsWith(".y4m") && name.includes(only)).sort();

/** The duration of a film frame, and the most that a hostile picture may take, in milliseconds. */
const FRAME_MS = 1000 / 30;
const HOSTILE_MS = 100;
const share = (part, all) => (all === 0 ? "-" : `${((100 * part) / all).toFixed(1)}%`);
const columns = [22, 7, 7, 16, 16, 16, 16, 8, 16, 8, 17];
const line = (cells) => console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(columns[i]) : String(cell).padStart(columns[i]))).join(""));

console.log(`${os.cpus().length} cores, ${os.cpus()[0].model}; load ${os.loadavg()[0].toFixed(1)}; ours beside ${VERSION}, Node ${process.version}`);
line(["film", "frames", "whole", "read", "of the whole", "ms p50", "ms p95", "ratio", "torn ms p50", "ratio", "goals"]);
const total = { frames: 0, ours: 0, theirs: 0, ratios: [] };
for (const name of films) {
  const { frames, whole, ours, theirs } = await compare(path.join(folder, name));
  const ratio = ours.p50 / theirs.p50;
  const both = (text) => `${text(ours)} / ${text(theirs)}`;
  const torn = ours.torn / theirs.torn;
  // A film may have no torn frame.
  const good = [ours.read >= theirs.read, ratio <= 0.6, ours.p95 <= FRAME_MS, !(torn > 1)];
  line([
    name.replace(/\.y4m$/, ""),
    frames,
    whole,
    both(({ read }) => share(read, frames)),
    both(({ wholeRead }) => share(wholeRead, whole)),
    both(({ p50 }) => p50.toFixed(1)),
    both(({ p95 }) => p95.toFixed(1)),
    ratio.toFixed(2),
    both(({ torn }) => torn?.toFixed(1) ?? "-"),
    Number.isNaN(torn) ? "-" : torn.toFixed(2),
    good.map((held) => (held ? "yes" : "NO")).join(" "),
  ]);
  total.frames += frames;
  total.ours += ours.read;
  total.theirs += theirs.read;
  total.ratios.push(ratio);
}
total.ratios.sort((a, b) => a - b);
console.log(`all films: read ${share(total.ours, total.frames)} / ${share(total.theirs, total.frames)}; ratio of time at the median film ${percentile(total.ratios, 0.5)?.toFixed(2)}`);
console.log("goals: at least as many read as zxing-wasm, at most 0.6 of its time a frame, 95 % of the frames within 33 ms, and no more of its time on frames that neither reads");
if (!only) {
  const pictures = given ? path.join(folder, "pictures") : path.join(folder, "../pictures");
  filmMaker("--pictures", pictures);
  console.log("\nhostile pictures: ms at the median and at most of five looks, zxing-wasm once, large ones not; goal: 100 ms at most");
  for (const name of readdirSync(pictures).filter((name) => name.endsWith(".pgm")).sort()) {
    const { ours, typical, theirs } = await endure(path.join(pictures, name));
    console.log(`${name.replace(/\.pgm$/, "").padEnd(44)}${typical.toFixed(1).padStart(8)}${ours.toFixed(1).padStart(8)}${(theirs?.toFixed(1) ?? "-").padStart(10)}  ${ours <= HOSTILE_MS ? "yes" : "NO"}`);
  }
  console.log("\npictures without a code: ms at the median of ours and zxing-wasm, in turns; goal: no more than its time");
  for (const name of readdirSync(path.join(pictures, "quiet")).sort()) {
    const { ours, theirs } = await idle(path.join(pictures, "quiet", name));
    const ratio = ours / theirs;
    console.log(`${name.replace(/\.pgm$/, "").padEnd(44)}${ours.toFixed(1).padStart(8)}${theirs.toFixed(1).padStart(10)}${ratio.toFixed(2).padStart(8)}  ${ratio <= 1 ? "yes" : "NO"}`);
  }
}
