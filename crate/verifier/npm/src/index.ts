/**
 * Verifies mobile driving licences (ISO/IEC 18013-5) on this device, and decides by a policy of yours.
 *
 * This entry fetches `verifier.wasm` beside the script. `./inline` has it inside.
 *
 * @packageDocumentation
 */
import { VerifierCore, load, type VerifierOptions } from './core.js';

export * from './exports.js';

function beside(): URL {
  return new URL('./verifier.wasm', import.meta.url);
}

/** Verifies presentations, and decides about them by one policy. */
export class Verifier extends VerifierCore {
  /**
   * Loads the module, and verifies the files of trust.
   *
   * @throws {LiangzhengError} if the policy is refused, a file cannot be had or used, or the module is of another version.
   */
  static async create(options: VerifierOptions): Promise<Verifier> {
    return new Verifier(await load(options, beside));
  }
}
