// @owf/mdoc with WebCrypto and @peculiar/x509 for the parts that it leaves to its caller.
import "reflect-metadata";
import { CoseKey, QrHandover, SessionTranscript, Verifier } from "@owf/mdoc";
import { X509Certificate } from "@peculiar/x509";

const { subtle } = globalThis.crypto;

/** The last 64 bytes of a P-256 SubjectPublicKeyInfo are the point. */
function coseKey(certificate) {
  const point = new Uint8Array(certificate.publicKey.rawData).slice(-64);
  return CoseKey.create({ keyType: 2, curve: 1, x: point.subarray(0, 32), y: point.subarray(32) });
}

const context = {
  crypto: {
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    digest: async ({ digestAlgorithm, bytes }) => new Uint8Array(await subtle.digest(digestAlgorithm, bytes)),
    calculateEphemeralMacKey: () => {
      throw new Error("no MAC here");
    },
  },
  cose: {
    sign1: {
      sign: () => {
        throw new Error("nothing is signed here");
      },
      verify: async ({ key, sign1 }) => {
        const { kty, crv, x, y } = key.jwk;
        const imported = await subtle.importKey("jwk", { kty, crv: crv.toUpperCase(), x, y }, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
        return subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, sign1.signature, sign1.toBeSigned);
      },
    },
    mac0: { sign: () => new Uint8Array(32), verify: () => false },
  },
  x509: {
    getIssuerNameField: ({ certificate, field }) => new X509Certificate(certificate).issuerName.getField(field),
    getPublicKey: ({ certificate }) => coseKey(new X509Certificate(certificate)),
    verifyCertificateChain: async ({ trustedCertificates, x5chain, now }) => {
      const [leaf, root] = [new X509Certificate(x5chain[0]), new X509Certificate(trustedCertificates[0])];
      if (!(await leaf.verify({ publicKey: root.publicKey, date: now ?? new Date() }))) throw new Error("no trusted certificate signed it");
    },
    getCertificateData: ({ certificate }) => {
      const parsed = new X509Certificate(certificate);
      return {
        issuerName: parsed.issuer,
        subjectName: parsed.subject,
        serialNumber: parsed.serialNumber,
        thumbprint: "",
        notBefore: parsed.notBefore,
        notAfter: parsed.notAfter,
        pem: parsed.toString("pem"),
      };
    },
  },
};

/** The one-way handover as a subclass of the library's base class, because the library has no custom handover. */
class OneWayHandover extends Object.getPrototypeOf(QrHandover) {
  static get encodingSchema() {
    return undefined;
  }
  get encodedStructure() {
    return this.structure;
  }
}

/** Returns a function that verifies this case once and throws if it does not verify. */
export async function prepare({ deviceResponse, transcript, iaca, at }) {
  const hash = transcript.slice(-32);
  const [name] = /org\.liangzheng\.QrPresentation\.v[12]/.exec(new TextDecoder("latin1").decode(transcript));
  return () =>
    Verifier.verifyDeviceResponse(
      {
        deviceResponse,
        sessionTranscript: SessionTranscript.create({ handover: new OneWayHandover([name, hash]) }),
        trustedCertificates: [iaca],
        now: new Date(at * 1000),
      },
      context,
    );
}
