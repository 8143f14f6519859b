// The insurer's server of the customer's way: it makes the nonce, gets the posted presentation, and decides by its own check.
// What the customer's page says about it (`preview`) proves nothing.
import { createServer } from 'node:http';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Verifier } from '@liangzheng/verifier';
import { premium } from '../js/premium.js';

const LIFE = 5 * 60_000, BODY_MAX = 200_000, ASKED_MAX = 10_000;

/** Returns a listener of node:http. `responseUri` is the address to which answers are bound; it names this insurer. */
export async function insurer({ trust, status, policy, responseUri, now = () => new Date() }) {
  const verifier = await Verifier.create({ trust, status, policy, now: now() });
  const asked = new Map();
  const routes = {
    '/api/challenge': async () => {
      for (const [id, { until }] of asked) if (until < now() || asked.size >= ASKED_MAX) asked.delete(id);
      const session = { kind: 'openid4vp', clientId: `redirect_uri:${responseUri}`, nonce: randomBytes(16).toString('base64url'), responseUri };
      const id = randomUUID();
      asked.set(id, { session, until: new Date(now().getTime() + LIFE) });
      return [200, { id, session }];
    },
    '/api/proposal': async ({ id, presentation, jwkThumbprint, case: of, preview }) => {
      const challenge = asked.get(id);
      // One answer for each challenge: a body that is sent again finds none.
      asked.delete(id);
      if (!challenge || challenge.until < now()) return [409, { code: 'challenge-unknown' }];
      const { vehicle, from, until, name, number_end } = of ?? {};
      const bytes = new Uint8Array(Buffer.from(String(presentation), 'base64'));
      // Of the page's values only the thumbprint of the key for which the wallet encrypted is used: it makes no answer fresh.
      const session = { ...challenge.session, jwkThumbprint: jwkThumbprint && String(jwkThumbprint) };
      const options = { session, case: { vehicle, from, until, name, number_end }, now: now() };
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
  // What is too long is read on and dropped, so that the answer arrives.
  for await (const part of request.setEncoding('utf8')) if (text.length <= BODY_MAX) text += part;
  if (text.length > BODY_MAX) return [413, { code: 'body-too-long' }];
  return route(JSON.parse(text || '{}'));
}

// Alone: node server.mjs TRUST.pem POLICY.json https://insurer.example
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { readFile } = await import('node:fs/promises');
  const [trust, policy, origin] = process.argv.slice(2);
  const files = { trust: await readFile(trust), policy: await readFile(policy) };
  createServer(await insurer({ ...files, responseUri: `${origin}/api/proposal` })).listen(8090);
}
