// The packed package, as an installed one; and the files of tests/vectors.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** The folder of the installed package. */
export const folder = process.env.LIANGZHENG_PACK ?? "";
/** The tarball that was installed. */
export const tarball = process.env.LIANGZHENG_TARBALL ?? "";
/** The command line. */
export const cli = process.env.LIANGZHENG_CLI ?? "";

/** Imports an entry of the package as Node does: `entry("testing")`. */
export const entry = (name = ".") => {
  const { exports } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const target = exports[name === "." ? "." : `./${name}`];
  return import(pathToFileURL(path.join(folder, target.node ?? target.default)).href);
};

/** A ready policy. */
export const ready = (id) => JSON.parse(readFileSync(path.join(folder, "dist/policies", `${id}.json`), "utf8"));

const vectors = path.resolve(import.meta.dirname, "../vectors");
/** Reads a file of tests/vectors. */
export const vector = (...names) => readFileSync(path.join(vectors, ...names));
/** Every file with what it must give. */
export const manifest = JSON.parse(vector("manifest.json"));

/** A store that has seen nothing: the presentations of a test are compared, not remembered. */
export const forgetful = { add: () => true };
