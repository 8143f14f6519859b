//! The rules of a purpose: age, years held, term, points.

use ::licence::elements::id;
use ::verdict::Purpose;
use cbor::Value;

use super::facts::{Shown, day};
use crate::hostile::{Hostile, Verdict};

pub(super) fn all() -> Vec<Hostile> {
    let full = |purpose| {
        let mut shown = Shown::new(purpose);
        shown.points(12);
        shown
    };
    vec![
        Shown::new(Purpose::AgeOnly).set(id::AGE_OVER_18, Value::Bool(false)).gives(
            "age-below",
            Verdict::Fail,
            "age-below",
            "The issuer's answer is no.",
        ),
        Shown::new(Purpose::AgeOnly).without(id::AGE_OVER_18).gives(
            "age-unknown",
            Verdict::Undetermined,
            "age-unknown",
            "The question is not answered.",
        ),
        Shown::new(Purpose::AgeOnly)
            .without(id::AGE_OVER_18)
            .showing(id::AGE_OVER_25)
            .passes(
                "age-by-a-higher-one",
                "Who is over 25 is over 18: a wallet gives the nearest answer that it has.",
            )
            .also(&["age-reached"]),
        Shown::new(Purpose::AgeOnly)
            .without(id::AGE_OVER_18)
            .showing(id::AGE_OVER_25)
            .set(id::AGE_OVER_25, Value::Bool(false))
            .gives(
                "age-not-a-higher-one",
                Verdict::Undetermined,
                "age-unknown",
                "Who is not over 25 may be over 18 or not.",
            ),
        Shown::new(Purpose::Rental).classes(&[("C1", "2026-03-01")]).gives(
            "held-too-short",
            Verdict::Fail,
            "held-too-short",
            "A car for a driver of nine months.",
        ),
        Shown::new(Purpose::Rental)
            .set(id::EXPIRY_DATE, day("2026-11-24"))
            .gives(
                "term-too-short",
                Verdict::Fail,
                "term-too-short",
                "The licence ends on the day before the car comes back.",
            )
            .also(&["licence-current"]),
        full(Purpose::Insurance).gives(
            "points-full",
            Verdict::Fail,
            "points-full",
            "A proposal with 12 points.",
        ),
        full(Purpose::Roadside).gives(
            "points-full-roadside",
            Verdict::Undetermined,
            "points-full",
            "12 points at the roadside, where a letter would say what follows.",
        ),
    ]
}
