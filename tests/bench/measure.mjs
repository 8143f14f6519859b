// Measurement for a page and a Node process: the first verdict, then repeated verdicts.
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const BYTES = ["payload", "deviceResponse", "transcript", "taggedTranscript", "iaca", "bundle"];

const opened = (given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name, BYTES.includes(name) ? bytes(value) : value]));

/** JavaScript engines recompile hot functions in the background; contenders with few long functions wait longest for it. */
const WARM_UP_MS = 1000;

/** Returns the milliseconds until the first verdict (on the clock of `performance`) and, for each case, of one warm verdict: after a second and at least as many runs as are timed. */
export async function measure(contender, cases, runs) {
  const first = Object.values(cases)[0];
  const once = await contender.prepare(opened(first));
  await once();
  const until = performance.now();
  const warm = {};
  for (const [name, given] of Object.entries(cases)) {
    const verify = await contender.prepare(opened(given));
    const from = performance.now();
    for (let index = 0; index < runs || performance.now() - from < WARM_UP_MS; index++) await verify();
    const times = [];
    for (let index = 0; index < runs; index++) {
      const start = performance.now();
      await verify();
      times.push(performance.now() - start);
    }
    warm[name] = times.reduce((sum, time) => sum + time, 0) / runs;
  }
  return { until, warm };
}
