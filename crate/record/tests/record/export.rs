//! What a spreadsheet (`T-record-formula`) and a search get.

use liangzheng_record::{CSV_COLUMNS, Filter, Journal, Override, Record, to_csv};
use verdict::DecisionOutcome;

use crate::support::{Meeting, NOW, rental};

fn record(reason: &str, operator: &str) -> Record {
    let meeting = Meeting::new(rental(), NOW);
    let mut draft = meeting.draft("one");
    draft.operator = Some(operator);
    let (by, reason) = ("clerk".to_owned(), reason.to_owned());
    draft.overridden = Some(Override { by, reason, decision: DecisionOutcome::Accept });
    Journal::new().append(&draft).expect("a record").record
}

/// Reads CSV (RFC 4180).
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => cell.push(chars.next().expect("a quote")),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {}
            ('\n', false) => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (c, _) => cell.push(c),
        }
    }
    rows
}

#[test]
fn no_cell_is_a_formula() {
    let formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"];
    let records: Vec<Record> = formulas.iter().map(|text| record(text, text)).collect();
    let rows = cells(&to_csv(&records));
    assert_eq!(rows.len(), formulas.len() + 1);
    let column = |name: &str| CSV_COLUMNS.iter().position(|column| *column == name).expect("a column");
    for (row, formula) in rows[1..].iter().zip(formulas) {
        assert_eq!(row.len(), CSV_COLUMNS.len());
        assert_eq!(row[column("override_reason")], format!("'{formula}"));
        assert_eq!(row[column("entity_id")], format!("'{formula}"));
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
    }
}

#[test]
fn a_cell_with_commas_and_quotes_is_one_cell() {
    let text = "he said \"yes\", twice";
    let rows = cells(&to_csv([&record(text, "desk, 7")]));
    assert!(rows[1].contains(&text.to_owned()) && rows[1].contains(&"desk, 7".to_owned()));
}

#[test]
fn records_are_found_by_words_days_and_decision() {
    let record = record("seen the original", "desk-7");
    let wants = |filter: Filter<'_>| filter.wants(&record);
    assert!(wants(Filter::default()));
    for text in
        ["desk-7", "ORIGINAL seen", "rental-car", "虹桥", "portrait_small", &record.record_id.to_hex()]
    {
        assert!(wants(Filter { text: Some(text), ..Filter::default() }), "{text}");
    }
    assert!(!wants(Filter { text: Some("desk-7 nowhere"), ..Filter::default() }));
    assert!(wants(Filter { from: Some(NOW), before: Some(NOW.plus_seconds(1)), ..Filter::default() }));
    assert!(!wants(Filter { before: Some(NOW), ..Filter::default() }));
    assert!(!wants(Filter { from: Some(NOW.plus_seconds(1)), ..Filter::default() }));
    // What counts is what was decided in the end.
    assert!(wants(Filter { decision: Some(DecisionOutcome::Accept), ..Filter::default() }));
    assert!(!wants(Filter { decision: Some(record.decision), ..Filter::default() }));
}
