//! `docs/threats.md` has every threat once, and says rightly which of them have files and which tests exist.

use std::collections::BTreeSet;
use std::path::Path;

use liangzheng_testkit::hostile::Threat;

use crate::every;

/// A row of the document: its id, and what shows the answer.
struct Row<'a> {
    id: &'a str,
    shown_by: &'a str,
}

fn rows(document: &str) -> Vec<Row<'_>> {
    let rows = document.lines().filter_map(|line| {
        let (id, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        let shown_by = rest.strip_suffix(" |")?.rsplit(" | ").next()?;
        Some(Row { id, shown_by })
    });
    rows.collect()
}

/// Adds the names of all files below a folder, without what tools install or build.
fn names(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if !entry.file_type().unwrap().is_dir() {
            into.insert(name);
        } else if name != "node_modules" && name != "target" {
            names(&entry.path(), into);
        }
    }
}

#[test]
fn the_document_agrees_with_files_and_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = std::fs::read_to_string(root.join("docs/threats.md")).unwrap();
    let rows = rows(&document);
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, Threat::ALL.iter().map(|threat| threat.id()).collect::<Vec<_>>());

    let with_files: BTreeSet<_> =
        every().iter().filter_map(|file| file.expect.threat).map(Threat::id).collect();
    let said: BTreeSet<_> =
        rows.iter().filter(|row| row.shown_by.starts_with("files")).map(|row| row.id).collect();
    assert_eq!(said, with_files);

    let mut there = BTreeSet::new();
    ["crate", "tests"].iter().for_each(|folder| names(&root.join(folder), &mut there));
    for row in &rows {
        let spans = row.shown_by.split('`').skip(1).step_by(2);
        for name in spans.filter(|span| span.ends_with(".rs") || span.ends_with(".mjs")) {
            assert!(there.contains(name), "{}: there is no {name}", row.id);
        }
    }
}
