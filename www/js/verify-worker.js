// Verifies one presentation at a time, apart from the worker that reads pictures.
// A trap or a hang ends this worker: the page then says "undetermined" and starts another.
import init, * as site from "/pkg/site.js";

let started;
const ready = new Promise((resolve) => { started = resolve; });

addEventListener("message", async ({ data }) => {
  try {
    if (data.kind === "init") {
      await init({ module_or_path: data.module });
      started();
      // Of which builds this file, the script and the module are: the page refuses a mixture.
      const sections = WebAssembly.Module.customSections(data.module, "liangzheng-build");
      const builds = ["{{build}}", site.build, ...sections.map((bytes) => new TextDecoder().decode(bytes))];
      postMessage({ kind: "ready", builds });
      return;
    }
    await ready;
    if (data.kind === "ping") postMessage({ kind: "pong", n: data.n });
    if (data.kind === "lists") {
      site.set_status_lists(data.lists.map((list) => new Uint8Array(list)));
      site.prepare_status_lists(data.now);
    }
    if (data.kind === "verify") {
      const verdict = await site.verify(new Uint8Array(data.payload), data.context, data.trust);
      postMessage({ kind: "verdict", id: data.id, verdict });
    }
    if (data.kind === "ask") postMessage({ kind: "question", id: data.id, payload: question(data) });
    if (data.kind === "end-question") site.end_question();
    if (data.kind === "reply") {
      const verdict = site.verify_reply(new Uint8Array(data.payload), data.context, data.trust);
      postMessage({ kind: "verdict", id: data.id, verdict });
    }
  } catch (error) {
    postMessage({ kind: "ended", reason: error instanceof WebAssembly.RuntimeError ? "trap" : "error" });
  }
});

// A question that cannot be asked is an empty one: the page says so, and this worker goes on.
function question({ at, purpose, page }) {
  try {
    return site.ask(at, purpose, page);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return new Uint8Array(0);
  }
}
