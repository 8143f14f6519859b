// A receiver of the optical link in JavaScript, written from docs/optical-link.md alone.
import { createHash } from "node:crypto";

export const times = (a, b) => (b === 0 ? 0 : (b & 1 ? a : 0) ^ times(a & 0x80 ? (a << 1) ^ 0x11d : a << 1, b >> 1));
const bytes = Array.from({ length: 256 }, (_, value) => value);
export const inverse = bytes.map((a) => bytes.find((b) => times(a, b) === 1));
export const crc16 = (data) =>
  data.reduce((crc, byte) => {
    for (let bit = 7; bit >= 0; bit--) crc = ((crc << 1) & 0xffff) ^ ((crc >> 15) ^ ((byte >> bit) & 1) ? 0x1021 : 0);
    return crc;
  }, 0xffff);

/** Returns the fields of one frame; throws the code of the first rule that fails. */
export function decode(frame) {
  const refuse = (rule, code) => { if (rule) throw new Error(code); };
  refuse(frame[0] !== 0x4c, "frame-magic");
  refuse(frame.length < 13, "frame-short");
  refuse(frame[1] !== 1, "frame-format");
  const [length, k, index, data] = [(frame[6] << 16) | (frame[7] << 8) | frame[8], frame[9], frame[10], [...frame.subarray(13)]];
  refuse(length < 1 || length > 65536, "frame-length");
  refuse(k < 1 || k > 128, "frame-needed");
  refuse(index > 254, "frame-index");
  refuse(data.length !== Math.ceil(length / k), "frame-size");
  refuse(crc16([...frame.subarray(0, 11), ...data]) !== ((frame[11] << 8) | frame[12]), "frame-check");
  refuse(index < k && data.some((byte, at) => byte && index * data.length + at >= length), "frame-padding");
  return { session: Buffer.from(frame.subarray(2, 6)).toString("hex"), length, k, index, data };
}

/** Returns the K data frames, from any K distinct frames. */
export function solve(k, frames) {
  // One equation per frame: the factors of the data frames, then the right-hand side, byte by byte.
  const rows = frames.map(({ index, data }) => [...bytes.slice(0, k).map((j) => (index < k ? +(index === j) : inverse[index ^ j])), ...data]);
  for (let j = 0; j < k; j++) {
    const at = rows.findIndex((row, from) => from >= j && row[j] !== 0);
    [rows[j], rows[at]] = [rows[at], rows[j]];
    const factor = inverse[rows[j][j]];
    rows[j] = rows[j].map((value) => times(value, factor));
    rows.forEach((row, other) => {
      if (other !== j && row[j]) rows[other] = row.map((value, column) => value ^ times(rows[j][column], row[j]));
    });
  }
  return rows.map((row) => row.slice(k));
}

/** Collects frames; returns the payload when it is complete. */
export class Reader {
  #frames = new Map();
  #last = 0;
  accept(bytes, now) {
    const frame = decode(bytes);
    const [one] = this.#frames.values();
    const same = one?.session === frame.session;
    if (one && now - this.#last < 1000 && (!same || one.k !== frame.k || one.length !== frame.length)) return undefined;
    if (!same || one.k !== frame.k || one.length !== frame.length) this.#frames.clear();
    this.#last = now;
    if (!this.#frames.has(frame.index)) this.#frames.set(frame.index, frame);
    if (this.#frames.size < frame.k) return undefined;
    const payload = Buffer.from(solve(frame.k, [...this.#frames.values()]).flat()).subarray(0, frame.length);
    this.#frames.clear();
    return createHash("sha256").update(payload).digest("hex").startsWith(frame.session) ? payload : undefined;
  }
}

/** Returns the payload of a text form; throws the code of the first rule that fails. */
export function decodeText(typed) {
  const refuse = (rule, code) => { if (rule) throw new Error(code); };
  const text = typed.replace(/[\r\n\t]+$/, "");
  const width = (count) => [0, 3, 5, 8, 10, 13, 15, 17][count];
  refuse(!text.startsWith("7601"), "text-prefix");
  refuse(text.length > 7088, "text-long");
  refuse(!/^\d+$/.test(text), "text-character");
  refuse(text.length < 8, "text-short");
  const length = Number(text.slice(4, 8));
  refuse(length < 1 || length > 2911, "text-length");
  const digits = 8 + Math.floor(length / 7) * 17 + width(length % 7) + 10;
  refuse(text.length < digits, "text-short");
  refuse(text.length > digits, "text-long");
  refuse(BigInt(text) % 9999999967n !== 0n, "text-check");
  const payload = [];
  for (let at = 8; payload.length < length; ) {
    const count = Math.min(7, length - payload.length);
    const value = BigInt(text.slice(at, (at += width(count))));
    refuse(value >> BigInt(8 * count) !== 0n, "text-value");
    for (let byte = count - 1; byte >= 0; byte--) payload.push(Number((value >> BigInt(8 * byte)) & 255n));
  }
  return Buffer.from(payload);
}
