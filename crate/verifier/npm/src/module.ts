import { VERSION, WASM_SHA256 } from './build.js';
import { LiangzhengError } from './errors.js';
import type { Source } from './types.js';
import init, { version } from './wasm/verifier.js';

let ready: Promise<void> | undefined;

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Returns the bytes of a source. @internal */
export async function bytesOf(source: Source): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof Uint8Array) return source as Uint8Array<ArrayBuffer>;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  let response: Response;
  try {
    response = source instanceof Response ? source : await fetch(source);
  } catch (error) {
    throw new LiangzhengError('source-unreachable', String(source), { cause: error });
  }
  if (!response.ok) throw new LiangzhengError('source-unreachable', `${response.url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Starts the module once. Bytes of another build are refused. @internal */
export function start(wasm: () => Promise<Source> | Source): Promise<void> {
  ready ??= begin(wasm).catch((error: unknown) => {
    // The next call may have better luck with the network.
    ready = undefined;
    throw error;
  });
  return ready;
}

async function begin(wasm: () => Promise<Source> | Source): Promise<void> {
  const bytes = await bytesOf(await wasm());
  if (hex(await crypto.subtle.digest('SHA-256', bytes)) !== WASM_SHA256) {
    throw new LiangzhengError('module-mixed', 'the Wasm module is of another version than the script');
  }
  await init({ module_or_path: bytes });
  if (version() !== VERSION) throw new LiangzhengError('module-mixed', version());
}
