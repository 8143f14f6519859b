use super::*;
use licence::{
    Extension, HeldClasses, NoviceUntil, ShownText, SignedStatus, StatusLetters, VehicleKind, parse_classes,
};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Somebody with these classes since 2010, all of the roadside's elements shown, in order.
fn holder(classes: &str, birth_date: &str) -> Facts {
    let from = date("2010-05-01");
    let known = parse_classes(classes).unwrap().into_iter().map(|class| HeldClass { class, from });
    Facts {
        birth_date: Some(date(birth_date)),
        classes: Some(HeldClasses { known: known.collect(), unknown: vec![] }),
        expiry_date: Some(date("2036-05-01")),
        long_term: Some(false),
        extended_until: Some(Extension { until: None }),
        novice_until: Some(NoviceUntil::default()),
        status: Some(SignedStatus {
            letters: StatusLetters::parse("A"),
            as_of: cbor::Timestamp::from_unix(1_795_300_000),
            until: None,
        }),
        ..Facts::default()
    }
}

const ON: &str = "2026-11-22";

/// The answer, with the code of the reason that decides it.
fn answer(fields: &Facts, class: Class, trailer: bool, on: &str) -> (CheckState, String) {
    let vehicle = Vehicle::of_class(class);
    let vehicle = match (vehicle.kind, trailer) {
        (VehicleKind::Car, true) => Vehicle { kind: VehicleKind::CarLightTrailer, ..vehicle },
        (VehicleKind::Lorry, true) => VehicleKind::LorryTrailer.into(),
        _ => vehicle,
    };
    assert!(vehicle.has_trailer() || !trailer, "no {vehicle} pulls a trailer");
    let answer = may_drive(fields, vehicle, date(on));
    let deciding = answer.reasons.iter().find(|reason| reason.state == answer.outcome).unwrap();
    (answer.outcome, deciding.cause.code().to_string())
}

fn yes(code: &str) -> (CheckState, String) {
    (CheckState::Pass, code.to_owned())
}

fn no(code: &str) -> (CheckState, String) {
    (CheckState::Fail, code.to_owned())
}

fn open(code: &str) -> (CheckState, String) {
    (CheckState::Undetermined, code.to_owned())
}

#[test]
fn class_by_the_table() {
    let c1 = holder("C1", "1990-01-01");
    assert_eq!(answer(&c1, Class::C1, false, ON), yes("class-covers"));
    assert_eq!(answer(&c1, Class::C2, false, ON), yes("class-covers"));
    assert_eq!(answer(&c1, Class::B2, false, ON), no("class-not-covered"));
    assert_eq!(answer(&c1, Class::E, false, ON), no("class-not-covered"));
    assert_eq!(answer(&c1, Class::C5, false, ON), open("class-disputed"));
    assert_eq!(answer(&holder("D", "1990-01-01"), Class::C5, false, ON), no("class-not-covered"));
}

#[test]
fn a_class_that_has_not_begun() {
    let mut fields = holder("C1", "1990-01-01");
    let held = HeldClass { class: Class::B2, from: date("2026-11-23") };
    fields.classes.as_mut().unwrap().known.push(held);
    assert_eq!(answer(&fields, Class::B2, false, ON), no("class-not-yet"));
    assert_eq!(answer(&fields, Class::B2, false, "2026-11-23"), yes("class-covers"));
}

#[test]
fn classes_that_nobody_can_read() {
    let mut fields = holder("C1", "1990-01-01");
    fields.classes.as_mut().unwrap().unknown.push(ShownText::new("A4", 32));
    assert_eq!(answer(&fields, Class::C1, false, ON), yes("class-covers"));
    assert_eq!(answer(&fields, Class::A1, false, ON), open("class-unreadable"));
    fields.classes = None;
    assert_eq!(answer(&fields, Class::C1, false, ON), open("class-unreadable"));
}

#[test]
fn only_a2_and_c6_tow() {
    let tow = |classes: &str, vehicle| answer(&holder(classes, "1990-01-01"), vehicle, true, ON);
    assert_eq!(tow("C1", Class::C1), no("trailer-not-covered"));
    assert_eq!(tow("C1C6", Class::C1), yes("class-covers"));
    assert_eq!(tow("A2", Class::C1), yes("class-covers"));
    assert_eq!(tow("A2", Class::A2), yes("class-covers"));
    assert_eq!(tow("B2", Class::B2), no("trailer-not-covered"));
    assert_eq!(tow("A1", Class::B2), no("trailer-not-covered"));
    assert_eq!(tow("A1", Class::C1), no("trailer-not-covered"));
    assert_eq!(tow("D", Class::C1), no("class-not-covered"));
}

#[test]
fn gearboxes() {
    let automatic = |fields: &Facts, kind| {
        let vehicle = Vehicle::new(kind).with_automatic(true);
        may_drive(fields, vehicle, date(ON)).outcome
    };
    let c2 = holder("C2", "1990-01-01");
    assert_eq!(answer(&c2, Class::C1, false, ON), no("class-not-covered"));
    assert_eq!(automatic(&c2, VehicleKind::Car), CheckState::Pass);
    assert_eq!(automatic(&c2, VehicleKind::CarHeavyTrailer), CheckState::Fail);
    assert_eq!(automatic(&holder("C2C6", "1990-01-01"), VehicleKind::CarHeavyTrailer), CheckState::Pass);
    assert_eq!(answer(&holder("C2C6", "1990-01-01"), Class::C1, true, ON), no("class-not-covered"));
}

#[test]
fn a_motorhome_is_for_b2_and_for_c1_by_its_mass() {
    let of = |classes: &str| {
        let answer = may_drive(&holder(classes, "1990-01-01"), VehicleKind::Motorhome.into(), date(ON));
        let deciding = answer.reasons.iter().find(|reason| reason.state == answer.outcome).unwrap();
        (answer.outcome, deciding.cause.code().to_string())
    };
    for classes in ["B2", "A1", "A2", "C1B2"] {
        assert_eq!(of(classes), yes("class-covers"), "{classes}");
    }
    for classes in ["C1", "A3", "B1"] {
        assert_eq!(of(classes), open("class-by-mass"), "{classes}");
    }
    for classes in ["C2", "C6", "E"] {
        assert_eq!(of(classes), no("class-not-covered"), "{classes}");
    }
}

#[test]
fn stop_age_is_of_the_vehicle() {
    // 71 years old with C1: still a car, no longer a low-speed truck or a three-wheeler.
    let old = holder("C1", "1955-11-22");
    assert_eq!(answer(&old, Class::C1, false, ON), yes("class-covers"));
    assert_eq!(answer(&old, Class::C3, false, ON), no("stop-age-reached"));
    assert_eq!(answer(&old, Class::C4, false, ON), no("stop-age-reached"));
    let bus = holder("A1", "1960-01-01");
    assert_eq!(answer(&bus, Class::A1, false, ON), no("stop-age-reached"));
    assert_eq!(answer(&bus, Class::C1, false, ON), yes("class-covers"));
}

#[test]
fn stop_age_begins_on_the_birthday() {
    let fields = holder("B2", "1963-11-22");
    assert_eq!(answer(&fields, Class::B2, false, "2026-11-21"), yes("class-covers"));
    assert_eq!(answer(&fields, Class::B2, false, "2026-11-22"), no("stop-age-reached"));
    let fields = holder("E", "1956-02-29");
    assert_eq!(answer(&fields, Class::E, false, "2026-02-28"), yes("class-covers"));
    assert_eq!(answer(&fields, Class::E, false, "2026-03-01"), no("stop-age-reached"));
    assert_eq!(answer(&fields, Class::F, false, "2026-03-01"), yes("class-covers"));
}

#[test]
fn every_vehicle_with_a_stop_age() {
    for class in Class::ALL {
        let Some(stops_at) = class.row().stops_at else { continue };
        let birthday = date(ON).plus_years(-i32::from(stops_at));
        // A car with a trailer needs the car's class as well.
        let held = if class == Class::C6 { "C1C6" } else { class.code() };
        let fields = holder(held, &birthday.to_string());
        assert_eq!(answer(&fields, class, false, "2026-11-21").0, CheckState::Pass, "{class}");
        assert_eq!(answer(&fields, class, false, ON), no("stop-age-reached"), "{class}");
    }
}

#[test]
fn an_extension_lasts_through_its_last_day_and_is_for_a_and_b() {
    let mut fields = holder("B1M", "1962-01-01");
    fields.extended_until = Some(Extension { until: Some(date(ON)) });
    assert_eq!(answer(&fields, Class::B1, false, ON), yes("class-covers"));
    assert_eq!(answer(&fields, Class::B1, false, "2026-11-23"), no("stop-age-reached"));
    assert_eq!(answer(&fields, Class::M, false, ON), no("stop-age-reached"));
    fields.extended_until = None;
    assert_eq!(answer(&fields, Class::B1, false, ON), open("stop-age-unproven"));
}

#[test]
fn an_age_that_is_not_shown_matters_only_where_there_is_a_stop_age() {
    let mut fields = holder("B1C1", "1990-01-01");
    fields.birth_date = None;
    assert_eq!(answer(&fields, Class::C1, false, ON), yes("class-covers"));
    assert_eq!(answer(&fields, Class::B1, false, ON), open("stop-age-unproven"));
    // The year alone proves it, except in the year of the birthday itself.
    fields.birth_year = Some(1964);
    assert_eq!(answer(&fields, Class::B1, false, ON), yes("class-covers"));
    fields.birth_year = Some(1963);
    assert_eq!(answer(&fields, Class::B1, false, ON), open("stop-age-unproven"));
    fields.birth_year = Some(1962);
    assert_eq!(answer(&fields, Class::B1, false, ON), no("stop-age-reached"));
    fields.birth_year = None;
    fields.age_over.insert(70, true);
    assert_eq!(answer(&fields, Class::B1, false, ON), no("stop-age-reached"));
    fields.age_over.insert(70, false);
    assert_eq!(answer(&fields, Class::B1, false, ON), open("stop-age-unproven"));
}

#[test]
fn novices_drive_without_a_trailer() {
    let mut fields = holder("C1C6", "1990-01-01");
    fields.novice_until = Some(NoviceUntil { car: Some(date(ON)), motorcycle: None });
    assert_eq!(answer(&fields, Class::C1, false, ON), yes("class-covers"));
    assert_eq!(answer(&fields, Class::C1, true, ON), no("novice-trailer"));
    assert_eq!(answer(&fields, Class::C1, true, "2026-11-23"), yes("class-covers"));
    fields.novice_until = Some(NoviceUntil { car: None, motorcycle: Some(date(ON)) });
    assert_eq!(answer(&fields, Class::C1, true, ON), yes("class-covers"));
    fields.novice_until = None;
    assert_eq!(answer(&fields, Class::C1, true, ON), open("element-missing"));
}

#[test]
fn validity_and_status_decide_too() {
    let mut fields = holder("C1", "1990-01-01");
    fields.expiry_date = Some(date("2026-11-21"));
    assert_eq!(answer(&fields, Class::C1, false, ON), no("licence-expired"));
    fields.long_term = Some(true);
    assert_eq!(answer(&fields, Class::C1, false, ON), yes("class-covers"));
    for (letters, expected) in [
        ("AH", CheckState::Pass),
        ("AD", CheckState::Fail),
        ("J", CheckState::Fail),
        ("G", CheckState::Fail),
        ("Q", CheckState::Undetermined),
    ] {
        fields.status.as_mut().unwrap().letters = StatusLetters::parse(letters);
        assert_eq!(answer(&fields, Class::C1, false, ON).0, expected, "{letters}");
    }
    fields.status = None;
    assert_eq!(answer(&fields, Class::C1, false, ON), open("status-missing"));
}
