// The lower bound: only the ECDSA verifications and SHA-256 digests of a case, on inputs of the same sizes, by WebCrypto.
const { subtle } = globalThis.crypto;
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Returns a function that computes the case's signatures and digests once, with imported keys. */
export async function prepare({ signed, digested }) {
  const keys = await subtle.generateKey(ECDSA, false, ["sign", "verify"]);
  const messages = signed.map((length) => new Uint8Array(length));
  const signatures = await Promise.all(messages.map((message) => subtle.sign(ECDSA, keys.privateKey, message)));
  const items = digested.map((length) => new Uint8Array(length));
  return async () => {
    for (const item of items) await subtle.digest("SHA-256", item);
    for (const [index, message] of messages.entries()) {
      if (!(await subtle.verify(ECDSA, keys.publicKey, signatures[index], message))) throw new Error("floor: not verified");
    }
  };
}
