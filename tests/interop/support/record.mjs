// The stored answers of a library that does not run each time.
import { wayOf } from "./ways.mjs";

/** Extracts one library from the results of `measureAll` and `ways`: the answers of each set by name, and a count for each way. */
export function recordOf(library, measured, rows, date) {
  const columns = measured.map(({ columns }) => columns.findIndex((column) => column.library === library));
  return {
    version: measured[0].columns[columns[0]].version,
    date,
    cases: measured.map(({ cases, columns: all }, set) =>
      Object.fromEntries(cases.map(({ name }, at) => [name, all[columns[set]].answers[at]])),
    ),
    ways: Object.fromEntries(rows.map((row) => [wayOf(row), row.accepted[columns[0]]])),
  };
}
