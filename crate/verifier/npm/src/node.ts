/** As the main entry, with the module read from the package's folder. @packageDocumentation */
import { readFile } from 'node:fs/promises';

import { Verifier as Core, type VerifierOptions } from './core.js';

export * from './exports.js';

/** Verifies presentations, and decides about them by one policy. */
export const Verifier = {
  /** See the main entry. */
  create(options: VerifierOptions): Promise<Core> {
    return Core.load(options, () => readFile(new URL('./verifier.wasm', import.meta.url)));
  },
} as const;

/** A verifier. */
export type Verifier = Core;
