// Deterministic keys: the scalar is the hash of a label. For tests only.
import { createECDH, createHash, createPrivateKey, sign } from "node:crypto";

const CURVES = {
  "P-256": { ecdh: "prime256v1", size: 32, hash: "sha256", alg: -7, crv: 1 },
  "P-384": { ecdh: "secp384r1", size: 48, hash: "sha384", alg: -35, crv: 2 },
  "P-521": { ecdh: "secp521r1", size: 66, hash: "sha512", alg: -36, crv: 3 },
  brainpoolP256r1: { ecdh: "brainpoolP256r1", size: 32, hash: "sha256", alg: -7, crv: 256 },
  brainpoolP384r1: { ecdh: "brainpoolP384r1", size: 48, hash: "sha384", alg: -35, crv: 258 },
};
/** The object identifiers of the curves without a JWK, in DER (RFC 5639, A.1). */
const IDENTIFIERS = { brainpoolP256r1: "06092b2403030208010107", brainpoolP384r1: "06092b240303020801010b" };

/** A private key as RFC 5915 writes it, for curves that JWK does not have. */
function sec1(scalar, curve) {
  const short = (tag, ...parts) => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([tag, content.length]), content]);
  };
  const parameters = short(0xa0, Buffer.from(IDENTIFIERS[curve], "hex"));
  return short(0x30, short(0x02, Buffer.from([1])), short(0x04, scalar), parameters);
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** Returns the key of a label, in the forms that the peers need. */
export function keyOf(label, curve = "P-256") {
  const { ecdh, size, hash, alg, crv } = CURVES[curve];
  // On P-521 the first octet is zero, because the order is not a whole number of octets; so it is on the brainpool curves, whose
  // order begins with smaller octets than ff. On the others any scalar works.
  const stream = Buffer.concat([0, 1, 2].map((block) => sha256(`${label} ${block}`)));
  const scalar = Buffer.from(stream.subarray(0, size));
  if (curve === "P-521" || curve in IDENTIFIERS) scalar[0] = 0;
  const pair = createECDH(ecdh);
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)];
  const b64 = (bytes) => bytes.toString("base64url");
  const publicJwk = { kty: "EC", crv: curve, x: b64(x), y: b64(y) };
  const jwk = { ...publicJwk, d: b64(scalar) };
  const key = createPrivateKey(
    curve in IDENTIFIERS ? { key: sec1(scalar, curve), format: "der", type: "sec1" } : { key: jwk, format: "jwk" },
  );
  return {
    alg,
    curve,
    point,
    jwk,
    publicJwk,
    cose: new Map([[1, 2], [-1, crv], [-2, x], [-3, y]]),
    pem: key.export({ type: "pkcs8", format: "pem" }),
    /** r ‖ s, as COSE has it. */
    sign: (bytes) => sign(hash, bytes, { key, dsaEncoding: "ieee-p1363" }),
    /** In DER, as X.509 has it; X.509 names curve and hash independently of each other. */
    signDer: (bytes, by = hash) => sign(by, bytes, { key, dsaEncoding: "der" }),
    hash,
  };
}
