// The service worker keeps one whole version or none, adds the security headers on a host that sends none, and offers
// a new version without forcing it. Each test has a host of its own: plain files, no headers, its own faults.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { Host, nextVersion, readSite, sha256 } from "./support/host.mjs";

let host;
test.beforeEach(async () => {
  test.skip(!process.env.LIANGZHENG_SITE, "run by: cargo xtask test --only browser");
  host = await new Host(await readSite(process.env.LIANGZHENG_SITE)).start();
});
test.afterEach(() => host?.stop());

const caches = (page) => page.evaluate(() => self.caches.keys());
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

test("the whole version is kept, and every page opens without the host", async ({ page }) => {
  await page.goto(`${host.url}/`);
  await controlled(page);
  const [cache] = await caches(page);
  const keys = async (name) => (await (await self.caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  const kept = await page.evaluate(keys, cache);
  const marks = ["/complete", "/active"];
  expect(kept.filter((path) => !marks.includes(path)).sort()).toEqual([...host.files.keys()].filter((path) => path !== "/sw.js").sort());
  host.stop();
  for (const path of ["/wallet/", "/verify", "/no/such/page", "/"]) {
    await page.goto(host.url + path);
    await expect(page.locator("main")).toBeAttached();
    await expect(page.locator("#broken")).toBeHidden();
  }
});

for (const fault of ["is missing", "is altered"]) {
  test(`nothing is kept when one file ${fault}`, async ({ page }) => {
    const path = host.path("/styles/card.");
    if (fault === "is missing") host.missing.add(path);
    else host.files.set(path, { ...host.files.get(path), bytes: Buffer.from("body { display: none }") });
    await page.goto(`${host.url}/`);
    // The start page does not use this file: it was the service worker that asked.
    await expect.poll(() => host.asked.includes(path)).toBe(true);
    const registrations = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    await expect.poll(registrations).toBe(0);
    expect(await caches(page)).toEqual([]);
  });
}

test("security headers come back on a host that sends none, for pages and for workers", { tag: "@T-worker-outside-csp" }, async ({ page }) => {
  const first = await page.goto(`${host.url}/`);
  expect(first.headers()["content-security-policy"]).toBeUndefined();
  await controlled(page);
  const second = await page.goto(`${host.url}/verify/`);
  expect(second.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(second.headers()["permissions-policy"]).toContain("display-capture=(self)");
  const worker = host.path("/js/verify-worker.");
  const headers = await page.evaluate(async (url) => Object.fromEntries((await fetch(url)).headers), worker);
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["cross-origin-embedder-policy"]).toBe("require-corp");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["permissions-policy"]).toContain("camera=(self), screen-wake-lock=(self), clipboard-read=()");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test("a new version waits, the old one works whole, and it takes over when asked", async ({ page }) => {
  await page.goto(`${host.url}/`);
  await controlled(page);
  host.files = nextVersion(host.files);
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  await expect(page.locator("[data-update]")).toBeVisible();
  // Nothing is forced: a reload and another page are still of the old version.
  await page.goto(`${host.url}/wallet/`);
  await expect(page.locator("#second-version")).not.toBeAttached();
  await expect(page.locator("[data-update]")).toBeVisible();
  await page.locator("[data-update-reload]").click();
  await expect(page.locator("#second-version")).toBeAttached();
  // The previous version is kept for pages that are still open, and no older one.
  expect((await caches(page)).length).toBe(2);
});

test("a new version that is cut off in the middle leaves the old one whole", { tag: ["@T-stuck-release", "@T-mixed-versions"] }, async ({ page }) => {
  await page.goto(`${host.url}/`);
  await controlled(page);
  const before = await caches(page);
  host.files = nextVersion(host.files);
  host.missing.add("/verify/");
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const worker = registration.installing;
    if (worker) await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
  });
  await expect.poll(() => caches(page)).toEqual(before);
  host.stop();
  await page.goto(`${host.url}/verify/`);
  await expect(page.locator("#second-version")).not.toBeAttached();
  await expect(page.locator("main")).toBeAttached();
});

// The script of the service worker alone is another, and waits for one file that the host does not have; the build is
// the same.
const otherScript = (files, path) => {
  const script = files.get("/sw.js");
  const text = script.bytes.toString("utf8").replace(/const version = "[0-9a-f]+"/, `const version = "${"e".repeat(16)}"`)
    .replace(sha256(files.get(path).bytes), sha256(Buffer.from("other")));
  return new Map(files).set("/sw.js", { ...script, bytes: Buffer.from(text) });
};

const updated = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  const worker = registration.installing;
  if (worker) await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
});

const worksWithoutHost = async (page) => {
  host.stop();
  await page.goto(`${host.url}/verify/`);
  await expect(page.locator("html")).toHaveAttribute("data-start", "started");
};

test("an update of the same build that fails leaves the running version whole", async ({ page }) => {
  await page.goto(`${host.url}/`);
  await controlled(page);
  const before = await caches(page);
  host.files = otherScript(host.files, host.path("/styles/verify."));
  await updated(page);
  await expect.poll(() => caches(page)).toEqual(before);
  await worksWithoutHost(page);
});

test("a host that goes back to the running version, with a fault, leaves it whole", async ({ page }) => {
  await page.goto(`${host.url}/`);
  await controlled(page);
  const first = host.files;
  const [running] = await caches(page);
  host.files = nextVersion(first);
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  await expect(page.locator("[data-update]")).toBeVisible();
  host.files = first;
  for (const path of first.keys()) if (path !== "/sw.js") host.missing.add(path);
  await updated(page);
  expect(await caches(page)).toContain(running);
  await worksWithoutHost(page);
});

for (const [fault, breakIt] of [
  ["is gone", () => Object.defineProperty(ServiceWorkerRegistration.prototype, "waiting", { get: () => null })],
  ["does not hear", () => { ServiceWorker.prototype.postMessage = () => {}; }],
]) {
  test(`Update now loads the page anew when the waiting version ${fault}`, async ({ page }) => {
    await page.clock.install();
    await page.goto(`${host.url}/`);
    await controlled(page);
    host.files = nextVersion(host.files);
    await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
    await expect(page.locator("[data-update]")).toBeVisible();
    await page.evaluate(breakIt);
    await page.evaluate(() => { globalThis.before = true; });
    const loaded = page.waitForEvent("load");
    await page.locator("[data-update-reload]").click();
    await page.clock.runFor(5_000);
    await loaded;
    expect(await page.evaluate(() => globalThis.before)).toBeUndefined();
  });
}

test("a withdrawn release leaves no service worker and nothing kept", { tag: "@T-stuck-release" }, async ({ page }) => {
  await page.goto(`${host.url}/`);
  await controlled(page);
  const script = await readFile(new URL("../../www/sw-withdraw.js", import.meta.url));
  host.files.set("/sw.js", { bytes: script, type: "text/javascript" });
  // What is left on the host no longer registers one.
  host.missing.add(host.path("/js/offline."));
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update().catch(() => {}); });
  await expect.poll(() => page.evaluate(() => self.caches.keys()).catch(() => ["navigating"])).toEqual([]);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
    .catch(() => -1)).toBe(0);
});
