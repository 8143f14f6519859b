import { LiangzhengError } from './errors.js';
import { bytesOf } from './module.js';
import type { Source } from './types.js';

/** Starts a module beside the main one, once. @internal */
export function sideModule(name: string, init: (bytes: Uint8Array) => Promise<unknown>) {
  let ready: Promise<unknown> | undefined;
  return (given?: Source): Promise<unknown> => {
    ready ??= load(name, given)
      .then(init)
      .catch((error: unknown) => {
        ready = undefined;
        throw error;
      });
    return ready;
  };
}

async function load(name: string, given: Source | undefined): Promise<Uint8Array> {
  if (given !== undefined) return bytesOf(given);
  const url = new URL(`./${name}`, import.meta.url);
  if (url.protocol !== 'file:') return bytesOf(url);
  const process = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
  const fs = process?.getBuiltinModule?.('node:fs/promises') as
    | { readFile(url: URL): Promise<Uint8Array> }
    | undefined;
  if (!fs) throw new LiangzhengError('source-unreachable', `give the bytes of ${name}`);
  return fs.readFile(url);
}

/** Calls the module; its refusals become errors. @internal */
export function coded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw typeof error === 'string' ? new LiangzhengError(error) : error;
  }
}
