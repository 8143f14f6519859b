// The package itself: what is in the tarball, its types, its weights, and that it needs nothing and asks nobody.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { entry, folder, tarball } from "./support.mjs";

const tools = path.resolve(import.meta.dirname, "../../crate/verifier/npm/node_modules");
const tool = (name, args, options) => spawnSync(process.execPath, [path.join(tools, name), ...args], { encoding: "utf8", ...options });
const dist = path.join(folder, "dist");
const files = readdirSync(dist, { recursive: true }).filter((file) => statSync(path.join(dist, file)).isFile());
const read = (file) => readFileSync(path.join(dist, file), "utf8");

/** Makes a project beside the installed package, and runs in it. */
const project = (run) => {
  const home = mkdtempSync(path.join(tmpdir(), "liangzheng-project-"));
  try {
    mkdirSync(path.join(home, "node_modules/@liangzheng"), { recursive: true });
    symlinkSync(folder, path.join(home, "node_modules/@liangzheng/verifier"));
    symlinkSync(path.join(tools, "@types"), path.join(home, "node_modules/@types"));
    symlinkSync(path.join(tools, "undici-types"), path.join(home, "node_modules/undici-types"));
    writeFileSync(path.join(home, "package.json"), '{"type":"module"}');
    return run(home);
  } finally {
    rmSync(home, { recursive: true });
  }
};

test("publint and arethetypeswrong find nothing", () => {
  const lint = tool("publint/src/cli.js", [folder, "--strict"]);
  assert.equal(lint.status, 0, lint.stdout + lint.stderr);
  const types = tool("@arethetypeswrong/cli/dist/index.js", [tarball, "--profile", "esm-only", "--no-emoji", "--exclude-entrypoints", "verifier.wasm", "reader.wasm", "policy.schema.json"]);
  assert.equal(types.status, 0, types.stdout + types.stderr);
});

test("it has no dependency, and no script but its own", () => {
  const described = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies", "scripts"]) {
    assert.equal(described[kind], undefined, kind);
  }
  const sentences = ["en.js", "zh-CN.js"];
  for (const file of files.filter((file) => file.endsWith(".js") && !sentences.includes(file))) {
    const imports = /\b(?:import|export)\b(?:[\w$*,{}\s]*?\bfrom\s*|\s*\(?\s*)["']([^"']+)["']/g;
    for (const [, from] of read(file).matchAll(imports)) {
      const own = from.startsWith("./") || from.startsWith("../");
      assert.ok(own || (file === "node.js" && from === "node:fs/promises"), `${file}: ${from}`);
    }
    const addresses = [...read(file).matchAll(/https?:\/\/[^"'`\s]*/g)].map(([address]) => address);
    // The first is what an error says: "a page needs https:// or localhost".
    assert.deepEqual(addresses.filter((address) => !["https://", "http://www.w3.org/2000/svg"].includes(address)), [], file);
    assert.ok(!/\beval\(|new Function|innerHTML|document\.write|localStorage|\bconsole\.(?!error|warn)/.test(read(file)), file);
  }
});

test("importing it changes nothing global, and checking asks nobody", async () => {
  const before = Reflect.ownKeys(globalThis);
  const asked = [];
  const { fetch } = globalThis;
  globalThis.fetch = (...all) => { asked.push(all); throw new Error("no network"); };
  try {
    const { Verifier, memoryStore } = await entry();
    const { DemoHolder } = await entry("testing");
    const demo = await DemoHolder.create();
    const policy = JSON.parse(readFileSync(path.join(dist, "policies/rental-car.json"), "utf8"));
    const verifier = await Verifier.create({ trust: demo.trust(), policy });
    await verifier.check(demo.present("lin", policy), { seen: memoryStore() });
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(asked, []);
  // Node's own, once a Response is named.
  const ofNode = (key) => typeof key === "symbol" && key.description.startsWith("undici.");
  assert.deepEqual(Reflect.ownKeys(globalThis).filter((key) => !before.includes(key) && !ofNode(key)), []);
});

test("the inline entry decides the same", async () => {
  const [plain, inline] = [await entry(), await entry("inline")];
  assert.equal(plain.WASM_SHA256, inline.WASM_SHA256);
  assert.match(plain.WASM_SHA256, /^[0-9a-f]{64}$/);
  const { DemoHolder } = await entry("testing");
  const demo = await DemoHolder.create();
  const policy = JSON.parse(readFileSync(path.join(dist, "policies/age-only.json"), "utf8"));
  const now = new Date("2026-11-29T04:00:00Z");
  const payload = demo.present("lin", policy, { now });
  const decide = async ({ Verifier, memoryStore }) => {
    const verifier = await Verifier.create({ trust: demo.trust(), policy, now });
    const { outcome, reasons } = await verifier.check(payload, { now, utcOffsetMinutes: 480, seen: memoryStore() });
    return JSON.stringify({ outcome, reasons });
  };
  assert.equal(await decide(inline), await decide(plain));
});

/** Weights in bytes, Brotli 11: raise one only with a reason in the commit. */
const BUDGETS = {
  "the verifier with one language": [["verifier.wasm", "index.js", "core.js", "decision.js", "module.js", "errors.js", "memory.js", "text.js", "exports.js", "build.js", "webcrypto.js", "wasm/verifier.js", "en.js"], 325_000],
  "the reader": [["reader.wasm", "reader/index.js", "wasm/reader.js"], 74_000],
  "records": [["record.wasm", "record.js", "side.js", "wasm/record.js"], 250_000],
  "questions": [["question.wasm", "question.js", "wasm/question.js"], 250_000],
};
for (const [name, [parts, most]] of Object.entries(BUDGETS)) {
  test(`weight: ${name}`, (t) => {
    const packed = parts.map((part) => brotliCompressSync(readFileSync(path.join(dist, part)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length);
    const sum = packed.reduce((one, other) => one + other);
    t.diagnostic(`${name}: ${sum} bytes, ${parts[0]} ${packed[0]}`);
    assert.ok(sum <= most, `${sum} bytes of ${most}`);
  });
}

const readme = readFileSync(path.resolve(import.meta.dirname, "../../crate/verifier/npm/README.md"), "utf8");
const snippets = [...readme.matchAll(/<!-- (run|check|server) -->\n```(?:js|ts)\n([\s\S]*?)```/g)].map(([, kind, code]) => ({ kind, code }));

test("what the README shows runs", () => {
  assert.ok(snippets.filter(({ kind }) => kind === "run").length >= 2);
  assert.ok(readme.split("\n").length <= 250, "at most 250 lines");
  for (const { code } of snippets.filter(({ kind }) => kind === "run")) {
    project((home) => {
      writeFileSync(path.join(home, "snippet.mjs"), code);
      const run = spawnSync(process.execPath, ["snippet.mjs"], { cwd: home, encoding: "utf8" });
      assert.equal(run.status, 0, run.stderr);
      if (code.includes("// refuse")) assert.match(run.stdout, /^refuse\n/);
    });
  }
});

const options = { noEmit: true, target: "ES2022", lib: ["ES2023", "DOM"], types: ["node"], module: "NodeNext", moduleResolution: "nodenext" };

test("what the README shows has the package's types", () => {
  project((home) => {
    snippets.forEach(({ code }, number) => writeFileSync(path.join(home, `snippet-${number}.mjs`), code));
    // Plain scripts: what is called must be there, with these arguments.
    writeFileSync(path.join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...options, allowJs: true, checkJs: true, strict: false }, include: ["*.mjs"] }));
    const run = tool("typescript/bin/tsc", ["--project", home], { cwd: home });
    assert.equal(run.status, 0, run.stdout);
    assert.ok(snippets.length >= 5);
  });
});

for (const moduleResolution of ["nodenext", "bundler"]) {
  test(`types: tsc --strict, ${moduleResolution}`, () => {
    project((home) => {
      writeFileSync(path.join(home, "typed.ts"), `
        import { LiangzhengError, Verifier, memoryStore, next, say, type Case, type Catalogue, type Code, type Decision, type ReplayStore } from "@liangzheng/verifier";
        import { Verifier as Inline } from "@liangzheng/verifier/inline";
        import { LicenceReader, type Progress } from "@liangzheng/verifier/reader";
        import { WalletQuestion, queryOf } from "@liangzheng/verifier/question";
        import { Journal, createSigner, type AddedRecord } from "@liangzheng/verifier/record";
        import { DemoHolder } from "@liangzheng/verifier/testing";
        import en from "@liangzheng/verifier/en";
        import zh from "@liangzheng/verifier/zh-CN";
        export async function all(bytes: Uint8Array, store: ReplayStore): Promise<Decision> {
          const of: Case = { vehicle: "car", trailer: "light", face: "same" };
          // @ts-expect-error no such trailer
          const wrong: Case = { trailer: "huge" };
          // @ts-expect-error no such code
          const code: Code = "no-such-code";
          const right: Code = "age-below";
          const verifier = await Verifier.create({ trust: [bytes, new URL("https://rental.example/trust.pem")], policy: bytes });
          // @ts-expect-error a store adds
          await verifier.check(bytes, { seen: {} });
          const decision = await verifier.check(bytes, { case: of, seen: store, session: { kind: "dc-api", origin: "https://rental.example", nonce: "n" } });
          const catalogues: Catalogue[] = [en, zh];
          for (const reason of decision.deciding) for (const check of reason.checks) say(check.message, catalogues[0] ?? zh), next(check.message, en);
          switch (decision.outcome) { case "accept": case "review": case "refuse": break; default: { const never: never = decision.outcome; void never; } }
          const journal = await Journal.open("");
          const added: AddedRecord = journal.add(decision, { override: { by: "a", reason: "b", decision: "accept" } });
          void [wrong, code, right, Inline, LicenceReader, WalletQuestion, queryOf, createSigner, DemoHolder, added, LiangzhengError, memoryStore];
          const progress: Progress = { state: "receiving", received: 1, needed: 2 };
          void progress;
          return decision;
        }
      `);
      writeFileSync(path.join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...options, strict: true, module: moduleResolution === "bundler" ? "ESNext" : "NodeNext", moduleResolution, exactOptionalPropertyTypes: true }, include: ["*.ts"] }));
      const run = tool("typescript/bin/tsc", ["--project", home], { cwd: home });
      assert.equal(run.status, 0, run.stdout);
    });
  });
}
