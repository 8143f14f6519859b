// Caches one complete version of the site for use without a network.
// - Installing checks the hash of every file: the version is cached completely or not at all. A file that the page
//   fetched already is not fetched again.
// - Pages are served from the cached version only. A new version waits until a page asks it to take over.
// - Every response gets the security headers, and every cached file its media type, for hosts that send others.
// To withdraw a release whatever its pages do, publish `cargo xtask dist --withdraw`: see sw-withdraw.js.
const build = "{{build}}";
// The hash of this script: two scripts never share a cache, whatever differs between them.
const version = "{{version}}";
// By URL: the hash, and the media type.
const files = new Map({{files}});
const headers = {{headers}};
// Pages with another value of one of them.
const exceptions = {{exceptions}};

const PREFIX = "liangzheng-";
const CACHE = PREFIX + version;
// Entries of the cache itself: that it is complete, and since when its version answers.
const COMPLETE = "/complete";
const ACTIVE = "/active";
// A host that never answers must not keep later versions from being installed.
const FETCH_MS = 300_000;

self.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const cache = await caches.open(CACHE);
  // The same script was installed before, and may be the one that runs.
  if (await cache.match(COMPLETE)) return;
  try {
    await Promise.all(Array.from(files, async ([url, { integrity }]) => {
      await cache.put(url, await withHeaders(await fetched(url, integrity), url));
    }));
    await cache.put(COMPLETE, new Response(build));
  } catch (error) {
    // An incomplete version is deleted.
    await caches.delete(CACHE);
    throw error;
  }
}

// From the HTTP cache if its bytes are right, else past it.
async function fetched(url, integrity) {
  const ask = async (cache) => {
    const signal = AbortSignal.timeout(FETCH_MS);
    const response = await fetch(new Request(url, { cache, integrity, signal }));
    if (!response.ok || response.type !== "basic") throw new Error(`${url}: ${response.status}`);
    return response;
  };
  return ask("force-cache").catch(() => ask("reload"));
}

self.addEventListener("activate", (event) => event.waitUntil(activate()));

// The version that answered before is kept for its pages that are still open; all others are deleted.
async function activate() {
  const since = async (name) => Number(await (await (await caches.open(name)).match(ACTIVE))?.text() ?? 0);
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const times = await Promise.all(others.map(since));
  const before = others[times.lastIndexOf(Math.max(...times))];
  await Promise.all(others.filter((name) => name !== before).map((name) => caches.delete(name)));
  await (await caches.open(CACHE)).put(ACTIVE, new Response(String(Date.now())));
  await self.clients.claim();
}

self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "GET" && url.origin === self.location.origin) event.respondWith(answer(request, url.pathname));
});

async function answer(request, path) {
  const page = request.mode === "navigate" && !path.endsWith("/") && files.has(path + "/") ? path + "/" : path;
  const kept = await find(page);
  if (kept) return kept;
  try {
    return await withHeaders(await fetch(request), path);
  } catch (error) {
    // Without a network an unknown address is answered by the home page.
    const start = request.mode === "navigate" ? await find("/") : undefined;
    if (start) return start;
    throw error;
  }
}

// A hashed name may belong to the previous version; any other name never does.
async function find(path) {
  const own = await caches.open(CACHE);
  if (files.has(path)) return own.match(path);
  if (!/\.[0-9a-f]{16}\.[a-z0-9]+$/.test(path)) return undefined;
  return caches.match(path);
}

async function withHeaders(response, path) {
  if (response.type !== "basic") return response;
  const all = new Headers(response.headers);
  // The body is decompressed already.
  all.delete("Content-Encoding");
  all.delete("Content-Length");
  if (response.ok && files.has(path)) all.set("Content-Type", files.get(path).type);
  for (const [name, value] of Object.entries({ ...headers, ...exceptions[path] })) all.set(name, value);
  const body = response.status === 204 || response.status === 304 ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers: all });
}
