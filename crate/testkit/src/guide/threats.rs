//! `docs/threats.md`: the files of `tests/vectors` and the tests that cover each threat.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::Deserialize;

/// Returns `docs/threats.md` with the last column of its tables written anew: the number of hostile files with the id of
/// the row, and the test sources that name the id.
///
/// Fails if the document or a source cannot be read.
pub fn threats(root: &Path) -> io::Result<String> {
    let files = files(root)?;
    let mut sources = BTreeMap::new();
    for folder in ["crate", "tests"] {
        collect(root, Path::new(folder), &mut sources)?;
    }
    let document = std::fs::read_to_string(root.join("docs/threats.md"))?;
    let mut out = String::new();
    for line in document.lines() {
        match row(line) {
            None => out.push_str(line),
            Some((id, kept)) => {
                let count = files.get(id).map(|count| match count {
                    1 => "1 file".to_owned(),
                    count => format!("{count} files"),
                });
                let named =
                    sources.iter().filter(|(_, ids)| ids.contains(id)).map(|(name, _)| format!("`{name}`"));
                let shown: Vec<_> = count.into_iter().chain(named).collect();
                let shown = if shown.is_empty() { "none".to_owned() } else { shown.join(", ") };
                out.push_str(&format!("{kept} | {shown} |"));
            }
        }
        out.push('\n');
    }
    Ok(out)
}

/// Returns the id of a row of a table, and the row without its last column.
fn row(line: &str) -> Option<(&str, &str)> {
    let (id, _) = line.strip_prefix("| `")?.split_once("` | ")?;
    let (kept, _) = line.strip_suffix(" |")?.rsplit_once(" | ")?;
    id.starts_with("T-").then_some((id, kept))
}

/// Returns the number of folders of `tests/vectors` by their threat.
fn files(root: &Path) -> io::Result<BTreeMap<String, usize>> {
    #[derive(Deserialize)]
    struct Expect {
        threat: Option<String>,
    }
    let mut files = BTreeMap::new();
    for folder in std::fs::read_dir(root.join("tests/vectors"))? {
        let Ok(text) = std::fs::read_to_string(folder?.path().join("expect.json")) else { continue };
        let expect: Expect = serde_json::from_str(&text)?;
        if let Some(threat) = expect.threat {
            *files.entry(threat).or_default() += 1;
        }
    }
    Ok(files)
}

/// Adds the names of all test sources below a folder of the repository, with the ids in them.
fn collect(root: &Path, folder: &Path, into: &mut BTreeMap<String, BTreeSet<String>>) -> io::Result<()> {
    for entry in std::fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = folder.join(&name);
        if entry.file_type()?.is_dir() {
            let not_ours = matches!(&*name, "node_modules" | "target" | "test-results");
            // A folder of hostile files has no sources.
            if !not_ours && !entry.path().join("manifest.json").is_file() {
                collect(root, &path, into)?;
            }
            continue;
        }
        if !name.ends_with(".rs") && !name.ends_with(".mjs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path())?;
        let in_tests = path.components().any(|part| part.as_os_str() == "tests");
        if in_tests || text.contains("#[test]") {
            let ids = ids(&text);
            if !ids.is_empty() {
                into.entry(labelled(&path, name)).or_default().extend(ids);
            }
        }
    }
    Ok(())
}

/// A name that says enough: `main.rs` and `tests.rs` with their folder.
fn labelled(path: &Path, name: String) -> String {
    let folder = path.parent().and_then(Path::file_name).map(|folder| folder.to_string_lossy());
    match folder {
        Some(folder) if matches!(&*name, "main.rs" | "mod.rs" | "tests.rs") => format!("{folder}/{name}"),
        _ => name,
    }
}

/// Returns the ids of threats in a text.
fn ids(text: &str) -> BTreeSet<String> {
    let parts = text.split(|letter: char| letter != '-' && !letter.is_ascii_alphanumeric());
    let ids = parts.filter(|part| {
        part.strip_prefix("T-")
            .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_lowercase()))
    });
    ids.map(|id| id.trim_end_matches('-').to_owned()).collect()
}
