// Altered payloads of the demo's people: the shipped module gives the same verdict as the native build, with identical JSON.
//
// The payloads, their contexts and the native verdicts are written by `cargo xtask tamper --wasm FILE`.
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { loadSite } from "./module.mjs";

// T-tampering
test("every altered payload gets the verdict that the native build gives", async () => {
  const file = process.env.LIANGZHENG_TAMPERED;
  assert.ok(file, "run by: cargo xtask test --only wasm");
  const { worker } = await loadSite();
  const colours = { green: 0, amber: 0, red: 0 };
  const wrong = [];
  let untouched = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { name, payload, context, verdict } = JSON.parse(line);
    const seen = JSON.parse(await worker.verify(Buffer.from(payload, "base64"), JSON.stringify(context)));
    colours[seen.colour] += 1;
    try {
      assert.deepEqual(seen, verdict);
    } catch (error) {
      wrong.push(`${name}: ${error.message}`);
    }
    if (name.endsWith(": untouched")) {
      untouched += 1;
      assert.ok(seen.issuer && seen.demo, `${name} is proven`);
    } else if (seen.issuer) {
      // Almost no byte lies outside of every signature.
      assert.deepEqual(seen.layers.length, 5);
    }
  }
  assert.deepEqual(wrong, []);
  // four demo people for seven purposes
  assert.equal(untouched, 28);
  const count = Object.values(colours).reduce((sum, number) => sum + number);
  console.log(`${count} verdicts: ${JSON.stringify(colours)}`);
  assert.ok(count > 3_000, `only ${count}`);
  assert.ok(colours.red > count * 0.99, JSON.stringify(colours));
});
