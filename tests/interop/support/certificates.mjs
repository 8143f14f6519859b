// IACA and DS certificates by Annex B of ISO/IEC 18013-5, with the deviations that cases need.
import { createHash } from "node:crypto";
import { keyOf, sha256 } from "./keys.mjs";

export const DAY = 86_400;
/** The clock of all of these tests: 2026-11-22T12:00:00Z, that of `tests/vectors`. */
export const NOW = 1_795_348_800;

const tlv = (tag, ...contents) => {
  const content = Buffer.concat(contents);
  const length = content.length;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
};
const sequence = (...contents) => tlv(0x30, ...contents);
const octets = (content) => tlv(0x04, content);
const bits = (content, unused = 0) => tlv(0x03, Buffer.from([unused]), content);

function oid(dotted) {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const base128 = (number) => {
    const out = [number & 0x7f];
    for (let left = number >>> 7; left; left >>>= 7) out.unshift((left & 0x7f) | 0x80);
    return out;
  };
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function time(seconds) {
  const digits = new Date(seconds * 1000).toISOString().replace(/\.000|[-:T]/g, "");
  return digits < "2050" ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits));
}

const SIGNATURES = { sha256: "1.2.840.10045.4.3.2", sha384: "1.2.840.10045.4.3.3", sha512: "1.2.840.10045.4.3.4" };
const CURVES = { "P-256": "1.2.840.10045.3.1.7", "P-384": "1.3.132.0.34", "P-521": "1.3.132.0.35", brainpoolP256r1: "1.3.36.3.3.2.8.1.1.7", brainpoolP384r1: "1.3.36.3.3.2.8.1.1.11" };

/** RFC 5280 order: country, province, common name. `text` is the string type of the last two: UTF8String if it is not said. */
function name({ country, state, common, text: type = 0x0c }) {
  const part = (id, tag, text) => tlv(0x31, sequence(oid(id), tlv(tag, Buffer.from(text))));
  const parts = [part("2.5.4.6", 0x13, country)];
  if (state) parts.push(part("2.5.4.8", type, state));
  if (common) parts.push(part("2.5.4.3", type, common));
  return sequence(...parts);
}

const CRITICAL = tlv(0x01, Buffer.from([0xff]));
const extension = (id, value, critical = false) => sequence(oid(id), ...(critical ? [CRITICAL] : []), octets(value));
const uri = (text) => tlv(0x86, Buffer.from(text));
const keyIdentifier = (key) => createHash("sha1").update(key.point).digest();

/** The extensions by name, so that a case can omit or replace one. */
const shared = (contact) => ({
  issuerAltName: extension("2.5.29.18", sequence(uri(contact))),
  crl: extension("2.5.29.31", sequence(sequence(tlv(0xa0, tlv(0xa0, uri(`${contact}/crl`)))))),
});
export const extendedKeyUsage = (ids, critical = true) => extension("2.5.29.37", sequence(...[ids].flat().map(oid)), critical);
export const BASIC_CONSTRAINTS_CA = extension("2.5.29.19", sequence(CRITICAL, tlv(0x02, Buffer.from([0]))), true);
/** CA:TRUE without a path length. */
export const BASIC_CONSTRAINTS_ANY_PATH = extension("2.5.29.19", sequence(CRITICAL), true);
/** CA:FALSE, which is the default, said. */
export const BASIC_CONSTRAINTS_NONE = extension("2.5.29.19", sequence(), true);
export const UNKNOWN_CRITICAL = extension("1.3.6.1.4.1.99999.1", Buffer.from([0x05, 0x00]), true);
export const keyUsage = (byte, unused, critical = true) => extension("2.5.29.15", bits(Buffer.from([byte]), unused), critical);
const KEY_CERT_SIGN_AND_CRL_SIGN = keyUsage(0x06, 1);
const DIGITAL_SIGNATURE = keyUsage(0x80, 7);

/** 16 octets, positive. */
function serialOf(label) {
  const number = sha256(`serial ${label}`).subarray(0, 16);
  number[0] = 0x40 | (number[0] & 0x3f);
  return number;
}

function certificate({ issuer, subject, key, signer, from, until, extensions, serial, serialNumber, hash = signer.hash }) {
  const algorithm = sequence(oid(SIGNATURES[hash]));
  const spki = sequence(sequence(oid("1.2.840.10045.2.1"), oid(CURVES[key.curve])), bits(key.point));
  const tbs = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serialNumber ?? serialOf(serial)),
    algorithm,
    name(issuer),
    sequence(time(from), time(until)),
    name(subject),
    spki,
    tlv(0xa3, sequence(...Object.values(extensions).filter(Boolean))),
  );
  return sequence(tbs, algorithm, bits(signer.signDer(tbs, hash)));
}

export const pem = (der) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;

/**
 * An authority: its IACA root and one DS certificate. `ds` and `iaca` change fields of the two certificates; `rootCurve` is
 * the curve of the root if it is another than that of the document signer.
 */
export function authority({ label = "authority", country = "UT", state, curve = "P-256", rootCurve = curve, iaca = {}, ds = {} } = {}) {
  const contact = "https://iaca.interop.example";
  const rootKey = keyOf(`${label} iaca`, rootCurve);
  const signerKey = keyOf(`${label} ds`, curve);
  const subject = { country, state, common: `Interop IACA ${label}`, ...iaca.subject };
  const root = certificate({
    issuer: subject,
    key: rootKey,
    signer: rootKey,
    serial: `${label} iaca`,
    from: NOW - 365 * DAY,
    until: NOW + 9 * 365 * DAY,
    ...iaca,
    subject,
    extensions: {
      ski: extension("2.5.29.14", octets(keyIdentifier(rootKey))),
      keyUsage: KEY_CERT_SIGN_AND_CRL_SIGN,
      basicConstraints: BASIC_CONSTRAINTS_CA,
      ...shared(contact),
      ...iaca.extensions,
    },
  });
  const signer = ds.signedBy ?? rootKey;
  const signerCertificate = certificate({
    issuer: subject,
    subject: { country, state, common: "Interop DS" },
    key: signerKey,
    serial: `${label} ds`,
    from: NOW - 30 * DAY,
    until: NOW + 400 * DAY,
    ...ds,
    signer,
    extensions: {
      aki: extension("2.5.29.35", sequence(tlv(0x80, keyIdentifier(rootKey)))),
      ski: extension("2.5.29.14", octets(keyIdentifier(signerKey))),
      keyUsage: DIGITAL_SIGNATURE,
      extendedKeyUsage: extendedKeyUsage("1.0.18013.5.1.2"),
      ...shared(contact),
      ...ds.extensions,
    },
  });
  const known = { serial: serialOf(`${label} iaca`), ski: keyIdentifier(rootKey) };
  return { country, state, iaca: root, ds: signerCertificate, key: signerKey, rootKey, ...known };
}
