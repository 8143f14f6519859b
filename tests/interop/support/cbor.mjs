// A small CBOR encoder for these tests, so that no library under test encodes the input of the others.
// Maps keep their order; `Raw` is inserted unchanged; `Indefinite` writes the indefinite lengths that ISO's examples use.

export class Tag {
  constructor(tag, value) {
    Object.assign(this, { tag, value });
  }
}

export class Raw {
  constructor(bytes) {
    this.bytes = Buffer.from(bytes);
  }
}

/** An array, map or byte string of indefinite length. */
export class Indefinite {
  constructor(value) {
    this.value = value;
  }
}

function head(major, number) {
  const type = major << 5;
  if (number < 24) return Buffer.from([type | number]);
  if (number < 0x100) return Buffer.from([type | 24, number]);
  if (number < 0x10000) return Buffer.from([type | 25, number >> 8, number & 0xff]);
  const bytes = Buffer.alloc(5);
  bytes[0] = type | 26;
  bytes.writeUInt32BE(number, 1);
  return bytes;
}

const pairs = (value) => (value instanceof Map ? [...value] : Object.entries(value)).flat();
const chunk = (major, bytes) => Buffer.concat([head(major, bytes.length), bytes]);

function indefinite(value) {
  if (value instanceof Uint8Array) {
    const half = value.length >> 1;
    const parts = [value.subarray(0, half), value.subarray(half)].map((part) => chunk(2, part));
    return Buffer.concat([Buffer.from([0x5f]), ...parts, Buffer.from([0xff])]);
  }
  const items = Array.isArray(value) ? value : pairs(value);
  return Buffer.concat([Buffer.from([Array.isArray(value) ? 0x9f : 0xbf]), ...items.map(encode), Buffer.from([0xff])]);
}

/** Throws for `undefined`, which would be an error in a test. */
export function encode(value) {
  if (value === null) return Buffer.from([0xf6]);
  if (value === false || value === true) return Buffer.from([value ? 0xf5 : 0xf4]);
  if (Number.isSafeInteger(value)) return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return chunk(3, Buffer.from(value));
  if (value instanceof Uint8Array) return chunk(2, value);
  if (value instanceof Raw) return value.bytes;
  if (value instanceof Indefinite) return indefinite(value.value);
  if (value instanceof Tag) return Buffer.concat([head(6, value.tag), encode(value.value)]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encode)]);
  if (typeof value === "object") {
    const items = pairs(value);
    return Buffer.concat([head(5, items.length / 2), ...items.map(encode)]);
  }
  throw new TypeError(`no CBOR for ${typeof value}`);
}

/** `#6.24(bstr .cbor value)` */
export const encoded = (value) => new Tag(24, encode(value));
export const fullDate = (text) => new Tag(1004, text);
export const tdate = (seconds) => new Tag(0, new Date(seconds * 1000).toISOString().replace(".000Z", "Z"));
