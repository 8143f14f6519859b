// The kill switch: published as /sw.js by `cargo xtask dist --withdraw`, it removes a release from every browser.
// Browsers ask for /sw.js past their cache on each visit, and at least once a day while a page is open.
// It deletes the caches and unregisters itself; licences and keys in IndexedDB stay.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(withdraw()));

async function withdraw() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("liangzheng-")).map((name) => caches.delete(name)));
  await self.registration.unregister();
  const pages = await self.clients.matchAll({ type: "window" });
  await Promise.all(pages.map((page) => page.navigate(page.url)));
}
