// Writes docs/conformance.md: `cargo xtask conformance --date YYYY-MM-DD` runs this with all installed libraries; with
// `--with-isomdl` also isomdl, whose answers are stored for the next run.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { document } from "./support/document.mjs";
import { RECORD, isomdl } from "./peers/isomdl.mjs";
import { measureAll } from "./support/measure.mjs";
import { recordOf } from "./support/record.mjs";
import { ways } from "./support/ways.mjs";

const { values } = parseArgs({ options: { date: { type: "string" }, write: { type: "string" } } });
if (!/^\d{4}-\d{2}-\d{2}$/.test(values.date ?? "")) throw new Error("--date YYYY-MM-DD");
const measured = await measureAll();
const rows = await ways();
if (!isomdl.missing) {
  isomdl.record = recordOf(isomdl, measured, rows, values.date);
  await writeFile(RECORD, `${JSON.stringify(isomdl.record, null, 1)}\n`);
}
const text = document(measured, rows, values.date);
if (values.write) await writeFile(values.write, text);
else process.stdout.write(text);
