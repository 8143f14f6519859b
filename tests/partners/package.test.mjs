// The sites use the installed package and nothing else of the workspace, and every sentence is there in both languages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { HEADERS, files, serve } from '../../www/partners/server/serve.mjs';
import { DIST, SITE } from './support/package.mjs';

let server, origin;

before(async () => {
  server = await serve(0, { wallet: 'http://localhost:1' });
  origin = `http://localhost:${server.address().port}`;
});
after(() => server.close());

const own = [...files()].filter(([url]) => !url.startsWith('/vendor/'));
const text = (path) => readFileSync(path, 'utf8');

test('scripts import the package or their own site', () => {
  const scripts = own.filter(([url]) => url.endsWith('.js'));
  assert.ok(scripts.length > 15);
  for (const [url, path] of scripts) {
    const code = text(path).replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
    const imported = [...code.matchAll(/(?:\sfrom |\bimport |\bimport\()'([^']+)'/g)].map(([, one]) => one);
    for (const one of imported) {
      const at = new URL(one, `http://x${url}`);
      assert.equal(at.origin, 'http://x', `${url}: ${one}`);
      assert.ok(files().has(at.pathname), `${url}: ${one} is not served`);
    }
    // Nothing is fetched from elsewhere either.
    assert.doesNotMatch(code, /https?:\/\/(?!www\.w3\.org)/, url);
  }
});

test('pages load from their own origin alone, and have no inline script or style', () => {
  const pages = own.filter(([, path]) => path.endsWith('.html'));
  assert.ok(pages.length >= 6);
  for (const [url, path] of pages) {
    const page = text(path);
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const at = new URL(address, `http://x${url}`);
      assert.equal(at.origin, 'http://x', `${url}: ${address}`);
      assert.ok(files().has(at.pathname), `${url}: ${address} is not served`);
    }
    assert.doesNotMatch(page, /<style|style="|<script(?![^>]*src=)|\son\w+="/, url);
  }
});

test('what is served as the package is the tarball, byte for byte', { skip: !process.env.LIANGZHENG_TARBALL && 'no LIANGZHENG_TARBALL' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'partners-'));
  try {
    execFileSync('tar', ['xzf', process.env.LIANGZHENG_TARBALL, '-C', folder]);
    const vendored = [...files().keys()].filter((url) => url.startsWith('/vendor/liangzheng/'));
    assert.ok(vendored.length > 20);
    for (const url of vendored) {
      const packed = readFileSync(join(folder, 'package/dist', url.slice('/vendor/liangzheng/'.length)));
      const response = await fetch(origin + url);
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), packed, url);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('every answer has the headers, and nothing outside of the list is served', async () => {
  for (const path of ['/', '/rental/', '/vendor/liangzheng/index.js', '/none', '/api/none', '/demo.json']) {
    const response = await fetch(origin + path);
    for (const [name, value] of Object.entries(HEADERS)) if (name !== 'Cache-Control') assert.equal(response.headers.get(name), value, `${path}: ${name}`);
  }
  const policy = HEADERS['Content-Security-Policy'];
  for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "require-trusted-types-for 'script'", "frame-ancestors 'none'", "connect-src 'self'"]) assert.ok(policy.includes(part), part);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|http|\*/);
  for (const path of ['/package.json', '/server/server.mjs', '/node_modules/@liangzheng/verifier/package.json', '/../../Cargo.toml', '/%2e%2e/Cargo.toml', '/rental']) {
    const { status } = await fetch(origin + path, { redirect: 'manual' });
    assert.equal(status, path === '/rental' ? 308 : 404, path);
  }
  assert.equal((await fetch(`${origin}/rental/`, { method: 'PUT', body: 'x' })).status, 405);
});

test('every sentence is there in Chinese and English', async () => {
  const tables = own.filter(([url]) => url.endsWith('texts.js'));
  const all = {};
  for (const [, path] of tables) Object.assign(all, (await import(path)).TEXTS);
  for (const [key, pair] of Object.entries(all)) {
    assert.equal(pair.length, 2, key);
    const [zh, en] = pair.map((one) => [...one.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort().join());
    assert.equal(zh, en, `${key}: placeholders`);
    assert.ok(pair[0] && pair[1], key);
    if (!key.startsWith('lang.')) assert.doesNotMatch(pair[1], /[一-鿿]/, key);
  }
  // A sentence that is asked for exists.
  for (const [url, path] of own.filter(([url]) => url.endsWith('.js'))) {
    for (const [, key] of text(path).matchAll(/\bt\('([a-z][\w.-]+)'/g)) assert.ok(Object.hasOwn(all, key), `${url}: ${key}`);
  }
});

test('every name and choice of the schema has its words', async () => {
  const { TEXTS } = await import(new URL('js/texts.js', SITE));
  const schema = JSON.parse(text(new URL('policy.schema.json', DIST)));
  const { Case: _, FaceCompared: __, Trailer: ___, ...used } = schema.$defs;
  const missing = new Set();
  const has = (key) => Object.hasOwn(TEXTS, key) || missing.add(key);
  const walk = (node, name) => {
    for (const [key, value] of Object.entries(node.properties ?? {})) {
      if (key === '$schema') continue;
      if (value.const !== undefined) has(`rule.${value.const}`);
      else if (key !== 'name') has(`schema.${key}`);
      walk(value, key);
    }
    for (const one of node.enum ?? []) has(`${name === 'fact' ? 'fact' : 'purpose'}.${one}`);
    for (const one of [...(node.oneOf ?? []), ...(node.anyOf ?? [])]) {
      if (typeof one.const === 'string') has(`value.${one.const}`);
      walk(one, name);
    }
  };
  walk(schema);
  Object.values(used).forEach((one) => walk(one));
  assert.deepEqual([...missing], []);
});

test('the example server is small, and needs the package alone', () => {
  const code = text(fileURLToPath(new URL('server/server.mjs', SITE)));
  const imported = [...code.matchAll(/from '([^']+)'/g)].map(([, one]) => one).filter((one) => !one.startsWith('node:'));
  assert.deepEqual(imported, ['@liangzheng/verifier', '../js/premium.js']);
  assert.ok(existsSync(new URL('package.json', SITE)));
  assert.deepEqual(Object.keys(JSON.parse(text(new URL('package.json', SITE))).dependencies), ['@liangzheng/verifier']);
});
