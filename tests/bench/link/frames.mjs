// Runs our scanner (the shipped module) and zxing-wasm on every frame of a film, one after the other, in Node.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadSite } from "../../wasm/module.mjs";
import { HEIGHT, lumaOf, percentile, truthOf, WIDTH } from "./films.mjs";
import { grey } from "./grey.mjs";
import * as zxing from "./zxing.mjs";

const { site } = await loadSite();
await zxing.prepare(readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm")).buffer);
const scanner = new site.Scanner();
const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
/** Enough looks that each of our reader's ways of searching an empty picture occurs several times. */
const LOOKS = 48;
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
  grey(luma, pixels);
  const start = performance.now();
  const found = await zxing.read(pixels, WIDTH, HEIGHT);
  return { read: found.some(ofLink), ms: performance.now() - start };
}

/** zxing-wasm takes minutes for some larger pictures. */
const THEIRS = 2_000_000;

/**
 * Milliseconds of both decoders on a picture that is expensive to decode: ours as median and maximum of a few consecutive
 * looks, zxing-wasm's once and not on large pictures.
 */
export async function endure(file) {
  const bytes = readFileSync(file);
  const [head, width, height] = /^P5\n(\d+) (\d+)\n255\n/.exec(bytes.subarray(0, 32).toString("latin1"));
  const luma = bytes.subarray(head.length);
  const rgba = new Uint8ClampedArray(luma.length <= THEIRS ? luma.length * 4 : 0);
  if (rgba.length) grey(luma, rgba);
  const times = [];
  scanner.reset();
  for (let look = 0; look < 5; look++) {
    const start = performance.now();
    scanner.scan(luma, Number(width), Number(height), Number(width), look * 33);
    times.push(performance.now() - start);
  }
  const start = performance.now();
  if (luma.length <= THEIRS) await zxing.read(rgba, Number(width), Number(height)).catch(() => []);
  const theirs = luma.length <= THEIRS ? performance.now() - start : undefined;
  return { ours: Math.max(...times), typical: percentile(times.sort((a, b) => a - b), 0.5), theirs };
}

/** Median milliseconds of both decoders on a picture without a code, alternating as with a camera. */
export async function idle(file) {
  const bytes = readFileSync(file);
  const luma = bytes.subarray(bytes.indexOf("\n255\n") + 5);
  const ms = { ours: [], theirs: [] };
  scanner.reset();
  for (let look = 0; look < LOOKS; look++) {
    ms.ours.push(ours(luma, look).ms);
    ms.theirs.push((await theirs(luma)).ms);
  }
  const median = (times) => percentile(times.sort((a, b) => a - b), 0.5);
  return { ours: median(ms.ours), theirs: median(ms.theirs) };
}

/**
 * Counts the frames that each decoder reads, of all frames and of those that are not torn; with the milliseconds at the
 * median and at 95 %, and at the median of the torn frames, which neither reads. A frame counts as read if a code of the
 * link was read in it.
 */
export async function compare(film) {
  const { frames } = truthOf(film);
  const whole = frames.filter((frame) => frame.whole).length;
  const looks = [];
  scanner.reset();
  for (const luma of lumaOf(film)) looks.push({ ours: ours(luma, looks.length), theirs: await theirs(luma) });
  const figures = (who) => {
    const ms = looks.map((look) => look[who].ms).sort((a, b) => a - b);
    const read = looks.filter((look) => look[who].read).length;
    const wholeRead = looks.filter((look, number) => look[who].read && frames[number].whole).length;
    const torn = looks.filter((look, number) => !frames[number].whole && !look.ours.read && !look.theirs.read);
    const tornMs = torn.map((look) => look[who].ms).sort((a, b) => a - b);
    return { read, wholeRead, p50: percentile(ms, 0.5), p95: percentile(ms, 0.95), torn: percentile(tornMs, 0.5) };
  };
  return { frames: looks.length, whole, ours: figures("ours"), theirs: figures("theirs") };
}
