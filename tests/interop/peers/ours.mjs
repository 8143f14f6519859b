// Our own command line. LIANGZHENG_CLI names the program; `cargo xtask test --only interop` builds it.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { X509Certificate } from "node:crypto";
import { encode } from "../support/cbor.mjs";
import { NOW, pem } from "../support/certificates.mjs";
import { keyOf } from "../support/keys.mjs";
import { ISO, PORTRAIT } from "../support/licence.mjs";
import { WORDS, transcripts } from "../support/transcripts.mjs";
import { opened } from "../support/vectors.mjs";

const program = process.env.LIANGZHENG_CLI;
const scratch = mkdtempSync(path.join(tmpdir(), "liangzheng-interop-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** Runs `liangzheng` with these arguments; returns its exit status and output. */
export function liangzheng(...words) {
  return new Promise((resolve, reject) => {
    execFile(program, words, { maxBuffer: 1 << 26, env: { ...process.env, LC_ALL: "C.UTF-8" } }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve({ status: error?.code ?? 0, stdout, stderr });
    });
  });
}

let files = 0;
/** Writes bytes to a temporary file. */
export function fileOf(bytes, ending = "bin") {
  const file = path.join(scratch, `${++files}.${ending}`);
  writeFileSync(file, bytes);
  return file;
}

export const rfc3339 = (at) => new Date(at * 1000).toISOString().replace(".000Z", "Z");

/**
 * Runs `liangzheng verify`, with `strict` to the letter; returns the exit status and the printed object. `words` replace `--transcript` for sessions whose
 * transcript the program computes.
 */
export async function verdict({ deviceResponse, transcript, iaca, at = NOW, words, strict = false }) {
  const session = words ?? ["--transcript", Buffer.from(transcript).toString("hex")];
  const how = strict ? [...session, "--strict"] : session;
  const trust = ["--trust", fileOf(pem(iaca), "pem"), "--at", rfc3339(at), "--policy", "none", "--json"];
  const { status, stdout, stderr } = await liangzheng("verify", fileOf(deviceResponse), ...trust, ...how);
  if (status > 2) throw new Error(`exit status ${status}: ${stderr}`);
  const said = JSON.parse(stdout);
  return { status, verdict: said.verdict, codes: (said.reasons ?? []).map(({ code }) => code), said };
}

/** Runs `liangzheng`, which must succeed; returns its output. */
async function ran(...words) {
  const { status, stdout, stderr } = await liangzheng(...words);
  if (status !== 0) throw new Error(`liangzheng ${words.join(" ")}: ${status}\n${stderr}`);
  return stdout;
}

const AT = ["--at", rfc3339(NOW)];
const device = program && fileOf(keyOf("device").pem, "pem");
const FACTS = {
  [ISO]: {
    family_name: "Beispiel",
    given_name: "Berta",
    birth_date: "1990-03-07",
    issue_date: "2021-05-10",
    expiry_date: "2031-05-10",
    issuing_country: "UT",
    issuing_authority: "Utopia Traffic Office",
    document_number: "UT-000000",
    portrait: { base64: PORTRAIT.toString("base64") },
    driving_privileges: [{ vehicle_category_code: "B", issue_date: "2021-05-10", expiry_date: "2031-05-10" }],
    un_distinguishing_sign: "UTO",
    age_over_18: true,
  },
};

/** Runs `liangzheng authority init` and `issue`; returns a licence of a new authority. */
async function issueOwn() {
  const folder = path.join(scratch, `authority-${++files}`);
  const licence = path.join(scratch, `${files}.mdoc`);
  await ran("authority", "init", folder, "--name", "Interop authority", "--country", "UT", ...AT);
  const elements = fileOf(JSON.stringify(FACTS), "json");
  await ran("authority", "issue", folder, "--elements", elements, "--device-key", device, "--out", licence, ...AT);
  return { issuerSigned: readFileSync(licence), iaca: new X509Certificate(readFileSync(path.join(folder, "iaca.pem"))).raw };
}

/** Runs `liangzheng present` for a session; returns the DeviceResponse and its transcript. */
async function presentIn(session, { issuerSigned, iaca }, show = "family_name,birth_date,age_over_18") {
  const out = path.join(scratch, `${++files}.presented`);
  const trust = ["--trust", fileOf(pem(iaca), "pem")];
  const words = WORDS[session] ?? ["--one-way"];
  await ran("present", fileOf(issuerSigned, "mdoc"), "--key", device, ...trust, "--show", show, ...AT, ...words, "--out", out);
  const bytes = readFileSync(out);
  if (session !== "oneWay") return { deviceResponse: bytes, transcript: encode(transcripts[session]()), iaca };
  const [info, deviceResponse] = opened(bytes);
  return { deviceResponse, transcript: encode(transcripts.oneWay(info)), iaca };
}

export const ours = {
  name: "liangzheng",
  own: true,
  missing: program ? null : "no program (LIANGZHENG_CLI)",
  cannot: {},
  issueOwn,
  presentIn,
  presents: [...Object.keys(WORDS), "oneWay"],
  async verify(presentation) {
    const { status, codes } = await verdict(presentation);
    if (status !== 0) throw new Error(codes.join(", ") || `exit status ${status}`);
  },
  version: async () => (await liangzheng("--version")).stdout.trim().split(" ").at(-1),
};

/** Ours with `--strict`: every departure from the standard is a refusal. */
export const oursStrict = {
  name: "liangzheng --strict",
  missing: ours.missing,
  cannot: {},
  verify: (presentation) => ours.verify({ ...presentation, strict: true }),
  version: ours.version,
};
