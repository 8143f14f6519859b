import { Decision, type Context, type Files } from './decision.js';
import { LiangzhengError, refused } from './errors.js';
import { bytesOf, start } from './module.js';
import type { Bytes, CheckOptions, PolicyDocument, Source } from './types.js';
import { Engine, Step, type Check } from './wasm/verifier.js';
import { answer } from './webcrypto.js';

/** What a verifier is made of. */
export interface VerifierOptions {
  /** Who is trusted: certificates and revocation lists (PEM or DER), and trust lists (VICAL). */
  trust: Source | readonly Source[];
  /** Status lists, as CWT. */
  status?: Source | readonly Source[];
  /** The policy that decides: the document, or a file. */
  policy: PolicyDocument | Source;
  /** The Wasm module, where it is not beside the script. */
  wasm?: Source;
  /** The time at which the files are verified; by default now. */
  now?: Date;
}

/** A part of a file of trust that is not used. */
export interface RefusedPart {
  /** Its file, by its place in `trust`, from 0. */
  file: number;
  code: string;
}

/** What was loaded. */
interface Loaded {
  trusted: string[];
  refused: RefusedPart[];
  files: Files;
  policy: { sha256: string; document: PolicyDocument };
}

/** Presentations of a licence are at most this long; what is longer is refused as any other foreign bytes. */
const PRESENTATION_MAX = 1 << 20;

/** What a verifier is made from once its files are verified. @internal */
export interface Made {
  engine: Engine;
  policy: Uint8Array;
}

/**
 * Verifies presentations, and decides about them by one policy.
 *
 * It asks no server and remembers nothing. The same call gives the same decision in a page, in a worker and in Node.
 */
export abstract class VerifierCore {
  /** The lists and authorities that are trusted, by name. */
  readonly trusted: readonly string[];
  /** Parts of the files of trust that are not used. */
  readonly refused: readonly RefusedPart[];
  /** The policy. */
  readonly policy: PolicyDocument;
  /** SHA-256 of the canonical policy (RFC 8785), in hexadecimal. */
  readonly policySha256: string;
  /** SHA-256 of each file, in hexadecimal: for records of what decided. */
  readonly files: Files;

  readonly #context: Context;

  /** @internal */
  protected constructor({ engine, policy }: Made) {
    const loaded = JSON.parse(engine.loaded()) as Loaded;
    this.#context = { engine, policy, files: loaded.files };
    this.trusted = loaded.trusted;
    this.refused = loaded.refused;
    this.files = loaded.files;
    this.policy = loaded.policy.document;
    this.policySha256 = loaded.policy.sha256;
  }

  /**
   * Checks a presentation: the payload of the link (`./reader` returns it), or a DeviceResponse.
   *
   * Any bytes give a decision; what is no presentation is refused with the reason.
   *
   * @throws {LiangzhengError} if the options cannot be used, or the store of received codes failed.
   */
  async check(presentation: Bytes, options: CheckOptions = {}): Promise<Decision> {
    const given = presentation instanceof Uint8Array ? presentation : new Uint8Array(presentation);
    const bytes = given.subarray(0, PRESENTATION_MAX);
    const now = options.now ?? new Date();
    const offset = options.utcOffsetMinutes ?? -now.getTimezoneOffset();
    const seconds = Math.floor(now.getTime() / 1000);
    const floor = options.clockFloor && Math.floor(options.clockFloor.getTime() / 1000);
    const context = JSON.stringify({
      now: seconds,
      utcOffset: offset * 60,
      clockFloor: floor ?? null,
      audience: options.audience ?? null,
      case: options.case ?? {},
      session: options.session ?? null,
      replayStore: options.seen !== undefined,
      whatIfDays: options.whatIfDays ?? null,
    });
    let check: Check;
    try {
      check = this.#context.engine.check(bytes, context);
    } catch (error) {
      throw refused(error);
    }
    await this.#finish(check, options, now);
    return new Decision(this.#context, check);
  }

  async #finish(check: Check, { seen }: CheckOptions, now: Date): Promise<void> {
    for (;;) {
      switch (this.#context.engine.step(check)) {
        case Step.Done:
          return;
        case Step.Signatures:
          check.answer(await answer(check.questions()));
          break;
        case Step.Replay: {
          const key = check.replay_key as string;
          const until = new Date((check.replay_until as number) * 1000);
          let added: boolean | Date;
          try {
            added = (await seen?.add(key, until)) ?? false;
          } catch (error) {
            throw new LiangzhengError('replay-store', 'the store of received codes failed', { cause: error });
          }
          const before = added === true ? undefined : added === false ? now : added;
          check.seen(before && Math.floor(before.getTime() / 1000));
        }
      }
    }
  }
}

async function all(sources: Source | readonly Source[]): Promise<Uint8Array[]> {
  return Promise.all((Array.isArray(sources) ? (sources as Source[]) : [sources as Source]).map(bytesOf));
}

function isSource(policy: PolicyDocument | Source): policy is Source {
  return (
    typeof policy === 'string' ||
    policy instanceof Uint8Array ||
    policy instanceof ArrayBuffer ||
    policy instanceof URL ||
    policy instanceof Response
  );
}

async function policyOf(policy: PolicyDocument | Source): Promise<Uint8Array> {
  return isSource(policy) ? bytesOf(policy) : new TextEncoder().encode(JSON.stringify(policy));
}

/** Loads the module, and verifies the files of trust. @internal */
export async function load(options: VerifierOptions, wasm: () => Promise<Source> | Source): Promise<Made> {
  if (!globalThis.crypto?.subtle) {
    throw new LiangzhengError('webcrypto-missing', 'a page needs https:// or localhost');
  }
  await start(() => options.wasm ?? wasm());
  const [trust, status] = await Promise.all([all(options.trust), all(options.status ?? [])]);
  const policy = await policyOf(options.policy);
  let engine: Engine;
  try {
    engine = new Engine(policy);
    for (const file of trust) engine.add_trust(file);
    for (const token of status) engine.add_status(token);
  } catch (error) {
    throw refused(error);
  }
  const now = (options.now ?? new Date()).getTime() / 1000;
  while (engine.load(now) === Step.Signatures) engine.answer(await answer(engine.questions()));
  return { engine, policy };
}
