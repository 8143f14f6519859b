// Runs every case through every library and records the answers.
import { readFileSync } from "node:fs";
import path from "node:path";
import { auth0 } from "../peers/auth0.mjs";
import { isomdl } from "../peers/isomdl.mjs";
import { ours, oursStrict } from "../peers/ours.mjs";
import { owf } from "../peers/owf.mjs";
import { isomdoc, pymdoccbor } from "../peers/python.mjs";
import { CASES } from "./cases.mjs";
import { UNTIDY } from "./untidy.mjs";
import { VECTORS } from "./vectors.mjs";

export const LIBRARIES = [ours, owf, auth0, isomdoc, pymdoccbor, isomdl];

/** Where the packages are unpacked. */
const packages = path.resolve(import.meta.dirname, "../node_modules");
const versionOf = (library) =>
  library.version?.() ?? JSON.parse(readFileSync(path.join(packages, library.name, "package.json"), "utf8")).version;

/** Returns for each presentation `null`, or why the library refuses it. */
async function verifyAll(library, presentations) {
  const errors = [];
  for (const presentation of presentations) errors.push(await refusal(library, presentation));
  return errors;
}

/** Returns `null`, or why the library refuses. */
export function refusal(library, presentation) {
  const refused = (error) => String(error?.message ?? error) || "refused";
  return library.verify(presentation).then(() => null, refused);
}

/** The sets of cases; the first of each is its unaltered control. */
export const SETS = [CASES, VECTORS, UNTIDY];

/** Returns a stored answer, or that there is none. */
const kept = (answers, one) => answers?.[one.name] ?? "not asked";

/**
 * Returns each library's answer to each case: `accepted`, `refused` or `cannot say`. A library cannot say what its interface
 * leaves to the caller, nor anything if it refuses the unaltered control. `set` is the place of the cases in a record.
 */
async function measure(cases, libraries, set) {
  const presentations = await Promise.all(cases.map((one) => one.make()));
  const columns = [];
  for (const library of libraries) {
    if (library.missing) {
      const { record } = library;
      const answers = record && cases.map((one) => kept(record.cases[set], one));
      columns.push({ library, version: record?.version, answers, errors: null });
      continue;
    }
    const errors = await verifyAll(library, presentations);
    const deaf = errors[0] !== null;
    const answers = cases.map(({ about }, at) => {
      if (deaf || about.some((part) => part in library.cannot)) return "cannot say";
      return errors[at] === null ? "accepted" : "refused";
    });
    columns.push({ library, version: await versionOf(library), answers, errors });
  }
  return { cases, columns };
}

/** Runs all sets one after the other, because some libraries read a mocked clock. */
export async function measureAll(libraries = LIBRARIES) {
  const measured = [];
  // Only departures tell ours from ours held to the letter.
  const asked = (cases) => (cases === UNTIDY ? [...libraries, oursStrict] : libraries);
  for (const [set, cases] of SETS.entries()) measured.push(await measure(cases, asked(cases), set));
  return measured;
}

/** Whether a library accepted or refused. */
export const said = (answer) => answer === "accepted" || answer === "refused";
export const isWrong = (one, answer) => said(answer) && (answer === "accepted") !== one.right;

/** Counts how often a library was right and wrong in one set. */
export function count({ cases }, { library, answers }) {
  const counted = { right: 0, acceptedWrong: 0, refusedRight: 0, profile: 0, cannotSay: 0 };
  cases.forEach((one, at) => {
    if (!said(answers[at])) counted.cannotSay++;
    else if (!isWrong(one, answers[at])) counted.right++;
    else if (one.profile && library.own) counted.profile++;
    else if (one.right) counted.refusedRight++;
    else counted.acceptedWrong++;
  });
  return counted;
}
