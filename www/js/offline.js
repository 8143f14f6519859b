// Registers the service worker, and offers a new version when one is ready.
// Uses what every page has: an element [data-update] with a button [data-update-reload].

import { scriptUrl } from "/js/script-url.js";

const TAKE_OVER_MS = 5_000;

// A `broken` page does not ask: it takes a new version at once.
export async function offline(broken) {
  if (!("serviceWorker" in navigator)) return;
  const container = navigator.serviceWorker;
  let asked = false;
  container.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  const registration = await container.register(scriptUrl("/sw.js"), { updateViaCache: "none" });
  container.ready.then(() => document.documentElement.setAttribute("data-offline", ""), () => {});
  // A waiting worker that is gone, or that does not take over in time, is no reason to do nothing.
  const take = () => {
    asked = true;
    if (!registration.waiting) return location.reload();
    registration.waiting.postMessage("take-over");
    setTimeout(() => location.reload(), TAKE_OVER_MS);
  };
  const offer = () => {
    // Without a controller this is the first visit: nothing older is running.
    if (!registration.waiting || !container.controller) return;
    if (broken) return take();
    const notice = document.querySelector("[data-update]");
    if (notice) notice.hidden = false;
  };
  document.querySelector("[data-update-reload]")?.addEventListener("click", take);
  offer();
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && offer());
  });
  // An open page looks for a new version once an hour, and when it becomes visible again.
  const look = () => registration.update().catch(() => {});
  setInterval(look, 3_600_000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}
