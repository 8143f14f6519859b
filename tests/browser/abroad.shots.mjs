// `cargo xtask shots`: verdicts on documents of other countries and other kinds, to be looked at.
import { mkdir } from "node:fs/promises";
import { test } from "./support/fixtures.mjs";
import { handFile, shown, vector, verifierFor } from "./support/abroad.mjs";
import { folder, shoot } from "./support/shots.mjs";
import { verdict } from "./support/verifier.mjs";

test.beforeAll(() => mkdir(folder, { recursive: true }));

for (const [rule, authority] of [
  ["abroad-rental", "germany"],
  ["abroad-roadside", "korea"],
  ["abroad-state-class", "united-states"],
  ["abroad-eu-age", "germany"],
  ["abroad-photo-id-age", "germany"],
  ["abroad-pid-rental", "germany"],
  ["abroad-expires-today", "united-states"],
  ["portrait-jpeg-2000", "germany"],
]) {
  test(`verdict: ${rule}`, async ({ world }) => {
    const page = await shown(world, rule, authority);
    await verdict(page);
    await shoot(page, `verdict-${rule}`);
    await page.evaluate(() => document.querySelectorAll("article details").forEach((row) => (row.open = true)));
    await shoot(page, `verdict-${rule}-opened`);
  });
}

for (const rule of ["wallet-error-10", "proof-zero-knowledge", "documents-licence-and-pid", "documents-two-licences"]) {
  test(`verdict on a file: ${rule}`, async ({ world }) => {
    const file = await vector(rule);
    const page = await verifierFor(world, file, "test-authority");
    await handFile(page, file);
    await verdict(page);
    await shoot(page, `verdict-${rule}`);
  });
}
