// `cargo xtask shots`: text and files instead of a code, and the seven purposes, to be looked at.
import { mkdir } from "node:fs/promises";
import { START, test } from "./support/fixtures.mjs";
import { handFile, vector, verifierFor } from "./support/abroad.mjs";
import { folder, shoot } from "./support/shots.mjs";
import { choose, openVerifier, verdict } from "./support/verifier.mjs";
import { claim, screen } from "./support/wallet.mjs";

test.beforeAll(() => mkdir(folder, { recursive: true }));

test("text of another system", async ({ page }) => {
  await openVerifier(page, "rental");
  await page.locator("#files").setInputFiles({ name: "code.txt", mimeType: "text/plain", buffer: Buffer.from("mdoc:owBjMS4w") });
  await page.locator("#status-text").filter({ hasText: "mdoc:" }).waitFor();
  await shoot(page, "verify-other");
});

test("session values", async ({ world }) => {
  const file = await vector("response-in-session");
  const page = await verifierFor(world, file, "test-authority");
  await handFile(page, file);
  await verdict(page);
  await page.locator("#session summary").click();
  await page.locator("#session-kind").selectOption("openid4vp");
  await page.locator("#session-client-id").fill("x509_san_dns:verifier.example");
  await shoot(page, "verify-session");
  await page.locator("#session-nonce").fill("a nonce");
  await page.locator("#session-response-uri").fill("https://verifier.example/response");
  await page.locator('article.verdict [data-slot="person"]').waitFor();
  await shoot(page, "verify-session-set");
});

test("seven purposes", async ({ world }) => {
  const { page } = await world.open({ at: START });
  await openVerifier(page, "counter");
  await shoot(page, "verify-purposes");
  await choose(page, "freight");
  await page.locator("#terms > summary").click();
  await shoot(page, "verify-purposes-freight");
  await page.locator("details.classes > summary").click();
  await page.locator("#class-state").fill("US-UT");
  await page.locator("#class-code").fill("A");
  await page.locator("#class-add").click();
  await page.locator("#class-state").fill("Utah");
  await page.locator("#class-add").click();
  await shoot(page, "verify-terms-classes", { fullPage: false });
  await page.locator("#class-said").scrollIntoViewIfNeeded();
  await shoot(page, "verify-terms-classes-end", { fullPage: false });
  const wallet = (await world.open({ at: START })).page;
  await claim(wallet, "lin");
  await wallet.locator("#show").click();
  await screen(wallet, "purpose").waitFor();
  await shoot(wallet, "wallet-purposes");
});
