//! Checks the keys in markup and source, for build scripts: an unknown key fails the build.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Language, find};

/// Checks the keys of a file: `prefix…="key"` in markup (`data-t`, `data-t-title` …) or `tr("key"` in source.
///
/// # Errors
/// Returns the file and its first unknown key.
pub fn check(file: &Path, prefix: &str, opening: &str) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    for (start, _) in text.match_indices(prefix) {
        let (before, rest) = text.split_at(start);
        let inside_a_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let rest = rest.strip_prefix(prefix).unwrap_or(rest);
        let Some((between, after)) = rest.split_once(opening).filter(|_| !inside_a_word) else {
            continue;
        };
        if !between.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            continue;
        }
        let key = after.split('"').next().unwrap_or_default();
        if find(key, Language::English).is_none() {
            return Err(format!("{} uses the string {key}, which no catalogue has", file.display()));
        }
    }
    Ok(())
}

/// Returns every file below a folder with this extension, in order.
///
/// # Errors
/// Returns the folder that cannot be read.
pub fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
