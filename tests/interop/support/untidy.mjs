// Right but untidy: presentations of genuine licences, each with one deviation that certificates and documents of real
// authorities have and Annex B, or the profile of a data type, does not allow. Nothing in them is dangerous.
import { Tag, encode, tdate } from "./cbor.mjs";
import {
  BASIC_CONSTRAINTS_ANY_PATH,
  BASIC_CONSTRAINTS_NONE,
  DAY,
  NOW,
  authority,
  extendedKeyUsage,
  keyUsage,
} from "./certificates.mjs";
import { present } from "./licence.mjs";

const ANNEX_B = "ISO/IEC 18013-5, B.1";
const MSO = "ISO/IEC 18013-5, 9.1.2.4";
const RESPONSE = "ISO/IEC 18013-5, 8.3.2.1.2.2";
const LICENCES = "1.0.18013.5.1.2";

/** `strict` is the answer of a verifier that holds everything to the letter. */
const untidy = (name, title, clause, make, { about = [], strict = "refused" } = {}) => ({ name, title, clause, right: true, about, strict, make });
const chain = { about: ["chain"] };
const root = (name, title, iaca, options = {}) =>
  untidy(name, `root: ${title}`, ANNEX_B, () => present({ issuer: authority({ ...options, iaca }) }), chain);
const signer = (name, title, ds, options = {}) =>
  untidy(name, `signer: ${title}`, ANNEX_B, () => present({ issuer: authority({ ...options, ds }) }), chain);
const extensions = (changed) => ({ extensions: changed });
const validity = (info) => (mso) => ({ ...mso, validityInfo: { ...mso.validityInfo, ...info } });
const written = (text) => new Tag(0, text);
const allowed = { strict: "accepted" };
const response = (name, title, clause, change) => untidy(name, `answer: ${title}`, clause, () => present({ response: change }), allowed);

/** Several departures of one authority. */
const several = {
  rootCurve: "P-384",
  iaca: extensions({
    basicConstraints: BASIC_CONSTRAINTS_ANY_PATH,
    extendedKeyUsage: extendedKeyUsage("1.3.130.2.0.0.1.7"),
    issuerAltName: null,
    crl: null,
  }),
  ds: {
    until: NOW + 1_896 * DAY,
    extensions: {
      extendedKeyUsage: extendedKeyUsage(LICENCES, false),
      basicConstraints: BASIC_CONSTRAINTS_NONE,
      issuerAltName: null,
      crl: null,
    },
  },
};

export const UNTIDY = [
  untidy("control", "unaltered", "ISO/IEC 18013-5, 9.3.1", () => present({}), allowed),
  root("root-path-length-none", "CA:TRUE without a path length", extensions({ basicConstraints: BASIC_CONSTRAINTS_ANY_PATH })),
  root("root-contact-none", "no issuerAltName", extensions({ issuerAltName: null })),
  root("root-crl-none", "no address of a revocation list", extensions({ crl: null })),
  root("root-years", "valid for 30 years", { until: NOW + 29 * 365 * DAY }),
  root("root-purpose", "a critical extended key usage of its own", extensions({ extendedKeyUsage: extendedKeyUsage("1.3.130.2.0.0.1.7") })),
  root("root-key-usage-not-critical", "key usage not critical", extensions({ keyUsage: keyUsage(0x06, 1, false) })),
  root("root-serial-short", "a serial number of one octet", { serialNumber: Buffer.from([7]) }),
  root("root-name-none", "no common name", { subject: { common: undefined } }),
  untidy("root-p-384", "root: P-384 above a document signer on P-256", ANNEX_B, () =>
    present({ issuer: authority({ rootCurve: "P-384" }) }), { about: ["chain"], ...allowed }),
  signer("ds-731-days", "valid for 731 days", { until: NOW + 701 * DAY }),
  signer("ds-1926-days", "valid for 1,926 days", { until: NOW + 1_896 * DAY }),
  signer("ds-purpose-not-critical", "extended key usage not critical", extensions({ extendedKeyUsage: extendedKeyUsage(LICENCES, false) })),
  signer("ds-purpose-two", "a further purpose", extensions({ extendedKeyUsage: extendedKeyUsage([LICENCES, "1.3.6.1.4.1.99999.2"]) })),
  signer("ds-key-usage-not-critical", "key usage not critical", extensions({ keyUsage: keyUsage(0x80, 7, false) })),
  signer("ds-ca-false", "basicConstraints with CA:FALSE", extensions({ basicConstraints: BASIC_CONSTRAINTS_NONE })),
  signer("ds-contact-none", "no issuerAltName", extensions({ issuerAltName: null })),
  signer("ds-crl-none", "no address of a revocation list", extensions({ crl: null })),
  signer("ds-ski-none", "no identifier of its own key", extensions({ ski: null })),
  signer("ds-aki-none", "no identifier of its issuer's key", extensions({ aki: null })),
  signer("ds-serial-short", "a serial number of one octet", { serialNumber: Buffer.from([9]) }),
  signer("ds-sha-384", "signed with SHA-384 by a key on P-256", { hash: "sha384" }),
  signer("ds-state-none", "no state, where the root has one", { subject: { country: "UT", common: "Interop DS" } }, { state: "UT-M" }),
  signer("ds-issuer-case", "the root's name in other case and white space", {
    issuer: { country: "UT", common: "  INTEROP iaca   authority " },
  }),
  signer("ds-issuer-type", "the root's name as PrintableString instead of UTF8String", {
    issuer: { country: "UT", common: "Interop IACA authority", text: 0x13 },
  }),
  untidy("several", "root and signer: P-384, no path length, own purpose, no contact, no list, 1,926 days", ANNEX_B, () =>
    present({ issuer: authority({ label: "several", ...several }) }), chain),
  untidy("time-fraction", "MSO: a time with a fraction of a second", MSO, () =>
    present({ mso: validity({ validUntil: written("2027-02-18T12:00:00.000Z") }) })),
  untidy("time-offset", "MSO: a time with an offset", MSO, () =>
    present({ mso: validity({ validUntil: written("2027-02-18T12:00:00+01:00") }) })),
  untidy("signed-after-from", "MSO: signed after validFrom", MSO, () =>
    present({ mso: validity({ validFrom: tdate(NOW - 3 * DAY) }) })),
  response("errors-none", "an empty documentErrors", RESPONSE, (whole) => ({ ...whole, documentErrors: [] })),
  response("version-1-1", "version 1.1", RESPONSE, (whole) => ({ ...whole, version: "1.1" })),
  response("key-unknown", "a key that the standard does not have", "RFC 8949, 5.3", (whole) => ({ ...whole, "org.example.later": true })),
  untidy("wrapped", "answer: tag 24 around it", "RFC 8949, 3.4.5.1", () => {
    const made = present({});
    return { ...made, deviceResponse: encode(new Tag(24, made.deviceResponse)) };
  }, allowed),
];
