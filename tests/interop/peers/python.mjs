// isomdoc and pymdoccbor, through one Python process for a whole list of questions. LIANGZHENG_PYTHON names the Python
// that has them; without it they are skipped, by name.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { NOW } from "../support/certificates.mjs";
import { keyOf } from "../support/keys.mjs";
import { PORTRAIT } from "../support/licence.mjs";

const python = process.env.LIANGZHENG_PYTHON;

export function ask(questions) {
  const script = path.join(import.meta.dirname, "peers.py");
  const run = spawnSync(python, [script], { input: JSON.stringify(questions), encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${script}: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout);
}

const hex = (bytes) => Buffer.from(bytes).toString("hex");

function library(name, cannot, notes) {
  return {
    name,
    missing: python ? null : "no Python with it (LIANGZHENG_PYTHON)",
    cannot,
    notes,
    /** Answers of verifying each: `null` or the error. */
    verifyAll(presentations) {
      const questions = presentations.map(({ deviceResponse, transcript, iaca, at = NOW }) => {
        const bytes = { deviceResponse: hex(deviceResponse), transcript: hex(transcript), iaca: hex(iaca) };
        return { library: name, action: "verify", at, ...bytes };
      });
      return ask(questions).map(({ ok, error }) => (ok ? null : error));
    },
    /** A licence as the library issues it: bytes of IssuerSigned. */
    issue(authority, { at = NOW, revocation } = {}) {
      const [answer] = ask([
        {
          library: name,
          action: "issue",
          at,
          revocation,
          key: authority.key.pem,
          device: keyOf("device").pem,
          ds: hex(authority.ds),
          country: authority.country,
          portrait: hex(PORTRAIT),
        },
      ]);
      if (!answer.ok) throw new Error(`${name}: ${answer.error}`);
      return Buffer.from(answer.bytes, "hex");
    },
    version: () => ask([{ library: name, action: "version" }])[0].version,
  };
}

export const isomdoc = library("isomdoc", { chain: "it takes no trust anchors, and no clock" }, [
  "It issues, and presents nothing: its licences are presented by the wallets of the other libraries.",
  "It knows P-256 alone, for issuers and for devices, and one certificate in x5chain.",
  "It reads no device MAC.",
]);
export const pymdoccbor = library("pymdoccbor", { device: "it knows no device authentication" }, [
  "It issues, and presents nothing: its licences are presented by the wallets of the other libraries.",
  "It reads digests by SHA-256 alone and takes no time of verification: it reads the system's clock, which the tests hold.",
]);
