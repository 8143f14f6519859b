//! Whether this holder may drive this vehicle: class, trailer, stop age, novice year.

use ::licence::VehicleKind;
use ::licence::elements::id;
use cbor::Value;

use super::facts::{Shown, day};
use crate::hostile::{Hostile, Verdict};

pub(super) fn all() -> Vec<Hostile> {
    let holding = |held: &[(&str, &str)]| Shown::roadside().classes(held);
    let bus_driver = || {
        let mut shown = holding(&[("A1", "2001-05-10")]).vehicle(VehicleKind::Bus);
        shown.born("1962-03-07");
        shown
    };
    let elderly = || {
        let mut shown = holding(&[("E", "2001-05-10")]).any_vehicle();
        shown.born("1955-03-07");
        shown
    };
    vec![
        elderly().gives(
            "classes-not-now",
            Verdict::Fail,
            "classes-not-now",
            "Motorcycles only, and the age at which they end was reached.",
        ),
        holding(&[("A4", "2021-05-10")]).any_vehicle().gives(
            "classes-unread",
            Verdict::Undetermined,
            "classes-unread",
            "No vehicle chosen, and a class that does not exist.",
        ),
        holding(&[("B1", "2015-05-10")])
            .any_vehicle()
            .without(id::BIRTH_DATE)
            .gives(
                "classes-open",
                Verdict::Undetermined,
                "classes-open",
                "No vehicle chosen, and the age on which the class depends is not shown.",
            )
            .also(&["element-missing"]),
        holding(&[("F", "2021-05-10")]).gives(
            "class-not-covered",
            Verdict::Fail,
            "class-not-covered",
            "A moped's licence in a car.",
        ),
        holding(&[("C1", "2026-11-23")]).gives(
            "class-not-yet",
            Verdict::Fail,
            "class-not-yet",
            "The class begins tomorrow.",
        ),
        Shown::roadside().vehicle(VehicleKind::AdaptedCar).gives(
            "class-disputed",
            Verdict::Undetermined,
            "class-disputed",
            "Whether C1 covers an adapted car (C5) is disputed.",
        ),
        Shown::roadside().vehicle(VehicleKind::Motorhome).gives(
            "class-by-mass",
            Verdict::Undetermined,
            "class-by-mass",
            "A motorhome of 3.5 to 7.5 t, by C1, which ends at 4.5 t.",
        ),
        holding(&[("A4", "2021-05-10")]).gives(
            "class-unknown",
            Verdict::Undetermined,
            "class-unreadable",
            "A class that does not exist.",
        ),
        Shown::roadside().without(id::CLASSES).gives(
            "class-unreadable",
            Verdict::Undetermined,
            "class-unreadable",
            "The classes are not shown.",
        ),
        Shown::roadside().vehicle(VehicleKind::CarLightTrailer).gives(
            "trailer-not-covered",
            Verdict::Fail,
            "trailer-not-covered",
            "A car with a trailer, by C1 alone.",
        ),
        bus_driver().gives(
            "stop-age-reached",
            Verdict::Fail,
            "stop-age-reached",
            "A bus at 64, and no extension.",
        ),
        bus_driver()
            .without(id::EXTENDED_UNTIL)
            .gives(
                "stop-age-unproven",
                Verdict::Undetermined,
                "stop-age-unproven",
                "A bus at 64, and not shown whether there is an extension.",
            )
            .also(&["element-missing"]),
        holding(&[("C1", "2021-05-10"), ("C6", "2026-05-10")])
            .set(id::NOVICE_UNTIL, Value::map([("car", day("2027-05-10"))]))
            .vehicle(VehicleKind::CarLightTrailer)
            .gives("novice-trailer", Verdict::Fail, "novice-trailer", "A trailer in the novice year.")
            .also(&["trailer-covers"]),
    ]
}
