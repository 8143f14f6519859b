// Sessions, receipts and replays: what a caller says, and what a presentation says of itself (T-replay, T-cross-protocol,
// T-mixed-versions).
import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, ready } from "./support.mjs";

const { LiangzhengError, Verifier, memoryStore, say, next } = await entry();
const { DemoHolder } = await entry("testing");
const { default: en } = await entry("en");
const { default: zh } = await entry("zh-CN");

const NOW = new Date("2026-11-29T04:00:00Z");
const policy = ready("rental-car");
const holder = await DemoHolder.create();
const verifier = await Verifier.create({ trust: holder.trust(), status: holder.status(NOW), policy, now: NOW });
const CASE = { vehicle: "car", from: "2026-11-29", until: "2026-12-02", name: "林知夏", number_end: "002X", face: "same" };
const options = (more = {}) => ({ case: CASE, now: NOW, utcOffsetMinutes: 480, seen: memoryStore(() => NOW), ...more });
const codes = ({ deciding }) => deciding.map(({ code }) => code);
const SESSION = { kind: "openid4vp", clientId: "redirect_uri:https://insurer.example/online", nonce: "AAAAAAAAAAAAAAAAAAAAAA", responseUri: "https://insurer.example/online" };
const answer = (more = {}) => holder.respond("lin", policy, { ...SESSION, now: NOW, ...more });

test("a code is accepted once: a replay is for review, at any desk that shares the store", async () => {
  const seen = memoryStore(() => NOW);
  const payload = holder.present("lin", policy, { now: NOW });
  const first = await verifier.check(payload, options({ seen }));
  assert.deepEqual([first.outcome, codes(first)], ["accept", []]);
  const other = await Verifier.create({ trust: holder.trust(), status: holder.status(NOW), policy, now: NOW });
  for (const desk of [verifier, other]) {
    const again = await desk.check(payload, options({ seen }));
    assert.deepEqual([again.outcome, codes(again)], ["review", ["seen"]]);
    assert.equal(again.facts, undefined);
  }
});

test("without a store a code is for review; a store that fails is an error and no decision", async () => {
  const payload = holder.present("lin", policy, { now: NOW });
  const { seen: _, ...without } = options();
  const decision = await verifier.check(payload, without);
  assert.deepEqual([decision.outcome, codes(decision)], ["review", ["replay-not-checked"]]);
  const broken = { add: async () => { throw new Error("the database is gone"); } };
  await assert.rejects(verifier.check(payload, options({ seen: broken })), (error) => error instanceof LiangzhengError && error.code === "replay-store");
});

test("an answer counts in the session that the caller made, and in no other", async () => {
  const good = await verifier.check(answer(), options({ session: SESSION }));
  assert.deepEqual([good.outcome, codes(good)], ["accept", []]);
  for (const foreign of [{ nonce: "BBBBBBBBBBBBBBBBBBBBBB" }, { clientId: "redirect_uri:https://other.example/" }, { responseUri: "https://other.example/" }, { jwkThumbprint: "00".repeat(32) }]) {
    const decision = await verifier.check(answer(), options({ session: { ...SESSION, ...foreign } }));
    assert.equal(decision.outcome, "refuse", JSON.stringify(foreign));
    assert.ok(codes(decision).includes("device-signature"), codes(decision).join());
    assert.equal(decision.facts, undefined);
  }
});

test("without a session an answer is for review at best, whoever sends it", async () => {
  const decision = await verifier.check(answer(), options());
  assert.equal(decision.outcome, "review");
  assert.ok(codes(decision).includes("device-unchecked"));
  assert.equal(decision.facts, undefined);
});

test("a code of the wallet is no answer to a session, however fresh", async () => {
  const decision = await verifier.check(holder.present("lin", policy, { now: NOW }), options({ session: SESSION }));
  assert.equal(decision.outcome, "refuse");
  assert.ok(codes(decision).includes("answer-other-request"), codes(decision).join());
});

test("freshness is judged at receipt: a minute later it is refused, and another case is decided all the same", async () => {
  const payload = holder.present("lin", policy, { now: NOW });
  const late = await verifier.check(payload, options({ now: new Date(NOW.getTime() + 61_000) }));
  assert.deepEqual([late.outcome, codes(late)], ["refuse", ["stale"]]);
  const received = await verifier.check(payload, options({ case: { ...CASE, face: undefined } }));
  assert.deepEqual([received.outcome, codes(received), received.compareFace], ["review", ["face-not-compared"], true]);
  assert.equal(received.with(CASE).outcome, "accept");
  const different = received.with({ ...CASE, face: "different" });
  assert.deepEqual([different.outcome, codes(different)], ["refuse", ["face-differs"]]);
  assert.equal(received.outcome, "review", "a decision does not change");
});

test("only the facts that the policy asks for leave the module", async () => {
  const more = { ...policy, facts: [...policy.facts, { fact: "points", intent_to_retain: false, shown: { "zh-CN": "说明", en: "shown" } }] };
  const payload = holder.present("lin", more, { now: NOW });
  const decision = await verifier.check(payload, options());
  assert.ok(decision.facts && !("points" in decision.facts) && !("birth-date" in decision.facts));
  assert.equal(decision.facts["national-name"], "林知夏");
  assert.deepEqual([...decision.portrait.slice(0, 2)], [0xff, 0xd8]);
  const age = await Verifier.create({ trust: holder.trust(), policy: ready("age-only"), now: NOW });
  const little = await age.check(payload, options({ case: {} }));
  assert.deepEqual(Object.keys(little.facts).filter((name) => name !== "profile"), ["age"]);
});

test("accept, review, refuse and undetermined, each with its words in both languages", async () => {
  const outcomes = {};
  for (const { id, name } of holder.people().filter(({ id }) => !id.startsWith("erika"))) {
    const decision = await verifier.check(holder.present(id, policy, { now: NOW }), options({ case: { ...CASE, name, number_end: undefined } }));
    outcomes[id] = decision.outcome;
    for (const { code, checks } of decision.deciding) {
      const { message } = checks.find((check) => check.code === code);
      for (const language of [en, zh]) {
        const text = say(message, language);
        assert.ok(text && !/[{}…]|code\./.test(text), text);
        assert.ok(next(message, language), `${code}: what to do`);
      }
    }
  }
  assert.deepEqual([outcomes.xu, outcomes.gao, outcomes.wei, outcomes.lin], ["refuse", "refuse", "refuse", "review"]);
  const nobody = await Verifier.create({ trust: [], policy, now: NOW });
  const unknown = await nobody.check(holder.present("lin", policy, { now: NOW }), options());
  assert.equal(unknown.outcome, "refuse");
  assert.ok(codes(unknown).includes("issuer-unknown"));
});

test("licences of other countries are accepted where the policy's rules can be answered", async () => {
  const of = (id) => holder.present(id, policy, { now: NOW });
  const abroad = { ...CASE, name: "Erika Mustermann", number_end: undefined };
  const german = await verifier.check(of("erika-de"), options({ case: { ...abroad, number_end: "0129" } }));
  assert.deepEqual([german.outcome, codes(german)], ["accept", []]);
  assert.equal(german.facts.profile, "iso");
  assert.equal(german.facts.name, "Mustermann, Erika");
  const american = await verifier.check(of("erika-us"), options({ case: { ...abroad, number_end: "0129" } }));
  // The ready policy knows what class D of this state is.
  assert.deepEqual([american.outcome, codes(american), american.facts.profile], ["accept", [], "us"]);
});

test("what-if names the day on which a rule flips", async () => {
  const decision = await verifier.check(holder.present("xu", policy, { now: NOW }), options({ case: { ...CASE, vehicle: "car-automatic" }, whatIfDays: 400 }));
  const held = decision.whatIf.find(({ rule, to }) => rule === "years-held" && to === "pass");
  assert.ok(held, JSON.stringify(decision.whatIf));
  assert.match(held.date, /^\d{4}-\d\d-\d\d$/);
});

test("any bytes give a decision", async () => {
  for (const bytes of [new Uint8Array(), new Uint8Array(200_000), new TextEncoder().encode("{}"), Uint8Array.of(0xa1, 0x67, ...new TextEncoder().encode("version"), 0x63, 0x31, 0x2e, 0x30), new Uint8Array(1 << 21).fill(0x9f)]) {
    for (const session of [undefined, SESSION]) {
      const decision = await verifier.check(bytes, options(session ? { session } : {}));
      assert.notEqual(decision.outcome, "accept");
      assert.equal(decision.facts, undefined);
      assert.ok(decision.deciding.length > 0);
    }
  }
});

test("what a caller gives that cannot be used is an error with a code", async () => {
  const payload = holder.present("lin", policy, { now: NOW });
  const code = (promise) => promise.then(() => "no error", (error) => error.code);
  assert.equal(await code(Verifier.create({ trust: holder.trust(), policy: {} })), "policy-json");
  assert.equal(await code(Verifier.create({ trust: new Uint8Array([1, 2]), policy })), "cbor-profile");
  assert.equal(await code(Verifier.create({ trust: holder.trust(), status: new Uint8Array([1]), policy })), "status-structure");
  assert.equal(await code(Verifier.create({ trust: holder.trust(), policy, status: "http://127.0.0.1:1/none" })), "source-unreachable");
  assert.equal(await code(verifier.check(payload, options({ case: { vehicle: "spaceship" } }))), "argument-context");
  assert.equal(await code(verifier.check(payload, options({ utcOffsetMinutes: 6000 }))), "argument-utc-offset");
  assert.equal(await code(verifier.check(payload, options({ session: { ...SESSION, nonce: "" } }))), "transcript-empty");
  const decision = await verifier.check(payload, options());
  assert.throws(() => decision.with({ from: "2026-12-02", until: "2026-12-01" }), ({ code }) => code === "case-dates");
});

test("what is not used of a file of trust is named, and keeps nothing else out", async () => {
  const broken = Buffer.concat([Buffer.from(holder.trust()), Buffer.from("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")]);
  const crl = Buffer.from("-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n");
  const made = await Verifier.create({ trust: [broken, crl], policy, now: NOW });
  assert.equal(made.trusted.length, 3);
  assert.deepEqual(made.refused.map(({ file, code }) => `${file} ${code}`), ["0 cert-malformed", "1 crl-malformed"]);
  assert.equal(made.files.trust.length, 2);
});

test("a module of another build is refused", async () => {
  const { readFile, writeFile, cp, mkdtemp, rm } = await import("node:fs/promises");
  const path = await import("node:path");
  const { tmpdir } = await import("node:os");
  const { folder } = await import("./support.mjs");
  const copy = await mkdtemp(path.join(tmpdir(), "liangzheng-mixed-"));
  try {
    await cp(folder, copy, { recursive: true });
    const wasm = path.join(copy, "dist/verifier.wasm");
    const bytes = await readFile(wasm);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(wasm, bytes);
    const mixed = await import(path.join(copy, "dist/node.js"));
    await assert.rejects(mixed.Verifier.create({ trust: holder.trust(), policy }), ({ code }) => code === "module-mixed");
  } finally {
    await rm(copy, { recursive: true });
  }
});
