// Verifies one presentation at a time, apart from the worker that reads pictures.
// A trap or a hang ends this worker: the page then says "undetermined" and starts another.
import init, * as site from "/pkg/worker-verify.js";

// A worker of a trial (crate/site/src/browser/trial.rs).
if (globalThis.name.endsWith("-try")) globalThis.liangzhengTrial = {};

let worker, started;
const ready = new Promise((resolve) => { started = resolve; });

addEventListener("message", async ({ data }) => {
  // The page needs it no more.
  if (data.kind === "close") return close();
  try {
    if (data.kind === "init") {
      await init({ module_or_path: data.module });
      worker = new site.VerifyWorker();
      started();
      // The builds of this file, of the script and of the module: the page refuses a mixture.
      const sections = WebAssembly.Module.customSections(data.module, "liangzheng-build");
      const builds = ["{{build}}", site.build, ...sections.map((bytes) => new TextDecoder().decode(bytes))];
      postMessage({ kind: "ready", builds });
      return;
    }
    await ready;
    await worker.hear(data);
  } catch (error) {
    postMessage({ kind: "ended", reason: error instanceof WebAssembly.RuntimeError ? "trap" : "error" });
  }
});
