// The insurer's server decides by its own check: what a page says, and what was answered elsewhere or before, counts for nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { before, after, test } from 'node:test';
import { insurer } from '../../www/partners/server/server.mjs';
import { DIST, inDays, testing } from './support/package.mjs';

const policy = JSON.parse(readFileSync(new URL('policies/insurance-proposal.json', DIST), 'utf8'));
const of = { vehicle: 'car', from: inDays(1), until: inDays(300), name: '林知夏', number_end: '002X' };
const { DemoHolder } = await testing();
const holder = await DemoHolder.create();
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
let ours, theirs;

async function open(responseUri) {
  const server = createServer(await insurer({ trust: holder.trust(), status: holder.status(), policy, responseUri }));
  await new Promise((ready) => server.listen(0, 'localhost', ready));
  const { port } = server.address();
  const call = async (path, body, method = 'POST') => {
    const response = await fetch(`http://localhost:${port}${path}`, { method, body: body && (typeof body === 'string' ? body : JSON.stringify(body)) });
    return { status: response.status, ...(await response.json()) };
  };
  return { call, server };
}

before(async () => {
  [ours, theirs] = await Promise.all([open('https://anlan.example/api/proposal'), open('https://other.example/api/proposal')]);
});
after(() => [ours, theirs].forEach(({ server }) => server.close()));

async function answered(person = 'lin', at = ours) {
  const { id, session } = await at.call('/api/challenge', {});
  return { id, presentation: base64(holder.respond(person, policy, session)), case: of };
}

const codes = ({ deciding }) => deciding.map(({ code }) => code);

test('an answer to its own challenge is accepted, with a price', async () => {
  const said = await ours.call('/api/proposal', { ...(await answered()), preview: 'accept' });
  assert.equal(said.outcome, 'accept', JSON.stringify(said));
  assert.equal(said.premium.band, 'B');
  assert.equal(said.code, undefined);
});

test('each challenge has a nonce of its own', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => ours.call('/api/challenge', {})));
  assert.equal(new Set(made.map(({ session }) => session.nonce)).size, 20);
});

test('a body that is sent again is refused: challenge-unknown', async () => {
  const body = await answered();
  assert.equal((await ours.call('/api/proposal', body)).status, 200);
  const again = await ours.call('/api/proposal', body);
  assert.deepEqual([again.status, again.code], [409, 'challenge-unknown']);
});

test('an answer of an earlier challenge is refused in a new one: device-signature', async () => {
  const { presentation } = await answered();
  const { id } = await ours.call('/api/challenge', {});
  const said = await ours.call('/api/proposal', { id, presentation, case: of });
  assert.deepEqual([said.outcome, codes(said)[0], said.premium], ['refuse', 'device-signature', null]);
});

test('session values that the page sends make no answer fresh: device-signature', async () => {
  const { id } = await ours.call('/api/challenge', {});
  const session = { kind: 'openid4vp', clientId: 'redirect_uri:https://anlan.example/api/proposal', nonce: 'AAAAAAAAAAAAAAAAAAAAAA', responseUri: 'https://anlan.example/api/proposal' };
  const said = await ours.call('/api/proposal', { id, session, presentation: base64(holder.respond('lin', policy, session)), case: of });
  assert.deepEqual([said.outcome, codes(said)[0]], ['refuse', 'device-signature']);
});

test('an answer for another partner is refused: device-signature', async () => {
  const { presentation } = await answered('lin', theirs);
  const { id } = await ours.call('/api/challenge', {});
  const said = await ours.call('/api/proposal', { id, presentation, case: of });
  assert.deepEqual([said.outcome, codes(said)[0]], ['refuse', 'device-signature']);
});

test('a one-way code answers no challenge, at none of two partners', async () => {
  const presentation = base64(holder.present('lin', policy));
  for (const at of [ours, theirs]) {
    const { id } = await at.call('/api/challenge', {});
    const said = await at.call('/api/proposal', { id, presentation, case: of });
    assert.notEqual(said.outcome, 'accept');
    assert.deepEqual([codes(said)[0], said.premium], ['answer-other-request', null]);
  }
});

test('a forged preview changes nothing, and is told: preview-differs', async () => {
  const said = await ours.call('/api/proposal', { ...(await answered('wei')), case: { ...of, name: '韦一鸣', number_end: '0114' }, preview: 'accept' });
  assert.equal(said.outcome, 'review');
  assert.equal(said.code, 'preview-differs');
  assert.equal(said.premium, null);
});

test('a person compared nothing here: a face in the case is left out', async () => {
  const said = await ours.call('/api/proposal', { ...(await answered()), case: { ...of, face: 'same' } });
  assert.equal(said.outcome, 'accept');
});

test('what is no call is refused, and the server goes on', async () => {
  const cases = [
    [() => ours.call('/api/proposal', '{'), 400, 'request-unreadable'],
    [() => ours.call('/api/proposal', { id: 'x' }), 409, 'challenge-unknown'],
    [() => ours.call('/api/none', {}), 404, 'no-such-call'],
    [() => ours.call('/api/challenge', undefined, 'GET'), 404, 'no-such-call'],
    [() => ours.call('/api/proposal', `"${'x'.repeat(300_000)}"`), 413, 'body-too-long'],
    [() => ours.call('/constructor', {}), 404, 'no-such-call'],
    [() => ours.call('/api/proposal', 'null'), 400, 'request-unreadable'],
  ];
  for (const [call, status, code] of cases) {
    const said = await call();
    assert.deepEqual([said.status, said.code], [status, code]);
  }
  assert.equal((await ours.call('/api/proposal', await answered())).outcome, 'accept');
});
