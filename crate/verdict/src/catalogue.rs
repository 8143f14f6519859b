//! The keys of every sentence that this crate can say, with the names of their placeholders.
//!
//! The texts are in `www/strings/licence.json`; a test holds both against each other.

use crate::codes::{self, CODES, LayerId};
use crate::purpose::Purpose;
use licence::class::Class;
use licence::elements::{DOMESTIC_ELEMENTS, ISO_ELEMENTS, name_key};
use licence::status;

/// A key and its placeholders.
pub type Entry = (&'static str, &'static [&'static str]);

/// Sentences that are not the plain reason of a code.
pub const SENTENCES: &[Entry] = &[
    // All pass
    ("headline.roadside.pass", &["vehicle"]),
    ("headline.roadside.pass-trailer", &["vehicle"]),
    ("headline.rental.pass", &["vehicle", "years"]),
    ("headline.insurance.pass", &["vehicle", "years"]),
    ("headline.age-only.pass", &["age"]),
    ("headline.none.pass", &[]),
    ("headline.none.issuer-only", &[]),
    // A doubt
    ("headline.roadside.review", &["vehicle"]),
    ("headline.rental.review", &[]),
    ("headline.insurance.review", &[]),
    ("headline.age-only.review", &["age"]),
    ("headline.age-only.no-portrait", &["age"]),
    ("headline.seen", &["seconds"]),
    ("headline.seen-now", &[]),
    ("headline.clock", &[]),
    ("headline.freshness-unproven", &[]),
    ("headline.device-unchecked", &[]),
    ("headline.signature-not-checked", &[]),
    ("headline.trust-list-old", &[]),
    ("headline.validity-unknown", &[]),
    ("headline.status-unverified", &["date"]),
    ("headline.status-unverified-undated", &[]),
    ("headline.status-unknown", &["letters"]),
    ("headline.face-not-sure", &[]),
    ("headline.interrupted", &[]),
    // A failed proof, an old code
    ("headline.not-a-licence", &[]),
    ("headline.issuer-unknown", &[]),
    ("headline.issuer-invalid", &[]),
    ("headline.altered", &[]),
    ("headline.not-its-holder", &[]),
    ("headline.malformed", &[]),
    ("headline.old-code", &[]),
    ("headline.other-answer", &[]),
    ("headline.audience", &[]),
    // The licence itself
    ("headline.expired", &["date"]),
    ("headline.not-yet", &["date"]),
    ("headline.copy-expired", &[]),
    ("headline.copy-not-yet", &[]),
    ("headline.status.B", &[]),
    ("headline.status.C", &[]),
    ("headline.status.D", &[]),
    ("headline.status.E", &[]),
    ("headline.status.F", &[]),
    ("headline.status.G", &[]),
    ("headline.status.J", &[]),
    ("headline.status.K", &[]),
    ("headline.status.L", &[]),
    ("headline.status.M", &[]),
    ("headline.status.N", &["date"]),
    ("headline.status.P", &["date"]),
    ("headline.status.R", &[]),
    ("headline.status.S", &[]),
    ("headline.status.T", &["date"]),
    ("headline.status.U", &[]),
    ("headline.status.other", &[]),
    ("headline.status.listed-invalid", &["date"]),
    ("headline.status.listed-suspended", &["date"]),
    // The purpose says no
    ("headline.roadside.refused", &["vehicle"]),
    ("headline.roadside.class-not-covered", &["vehicle"]),
    ("headline.roadside.class-not-yet", &["vehicle", "date"]),
    ("headline.roadside.trailer-not-covered", &["vehicle"]),
    ("headline.roadside.stop-age-reached", &["vehicle", "age"]),
    ("headline.roadside.novice-trailer", &["date"]),
    ("headline.rental.refused", &[]),
    ("headline.rental.age-below", &["age"]),
    ("headline.rental.class-not-covered", &["vehicle"]),
    ("headline.rental.class-not-yet", &["vehicle", "date"]),
    ("headline.rental.trailer-not-covered", &["vehicle"]),
    ("headline.rental.stop-age-reached", &["vehicle", "age"]),
    ("headline.rental.novice-trailer", &["date"]),
    ("headline.rental.held-too-short", &["years"]),
    ("headline.rental.term-too-short", &["date"]),
    ("headline.rental.points-full", &["points"]),
    ("headline.insurance.refused", &[]),
    ("headline.insurance.class-not-covered", &["vehicle"]),
    ("headline.insurance.class-not-yet", &["vehicle", "date"]),
    ("headline.insurance.trailer-not-covered", &["vehicle"]),
    ("headline.insurance.stop-age-reached", &["vehicle", "age"]),
    ("headline.insurance.novice-trailer", &["date"]),
    ("headline.insurance.term-too-short", &["date"]),
    ("headline.insurance.points-full", &["points"]),
    ("headline.age-only.age-below", &["age"]),
    ("headline.age-only.refused", &[]),
    // Under a headline
    ("subline.novice", &["date"]),
    ("subline.other-document", &["type"]),
    // What a row says when all is well, or nobody asked
    ("summary.issuer.pass", &["issuer"]),
    ("summary.issuer.signed", &[]),
    ("summary.presenter.pass", &[]),
    ("summary.presenter.session", &[]),
    ("summary.presenter.answer", &[]),
    ("summary.validity.pass", &["date"]),
    ("summary.validity.long-term", &[]),
    ("summary.validity.copy", &["date"]),
    ("summary.status.pass", &["letters", "moment"]),
    ("summary.status.listed", &["letters", "moment"]),
    ("summary.status.list", &["moment"]),
    ("summary.roadside.pass", &[]),
    ("summary.rental.pass", &[]),
    ("summary.insurance.pass", &[]),
    ("summary.age-only.pass", &[]),
    ("summary.not-asked", &[]),
    ("summary.not-reached", &[]),
    // Notes, which change no colour
    ("note.relay", &[]),
    ("note.compare-portrait", &[]),
    ("note.demo", &[]),
    ("note.no-revocation-list", &[]),
    ("note.documents-not-returned", &["count"]),
    ("note.elements-not-returned", &["count"]),
    ("note.update-due", &[]),
    ("note.clock-right", &[]),
    ("note.over-disclosure", &["count"]),
    // The face
    ("face.compare", &[]),
    ("face.same", &[]),
    ("face.not-sure", &[]),
    // The card's own line
    ("card.extended", &["date"]),
    ("card.extension-over", &["letters", "date"]),
    ("card.expired", &["date"]),
    ("card.abnormal", &["letters"]),
    ("card.gone", &["letters"]),
    ("card.unknown", &[]),
    ("card.status", &["letters"]),
];

/// Keys of families without placeholders: names of classes, letters, groups, layers and the like.
pub fn names() -> Vec<String> {
    let mut keys = Vec::new();
    for class in Class::ALL {
        keys.push(format!("class.{class}"));
        keys.push(format!("class.{class}.full"));
    }
    for row in &status::TABLE {
        keys.push(format!("letter.{}", row.sign));
    }
    keys.push("letter.?".to_owned());
    for group in ["green", "extended", "red", "abnormal", "gone"] {
        keys.push(format!("group.{group}"));
    }
    for layer in LayerId::ALL {
        keys.push(layer_key(layer).to_owned());
    }
    for state in ["pass", "fail", "undetermined", "not-asked"] {
        keys.push(format!("state.{state}"));
    }
    for colour in ["green", "amber", "red"] {
        keys.push(format!("colour.{colour}"));
    }
    for purpose in Purpose::ALL {
        keys.push(format!("purpose.{}", purpose.code()));
        keys.push(format!("purpose.{}.hint", purpose.code()));
    }
    for sex in ["male", "female"] {
        keys.push(format!("sex.{sex}"));
    }
    for id in ISO_ELEMENTS.iter().chain(&DOMESTIC_ELEMENTS) {
        keys.push(name_key(id));
    }
    keys
}

/// The key of a layer's name.
pub fn layer_key(layer: LayerId) -> &'static str {
    match layer {
        LayerId::Issuer => "layer.issuer",
        LayerId::Presenter => "layer.presenter",
        LayerId::Validity => "layer.validity",
        LayerId::Status => "layer.status",
        LayerId::Policy => "layer.policy",
    }
}

/// Every key with its placeholders, plain reasons and what to do next among them.
pub fn all() -> Vec<(String, Vec<&'static str>)> {
    let mut keys = Vec::new();
    for info in CODES {
        keys.push((info.key.to_owned(), info.args.to_vec()));
        if info.next {
            keys.push((format!("{}.next", info.key), Vec::new()));
        }
    }
    keys.extend(SENTENCES.iter().map(|(key, args)| ((*key).to_owned(), args.to_vec())));
    keys.extend(names().into_iter().map(|key| (key, Vec::new())));
    keys
}

/// The sentence with this key.
pub(crate) fn sentence(key: &str) -> Option<&'static Entry> {
    SENTENCES.iter().find(|(have, _)| *have == key)
}

/// Whether a key is in the table with exactly these placeholders.
pub(crate) fn has<'a>(key: &str, args: impl Iterator<Item = &'a str>) -> bool {
    let code = key.strip_prefix("code.").and_then(codes::find).map(|info| info.args);
    let Some(expected) = code.or_else(|| sentence(key).map(|(_, args)| *args)) else {
        return false;
    };
    let mut given: Vec<&str> = args.collect();
    let mut expected = expected.to_vec();
    given.sort_unstable();
    expected.sort_unstable();
    given == expected
}
