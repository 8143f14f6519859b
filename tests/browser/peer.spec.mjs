// A licence of another country, issued and presented by @owf/mdoc, as pictures of QR frames: red until its authority is
// trusted by an imported list, then green.
import { readFileSync } from "node:fs";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { owf } from "../interop/peers/owf.mjs";
import { encode } from "../interop/support/cbor.mjs";
import { NOW, authority, pem } from "../interop/support/certificates.mjs";
import { oneWayInfo, transcripts } from "../interop/support/transcripts.mjs";
import { vical } from "../interop/support/vical.mjs";
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { handIn, next, openVerifier, verdict } from "./support/verifier.mjs";

const utopia = authority({ label: "utopia" });

/** An Envelope as the library's wallet shows it at a moment. */
async function shown(at) {
  const info = oneWayInfo(at);
  const transcript = encode(transcripts.oneWay(info));
  const portrait = readFileSync(path.resolve(import.meta.dirname, "../../www/demo/portraits/lin.jpg"));
  const licence = await owf.issue(utopia, { portrait });
  const deviceResponse = await owf.present(licence, { transcript, show: ["age_over_18", "portrait"] });
  return deflateRawSync(encode([1, info, deviceResponse]));
}

/** Imports a file and confirms its fingerprint. */
async function trust(page, name, bytes) {
  await page.locator("#trust-open").click();
  await page.locator("#trust-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
  await page.locator("#trust-yes").click();
  await expect(page.locator("#trust")).toContainText(/Interop/);
  await page.locator("#trust-close").click();
  await expect(page.locator("#trust")).toBeHidden();
}

for (const [name, file, voucher] of [
  ["iaca.pem", () => Buffer.from(pem(utopia.iaca)), "Interop IACA utopia"],
  ["interop.vical", () => vical([utopia]), "Interop list"],
]) {
  test(`a licence of @owf/mdoc is green under age only once ${name} was imported`, async ({ world }) => {
    const { page } = await world.open({ at: NOW * 1000 });
    await openVerifier(page, "age-only");
    await handIn(page, pictures(await shown(NOW)));
    expect(await verdict(page)).toMatchObject({ colour: "red", failed: ["issuer-unknown"], person: false });
    await next(page);
    await trust(page, name, file());
    // A code of a later moment: the first one was seen.
    await handIn(page, pictures(await shown(NOW + 1)));
    const seen = await verdict(page);
    expect(seen).toMatchObject({ colour: "green", failed: [], portrait: true });
    expect(seen.text).toContain(voucher);
    await page.getByRole("button", { name: "是本人" }).click();
    expect(await verdict(page)).toMatchObject({ colour: "green", ask: null });
  });
}
