// Fetches and compiles a Wasm module, and refuses one of another build.
export const build = "{{build}}";

// For pages and workers: `await init({ module_or_path: await moduleOf(…) })`. Each of two attempts may take `limit`
// milliseconds.
export async function moduleOf(url, integrity, limit) {
  const module = await compile(await fetched(url, integrity, limit));
  const [section] = WebAssembly.Module.customSections(module, "liangzheng-build");
  const moduleBuild = section && new TextDecoder().decode(section);
  if (moduleBuild !== build) throw new Error(`parts of different builds: page ${build}, module ${moduleBuild}`);
  return module;
}

// What an HTTP cache holds may be a bad answer of long ago: a file with another hash is fetched once more, past it.
async function fetched(url, integrity, limit) {
  const get = (cache) => fetch(url, { integrity, cache, signal: limit && AbortSignal.timeout(limit) });
  try {
    const response = await get("default");
    if (response.ok) return response;
  } catch {
    // Another hash, or no network: the second answer decides.
  }
  const response = await get("reload");
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

// Browsers compile while they load only what a host calls exactly `application/wasm`; the hash was compared either way.
async function compile(response) {
  if (response.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
