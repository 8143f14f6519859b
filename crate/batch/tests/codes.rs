//! Every code of a line has its text in both languages, and is in the published schema and the published table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::path::Path;

use liangzheng_batch::LineCode;
use serde_json::Value;
use strings::{Language, find};
use verdict::CaseCode;

fn docs(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_code_has_its_text_its_place_in_the_schema_and_its_row_in_the_table() {
    let own = LineCode::CODES.iter().chain(CaseCode::CODES).map(|info| info.code);
    let codes: Vec<&str> = own.collect();
    let schema: Value = serde_json::from_str(&docs("batch.schema.json")).unwrap();
    let known = schema["oneOf"][2]["properties"]["error"]["enum"].as_array().unwrap();
    assert_eq!(known.iter().map(|code| code.as_str().unwrap()).collect::<Vec<_>>(), codes);
    let table = docs("batch.md");
    for code in codes {
        for language in Language::ALL {
            assert!(find(&format!("code.{code}"), language).is_some(), "{code}");
        }
        assert!(table.contains(&format!("| `{code}` |")), "{code} is in no row of docs/batch.md");
    }
}
