// The insurer's server of the customer's way: it makes the nonce, gets the posted presentation, and decides by its own check.
// What the customer's page says about it (`preview`) proves nothing.
import { createServer } from 'node:http';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Verifier } from '@liangzheng/verifier';
import { premium } from '../js/premium.js';

const LIFE = 5 * 60_000, BODY_MAX = 200_000, ASKED_MAX = 10_000;

/** Returns a listener of node:http. `clientId` is the name of this insurer, `responseUri` where answers are posted. */
export async function insurer({ trust, status, policy, clientId, responseUri, now = () => new Date() }) {
  const verifier = await Verifier.create({ trust, status, policy, now: now() });
  const asked = new Map();
  const routes = {
    '/api/challenge': async () => {
      for (const [id, { until }] of asked) if (until < now() || asked.size >= ASKED_MAX) asked.delete(id);
      const session = { kind: 'openid4vp', clientId, nonce: randomBytes(24).toString('base64url'), responseUri };
      const id = randomUUID();
      asked.set(id, { session, until: new Date(now().getTime() + LIFE) });
      return [200, { id, session }];
    },
    '/api/proposal': async ({ id, presentation, case: of, preview }) => {
      const challenge = asked.get(id);
      // One answer for each challenge: a body that is sent again finds none.
      asked.delete(id);
      if (!challenge || challenge.until < now()) return [409, { code: 'challenge-unknown' }];
      const { vehicle, from, until, name, number_end } = of ?? {};
      const bytes = new Uint8Array(Buffer.from(String(presentation), 'base64'));
      // No `seen`: a one-way code, which answers no challenge, is for review at best.
      const options = { session: challenge.session, case: { vehicle, from, until, name, number_end }, now: now() };
      const decision = await verifier.check(bytes, options);
      const { outcome, reasons, deciding } = decision;
      const code = preview && preview !== outcome ? 'preview-differs' : undefined;
      return [200, { outcome, reasons, deciding, code, premium: premium(decision) ?? null }];
    },
  };
  return async (request, response) => {
    const [status, body] = await answer(routes, request).catch((error) => [400, { code: error.code ?? 'request-unreadable' }]);
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body));
  };
}

async function answer(routes, request) {
  const route = Object.hasOwn(routes, request.url) && routes[request.url];
  if (!route || request.method !== 'POST') return [404, { code: 'no-such-call' }];
  let text = '';
  for await (const part of request.setEncoding('utf8')) if ((text += part).length > BODY_MAX) return [413, { code: 'body-too-long' }];
  return route(JSON.parse(text || '{}'));
}

// Alone: node server.mjs TRUST.pem POLICY.json https://insurer.example
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { readFile } = await import('node:fs/promises');
  const [trust, policy, origin] = process.argv.slice(2);
  const files = { trust: await readFile(trust), policy: await readFile(policy) };
  createServer(await insurer({ ...files, clientId: origin, responseUri: `${origin}/api/proposal` })).listen(8090);
}
