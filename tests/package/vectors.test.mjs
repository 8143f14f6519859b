// The data package: every file of the manifest is there, and nothing outside of it can be read.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { manifest as ours, vector } from "./support.mjs";

const folder = process.env.LIANGZHENG_VECTORS_PACK;

test("every file is in the data package, byte for byte", { skip: folder ? false : "LIANGZHENG_VECTORS_PACK names no folder" }, async () => {
  const { manifest, policyCases, read } = await import(pathToFileURL(path.join(folder, "index.js")).href);
  assert.deepEqual(manifest, ours);
  assert.ok(manifest.vectors.length > 700 && policyCases.cases.length >= 200);
  for (const { file } of manifest.vectors) assert.deepEqual(Buffer.from(await read(file)), vector(file), file);
  for (const { certificate } of manifest.trust) assert.ok((await read(certificate)).length > 300);
  await assert.rejects(read("../package.json"), RangeError);
  await assert.rejects(read("https://example.com/"), RangeError);
  assert.match(readFileSync(path.join(folder, "VECTORS.md"), "utf8"), /^# Hostile files/);
});
