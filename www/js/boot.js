// Starts the page: loads the one Wasm module, and provides what only JavaScript may create under Trusted Types.
import init, * as site from "/pkg/site.js";
import { siteModule } from "/js/module.js";
import { offline } from "/js/offline.js";

const scripts = new Set(["/js/scan-worker.js", "/js/verify-worker.js", "/sw.js"]);
const policy = globalThis.trustedTypes?.createPolicy("app-url", {
  createScriptURL(url) {
    if (!scripts.has(url)) throw new TypeError(`not a script of this site: ${url}`);
    return url;
  },
});
const scriptUrl = (url) => policy?.createScriptURL(url) ?? url;

// The bridge that Rust calls (crate/site/src/browser/host.rs).
globalThis.liangzhengHost = {
  newWorker: (name) =>
    new Worker(scriptUrl(name === "scan" ? "/js/scan-worker.js" : "/js/verify-worker.js"), { type: "module", name }),
};

let broken = false;
try {
  await init({ module_or_path: await siteModule() });
  site.start(document.documentElement.dataset.page);
} catch (error) {
  broken = true;
  const box = document.getElementById("broken");
  if (box) box.hidden = false;
  throw error;
} finally {
  // A browser that refuses a service worker still has the whole site while it has a network.
  offline(scriptUrl, broken).catch(() => {});
}
