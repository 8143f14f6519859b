// Codes by an independent implementation: frames of the optical link written from its description, symbols by another
// library. Also a small PNG writer, so that pictures can be handed in as files.
import { deflateSync } from "node:zlib";
import { createHash } from "node:crypto";
import encodeQR from "qr";

const crc16 = (bytes) => {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
};

const crc32 = (bytes) => {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};

/** The data frames of a payload, `most` bytes of payload in each at most. */
export function frames(payload, most = 1200) {
  const k = Math.ceil(payload.length / most);
  const length = Math.ceil(payload.length / k);
  const session = createHash("sha256").update(payload).digest().subarray(0, 4);
  return Array.from({ length: k }, (_, index) => {
    const data = Buffer.alloc(length);
    payload.copy(data, 0, index * length, Math.min(payload.length, (index + 1) * length));
    const size = Buffer.alloc(3);
    size.writeUIntBE(payload.length, 0, 3);
    const head = Buffer.concat([Buffer.from([0x4c, 1]), session, size, Buffer.from([k, index])]);
    const check = Buffer.alloc(2);
    check.writeUInt16BE(crc16(Buffer.concat([head, data])));
    return Buffer.concat([head, check, data]);
  });
}

/** A symbol of bytes as grey pixels, `scale` pixels a module, with its quiet zone. */
export function symbol(bytes, scale = 4) {
  const modules = encodeQR(Buffer.from(bytes).toString("latin1"), "raw", {
    ecc: "low",
    encoding: "byte",
    border: 4,
    textEncoder: (text) => new Uint8Array(Buffer.from(text, "latin1")),
  });
  const side = modules.length * scale;
  const luma = Buffer.alloc(side * side, 255);
  modules.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let line = 0; line < scale; line++) luma.fill(0, (y * scale + line) * side + x * scale, (y * scale + line) * side + (x + 1) * scale);
    }),
  );
  return { luma, width: side, height: side };
}

/** A PNG file of grey (1 byte a pixel) or RGBA (4) pixels. */
export function png({ luma, rgba, width, height }) {
  const pixels = luma ?? Buffer.from(rgba, "base64");
  const row = width * (luma ? 1 : 4);
  const lines = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) pixels.copy(lines, y * (row + 1) + 1, y * row, (y + 1) * row);
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, luma ? 0 : 6, 0, 0, 0], 8);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk("IHDR", head), chunk("IDAT", deflateSync(lines, { level: 1 })), chunk("IEND", Buffer.alloc(0))]);
}

/** The picture of a frame with a valid check and false data, in the session of the payload. */
export function poisoned(payload, index) {
  const frame = frames(payload)[index];
  frame[20] ^= 1;
  const length = 11;
  frame.writeUInt16BE(crc16(Buffer.concat([frame.subarray(0, length), frame.subarray(length + 2)])), length);
  return png(symbol(frame));
}

/** The pictures of a payload, as files. */
export const pictures = (payload, most) => frames(payload, most).map((frame) => png(symbol(frame)));

/** The text form of a payload, as a gun types it: from its description. */
export function encodeText(payload) {
  const width = [0, 3, 5, 8, 10, 13, 15, 17];
  let text = `7601${String(payload.length).padStart(4, "0")}`;
  for (let at = 0; at < payload.length; at += 7) {
    const group = payload.subarray(at, at + 7);
    text += BigInt(`0x${group.toString("hex")}`).toString().padStart(width[group.length], "0");
  }
  const modulus = 9_999_999_967n;
  const missing = (modulus - (BigInt(text + "0".repeat(10)) % modulus)) % modulus;
  return text + missing.toString().padStart(10, "0");
}
