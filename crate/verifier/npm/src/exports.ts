export { VERSION, WASM_SHA256 } from './build.js';
export { VerifierCore, type RefusedPart, type VerifierOptions } from './core.js';
export { Decision, type Files } from './decision.js';
export { LiangzhengError } from './errors.js';
export { memoryStore } from './memory.js';
export { day, next, say } from './text.js';
export type * from './types.js';
export { hasCurve } from './webcrypto.js';
