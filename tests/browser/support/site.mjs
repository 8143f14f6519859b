// The shipped module of the reading worker in the test's own process, from where the site is served: its scanner reads
// what a wallet shows.
import { ORIGIN } from "./fixtures.mjs";

let loaded;

/** The module's functions. */
export function loadSite() {
  loaded ??= (async () => {
    const file = async (path) => Buffer.from(await (await fetch(new URL(path, ORIGIN))).arrayBuffer());
    const list = (await file("/sw.js")).toString();
    const [script, bytes] = await Promise.all(
      [/\/pkg\/worker-scan\.[0-9a-f]+\.js/, /\/pkg\/worker-scan_bg\.[0-9a-f]+\.wasm/].map((name) => file(name.exec(list)[0])),
    );
    const site = await import(`data:text/javascript;base64,${script.toString("base64")}`);
    await site.default({ module_or_path: await WebAssembly.compile(bytes) });
    return site;
  })();
  return loaded;
}
