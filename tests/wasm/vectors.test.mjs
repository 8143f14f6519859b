// The hostile and valid presentations of tests/vectors, judged by the shipped modules.
//
// A shipped module lets nobody add trust, so no vector can be accepted here: they are of the test authority. What is
// refused before the issuer is looked up must give its very code; everything after that must stop at the issuer.
// What comes after it is tested natively (crate/mdoc/tests/vectors.rs) and with filmed wallets (tests/browser).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { loadSite } from "./module.mjs";

const folder = path.resolve(import.meta.dirname, "../vectors");
const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"));
const vectors = manifest.vectors.map(({ rule, file, ...expect }) => ({
  rule,
  payload: readFileSync(path.join(folder, file)),
  expect,
}));

const terms = { purpose: "roadside", vehicle: "C1", trailer: false, from: "2026-11-22", until: "2026-11-22", age_at_least: 18 };
const context = (expect) => ({ now: expect.at, clock_floor: expect.clock_floor, memory: [], audience: "verifier.example", terms });

/** The code that the shipped module must give: it trusts none of the files' authorities. */
const codeOf = ({ expect }) => expect.code_without_trust;

for (const name of ["LIANGZHENG_SITE", "LIANGZHENG_PRODUCTION_SITE"]) {
  test(`${name}: every vector gives its code, and nothing of the licence`, async () => {
    const { site } = await loadSite(process.env[name]);
    const judge = (payload, context) => JSON.parse(site.verify(payload, JSON.stringify(context)));
    const wrong = [];
    const own = new Set();
    for (const vector of vectors) {
      const { colour, layers, view, issuer, replay, face } = judge(vector.payload, context(vector.expect));
      const doubts = layers.flatMap(({ checks }) => checks.filter(({ state }) => ["fail", "undetermined"].includes(state)));
      const seen = { colour, codes: doubts.map(({ code }) => code), view, issuer, replay, face };
      const due = { colour: "red", codes: [codeOf(vector)], view: null, issuer: null, replay: null, face: "not-shown" };
      try {
        assert.deepEqual(seen, due);
        if (codeOf(vector) === vector.expect.code) own.add(vector.rule);
      } catch {
        wrong.push(`${vector.rule}: ${JSON.stringify(seen)}`);
      }
      assert.ok(layers.every(({ state }) => state !== "pass"), `${vector.rule}: no row passes`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(vectors.length >= 150, `only ${vectors.length} vectors`);
    assert.ok(own.size >= 80, `only ${own.size} give their own code`);
  });
}

test("every cut and every changed byte of a right presentation is refused, and never stops the module", async () => {
  const { site } = await loadSite();
  const { payload, expect } = vectors.find(({ rule }) => rule === "valid");
  const judged = (bytes) => JSON.parse(site.verify(bytes, JSON.stringify(context(expect)))).colour;
  for (let end = 0; end < payload.length; end += 7) assert.equal(judged(payload.subarray(0, end)), "red", `cut at ${end}`);
  for (let at = 0; at < payload.length; at += 11) {
    const changed = Buffer.from(payload);
    changed[at] ^= 1 << at % 8;
    assert.equal(judged(changed), "red", `byte ${at}`);
  }
});

test("a context that cannot be read is an error, and no verdict", async () => {
  const { site } = await loadSite();
  const { payload, expect } = vectors.find(({ rule }) => rule === "valid");
  const { now, ...timeless } = context(expect);
  for (const bad of ["", "{", "null", "[]", JSON.stringify(timeless), JSON.stringify({ now })]) {
    assert.throws(() => site.verify(payload, bad), Error, bad);
  }
  // The module goes on after it.
  assert.equal(JSON.parse(site.verify(payload, JSON.stringify(context(expect)))).colour, "red");
});
