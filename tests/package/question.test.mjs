// A question with the nonce of a server, the encrypted answer of a wallet, and what the server makes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, ready } from "./support.mjs";

const { Verifier } = await entry();
const { WalletQuestion, queryOf } = await entry("question");
const { DemoHolder } = await entry("testing");

const NOW = new Date("2026-11-29T04:00:00Z");
const PAGE = "https://insurer.example/answer";
const policy = ready("insurance-proposal");
const demo = await DemoHolder.create();
const server = await Verifier.create({ trust: demo.trust(), status: demo.status(NOW), policy, now: NOW });
const nonce = () => crypto.getRandomValues(new Uint8Array(16));
const ask = (more = {}) => WalletQuestion.ask({ policy, nonce: nonce(), responseUri: PAGE, now: NOW, ...more });
const options = { now: NOW, utcOffsetMinutes: 480, case: { vehicle: "car", from: "2026-12-01", until: "2027-11-30", name: "林知夏", number_end: "002X" } };

test("page and server decide the same about the answer to the server's nonce", async () => {
  const made = nonce();
  const question = await ask({ nonce: made });
  const response = question.open(demo.answer("lin", question.payload, NOW), NOW);
  const preview = await server.check(response, { ...options, session: question.session });
  // The server knows nonce and address itself; only the thumbprint of the page's key comes from there.
  const session = { kind: "openid4vp", clientId: `redirect_uri:${PAGE}`, nonce: Buffer.from(made).toString("base64url"), responseUri: PAGE, jwkThumbprint: question.session.jwkThumbprint };
  const decision = await server.check(response, { ...options, session });
  assert.equal(decision.outcome, "accept", JSON.stringify(decision.deciding));
  assert.deepEqual(preview.reasons, decision.reasons);
  const other = await server.check(response, { ...options, session: { ...session, nonce: Buffer.from(nonce()).toString("base64url") } });
  assert.equal(other.outcome, "refuse");
});

test("an answer is opened once, in time, and by the page that asked", async () => {
  const [mine, other] = [await ask(), await ask()];
  const answer = demo.answer("lin", mine.payload, NOW);
  const code = (open) => { try { open(); return "opened"; } catch (error) { return error.code; } };
  assert.equal(code(() => other.open(answer, NOW)), "answer-other-request");
  assert.equal(code(() => mine.open(answer, NOW)), "opened");
  assert.equal(code(() => mine.open(answer, NOW)), "answer-seen");
  const late = await ask();
  const soon = demo.answer("lin", late.payload, NOW);
  assert.equal(code(() => late.open(soon, new Date(late.until.getTime() + 1000))), "answer-late");
  assert.equal(code(() => late.open(demo.present("lin", policy, { now: NOW }), NOW)), "envelope-kind");
});

test("no more is asked than the policy reads, and what is kept is said", async () => {
  const { credentials } = await queryOf(policy);
  const claims = credentials.flatMap((credential) => credential.claims ?? []);
  const names = claims.map(({ path }) => path.at(-1));
  assert.ok(names.includes("points") && !names.includes("portrait") && !names.includes("resident_address"), names.join());
  assert.ok(claims.every(({ intent_to_retain }) => typeof intent_to_retain === "boolean"));
  const question = await ask();
  assert.ok(question.payload.length < 2_911, "one symbol, which stands still");
  assert.equal(question.needed, 1);
  assert.equal(question.frame(0).dark.length, question.frame(0).size ** 2);
});

test("what cannot be asked has a code", async () => {
  const code = (promise) => promise.then(() => "asked", (error) => error.code);
  assert.equal(await code(ask({ nonce: new Uint8Array(15) })), "question-nonce");
  assert.equal(await code(ask({ responseUri: "http://insurer.example/" })), "question-response-uri");
  assert.equal(await code(ask({ policy: {} })), "policy-json");
});
