import { refused } from './errors.js';
import type { Case, Facts, Flip, Issuer, Message, Outcome, PolicyRef, Reason } from './types.js';
import type { Check, Engine } from './wasm/verifier.js';

/** What a record is made of. @internal */
export interface Recordable {
  /** Written by the module, read by that of records. */
  checked: string;
  presentation: Uint8Array;
  transcript: Uint8Array | undefined;
  policy: Uint8Array;
  files: Files;
}

/** SHA-256 of each file that a verifier was made of, in hexadecimal. */
export interface Files {
  readonly trust: readonly string[];
  readonly status: readonly string[];
}

/** What a decision keeps of its verifier. @internal */
export interface Context {
  engine: Engine;
  policy: Uint8Array;
  files: Files;
}

/** Gives what a record is made of. @internal */
export const recordable: unique symbol = Symbol('recordable');

/** What the module writes. */
interface Written {
  outcome: Outcome;
  policy: PolicyRef;
  at: number;
  reasons: Reason[];
  colour: 'green' | 'amber' | 'red';
  headline: Message;
  notes: Message[];
  demo: boolean;
  issuer: Issuer | null;
  face: boolean;
  facts: Facts | null;
  whatIf: Flip[] | null;
}

/**
 * What a policy decides about a presentation, and why.
 *
 * `accept`, `review` or `refuse` is never better than the worst deciding rule. A *refuse* is shown to a person; where the law gives
 * a right to it, a person decides.
 */
export class Decision {
  readonly outcome: Outcome;
  readonly policy: PolicyRef;
  /** When the presentation was received. */
  readonly at: Date;
  /** First what is no rule, then each rule in the order of the policy, then facts that are missing. */
  readonly reasons: readonly Reason[];
  /** The reasons that decide, the worst first: those that refuse or ask for review, without what was not reached. */
  readonly deciding: readonly Reason[];
  /** Whether a person has to compare the portrait with the face. */
  readonly compareFace: boolean;
  /** The facts that the policy asked for; `undefined` unless every proof holds. */
  readonly facts: Facts | undefined;
  /** The portrait, a JPEG file, if it was asked for and shown. Show it, and do not keep it. */
  readonly portrait: Uint8Array | undefined;
  /** The issuer; `undefined` unless every proof holds. */
  readonly issuer: Issuer | undefined;
  /** Whether the issuer is a demo authority. */
  readonly demo: boolean;
  /** What the presentation is, in one sentence, whatever the policy says. */
  readonly headline: Message;
  /** Remarks that decide nothing. */
  readonly notes: readonly Message[];
  /** The rules that will say something else; with `whatIfDays` only. */
  readonly whatIf: readonly Flip[] | undefined;

  readonly #context: Context;
  readonly #check: Check;
  readonly #case: string | undefined;

  /** @internal */
  constructor(context: Context, check: Check, other?: Case) {
    const { engine } = context;
    this.#context = context;
    this.#check = check;
    this.#case = other && JSON.stringify(other);
    let written: Written;
    try {
      written = JSON.parse(engine.decide(check, this.#case)) as Written;
    } catch (error) {
      throw refused(error);
    }
    this.outcome = written.outcome;
    this.policy = written.policy;
    this.at = new Date(written.at * 1000);
    this.reasons = written.reasons;
    const worst = (reason: Reason) => (reason.effect === 'refuse' ? 0 : 1);
    const decides = ({ effect }: Reason) => effect === 'refuse' || effect === 'review';
    const reached = ({ code }: Reason) => code !== 'not-reached';
    const deciding = written.reasons.filter(decides);
    this.deciding = (deciding.some(reached) ? deciding.filter(reached) : deciding)
      .sort((one, other) => worst(one) - worst(other));
    this.compareFace = written.face;
    this.facts = written.facts ?? undefined;
    this.portrait = check.portrait(engine);
    this.issuer = written.issuer ?? undefined;
    this.demo = written.demo;
    this.headline = written.headline;
    this.notes = written.notes;
    this.whatIf = written.whatIf ?? undefined;
  }

  /**
   * Decides about another case, such as another vehicle or what the person said who compared the face.
   *
   * The presentation is not verified anew: freshness was judged at receipt.
   *
   * @throws {LiangzhengError} if the case is malformed.
   */
  with(other: Case): Decision {
    return new Decision(this.#context, this.#check, other);
  }

  /** @internal */
  [recordable](): Recordable {
    const { engine, policy, files } = this.#context;
    return {
      checked: engine.recordable(this.#check, this.#case),
      presentation: this.#check.presentation,
      transcript: this.#check.transcript,
      policy,
      files,
    };
  }
}
