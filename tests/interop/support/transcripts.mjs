// SessionTranscripts that a reader and a wallet share, each with the arguments for our command line.
import { Tag, encode } from "./cbor.mjs";
import { keyOf, sha256 } from "./keys.mjs";

const handover = (name, info) => [null, null, [name, sha256(encode(info))]];

export const REQUEST = {
  clientId: "x509_san_dns:reader.interop.example",
  nonce: "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA",
  responseUri: "https://reader.interop.example/response",
  origin: "https://reader.interop.example",
};

/** The thumbprint (RFC 7638) of the key for the encrypted answer, as bytes. */
export function thumbprint({ crv, kty, x, y }) {
  return sha256(JSON.stringify({ crv, kty, x, y }));
}
export const readerKey = keyOf("reader, ephemeral");
const jwkThumbprint = thumbprint(readerKey.publicJwk);

/** Info of the one-way profile at the tests' moment; version 2 with a purpose. */
export const oneWayInfo = (iat, nonce = sha256("one way").subarray(0, 16), purpose) =>
  encode([iat, iat + 60, nonce, null, ...(purpose ? [purpose] : [])]);

/** EncryptionInfo of org-iso-mdoc, as sent by the page. */
const encryptionInfo = encode(["dcapi", { nonce: Buffer.from(REQUEST.nonce, "base64url"), recipientPublicKey: readerKey.cose }]).toString("base64url");
const engagement = encode(new Map([[0, "1.0"], [1, [1, new Tag(24, encode(keyOf("wallet, ephemeral").cose))]]]));

/** The arguments from which our command line computes a transcript. */
export const WORDS = {
  openid4vp: ["--openid4vp", REQUEST.clientId, REQUEST.nonce, REQUEST.responseUri, "--thumbprint", jwkThumbprint.toString("hex")],
  openid4vpUnencrypted: ["--openid4vp", REQUEST.clientId, REQUEST.nonce, REQUEST.responseUri],
  openid4vpDcApi: ["--dc-api", REQUEST.origin, REQUEST.nonce, "--thumbprint", jwkThumbprint.toString("base64url")],
  orgIsoMdoc: ["--org-iso-mdoc", encryptionInfo, REQUEST.origin],
  isoQr: ["--proximity", engagement.toString("hex"), encode(readerKey.cose).toString("hex")],
};

export const transcripts = {
  openid4vp: () =>
    handover("OpenID4VPHandover", [REQUEST.clientId, REQUEST.nonce, jwkThumbprint, REQUEST.responseUri]),
  openid4vpUnencrypted: () => handover("OpenID4VPHandover", [REQUEST.clientId, REQUEST.nonce, null, REQUEST.responseUri]),
  openid4vpDcApi: () => handover("OpenID4VPDCAPIHandover", [REQUEST.origin, REQUEST.nonce, jwkThumbprint]),
  orgIsoMdoc: () => handover("dcapi", [encryptionInfo, REQUEST.origin]),
  /** Info has four items in version 1, and a purpose as its fifth in version 2: its head says which. */
  oneWay: (info) => [null, null, [`org.liangzheng.QrPresentation.v${info[0] === 0x85 ? 2 : 1}`, sha256(info)]],
  /** ISO/IEC 18013-5 sessions after a QR engagement. */
  isoQr: () => [new Tag(24, engagement), new Tag(24, encode(readerKey.cose)), null],
};
