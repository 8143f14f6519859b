// A page that needs no Wasm: its texts stand in it in both languages.
import { offline } from "/js/offline.js";

const start = globalThis.liangzhengStart;
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => start?.choose(document.documentElement.lang === "en" ? "zh-CN" : "en"));
}
// Whoever has a licence on this device opens it, and claims none.
try {
  const has = localStorage.getItem("liangzheng.wallet") !== null;
  for (const line of document.querySelectorAll("[data-licence]")) line.hidden = (line.dataset.licence === "yes") !== has;
} catch {
  // A browser that keeps nothing has no licence.
}
// Also where the guard did not load.
document.documentElement.dataset.start = "started";
start?.started();
offline(false).catch(() => {});
