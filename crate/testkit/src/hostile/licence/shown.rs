//! Elements that are missing or have a wrong type, and unusual numbers, which give a note and no refusal.

use ::licence::elements::id;
use cbor::Value;

use super::facts::{Shown, number};
use crate::hostile::{Hostile, Verdict};

pub(super) fn all() -> Vec<Hostile> {
    let numbered = |rule, number: String, code, description: &str| {
        Shown::roadside()
            .set(id::DOCUMENT_NUMBER, Value::text(number))
            .passes(rule, description)
            .also(&[code])
    };
    let right = number("1990-03-07", "001");
    let mut wrong = right.clone();
    let last = wrong.pop().expect("18 characters");
    wrong.push(if last == '1' { '2' } else { '1' });
    vec![
        Shown::roadside().without(id::FAMILY_NAME).gives(
            "element-missing",
            Verdict::Undetermined,
            "element-missing",
            "An element of the purpose is left out.",
        ),
        Shown::roadside().set(id::SEX, Value::text("male")).gives(
            "element-malformed",
            Verdict::Undetermined,
            "element-malformed",
            "An element is of another type.",
        ),
        numbered(
            "number-not-resident",
            "E12345678".to_owned(),
            "number-not-resident",
            "A passport's number: noted, and no reason to refuse.",
        ),
        numbered(
            "number-check-character",
            wrong,
            "number-check-character",
            "A resident number with another check character.",
        ),
        numbered(
            "number-birth-date",
            number("1990-02-30", "001"),
            "number-birth-date",
            "A resident number with a day that no month has.",
        ),
        numbered(
            "number-birth-date-differs",
            number("1990-03-08", "001"),
            "number-birth-date-differs",
            "A resident number of another birth date than the licence's.",
        ),
        numbered(
            "number-sex-differs",
            number("1990-03-07", "002"),
            "number-sex-differs",
            "A resident number of another sex than the licence's.",
        ),
    ]
}
