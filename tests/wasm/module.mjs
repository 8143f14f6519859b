// Loads the shipped modules of a built site into Node as a page does: by their hashed names.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

// `folder` is LIANGZHENG_SITE or LIANGZHENG_PRODUCTION_SITE, set by `cargo xtask test --only wasm`. Callers with
// the same `name` share an instance and its state.
export async function loadSite(folder = process.env.LIANGZHENG_SITE, name = "") {
  if (!folder) throw new Error("run by: cargo xtask test --only wasm");
  const pkg = join(folder, "pkg");
  const names = await readdir(pkg);
  const one = (pattern) => {
    const found = names.filter((name) => pattern.test(name));
    if (found.length !== 1) throw new Error(`${pattern} matches ${found.length} files of ${names}`);
    return join(pkg, found[0]);
  };
  const load = async (program) => {
    const script = await readFile(one(new RegExp(`^${program}\\.[0-9a-f]{16}\\.js$`)));
    const bytes = await readFile(one(new RegExp(`^${program}_bg\\.[0-9a-f]{16}\\.wasm$`)));
    // Node treats a .js file outside of a package as CommonJS; a data URL is always a module.
    const exports = await import(`data:text/javascript;base64,${script.toString("base64")}#${name}`);
    return { program, exports, bytes, module: await WebAssembly.compile(bytes) };
  };
  const modules = await Promise.all(PROGRAMS.map(load));
  const [scan, verify] = modules;
  for (const { exports, module } of [scan, verify]) await exports.default({ module_or_path: module });
  if (!workers.has(verify.exports)) workers.set(verify.exports, new verify.exports.VerifyWorker());
  return { site: { ...scan.exports, ...verify.exports }, worker: workers.get(verify.exports), modules };
}

// Those of the workers first: they run without a page.
const PROGRAMS = ["worker-scan", "worker-verify", "page-wallet", "page-verify"];

// The verifying worker of each instance.
const workers = new WeakMap();

// Returns the build id in a module.
export function buildOf(module) {
  const [section] = WebAssembly.Module.customSections(module, "liangzheng-build");
  return section && new TextDecoder().decode(section);
}
