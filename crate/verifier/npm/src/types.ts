import type { Code } from './generated/codes.js';
import type { PolicyDocument } from './generated/policy.js';

export type { Code } from './generated/codes.js';
export type * from './generated/policy.js';

/** Bytes, as any API of the platform gives them. */
export type Bytes = Uint8Array | ArrayBuffer;

/** A file: its bytes, or an address that is fetched once. */
export type Source = Bytes | URL | string | Response;

/** What a policy decides. */
export type Outcome = 'accept' | 'review' | 'refuse';

/** What a rule found. `not-applicable` does not count. */
export type RuleOutcome = 'pass' | 'fail' | 'undetermined' | 'not-applicable';

/** What a finding does to the decision. */
export type Effect = 'refuse' | 'review' | 'note';

/** The result of one check. */
export type CheckState = 'pass' | 'fail' | 'undetermined' | 'not-asked';

/** The value of a placeholder. Dates are `YYYY-MM-DD`, moments are seconds since 1970. */
export type Arg =
  | { kind: 'text'; value: string }
  | { kind: 'list'; value: string[] }
  | { kind: 'number'; value: number }
  | { kind: 'date'; value: string }
  | { kind: 'moment'; value: number }
  | { kind: 'class'; value: string }
  | { kind: 'classes'; value: string[] }
  | { kind: 'vehicle'; value: string }
  | { kind: 'letters'; value: string }
  | { kind: 'key'; value: string };

/** A sentence: its key in a {@link Catalogue} with its placeholders. {@link say} makes text of it. */
export interface Message {
  /** The key. */
  code: string;
  /** The placeholders by name. */
  args: [name: string, value: Arg][];
}

/** One thing that a rule found. */
export interface Check {
  state: CheckState;
  code: Code;
  message: Message;
}

/** Names of what is no rule of a policy and cannot be softened by one. */
export type Fixed =
  | 'integrity'
  | 'presenter'
  | 'validity'
  | 'revocation'
  | 'replay'
  | 'policy'
  | 'purpose'
  | 'document'
  | 'facts';

/** The reason of one rule. */
export interface Reason {
  /** The rule, or one of {@link Fixed}. */
  rule: Fixed | PolicyDocument['rules'][number]['rule']['name'];
  outcome: RuleOutcome;
  /** The code that decides it; absent where nothing was found. */
  code?: Code;
  /** What it does to the decision; absent where it passes or does not apply. */
  effect?: Effect;
  checks: Check[];
}

/** A rule that will say something else. */
export interface Flip {
  /** The first day on which it does. */
  date: string;
  /** The days until then. */
  in_days: number;
  rule: string;
  from: RuleOutcome;
  to: RuleOutcome;
  code: Code | null;
  decision: Outcome;
}

/** A class of a Chinese licence and the day since which it is held. */
export interface HeldClass {
  class: string;
  from: string;
}

/** A line of `driving_privileges`. */
export interface Privilege {
  code?: string;
  from?: string | null;
  until?: string | null;
  [other: string]: unknown;
}

/** The facts that the policy asked for and the holder showed; nothing else leaves the module. */
export interface Facts {
  /** The kind of document: `cn`, `iso`, `us`, `id` or `age`. */
  profile: string;
  name?: string;
  'national-name'?: string;
  'birth-date'?: string;
  'birth-year'?: number;
  age?: { years: number | null; over: Record<string, boolean> };
  sex?: string;
  number?: string;
  'number-last4'?: string;
  'issuing-country'?: string;
  'issuing-jurisdiction'?: string;
  'issuing-authority'?: string;
  'issue-date'?: string;
  'expiry-date'?: string;
  'long-term'?: boolean;
  privileges?: { classes: { known: HeldClass[] } | null; domestic: Privilege[] | null; iso: Privilege[] | null };
  'status-letters'?: { letters: string; as_of: number; until: string | null };
  points?: { incurred: number; as_of: number };
  'extended-until'?: { until: string | null };
  'novice-until'?: { car: string | null; motorcycle: string | null };
}

/** Who issued the licence. */
export interface Issuer {
  /** The name of the trust anchor. */
  name: string;
  /** Two letters of ISO 3166-1. */
  country: string;
  /** The trust lists that have it. */
  lists: string[];
  /** SHA-256 of the anchor's SubjectPublicKeyInfo, in hexadecimal. */
  keySha256: string;
}

/** The policy that decided. */
export interface PolicyRef {
  id: string;
  version: string;
  /** SHA-256 of the canonical document (RFC 8785), in hexadecimal. */
  sha256: string;
}

/**
 * What the partner knows about the case.
 *
 * A rule that needs what is not given is undetermined.
 */
export interface Case {
  /** The vehicle, such as `car`, `motorhome` or `lorry-automatic`. */
  vehicle?: string;
  /** A trailer behind it: up to 750 kg, or more. */
  trailer?: 'light' | 'heavy';
  /** The first day, `YYYY-MM-DD`. */
  from?: string;
  /** The last day. */
  until?: string;
  /** The name of the booking or proposal. */
  name?: string;
  /** The last 3 to 8 characters of the licence's number. */
  number_end?: string;
  /** What the person said who compared the portrait with the face. */
  face?: 'same' | 'not-sure' | 'different';
}

/**
 * The values of a session that the *caller itself* made. Values that arrive with a presentation prove nothing.
 *
 * Byte strings are in hexadecimal.
 */
export type Session =
  | { kind: 'openid4vp'; clientId: string; nonce: string; responseUri: string; jwkThumbprint?: string }
  | { kind: 'dc-api'; origin: string; nonce: string; jwkThumbprint?: string }
  | { kind: 'org-iso-mdoc'; encryptionInfo: string; origin: string }
  | { kind: 'transcript'; bytes: string };

/**
 * Remembers one-way presentations: adds a key if it is absent.
 *
 * Returns `true` if it was added, `false` or the time of the first receipt if it was there. Several processes share one store,
 * such as `INSERT … ON CONFLICT DO NOTHING`. A key may be forgotten after `until`.
 */
export interface ReplayStore {
  add(key: string, until: Date): boolean | Date | Promise<boolean | Date>;
}

/** What is checked beside the presentation. */
export interface CheckOptions {
  /** What the partner knows. */
  case?: Case;
  /** The time of receipt; by default now. Freshness is judged at receipt. */
  now?: Date;
  /** Minutes by which the clocks of the partner's place are ahead of UTC; by default those of this runtime. */
  utcOffsetMinutes?: number;
  /** A lower bound of the true time, such as that of the last deployment. */
  clockFloor?: Date;
  /** The name by which holders may address this verifier. */
  audience?: string;
  /** The session in which a DeviceResponse was asked for. Without one it is for review at best. */
  session?: Session;
  /** The store of received codes. Without one a one-way code is for review at best. */
  seen?: ReplayStore;
  /** How many days the rules are looked ahead, at most 3,660. */
  whatIfDays?: number;
}

/** The texts of one language. Import `@liangzheng/verifier/en` or `@liangzheng/verifier/zh-CN`. */
export interface Catalogue {
  /** The BCP 47 tag. */
  tag: string;
  texts: Record<string, string>;
}
