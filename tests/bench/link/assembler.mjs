// Assembles frames to a payload by docs/optical-link.md, for the other decoders. tests/optical/reader.mjs is written for
// clarity; this one for speed, so that its time is negligible beside decoding.

const [EXP, LOG] = [new Uint8Array(512), new Uint8Array(256)];
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x;
  LOG[x] = i;
  x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1;
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);
const inverse = (a) => EXP[255 - LOG[a]];

/** Adds `factor` times `from` to `to`. */
function add(to, from, factor) {
  for (let n = 0; n < to.length; n++) to[n] ^= times(factor, from[n]);
}

function crc16(bytes) {
  let crc = 0xffff;
  bytes.forEach((byte, at) => {
    if (at === 11 || at === 12) return;
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  });
  return crc;
}

export class Assembler {
  #session;
  #last = 0;
  #frames = new Map();

  reset() {
    this.#session = undefined;
    this.#frames.clear();
  }

  /** Adds the content of a symbol, read at a time in milliseconds; returns the payload when it is complete and its hash matches. */
  async accept(bytes, now) {
    if (bytes.length < 14 || bytes[0] !== 0x4c || bytes[1] !== 1 || crc16(bytes) !== ((bytes[11] << 8) | bytes[12])) return undefined;
    const session = bytes.subarray(2, 10).join();
    if (session !== this.#session) {
      if (this.#session && now - this.#last < 1000) return undefined;
      this.reset();
      this.#session = session;
    }
    this.#last = now;
    if (!this.#frames.has(bytes[10])) this.#frames.set(bytes[10], bytes.slice(13));
    const [length, k] = [(bytes[6] << 16) | (bytes[7] << 8) | bytes[8], bytes[9]];
    if (this.#frames.size < k) return undefined;
    const payload = this.#solve(length, k);
    this.#frames.clear();
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", payload));
    return hash.subarray(0, 4).join() === bytes.subarray(2, 6).join() ? payload : undefined;
  }

  #solve(length, k) {
    const data = Array.from({ length: k }, (_, index) => this.#frames.get(index));
    const missing = [...data.keys()].filter((index) => !data[index]);
    const rows = [...this.#frames].filter(([index]) => index >= k).slice(0, missing.length).map(([index, sum]) => {
      const rest = sum.slice();
      data.forEach((known, j) => known && add(rest, known, inverse(index ^ j)));
      return { factors: Uint8Array.from(missing, (j) => inverse(index ^ j)), rest };
    });
    rows.forEach((row, at) => {
      const scale = inverse(row.factors[at]);
      row.factors = row.factors.map((factor) => times(factor, scale));
      row.rest = row.rest.map((byte) => times(byte, scale));
      for (const other of rows) {
        const factor = other.factors[at];
        if (other === row || factor === 0) continue;
        add(other.factors, row.factors, factor);
        add(other.rest, row.rest, factor);
      }
    });
    missing.forEach((index, at) => (data[index] = rows[at].rest));
    const payload = new Uint8Array(k * data[0].length);
    data.forEach((part, index) => payload.set(part, index * part.length));
    return payload.slice(0, length);
  }
}
