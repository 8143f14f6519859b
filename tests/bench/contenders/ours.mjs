// The shipped module (production build): one call from the bytes of the QR link to the verdict as JSON.
import * as site from "site";

// Fetched and compiled while the page does other things, as the site's pages do.
const compiled = site.moduleOf();

/** What verifies this case once, and throws unless it is verified. */
export async function prepare({ payload, at, bundle, today }) {
  await site.default({ module_or_path: await compiled });
  const terms = { purpose: "age-only", vehicle: "C1", trailer: false, from: today, until: today, age_at_least: 18 };
  const context = JSON.stringify({ now: at, clock_floor: at, memory: [], audience: null, terms });
  return async () => {
    const verdict = JSON.parse(await site.verify(payload, context, bundle));
    // What the others judge too: the issuer, the presenter, the dates. Whether a face was shown is a matter of the page.
    if (!verdict.layers.slice(0, 3).every(({ state }) => state === "pass")) throw new Error(`ours: ${JSON.stringify(verdict.headline)}`);
  };
}
