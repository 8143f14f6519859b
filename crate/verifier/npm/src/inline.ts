/**
 * As the main entry, with the module inside of the script: for places that serve no `.wasm` file. A third larger.
 *
 * @packageDocumentation
 */
import { Verifier as Core, type VerifierOptions } from './core.js';
import { WASM_BASE64 } from './wasm-base64.js';

export * from './exports.js';

function inside(): Uint8Array {
  return Uint8Array.from(atob(WASM_BASE64), (letter) => letter.charCodeAt(0));
}

/** Verifies presentations, and decides about them by one policy. */
export const Verifier = {
  /** See the main entry. */
  create(options: VerifierOptions): Promise<Core> {
    return Core.load(options, inside);
  },
} as const;

/** A verifier. */
export type Verifier = Core;
