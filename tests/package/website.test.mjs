// The server of the README, as it is printed there: what a customer's browser says proves nothing to it (T-forged-preview).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { entry, folder, ready } from "./support.mjs";

const readme = readFileSync(path.resolve(import.meta.dirname, "../../crate/verifier/npm/README.md"), "utf8");
const [, source] = readme.match(/<!-- server -->\n```js\n([\s\S]*?)```/);
const policy = ready("insurance-proposal");
const { DemoHolder } = await entry("testing");
const demo = await DemoHolder.create();
const CASE = { vehicle: "car", from: "2030-01-01", until: "2030-12-31", name: "林知夏", number_end: "002X" };
const ended = [];
after(() => ended.forEach((end) => end()));

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

/** Starts the server of a partner. */
const partner = async (origin) => {
  const home = mkdtempSync(path.join(tmpdir(), "liangzheng-server-"));
  mkdirSync(path.join(home, "node_modules/@liangzheng"), { recursive: true });
  symlinkSync(folder, path.join(home, "node_modules/@liangzheng/verifier"));
  writeFileSync(path.join(home, "server.mjs"), source);
  writeFileSync(path.join(home, "policy.json"), JSON.stringify(policy));
  writeFileSync(path.join(home, "authority.der"), demo.trust());
  const port = await freePort();
  const server = spawn(process.execPath, ["server.mjs"], { cwd: home, env: { ...process.env, PORT: String(port), ORIGIN: origin }, stdio: ["ignore", "inherit", "inherit"] });
  ended.push(() => { server.kill(); rmSync(home, { recursive: true }); });
  const url = `http://127.0.0.1:${port}`;
  const call = async (where, value) => {
    for (;;) {
      const response = await fetch(url + where, { method: "POST", body: typeof value === "string" ? value : JSON.stringify(value ?? {}) }).catch((error) => {
        // Until it listens; a server that has ended is an error.
        if (server.exitCode !== null) throw error;
      });
      if (response) return { status: response.status, ...(await response.json()) };
    }
  };
  return { origin, call };
};

const insurer = await partner("https://insurer.example");
const rival = await partner("https://rival.example");

const present = ({ nonce, responseUri }) =>
  Buffer.from(demo.respond("lin", policy, { clientId: `redirect_uri:${responseUri}`, nonce, responseUri })).toString("base64url");

test("the server asks, and decides about the answer by itself", async () => {
  const question = await insurer.call("/question");
  assert.equal(question.responseUri, "https://insurer.example/answer");
  const answer = await insurer.call("/answer", { nonce: question.nonce, presentation: present(question), case: CASE });
  assert.equal(answer.status, 200);
  // The licence names a status list, and this server was given none.
  assert.equal(answer.outcome, "review");
  assert.ok(answer.reasons.every(({ rule }) => ["status", "status-age"].includes(rule)), JSON.stringify(answer.reasons));
});

test("a body that was posted before is not taken again", async () => {
  const question = await insurer.call("/question");
  const body = { nonce: question.nonce, presentation: present(question), case: CASE };
  assert.equal((await insurer.call("/answer", body)).status, 200);
  assert.deepEqual(await insurer.call("/answer", body), { status: 409, error: "question-unknown" });
});

test("an answer to another question is refused, and so is one to another partner", async () => {
  const [first, second] = [await insurer.call("/question"), await insurer.call("/question")];
  const swapped = await insurer.call("/answer", { nonce: second.nonce, presentation: present(first), case: CASE });
  assert.equal(swapped.outcome, "refuse");
  assert.deepEqual(swapped.reasons, [{ rule: "presenter", code: "device-signature" }]);
  const mine = await rival.call("/question");
  const foreign = await rival.call("/answer", { nonce: mine.nonce, presentation: present({ ...mine, responseUri: "https://insurer.example/answer" }), case: CASE });
  assert.equal(foreign.outcome, "refuse");
});

test("a preview that was forged decides nothing", async () => {
  const question = await insurer.call("/question");
  const forged = { nonce: question.nonce, presentation: Buffer.from("accepted!").toString("base64url"), case: CASE, outcome: "accept", decision: { outcome: "accept", reasons: [] } };
  const answer = await insurer.call("/answer", forged);
  assert.equal(answer.outcome, "refuse");
});

test("what is no request has a code, and the server goes on", async () => {
  for (const body of ["", "{", "[]", JSON.stringify({ nonce: 5 }), `{"nonce":"${"x".repeat(300_000)}"}`]) {
    const { status } = await insurer.call("/answer", body);
    assert.ok([400, 409].includes(status), `${status}`);
  }
  const question = await insurer.call("/question");
  assert.equal((await insurer.call("/answer", { nonce: question.nonce, presentation: "%%%", case: { vehicle: "spaceship" } })).status, 400);
  assert.equal((await insurer.call("/question")).status, 200);
});
