// Writes docs/conformance.md: `cargo xtask conformance --date YYYY-MM-DD` runs this with all libraries at hand.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { document } from "./support/document.mjs";
import { measureAll } from "./support/measure.mjs";
import { ways } from "./support/ways.mjs";

const { values } = parseArgs({ options: { date: { type: "string" }, write: { type: "string" } } });
if (!/^\d{4}-\d{2}-\d{2}$/.test(values.date ?? "")) throw new Error("--date YYYY-MM-DD");
const text = document(await measureAll(), await ways(), values.date);
if (values.write) await writeFile(values.write, text);
else process.stdout.write(text);
