// The package decides as the command line does, about every presentation of tests/vectors; and no refusal or acceptance rests
// on anything but answers of WebCrypto.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { cli, entry, folder, forgetful, manifest, ready, vector } from "./support.mjs";

const { Verifier, hasCurve } = await entry();
const trust = manifest.trust.map(({ certificate }) => vector(certificate));
/** Files that need no other input than a clock, so that they can be lines of one batch. */
const plain = ({ kind, given }) =>
  ["presentation", "device-response"].includes(kind) && !given?.strict && !given?.trust_lists && !given?.status_lists;
const files = manifest.vectors.filter(plain).map(({ rule, file, at, verdict, given }) => ({ rule, at, verdict, given, bytes: vector(file) }));
const CASE = { vehicle: "car", from: "2026-11-22", until: "2026-11-25", name: "测试一", number_end: "0028", face: "same" };

/** What the command line says of every file, by the name of its rule. */
const batch = (policy) => {
  const temporary = mkdtempSync(path.join(tmpdir(), "liangzheng-"));
  try {
    const policyFile = path.join(folder, "dist/policies", `${policy}.json`);
    writeFileSync(path.join(temporary, "case.json"), JSON.stringify(CASE));
    const input = files.map(({ rule, at, bytes }) => JSON.stringify({ id: rule, presentation: bytes.toString("base64url"), at: new Date(at * 1000).toISOString().replace(".000", "") })).join("\n");
    const anchors = manifest.trust.flatMap(({ certificate }) => ["--trust", path.resolve(import.meta.dirname, "../vectors", certificate)]);
    const run = spawnSync(cli, ["verify", "--batch", "-", ...anchors, "--policy", policyFile, "--case", path.join(temporary, "case.json"), "--audience", manifest.audience], { input, encoding: "utf8", maxBuffer: 1 << 28 });
    // 3: some of the files are no presentations.
    assert.ok([0, 1, 2, 3].includes(run.status), run.stderr);
    return new Map(run.stdout.trim().split("\n").map((line) => JSON.parse(line)).map((row) => [row.id, row]));
  } finally {
    rmSync(temporary, { recursive: true });
  }
};

const brief = ({ reasons }) => reasons.filter(({ effect }) => effect).map(({ rule, outcome, code, effect }) => [rule, outcome, code ?? "", effect].join(" ")).sort();

/** Curves that WebCrypto does not have, and keys that are on no curve: the command line has curve code of its own. */
const needsCurveCode = (rule) => /brainpool|esb384|off-curve/.test(rule);

for (const policy of ["rental-car", "insurance-proposal", "freight", "age-only"]) {
  test(`by ${policy}, package and command line decide the same about every file`, async () => {
    const theirs = batch(policy);
    const verifier = await Verifier.create({ trust, policy: ready(policy), now: new Date(1_795_348_800_000) });
    const wrong = [];
    let others = 0;
    for (const { rule, at, bytes } of files) {
      const decision = await verifier.check(bytes, { case: CASE, now: new Date(at * 1000), utcOffsetMinutes: 480, audience: manifest.audience, seen: forgetful });
      const row = theirs.get(rule);
      if (!row.decision) {
        others += 1;
        assert.ok(row.other && decision.outcome !== "accept", rule);
        continue;
      }
      if (needsCurveCode(rule)) {
        const codes = decision.reasons.flatMap(({ checks }) => checks.map(({ code }) => code));
        // What is well-formed and right there is not checked here: for a person, and never blamed.
        const right = row.verdict === "verified" || row.decision.outcome !== "refuse";
        if (decision.outcome === "accept" || (right && !codes.includes("signature-not-checked"))) wrong.push(`${rule}: ${decision.outcome} ${codes}`);
        continue;
      }
      const wanted = [row.decision.outcome, ...brief(row.decision)];
      const given = [decision.outcome, ...brief(decision)];
      if (given.join() !== wanted.join()) wrong.push(`${rule}: ${given}, not ${wanted}`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(others < 10, `${others} are no presentations`);
    assert.ok(files.length > 380, `${files.length} files`);
  });
}

test("no forgery is accepted, and none shows a fact", async () => {
  const verifier = await Verifier.create({ trust, policy: ready("age-only"), now: new Date(1_795_348_800_000) });
  let refused = 0;
  // The lists of revoked signers are not given here, and neither is for what an issuer is trusted.
  const otherwise = (rule) => rule.startsWith("ds-revoked") || rule === "issuer-other-types";
  const forged = files.filter(({ rule, verdict }) => verdict === "refused" && !otherwise(rule));
  for (const { rule, at, bytes, verdict } of forged) {
    const decision = await verifier.check(bytes, { now: new Date(at * 1000), utcOffsetMinutes: 480, audience: manifest.audience, seen: forgetful });
    assert.notEqual(decision.outcome, "accept", rule);
    assert.equal(decision.facts, undefined, `${rule}, ${verdict}`);
    assert.equal(decision.portrait, undefined, rule);
    refused += 1;
  }
  assert.ok(refused > 150, `${refused} forgeries`);
});

const genuine = () => {
  const { at, file } = manifest.vectors.find(({ rule }) => rule === "valid");
  return { at: new Date(at * 1000), bytes: vector(file) };
};

/** Replaces parts of WebCrypto while `run` runs. */
const withSubtle = async (parts, run) => {
  const { subtle } = globalThis.crypto;
  const kept = Object.fromEntries(Object.keys(parts).map((name) => [name, subtle[name]]));
  for (const [name, part] of Object.entries(parts)) Object.defineProperty(subtle, name, { value: part(kept[name].bind(subtle)), configurable: true });
  try {
    return await run();
  } finally {
    for (const name of Object.keys(parts)) delete subtle[name];
  }
};

test("what WebCrypto says counts: no is a refusal, and a failure is undetermined", async () => {
  const { at, bytes } = genuine();
  const options = { now: at, utcOffsetMinutes: 480, seen: forgetful, case: CASE };
  const make = () => Verifier.create({ trust, policy: ready("rental-car"), now: at });
  const plainly = await (await make()).check(bytes, options);
  assert.ok(plainly.facts, "genuine");
  const codes = ({ reasons }) => reasons.flatMap(({ checks }) => checks.map(({ code }) => code));
  const no = await withSubtle({ verify: () => async () => false }, make);
  // Roots are signed by themselves: none is left whose curve this runtime has.
  assert.ok(no.refused.length > 15 && no.trusted.length < 5, `${no.trusted}`);
  assert.equal((await no.check(bytes, options)).outcome, "refuse");
  for (const [answer, outcome] of [[async () => false, "refuse"], [async () => { throw new Error("broken"); }, "review"], [async () => "true", "refuse"], [async () => 1, "refuse"]]) {
    const verifier = await make();
    const decision = await withSubtle({ verify: () => answer }, () => verifier.check(bytes, options));
    assert.equal(decision.outcome, outcome, codes(decision).join());
    assert.equal(decision.facts, undefined);
    if (outcome === "review") assert.ok(codes(decision).includes("signature-not-checked"), codes(decision).join());
  }
});

test("a curve that this runtime lacks is undetermined, and never asked of WebCrypto", async () => {
  assert.equal(await hasCurve("P-256"), true);
  assert.equal(await hasCurve("P-384"), true);
  assert.equal(await hasCurve("brainpoolP256r1"), false);
  const brainpool = manifest.vectors.filter(({ kind, rule }) => kind === "presentation" && rule.includes("brainpool"));
  assert.ok(brainpool.length > 0);
  const asked = [];
  for (const { rule, at, file } of brainpool) {
    const verifier = await Verifier.create({ trust, policy: ready("age-only"), now: new Date(at * 1000) });
    const watch = (real) => (format, key, algorithm, ...rest) => { asked.push(algorithm.namedCurve); return real(format, key, algorithm, ...rest); };
    const decision = await withSubtle({ importKey: watch }, () => verifier.check(vector(file), { now: new Date(at * 1000), utcOffsetMinutes: 480, seen: forgetful }));
    assert.notEqual(decision.outcome, "accept", rule);
  }
  assert.ok(asked.every((curve) => ["P-256", "P-384", "P-521"].includes(curve)), asked.join());
});
