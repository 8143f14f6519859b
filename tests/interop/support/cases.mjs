// The cases for every library and this project. Each is one change of a valid presentation. A library that refuses the
// unaltered control refuses for another reason, and its answers to the cases do not count.
//
// `right`: whether a verifier must accept it. `about`: the part that must be checked; a library whose interface leaves that
// part to the caller cannot answer (see `peers/`). `clause`: the clause that requires it. `profile`: our profile refuses it
// nevertheless. `code`: the code that our verifier must give, so that it refuses for this reason.
import { Indefinite, Tag, encode, encoded, fullDate, tdate } from "./cbor.mjs";
import { BASIC_CONSTRAINTS_CA, DAY, NOW, UNKNOWN_CRITICAL, authority, extendedKeyUsage, keyUsage } from "./certificates.mjs";
import { keyOf } from "./keys.mjs";
import { ISO, present } from "./licence.mjs";
import { transcripts } from "./transcripts.mjs";

const ISSUER_AUTH = "ISO/IEC 18013-5, 9.3.1";
const MSO = "ISO/IEC 18013-5, 9.1.2.4";
const DEVICE_AUTH = "ISO/IEC 18013-5, 9.1.3";
const RESPONSE = "ISO/IEC 18013-5, 8.3.2.1.2.2";
const STATUS = "ISO/IEC 18013-5, 8.3.2.1.2.3";
const CERTIFICATE = "ISO/IEC 18013-5, B.1";
const RFC_5280 = "RFC 5280, 4.2";
const COSE = "RFC 9052, 3";

const right = (name, title, clause, make, about = []) => ({ name, title, clause, right: true, about, make });
const wrong = (name, title, clause, about, make) => ({ name, title, clause, right: false, about: [about].flat(), code: CODES[name], make });

const changed = (bytes) => {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] ^= 1;
  return copy;
};
/** Returns the equivalent signature with n - s; both are valid. */
const highS = (signature) => {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt(`0x${signature.subarray(32).toString("hex")}`);
  const high = s > order / 2n ? s : order - s;
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(high.toString(16).padStart(64, "0"), "hex")]);
};
/** Replaces the value of a signed element. */
const swap = (identifier, change) => (shown) =>
  shown.map((item) => {
    const at = item.value.indexOf(identifier);
    return at < 0 ? item : new Tag(item.tag, change(item.value));
  });
const replace = (from, to) => (bytes) => Buffer.from(bytes.toString("latin1").replace(from, to), "latin1");
const validity = (info) => (mso) => ({ ...mso, validityInfo: { ...mso.validityInfo, ...info } });
const ds = (fields, options = {}) => ({ issuer: authority({ ...options, ds: fields }) });
const ES256 = new Map([[1, -7]]);

/** The code that our verifier must give for each invalid case. */
const CODES = {
  "element-value-changed": "digest-mismatch",
  "digest-missing": "digest-missing",
  "namespace-missing": "digest-missing",
  "digest-id-too-large": "digest-id",
  "mso-altered": "issuer-signature",
  "mso-expired": "mso-expired",
  "mso-not-yet": "mso-not-yet",
  "mso-signed-before-ds": "mso-signed-outside-ds",
  "mso-version": "mso-version",
  "digest-sha-1": "digest-algorithm",
  "doc-type": "doc-type",
  "issuing-country": "issuing-country",
  "issuing-jurisdiction": "issuing-jurisdiction",
  "issuer-signature": "issuer-signature",
  "alg-unprotected": "cose-alg-unprotected",
  "alg-missing": "cose-alg-missing",
  "alg-of-another-curve": "cose-alg-curve",
  "crit-unknown": "cose-crit",
  "x5chain-missing": "cose-x5chain-missing",
  "signature-der": "cose-signature-form",
  "issuer-unknown": "issuer-unknown",
  "issuer-namesake": "chain-signature",
  "ds-expired": "ds-expired",
  "ds-not-yet": "ds-not-yet",
  "iaca-expired": "iaca-expired",
  "ds-extended-key-usage": "cert-profile-extended-key-usage",
  "ds-extended-key-usage-missing": "deviation-extended-key-usage-missing",
  "ds-key-usage": "cert-profile-key-usage",
  "ds-certificate-authority": "cert-profile-basic-constraints",
  "ds-unknown-critical": "cert-profile-critical-extension",
  "ds-country": "cert-profile-country-mismatch",
  "ds-under-ds": "chain-signature",
  "device-key": "device-signature",
  transcript: "device-signature",
  "device-signature-altered": "device-signature",
  "device-auth-missing": "profile-shape",
  "device-alg-unprotected": "cose-alg-unprotected",
  "device-element-unauthorised": "device-elements",
  "status-error": "profile-status",
  "response-version": "profile-version",
  "second-document-forged": "issuer-signature",
  "duplicate-key": "cbor-profile",
  "trailing-bytes": "cbor-profile",
};

export const CASES = [
  right("control", "unaltered", ISSUER_AUTH, () => present({})),
  // Valid forms that some verifiers refuse.
  right("kid-beside-x5chain", "kid beside x5chain in the issuer's header", COSE, () =>
    present({ issuerAuth: { unprotected: new Map([[4, Buffer.from("ds-1")], [33, authority().ds]]) } })),
  right("device-kid", "kid in the device signature's header", COSE, () =>
    present({ deviceAuth: { unprotected: new Map([[4, Buffer.from("device-1")]]) } }), ["device"]),
  right("x5chain-array", "x5chain as an array of one certificate", "RFC 9360, 2", () =>
    present({ issuerAuth: { unprotected: new Map([[33, [authority().ds]]]) } })),
  right("item-key-order", "another order of keys within IssuerSignedItem", "RFC 8949, 3.1", () =>
    present({ items: (items) => items.map(({ digestID, random, ...rest }) => ({ ...rest, random, digestID })) })),
  right("item-indefinite", "indefinite lengths within IssuerSignedItem", "RFC 8949, 3.2", () =>
    present({ items: (items) => items.map((item) => ({ ...item, random: new Indefinite(item.random) })) })),
  right("response-indefinite", "arrays and maps of indefinite length outside", "RFC 8949, 3.2", () =>
    present({ response: (response) => new Indefinite({ ...response, documents: new Indefinite(response.documents) }) })),
  right("digest-sha-384", "digests by SHA-384", MSO, () => present({ digest: "SHA-384" })),
  right("digest-sha-512", "digests by SHA-512", MSO, () => present({ digest: "SHA-512" })),
  right("issuer-p-384", "an issuer on P-384, ES384", MSO, () => present({ issuer: authority({ curve: "P-384" }) })),
  right("issuer-p-521", "an issuer on P-521, ES512", MSO, () => present({ issuer: authority({ curve: "P-521" }) })),
  right("issuer-brainpool-p256", "an issuer on brainpoolP256r1, ES256", MSO, () => present({ issuer: authority({ curve: "brainpoolP256r1" }) })),
  right("issuer-brainpool-p384", "an issuer on brainpoolP384r1, ES384", MSO, () => present({ issuer: authority({ curve: "brainpoolP384r1" }) })),
  right("mso-unknown-key", "keys in the MSO that a verifier does not know", "ISO/IEC 18013-5 second edition; RFC 8949, 5.3", () =>
    present({ mso: (mso) => ({ ...mso, "org.example.later": true }) })),
  right("expected-update", "expectedUpdate in the validity", MSO, () =>
    present({ mso: validity({ expectedUpdate: tdate(NOW + 30 * DAY) }) })),
  right("key-authorizations", "a device-signed element that keyAuthorizations allows", DEVICE_AUTH, () =>
    present({
      mso: (mso) => ({ ...mso, deviceKeyInfo: { ...mso.deviceKeyInfo, keyAuthorizations: { dataElements: { "org.example": ["seen"] } } } }),
      deviceNameSpaces: { "org.example": { seen: true } },
    }), ["device"]),
  right("high-s", "a signature with s above half of the order", "RFC 9053, 2.1", () =>
    present({ issuerAuth: { signature: highS }, deviceAuth: { signature: highS } })),
  {
    ...right("documents-two", "two right documents", RESPONSE, () =>
      present({ response: (response) => ({ ...response, documents: [...response.documents, ...response.documents] }) })),
    // Two licences in one answer are undetermined: the verifier is told to ask for one.
    profile: true,
  },
  right("state", "issuing_jurisdiction as in the DS certificate", ISSUER_AUTH, () =>
    present({ issuer: authority({ label: "state", state: "UT-M" }) })),

  // Elements and the MSO.
  wrong("element-value-changed", "an element's value changed", ISSUER_AUTH, "issuer", () =>
    present({ shown: swap("family_name", replace("Beispiel", "Beispie1")) })),
  wrong("digest-missing", "an element without a digest in the MSO", ISSUER_AUTH, "issuer", () =>
    present({ mso: (mso) => ({ ...mso, valueDigests: { [ISO]: new Map([...mso.valueDigests[ISO]].slice(1)) } }) })),
  wrong("namespace-missing", "a namespace without digests in the MSO", ISSUER_AUTH, "issuer", () =>
    present({ mso: (mso) => ({ ...mso, valueDigests: { "org.example": mso.valueDigests[ISO] } }) })),
  wrong("digest-id-too-large", "digestID 2^31, with its digest", MSO, "issuer", () =>
    present({ items: (items) => items.map((item, at) => (at === 0 ? { ...item, digestID: 2 ** 31 } : item)) })),
  wrong("mso-altered", "the MSO altered after it was signed", ISSUER_AUTH, "issuer", () =>
    present({ issuerSigned: (signed) => ({ ...signed, issuerAuth: signed.issuerAuth.map((part, at) => (at === 2 ? replace("2027-0", "2028-0")(part) : part)) }) })),
  wrong("mso-expired", "the MSO expired yesterday", ISSUER_AUTH, ["issuer", "clock"], () =>
    present({ mso: validity({ validUntil: tdate(NOW - DAY) }) })),
  wrong("mso-not-yet", "the MSO is valid from tomorrow on", ISSUER_AUTH, ["issuer", "clock"], () =>
    present({ mso: validity({ validFrom: tdate(NOW + DAY) }) })),
  wrong("mso-signed-before-ds", "the MSO was signed before the DS certificate was valid", ISSUER_AUTH, "issuer", () =>
    present({ mso: validity({ signed: tdate(NOW - 31 * DAY) }) })),
  wrong("mso-version", "an MSO of version 2.0", MSO, "issuer", () => present({ mso: (mso) => ({ ...mso, version: "2.0" }) })),
  wrong("digest-sha-1", "digests said to be by SHA-1", MSO, "issuer", () => present({ mso: (mso) => ({ ...mso, digestAlgorithm: "SHA-1" }) })),
  wrong("doc-type", "docType of the document is not the MSO's", ISSUER_AUTH, "issuer", () => present({ docType: "org.example.loyalty" })),
  wrong("issuing-country", "issuing_country is not the DS certificate's", ISSUER_AUTH, "issuer", () =>
    present({ values: { issuing_country: "FR" } })),
  wrong("issuing-jurisdiction", "issuing_jurisdiction is not the DS certificate's", ISSUER_AUTH, "issuer", () =>
    present({ issuer: authority({ label: "state", state: "UT-M" }), values: { issuing_jurisdiction: "UT-N" } })),

  // COSE.
  wrong("issuer-signature", "the MSO signed by another key than the DS certificate's", ISSUER_AUTH, "issuer", () =>
    present({ issuerAuth: { key: keyOf("forger") } })),
  wrong("alg-unprotected", "alg in the unprotected header alone", MSO, "issuer", () =>
    present({ issuerAuth: { protected: new Map(), unprotected: new Map([[1, -7], [33, authority().ds]]) } })),
  wrong("alg-missing", "no alg anywhere", MSO, "issuer", () => present({ issuerAuth: { protected: new Map() } })),
  wrong("alg-of-another-curve", "ES384 said, ES256 signed", "RFC 9053, 2.1", "issuer", () =>
    present({ issuerAuth: { protected: new Map([[1, -35]]) } })),
  wrong("crit-unknown", "a critical header that nobody knows", "RFC 9052, 3.1", "issuer", () =>
    present({ issuerAuth: { protected: new Map([[1, -7], [2, [-70000]], [-70000, true]]) } })),
  wrong("x5chain-missing", "no x5chain", MSO, "issuer", () => present({ issuerAuth: { unprotected: new Map() } })),
  wrong("signature-der", "the issuer's signature in DER", "RFC 9053, 2.1", "issuer", () => {
    const key = authority().key;
    return present({ issuerAuth: { key: { ...key, sign: key.signDer } } });
  }),

  // Certificates.
  wrong("issuer-unknown", "a DS certificate of an authority that is not trusted", ISSUER_AUTH, "chain", () =>
    present({ issuer: authority({ label: "stranger" }), trusted: authority().iaca })),
  wrong("issuer-namesake", "a DS certificate of a namesake of the trusted authority", ISSUER_AUTH, "chain", () =>
    present(ds({ signedBy: keyOf("forger") }))),
  wrong("ds-expired", "the DS certificate expired yesterday", ISSUER_AUTH, "chain", () => present(ds({ until: NOW - DAY }))),
  wrong("ds-not-yet", "the DS certificate is valid from tomorrow on, and the MSO says the same", ISSUER_AUTH, "chain", () =>
    present({ ...ds({ from: NOW + DAY }), mso: validity({ signed: tdate(NOW + 2 * DAY) }) })),
  wrong("iaca-expired", "the IACA certificate expired yesterday", ISSUER_AUTH, "chain", () =>
    present({ issuer: authority({ iaca: { until: NOW - DAY } }) })),
  wrong("ds-extended-key-usage", "DS certificate for web servers", CERTIFICATE, "chain", () =>
    present(ds({ extensions: { extendedKeyUsage: extendedKeyUsage("1.3.6.1.5.5.7.3.1") } }))),
  wrong("ds-extended-key-usage-missing", "DS certificate without extended key usage", CERTIFICATE, "chain", () =>
    present(ds({ extensions: { extendedKeyUsage: null } }))),
  wrong("ds-key-usage", "DS certificate for key agreement", CERTIFICATE, "chain", () =>
    present(ds({ extensions: { keyUsage: keyUsage(0x08, 3) } }))),
  wrong("ds-certificate-authority", "DS certificate with CA:TRUE", CERTIFICATE, "chain", () =>
    present(ds({ extensions: { basicConstraints: BASIC_CONSTRAINTS_CA } }))),
  wrong("ds-unknown-critical", "a critical extension that nobody knows", RFC_5280, "chain", () =>
    present(ds({ extensions: { unknown: UNKNOWN_CRITICAL } }))),
  wrong("ds-country", "country of the DS certificate is not the IACA's", CERTIFICATE, "chain", () =>
    present({ ...ds({ subject: { country: "FR", common: "Interop DS" } }), values: { issuing_country: undefined } })),
  wrong("ds-under-ds", "a DS certificate signed by another DS certificate", CERTIFICATE, "chain", () => {
    const issuer = authority();
    const second = authority({ ds: { signedBy: issuer.key } });
    return present({ issuer: { ...second, iaca: issuer.iaca }, issuerAuth: { unprotected: new Map([[33, [second.ds, issuer.ds]]]) } });
  }),

  // The device.
  wrong("device-key", "signed by another key than the MSO's device key", DEVICE_AUTH, "device", () =>
    present({ deviceAuth: { key: keyOf("thief") } })),
  wrong("transcript", "signed for another transcript", DEVICE_AUTH, "device", () =>
    present({ signedTranscript: transcripts.openid4vpDcApi() })),
  wrong("device-signature-altered", "one bit of the device signature", DEVICE_AUTH, "device", () =>
    present({ deviceAuth: { signature: changed } })),
  wrong("device-auth-missing", "deviceAuth with neither signature nor MAC", DEVICE_AUTH, "device", () =>
    present({ deviceAuthMap: () => ({}) })),
  wrong("device-alg-unprotected", "alg of the device signature in the unprotected header alone", DEVICE_AUTH, "device", () =>
    present({ deviceAuth: { protected: new Map(), unprotected: ES256 } })),
  wrong("device-element-unauthorised", "a device-signed element that keyAuthorizations does not allow", MSO, "device", () =>
    present({ deviceNameSpaces: { [ISO]: { birth_date: fullDate("2000-01-01") } } })),

  // The response.
  wrong("status-error", "status 10 (general error) beside a document", STATUS, "response", () =>
    present({ response: (response) => ({ ...response, status: 10 }) })),
  wrong("response-version", "a DeviceResponse of version 2.0", RESPONSE, "response", () =>
    present({ response: (response) => ({ ...response, version: "2.0" }) })),
  wrong("second-document-forged", "two documents, of which the second is forged", ISSUER_AUTH, "issuer", () => {
    const { document } = present({ issuerAuth: { key: keyOf("forger") } });
    return present({ response: (response) => ({ ...response, documents: [...response.documents, document] }) });
  }),
  wrong("duplicate-key", "the same key twice in a map", "RFC 8949, 5.6", "response", () => {
    const made = present({});
    const bytes = Buffer.from(made.deviceResponse);
    bytes[0] += 1;
    return { ...made, deviceResponse: Buffer.concat([bytes, encode("status"), encode(10)]) };
  }),
  wrong("trailing-bytes", "a byte after the DeviceResponse", "RFC 8949, 5.1", "response", () => {
    const made = present({});
    return { ...made, deviceResponse: Buffer.concat([made.deviceResponse, Buffer.from([0])]) };
  }),
];
