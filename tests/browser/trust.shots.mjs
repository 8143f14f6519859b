// `cargo xtask shots trust`: the verifier's panel of trust with lists of every kind, to be looked at.
import { expect } from "./support/fixtures.mjs";
import { shoot } from "./support/shots.mjs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { add, addCrl, article, choose, open, test } from "./support/trust.mjs";
import { openVerifier } from "./support/verifier.mjs";

test("one question about several", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  const demo = await readFile(path.join(import.meta.dirname, "../../crate/authority/src/demo/anchor.der"));
  const files = { "demo.der": demo, "notes.txt": Buffer.from("notes"), "readme.md": Buffer.from("# no list") };
  for (const name of ["iaca.der", "current.vical", "late.vical", "ds.der"]) files[name] = await lists.read(name);
  await page.locator("#trust-file").setInputFiles(
    Object.entries(files).map(([name, buffer]) => ({ name, mimeType: "application/octet-stream", buffer })));
  await page.locator("#trust-several").getByRole("checkbox").nth(1).uncheck();
  await shoot(page, "trust-several", { fullPage: false });
  await page.locator("#trust-several-yes").scrollIntoViewIfNeeded();
  await page.locator("#trust-candidates > :last-child").scrollIntoViewIfNeeded();
  await shoot(page, "trust-several-end", { fullPage: false });
});

test("lists of revoked certificates", async ({ page, lists }) => {
  await openVerifier(page, "roadside");
  await open(page);
  await choose(page, lists, "clear.crl");
  await expect(page.locator("#trust-error")).toBeVisible();
  await shoot(page, "trust-crl-of-nobody", { fullPage: false });
  await add(page, lists, "iaca.der");
  await addCrl(page, lists, "revoked.crl");
  // long as it is: from the top, and the list itself
  await shoot(page, "trust-crl-added", { fullPage: false });
  const kept = article(page, "证书撤销名单");
  await kept.scrollIntoViewIfNeeded();
  await shoot(page, "trust-crl", { fullPage: false, at: "#trust-lists > :last-child" });
});
