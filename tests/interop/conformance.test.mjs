// Runs the same cases through every library and this project: this project is right on each, and docs/conformance.md states
// the results.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { oursStrict } from "./peers/ours.mjs";
import { document, dateOf } from "./support/document.mjs";
import { LIBRARIES, measureAll } from "./support/measure.mjs";
import { ways } from "./support/ways.mjs";

const measured = await measureAll();
const missing = LIBRARIES.filter(({ missing, record }) => missing && !record);

for (const [set, { cases, columns }] of measured.entries()) {
  const from = ["cases", "tests/vectors", "untidy cases"][set];
  for (const { library, answers, errors } of columns) {
    test(`${library.name} accepts the unaltered control of ${from}`, { skip: library.missing ?? false }, () => {
      assert.equal(errors[0], null);
      assert.equal(answers[0], "accepted");
    });
  }
  for (const [at, one] of cases.entries()) {
    const { library, answers, errors } = columns.find(({ library }) => library.own);
    test(`we, ${from}: ${one.title}`, { skip: library.missing ?? false }, () => {
      assert.equal(answers[at], one.right && !one.profile ? "accepted" : "refused", errors[at] ?? "");
      if (!one.right) assert.ok(errors[at].split(", ").includes(one.code), `${errors[at]}, and not ${one.code}`);
    });
    if (!one.strict) continue;
    const letter = columns.find(({ library }) => library === oursStrict);
    test(`we, to the letter, ${from}: ${one.title}`, { skip: library.missing ?? false }, () => {
      assert.equal(letter.answers[at], one.strict, letter.errors[at] ?? "");
    });
  }
}

test("docs/conformance.md is what the command writes", { skip: missing.length ? `without ${missing.map(({ name }) => name).join(", ")}` : false }, async () => {
  const written = await readFile(path.resolve(import.meta.dirname, "../../docs/conformance.md"), "utf8");
  assert.equal(document(measured, await ways(), dateOf(written)), written, "cargo xtask conformance --date YYYY-MM-DD");
});
