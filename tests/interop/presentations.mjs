// Writes presentations of other libraries for `cargo xtask tamper --peers`, one JSON file each, in the form of
// docs/testing.md: the licences of every issuer in every wallet, for every transcript that the wallet supports. Our own
// licences in our own wallet are left out, because tamper has better ones.
import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { auth0 } from "./peers/auth0.mjs";
import { ours, rfc3339, verdict } from "./peers/ours.mjs";
import { encode } from "./support/cbor.mjs";
import { NOW } from "./support/certificates.mjs";
import { LIBRARIES } from "./support/measure.mjs";
import { readerKey, transcripts } from "./support/transcripts.mjs";
import { licenceOf } from "./support/ways.mjs";

const { values } = parseArgs({ options: { folder: { type: "string" } } });
if (!values.folder) throw new Error("--folder DIR");
await rm(values.folder, { recursive: true, force: true });
await mkdir(values.folder, { recursive: true });

const scalar = Buffer.from(readerKey.jwk.d, "base64url");
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
let files = 0;

/** Writes one presentation, which our verifier accepts unaltered, to a file. */
async function write(issuer, wallet, session, presentation, mac = false) {
  const { deviceResponse, transcript, iaca } = presentation;
  const words = mac ? ["--transcript", Buffer.from(transcript).toString("hex"), "--reader-key", scalar.toString("hex")] : undefined;
  const source = `issued by ${issuer.name}, presented by ${wallet.name}`;
  const name = `${source}, ${session}${mac ? " with a MAC" : ""}`;
  const { verdict: said, codes } = await verdict({ ...presentation, words });
  assert.equal(said, "verified", `${name}: ${codes.join(", ")}`);
  const json = {
    name,
    source,
    device_response: base64(deviceResponse),
    transcript: base64(transcript),
    iaca: base64(iaca),
    ...(mac ? { reader_key: base64(scalar) } : {}),
    at: rfc3339(NOW),
  };
  const file = path.join(values.folder, `${String(++files).padStart(3, "0")}.json`);
  await writeFile(file, `${JSON.stringify(json, null, 1)}\n`);
}

for (const issuer of LIBRARIES.filter(({ missing, issue, issueOwn }) => !missing && (issue || issueOwn))) {
  const licence = await licenceOf(issuer);
  for (const wallet of LIBRARIES.filter(({ presentIn }) => presentIn)) {
    if (issuer === ours && wallet === ours) continue;
    for (const session of wallet.presents) await write(issuer, wallet, session, await wallet.presentIn(session, licence));
    if (wallet !== auth0) continue;
    const transcript = encode(transcripts.isoQr());
    const deviceResponse = await auth0.present(licence.issuerSigned, { transcript, mac: true });
    await write(issuer, wallet, "isoQr", { deviceResponse, transcript, iaca: licence.iaca }, true);
  }
}
console.log(`${files} presentations in ${values.folder}`);
