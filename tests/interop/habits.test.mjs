// Variations by foreign issuers and wallets, each one change of a valid presentation: what the standards allow is accepted,
// what they forbid is refused with its own code. Only our command line runs these; `cases.mjs` has the cases for all libraries.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { ours, verdict } from "./peers/ours.mjs";
import { Indefinite, Raw, Tag, encode, encoded, fullDate, tdate } from "./support/cbor.mjs";
import { DAY, NOW, authority } from "./support/certificates.mjs";
import { ISO, present } from "./support/licence.mjs";

const issuer = authority();
const stranger = authority({ label: "stranger" });
const later = { "org.example.later": [1, { a: true }] };
const raw = (hex) => new Raw(Buffer.from(hex, "hex"));
const deviceKey = (change) => ({
  mso: (mso) => ({ ...mso, deviceKeyInfo: { deviceKey: new Map(change(new Map(mso.deviceKeyInfo.deviceKey))) } }),
});
const label = (number, value) => deviceKey((key) => key.set(number, value));
const validity = (info) => ({ mso: (mso) => ({ ...mso, validityInfo: { ...mso.validityInfo, ...info } }) });
const validUntil = (value) => validity({ validUntil: value });
const unprotected = (...labels) => ({ issuerAuth: { unprotected: new Map(labels) } });
const chain = (...certificates) => unprotected([33, certificates]);
const response = (change) => ({ response: (whole) => change(whole) });
const issuerAuth = (change) => ({ issuerSigned: (signed) => ({ ...signed, issuerAuth: change(signed.issuerAuth) }) });
const document = (change) => ({ document: (whole) => change(whole) });

/** An item in a namespace of the issuer's own, under this digestID. */
function ownNamespace(digestID) {
  const item = { digestID, random: Buffer.alloc(16, 3), elementIdentifier: "colour", elementValue: "blue" };
  const digest = createHash("sha256").update(encode(encoded(item))).digest();
  return {
    mso: (mso) => ({ ...mso, valueDigests: { ...mso.valueDigests, "org.example.1": new Map([[digestID, digest]]) } }),
    issuerSigned: (signed) => ({ ...signed, nameSpaces: { "org.example.1": [encoded(item)], ...signed.nameSpaces } }),
  };
}

const RIGHT = {
  "unknown keys in the response": response((whole) => ({ ...whole, ...later, zkDocuments: [] })),
  "integer keys in the response": response((whole) => new Map([...Object.entries(whole), [7, 1]])),
  "unknown keys in the document": document((whole) => ({ ...whole, ...later })),
  "unknown keys in issuerSigned": { issuerSigned: (signed) => ({ ...signed, ...later }) },
  "unknown keys in an item": { items: (items) => items.map((item) => ({ ...item, ...later })) },
  "unknown keys in validityInfo": validity(later),
  "unknown keys in deviceKeyInfo": { mso: (mso) => ({ ...mso, deviceKeyInfo: { ...mso.deviceKeyInfo, ...later } }) },
  "keyInfo": { mso: (mso) => ({ ...mso, deviceKeyInfo: { ...mso.deviceKeyInfo, keyInfo: new Map([[-1, "x"], [5, true]]) } }) },
  "empty keyAuthorizations": { mso: (mso) => ({ ...mso, deviceKeyInfo: { ...mso.deviceKeyInfo, keyAuthorizations: {} } }) },
  "unknown keys in deviceAuth": { deviceAuthMap: (auth) => ({ ...auth, ...later }) },
  "kid and alg in the device key": deviceKey((key) => [...key, [2, Buffer.from("kid")], [3, -7], [-70001, 1]]),
  "key_ops verify in the device key": label(4, [2]),
  "the device key's y as a sign": deviceKey((key) => key.set(-3, (key.get(-3)[31] & 1) === 1)),
  "x5t and others beside x5chain": unprotected([33, issuer.ds], [34, [-16, Buffer.alloc(32)]], ["x", 1]),
  "the content type in the protected header": { issuerAuth: { protected: new Map([[1, -7], [3, "application/cbor"]]) } },
  "kid in the protected header": { issuerAuth: { protected: new Map([[1, -7], [4, Buffer.from("k")]]) } },
  "ESP256 (RFC 9864) by the issuer": { issuerAuth: { protected: new Map([[1, -9]]) } },
  "ESP256 (RFC 9864) by the device": { deviceAuth: { protected: new Map([[1, -9]]) } },
  "a certificate in the device's header": { deviceAuth: { unprotected: new Map([[33, issuer.ds]]) } },
  "the root behind the DS certificate": chain(issuer.ds, issuer.iaca),
  "a namespace of the issuer's own": ownNamespace(77),
  "the same digestID in two namespaces": ownNamespace(0),
  "an empty namespace of the device": { deviceNameSpaces: { [ISO]: {} } },
  "DeviceNameSpaces of indefinite length": { deviceNameSpaces: raw("bfff") },
  "a payload in pieces": issuerAuth((parts) => parts.map((part, at) => (at === 2 ? new Indefinite(part) : part))),
  "COSE_Sign1 of indefinite length": issuerAuth((parts) => new Indefinite(parts)),
  "digestID in two bytes more than it needs": { items: (items) => items.map((item) => ({ ...item, digestID: raw(`1900${Buffer.from([item.digestID]).toString("hex")}`) })) },
  "response version 1.1": response((whole) => ({ ...whole, version: "1.1" })),
  "MSO version 1.1": { mso: (mso) => ({ ...mso, version: "1.1" }) },
  "documentErrors for another document": response((whole) => ({ ...whole, documentErrors: [{ "org.iso.7367.1.mVRC": 0 }] })),
  "errors for elements that are not returned": document((whole) => ({ ...whole, errors: { [ISO]: { sex: 0 } } })),
  "birth_date as tdate": { values: { birth_date: tdate(636768000) } },
  "birth_date as text": { values: { birth_date: "1990-03-07" } },
  "an element that is null": { values: { given_name: null } },
  "a random of 64 bytes": { items: (items) => items.map((item) => ({ ...item, random: Buffer.alloc(64, item.digestID) })) },
  "a portrait of 40,000 bytes": { values: { portrait: Buffer.alloc(40_000, 0xff) } },
  "valid until 9999": validUntil(new Tag(0, "9999-12-31T23:59:59Z")),
};

const WRONG = {
  "a private device key": [label(-4, Buffer.alloc(32, 1)), "device-key"],
  "a device key for ES384 alone, on P-256": [label(3, -35), "device-key"],
  "a device key for ECDH alone that signs": [label(3, -25), "device-key"],
  "a device key that may not verify": [label(4, [1]), "device-key"],
  "a device key that may do nothing": [label(4, []), "device-key"],
  "a device key whose type is a text": [label(1, "EC2"), "device-key"],
  "a device key with 33 bytes of x": [deviceKey((key) => key.set(-2, Buffer.concat([Buffer.alloc(1), key.get(-2)]))), "device-key"],
  "the device key's other y": [deviceKey((key) => key.set(-3, (key.get(-3)[31] & 1) === 0)), "device-signature"],
  "the root before the DS certificate": [chain(issuer.iaca, issuer.ds), "cert-profile-validity"],
  "a stranger before the DS certificate": [chain(stranger.ds, issuer.ds), "issuer-unknown"],
  "no certificate in x5chain": [chain(), "cose-x5chain-form"],
  "x5chain as base64": [unprotected([33, issuer.ds.toString("base64")]), "cose-x5chain-form"],
  "a byte after the DS certificate": [unprotected([33, Buffer.concat([issuer.ds, Buffer.alloc(1)])]), "cert-malformed"],
  "x5chain in both headers": [{ issuerAuth: { protected: new Map([[1, -7], [33, issuer.ds]]) } }, "cose-x5chain-protected"],
  "alg in both headers": [unprotected([1, -7], [33, issuer.ds]), "cose-alg-unprotected"],
  "alg as a text": [{ issuerAuth: { protected: new Map([[1, "ES256"]]) } }, "cose-alg-unsupported"],
  "EdDSA": [{ issuerAuth: { protected: new Map([[1, -8]]) } }, "cose-alg-unsupported"],
  "a tagged COSE_Sign1": [issuerAuth((parts) => new Tag(18, parts)), "cose-structure"],
  "the device's payload attached": [{ deviceAuth: { attached: true } }, "cose-payload"],
  "a signature and a MAC": [{ deviceAuthMap: (auth) => ({ ...auth, deviceMac: auth.deviceSignature }) }, "profile-shape"],
  "items without their tag": [{ shown: (items) => items.map((item) => item.value) }, "profile-shape"],
  "an item in pieces, digested whole": [{ shown: (items) => items.map((item) => new Tag(24, new Indefinite(item.value))) }, "digest-mismatch"],
  "an element without a value": [{ items: (items) => items.map(({ elementValue, ...rest }, at) => (at ? { ...rest, elementValue } : rest)) }, "profile-shape"],
  "an element twice": [{ items: (items) => [...items, { ...items[0], digestID: 90, elementValue: "Other" }], shown: (items) => items }, "duplicate-element"],
  "no element at all": [{ issuerSigned: ({ issuerAuth: kept }) => ({ issuerAuth: kept }) }, "profile-elements"],
  "a namespace without elements": [{ issuerSigned: (signed) => ({ ...signed, nameSpaces: { ...signed.nameSpaces, "org.example": [] } }) }, "profile-shape"],
  "a random of 15 bytes": [{ items: (items) => items.map((item) => ({ ...item, random: Buffer.alloc(15, item.digestID) })) }, "random-short"],
  "a digest with a byte more": [{ mso: (mso) => ({ ...mso, valueDigests: { [ISO]: new Map([...mso.valueDigests[ISO]].map(([id, digest]) => [id, Buffer.concat([digest, Buffer.alloc(1)])])) } }) }, "digest-length"],
  "a negative digestID": [{ items: (items) => items.map((item, at) => (at ? item : { ...item, digestID: -1 })) }, "digest-id"],
  "sha-256 in small letters": [{ mso: (mso) => ({ ...mso, digestAlgorithm: "sha-256" }) }, "digest-algorithm"],
  "an empty document type": [{ docType: "", mso: (mso) => ({ ...mso, docType: "" }) }, "document-type-malformed"],
  "a time without its tag": [validUntil("2027-12-31T23:59:59Z"), "profile-time"],
  "a time with a fraction": [validUntil(new Tag(0, "2027-12-31T23:59:59.5Z")), "profile-time"],
  "a time with an offset": [validUntil(new Tag(0, "2027-12-31T23:59:59+00:00")), "profile-time"],
  "a time in small letters": [validUntil(new Tag(0, "2027-12-31t23:59:59z")), "profile-time"],
  "a time as a number": [validUntil(new Tag(1, 1_830_000_000)), "profile-time"],
  "a date for a time": [validUntil(fullDate("2027-12-31")), "profile-time"],
  "an end before its beginning": [validity({ validUntil: tdate(NOW - 3 * DAY), validFrom: tdate(NOW + DAY) }), "mso-expired"],
  "issuing_country in small letters": [{ values: { issuing_country: "ut" } }, "issuing-country"],
  "issuing_country in three letters": [{ values: { issuing_country: "UTO" } }, "issuing-country"],
  "no status": [response(({ version, documents }) => ({ version, documents })), "profile-shape"],
  "no document": [response((whole) => ({ ...whole, documents: [] })), "profile-documents"],
  "documentErrors that are null": [response((whole) => ({ ...whole, documentErrors: null })), "profile-shape"],
  "version 10.0": [response((whole) => ({ ...whole, version: "10.0" })), "profile-version"],
  "a text that is no UTF-8": [{ values: { given_name: raw("63eda080") } }, "cbor-profile"],
  "30 arrays within each other": [{ values: { given_name: Array(30).fill(0).reduce((inner) => [inner], 1) } }, "cbor-depth"],
};

describe("habits of foreign issuers and wallets", { skip: ours.missing ?? false }, () => {
  for (const [name, change] of Object.entries(RIGHT)) {
    test(`right: ${name}`, async () => {
      const { status, said } = await verdict(present(change));
      assert.equal(status, 0, JSON.stringify(said.reasons));
    });
  }
  for (const [name, [change, code]] of Object.entries(WRONG)) {
    // To the letter: without it, a departure that is no danger is a remark or a doubt.
    test(`wrong: ${name}`, async () => {
      const { status, codes } = await verdict({ ...present(change), strict: true });
      assert.deepEqual([status, codes[0]], [1, code]);
    });
  }
  test("a country in small letters is the same, and one that cannot be read is a doubt", async () => {
    for (const [country, ...said] of [["ut", 0], ["UTO", 2, "deviation-place-unreadable"], ["FR", 1, "issuing-country"]]) {
      const { status, codes } = await verdict(present({ values: { issuing_country: country } }));
      assert.deepEqual([status, ...codes], said, country);
    }
  });
  test("a status in a way that is not known is undetermined", async () => {
    for (const way of [{ "org.example": { a: 1 } }, {}, null]) {
      const { status, codes } = await verdict(present({ mso: (mso) => ({ ...mso, status: way }) }));
      assert.deepEqual([status, codes], [2, ["status-reference"]], JSON.stringify(way));
    }
  });
});
