//! Finding records, and writing them for spreadsheets.

use cbor::Timestamp;
use verdict::DecisionOutcome;

use crate::record::{LINE_MAX, Record};

/// Which records are wanted. Nothing set wants all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Words that must all be in the record, whatever their case.
    pub text: Option<&'a str>,
    /// The first moment.
    pub from: Option<Timestamp>,
    /// The moment before which.
    pub before: Option<Timestamp>,
    /// What was decided in the end.
    pub decision: Option<DecisionOutcome>,
}

impl Filter<'_> {
    /// Whether a record is wanted.
    pub fn wants(&self, record: &Record) -> bool {
        let at = record.event_time.0;
        self.from.is_none_or(|from| from <= at)
            && self.before.is_none_or(|before| at < before)
            && self.decision.is_none_or(|decision| decision == record.final_decision())
            && self.text.is_none_or(|text| has_words(record, text))
    }
}

fn has_words(record: &Record, text: &str) -> bool {
    let cells = cells(record).join("\n").to_lowercase();
    let elements = record.documents.iter().flat_map(|document| &document.pii_information);
    let elements: Vec<&str> = elements.flat_map(|of| of.pii_types.iter().map(String::as_str)).collect();
    let elements = elements.join(" ").to_lowercase();
    let text: String = text.chars().take(LINE_MAX).collect();
    text.to_lowercase().split_whitespace().all(|word| cells.contains(word) || elements.contains(word))
}

/// The columns of [`to_csv`].
pub const CSV_COLUMNS: [&str; 20] = [
    "sequence",
    "record_id",
    "event_time",
    "entity_id",
    "processing_location",
    "purpose_zh",
    "purpose_en",
    "policy",
    "policy_version",
    "decision",
    "final_decision",
    "override_by",
    "override_reason",
    "face",
    "rules",
    "doc_types",
    "issuer_country",
    "issuer_key_id",
    "keep_until",
    "payload_sha256",
];

/// Returns the name of a decision, as a record writes it.
pub const fn decision_name(decision: DecisionOutcome) -> &'static str {
    match decision {
        DecisionOutcome::Accept => "accept",
        DecisionOutcome::Review => "review",
        DecisionOutcome::Refuse => "refuse",
    }
}

fn cells(record: &Record) -> [String; 20] {
    let name = |value: &dyn erased::Name| value.name();
    let overridden = record.overridden.as_ref();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let rules = record.rules.iter().filter(|rule| rule.effect.is_some()).map(|rule| {
        let code = rule.code.as_deref().map(|code| format!(" [{code}]")).unwrap_or_default();
        format!("{}: {}{code}", rule.rule, name(&rule.outcome))
    });
    let types: Vec<&str> = record.documents.iter().map(|document| document.doc_type.as_str()).collect();
    [
        record.sequence.to_string(),
        record.record_id.to_hex(),
        record.event_time.0.format_tdate(),
        text(record.entity_id.as_ref()),
        text(record.processing_location.as_ref()),
        record.purpose.zh.clone(),
        record.purpose.en.clone(),
        record.policy.id.clone(),
        record.policy.version.clone(),
        decision_name(record.decision).to_owned(),
        decision_name(record.final_decision()).to_owned(),
        text(overridden.map(|overridden| &overridden.by)),
        text(overridden.map(|overridden| &overridden.reason)),
        record.face.map(|face| name(&face)).unwrap_or_default(),
        rules.collect::<Vec<_>>().join("; "),
        types.join(" "),
        text(record.issuer.as_ref().map(|issuer| &issuer.country)),
        record.issuer.as_ref().map(|issuer| issuer.key_id.to_hex()).unwrap_or_default(),
        record.keep_until.map(|until| until.0.format_tdate()).unwrap_or_default(),
        record.payload_sha256.map(crate::hash::Hash::to_hex).unwrap_or_default(),
    ]
}

/// Names of values as serde writes them.
mod erased {
    pub(super) trait Name {
        fn name(&self) -> String;
    }

    impl<T: serde::Serialize> Name for T {
        fn name(&self) -> String {
            let json = serde_json::to_value(self).unwrap_or_default();
            json.as_str().unwrap_or_default().to_owned()
        }
    }
}

/// Returns records as CSV (RFC 4180): a line of [`CSV_COLUMNS`], then one a record. A cell that a spreadsheet would take for a
/// formula is written with an apostrophe before it.
pub fn to_csv<'a>(records: impl IntoIterator<Item = &'a Record>) -> String {
    let mut out = CSV_COLUMNS.join(",");
    out.push_str("\r\n");
    for record in records {
        let cells: Vec<String> = cells(record).iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let mark = if formula { "'" } else { "" };
    let plain = !formula && !cell.contains([',', '"', '\r', '\n', '\t', '\'']);
    if plain { cell.to_owned() } else { format!("\"{mark}{}\"", cell.replace('"', "\"\"")) }
}
