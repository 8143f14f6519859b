// The workers of a page: their scripts, and their modules, which are fetched once.
import { moduleOf } from "/js/module.js";
import { scriptUrl } from "/js/script-url.js";

const workers = {
  scan: { script: "/js/scan-worker.js", module: "/pkg/worker-scan_bg.wasm", integrity: "{{integrity:/pkg/worker-scan_bg.wasm}}" },
  verify: { script: "/js/verify-worker.js", module: "/pkg/worker-verify_bg.wasm", integrity: "{{integrity:/pkg/worker-verify_bg.wasm}}" },
};
const modules = new Map();
const FETCH_MS = 60_000;
// A worker that does not end by itself in this time is ended.
const CLOSE_MS = 2_000;

// A worker of a trial knows that by its name.
const trial = globalThis.liangzhengTrial ? "-try" : "";

// The bridge that Rust calls (crate/site/src/browser/host.rs).
globalThis.liangzhengHost = {
  newWorker: (name) => new Worker(scriptUrl(workers[name].script), { type: "module", name: name + trial }),
  // A worker that holds a picture of a camera closes it first: a browser reports one that is not closed.
  endWorker(worker) {
    worker.postMessage({ kind: "close" });
    setTimeout(() => worker.terminate(), CLOSE_MS);
  },
  workerModule(name) {
    if (!modules.has(name)) {
      const { module, integrity } = workers[name];
      const loading = moduleOf(module, integrity, FETCH_MS);
      // What failed is fetched again for the next worker.
      loading.catch(() => modules.delete(name));
      modules.set(name, loading);
    }
    return modules.get(name);
  },
};
