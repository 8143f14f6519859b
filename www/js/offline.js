// Registers the service worker, and offers a new version when one is ready.
// Uses what every page has: an element [data-update] with a button [data-update-reload].

// `scriptUrl` makes a URL that Trusted Types accept. Nothing here may keep a page from working.
export async function offline(scriptUrl) {
  if (!("serviceWorker" in navigator)) return;
  const container = navigator.serviceWorker;
  let asked = false;
  container.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  const registration = await container.register(scriptUrl("/sw.js"), { updateViaCache: "none" });
  const offer = () => {
    const waiting = registration.waiting;
    const notice = document.querySelector("[data-update]");
    // Without a controller this is the first visit: nothing older is running.
    if (!waiting || !container.controller || !notice) return;
    notice.hidden = false;
    notice.querySelector("[data-update-reload]")?.addEventListener("click", () => {
      asked = true;
      waiting.postMessage("take-over");
    }, { once: true });
  };
  offer();
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && offer());
  });
  // An open page learns of a new version too: once an hour, and when it is looked at again.
  const look = () => registration.update().catch(() => {});
  setInterval(look, 3_600_000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}
