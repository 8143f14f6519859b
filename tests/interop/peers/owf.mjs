// @owf/mdoc: issues, presents for OpenID4VP and for ISO sessions, verifies. The caller provides its context; this one uses
// WebCrypto and Node's X.509.
import { X509Certificate, createHash, randomBytes, webcrypto } from "node:crypto";
import {
  CoseKey,
  DateOnly,
  DeviceKey,
  DeviceRequest,
  DeviceResponse,
  DocRequest,
  Holder,
  Issuer,
  IssuerSigned,
  ItemsRequest,
  QrHandover,
  SessionTranscript,
  SignatureAlgorithm,
  Verifier,
} from "@owf/mdoc";
import { DAY, NOW } from "../support/certificates.mjs";
import { DOC_TYPE, ISO, PORTRAIT } from "../support/licence.mjs";
import { REQUEST, readerKey, thumbprint } from "../support/transcripts.mjs";
import { presentedBy } from "./wallet.mjs";
import { keyOf } from "../support/keys.mjs";

const CURVES = { ES256: ["P-256", "SHA-256"], ES384: ["P-384", "SHA-384"], ES512: ["P-521", "SHA-512"] };
const NAMES = { [-7]: "ES256", [-35]: "ES384", [-36]: "ES512" };
const nameOf = (algorithm) => NAMES[algorithm] ?? algorithm;
const CURVE_NUMBERS = { "P-256": 1, "P-384": 2, "P-521": 3 };

/** The library's table of JWK names has `p-384` and `p-521`, where RFC 7518 has capitals, so `fromJwk` is not used. */
function coseKey({ crv, x, y }) {
  const bytes = (text) => new Uint8Array(Buffer.from(text, "base64url"));
  return CoseKey.create({ keyType: 2, curve: CURVE_NUMBERS[crv], x: bytes(x), y: bytes(y) });
}
const jwkOf = ({ jwk: { kty, crv, x, y } }) => ({ kty, crv: crv.toUpperCase(), x, y });

const context = {
  crypto: {
    // The library draws a digestID of four bytes; ISO/IEC 18013-5, 9.1.2.4, ends at 2^31 - 1.
    random: (length) => {
      const bytes = new Uint8Array(randomBytes(length));
      if (length === 4) bytes[0] &= 0x7f;
      return bytes;
    },
    digest: ({ digestAlgorithm, bytes }) => new Uint8Array(createHash(digestAlgorithm.replace("-", "")).update(bytes).digest()),
    calculateEphemeralMacKey: () => {
      throw new Error("its device MAC is not tried: the library writes none that it can read again");
    },
  },
  cose: {
    sign1: {
      sign: async ({ key, toBeSigned, algorithm }) => {
        const [namedCurve, hash] = CURVES[nameOf(algorithm)];
        const imported = await webcrypto.subtle.importKey("jwk", key.jwk, { name: "ECDSA", namedCurve }, false, ["sign"]);
        return new Uint8Array(await webcrypto.subtle.sign({ name: "ECDSA", hash }, imported, toBeSigned));
      },
      verify: async ({ key, sign1 }) => {
        const [namedCurve, hash] = CURVES[sign1.signatureAlgorithmName];
        const imported = await webcrypto.subtle.importKey("jwk", jwkOf(key), { name: "ECDSA", namedCurve }, false, ["verify"]);
        return webcrypto.subtle.verify({ name: "ECDSA", hash }, imported, sign1.signature, sign1.toBeSigned);
      },
    },
    mac0: { sign: () => new Uint8Array(32), verify: () => false },
  },
  x509: {
    getIssuerNameField: ({ certificate, field }) =>
      new X509Certificate(certificate).issuer.split("\n").filter((part) => part.startsWith(`${field}=`)).map((part) => part.slice(field.length + 1)),
    getPublicKey: ({ certificate }) => coseKey(new X509Certificate(certificate).publicKey.export({ format: "jwk" })),
    // The caller is responsible for this check, not the library, so it is minimal.
    verifyCertificateChain: ({ trustedCertificates, x5chain }) => {
      const leaf = new X509Certificate(x5chain[0]);
      const signed = trustedCertificates.some((root) => leaf.verify(new X509Certificate(root).publicKey));
      if (!signed) throw new Error("no trusted certificate signed it");
    },
    getCertificateData: ({ certificate }) => {
      const parsed = new X509Certificate(certificate);
      return {
        issuerName: parsed.issuer,
        subjectName: parsed.subject,
        serialNumber: parsed.serialNumber,
        thumbprint: parsed.fingerprint256,
        notBefore: new Date(parsed.validFrom),
        notAfter: new Date(parsed.validTo),
        pem: parsed.toString(),
      };
    },
  },
};

/** Our handover as a subclass of the library's base class, because the library has no custom handover. */
class OneWayHandover extends Object.getPrototypeOf(QrHandover) {
  static get encodingSchema() {
    return undefined;
  }
  get encodedStructure() {
    return this.structure;
  }
}

/** Converts our plain transcript to the library's; the one-way handover is registered with it. */
function transcriptOf(bytes) {
  try {
    return SessionTranscript.decode(bytes);
  } catch (error) {
    const text = Buffer.from(bytes).toString("latin1");
    const [name] = /org\.liangzheng\.QrPresentation\.v[12]/.exec(text) ?? [];
    if (!name) throw error;
    const handover = new OneWayHandover([name, bytes.subarray(bytes.length - 32)]);
    return SessionTranscript.create({ handover });
  }
}

async function verify({ deviceResponse, transcript, iaca, at = NOW }) {
  await Verifier.verifyDeviceResponse(
    {
      deviceResponse: new Uint8Array(deviceResponse),
      sessionTranscript: transcriptOf(new Uint8Array(transcript)),
      trustedCertificates: [new Uint8Array(iaca)],
      now: new Date(at * 1000),
    },
    context,
  );
}

/** Returns a licence issued by the library, as the bytes of IssuerSigned. */
async function issue(authority, { at = NOW, portrait = PORTRAIT } = {}) {
  const date = (text) => new DateOnly(text);
  const issuer = new Issuer(DOC_TYPE, context).addIssuerNamespace(ISO, {
    family_name: "Beispiel",
    given_name: "Berta",
    birth_date: date("1990-03-07"),
    issue_date: date("2021-05-10"),
    expiry_date: date("2031-05-10"),
    issuing_country: authority.country,
    issuing_authority: "Utopia Traffic Office",
    document_number: "UT-000000",
    portrait: new Uint8Array(portrait),
    driving_privileges: [
      new Map([
        ["vehicle_category_code", "B"],
        ["issue_date", date("2021-05-10")],
        ["expiry_date", date("2031-05-10")],
      ]),
    ],
    un_distinguishing_sign: "UTO",
    age_over_18: true,
  });
  const signed = await issuer.sign({
    signingKey: authority.key.jwk,
    algorithm: SignatureAlgorithm[{ "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" }[authority.key.curve]],
    digestAlgorithm: "SHA-256",
    certificates: [new Uint8Array(authority.ds)],
    deviceKeyInfo: { deviceKey: DeviceKey.fromJwk(keyOf("device").publicJwk) },
    validityInfo: {
      signed: new Date((at - DAY) * 1000),
      validFrom: new Date((at - DAY) * 1000),
      validUntil: new Date((at + 60 * DAY) * 1000),
    },
  });
  return Buffer.from(signed.encode());
}

/** Returns a presentation made by the library. */
async function present(issuerSigned, { transcript, show = ["family_name", "birth_date", "age_over_18"] }) {
  const wanted = new Map([[ISO, new Map(show.map((identifier) => [identifier, false]))]]);
  const itemsRequest = ItemsRequest.create({ docType: DOC_TYPE, namespaces: wanted });
  const response = await Holder.createDeviceResponseForDeviceRequest(
    {
      deviceRequest: DeviceRequest.create({ docRequests: [DocRequest.create({ itemsRequest })] }),
      issuerSigned: [IssuerSigned.decode(new Uint8Array(issuerSigned))],
      sessionTranscript: transcriptOf(new Uint8Array(transcript)),
      signature: { signingKey: CoseKey.fromJwk({ ...keyOf("device").jwk, alg: "ES256" }) },
    },
    context,
  );
  return Buffer.from(response.encode());
}

/** The transcripts that the library computes, to be compared with ours byte by byte. */
export const ownTranscripts = {
  openid4vp: async () =>
    (await SessionTranscript.forOid4Vp(
      { clientId: REQUEST.clientId, responseUri: REQUEST.responseUri, nonce: REQUEST.nonce, jwkThumbprint: new Uint8Array(thumbprint(readerKey.publicJwk)) },
      context,
    )).encode(),
  openid4vpDcApi: async () =>
    (await SessionTranscript.forOid4VpDcApi(
      { origin: REQUEST.origin, nonce: REQUEST.nonce, jwkThumbprint: new Uint8Array(thumbprint(readerKey.publicJwk)) },
      context,
    )).encode(),
};

export const owf = {
  name: "@owf/mdoc",
  verify,
  issue,
  present,
  presentIn: (session, licence) => presentedBy(present, session, licence),
  // The transcripts that it can present for.
  presents: ["openid4vp", "openid4vpUnencrypted", "openid4vpDcApi", "oneWay", "isoQr"],
  cannot: { chain: "the certificate path is checked by a function that the caller gives" },
  notes: [
    "Its digestIDs are random 32-bit numbers, where 9.1.2.4 ends at 2^31 - 1: the caller's source of randomness has to clear the top bit of four bytes.",
    "Its names of P-384 and P-521 in a JWK are in lower case, so keys on these curves are made without it (RFC 7518, 6.2.1.1).",
    "Its handovers are a closed list: ours is a subclass of its own `Handover`, and `org-iso-mdoc` cannot be read.",
    "It writes and reads no device MAC that follows RFC 9052, 6.3.",
    "It writes no `status` in the MSO.",
  ],
};
