//! The licence's own validity, and its document type.

use ::licence::elements::id;
use ::verdict::Purpose;
use cbor::Value;

use super::facts::{Shown, day};
use crate::hostile::{Hostile, Verdict};

pub(super) fn all() -> Vec<Hostile> {
    let mut other = Shown::roadside();
    other.doc_type = Some("org.example.loyalty");
    let mut malformed = Shown::new(Purpose::None);
    malformed.shown = Purpose::Roadside.elements(true);
    malformed.doc_type = Some("a b");
    let mut unreadable =
        Shown::new(Purpose::None).set(id::EXPIRY_DATE, Value::Tag(1004, Box::new(Value::text("2021-5-1"))));
    unreadable.shown = Purpose::Roadside.elements(true);
    vec![
        unreadable.gives(
            "validity-unreadable",
            Verdict::Undetermined,
            "validity-missing",
            "The end is shown and is no date: no purpose at all is no reason to pass it over.",
        ),
        Shown::roadside().set(id::EXPIRY_DATE, day("2026-11-21")).gives(
            "licence-expired",
            Verdict::Fail,
            "licence-expired",
            "The licence ended yesterday; its signed copy has not.",
        ),
        Shown::roadside().showing(id::ISSUE_DATE).set(id::ISSUE_DATE, day("2026-11-23")).gives(
            "licence-not-yet",
            Verdict::Fail,
            "licence-not-yet",
            "The licence begins tomorrow; its signed copy began today.",
        ),
        Shown::roadside()
            .without(id::EXPIRY_DATE)
            .gives(
                "validity-missing",
                Verdict::Undetermined,
                "validity-missing",
                "The end of the licence is not shown.",
            )
            .also(&["element-missing"]),
        other.gives(
            "document-not-licence",
            Verdict::Refused,
            "document-not-licence",
            "A right document of another type, at the roadside.",
        ),
        malformed.gives(
            "document-type-malformed",
            Verdict::Refused,
            "document-type-malformed",
            "A type with a blank in it, where any document was asked for.",
        ),
    ]
}
