// Starts a page with its Wasm module: of the script that wasm-bindgen made, `init`, `start` and its build.
import { build } from "/js/module.js";
import "/js/workers.js";
import { offline } from "/js/offline.js";

export async function boot({ default: init, start, build: boundBuild }, module) {
  let broken = false;
  try {
    const compiled = await module;
    if (boundBuild !== build) throw new Error(`parts of different builds: page ${build}, script ${boundBuild}`);
    await init({ module_or_path: compiled });
    start();
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
}
