// The files of tests/vectors that other libraries can verify: a standard DeviceResponse, extracted from its Envelope, with
// the transcript of the one-way profile as bytes.
import { readFileSync } from "node:fs";
import path from "node:path";
import { inflateRawSync } from "node:zlib";
import { encode } from "./cbor.mjs";
import { transcripts } from "./transcripts.mjs";

const folder = path.resolve(import.meta.dirname, "../../vectors");
const read = (...names) => readFileSync(path.join(folder, ...names));

const ISSUER_AUTH = "ISO/IEC 18013-5, 9.3.1";
const MSO = "ISO/IEC 18013-5, 9.1.2.4";
const DEVICE_AUTH = "ISO/IEC 18013-5, 9.1.3";

/** The rule, its clause, and the part that must be checked. */
const CHOSEN = [
  ["valid", ISSUER_AUTH],
  ["foreign-unsorted", "RFC 8949, 3.1"],
  ["foreign-long-head", "RFC 8949, 3"],
  ["element-unknown", "RFC 8949, 5.3"],
  ["mso-first-second", ISSUER_AUTH, "clock"],
  ["mso-last-second", ISSUER_AUTH, "clock"],
  ["mso-signed-with-ds", ISSUER_AUTH],
  ["ds-first-second", ISSUER_AUTH, "chain"],
  ["ds-last-second", ISSUER_AUTH, "chain"],
  ["element-renamed", ISSUER_AUTH],
  ["portrait-swapped", ISSUER_AUTH],
  ["salt-changed", ISSUER_AUTH],
  ["salt-short", MSO],
  ["digest-id-of-another", ISSUER_AUTH],
  ["digest-other-namespace", ISSUER_AUTH],
  ["digest-id-twice", MSO],
  ["cose-alg-in-both", "RFC 9052, 3"],
  ["cose-header-twice", "RFC 9052, 3"],
  ["cose-header-in-both", "RFC 9052, 3"],
  ["cose-x5chain-protected", MSO],
  ["cose-payload-missing", MSO],
  ["cose-signature-zero", "RFC 9053, 2.1"],
  ["issuer-with-own-root", ISSUER_AUTH, "chain"],
  ["device-key-off-curve", "RFC 9053, 7.1.1", "device"],
  ["device-payload-attached", DEVICE_AUTH, "device"],
  ["device-signature-short", "RFC 9053, 2.1", "device"],
  ["device-signature-long", "RFC 9053, 2.1", "device"],
  ["cbor-utf8", "RFC 8949, 3.1"],
];

/** Returns the two byte strings of a deflated Envelope, `[1, bstr, bstr]`: Info and DeviceResponse. */
export function opened(payload) {
  const envelope = inflateRawSync(payload);
  let at = 2;
  const next = () => {
    const short = envelope[at] & 0x1f;
    const size = short < 24 ? 0 : 1 << (short - 24);
    const length = size ? envelope.readUIntBE(at + 1, size) : short;
    const start = at + 1 + size;
    at = start + length;
    return envelope.subarray(start, at);
  };
  return [next(), next()];
}

export const VECTORS = CHOSEN.map(([rule, clause, about]) => {
  const expect = JSON.parse(read(rule, "expect.json"));
  const title = expect.description.replace(/\.$/, "");
  return {
    name: rule,
    title: rule === "valid" ? "unaltered" : `${title.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())} (\`${rule}\`)`,
    clause,
    right: expect.verdict === "accepted",
    about: about ? [about] : [],
    code: expect.code ?? undefined,
    make() {
      const [info, deviceResponse] = opened(read(rule, "presentation.bin"));
      return { deviceResponse, transcript: encode(transcripts.oneWay(info)), iaca: read("valid", "iaca.der"), at: expect.at };
    },
  };
});
