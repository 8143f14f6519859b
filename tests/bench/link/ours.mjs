// What is put before the shipped scanning worker: the time of each look, and a slow device's time on top of it.
// Imported by a module that also imports the shipped worker, unchanged, with the same instance of the site's script.

/** Wraps the methods of the worker that look at a camera's picture. Each posts one message: a payload, or what was read. */
export function instrument(ScanWorker, extra) {
  const says = new BroadcastChannel("bench");
  const post = globalThis.postMessage.bind(globalThis);
  let last;
  globalThis.postMessage = (message, ...more) => {
    last = message;
    post(message, ...more);
  };
  for (const name of ["look", "look_rgba"]) {
    const look = ScanWorker.prototype[name];
    if (!look) throw new Error(`the worker has no ${name}`);
    ScanWorker.prototype[name] = function (...words) {
      const start = performance.now();
      look.apply(this, words);
      const ms = performance.now() - start;
      while (performance.now() - start < ms + extra);
      const read = last.kind === "payload" || !["nothing", "other"].includes(JSON.parse(last.progress).state);
      says.postMessage({ ms, read });
    };
  }
}
