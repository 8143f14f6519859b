// Records how the shipped module calls WebCrypto, and verifies other signatures by the same calls. The functions are
// self-contained, so that they also run as text in a page or a worker.

/** Starts to record each signature that WebCrypto verifies: algorithm, public key, result. */
export function listen(subtle) {
  const right = { importKey: subtle.importKey, verify: subtle.verify };
  const keys = new WeakMap();
  const calls = [];
  const plain = (object) => JSON.parse(JSON.stringify(object));
  subtle.importKey = async function (format, point, algorithm, extractable, usages) {
    const key = await right.importKey.call(this, format, point, algorithm, extractable, usages);
    keys.set(key, { format, point: Array.from(point).join(), key: plain(algorithm), extractable, usages: plain(usages) });
    return key;
  };
  subtle.verify = async function (algorithm, key, signature, message) {
    const { point, ...way } = keys.get(key);
    const call = { way: { ...way, signature: plain(algorithm) }, point };
    calls.push(call);
    return (call.answer = await right.verify.call(this, algorithm, key, signature, message));
  };
  return { calls, stop: () => Object.assign(subtle, right) };
}

/** Verifies `{curve, key, message, signature, right}` in base64 by WebCrypto; counts valid and invalid ones, and lists differences. */
export async function answers({ ways, vectors }) {
  const { subtle } = globalThis.crypto;
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const [wrong, counts] = [[], {}];
  for (const { name, curve, key, message, signature, right } of vectors) {
    const way = ways[curve];
    const imported = await subtle.importKey(way.format, bytes(key), way.key, way.extractable, way.usages);
    const said = await subtle.verify(way.signature, imported, bytes(signature), bytes(message));
    if (said !== right) wrong.push(name);
    (counts[curve] ??= [0, 0])[said ? 0 : 1] += 1;
  }
  return { wrong, counts };
}

/** Wycheproof's signatures with the results of our own code, as `cargo xtask test` wrote them. */
export async function wycheproof() {
  const file = process.env.LIANGZHENG_WYCHEPROOF;
  if (!file) throw new Error("run by: cargo xtask test --only wasm,browser");
  const { readFileSync } = await import("node:fs");
  return readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
}

/** Counts the valid and the invalid ones. */
export const WYCHEPROOF = { "P-256": [173, 89], "P-384": [193, 87], "P-521": [231, 87] };
