// Serves the built site with one file replaced: the scanning worker, for each contender.
import { createServer, request } from "node:http";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { instrumented } from "./instrumented.mjs";

const require = createRequire(import.meta.url);
const WORKER = /^\/js\/scan-worker\.[0-9a-f]+\.js$/;

/** Bundles a worker of this folder into one script. */
async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, name)],
    inject: [path.join(import.meta.dirname, "node.mjs")],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    define: { global: "globalThis" },
    logLevel: "error",
  });
  return Buffer.from(outputFiles[0].contents);
}

/** The scripts that replace the worker, by the name of the contender. */
export async function contenders(script) {
  const ours = (extra) => (file) => Buffer.from(instrumented(script, file, extra));
  const [zxing, ur] = await Promise.all(["worker-zxing.mjs", "worker-ur.mjs"].map(bundled));
  return { ours: ours(0), slow: ours(50), zxing: () => zxing, ur: () => ur };
}

/** Serves the site at `origin` with another worker; returns its own origin. */
export async function exchange(origin, worker) {
  const own = new Map([
    ["/bench/ours.js", ["text/javascript", readFileSync(path.join(import.meta.dirname, "ours.mjs"))]],
    ["/bench/zxing_reader.wasm", ["application/wasm", readFileSync(require.resolve("zxing-wasm/reader/zxing_reader.wasm"))]],
  ]);
  const server = createServer((asked, answer) => {
    const here = own.get(asked.url);
    if (here) return answer.writeHead(200, { "content-type": here[0] }).end(here[1]);
    const { host, ...headers } = asked.headers;
    const there = request(new URL(asked.url, origin), { headers: { ...headers, "accept-encoding": "identity" } }, (given) => {
      if (!WORKER.test(asked.url)) {
        answer.writeHead(given.statusCode, given.headers);
        return given.pipe(answer);
      }
      // The headers of the worker stay, its content is replaced.
      given.resume();
      const body = worker(asked.url);
      const { "content-length": length, etag, ...kept } = given.headers;
      answer.writeHead(200, { ...kept, "content-length": body.length }).end(body);
    });
    there.on("error", () => answer.writeHead(502).end());
    there.end();
  });
  await new Promise((listening) => server.listen(0, "localhost", listening));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.close() };
}
