// Serves the partner sites on an origin of their own, and the insurer's server below /api/. Files come out of a list that is made
// at the start: the sites, and what is installed as @liangzheng/verifier. Ends when the standard input ends (`--attached`).
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DemoHolder } from '@liangzheng/verifier/testing';
import { branded } from '../js/firms.js';
import { insurer } from './server.mjs';

/** The headers of every answer. */
export const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
    "media-src 'self' blob:; worker-src 'self'; require-trusted-types-for 'script'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  'Permissions-Policy': 'camera=(self)',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const SITE = fileURLToPath(new URL('..', import.meta.url));
const PACKAGE = dirname(createRequire(import.meta.url).resolve('@liangzheng/verifier/package.json'));

/** Returns every file by its path on the origin. */
export function files() {
  const list = new Map();
  const add = (folder, url) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const [path, at] = [join(folder, entry.name), url + entry.name];
      if (['node_modules', 'server', 'package.json'].includes(entry.name)) continue;
      if (entry.isDirectory()) add(path, `${at}/`);
      else if (TYPES[extname(entry.name)] && !entry.name.endsWith('.d.ts')) list.set(at.replace(/\/index\.html$/, '/'), path);
    }
  };
  add(SITE, '/');
  add(join(PACKAGE, 'dist'), '/vendor/liangzheng/');
  return list;
}

/** Serves on a port (0 takes a free one), with the wallet's demo at `wallet`. Returns the server. */
export async function serve(port, { wallet = '', host = 'localhost' } = {}) {
  const list = files();
  const server = createServer((request, response) => handle(request, response));
  await new Promise((ready, failed) => server.once('error', failed).listen(port, host, ready));
  const holder = await DemoHolder.create();
  const policy = branded(JSON.parse(readFileSync(join(PACKAGE, 'dist/policies/insurance-proposal.json'), 'utf8')), 'insurance');
  // Wallets answer https only. The demo's answer travels as a code, so that nothing has to be served there.
  const parts = { trust: holder.trust(), policy, responseUri: 'https://anlan.example/api/proposal' };
  let today, api;
  const handle = async (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const [path] = request.url.split('?');
    if (path.startsWith('/api/')) {
      // The demo authority signs a status list for each day.
      const day = new Date().toISOString().slice(0, 10);
      if (day !== today) [today, api] = [day, insurer({ ...parts, status: holder.status() })];
      return (await api)(request, response);
    }
    const send = (status, type, body) => response.writeHead(status, { 'Content-Type': type }).end(request.method === 'HEAD' ? undefined : body);
    if (!['GET', 'HEAD'].includes(request.method)) return send(405, 'text/plain', 'only GET and HEAD\n');
    if (path === '/demo.json') return send(200, TYPES['.json'], JSON.stringify({ wallet }));
    const file = list.get(path);
    if (file) return send(200, TYPES[extname(file)], readFileSync(file));
    if (list.has(`${path}/`)) return response.writeHead(308, { Location: `${path}/` }).end();
    return send(404, 'text/plain; charset=utf-8', 'no such page\n');
  };
  return server;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [port, wallet, attached] = process.argv.slice(2);
  const server = await serve(Number(port ?? 8081), { wallet });
  console.log(`partners: http://localhost:${server.address().port}/`);
  if (attached === '--attached') process.stdin.on('end', () => process.exit()).resume();
}
