// Records of decisions, behind one door. Each names the one before it by its hash, so that a change, a gap or another order is found.
// What a policy does not keep is not in it; portrait, address and whole number never are.
import { VERSION } from '/vendor/liangzheng/index.js';
import { all, get, put } from './store.js';

const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
      : value;

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const hashOf = ({ payload: _, hash: __, ...line }) => sha256(new TextEncoder().encode(JSON.stringify(sorted(line))));

/** Returns the facts of a decision that its policy keeps. */
export function kept(policy, facts) {
  const names = policy.facts.filter(({ fact, intent_to_retain }) => intent_to_retain && fact !== 'portrait').map(({ fact }) => fact);
  return Object.fromEntries(names.filter((name) => facts?.[name] !== undefined).map((name) => [name, facts[name]]));
}

/**
 * Adds the record of a decision, and returns it. `input`: firm, reference, operator, place, case, policy, decision, files, and
 * `override` ({ by, reason, outcome }) where a person decided otherwise.
 */
export function add(input) {
  // One after the other, whatever windows are open.
  return navigator.locks.request('records', () => append(input));
}

async function append(input) {
  const { firm, reference, operator, place, policy, decision, files, override, premium } = input;
  const { face, ...known } = input.case;
  const payload = { salt: crypto.randomUUID(), case: known, facts: kept(policy, decision.facts) };
  const [last] = await list(firm);
  const line = {
    schema_version: 1,
    id: crypto.randomUUID(),
    sequence: (last?.sequence ?? -1) + 1,
    prev: last?.hash ?? null,
    firm,
    reference,
    event_time: decision.at.toISOString(),
    entity_id: operator,
    processing_location: place,
    pii_controller: policy.contact,
    purpose: policy.purpose,
    policy: decision.policy,
    lists: files,
    program: `@liangzheng/verifier ${VERSION}`,
    issuer: decision.issuer ? { country: decision.issuer.country, anchor: decision.issuer.keySha256 } : null,
    rules: decision.reasons.map(({ rule, outcome, code, effect }) => ({ rule, outcome, code: code ?? null, effect: effect ?? null })),
    decision: decision.outcome,
    face: face ?? null,
    override: override ?? null,
    premium: premium ? { band: premium.band, price: premium.price } : null,
    keep_until: new Date(decision.at.getTime() + 90 * 86_400_000).toISOString(),
    payload_sha256: await sha256(new TextEncoder().encode(JSON.stringify(sorted(payload)))),
  };
  const record = { ...line, payload, hash: await hashOf(line) };
  await put('records', record);
  return record;
}

/** Returns the records of a firm, the newest first. */
export async function list(firm) {
  return (await all('records')).filter((record) => record.firm === firm).sort((one, other) => other.sequence - one.sequence);
}

/** Returns the records that have a text. */
export async function search(firm, text) {
  const wanted = text.trim().toLowerCase();
  return (await list(firm)).filter((record) => JSON.stringify(record).toLowerCase().includes(wanted));
}

export const open = (id) => get('records', id);

/** Erases what was kept of a person. The line stays, so that the chain stays whole. Returns what was erased. */
export async function erase(id) {
  const record = await get('records', id);
  await put('records', { ...record, payload: null });
  return record.payload;
}

/** Puts back what was erased a moment ago. */
export async function restore(id, payload) {
  await put('records', { ...(await get('records', id)), payload });
}

/** Returns the first record that was changed, or follows a gap; undefined if all is whole. */
export async function broken(firm) {
  const records = (await list(firm)).reverse();
  let prev = null;
  for (const [at, record] of records.entries()) {
    if (record.sequence !== at || record.prev !== prev || record.hash !== (await hashOf(record))) return record;
    const { payload } = record;
    if (payload && (await sha256(new TextEncoder().encode(JSON.stringify(sorted(payload))))) !== record.payload_sha256) return record;
    prev = record.hash;
  }
  return undefined;
}

export async function exportJson(firm) {
  return `${JSON.stringify((await list(firm)).reverse(), null, 2)}\n`;
}

/** A cell that a spreadsheet would read as a formula begins with an apostrophe. */
function cell(value) {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export async function exportCsv(firm) {
  const head = ['id', 'time', 'reference', 'operator', 'policy', 'policy_sha256', 'decision', 'override_by', 'override_reason', 'name', 'codes', 'keep_until', 'hash'];
  const rows = (await list(firm)).reverse().map((record) => [
    record.id,
    record.event_time,
    record.reference,
    record.entity_id,
    `${record.policy.id} ${record.policy.version}`,
    record.policy.sha256,
    record.decision,
    record.override?.by,
    record.override?.reason,
    record.payload?.facts['national-name'] ?? record.payload?.facts.name,
    record.rules.filter(({ effect }) => effect === 'refuse' || effect === 'review').map(({ code }) => code).join(' '),
    record.keep_until,
    record.hash,
  ]);
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
