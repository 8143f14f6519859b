/**
 * As the main entry, with the module inside of the script: for places that serve no `.wasm` file. A third larger.
 *
 * @packageDocumentation
 */
import { VerifierCore, load, type VerifierOptions } from './core.js';
import { WASM_BASE64 } from './wasm-base64.js';

export * from './exports.js';

function inside(): Uint8Array {
  return Uint8Array.from(atob(WASM_BASE64), (letter) => letter.charCodeAt(0));
}

/** Verifies presentations, and decides about them by one policy. */
export class Verifier extends VerifierCore {
  /**
   * Loads the module, and verifies the files of trust.
   *
   * @throws {LiangzhengError} if the policy is refused, a file cannot be had or used, or the module is of another version.
   */
  static async create(options: VerifierOptions): Promise<Verifier> {
    return new Verifier(await load(options, inside));
  }
}
