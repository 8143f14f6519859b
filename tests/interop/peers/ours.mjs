// Our own command line. LIANGZHENG_CLI names the program; `cargo xtask test --only interop` builds it.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { NOW, pem } from "../support/certificates.mjs";

const program = process.env.LIANGZHENG_CLI;
export const scratch = mkdtempSync(path.join(tmpdir(), "liangzheng-interop-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** Runs `liangzheng` with these words: its exit status and what it wrote. */
export function liangzheng(...words) {
  return new Promise((resolve, reject) => {
    execFile(program, words, { maxBuffer: 1 << 26, env: { ...process.env, LC_ALL: "C.UTF-8" } }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ status: error?.code ?? 0, stdout, stderr });
    });
  });
}

/** Puts bytes into a file of our own. */
let files = 0;
export function fileOf(bytes, ending = "bin") {
  const file = path.join(scratch, `${++files}.${ending}`);
  writeFileSync(file, bytes);
  return file;
}

export const rfc3339 = (at) => new Date(at * 1000).toISOString().replace(".000Z", "Z");

/**
 * `liangzheng verify`: exit status and the object that it prints. `words` take the place of `--transcript`, for what it
 * can work out itself.
 */
export async function verdict({ deviceResponse, transcript, iaca, at = NOW, words }) {
  const how = words ?? ["--transcript", Buffer.from(transcript).toString("hex")];
  const trust = ["--trust", fileOf(pem(iaca), "pem"), "--at", rfc3339(at), "--policy", "none", "--json"];
  const { status, stdout, stderr } = await liangzheng("verify", fileOf(deviceResponse), ...trust, ...how);
  if (status > 2) throw new Error(`exit status ${status}: ${stderr}`);
  const said = JSON.parse(stdout);
  return { status, verdict: said.verdict, codes: (said.reasons ?? []).map(({ code }) => code), said };
}

export const ours = {
  name: "liangzheng",
  own: true,
  missing: program ? null : "no program (LIANGZHENG_CLI)",
  cannot: {},
  async verify(presentation) {
    const { status, codes } = await verdict(presentation);
    if (status !== 0) throw new Error(codes.join(", ") || `exit status ${status}`);
  },
  version: async () => (await liangzheng("--version")).stdout.trim().split(" ").at(-1),
};
