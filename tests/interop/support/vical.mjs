// A signed list of IACA certificates (ISO/IEC 18013-5, Annex C), by the tests' own CBOR and X.509.
import { Tag, encode, tdate } from "./cbor.mjs";
import { DAY, NOW, authority, extendedKeyUsage } from "./certificates.mjs";
import { DOC_TYPE } from "./licence.mjs";

/** Returns a list with `authorities`, one day old at `at`, signed under the provider's root. */
export function vical(authorities, { provider = "Interop list", at = NOW } = {}) {
  const { key, ds, iaca } = authority({ label: provider, ds: { extensions: { extendedKeyUsage: extendedKeyUsage("1.0.18013.5.1.8") } } });
  const payload = encode({
    version: "1.0",
    vicalProvider: provider,
    date: tdate(at - DAY),
    vicalIssueID: 1,
    nextUpdate: tdate(at + 30 * DAY),
    certificateInfos: authorities.map((one) => ({
      certificate: one.iaca,
      serialNumber: new Tag(2, one.serial),
      ski: one.ski,
      docType: [DOC_TYPE],
      issuingCountry: one.country,
    })),
  });
  const header = encode(new Map([[1, key.alg]]));
  const signature = key.sign(encode(["Signature1", header, Buffer.alloc(0), payload]));
  return encode([header, new Map([[33, [ds, iaca]]]), payload, signature]);
}
