// The shipped module (production build): one call from the bytes of the QR link to the verdict as JSON.
import * as site from "site";

// Fetched and compiled asynchronously, as on the site's pages.
const compiled = site.moduleOf();

/** Returns a function that verifies this case once and throws if it does not verify. */
export async function prepare({ payload, at, bundle, today }) {
  await site.default({ module_or_path: await compiled });
  const worker = new site.VerifyWorker();
  const terms = { purpose: "age-only", vehicle: "C1", trailer: false, from: today, until: today, age_at_least: 18 };
  const context = JSON.stringify({ now: at, clock_floor: at, memory: [], audience: null, terms });
  return async () => {
    const verdict = JSON.parse(await worker.verify(payload, context, bundle));
    // Only what the other contenders check: the issuer, the presenter, the dates. The page checks the face.
    if (!verdict.layers.slice(0, 3).every(({ state }) => state === "pass")) throw new Error(`ours: ${JSON.stringify(verdict.headline)}`);
  };
}
