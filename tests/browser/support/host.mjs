// A static host of the built site for one test: plain files, no headers of its own, and the faults that the test sets.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".webmanifest": "application/manifest+json" };

// The files of a built site by their URL paths.
export async function readSite(folder) {
  const files = new Map();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name === "_headers") continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const url = path.slice(folder.length).replaceAll("\\", "/");
    files.set(url.replace(/index\.html$/, ""), { bytes: await readFile(path), type: types[extname(path)] });
  }
  return files;
}

export const sha256 = (bytes) => `sha256-${createHash("sha256").update(bytes).digest("base64")}`;

// The same site as another build: its pages and its service worker have another id.
export function nextVersion(files) {
  const edit = (file, change) => ({ ...file, bytes: Buffer.from(change(file.bytes.toString("utf8"))) });
  const worker = files.get("/sw.js").bytes.toString("utf8");
  const build = /const build = "([0-9a-f]{16})"/.exec(worker)[1];
  const next = "f".repeat(16);
  const after = new Map(files);
  let list = worker.replaceAll(build, next).replace(/const version = "[0-9a-f]{16}"/, `const version = "${next}"`);
  for (const url of ["/", "/wallet/", "/verify/", "/errors/"]) {
    const page = edit(files.get(url), (text) => text.replace("</body>", `<i id="second-version"></i></body>`));
    list = list.replace(sha256(files.get(url).bytes), sha256(page.bytes));
    after.set(url, page);
  }
  after.set("/sw.js", { ...files.get("/sw.js"), bytes: Buffer.from(list) });
  return after;
}

export class Host {
  constructor(files) {
    this.files = files;
    /** Paths that are answered with 404. */
    this.missing = new Set();
    /** Paths that are never answered. */
    this.silent = new Set();
    /** Wrong answers, by path, each given as often as it stands there: `{ status, type, bytes }`. */
    this.wrong = new Map();
    /** The paths of all requests, in order. */
    this.asked = [];
    /** How long browsers keep an answer. */
    this.cacheControl = "max-age=600";
    this.server = createServer((request, response) => {
      const path = new URL(request.url, "http://localhost").pathname;
      this.asked.push(path);
      if (this.silent.has(path)) return;
      const wrong = this.wrong.get(path)?.shift();
      const file = wrong ?? (this.missing.has(path) ? undefined : this.files.get(path));
      if (!file) return response.writeHead(404, { "Content-Type": "text/plain" }).end("none");
      const headers = { "Cache-Control": this.cacheControl };
      if (file.type) headers["Content-Type"] = file.type;
      response.writeHead(file.status ?? 200, headers).end(file.bytes);
    });
  }
  /** The path of the one file whose name begins so. */
  path(start) {
    const found = [...this.files.keys()].filter((path) => path.startsWith(start));
    if (found.length !== 1) throw new Error(`${start}: ${found}`);
    return found[0];
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
