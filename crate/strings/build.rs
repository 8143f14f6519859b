//! Merges the catalogues of `www/strings` into one sorted table.
//!
//! The build fails if a key lacks a language, occurs twice, is empty, or has different placeholders in the two languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Texts by key, then by language.
type Catalogue = BTreeMap<String, BTreeMap<String, String>>;

fn main() {
    if let Err(problem) = run() {
        println!("cargo::error={problem}");
    }
}

fn run() -> Result<(), String> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let mut folders = vec![manifest.join("../../www/strings")];
    if env::var_os("CARGO_FEATURE_CLI").is_some() {
        folders.push(manifest.join("../cli/strings"));
    }
    if env::var_os("CARGO_FEATURE_BATCH").is_some() {
        folders.push(manifest.join("../batch/strings"));
    }
    if env::var_os("CARGO_FEATURE_RECORD").is_some() {
        folders.push(manifest.join("../record/strings"));
    }
    let mut all = Catalogue::new();
    for folder in folders {
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in catalogues(&folder)? {
            if env::var_os("CARGO_FEATURE_DEMO").is_some() || !is_of_demo(&file) {
                merge(&file, &mut all)?;
            }
        }
    }
    write(&all)
}

/// The catalogues of pages that only a demo build has: no other module carries their texts.
const OF_DEMO: [&str; 4] = ["claim", "desk", "photo", "post"];

fn is_of_demo(file: &Path) -> bool {
    file.file_stem().is_some_and(|name| OF_DEMO.iter().any(|catalogue| name == *catalogue))
}

/// Returns the JSON files of a folder, in order.
fn catalogues(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut found: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "json"));
    found.sort();
    Ok(found)
}

fn merge(file: &Path, all: &mut Catalogue) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let part: Catalogue = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    for (key, languages) in part {
        check(&key, &languages)?;
        if all.insert(key.clone(), languages).is_some() {
            return Err(format!("the string {key} stands in two catalogues"));
        }
    }
    Ok(())
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

/// Writes the table `&[(key, [zh-CN, en])]`, sorted by key.
fn write(all: &Catalogue) -> Result<(), String> {
    let mut out = String::from("&[\n");
    for (key, languages) in all {
        let zh = languages.get("zh-CN").cloned().unwrap_or_default();
        let en = languages.get("en").cloned().unwrap_or_default();
        let _ = writeln!(out, "    ({key:?}, [{zh:?}, {en:?}]),");
    }
    out.push_str("]\n");
    let target = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?).join("catalogue.rs");
    fs::write(target, out).map_err(|e| e.to_string())
}
