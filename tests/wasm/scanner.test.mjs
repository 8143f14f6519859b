// The shipped scanner on symbols of another library, and on invalid pictures.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { frames, png, symbol } from "../browser/support/code.mjs";
import { loadSite } from "./module.mjs";

const payload = readFileSync(path.resolve(import.meta.dirname, "../vectors/valid/presentation.bin"));
const { site } = await loadSite();

/** Returns pseudo-random bytes, the same each time. */
function noise(length, seed) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) => createHash("sha256").update(`${seed} ${block}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

const scan = (scanner, { luma, width, height }, at) => JSON.parse(scanner.scan(luma, width, height, width, at));

/** Returns a report without the corners of the symbol, which must lie in the picture. */
function told({ corners, ...rest }) {
  assert.equal(corners.length, 4);
  for (const share of corners.flat()) assert.ok(share > 0 && share < 1, `a corner at ${share}`);
  return rest;
}

const rgba = (luma) => {
  const pixels = Buffer.alloc(luma.length * 4, 255);
  luma.forEach((grey, at) => pixels.fill(grey, at * 4, at * 4 + 3));
  return pixels;
};

test("frames in any order become the payload, once", () => {
  const scanner = new site.Scanner();
  const pictures = frames(payload).map((frame) => symbol(frame)).reverse();
  assert.ok(pictures.length > 2);
  assert.deepEqual(told(scan(scanner, pictures[0], 0)), { state: "receiving", received: 1, needed: pictures.length });
  assert.equal(scanner.take_payload(), undefined);
  const states = pictures.slice(1).map((picture, at) => scan(scanner, picture, at + 1).state);
  assert.equal(states.at(-1), "complete");
  assert.deepEqual(Buffer.from(scanner.take_payload()), payload);
  assert.equal(scanner.take_payload(), undefined);
  assert.equal(scan(scanner, pictures[0], 99).state, "idle");
});

test("colour pixels and stills are read alike, and rows may lie apart", () => {
  const [frame] = frames(payload);
  const { luma, width, height } = symbol(frame);
  const due = "receiving";
  assert.equal(JSON.parse(new site.Scanner().scan_rgba(rgba(luma), width, height, 0)).state, due);
  assert.equal(JSON.parse(new site.Scanner().scan_still(rgba(luma), width, height)).state, due);
  const stride = width + 13;
  const apart = Buffer.alloc(stride * height, 77);
  for (let y = 0; y < height; y++) luma.copy(apart, y * stride, y * width, (y + 1) * width);
  assert.equal(JSON.parse(new site.Scanner().scan(apart, width, height, stride, 0)).state, due);
});

test("other codes are told apart, and their content is nowhere in the answer", () => {
  const scanner = new site.Scanner();
  for (const text of ["javascript:alert(1)", "K", ""]) {
    assert.deepEqual(told(scan(scanner, symbol(Buffer.from(text)), 0)), { state: "other" }, text);
  }
  // The kind of a known one is named, by a code of our own.
  const web = scan(scanner, symbol(Buffer.from("https://example.com/")), 0);
  assert.deepEqual(told(web), { state: "other", other: "other-web" });
  assert.equal(scanner.take_payload(), undefined);
});

test("what is no picture never stops the scanner", () => {
  const scanner = new site.Scanner();
  const sides = [0, 1, 2, 20, 640, 65_535, 2 ** 31, 2 ** 32 - 1];
  const bytes = [Buffer.alloc(0), Buffer.alloc(1), noise(640 * 20, "short"), Buffer.alloc(4096, 255)];
  for (const luma of bytes) {
    for (const width of sides) {
      for (const height of sides) {
        for (const stride of [0, 1, width, 2 ** 32 - 1]) scanner.scan(luma, width, height, stride, 0);
        scanner.scan_rgba(luma, width, height, 0);
        scanner.scan_still(luma, width, height);
      }
    }
  }
  for (const now of [NaN, -1, Infinity, 2 ** 60]) scanner.scan(bytes[3], 64, 64, 64, now);
  for (const seed of ["a", "b", "c"]) {
    assert.equal(scan(scanner, { luma: noise(320 * 240, seed), width: 320, height: 240 }, 0).state, "nothing");
  }
  for (const garbage of ["d", "e", "f", "g"]) {
    // A frame's magic, then noise.
    const frame = Buffer.concat([Buffer.from([0x4c, 1]), noise(300, garbage)]);
    assert.equal(scan(scanner, symbol(frame), 0).state, "idle");
  }
  assert.equal(scanner.take_payload(), undefined);
  for (const [at, frame] of frames(payload).entries()) scan(scanner, symbol(frame), at);
  assert.deepEqual(Buffer.from(scanner.take_payload()), payload, "it still reads");
});

test("a dirty symbol gives the right payload or none", () => {
  const scanner = new site.Scanner();
  const states = new Set();
  const pictures = frames(payload, 600).map((frame) => symbol(frame, 3));
  for (const [seed, { luma, width, height }] of pictures.entries()) {
    const dirt = noise(luma.length, seed);
    const dirty = Buffer.from(luma.map((grey, at) => (dirt[at] <= seed % 3 ? 255 - grey : grey)));
    states.add(scan(scanner, { luma: dirty, width, height }, seed).state);
    const found = scanner.take_payload();
    if (found) assert.deepEqual(Buffer.from(found), payload);
  }
  assert.ok(states.has("receiving"), `so much dirt leaves some readable: ${[...states]}`);
});

test("the size of a picture is read from its head, and garbage has none", () => {
  assert.deepEqual([...site.picture_size(png(symbol(Buffer.from("x"), 2)))], [58, 58]);
  for (let seed = 0; seed < 50; seed++) assert.equal(site.picture_size(noise(200, seed)), undefined);
  for (const head of ["", "\xff\xd8", "\xff\xd8\xff", "GIF89a", "RIFF....WEBPVP8X", "BM"]) {
    assert.equal(site.picture_size(Buffer.from(head, "latin1")), undefined);
  }
});
