// Caches one complete version of the site for use without a network.
// - Installing fetches every file past the HTTP cache and checks its hash: the version is cached completely or not at all.
// - Pages are served from the cached version only. A new version waits until a page asks it to take over.
// - Every response gets the security headers, for hosts that cannot send them.
// To withdraw a release whatever its pages do, publish `cargo xtask dist --withdraw`: see sw-withdraw.js.
const build = "{{build}}";
const files = new Map({{files}});
const headers = {{headers}};
// Pages with another value of one of them.
const exceptions = {{exceptions}};

const PREFIX = "liangzheng-";
const CACHE = PREFIX + build;

self.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Array.from(files, async ([url, integrity]) => {
      const response = await fetch(new Request(url, { cache: "reload", credentials: "omit", integrity }));
      if (!response.ok || response.type !== "basic") throw new Error(`${url}: ${response.status}`);
      await cache.put(url, await withHeaders(response, url));
    }));
  } catch (error) {
    // An incomplete version is deleted.
    await caches.delete(CACHE);
    throw error;
  }
}

self.addEventListener("activate", (event) => event.waitUntil(activate()));

// The previous version is kept for its pages that are still open; older ones are deleted.
async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
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
  for (const [name, value] of Object.entries({ ...headers, ...exceptions[path] })) all.set(name, value);
  const body = response.status === 204 || response.status === 304 ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers: all });
}
