/** As the main entry, with the module read from the package's folder. @packageDocumentation */
import { readFile } from 'node:fs/promises';

import { VerifierCore, load, type VerifierOptions } from './core.js';

export * from './exports.js';

/** Verifies presentations, and decides about them by one policy. */
export class Verifier extends VerifierCore {
  /**
   * Loads the module, and verifies the files of trust.
   *
   * @throws {LiangzhengError} if the policy is refused, a file cannot be had or used, or the module is of another version.
   */
  static async create(options: VerifierOptions): Promise<Verifier> {
    return new Verifier(await load(options, () => readFile(new URL('./verifier.wasm', import.meta.url))));
  }
}
