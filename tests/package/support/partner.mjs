// A partner's site: pages that load the installed package by plain paths, under a strict policy of their own.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";

/** The folder of the installed package. */
export const PACK = process.env.LIANGZHENG_PACK ?? new URL("../../../target/pack/verifier", import.meta.url).pathname;

/** Imports a module of the installed package. */
export const fromPack = (path) => import(pathToFileURL(join(PACK, path)));

/** The policy of the page, as the package's README writes it down for partners. */
export const CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "img-src blob:",
  "style-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".css": "text/css" };

const PAGE = (body, lang, dark) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Partner</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="${dark ? "dark" : "light dark"}">
<link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script>
<script type="module" src="/pkg/dist/element/define.js"></script></head><body><main><h1>Desk</h1>${body}</main></body></html>`;

const STYLE = "body{margin:0;font-family:system-ui,sans-serif}main{padding:12px;max-width:960px;margin:auto}h1{font-size:20px}";

// What a partner writes: listeners, and nothing else.
const SCRIPT = `globalThis.heard = [];
for (const name of ["decision", "error", "cancel", "progress"]) {
  document.addEventListener(name, (event) => {
    const { detail } = event;
    const said = name === "decision" ? detail.outcome : name === "error" ? detail.code : name === "progress" ? detail.state : undefined;
    globalThis.heard.push(said === undefined ? name : name + " " + said);
  });
}`;

/**
 * Serves the site on a free port: the package below /pkg, files by path, and whatever page a test writes.
 */
export async function serve(files) {
  const pages = new Map();
  const posted = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const answer = (status, type, body) => {
      response.writeHead(status, { "content-type": type, "content-security-policy": CSP, "cache-control": "no-store" });
      response.end(body);
    };
    if (request.method === "POST") {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      posted.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      return answer(200, "text/html; charset=utf-8", PAGE("<p id=posted>posted</p>", "en"));
    }
    if (pages.has(path)) return answer(200, "text/html; charset=utf-8", pages.get(path));
    if (path === "/page.css") return answer(200, "text/css", STYLE);
    if (path === "/favicon.ico") return answer(204, "image/png", "");
    if (path === "/page.js") return answer(200, "text/javascript", SCRIPT);
    if (files[path]) return answer(200, TYPES[extname(path)] ?? "application/octet-stream", Buffer.from(files[path]));
    const inside = normalize(path).replace(/^\/pkg\//, "");
    if (!path.startsWith("/pkg/") || inside.startsWith("..")) return answer(404, "text/plain", "nothing here\n");
    try {
      return answer(200, TYPES[extname(path)] ?? "application/octet-stream", await readFile(join(PACK, inside)));
    } catch {
      return answer(404, "text/plain", "nothing here\n");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://localhost:${server.address().port}`;
  return {
    url,
    /** The bodies of the forms that were posted. */
    posted,
    /** Serves a page with this markup, and returns its address. */
    page(body, { lang = "zh-CN", dark = false } = {}) {
      const path = `/p${pages.size}`;
      pages.set(path, PAGE(body, lang, dark));
      return url + path;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}
