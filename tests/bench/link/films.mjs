// Films of crate/film: written if missing, and read frame by frame.
import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import path from "node:path";

export const WIDTH = 1280;
export const HEIGHT = 720;
const PIXELS = WIDTH * HEIGHT;

export const filmMaker = (...words) => execFileSync(process.env.LIANGZHENG_FILM, words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** Whether a film exists and was written by the current build of the film maker. */
export const isFresh = (file) => existsSync(file) && statSync(file).mtimeMs > statSync(process.env.LIANGZHENG_FILM).mtimeMs;

/** The film of a family and a size in bytes. */
export function filmOf(folder, family, size, seed = 1) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${family}-${size}-${seed}.y4m`);
  if (!isFresh(file)) filmMaker("--family", family, "--size", String(size), "--seed", String(seed), "--out", file);
  return file;
}

/** What each film frame shows, and the payload. */
export const truthOf = (file) => JSON.parse(readFileSync(file.replace(/\.y4m$/, ".json"), "utf8"));

/** The luma of each frame, one after the other, in the same buffer. */
export function* lumaOf(file) {
  const handle = openSync(file, "r");
  try {
    const head = Buffer.alloc(256);
    readSync(handle, head, 0, head.length, 0);
    let at = head.indexOf("\n") + 1;
    const luma = new Uint8Array(PIXELS);
    const frame = "FRAME\n".length;
    while (readSync(handle, luma, 0, PIXELS, at + frame) === PIXELS) {
      yield luma;
      at += frame + PIXELS + PIXELS / 2;
    }
  } finally {
    closeSync(handle);
  }
}

/** Returns the percentile of sorted values by the nearest-rank method. */
export const percentile = (sorted, share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
