// The sealed messages of a claim: another HPKE (RFC 9180) opens what we sealed, and we open what it sealed.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

const vectors = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../docs/claim-messages.json")));
const program = process.env.LIANGZHENG_CLAIM_MESSAGES;
const skip = program ? false : "LIANGZHENG_CLAIM_MESSAGES names no program: cargo xtask test --only interop builds it";
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (data) => Buffer.from(data).toString("hex");
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

/** The pair of a private scalar and its point, for `deriveBits` only. */
const keyPair = async ({ key, point }) => {
  const coordinate = (from) => Buffer.from(point, "hex").subarray(from, from + 32).toString("base64url");
  const publicJwk = { kty: "EC", crv: "P-256", x: coordinate(1), y: coordinate(33) };
  const jwk = { ...publicJwk, d: Buffer.from(key, "hex").toString("base64url") };
  const algorithm = { name: "ECDH", namedCurve: "P-256" };
  return {
    privateKey: await webcrypto.subtle.importKey("jwk", jwk, algorithm, true, ["deriveBits"]),
    publicKey: await webcrypto.subtle.importKey("jwk", publicJwk, algorithm, true, []),
  };
};

describe("@hpke/core opens what we sealed", () => {
  const messages = [["application", vectors.desk, vectors.application]];
  for (const answer of vectors.answers) {
    messages.push([`answer: ${answer.outcome}`, vectors.answer, answer]);
  }
  for (const [name, recipient, { parts, info, plaintext }] of messages) {
    test(name, async () => {
      const pair = await keyPair(recipient);
      const parameters = { recipientKey: pair, enc: bytes(parts.enc).buffer, info: bytes(info) };
      assert.equal(hex(await suite.open(parameters, bytes(parts.ct))), plaintext);
      await assert.rejects(suite.open({ ...parameters, info: bytes("00") }, bytes(parts.ct)));
    });
  }

  test("the names of keys are hashes of what they name", async () => {
    const { publicKey } = await keyPair(vectors.desk);
    const spki = new Uint8Array(await webcrypto.subtle.exportKey("spki", publicKey));
    assert.equal(sha256(spki), vectors.desk.spki_sha256);
    assert.equal(vectors.application.parts.names, vectors.desk.spki_sha256);
    assert.equal(sha256(bytes(vectors.device.point)), vectors.device.sha256);
  });

  test("WebCrypto verifies the device key's signature", async () => {
    const { publicKey } = await keyPair(vectors.device);
    const jwk = await webcrypto.subtle.exportKey("jwk", publicKey);
    const key = await webcrypto.subtle.importKey("jwk", { ...jwk, key_ops: ["verify"] }, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    const { signature, to_be_signed: message } = vectors.application;
    const verify = (data) => webcrypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), data);
    assert.equal(await verify(bytes(message)), true);
    assert.equal(await verify(bytes("00")), false);
  });
});

describe("we open what @hpke/core sealed", { skip }, () => {
  const open = (message) =>
    new Promise((resolve, reject) => {
      const child = execFile(program, ["open"], (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout))));
      child.stdin.end(JSON.stringify(message));
    });

  for (const length of [0, 1, 1_000, 60_000]) {
    test(`${length} bytes`, async () => {
      const { publicKey } = await keyPair(vectors.desk);
      const plaintext = Uint8Array.from({ length }, (_, at) => at % 251);
      const info = bytes(vectors.application.info);
      const { ct, enc } = await suite.seal({ recipientPublicKey: publicKey, info }, plaintext);
      const message = { key: vectors.desk.key, enc: hex(enc), info: hex(info), ct: hex(ct) };
      assert.deepEqual(await open(message), { plaintext: hex(plaintext) });
      assert.deepEqual(await open({ ...message, info: "00" }), { code: "sealed-opening" });
      assert.deepEqual(await open({ ...message, key: vectors.answer.key }), { code: "sealed-opening" });
      const off = hex(bytes(message.enc).fill(7, 64));
      assert.deepEqual(await open({ ...message, enc: off }), { code: "sealed-point" });
    });
  }
});
