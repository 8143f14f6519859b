// The verifying worker has the browser verify signatures; and this browser says to Wycheproof's what our own code says.
import { WYCHEPROOF, answers, listen, wycheproof } from "../support/webcrypto.mjs";
import { expect, test } from "./support/fixtures.mjs";
import { pictures } from "./support/code.mjs";
import { handIn, openVerifier, verdict } from "./support/verifier.mjs";

/** A verifier's page and its verifying worker. */
async function verifier(world, at) {
  const { page } = await world.open({ at });
  await openVerifier(page, "roadside");
  const found = () => page.workers().find((worker) => worker.url().includes("verify-worker"));
  await expect.poll(() => Boolean(found())).toBe(true);
  return { page, worker: found() };
}

test("WebCrypto verifies in the worker, right and fully", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page, worker } = await verifier(world, shown.at + 2000);
  await worker.evaluate(`globalThis.heard = (${listen})(SubtleCrypto.prototype)`);
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
  const calls = await worker.evaluate(() => globalThis.heard.calls);
  expect(calls.map(({ answer }) => answer)).toEqual([true, true, true]);

  const { way } = calls[0];
  const of = (curve, hash) => ({ ...way, key: { ...way.key, namedCurve: curve }, signature: { ...way.signature, hash } });
  expect(way).toEqual(of("P-256", "SHA-256"));
  const ways = { "P-256": way, "P-384": of("P-384", "SHA-384"), "P-521": of("P-521", "SHA-512") };
  const said = await page.evaluate(answers, { ways, vectors: await wycheproof() });
  expect(said).toEqual({ wrong: [], counts: WYCHEPROOF });
});

test("without WebCrypto the worker verifies by itself", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page, worker } = await verifier(world, shown.at + 2000);
  await worker.evaluate(() => Object.defineProperty(globalThis, "crypto", { value: {} }));
  await handIn(page, pictures(shown.payload));
  expect(await verdict(page)).toMatchObject({ colour: "green", name: "林知夏", failed: [] });
});

test("a signature that WebCrypto never answers to is no verdict", async ({ world, films }) => {
  const shown = await films({ person: "lin", purpose: "roadside", payload: true });
  const { page, worker } = await verifier(world, shown.at + 2000);
  await worker.evaluate(() => { SubtleCrypto.prototype.verify = () => new Promise(() => {}); });
  await handIn(page, pictures(shown.payload));
  const seen = await verdict(page);
  expect(seen).toMatchObject({ colour: "amber", person: false, portrait: false });
  expect(seen.failed).toContain("interrupted");
});
