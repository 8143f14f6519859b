// @auth0/mdl: issues, presents for any transcript with a signature or a MAC, verifies. It reads the system clock,
// which is mocked meanwhile.
import { createRequire } from "node:module";
import { mock } from "node:test";
import { DeviceResponse, Document, MDoc, Verifier } from "@auth0/mdl";
import { DAY, NOW, pem } from "../support/certificates.mjs";
import { DOC_TYPE, ISO, PORTRAIT } from "../support/licence.mjs";
import { keyOf } from "../support/keys.mjs";
import { readerKey } from "../support/transcripts.mjs";
import { presentedBy } from "./wallet.mjs";
import { Raw, Tag, encode } from "../support/cbor.mjs";

const within = createRequire(createRequire(import.meta.url).resolve("@auth0/mdl"));
const { COSEKeyFromJWK } = within("cose-kit");
const { cborDecode, cborEncode } = within("./cbor/index.js");

/** Runs `work` with the clock at `at`. */
async function heldAt(at, work) {
  mock.timers.enable({ apis: ["Date"], now: at * 1000 });
  try {
    return await work();
  } finally {
    mock.timers.reset();
  }
}

/** The library wants `#6.24(bstr .cbor SessionTranscript)`. */
const tagged = (transcript) => encode(new Tag(24, Buffer.from(transcript)));

async function verify({ deviceResponse, transcript, iaca, at = NOW }) {
  await heldAt(at, () =>
    new Verifier([pem(iaca)]).verify(deviceResponse, {
      encodedSessionTranscript: tagged(transcript),
      ephemeralReaderKey: COSEKeyFromJWK(readerKey.jwk),
    }),
  );
}

/** Returns a licence issued by the library, as the bytes of IssuerSigned. */
async function issue(authority, at = NOW) {
  const { jwk, curve } = authority.key;
  const document = await new Document(DOC_TYPE)
    .addIssuerNameSpace(ISO, {
      family_name: "Beispiel",
      given_name: "Berta",
      birth_date: "1990-03-07",
      issue_date: "2021-05-10",
      expiry_date: "2031-05-10",
      issuing_country: authority.country,
      issuing_authority: "Utopia Traffic Office",
      document_number: "UT-000000",
      portrait: PORTRAIT,
      driving_privileges: [{ vehicle_category_code: "B", issue_date: "2021-05-10", expiry_date: "2031-05-10" }],
      un_distinguishing_sign: "UTO",
      age_over_18: true,
    })
    .useDigestAlgorithm("SHA-256")
    .addValidityInfo({ signed: date(at - DAY), validFrom: date(at - DAY), validUntil: date(at + 60 * DAY) })
    .addDeviceKeyInfo({ deviceKey: keyOf("device").publicJwk })
    .sign({
      issuerPrivateKey: { ...jwk, kid: "ds-1" },
      issuerCertificate: pem(authority.ds),
      alg: { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" }[curve],
      // Without one it would write `4: undefined`.
      kid: "ds-1",
    });
  return issuerSignedOf(new MDoc([document]).encode());
}

/** The library returns a licence as a DeviceResponse without a device signature; these tests use IssuerSigned. */
const issuerSignedOf = (response) => Buffer.from(cborEncode(cborDecode(response).get("documents")[0].get("issuerSigned")));
const responseOf = (issuerSigned) =>
  encode({ version: "1.0", documents: [{ docType: DOC_TYPE, issuerSigned: new Raw(issuerSigned) }], status: 0 });
const date = (seconds) => new Date(seconds * 1000);

/** Returns a presentation made by the library. */
async function present(issuerSigned, { transcript, show = ["family_name", "birth_date", "age_over_18"], mac = false, kid = "device-1" }) {
  const fields = show.map((identifier) => ({ path: [`$['${ISO}']['${identifier}']`], intent_to_retain: false }));
  const definition = {
    id: "licence",
    input_descriptors: [
      { id: DOC_TYPE, format: { mso_mdoc: { alg: ["ES256"] } }, constraints: { limit_disclosure: "required", fields } },
    ],
  };
  const response = DeviceResponse.from(responseOf(issuerSigned)).usingPresentationDefinition(definition).usingSessionTranscriptBytes(tagged(transcript));
  const device = { ...keyOf("device").jwk, kid };
  const authenticated = mac
    ? response.authenticateWithMAC(device, COSEKeyFromJWK(readerKey.publicJwk), "HS256")
    : response.authenticateWithSignature(device, "ES256");
  return (await authenticated.sign()).encode();
}

export const auth0 = {
  name: "@auth0/mdl",
  verify,
  issue,
  present,
  presentIn: (session, licence) => presentedBy(present, session, licence),
  presents: ["openid4vp", "openid4vpUnencrypted", "openid4vpDcApi", "orgIsoMdoc", "oneWay", "isoQr"],
  cannot: {},
  notes: [
    "Without a `kid` it writes `4: undefined` into the header, where RFC 9052, 3.1, has a byte string.",
    "It takes no time of verification: it reads the system's clock, which the tests hold.",
    "Its OpenID4VP transcript is that of a draft of 2023; any other is handed in as bytes.",
    "It writes no `status` in the MSO.",
  ],
};
