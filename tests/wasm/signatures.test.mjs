// Signatures by WebCrypto: the verdict is the same with it, without it, and with one that fails; and it accepts exactly the
// signatures that our own code accepts.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { encode } from "../interop/support/cbor.mjs";
import { WYCHEPROOF, answers, listen, wycheproof } from "../support/webcrypto.mjs";
import { loadSite } from "./module.mjs";

const folder = path.resolve(import.meta.dirname, "../vectors");
const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"));
const vectors = manifest.vectors.filter(({ kind }) => kind === "presentation");
// A bundle holds sixteen lists, without their other fields.
const plain = manifest.trust.filter((root) => !root.doc_type && !root.revocation_list && !root.revoked);
const bundle = encode(plain.map(({ certificate }) => {
  const bytes = readFileSync(path.join(folder, certificate));
  return ["certificate", createHash("sha256").update(bytes).digest(), bytes];
}));
const terms = { purpose: "roadside", vehicle: "car", from: "2026-11-22", until: "2026-11-22", age_at_least: 18 };

async function judge(worker, { file, at, clock_floor }) {
  const context = { now: at, clock_floor, memory: [], audience: manifest.audience, terms };
  return JSON.parse(await worker.verify(readFileSync(path.join(folder, file)), JSON.stringify(context), bundle));
}

const vector = (rule) => manifest.vectors.find((vector) => vector.rule === rule);
const codes = ({ layers }) => layers.flatMap(({ checks }) => checks.filter(({ state }) => state === "fail").map(({ code }) => code));

const subtle = Object.getPrototypeOf(crypto.subtle);
const right = { importKey: subtle.importKey, verify: subtle.verify };
const whole = Object.getOwnPropertyDescriptor(globalThis, "crypto");

/** Runs a function with another WebCrypto. */
async function withCrypto(change, work) {
  try {
    if (change === undefined) Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
    else Object.assign(subtle, change);
    return await work();
  } finally {
    Object.assign(subtle, right);
    Object.defineProperty(globalThis, "crypto", whole);
  }
}

/** Runs a function and returns the calls of WebCrypto meanwhile. */
async function recorded(work) {
  const { calls, stop } = listen(subtle);
  try {
    return { value: await work(), calls };
  } finally {
    stop();
  }
}

let asked = 0;
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const FAULTS = {
  "imports no key": { importKey: () => Promise.reject(new Error("no")) },
  "knows no key at all": { importKey() { throw new Error("no"); } },
  "verifies nothing": { verify: () => Promise.reject(new Error("no")) },
  "knows no signature at all": { verify() { throw new Error("no"); } },
  "calls everything wrong": { verify: async () => false },
  "answers with a number": { verify: async () => 1 },
  "answers with a text": { verify: async () => "true" },
  "answers with nothing": { verify: async () => undefined },
  // These last: the module caches the certificates that they accept and does not verify them again.
  "as it is": {},
  "answers in another order": {
    async verify(...words) {
      const turn = asked++ % 3;
      const answer = await right.verify.apply(this, words);
      await later(3 - turn);
      return answer;
    },
  },
};

test("every vector has one verdict, whatever WebCrypto does", async () => {
  const { worker } = await loadSite(process.env.LIANGZHENG_PRODUCTION_SITE);
  const own = await withCrypto(undefined, async () => {
    const verdicts = new Map();
    for (const vector of vectors) verdicts.set(vector.rule, await judge(worker, vector));
    return verdicts;
  });
  // With the vectors' authorities trusted, accepted files verify and the others give their code.
  const proven = vectors.filter(({ rule, verdict }) => verdict === "accepted" && own.get(rule).issuer);
  assert.ok(proven.length > 25, `only ${proven.length} are proven`);
  for (const rule of ["mso-altered", "signature-p521-other", "device-other-key", "salt-changed"]) {
    assert.deepEqual(codes(own.get(rule)), [vector(rule).code]);
  }
  for (const [fault, change] of Object.entries(FAULTS)) {
    await withCrypto(change, async () => {
      for (const vector of vectors) assert.deepEqual(await judge(worker, vector), own.get(vector.rule), `${fault}: ${vector.rule}`);
    });
  }
});

test("the browser is asked about each presentation's own signatures, and about a certificate once", async () => {
  const { worker } = await loadSite(process.env.LIANGZHENG_PRODUCTION_SITE, "asked");
  const { value, calls } = await recorded(() => judge(worker, vector("valid")));
  assert.ok(value.issuer, "proven");
  assert.equal(calls.length, 3);
  assert.equal(new Set(calls.map(({ point }) => point)).size, 3);
  assert.ok(calls.every(({ answer }) => answer === true));
  const again = await recorded(() => judge(worker, vector("valid")));
  assert.deepEqual(again.value, value);
  assert.deepEqual(again.calls.map(({ point }) => point), calls.slice(1).map(({ point }) => point));
  // The module relies on WebCrypto: a false positive passes the signature check.
  const lied = await withCrypto({ verify: async () => true }, () => judge(worker, vector("mso-altered")));
  assert.notDeepEqual(codes(lied), ["issuer-signature"]);
  // But only for that one verdict.
  assert.deepEqual(codes(await withCrypto({}, () => judge(worker, vector("mso-altered")))), ["issuer-signature"]);
});

test("Wycheproof: WebCrypto, called as the module calls it, says what our own code says", async () => {
  const { worker } = await loadSite(process.env.LIANGZHENG_PRODUCTION_SITE);
  const ways = {};
  for (const rule of ["valid", "curve-p384", "curve-p521"]) {
    for (const { way } of (await recorded(() => judge(worker, vector(rule)))).calls) ways[way.key.namedCurve] = way;
  }
  const { wrong, counts } = await answers({ ways, vectors: await wycheproof() });
  assert.deepEqual(wrong, []);
  assert.deepEqual(counts, WYCHEPROOF);
});
