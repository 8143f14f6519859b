//! Valid licences for each purpose, which must be accepted.

use ::licence::VehicleKind;
use ::licence::elements::id;
use ::verdict::Purpose;
use cbor::Value;

use super::facts::{Shown, day};
use crate::draft::NOW;
use crate::hostile::Hostile;

pub(super) fn all() -> Vec<Hostile> {
    let of = |purpose, rule, description: &str, codes: &[&str]| {
        Shown::new(purpose).passes(rule, description).also(codes)
    };
    let mut old_driver = Shown::roadside();
    old_driver.born("1962-03-07");
    vec![
        of(
            Purpose::Roadside,
            "roadside",
            "An ordinary driver at the roadside.",
            &[
                "issuer-trusted",
                "issuer-signed",
                "digests-match",
                "device-signed",
                "fresh",
                "mso-current",
                "licence-current",
                "status-good",
                "status-recent",
                "class-covers",
                "not-novice",
                "points-below",
            ],
        ),
        of(
            Purpose::Rental,
            "rental",
            "An ordinary driver who rents a car for three days.",
            &["age-reached", "held-years", "term-covered", "status-accepted", "holder-not-compared"],
        ),
        of(
            Purpose::Insurance,
            "insurance",
            "An ordinary driver's proposal.",
            &["birth-year", "points-band", "held-years"],
        ),
        of(
            Purpose::AgeOnly,
            "age-only",
            "The answer to one question and a portrait.",
            &["age-reached", "not-asked"],
        ),
        Shown::roadside()
            .signed_for("roadside")
            .passes(
                "purpose-signed",
                "Version 2 of the profile: the purpose is signed, and is the one that is asked.",
            )
            .also(&["class-covers"]),
        Shown::roadside()
            .any_vehicle()
            .classes(&[("C2", "2018-05-10")])
            .passes("may-drive", "No vehicle chosen, and automatic cars may be driven.")
            .also(&["may-drive", "not-novice"]),
        Shown::roadside()
            .set(id::LONG_TERM, Value::Bool(true))
            .set(id::EXPIRY_DATE, day("2024-05-10"))
            .passes("licence-long-term", "Without an end: the date of the next event is none.")
            .also(&["licence-long-term"]),
        Shown::roadside()
            .set(id::EXPIRY_DATE, day("2026-11-22"))
            .passes("licence-last-day", "On its last day, which counts as a whole in Shanghai.")
            .also(&["licence-current"]),
        Shown::roadside()
            .status_letters("HP", NOW.floor_to_day(), Some("2026-11-22"))
            .passes("status-extended", "On the last day of an extension.")
            .also(&["status-extended"]),
        Shown::roadside()
            .classes(&[("C1", "2021-05-10"), ("C6", "2023-05-10")])
            .vehicle(VehicleKind::CarLightTrailer)
            .passes("trailer-covers", "A car with a trailer, by C1 and C6.")
            .also(&["trailer-covers", "stop-age-below"]),
        old_driver
            .classes(&[("A1", "2001-05-10")])
            .set(id::EXTENDED_UNTIL, day("2026-11-22"))
            .vehicle(VehicleKind::Bus)
            .passes("stop-age-extended", "A bus at 64, on the last day of the holder's extension.")
            .also(&["stop-age-extended"]),
        Shown::roadside()
            .set(id::NOVICE_UNTIL, Value::map([("car", day("2026-11-22"))]))
            .passes("novice", "On the last day of the novice year: a flag, and no refusal.")
            .also(&["novice"]),
    ]
}
