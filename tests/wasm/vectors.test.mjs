// Verifies the presentations of tests/vectors with the shipped modules: once without trust in the files' authorities, and
// once with the files' trust list imported, as a user imports it in the page.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { loadSite } from "./module.mjs";

const folder = path.resolve(import.meta.dirname, "../vectors");
const read = (...names) => readFileSync(path.join(folder, ...names));
const manifest = JSON.parse(read("manifest.json"));
const vectors = manifest.vectors.filter(({ kind }) => kind === "presentation").map(({ rule, file, ...expect }) => ({
  rule,
  payload: read(file),
  expect,
}));

const roadside = { purpose: "roadside", vehicle: "car", from: "2026-11-22", until: "2026-11-22", age_at_least: 18 };
const context = ({ at, clock_floor, given }) => ({ now: at, clock_floor, memory: [], audience: "verifier.example", terms: given.terms ?? roadside });
const doubtful = ({ state }) => ["fail", "undetermined"].includes(state);

/** Imported trust lists as the page passes them: CBOR, each with the SHA-256 of its pinned root. */
const bundle = (lists) => Buffer.concat([
  Buffer.from([0x80 + lists.length]),
  ...lists.flatMap(({ list, root }) => [
    Buffer.from([0x83, 0x65, ...Buffer.from("vical"), 0x58, 0x20]), createHash("sha256").update(root).digest(),
    Buffer.from([0x59, list.length >> 8, list.length & 0xff]), list,
  ]),
]);
const imported = ({ rule, expect: { given } }) => {
  const root = given.list_root ? read(rule, given.list_root) : read(manifest.list_root);
  const lists = given.trust_lists?.map((file) => read(rule, file)) ?? [read(manifest.trust_list)];
  return bundle(lists.map((list) => ({ list, root })));
};

/** Files with another result in a page that imports only the trust list: the code that it gives, or none. */
const OTHERWISE = {
  // a page imports revocation lists beside the trust list; none is imported here (tests/browser/trust.spec.mjs does)
  "ds-revoked-by-list": null,
  "ds-revoked-by-old-list": null,
  "ds-revoked-by-fingerprint": null,
  "ds-not-on-list": null,
  "ds-list-old": null,
  "ds-list-ahead": null,
  // the list covers only licences
  "document-not-licence": "issuer-doc-type",
  "document-type-malformed": "issuer-doc-type",
  "abroad-pid": "issuer-doc-type",
  "abroad-pid-age": "issuer-doc-type",
  "abroad-pid-rental": "issuer-doc-type",
  "abroad-photo-id-age": "issuer-doc-type",
  "abroad-eu-photo-id": "issuer-doc-type",
  "abroad-eu-photo-id-age": "issuer-doc-type",
  "abroad-eu-photo-id-country": "issuer-doc-type",
  "abroad-id-pass-age": "issuer-doc-type",
  "abroad-eu-age": "issuer-doc-type",
  "abroad-eu-age-roadside": "issuer-doc-type",
  "abroad-aadhaar": "issuer-doc-type",
  "abroad-aadhaar-below": "issuer-doc-type",
  "abroad-aadhaar-born": "issuer-doc-type",
  "abroad-aadhaar-disputed": "issuer-doc-type",
  "abroad-aadhaar-malformed": "issuer-doc-type",
  // its doubt is in the row of the status, which is not compared without a purpose
  withheld: null,
  // the page keeps the memory and passes it with the next request
  seen: null,
  // a list is verified on the day of its use
  "status-list-expired": "status-expired",
};

for (const name of ["LIANGZHENG_SITE", "LIANGZHENG_PRODUCTION_SITE"]) {
  test(`${name}: without trust every vector is refused, and shows nothing of the licence`, async () => {
    const { worker } = await loadSite(process.env[name]);
    const wrong = [];
    const own = new Set();
    for (const { rule, payload, expect } of vectors) {
      const { colour, layers, view, issuer, replay, face } = JSON.parse(await worker.verify(payload, JSON.stringify(context(expect))));
      const codes = layers.flatMap(({ checks }) => checks.filter(doubtful)).map(({ code }) => code);
      const seen = { colour, codes, view, issuer, replay, face };
      // An answer that says itself why it has no document is undetermined, and accuses nobody.
      const says = expect.verdict === "undetermined" && expect.code === expect.code_without_trust;
      const due = { colour: says ? "amber" : "red", codes: [expect.code_without_trust], view: null, issuer: null, replay: null, face: "not-shown" };
      try {
        assert.deepEqual(seen, due);
        if (expect.code_without_trust === expect.code) own.add(rule);
      } catch {
        wrong.push(`${rule}: ${JSON.stringify(seen)}`);
      }
      assert.ok(layers.every(({ state }) => state !== "pass"), `${rule}: no row passes`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(vectors.length >= 280, `only ${vectors.length} vectors`);
    assert.ok(own.size >= 80, `only ${own.size} give their own code`);
  });

  test(`${name}: with the files' trust list imported every vector gives its code and its colour`, async () => {
    const { worker } = await loadSite(process.env[name]);
    const wrong = [];
    // The page is not strict. The same bytes are in untidy-…, with the verdict of a tolerant verification.
    for (const vector of vectors.filter(({ expect }) => !expect.given?.strict)) {
      const { rule, payload, expect } = vector;
      worker.set_status_lists((expect.given.status_lists ?? []).map(({ file }) => read(rule, file)));
      const lists = imported(vector);
      const verdict = JSON.parse(await worker.verify(payload, JSON.stringify(context(expect)), lists));
      const code = rule in OTHERWISE ? OTHERWISE[rule] : expect.code;
      // Without a purpose, the rules of the licence do not apply.
      const rows = verdict.layers.filter(({ id }) => expect.given.terms || ["issuer", "presenter", "validity"].includes(id));
      const codes = new Set(rows.flatMap(({ checks }) => checks.filter(doubtful)).map((check) => check.code));
      const known = new Set([code, ...expect.codes]);
      // the files' list is newer than a clock that is days behind
      if (rule === "clock-floor") known.add("trust-list-ahead");
      const red = code === "issuer-doc-type" || (["refused", "fail"].includes(expect.verdict) && code !== null);
      const right = (verdict.colour === "red") === red
        && (code === null || codes.has(code))
        && [...codes].every((found) => known.has(found))
        && (!expect.given.terms || code !== null || verdict.colour === "green");
      if (!right) wrong.push(`${rule}: ${verdict.colour} ${[...codes]}, not ${expect.verdict} ${code}`);
    }
    assert.deepEqual(wrong, []);
  });
}

// T-tampering, T-jpeg-decoder: a refused verdict has no portrait.
test("every cut and every changed byte of a right presentation is refused, and never stops the module", async () => {
  const { worker } = await loadSite();
  const { payload, expect } = vectors.find(({ rule }) => rule === "valid");
  const judged = async (bytes) => JSON.parse(await worker.verify(bytes, JSON.stringify(context(expect)))).colour;
  for (let end = 0; end < payload.length; end += 7) assert.equal(await judged(payload.subarray(0, end)), "red", `cut at ${end}`);
  for (let at = 0; at < payload.length; at += 11) {
    const changed = Buffer.from(payload);
    changed[at] ^= 1 << at % 8;
    assert.equal(await judged(changed), "red", `byte ${at}`);
  }
});

test("a context that cannot be read is an error, and no verdict", async () => {
  const { worker } = await loadSite();
  const { payload, expect } = vectors.find(({ rule }) => rule === "valid");
  const { now, ...timeless } = context(expect);
  for (const bad of ["", "{", "null", "[]", JSON.stringify(timeless), JSON.stringify({ now })]) {
    await assert.rejects(worker.verify(payload, bad), Error, bad);
  }
  // The module continues to work afterwards.
  assert.equal(JSON.parse(await worker.verify(payload, JSON.stringify(context(expect)))).colour, "red");
});
