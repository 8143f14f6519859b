// What a page and a Node process do alike: the first verdict, then the same again and again.
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const BYTES = ["payload", "deviceResponse", "transcript", "taggedTranscript", "iaca", "bundle"];

const opened = (given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name, BYTES.includes(name) ? bytes(value) : value]));

/** Milliseconds until the first verdict (on the clock of `performance`) and, for each case, of one verdict when warm: after as many runs as are then timed. */
export async function measure(contender, cases, runs) {
  const first = Object.values(cases)[0];
  const once = await contender.prepare(opened(first));
  await once();
  const until = performance.now();
  const warm = {};
  for (const [name, given] of Object.entries(cases)) {
    const verify = await contender.prepare(opened(given));
    for (let index = 0; index < runs; index++) await verify();
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
