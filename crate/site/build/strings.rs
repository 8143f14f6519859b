//! Reading the string catalogues of `www/strings` at build time, for every crate that speaks to people.
//!
//! The build fails when a key lacks a language, stands twice, has other placeholders in one language than in
//! the other, or is used without being there.

#![allow(clippy::indexing_slicing, reason = "a build script reads the project's own files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Texts by key, then by language.
pub(crate) type Catalogue = BTreeMap<String, BTreeMap<String, String>>;

/// Merges every catalogue of these folders.
pub(crate) fn merge(folders: &[&Path]) -> Result<Catalogue, String> {
    let mut all = Catalogue::new();
    let mut found = Vec::new();
    for folder in folders {
        found.extend(files(folder, "json")?);
    }
    for file in found {
        let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let part: Catalogue = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
        for (key, languages) in part {
            check(&key, &languages)?;
            if all.insert(key.clone(), languages).is_some() {
                return Err(format!("the string {key} stands in two catalogues"));
            }
        }
    }
    Ok(all)
}

/// Writes the table `&[(key, [zh-CN, en])]`, sorted by key, to `strings.rs` of the build's output.
pub(crate) fn write(all: &Catalogue) -> Result<(), String> {
    let mut out = String::from("&[\n");
    for (key, languages) in all {
        let zh = languages.get("zh-CN").cloned().unwrap_or_default();
        let en = languages.get("en").cloned().unwrap_or_default();
        let _ = writeln!(out, "    ({key:?}, [{zh:?}, {en:?}]),");
    }
    out.push_str("]\n");
    let target = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?).join("strings.rs");
    fs::write(target, out).map_err(|e| e.to_string())
}

fn check(key: &str, languages: &BTreeMap<String, String>) -> Result<(), String> {
    let names: Vec<_> = languages.keys().map(String::as_str).collect();
    if names != ["en", "zh-CN"] {
        return Err(format!("the string {key} has the languages {names:?}, not en and zh-CN"));
    }
    let mut forms = languages.values().map(|text| placeholders(text));
    if forms.next() != forms.next() {
        return Err(format!("the string {key} has other placeholders in one language"));
    }
    if languages.values().any(|text| text.trim().is_empty()) {
        return Err(format!("the string {key} is empty in one language"));
    }
    Ok(())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// Holds what a file uses against the catalogue: `prefix…="key"` in markup (`data-t`, `data-t-title` …) or `tr("key"` in code.
pub(crate) fn used(file: &Path, prefix: &str, opening: &str, all: &Catalogue) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    for (start, _) in text.match_indices(prefix) {
        let inside_a_word = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let rest = &text[start + prefix.len()..];
        let Some(at) = rest.find(opening).filter(|_| !inside_a_word) else {
            continue;
        };
        let Some(between) = rest.get(..at) else {
            continue;
        };
        if !between.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            continue;
        }
        let Some(key) = rest.get(at + opening.len()..).and_then(|r| r.split('"').next()) else {
            continue;
        };
        if !all.contains_key(key) {
            return Err(format!("{} uses the string {key}, which no catalogue has", file.display()));
        }
    }
    Ok(())
}

/// Every file below a folder with this extension, in order.
pub(crate) fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
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
