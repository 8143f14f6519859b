// What a partner's page loads for one check, in bytes raw and Brotli 11: the packed package beside other libraries, each bundled
// and minified the same way, all in one run.
//   LIANGZHENG_PACK=<folder of the installed package> node package-sizes.mjs
import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const pack = process.env.LIANGZHENG_PACK;
if (!pack) throw new Error("LIANGZHENG_PACK names no folder: cargo xtask bench package");

const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
const bundle = async (contents) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname }, bundle: true, minify: true, format: "esm", platform: "browser", target: "es2022",
    write: false, legalComments: "none", logLevel: "error", inject: [], define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
    external: ["node:*", "cbor-extract", "crypto"], mainFields: ["browser", "module", "main"],
  });
  return outputFiles.map(({ contents: bytes }) => bytes);
};
const files = (...names) => names.map((name) => readFileSync(path.join(pack, "dist", name)));
const entry = (name) => JSON.stringify(path.join(pack, "dist", name));
const wasmOf = (module, name) => readFileSync(path.join(import.meta.dirname, "node_modules", module, name));

const contenders = [
  ["@liangzheng/verifier, one language", async () => [...await bundle(`export * from ${entry("index.js")}; export { default } from ${entry("en.js")}`), ...files("verifier.wasm")]],
  ["@liangzheng/verifier/reader", async () => [...await bundle(`export * from ${entry("reader/index.js")}`), ...files("reader.wasm")]],
  ["<licence-check>, with the scripts of both and all sentences, without modules", async () => bundle(`export * from ${entry("element/define.js")}`)],
  ["@auth0/mdl: no policy, status or trust lists", async () => bundle('export { Verifier } from "@auth0/mdl"')],
  ["@owf/mdoc: the same, crypto of the caller", async () => bundle('export * from "@owf/mdoc"')],
  ["zxing-wasm/reader: codes alone", async () => [...await bundle('export * from "zxing-wasm/reader"'), wasmOf("zxing-wasm", "dist/reader/zxing_reader.wasm")]],
];

console.log("| | raw | Brotli 11 |\n|---|---|---|");
for (const [name, load] of contenders) {
  try {
    const parts = await load();
    const sum = (weigh) => parts.reduce((total, part) => total + weigh(part), 0);
    console.log(`| ${name} | ${sum((part) => part.length).toLocaleString("en")} | ${sum(packed).toLocaleString("en")} |`);
  } catch (error) {
    console.log(`| ${name} | not bundled: ${String(error.message).split("\n")[0]} | |`);
    process.exitCode = 1;
  }
}
