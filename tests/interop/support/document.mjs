// Renders docs/conformance.md from the results.
import { count, isWrong, said } from "./measure.mjs";

const list = (lines) => lines.map((line) => `- ${line}\n`).join("");
const row = (cells) => `| ${cells.join(" | ")} |\n`;
const table = (head, rows) => row(head) + row(head.map(() => "---")) + rows.map(row).join("");

/** Returns the date in a document. */
export const dateOf = (text) => /^Measured on (\d{4}-\d{2}-\d{2})\b/m.exec(text)?.[1];

function cell(one, library, answer) {
  if (!isWrong(one, answer)) return answer;
  return one.profile && library.own ? `${answer} (our profile)` : `**${answer}**`;
}

/** The cases of all sets that one library gets wrong. */
function mistakes(measured, own) {
  const wrong = measured.flatMap(({ cases, columns }) => {
    const { library, answers } = columns[own];
    return cases.filter((one, at) => isWrong(one, answers[at]) && !(one.profile && library.own));
  });
  if (wrong.length === 0) return "None.\n";
  const lines = (right, words) =>
    wrong.filter((one) => one.right === right).map(({ title, clause }) => `${words}: ${title} (${clause})`);
  return list([...lines(false, "accepts"), ...lines(true, "refuses what is right")]);
}

/** States when a library that does not run each time was run. */
const asked = ({ name, record }) =>
  `- ${name} builds for minutes: it was asked on ${record.date}, by \`cargo xtask conformance --date ${record.date} --with-${name}\`;
  *not asked*: a case that is newer.\n`;

/** Libraries that were looked for and are not in the tables. */
const NOT_ASKED = [
  "`@owf/mdoc` 0.7 or later: 0.6.0 was the newest in the npm registry at hand on 2026-11-29",
  "`id-verifier`: no package of this name in the npm registry at hand on 2026-11-29",
  "Multipaz: it is published for Kotlin (Maven) alone, and these tests have no JVM",
];

const names = (columns) => columns.map(({ library }) => library.name).join(", ");

function way({ issuer, wallet, accepted }) {
  const sessions = wallet.presents.length;
  return [issuer.name, wallet.name, sessions, ...accepted.map((number) => (number === sessions ? number : `**${number}**`))];
}

function matrix({ cases, columns }) {
  const rows = cases.map((one, at) => [
    one.title,
    one.right ? "accept" : "refuse",
    ...columns.map(({ library, answers }) => cell(one, library, answers[at])),
    one.clause,
  ]);
  return table(["case", "shall", ...columns.map(({ library }) => library.name), "clause"], rows);
}

/** Nothing here is wrong by the standard: a refusal is what it allows, and what the holder of a genuine licence sees. */
function untidy({ cases, columns }) {
  const rows = cases.map((one, at) => [one.title, ...columns.map(({ answers }) => answers?.[at] ?? "not asked"), one.clause]);
  const sums = columns.map(({ answers }) => {
    // Without the control.
    const answered = (answers ?? []).slice(1).filter(said);
    return `${answered.filter((answer) => answer === "accepted").length} of ${answered.length}`;
  });
  return table(["case", ...columns.map(({ library }) => library.name), "clause"], [...rows, ["**accepted**", ...sums, ""]]);
}

/** Returns the document. */
export function document(measured, rows, date) {
  const [made, files, deviating] = measured;
  const { columns } = made;
  const standard = [made, files];
  const counts = columns.map(({ library, version }, at) => {
    const sums = standard.map((set) => Object.values(count(set, set.columns[at])));
    return [library.name, version, ...sums[0].map((_, field) => sums.reduce((sum, counted) => sum + counted[field], 0))];
  });
  return `# Conformance: the same cases to every library

Measured on ${date} by \`cargo xtask conformance --date ${date}\`, which writes this file; nothing in it is written by hand, and
\`cargo xtask test --only interop\` fails when it is not what is measured. The cases are in \`tests/interop/support/cases.mjs\`.

${made.cases.length} cases, each one change of a presentation that is right by ISO/IEC 18013-5:2021: an OpenID4VP transcript, a clock at
2026-11-22T12:00:00Z, one trusted IACA certificate; and ${files.cases.length} files of \`tests/vectors\`, whose transcript is that of our one-way
profile. Every library is handed the same bytes, and the unaltered control of either set comes first.

- **refused**, **accepted**: what the library's own verification says. Wrong answers are in bold.
- *cannot say*: its interface leaves to its caller what the case is about, so nothing is held against it:
${columns.flatMap(({ library }) => Object.values(library.cannot).map((reason) => `  - ${library.name}: ${reason}\n`)).join("")}
${columns.filter(({ library }) => library.record).map(({ library }) => asked(library)).join("")}
Looked for and not in the tables:

${list(NOT_ASKED)}
## How often each was wrong

${table(["library", "version", "right", "accepts what is wrong", "refuses what is right", "refuses by its profile", "cannot say"], counts)}
*By its profile*: what the standard allows and our profile does not, said so in [the architecture](architecture.md).

## Both ways

Everybody's licences in everybody's wallets: OpenID4VP by redirect (with and without an encrypted answer) and over the Digital
Credentials API, \`org-iso-mdoc\`, an ISO session by QR code, and our one-way link. How many of a wallet's presentations each
library accepts; ${names(columns.filter(({ library }) => library.cannot.device))} judges the issuer's part alone.

${table(["issued by", "presented by", "sessions", ...columns.map(({ library }) => library.name)], rows.map(way))}
## The matrix: cases

${matrix(made)}
## The matrix: files of tests/vectors

${matrix(files)}
## Right but untidy

${deviating.cases.length - 1} presentations of genuine licences that depart from the standard, or are unusual and right, as certificates and answers of
real authorities and wallets are; one row has several departures at once. The standard allows a verifier to refuse most of
them, and their holders can do nothing about it. Ours accepts them and names each departure; with \`--strict\` each departure
is a refusal. What is dangerous is refused either way, whatever else departs (\`crate/attack/tests/untidy.rs\`). A library
that accepts every certificate here may check none: the first matrix has the dangerous ones.

${untidy(deviating)}
## Wrong answers, by library

${columns.map(({ library, version }, at) => `### ${library.name} ${version}\n\n${mistakes(standard, at)}`).join("\n")}
## What a library could not do

${columns.filter(({ library }) => library.notes).map(({ library }) => `### ${library.name}\n\n${list(library.notes)}`).join("\n")}`;
}
