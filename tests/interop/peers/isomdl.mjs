// isomdl, a crate: verifies for any transcript. Its build takes minutes, so it is a program in a separate workspace
// (../isomdl) that `cargo xtask conformance --with-isomdl` builds and passes as LIANGZHENG_ISOMDL. Its answers are stored in
// isomdl/answers.json and appear in docs/conformance.md with their date.
import { readFileSync } from "node:fs";
import path from "node:path";
import { NOW } from "../support/certificates.mjs";
import { asked, inHex } from "./process.mjs";

const program = process.env.LIANGZHENG_ISOMDL;
const folder = path.resolve(import.meta.dirname, "../isomdl");
const ask = program && asked(program, []);

/** The file with its answers. */
export const RECORD = path.join(folder, "answers.json");

function recorded() {
  try {
    return JSON.parse(readFileSync(RECORD, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

export const isomdl = {
  name: "isomdl",
  missing: program ? null : "no program of it (cargo xtask conformance --with-isomdl)",
  record: program ? undefined : recorded(),
  cannot: {},
  notes: [
    "It takes no time of verification: it reads the system's clock, which the tests hold.",
    "It looks at no digest of an element and at no date of the MSO (fixed after 0.2.0, and not released).",
    "It judges the first mDL of a response alone, reads P-256 alone, and verifies no device MAC.",
  ],
  async verify({ at = NOW, ...presentation }) {
    const { ok, error } = await ask({ at, ...inHex(presentation) });
    if (!ok) throw new Error(error);
  },
  /** The version in Cargo.lock of its workspace. */
  version: () => /name = "isomdl"\nversion = "([^"]+)"/.exec(readFileSync(path.join(folder, "Cargo.lock"), "utf8"))[1],
};
