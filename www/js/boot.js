// Starts a page of the Wasm module.
import init, * as site from "/pkg/site.js";
import { siteModule } from "/js/module.js";
import { offline } from "/js/offline.js";
import { scriptUrl } from "/js/script-url.js";

// The bridge that Rust calls (crate/site/src/browser/host.rs). A worker of a trial knows that by its name.
const trial = globalThis.liangzhengTrial ? "-try" : "";
globalThis.liangzhengHost = {
  newWorker: (name) =>
    new Worker(scriptUrl(name === "scan" ? "/js/scan-worker.js" : "/js/verify-worker.js"), { type: "module", name: name + trial }),
};

let broken = false;
try {
  await init({ module_or_path: await siteModule() });
  site.start(document.documentElement.dataset.page);
  // Also where the guard did not load.
  document.documentElement.dataset.start = "started";
  globalThis.liangzhengStart?.started();
} catch (error) {
  broken = true;
  globalThis.liangzhengStart?.failed();
  throw error;
} finally {
  // A browser that refuses a service worker still has the whole site while it has a network.
  offline(broken).catch(() => {});
}
