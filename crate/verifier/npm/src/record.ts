/**
 * Records of decisions, in a journal that proves itself: one line of JSON each, leaf of an RFC 6962 tree, with checkpoints as C2SP
 * signed notes.
 *
 * A record has names of elements and codes, and never the value of an element. Where lines and payloads are kept is up to you:
 * write the payload first, then the line, then the checkpoint.
 *
 * @packageDocumentation
 */
import { VERSION } from './build.js';
import { type Decision, recordable } from './decision.js';
import { LiangzhengError } from './errors.js';
import { coded, sideModule } from './side.js';
import type { Outcome, PolicyDocument, Source } from './types.js';
import init, * as wasm from './wasm/record.js';

const start = sideModule('record.wasm', (bytes) => init({ module_or_path: bytes }));

/** What a caller adds to a decision. */
export interface RecordOptions {
  /** Who operates the desk, by a sign of yours, such as `desk-7`. */
  operator?: string;
  /** Where. */
  place?: string;
  /** By how many seconds this clock may be wrong, if that is known. */
  clockDoubtSeconds?: number;
  /** What a person decided instead, and why. Refused where a proof failed: see {@link mayOverride}. */
  override?: { by: string; reason: string; decision: Outcome };
  /** What is kept beside the record, until when; nothing by default. */
  keep?: {
    until: Date;
    /** Facts that are never kept by default and that the policy lets you keep. */
    also?: PolicyDocument['facts'][number]['fact'][];
  };
}

/** A record that was added. */
export interface AddedRecord {
  /** 32 hexadecimal digits. */
  id: string;
  /** The line of the journal, without its end. */
  line: string;
  /** What is kept beside it: the presentation without what no rule reads, and its salt. Erase it by deleting it. */
  payload: Uint8Array | undefined;
}

/** What does not fit in a journal. */
export interface Finding {
  code:
    | 'record-unreadable'
    | 'record-changed'
    | 'record-missing'
    | 'record-reordered'
    | 'record-repeated'
    | 'journal-cut-off'
    | 'journal-rewritten'
    | 'payload-changed'
    | 'payload-stray';
  /** The line from 1; `null` where it is about the whole journal. */
  line: number | null;
  recordId: string | null;
  count: number;
}

/** A record as it is written. `docs/record.schema.json` of the repository has the whole of it. */
export interface WrittenRecord {
  schema_version: number;
  record_id: string;
  sequence: number;
  event_time: string;
  decision: Outcome;
  override?: { by: string; reason: string; decision: Outcome };
  rules: { rule: string; outcome: string; code?: string; effect?: string }[];
  policy: { id: string; version: string; sha256: string };
  keep_until?: string;
  payload_sha256?: string;
  [more: string]: unknown;
}

/** Which records are wanted. */
export interface Filter {
  /** Words that must all be there. */
  text?: string;
  from?: Date;
  before?: Date;
  decision?: Outcome;
}

/** Signs checkpoints. The private key cannot be read. */
export interface NoteSigner {
  /** The name of the journal, such as `rental.example/desk-7`. */
  name: string;
  /** The pair; keep it in IndexedDB. */
  keys: CryptoKeyPair;
  /** The public key as text, to be published: name, id and key, joined by `+`. */
  publicKey: string;
}

function bytes(lines: string | Uint8Array): Uint8Array {
  return typeof lines === 'string' ? new TextEncoder().encode(lines) : lines;
}

function filterOf({ text, from, before, decision }: Filter): string {
  const seconds = (at: Date | undefined) => (at ? Math.floor(at.getTime() / 1000) : null);
  return JSON.stringify({ text: text ?? null, from: seconds(from), before: seconds(before), decision: decision ?? null });
}

/** Whether a person may decide something better: not where integrity, presenter, validity or revocation failed. */
export async function mayOverride(decision: Decision): Promise<boolean> {
  await start();
  return coded(() => wasm.mayOverride(decision[recordable]().checked));
}

/** The lines of a journal as hashes. */
export class Journal {
  readonly #wasm: wasm.Journal;

  private constructor(journal: wasm.Journal) {
    this.#wasm = journal;
  }

  /** Reads the lines of a journal; none begins a new one. What does not fit is told by {@link Journal.findings}. */
  static async open(lines: string | Uint8Array = '', module?: Source): Promise<Journal> {
    await start(module);
    return new Journal(coded(() => new wasm.Journal(bytes(lines))));
  }

  /** The number of lines. */
  get length(): number {
    return this.#wasm.length;
  }

  /**
   * Adds a decision.
   *
   * @throws {LiangzhengError} `override-not-allowed` for an override that is not allowed, and other codes of `docs/records.md`.
   */
  add(decision: Decision, options: RecordOptions = {}): AddedRecord {
    const { checked, presentation, transcript, policy, files } = decision[recordable]();
    const { clockDoubtSeconds, operator, place, override, keep } = options;
    const added = JSON.stringify({
      clockDoubtSeconds: clockDoubtSeconds ?? null,
      operator: operator ?? null,
      place: place ?? null,
      program: `@liangzheng/verifier ${VERSION}`,
      lists: { trust: files.trust, status: files.status, revocation: [] },
      overridden: override ?? null,
      keepUntil: keep ? Math.floor(keep.until.getTime() / 1000) : null,
      keepAlso: keep?.also ?? [],
    });
    const random = crypto.getRandomValues(new Uint8Array(48));
    const appended = coded(() => this.#wasm.append(checked, added, policy, presentation, transcript, random));
    const { id, line, payload } = appended;
    appended.free();
    return { id, line, payload };
  }

  /** Returns what does not fit; nothing for a whole journal. That its end was cut off is told by a note or a receipt. */
  findings(): Finding[] {
    return JSON.parse(this.#wasm.findings()) as Finding[];
  }

  /** Signs a checkpoint of all lines. */
  async checkpoint(signer: NoteSigner): Promise<string> {
    const text = this.#wasm.checkpoint(signer.name);
    const key = coded(() => wasm.Key.parse(signer.publicKey));
    const message = new TextEncoder().encode(text);
    const signature = await crypto.subtle.sign(algorithm(key.algorithm), signer.keys.privateKey, message);
    return coded(() => key.sign(text, new Uint8Array(signature)));
  }

  /** Returns what does not fit to a signed checkpoint: `journal-cut-off` or `journal-rewritten`. */
  async againstCheckpoint(note: string, publicKey: string): Promise<Finding[]> {
    const text = await checkedText(note, publicKey);
    return JSON.parse(coded(() => this.#wasm.against_checkpoint(text))) as Finding[];
  }

  /** Returns what does not fit to the receipt of a driver. */
  againstReceipt(receipt: string): Finding[] {
    return JSON.parse(coded(() => this.#wasm.against_receipt(receipt))) as Finding[];
  }

  /** Makes the receipt for the driver: small enough for a QR code. It shows nothing of other customers. */
  receipt(line: string, checkpoint: string): string {
    return coded(() => this.#wasm.receipt(line, checkpoint));
  }

  /** Returns whether what is kept beside a line is whole. An erased one leaves the journal whole. */
  payloadState(index: number, payload: Uint8Array | undefined): 'not-kept' | 'whole' | 'erased' | 'changed' {
    return this.#wasm.payload_state(index, payload) as 'not-kept' | 'whole' | 'erased' | 'changed';
  }

  /** Returns the ids of records whose payloads are to be erased. */
  due(now = new Date()): string[] {
    return this.#wasm.due(now.getTime() / 1000);
  }
}

/** Finds records in the lines of a journal. */
export async function search(lines: string | Uint8Array, filter: Filter = {}): Promise<WrittenRecord[]> {
  await start();
  return JSON.parse(coded(() => wasm.search(bytes(lines), filterOf(filter)))) as WrittenRecord[];
}

/** Writes records as CSV; cells that a spreadsheet would take for a formula are escaped. */
export async function toCsv(lines: string | Uint8Array, filter: Filter = {}): Promise<string> {
  await start();
  return coded(() => wasm.csv(bytes(lines), filterOf(filter)));
}

/** Makes a signer of checkpoints: Ed25519 where this runtime has it, else ECDSA on P-256, which the note says. */
export async function createSigner(name: string): Promise<NoteSigner> {
  await start();
  let keys: CryptoKeyPair;
  try {
    keys = (await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])) as CryptoKeyPair;
  } catch {
    keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  }
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const key = coded(() => new wasm.Key(name, raw));
  return { name, keys, publicKey: key.text };
}

/**
 * Verifies the receipt of a driver by the published key.
 *
 * @throws {LiangzhengError} with the code of what is wrong.
 */
export async function verifyReceipt(receipt: string, publicKey: string): Promise<void> {
  await start();
  let note: unknown;
  try {
    note = (JSON.parse(receipt) as { checkpoint?: unknown }).checkpoint;
  } catch (error) {
    throw new LiangzhengError('receipt-form', '', { cause: error });
  }
  if (typeof note !== 'string') throw new LiangzhengError('receipt-form');
  const text = await checkedText(note, publicKey);
  coded(() => wasm.verify_receipt(receipt, text));
}

function algorithm(name: string): { name: string; hash?: string; namedCurve?: string } {
  return name === 'Ed25519' ? { name } : { name, namedCurve: 'P-256', hash: 'SHA-256' };
}

async function checkedText(note: string, publicKey: string): Promise<string> {
  await start();
  const key = coded(() => wasm.Key.parse(publicKey));
  const signature = coded(() => key.signature(note));
  const text = coded(() => key.signed_text(note));
  const how = algorithm(key.algorithm);
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey('raw', key.raw as Uint8Array<ArrayBuffer>, how, false, ['verify']);
  } catch (error) {
    throw new LiangzhengError('note-not-checked', key.algorithm, { cause: error });
  }
  const message = new TextEncoder().encode(text);
  if (!(await crypto.subtle.verify(how, imported, signature as Uint8Array<ArrayBuffer>, message))) {
    throw new LiangzhengError('note-signature');
  }
  // The name of the key is the origin of the journal.
  if (text.split('\n', 1)[0] !== key.name) throw new LiangzhengError('note-origin');
  return text;
}
