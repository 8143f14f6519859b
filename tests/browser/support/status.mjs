// Status lists as the demo authority's key signs them; that key is public, and a demo page trusts it.
import { createECDH, createHash, createPrivateKey, sign } from "node:crypto";
import { deflateSync, inflateRawSync } from "node:zlib";

const SEED = "liangzheng demo authority 2026: public text, keys that protect nothing, 演示";

/** The private key of the document signer of the quarter in which tests begin. */
function demoKey() {
  const secret = createHash("sha256").update(SEED).update(Buffer.from([0])).update("DEMO DS 2026Q4 0").digest();
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const text = (bytes) => bytes.toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", d: text(secret), x: text(point.subarray(1, 33)), y: text(point.subarray(33)) };
  return createPrivateKey({ key: jwk, format: "jwk" });
}

/** The document signer's certificate, as every presentation carries it: x5chain (33), a byte string. */
function certificate(payload) {
  const envelope = inflateRawSync(payload);
  const at = envelope.indexOf(Buffer.from([0x18, 0x21, 0x59]));
  return envelope.subarray(at + 5, at + 5 + envelope.readUInt16BE(at + 3));
}

function head(major, length) {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  if (length < 65536) return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
  const bytes = Buffer.alloc(5, (major << 5) | 26);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

const uint = (number) => head(0, number);
const bytes = (content) => Buffer.concat([head(2, content.length), content]);
const text = (content) => Buffer.concat([head(3, Buffer.byteLength(content)), Buffer.from(content)]);
const array = (items) => Buffer.concat([head(4, items.length), ...items]);
const map = (pairs) => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

/** A status list token of 1024 entries, all valid; `payload` is a presentation of a demo licence. */
export function demoToken(payload, { uri, iat, exp, type = "application/statuslist+cwt", chain = true, key = demoKey() }) {
  const protectedHeader = map([[uint(1), Buffer.from([0x26])], [uint(16), text(type)]]);
  const list = map([[text("bits"), uint(2)], [text("lst"), bytes(deflateSync(Buffer.alloc(256)))]]);
  const claims = map([[uint(2), text(uri)], [uint(4), uint(exp)], [uint(6), uint(iat)], [uint(65533), list]]);
  const signed = array([text("Signature1"), bytes(protectedHeader), bytes(Buffer.alloc(0)), bytes(claims)]);
  const signature = sign("sha256", signed, { key, dsaEncoding: "ieee-p1363" });
  const unprotected = map(chain ? [[uint(33), bytes(certificate(payload))]] : []);
  return Buffer.concat([Buffer.from([0xd2]), array([bytes(protectedHeader), unprotected, bytes(claims), bytes(signature)])]);
}
