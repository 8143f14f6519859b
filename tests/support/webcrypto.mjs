// How the shipped module calls WebCrypto, and what WebCrypto says to other signatures when it is called like that. In
// Node and, as text, in a page: nothing here is from outside.

/** Does something, and tells each signature that WebCrypto was asked about: the way, the point, the answer. */
export async function recorded(subtle, work) {
  const right = { importKey: subtle.importKey, verify: subtle.verify };
  const keys = new WeakMap();
  const calls = [];
  const plain = (object) => JSON.parse(JSON.stringify(object));
  try {
    subtle.importKey = async function (format, point, algorithm, extractable, usages) {
      const key = await right.importKey.call(this, format, point, algorithm, extractable, usages);
      keys.set(key, { format, point: Array.from(point).join(), algorithm: plain(algorithm), extractable, usages: plain(usages) });
      return key;
    };
    subtle.verify = async function (algorithm, key, signature, message) {
      const { format, point, algorithm: ofKey, extractable, usages } = keys.get(key);
      const call = { way: { format, key: ofKey, extractable, usages, signature: plain(algorithm) }, point };
      calls.push(call);
      return (call.answer = await right.verify.call(this, algorithm, key, signature, message));
    };
    return { value: await work(), calls };
  } finally {
    Object.assign(subtle, right);
  }
}

/** What WebCrypto says to `{curve, key, message, signature, right}` in base64: how many are right and wrong, and where it differs. */
export async function answers(ways, vectors) {
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
