/** The events of the element, by name. Each is a `CustomEvent` that bubbles and leaves shadow trees. */
import type { Decision } from '../decision.js';
import type { LiangzhengError } from '../errors.js';
import type { Progress } from '../reader/index.js';

/** What each event of `<licence-check>` carries. */
export interface LicenceCheckEvents {
  /** A decision, and again each time it changes: by an answer about the face, or by another case. */
  decision: Decision;
  /** Something that does not work, with its code. It is never a verdict on a person. */
  error: LiangzhengError;
  /** The person declined to show a licence. */
  cancel: undefined;
  /** A part of a moving code was read, or a code of something else was seen. */
  progress: Progress;
}

/** The listeners that `addEventListener` takes. */
export type LicenceCheckEventMap = { [Name in keyof LicenceCheckEvents]: CustomEvent<LicenceCheckEvents[Name]> };
