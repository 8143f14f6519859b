// isomdoc and pymdoccbor, through one Python process that answers each line with a line. LIANGZHENG_PYTHON is the Python that
// has them; without it they are reported as skipped.
import path from "node:path";
import { NOW } from "../support/certificates.mjs";
import { keyOf } from "../support/keys.mjs";
import { PORTRAIT } from "../support/licence.mjs";
import { asked, inHex } from "./process.mjs";

const python = process.env.LIANGZHENG_PYTHON;
const ask = python && asked(python, [path.join(import.meta.dirname, "peers.py")]);

const hex = (bytes) => Buffer.from(bytes).toString("hex");

function library(name, cannot, notes) {
  return {
    name,
    missing: python ? null : "no Python with it (LIANGZHENG_PYTHON)",
    cannot,
    notes,
    async verify({ at = NOW, ...presentation }) {
      const { ok, error } = await ask({ library: name, action: "verify", at, ...inHex(presentation) });
      if (!ok) throw new Error(error);
    },
    /** Returns a licence issued by the library, as the bytes of IssuerSigned. */
    async issue(authority, { at = NOW, revocation } = {}) {
      const answer = await ask({
        library: name,
        action: "issue",
        at,
        revocation,
        key: authority.key.pem,
        device: keyOf("device").pem,
        ds: hex(authority.ds),
        country: authority.country,
        portrait: hex(PORTRAIT),
      });
      if (!answer.ok) throw new Error(`${name}: ${answer.error}`);
      return Buffer.from(answer.bytes, "hex");
    },
    version: async () => (await ask({ library: name, action: "version" })).version,
  };
}

export const isomdoc = library("isomdoc", { chain: "it takes no trust anchors", clock: "it takes no time of verification, and hands the dates to its caller" }, [
  "It issues, and presents nothing: its licences are presented by the wallets of the other libraries.",
  "It knows P-256 alone, for issuers and for devices, and one certificate in x5chain.",
  "It reads no device MAC.",
]);
export const pymdoccbor = library("pymdoccbor", { device: "it knows no device authentication" }, [
  "It issues, and presents nothing: its licences are presented by the wallets of the other libraries.",
  "It reads digests by SHA-256 alone and takes no time of verification: it reads the system's clock, which the tests hold.",
]);
