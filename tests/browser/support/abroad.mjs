// Documents of other countries and other kinds: files of tests/vectors, shown to the page as pictures of their code.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "./fixtures.mjs";
import { pictures } from "./code.mjs";
import { handIn, openVerifier } from "./verifier.mjs";

const folder = path.resolve(import.meta.dirname, "../../vectors");
const manifest = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));

/** The file of a rule, and when and by which terms it is judged. */
export async function vector(rule) {
  const entry = manifest.vectors.find((vector) => vector.rule === rule);
  return { ...entry, bytes: await readFile(path.join(folder, entry.file)) };
}

/** A verifier at the time of a file, for its purpose, that trusts one authority of the files. */
export async function verifierFor(world, { at, given }, authority) {
  const { page } = await world.open({ at: at * 1000 });
  await openVerifier(page, given.terms?.purpose ?? "roadside");
  await page.getByRole("button", { name: "信任名单" }).click();
  const buffer = await readFile(path.join(folder, "trust", `${authority}.der`));
  await page.locator("#trust-file").setInputFiles({ name: `${authority}.der`, mimeType: "application/octet-stream", buffer });
  await page.getByRole("button", { name: "核对无误，添加" }).click();
  await expect(page.locator("#trust-done")).toContainText("已添加");
  await page.getByRole("dialog", { name: "信任名单" }).getByRole("button", { name: "关闭" }).click();
  return page;
}

/** Shows a file of a rule to a verifier that trusts `authority`. Returns its page. */
export async function shown(world, rule, authority) {
  const file = await vector(rule);
  const page = await verifierFor(world, file, authority);
  await handIn(page, pictures(file.bytes));
  return page;
}

/** Hands a file over as it is. */
export const handFile = (page, { bytes }, name = "document.cbor") =>
  page.locator("#files").setInputFiles({ name, mimeType: "application/cbor", buffer: bytes });

/** Text without the marks that isolate the direction of what a document says. */
export const plain = (text) => text?.replace(/[\u2068\u2069]/g, "");
