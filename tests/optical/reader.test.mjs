// The description of the optical link is sufficient: a receiver written from it reads the document's vectors, and symbols
// that our encoder draws and zxing-wasm decodes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { crc16, decode, decodeText, inverse, Reader, solve, times } from "./reader.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const document = readFileSync(path.join(root, "docs/optical-link.md"), "utf8");
const lines = document.split("## Vectors")[1].split("```").filter((_, at) => at % 2 === 1).flatMap((block) => block.split("\n")).map((line) => line.split(" "));
const of = (name) => lines.filter(([first]) => first === name).map(([, ...rest]) => rest);
const hex = (text) => Buffer.from(text, "hex");

/** The payloads of the document with their frames. */
const sessions = [];
for (const [name, ...rest] of lines) {
  if (name === "payload") sessions.push({ payload: hex(rest[0]), frames: [] });
  if (name === "frame") sessions.at(-1).frames.push(hex(rest[1]));
}

// Its own Wasm file: no request to the network.
const wasm = fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm"));
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm) }, fireImmediately: true });

/** Draws lines with our encoder and reads them with zxing-wasm; returns the bytes of each symbol. */
async function throughPictures(toDraw) {
  const folder = mkdtempSync(path.join(tmpdir(), "liangzheng-draw-"));
  try {
    const [program, ...args] = process.env.LIANGZHENG_DRAW
      ? [process.env.LIANGZHENG_DRAW]
      : ["cargo", "run", "--quiet", "--package", "liangzheng-optical", "--example", "draw", "--"];
    execFileSync(program, [...args, folder], { cwd: root, input: toDraw.join("\n") });
    const files = readdirSync(folder).sort();
    assert.equal(files.length, toDraw.length);
    return await Promise.all(files.map((file) => symbol(readFileSync(path.join(folder, file)))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function symbol(pgm) {
  const [head, width, height] = /^P5\n(\d+) (\d+)\n255\n/.exec(pgm.subarray(0, 40).toString("latin1"));
  const grey = pgm.subarray(head.length);
  const data = new Uint8ClampedArray(grey.length * 4).fill(255);
  grey.forEach((value, at) => data.fill(value, at * 4, at * 4 + 3));
  const found = await readBarcodes({ data, width: Number(width), height: Number(height), colorSpace: "srgb" }, { formats: ["QRCode"] });
  assert.equal(found.length, 1);
  assert.equal(found[0].error, "");
  return Buffer.from(found[0].bytes);
}

/** Returns all combinations of `count` elements of a list. */
const choices = (list, count) =>
  count === 0 ? [[]] : list.flatMap((first, at) => choices(list.slice(at + 1), count - 1).map((rest) => [first, ...rest]));

test("any K pictures of a session give its payload, in any order", async () => {
  assert.deepEqual(sessions.map(({ frames }) => frames.length), [1, 7]);
  const pictures = await throughPictures(sessions.flatMap(({ frames }) => frames.map((frame) => frame.toString("hex"))));
  for (const { payload, frames } of sessions) {
    const read = pictures.splice(0, frames.length);
    assert.deepEqual(read, frames);
    const k = decode(read[0]).k;
    for (const chosen of choices(read, k)) {
      for (const order of [chosen, chosen.toReversed()]) {
        const reader = new Reader();
        const got = order.map((frame, at) => reader.accept(frame, at * 100));
        assert.deepEqual(got, [...Array(k - 1).fill(undefined), payload]);
      }
    }
  }
});

test("another session waits, and a false frame is never believed", () => {
  const [{ frames: [other] }, { payload, frames: printed }] = sessions;
  const reader = new Reader();
  reader.accept(printed[3], 0);
  assert.equal(reader.accept(other, 999), undefined);
  reader.accept(printed[4], 999);
  assert.deepEqual(reader.accept(printed[6], 1500), payload);
  assert.deepEqual(reader.accept(other, 1600), sessions[0].payload);
  const spoiled = printed.slice(0, 3).map((frame) => decode(frame));
  spoiled[1].data[0] ^= 1;
  assert.notDeepEqual(Buffer.from(solve(3, spoiled).flat()).subarray(0, payload.length), payload);
});

/** Returns the frames of a payload with at most `most` bytes of data, by the document. */
function frames(payload, most) {
  const k = Math.ceil(payload.length / most);
  const size = Math.ceil(payload.length / k);
  const padded = Buffer.concat([payload, Buffer.alloc(k * size - payload.length)]);
  const rows = Array.from({ length: k }, (_, j) => padded.subarray(j * size, (j + 1) * size));
  const session = createHash("sha256").update(payload).digest().subarray(0, 4);
  return Array.from({ length: 255 }, (_, index) => {
    const sum = (at) => rows.reduce((all, row, j) => all ^ times(row[at], inverse[index ^ j]), 0);
    const data = index < k ? rows[index] : Buffer.from(Array.from({ length: size }, (_, at) => sum(at)));
    const head = Buffer.from([0x4c, 1, ...session, payload.length >> 16, (payload.length >> 8) & 255, payload.length & 255, k, index]);
    const check = crc16([...head, ...data]);
    return Buffer.concat([head, Buffer.from([check >> 8, check & 255]), data]);
  });
}

test("all frames of the long payload are those that the document sums up, and seven of them give it", async () => {
  const [[length, k, digest]] = of("all");
  const payload = Buffer.from(Array.from({ length: Number(length) }, (_, i) => (73 * i + (i >> 8)) & 255));
  const made = frames(payload, 1260);
  assert.equal(createHash("sha256").update(Buffer.concat(made)).digest("hex"), digest);
  assert.equal(made[0][9], Number(k));
  // Every second frame is lost.
  const seen = await throughPictures(made.slice(3, 17).filter((_, at) => at % 2 === 0).map((frame) => frame.toString("hex")));
  const reader = new Reader();
  assert.deepEqual(seen.map((frame, at) => reader.accept(frame, at * 200)), [...Array(6).fill(undefined), payload]);
});

test("what the document refuses is refused with its code", () => {
  assert.equal(of("refused").length, 9);
  for (const [code, frame] of of("refused")) assert.throws(() => decode(hex(frame)), { message: code }, code);
  assert.ok(of("text-refused").length >= 6);
  for (const [code, text] of of("text-refused")) assert.throws(() => decodeText(text), { message: code }, code);
});

test("the text form is read from its picture, and with what a gun types behind it", async () => {
  const texts = of("text");
  assert.equal(texts.length, 2);
  const read = await throughPictures(texts.map(([, digits]) => `digits ${digits}`));
  texts.forEach(([payload, digits], at) => {
    assert.equal(read[at].toString("latin1"), digits);
    for (const end of ["", "\r", "\r\n", "\t"]) assert.deepEqual(decodeText(digits + end), hex(payload));
    for (let lost = 0; lost < digits.length; lost++) assert.throws(() => decodeText(digits.slice(0, lost) + digits.slice(lost + 1)), /text-/);
  });
});
