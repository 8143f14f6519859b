// Fetches and compiles the one Wasm module, and refuses one of another build.
import { build as boundBuild } from "/pkg/site.js";

export const build = "{{build}}";

const url = "/pkg/site_bg.wasm";
const integrity = "{{integrity:/pkg/site_bg.wasm}}";

// For pages and workers: `await init({ module_or_path: await siteModule() })`.
export async function siteModule() {
  const module = await compile(await fetched());
  const [section] = WebAssembly.Module.customSections(module, "liangzheng-build");
  const moduleBuild = section && new TextDecoder().decode(section);
  if (moduleBuild !== build || boundBuild !== build) {
    throw new Error(`parts of different builds: page ${build}, script ${boundBuild}, module ${moduleBuild}`);
  }
  return module;
}

// What an HTTP cache holds may be a bad answer of long ago: a file with another hash is fetched once more, past it.
async function fetched() {
  try {
    const response = await fetch(url, { integrity });
    if (response.ok) return response;
  } catch {
    // Another hash, or no network: the second answer decides.
  }
  const response = await fetch(url, { integrity, cache: "reload" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

// Browsers compile while they load only what a host calls exactly `application/wasm`; the hash was compared either way.
async function compile(response) {
  if (response.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
