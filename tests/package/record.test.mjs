// Records in the package: what is altered is found, what is erased leaves the journal whole, and the receipt holds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, ready } from "./support.mjs";

const { Verifier, memoryStore } = await entry();
const { Journal, createSigner, mayOverride, search, toCsv, verifyReceipt } = await entry("record");
const { DemoHolder } = await entry("testing");

const NOW = new Date("2026-11-29T04:00:00Z");
const policy = ready("rental-car");
const demo = await DemoHolder.create();
const verifier = await Verifier.create({ trust: demo.trust(), status: demo.status(NOW), policy, now: NOW });
const seen = memoryStore(() => NOW);
const decide = (id, name, more = {}) =>
  verifier.check(demo.present(id, policy, { now: NOW }), { now: NOW, utcOffsetMinutes: 480, seen, case: { vehicle: "car", from: "2026-11-29", until: "2026-12-02", name, face: "same", ...more } });
const keep = { until: new Date("2026-12-31T00:00:00Z") };

const journal = await Journal.open();
const added = [];
for (const { id, name } of demo.people()) added.push(journal.add(await decide(id, name), { operator: "desk-7", keep }));
const lines = added.map(({ line }) => line);
const signer = await createSigner("rental.example/desk-7");
const note = await journal.checkpoint(signer);
const found = async (changed) => {
  const read = await Journal.open(changed.join("\n"));
  return [...read.findings(), ...(await read.againstCheckpoint(note, signer.publicKey))].map(({ code, line }) => `${code} ${line}`);
};

test("a journal as it was written is whole", async () => {
  assert.deepEqual(await found(lines), []);
  assert.deepEqual(journal.findings(), []);
  assert.equal(journal.length, demo.people().length);
});

test("changed, missing, swapped, cut off and written anew: each is found", async () => {
  const changed = lines.with(2, lines[2].replace('"refuse"', '"accept"'));
  assert.ok((await found(changed)).includes("record-changed 3"));
  assert.ok((await found(lines.toSpliced(3, 1))).some((line) => line.startsWith("record-missing")));
  assert.ok((await found([lines[1], lines[0], ...lines.slice(2)])).some((line) => line.startsWith("record-reordered")));
  assert.deepEqual(await found(lines.slice(0, -1)), ["journal-cut-off null"]);
  const anew = await Journal.open();
  const rewritten = [];
  for (const { id, name } of demo.people()) rewritten.push(anew.add(await decide(id, name), {}).line);
  assert.deepEqual(await found(rewritten), ["journal-rewritten null"]);
});

test("what is kept can be erased, and the journal stays whole", async () => {
  assert.equal(journal.payloadState(0, added[0].payload), "whole");
  assert.equal(journal.payloadState(0, undefined), "erased");
  assert.equal(journal.payloadState(0, added[1].payload), "changed");
  assert.deepEqual(journal.due(NOW), []);
  assert.equal(journal.due(new Date("2027-01-01T00:00:00Z")).length, added.length);
});

test("a record has no value of the licence, and what is kept has no portrait", async () => {
  const whole = lines.join("\n");
  for (const value of ["林知夏", "002X", "Lin", "1994"]) assert.ok(!whole.includes(value), value);
  assert.ok(added[0].payload.length < demo.present("lin", policy, { now: NOW }).length, "a portrait is 2 kB");
});

test("the driver's receipt holds by the published key alone, and by no other", async () => {
  const receipt = journal.receipt(lines[4], note);
  assert.ok(receipt.length < 1_500, `${receipt.length} bytes`);
  await verifyReceipt(receipt, signer.publicKey);
  assert.deepEqual(journal.againstReceipt(receipt), []);
  const code = (promise) => promise.then(() => "holds", (error) => error.code);
  const other = await createSigner("rental.example/desk-7");
  assert.equal(await code(verifyReceipt(receipt, other.publicKey)), "note-unsigned");
  const forged = JSON.stringify({ ...JSON.parse(receipt), decision: "accept", leaf: "00".repeat(32) });
  assert.equal(await code(verifyReceipt(forged, signer.publicKey)), "receipt-proof");
  assert.equal(await code(verifyReceipt("{}", signer.publicKey)), "receipt-form");
  const cut = await Journal.open(lines.slice(0, 3).join("\n"));
  assert.deepEqual(cut.againstReceipt(receipt).map(({ code }) => code), ["journal-cut-off"]);
});

test("a person may override a review, and no failed proof", async () => {
  const review = await decide("bai", "白若松");
  assert.equal(review.outcome, "review");
  assert.equal(await mayOverride(review), true);
  const override = { by: "desk-7", reason: "the medical certificate was shown", decision: "accept" };
  const { line } = journal.add(review, { override });
  const [record] = await search(line, { text: "medical certificate" });
  assert.deepEqual(record.override, override);
  const stranger = await Verifier.create({ trust: [], policy, now: NOW });
  const refused = await stranger.check(demo.present("lin", policy, { now: NOW }), { now: NOW, utcOffsetMinutes: 480, seen });
  assert.equal(await mayOverride(refused), false);
  assert.throws(() => journal.add(refused, { override }), ({ code }) => code === "override-not-allowed");
});

test("records are found, and no cell of the CSV is a formula", async () => {
  const text = lines.join("\n");
  const refused = await search(text, { decision: "refuse" });
  assert.ok(refused.length >= 3 && refused.every(({ decision }) => decision === "refuse"));
  assert.equal((await search(text, { text: "desk-8" })).length, 0);
  assert.equal((await search(text, { before: NOW })).length, 0);
  const evil = await Journal.open();
  const { line } = evil.add(await decide("lin", "林知夏"), { operator: "=HYPERLINK(1)", place: "@SUM(1)" });
  const csv = await toCsv(line);
  assert.ok(!/(^|,|\n)"?[=+@\t-]/.test(csv.split("\n")[1]), csv);
});
