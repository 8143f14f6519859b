// Fetches and compiles the one Wasm module, and refuses one of another build.
import { build as boundBuild } from "/pkg/site.js";

export const build = "{{build}}";

// For pages and workers: `await init({ module_or_path: await siteModule() })`.
export async function siteModule() {
  const response = await fetch("/pkg/site_bg.wasm", { integrity: "{{integrity:/pkg/site_bg.wasm}}" });
  const module = await WebAssembly.compileStreaming(response);
  const [section] = WebAssembly.Module.customSections(module, "liangzheng-build");
  const moduleBuild = section && new TextDecoder().decode(section);
  if (moduleBuild !== build || boundBuild !== build) {
    throw new Error(`parts of different builds: page ${build}, script ${boundBuild}, module ${moduleBuild}`);
  }
  return module;
}
