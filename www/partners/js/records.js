// Records of decisions: the journal of the package, kept in IndexedDB, behind one door.
// A line names elements and codes and no value of a licence. What the policy lets the firm keep lies beside it, is erased at its
// day or on request, and leaves the journal whole. A portrait, an address and a whole number are never kept.
import { Journal, createSigner, search as searchLines, toCsv, verifyReceipt } from '/vendor/liangzheng/record.js';
import { all, get, put } from './store.js';

const KEPT_DAYS = 90;

const journalOf = (records) => Journal.open(records.map(({ line }) => `${line}\n`).join(''));
const linesOf = (records) => records.map(({ line }) => `${line}\n`).join('');

/** Returns the records of a firm in the order of the journal. */
async function inOrder(firm) {
  return (await all('records')).filter((record) => record.firm === firm).sort((one, other) => one.index - other.index);
}

/** Returns the journal's signer, made at the first record: its private key cannot be read. */
async function signerOf(firm) {
  const kept = await get('journals', firm);
  if (kept) return kept;
  const made = { id: firm, ...(await createSigner(`${firm}.example/desk`)) };
  await put('journals', made);
  return made;
}

/** Returns the facts of a decision that its policy keeps. */
export function kept(policy, facts) {
  const names = policy.facts.filter(({ fact, intent_to_retain }) => intent_to_retain && fact !== 'portrait' && fact !== 'number').map(({ fact }) => fact);
  return Object.fromEntries(names.filter((name) => facts?.[name] !== undefined).map((name) => [name, facts[name]]));
}

/**
 * Adds a decision, and returns its record. `input`: firm, reference, operator, place, case, decision, verifier, and `override`
 * ({ by, reason, decision }) where a person decided otherwise.
 */
export function add(input) {
  // One after the other, whatever windows are open.
  return navigator.locks.request('records', () => append(input));
}

async function append({ firm, reference, operator, place, decision, verifier, override, premium }) {
  const records = await inOrder(firm);
  const journal = await journalOf(records);
  const until = new Date(decision.at.getTime() + KEPT_DAYS * 86_400_000);
  const facts = kept(verifier.policy, decision.facts);
  // What was not proven is recorded without anything of it.
  const keep = decision.facts ? { until } : undefined;
  const { id, line, payload } = journal.add(decision, { operator, place, override, keep });
  const personal = keep && { facts, payload };
  const about = { pii_controller: verifier.policy.contact, purpose: verifier.policy.purpose };
  const record = { id, firm, index: journal.length - 1, line, reference, personal, about, premium: premium && { band: premium.band, price: premium.price } };
  await put('records', record);
  const signer = await signerOf(firm);
  await put('journals', { ...signer, checkpoint: await journal.checkpoint(signer) });
  return read(record);
}

/** A stored record with what its line says. */
const read = (record) => record && { ...record, written: JSON.parse(record.line) };

/** Returns the records of a firm, the newest first. */
export const list = async (firm) => (await inOrder(firm)).reverse().map(read);

/** Returns the records that have every word: in their line, or in what is kept beside it. */
export async function search(firm, text) {
  const records = await list(firm);
  const inLines = new Set((await searchLines(linesOf(records), { text })).map(({ record_id }) => record_id));
  const words = text.toLowerCase().split(/\s+/);
  const beside = ({ reference, personal }) => JSON.stringify([reference, personal?.facts]).toLowerCase();
  return records.filter((record) => inLines.has(record.id) || words.every((word) => beside(record).includes(word)));
}

export const open = async (id) => read(await get('records', id));

/** Returns the receipt for the driver, which proves that the record is in the journal, and the key that it is verified by. */
export async function receiptOf(id) {
  const { firm, line } = await get('records', id);
  const { checkpoint, publicKey } = await get('journals', firm);
  const receipt = (await journalOf(await inOrder(firm))).receipt(line, checkpoint);
  await verifyReceipt(receipt, publicKey);
  return { receipt, publicKey };
}

/** Erases what was kept of a person; the line stays. Returns what was erased. */
export async function erase(id) {
  const { personal, ...record } = await get('records', id);
  await put('records', record);
  return personal;
}

/** Puts back what was erased a moment ago. */
export const restore = async (id, personal) => put('records', { ...(await get('records', id)), personal });

/** Erases what is kept longer than it may be. */
export async function eraseDue(firm) {
  const records = await inOrder(firm);
  const due = new Set((await journalOf(records)).due());
  for (const record of records) if (record.personal && due.has(record.id)) await erase(record.id);
}

/** Returns what does not fit: a line that was changed, is missing or moved, or something that was changed beside it. */
export async function findings(firm) {
  const records = await inOrder(firm);
  if (!records.length) return [];
  const journal = await journalOf(records);
  const { checkpoint, publicKey } = await get('journals', firm);
  const beside = records.flatMap(({ personal }, index) => {
    const state = personal && journal.payloadState(index, personal.payload);
    return state === 'changed' ? [{ code: 'payload-changed', line: index + 1 }] : [];
  });
  return [...journal.findings(), ...(await journal.againstCheckpoint(checkpoint, publicKey)), ...beside];
}

/** Returns the journal as it is verified by `liangzheng record verify`. */
export const exportJson = async (firm) => linesOf(await inOrder(firm));

export const exportCsv = async (firm) => `\uFEFF${await toCsv(linesOf(await inOrder(firm)))}`;
