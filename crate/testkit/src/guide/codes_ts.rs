//! The codes of a decision, as a type of TypeScript.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Section;

/// Returns the module `codes.ts` of the npm package: one type with every code that a check of a verdict can have.
pub fn codes_ts(sections: &[Section]) -> String {
    let entries = sections.iter().flat_map(|section| &section.entries);
    let of_verdict = |code: &str| verdict::Code::from_text(code).is_some();
    let mut out = String::from(
        "// Generated: cargo xtask docs\n\n\
         /** A stable code of a finding. `docs/errors.md` of the repository has each with its meaning and what to do. */\n\
         export type Code =\n",
    );
    let mut seen = BTreeSet::new();
    for entry in entries.filter(|entry| of_verdict(&entry.code)) {
        if seen.insert(entry.code.as_str()) {
            let meaning = entry.meaning.en.replace("*/", "* /");
            let _ = writeln!(out, "  /** {meaning} */\n  | '{}'", entry.code);
        }
    }
    out.truncate(out.trim_end().len());
    out.push_str(";\n");
    out
}
