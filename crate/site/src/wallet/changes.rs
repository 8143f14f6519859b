//! What changed between a licence and the one that was claimed in its place.

use licence::validity::{self, End};
use serde::{Deserialize, Serialize};

use super::fields;
use super::holder::Wallet;
use crate::storage::Said;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::words;

/// One difference, as it is stored until the holder has read it.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum Change {
    /// The classes.
    Classes { before: String, after: String },
    /// The last day; none for 长期.
    Until { before: Option<cbor::Date>, after: Option<cbor::Date> },
    /// The issuing office, in Chinese characters.
    Office { before: String, after: String },
}

/// What is said of a licence that was claimed again.
pub(super) fn said(before: &Wallet, after: &Wallet) -> Said {
    let mut changes = Vec::new();
    let classes = |wallet: &Wallet| {
        let held = wallet.view.fields.classes.as_ref();
        held.map(|held| licence::format_classes(held.known.iter().map(|held| held.class))).unwrap_or_default()
    };
    let until = |wallet: &Wallet| match validity::end(&wallet.view.fields) {
        End::On(day) => Some(day),
        End::LongTerm | End::Unknown => None,
    };
    let office = |wallet: &Wallet| fields::text(&wallet.view.fields.issuing_authority_zh).unwrap_or_default();
    if classes(before) != classes(after) {
        changes.push(Change::Classes { before: classes(before), after: classes(after) });
    }
    if until(before) != until(after) {
        changes.push(Change::Until { before: until(before), after: until(after) });
    }
    if office(before) != office(after) {
        changes.push(Change::Office { before: office(before), after: office(after) });
    }
    Said::Changed(serde_json::to_string(&changes).unwrap_or_default())
}

/// The changes in words, each from before to after.
pub(super) fn in_words(stored: &str) -> String {
    let changes: Vec<Change> = serde_json::from_str(stored).unwrap_or_default();
    if changes.is_empty() {
        return tr("reclaim.changed.nothing");
    }
    let day = |day: Option<cbor::Date>| day.map_or_else(|| tr("common.long-term"), format::day);
    let lines = changes.into_iter().map(|change| {
        let (key, before, after) = match change {
            Change::Classes { before, after } => ("element.classes", before, after),
            Change::Until { before, after } => ("element.expiry_date", day(before), day(after)),
            Change::Office { before, after } => {
                ("element.issuing_authority_zh", words::isolate(&before), words::isolate(&after))
            }
        };
        fill("reclaim.change", &[("what", &tr(key)), ("before", &before), ("after", &after)])
    });
    lines.collect::<Vec<_>>().join(" ")
}
