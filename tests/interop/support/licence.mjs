// Builds a driving licence and its presentation from plain parts, each of which a case can change before or after signing.
// Unchanged, it conforms to ISO/IEC 18013-5:2021.
import { createHash } from "node:crypto";
import { encode, encoded, fullDate, tdate } from "./cbor.mjs";
import { DAY, NOW, authority } from "./certificates.mjs";
import { keyOf, sha256 } from "./keys.mjs";
import { transcripts } from "./transcripts.mjs";

export const DOC_TYPE = "org.iso.18013.5.1.mDL";
export const ISO = "org.iso.18013.5.1";

/** A grey JPEG of 8 by 8. */
export const PORTRAIT = (() => {
  const segment = (marker, ...content) => {
    const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
    return Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff]), bytes]);
  };
  // One code of one bit, for the value 0: no difference, and end of block.
  const huffman = (table) => segment(0xc4, [table, 1, ...Array(15).fill(0), 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0], Array(64).fill(1)),
    segment(0xc0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
    huffman(0x00),
    huffman(0x10),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    Buffer.from([0x3f, 0xff, 0xd9]),
  ]);
})();

/** The elements of a fictitious licence of Utopia. */
export const elements = (country = "UT", state) => ({
  family_name: "Beispiel",
  given_name: "Berta",
  birth_date: fullDate("1990-03-07"),
  issue_date: fullDate("2021-05-10"),
  expiry_date: fullDate("2031-05-10"),
  issuing_country: country,
  ...(state ? { issuing_jurisdiction: state } : {}),
  issuing_authority: "Utopia Traffic Office",
  document_number: "UT-000000",
  portrait: PORTRAIT,
  driving_privileges: [
    { vehicle_category_code: "B", issue_date: fullDate("2021-05-10"), expiry_date: fullDate("2031-05-10") },
  ],
  un_distinguishing_sign: "UTO",
  age_over_18: true,
});

const SHOWN = ["family_name", "given_name", "birth_date", "issuing_country", "issuing_jurisdiction", "document_number", "driving_privileges", "age_over_18"];
const HASHES = { "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" };
const same = (value) => value;

/**
 * Builds one presentation. The fields of `change` are functions from the valid part to the wanted one:
 * `items` (before digests), `shown` (after them), `mso`, `issuerAuth`, `deviceKey`, `deviceSigned`, `document`, `response`.
 */
export function present({ issuer = authority(), transcript = transcripts.openid4vp(), digest = "SHA-256", signed = NOW - 2 * DAY, ...change }) {
  const use = (name, value) => (change[name] ?? same)(value);
  const device = keyOf("device");
  const values = Object.entries({ ...elements(issuer.country, issuer.state), ...change.values });
  const all = values.filter(([, value]) => value !== undefined).map(([identifier, value], id) => ({
    digestID: id,
    random: sha256(`salt ${id}`),
    elementIdentifier: identifier,
    elementValue: value,
  }));
  const items = use("items", all);
  const digestOf = (item) => createHash(HASHES[digest]).update(encode(encoded(item))).digest();
  const digests = new Map(items.map((item) => [item.digestID, digestOf(item)]));
  const mso = use("mso", {
    version: "1.0",
    digestAlgorithm: digest,
    valueDigests: { [ISO]: digests },
    deviceKeyInfo: { deviceKey: device.cose },
    docType: DOC_TYPE,
    validityInfo: { signed: tdate(signed), validFrom: tdate(signed), validUntil: tdate(signed + 90 * DAY) },
  });
  const shown = use("shown", items.filter((item) => SHOWN.includes(item.elementIdentifier)).map((item) => encoded(item)));
  const issuerAuth = sign1({
    protected: new Map([[1, issuer.key.alg]]),
    unprotected: new Map([[33, issuer.ds]]),
    payload: encode(encoded(mso)),
    attached: true,
    key: issuer.key,
    ...change.issuerAuth,
  });
  const deviceNameSpaces = encoded(change.deviceNameSpaces ?? {});
  const docType = change.docType ?? DOC_TYPE;
  const deviceSignature = sign1({
    protected: new Map([[1, device.alg]]),
    unprotected: new Map(),
    payload: encode(encoded(["DeviceAuthentication", change.signedTranscript ?? transcript, docType, deviceNameSpaces])),
    attached: false,
    key: device,
    ...change.deviceAuth,
  });
  const issuerSigned = use("issuerSigned", { nameSpaces: { [ISO]: shown }, issuerAuth });
  const document = use("document", {
    docType,
    issuerSigned,
    deviceSigned: { nameSpaces: deviceNameSpaces, deviceAuth: use("deviceAuthMap", { deviceSignature }) },
  });
  const response = use("response", { version: "1.0", documents: [document], status: 0 });
  return {
    deviceResponse: encode(response),
    issuerSigned: encode(issuerSigned),
    document,
    transcript: encode(transcript),
    iaca: change.trusted ?? issuer.iaca,
    at: change.at ?? NOW,
  };
}

/** Returns a COSE_Sign1; `signature` replaces the valid signature or changes it. */
function sign1({ protected: header, unprotected, payload, attached, key, signature = same }) {
  const bytes = header.size ? encode(header) : Buffer.alloc(0);
  const right = key.sign(encode(["Signature1", bytes, Buffer.alloc(0), payload]));
  return [bytes, unprotected, attached ? payload : null, signature(right)];
}

