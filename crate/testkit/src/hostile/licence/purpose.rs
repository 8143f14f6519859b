//! The rules of a purpose: age, years held, term, points.

use ::licence::ISO_NAMESPACE;
use ::licence::elements::id;
use ::verdict::Purpose;
use cbor::Value;

use super::facts::{Shown, day, number};
use crate::hostile::{Hostile, Verdict};

pub(super) fn all() -> Vec<Hostile> {
    let full = |purpose| {
        let mut shown = Shown::new(purpose);
        shown.points(12);
        shown
    };
    // Shown together, the number and its end must agree.
    let at_counter = || {
        let number = number("1990-03-07", "001");
        Shown::new(Purpose::Counter)
            .set(id::NUMBER_LAST4, Value::text(number.get(14..).expect("18 characters")))
    };
    let driver = |purpose| Shown::new(purpose).classes(&[("A1", "2015-05-10"), ("B2", "2015-05-10")]);
    vec![
        driver(Purpose::Freight)
            .passes(
                "freight",
                "A lorry in freight: the class, no novice, status A; a reminder of the certificate.",
            )
            .also(&["professional-certificate", "class-covers", "not-novice", "status-accepted"]),
        driver(Purpose::Passenger).passes("passenger", "A bus in passenger transport, by A1.").also(&[
            "professional-certificate",
            "class-covers",
            "stop-age-below",
        ]),
        at_counter()
            .passes("counter", "Everything but the large portrait, at a counter.")
            .also(&["licence-current", "status-good"]),
        at_counter()
            .without(id::RESIDENT_ADDRESS)
            .without(id::POINTS)
            .passes("counter-less", "At a counter the holder chooses; what was not ticked is no fault."),
        driver(Purpose::Freight).set(id::NOVICE_UNTIL, Value::map([("car", day("2026-11-22"))])).gives(
            "novice-professional",
            Verdict::Fail,
            "novice-professional",
            "Freight on the last day of the novice year.",
        ),
        driver(Purpose::Passenger).letters("AH").gives(
            "status-not-normal",
            Verdict::Fail,
            "status-not-normal",
            "Passenger transport with a violation that is not settled: only A is accepted.",
        ),
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
        Shown::roadside().signed_for("roadside").asked_for(Purpose::Rental).gives(
            "purpose-other",
            Verdict::Undetermined,
            "purpose-other",
            "Shown for the roadside at a rental desk; the age follows from the date of birth.",
        ),
        Shown::roadside().signed_for("freight").gives(
            "purpose-other-of-one-set",
            Verdict::Undetermined,
            "purpose-other",
            "Freight shows what the roadside check needs, and was not shown for it.",
        ),
        Shown::still(Purpose::Roadside)
            .gives(
                "still-answer",
                Verdict::Undetermined,
                "still-answer",
                "The still answer for the roadside: no portrait by design, and nothing is missing.",
            )
            .also(&["class-covers", "status-good"]),
        Shown::still(Purpose::Rental)
            .gives("still-rental", Verdict::Undetermined, "still-answer", "The still answer for a rental.")
            .also(&["class-covers", "age-reached", "held-years"]),
        driver(Purpose::Passenger).into_still().gives(
            "still-passenger",
            Verdict::Undetermined,
            "still-answer",
            "The still answer for passenger transport; the stop age follows from the number.",
        ),
        Shown::still(Purpose::Insurance)
            .passes(
                "still-insurance",
                "Insurance compares no face: its still answer is all that it asks for.",
            )
            .also(&["class-covers", "held-years"]),
        Shown::still(Purpose::AgeOnly).gives(
            "still-age-only",
            Verdict::Undetermined,
            "portrait-left-out",
            "The still answer for an age is the answer without the portrait.",
        ),
        Shown::still(Purpose::Roadside).with(ISO_NAMESPACE, id::BIRTH_DATE).gives(
            "still-shows-more",
            Verdict::Undetermined,
            "element-missing",
            "More than the still answer of the roadside has, and not all that the purpose asks for.",
        ),
        Shown::still(Purpose::Roadside)
            .signed_for("rental")
            .asked_for(Purpose::Rental)
            .gives(
                "still-of-another-set",
                Verdict::Undetermined,
                "element-missing",
                "Signed as a rental, with the set of the roadside: the age is not shown.",
            )
            .also(&["age-unknown"]),
        Shown::still(Purpose::Roadside)
            .asked_for(Purpose::Rental)
            .gives(
                "still-other-purpose",
                Verdict::Undetermined,
                "purpose-other",
                "A still answer for the roadside at a rental desk.",
            )
            .also(&["age-unknown"]),
        Shown::still(Purpose::Roadside)
            .letters("D")
            .gives(
                "still-suspended",
                Verdict::Fail,
                "status-red",
                "A still answer of a suspended licence is refused as any other.",
            )
            .also(&["still-answer"]),
        Shown::roadside().signed_for("parking").gives(
            "purpose-unknown",
            Verdict::Undetermined,
            "purpose-unknown",
            "A purpose that this verifier does not know.",
        ),
        Shown::new(Purpose::Rental).asked_for(Purpose::Insurance).gives(
            "purpose-by-elements",
            Verdict::Undetermined,
            "purpose-other",
            "Version 1 of the profile: the elements are the complete set of a rental.",
        ),
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
