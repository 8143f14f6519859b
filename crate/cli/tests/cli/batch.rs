//! An archive: every presentation its line, on several threads, and taken up again where it stopped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Folder, check_line, hex};

const FILES: [(&str, &str); 4] = [
    ("valid", "verified"),
    ("digest-missing", "refused"),
    ("stale", "refused"),
    ("clock-ahead", "undetermined"),
];

fn vector(rule: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(rule).join("presentation.bin")
}

fn trust() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/valid/iaca.der");
    file.to_str().unwrap().to_owned()
}

/// The clock of a vector, as RFC 3339.
fn at(rule: &str) -> String {
    let expect = std::fs::read(vector(rule).with_file_name("expect.json")).unwrap();
    let expect: Value = serde_json::from_slice(&expect).unwrap();
    cbor::Timestamp::from_unix(expect["at"].as_i64().unwrap()).format_tdate()
}

/// Verdicts and codes by name.
fn results(text: &str) -> BTreeMap<String, Value> {
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.inspect(check_line).map(|line| (line["id"].as_str().unwrap().to_owned(), line)).collect()
}

fn ndjson() -> String {
    let lines = FILES.map(|(rule, _)| {
        let presentation = hex(&std::fs::read(vector(rule)).unwrap());
        serde_json::json!({ "id": rule, "presentation": presentation, "at": at(rule) }).to_string()
    });
    lines.join("\n") + "\n"
}

#[test]
fn each_line_is_judged_at_its_own_moment() {
    let folder = Folder::new();
    folder.write("archive.ndjson", ndjson());
    let output = folder.run(&["verify", "archive.ndjson", "--batch", "--jobs", "3", "--trust", &trust()]);
    assert_eq!(output.status.code(), Some(1), "the worst of them was refused");
    let found = results(std::str::from_utf8(&output.stdout).unwrap());
    for (rule, verdict) in FILES {
        assert_eq!(found[rule]["verdict"], verdict, "{}", found[rule]);
    }
    assert_eq!(found["digest-missing"]["reasons"][0], "digest-missing");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("4 judged") && said.contains("1 verified, 2 refused, 1 undetermined"), "{said}");
}

#[test]
fn a_folder_is_an_archive_and_a_file_that_is_too_long_is_named() {
    let folder = Folder::new();
    std::fs::create_dir(folder.file("archive")).unwrap();
    for name in ["b.bin", "a.bin"] {
        folder.write(&format!("archive/{name}"), std::fs::read(vector("valid")).unwrap());
    }
    let arguments = ["verify", "archive", "--batch", "--trust", &trust(), "--at", &at("valid")];
    let output = folder.run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(results(std::str::from_utf8(&output.stdout).unwrap()).len(), 2);
    folder.write("archive/c.bin", vec![0; 400_000]);
    let output = folder.run(&arguments);
    assert_eq!(output.status.code(), Some(3));
    let found = results(std::str::from_utf8(&output.stdout).unwrap());
    assert_eq!(found["c.bin"]["other"], "other-size", "{}", found["c.bin"]);
    assert_eq!(found["a.bin"]["verdict"], "verified");
}

#[test]
fn a_run_that_was_cut_short_goes_on_where_it_stopped() {
    let folder = Folder::new();
    let archive = ndjson();
    folder
        .write("archive.ndjson", archive.lines().take(2).map(|line| format!("{line}\n")).collect::<String>());
    let arguments =
        ["verify", "archive.ndjson", "--batch", "--results", "results.ndjson", "--trust", &trust()];
    assert_eq!(folder.run(&arguments).status.code(), Some(1));
    let mut cut = std::fs::read_to_string(folder.file("results.ndjson")).unwrap();
    cut.push_str("{\"id\":\"sta");
    folder.write("results.ndjson", &cut);
    folder.write("archive.ndjson", &archive);
    let output = folder.run(&arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("2 judged") && said.contains("2 done before"), "{said}");
    let all = std::fs::read_to_string(folder.file("results.ndjson")).unwrap();
    assert_eq!(all.lines().count(), 4);
    assert_eq!(results(&all).len(), 4);
}

#[test]
fn lines_that_are_none_are_named_and_stop_nothing() {
    let folder = Folder::new();
    let long = "x".repeat(400_000);
    folder.write("archive.ndjson", format!("{{}}\n\n{long}\nnonsense\n{}", ndjson()));
    let output = folder.run(&["verify", "archive.ndjson", "--batch", "--trust", &trust()]);
    assert_eq!(output.status.code(), Some(3));
    let found = results(std::str::from_utf8(&output.stdout).unwrap());
    let codes = ["line 1", "line 2", "line 3", "line 4"].map(|line| found[line]["error"].as_str().unwrap());
    assert_eq!(codes, ["line-json", "line-empty", "line-long", "line-json"]);
    assert_eq!(found["valid"]["verdict"], "verified");
}

#[test]
fn nothing_is_appended_to_a_file_of_something_else() {
    let folder = Folder::new();
    folder.write("archive.ndjson", ndjson());
    folder.write("notes.txt", "these are my notes\n");
    let output =
        folder.run(&["verify", "archive.ndjson", "--batch", "--results", "notes.txt", "--trust", &trust()]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(std::fs::read_to_string(folder.file("notes.txt")).unwrap(), "these are my notes\n");
}
