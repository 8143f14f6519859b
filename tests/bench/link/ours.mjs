// What is put before the shipped scanning worker: the time of each look, and a slow device's time on top of it.
// Imported by a module that also imports the shipped worker, unchanged, with the same instance of the site's script.

/** Wraps every method of the scanner that looks at a picture. */
export function instrument(Scanner, extra) {
  const says = new BroadcastChannel("bench");
  for (const name of Object.getOwnPropertyNames(Scanner.prototype).filter((name) => name.startsWith("scan"))) {
    const look = Scanner.prototype[name];
    Scanner.prototype[name] = function (...words) {
      const start = performance.now();
      const report = look.apply(this, words);
      const ms = performance.now() - start;
      while (performance.now() - start < ms + extra);
      says.postMessage({ ms, read: !["nothing", "other"].includes(JSON.parse(report).state) });
      return report;
    };
  }
}
