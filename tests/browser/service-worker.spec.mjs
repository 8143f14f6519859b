// The service worker keeps one whole version or none, adds the security headers on a host that sends none, and offers
// a new version without forcing it. Each test has a host of its own: plain files, no headers, its own faults.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { expect, test } from "@playwright/test";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".webmanifest": "application/manifest+json" };

// The files of a built site by their URL paths.
async function readSite(folder) {
  const files = new Map();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name === "_headers") continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const url = path.slice(folder.length).replaceAll("\\", "/");
    files.set(url.replace(/index\.html$/, ""), { bytes: await readFile(path), type: types[extname(path)] });
  }
  return files;
}

const sha256 = (bytes) => `sha256-${createHash("sha256").update(bytes).digest("base64")}`;

// The same site as another build: its pages and its service worker have another id.
function nextVersion(files) {
  const edit = (file, change) => ({ ...file, bytes: Buffer.from(change(file.bytes.toString("utf8"))) });
  const worker = files.get("/sw.js").bytes.toString("utf8");
  const build = /const build = "([0-9a-f]{16})"/.exec(worker)[1];
  const next = "f".repeat(16);
  const after = new Map(files);
  let list = worker.replaceAll(build, next);
  for (const url of ["/", "/wallet/", "/verify/", "/errors/"]) {
    const page = edit(files.get(url), (text) => text.replace("</body>", `<i id="second-version"></i></body>`));
    list = list.replace(sha256(files.get(url).bytes), sha256(page.bytes));
    after.set(url, page);
  }
  after.set("/sw.js", { ...files.get("/sw.js"), bytes: Buffer.from(list) });
  return after;
}

class Host {
  constructor(files) {
    this.files = files;
    this.missing = new Set();
    this.asked = [];
    this.server = createServer((request, response) => {
      const path = new URL(request.url, "http://localhost").pathname;
      this.asked.push(path);
      const file = this.missing.has(path) ? undefined : this.files.get(path);
      if (!file) return response.writeHead(404, { "Content-Type": "text/plain" }).end("none");
      response.writeHead(200, { "Content-Type": file.type, "Cache-Control": "max-age=600" }).end(file.bytes);
    });
  }
  async start() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://localhost:${this.server.address().port}`;
    return this;
  }
  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

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
  const kept = await page.evaluate(async (name) => (await (await self.caches.open(name)).keys()).length, cache);
  expect(kept).toBe(host.files.size - 1);
  host.stop();
  for (const path of ["/wallet/", "/verify", "/no/such/page", "/"]) {
    await page.goto(host.url + path);
    await expect(page.locator("main")).toBeAttached();
    await expect(page.locator("#broken")).toBeHidden();
  }
});

for (const fault of ["is missing", "is altered"]) {
  test(`nothing is kept when one file ${fault}`, async ({ page }) => {
    const path = [...host.files.keys()].find((path) => path.startsWith("/styles/card."));
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

test("security headers come back on a host that sends none, for pages and for workers", async ({ page }) => {
  const first = await page.goto(`${host.url}/`);
  expect(first.headers()["content-security-policy"]).toBeUndefined();
  await controlled(page);
  const second = await page.goto(`${host.url}/verify/`);
  expect(second.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(second.headers()["permissions-policy"]).toContain("display-capture=(self)");
  const worker = [...host.files.keys()].find((path) => path.startsWith("/js/verify-worker."));
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

test("a new version that is cut off in the middle leaves the old one whole", async ({ page }) => {
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

test("a withdrawn release leaves no service worker and nothing kept", async ({ page }) => {
  await page.goto(`${host.url}/`);
  await controlled(page);
  const script = await readFile(new URL("../../www/sw-withdraw.js", import.meta.url));
  host.files.set("/sw.js", { bytes: script, type: "text/javascript" });
  // What is left on the host no longer registers one.
  host.missing.add([...host.files.keys()].find((path) => path.startsWith("/js/offline.")));
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update().catch(() => {}); });
  await expect.poll(() => page.evaluate(() => self.caches.keys()).catch(() => ["navigating"])).toEqual([]);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
    .catch(() => -1)).toBe(0);
});
