use cbor::Value;
use mdoc::Elements;

use super::*;
use crate::message::{Arg, Message};
use crate::reason::ReasonCode;
use crate::words::Note;
use cbor::Date;
use licence::elements::id;
use licence::{
    Class, DOMESTIC_NAMESPACE, HeldClass, ISO_NAMESPACE, LicenceFacts, NoviceUntil, NumberCode, Points, Sex,
    SignedStatus, StatusLetters, Vehicle, VehicleKind, check_character, shanghai_day,
};

const NOW: Timestamp = Timestamp::from_unix(1_795_320_000); // 2026-11-22 in Shanghai

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A JPEG of these dimensions whose markers are right and whose scan holds nothing.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xC2, 0, 11, 8];
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend([1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0xD9]);
    bytes
}

fn facts() -> LicenceFacts {
    let classes = vec![HeldClass { class: Class::C1, from: date("2015-03-01") }];
    LicenceFacts {
        family_name: "Wang".into(),
        given_name: "Xiaoming".into(),
        family_name_national: "王".into(),
        given_name_national: "小明".into(),
        sex: Sex::Female,
        birth_date: date("1949-12-31"),
        nationality: "CN".into(),
        document_number: "11010519491231002X".into(),
        administrative_number: "110105123456".into(),
        core_number: "1234567890123".into(),
        portrait: jpeg(520, 756),
        portrait_small: jpeg(120, 174),
        first_issue_date: date("2015-03-01"),
        issue_date: date("2021-03-01"),
        expiry_date: date("2031-03-01"),
        long_term: false,
        novice_until: NoviceUntil::from_classes(&classes),
        classes,
        status: SignedStatus { letters: StatusLetters::parse("A"), as_of: NOW, until: None },
        points: Points { incurred: 0, as_of: NOW },
        extended_until: None,
        issuing_authority: "Beijing".into(),
        issuing_authority_zh: "北京市".into(),
        resident_address: "Beijing".into(),
        resident_address_zh: "北京市".into(),
        record_zh: String::new(),
        generated_at: NOW,
    }
}

fn elements(facts: &LicenceFacts, purpose: Purpose) -> Elements {
    let mut elements = Elements::new();
    for (namespace, id, value) in facts.elements(NOW).unwrap() {
        if purpose.elements(true).contains(&(namespace, id)) {
            elements.insert(namespace, id, value);
        }
    }
    elements
}

fn terms(purpose: Purpose) -> Terms {
    let terms = Terms::default_for(purpose, shanghai_day(NOW));
    // These rules are about a chosen vehicle; what may be driven without one has tests of its own.
    Terms { vehicle: Some(terms.judged_vehicle()), ..terms }
}

fn judged(elements: &Elements, terms: &Terms) -> (CheckState, Vec<String>) {
    let view = licence::LicenceView::from_elements(elements);
    let checks = judge(&view.fields, view.portrait_state, Listed::NotNamed, terms, NOW);
    let state = CheckState::worst(checks.iter().map(|check| check.state));
    let codes =
        checks.iter().filter(|check| check.state == state).map(|check| check.cause.code().to_string());
    (state, codes.collect())
}

/// The facts of somebody with every class.
fn every_class() -> LicenceFacts {
    let held = |class| HeldClass { class, from: date("2015-03-01") };
    let mut person = facts();
    person.birth_date = date("1980-03-07");
    person.document_number = format!("11010519800307124{}", check_character("11010519800307124").unwrap());
    person.classes = [Class::A1, Class::A2, Class::C1].map(held).to_vec();
    person.novice_until = NoviceUntil::from_classes(&person.classes);
    person
}

/// The facts of somebody who passes a purpose with its default terms.
fn fit_for(purpose: Purpose) -> LicenceFacts {
    if purpose.is_professional() { every_class() } else { facts() }
}

fn of(facts: &LicenceFacts, terms: &Terms) -> (CheckState, Vec<String>) {
    judged(&elements(facts, terms.purpose), terms)
}

fn fails(facts: &LicenceFacts, terms: &Terms, code: &str) {
    assert_eq!(of(facts, terms), (CheckState::Fail, vec![code.to_owned()]));
}

fn doubts(facts: &LicenceFacts, terms: &Terms, code: &str) {
    assert_eq!(of(facts, terms), (CheckState::Undetermined, vec![code.to_owned()]));
}

#[test]
fn each_purpose_passes_with_its_own_elements() {
    for purpose in Purpose::ALL {
        let facts = fit_for(purpose);
        // A counter has no rules of its own.
        let right = if purpose == Purpose::Counter { CheckState::NotAsked } else { CheckState::Pass };
        assert_eq!(of(&facts, &terms(purpose)).0, right, "{purpose:?}");
        let view = licence::LicenceView::from_elements(&elements(&facts, purpose));
        assert_eq!(notes(&view.fields, purpose), [], "{purpose:?}");
    }
}

#[test]
fn each_element_that_is_missing_leaves_a_doubt() {
    for purpose in Purpose::ALL.into_iter().filter(|purpose| !purpose.is_chosen_by_holder()) {
        let facts = fit_for(purpose);
        let today = matches!(purpose, Purpose::Roadside | Purpose::Freight | Purpose::Passenger);
        for (namespace, missing) in purpose.elements(true) {
            let mut shown = Elements::new();
            for (ns, id, value) in elements(&facts, purpose).iter() {
                if (ns, id) != (namespace, missing) {
                    shown.insert(ns, id, value.clone());
                }
            }
            let (state, codes) = judged(&shown, &terms(purpose));
            assert_eq!(state, CheckState::Undetermined, "{purpose:?} {missing}");
            assert_eq!(
                codes.len(),
                1 + usize::from(today && missing == "expiry_date")
                    + usize::from(purpose.is_professional() && missing == "birth_date")
            );
        }
    }
}

#[test]
fn each_element_of_a_wrong_type_leaves_a_doubt() {
    for purpose in Purpose::ALL {
        // What a counter may be shown besides is not all read.
        let read = if purpose == Purpose::Counter { Purpose::Roadside } else { purpose };
        for (namespace, wrong) in read.elements(true) {
            let mut shown = elements(&fit_for(purpose), purpose);
            shown.insert(namespace, wrong, Value::Float(1.5));
            assert_eq!(judged(&shown, &terms(purpose)).0, CheckState::Undetermined, "{purpose:?} {wrong}");
        }
    }
}

#[test]
fn more_than_asked_is_a_note_and_no_doubt() {
    let mut shown = elements(&facts(), Purpose::Rental);
    shown.insert(ISO_NAMESPACE, id::BIRTH_DATE, Value::date(date("1949-12-31")));
    shown.insert("org.example", "shoe_size", Value::Unsigned(44));
    assert_eq!(judged(&shown, &terms(Purpose::Rental)).0, CheckState::Pass);
    let view = licence::LicenceView::from_elements(&shown);
    let notes = notes(&view.fields, Purpose::Rental);
    assert_eq!(notes, [Message::from(Note::OverDisclosure { count: 2 })]);
}

#[test]
fn an_odd_number_is_a_note() {
    let mut person = facts();
    person.sex = Sex::Male;
    let view = licence::LicenceView::from_elements(&elements(&person, Purpose::Roadside));
    assert_eq!(
        notes(&view.fields, Purpose::Roadside),
        [Message::of_code(NumberCode::SexDiffers.info(), Vec::new())]
    );
    assert_eq!(of(&person, &terms(Purpose::Roadside)).0, CheckState::Pass);
}

#[test]
fn rental_refusals() {
    let rental = terms(Purpose::Rental);
    fails(
        &facts(),
        &Terms { vehicle: Some(Vehicle::of_class(Class::B2)), ..rental.clone() },
        "class-not-covered",
    );
    fails(
        &facts(),
        &Terms { vehicle: Some(VehicleKind::CarLightTrailer.into()), ..rental.clone() },
        "trailer-not-covered",
    );
    fails(&facts(), &Terms { until: date("2031-03-02"), ..rental.clone() }, "term-too-short");
    assert_eq!(of(&facts(), &Terms { until: date("2031-03-01"), ..rental.clone() }).0, CheckState::Pass);

    let mut long_term = facts();
    long_term.long_term = true;
    assert_eq!(of(&long_term, &Terms { until: date("2050-01-01"), ..rental.clone() }).0, CheckState::Pass);

    let mut suspended = facts();
    suspended.status.letters = StatusLetters::parse("D");
    fails(&suspended, &rental, "status-refused");
}

#[test]
fn rental_years_held_and_the_novice_year() {
    let rental = terms(Purpose::Rental);
    let mut person = facts();
    let since = |person: &mut LicenceFacts, from: &str| {
        person.classes = vec![HeldClass { class: Class::C1, from: date(from) }];
        person.novice_until = NoviceUntil::from_classes(&person.classes);
    };
    since(&mut person, "2025-11-23");
    fails(&person, &rental, "held-too-short");
    // A year to the day: held for one year, and the last day of the novice year: a flag.
    since(&mut person, "2025-11-22");
    let (state, codes) = of(&person, &rental);
    assert_eq!(state, CheckState::Pass);
    assert!(codes.contains(&"novice".to_owned()));
    since(&mut person, "2025-11-21");
    assert!(of(&person, &rental).1.contains(&"not-novice".to_owned()));
    // The earliest class that covers the vehicle counts.
    person.classes.push(HeldClass { class: Class::A2, from: date("2026-11-01") });
    assert_eq!(of(&person, &rental).0, CheckState::Pass);
    let tractor = Terms { vehicle: Some(Vehicle::of_class(Class::A2)), ..rental };
    assert!(of(&person, &tractor).1.contains(&"held-too-short".to_owned()));
}

#[test]
fn rental_ages_by_the_signed_answers_alone() {
    let rental = |at_least| Terms { age_at_least: at_least, ..terms(Purpose::Rental) };
    let mut young = facts();
    young.birth_date = date("2004-11-22");
    assert_eq!(of(&young, &rental(18)).0, CheckState::Pass);
    assert_eq!(of(&young, &rental(21)).0, CheckState::Pass);
    fails(&young, &rental(25), "age-below");
    let shown = |over18: Option<bool>| {
        let mut shown = Elements::new();
        for (namespace, id, value) in elements(&young, Purpose::Rental).iter() {
            if id != id::AGE_OVER_18 {
                shown.insert(namespace, id, value.clone());
            }
        }
        if let Some(over) = over18 {
            shown.insert(ISO_NAMESPACE, id::AGE_OVER_18, Value::Bool(over));
        }
        shown
    };
    assert_eq!(judged(&shown(Some(false)), &rental(21)).1, ["age-below"]);
    // Who is over 21 is over 18; that an element of the purpose is missing is said all the same.
    assert_eq!(
        judged(&shown(None), &rental(18)),
        (CheckState::Undetermined, vec!["element-missing".to_owned()])
    );
    let other = |age: &str, over| {
        let mut shown = Elements::new();
        for (namespace, id, value) in elements(&young, Purpose::Rental).iter() {
            if !id.starts_with("age_over_") {
                shown.insert(namespace, id, value.clone());
            }
        }
        shown.insert(ISO_NAMESPACE, age, Value::Bool(over));
        judged(&shown, &rental(18)).1
    };
    // Ages that are not issued here count as well, where they tell.
    assert!(!other("age_over_19", true).contains(&"age-unknown".to_owned()));
    assert!(other("age_over_16", false).contains(&"age-below".to_owned()));
    for (age, over) in
        [("age_over_19", false), ("age_over_16", true), ("age_over_190", true), ("age_over_+9", true)]
    {
        assert!(other(age, over).contains(&"age-unknown".to_owned()), "{age} {over}");
    }
}

#[test]
fn an_extension_asks_a_person_to_look() {
    let mut person = facts();
    person.status.letters = StatusLetters::parse("P");
    person.status.until = Some(date("2026-11-25"));
    doubts(&person, &terms(Purpose::Rental), "status-review");
    doubts(&person, &terms(Purpose::Insurance), "status-review");
    assert_eq!(of(&person, &terms(Purpose::Roadside)).0, CheckState::Pass);
    // It ends before the day of return.
    person.status.until = Some(date("2026-11-24"));
    fails(&person, &terms(Purpose::Rental), "status-refused");
}

#[test]
fn insurance_bands_and_refusals() {
    let insurance = terms(Purpose::Insurance);
    let bands = [(0, 0, 0), (1, 1, 5), (5, 1, 5), (6, 6, 8), (8, 6, 8), (9, 9, 11), (11, 9, 11)];
    for (incurred, from, to) in bands {
        let check = rules::points_band(Points { incurred, as_of: NOW }, &built_in::POINT_BANDS);
        assert_eq!(check.cause.message().arg("from"), Some(&Arg::Number(from)), "{incurred}");
        assert_eq!(check.cause.message().arg("to"), Some(&Arg::Number(to)), "{incurred}");
    }
    let mut person = facts();
    person.points.incurred = 12;
    fails(&person, &insurance, "points-full");
    person.points.incurred = 11;
    assert_eq!(of(&person, &insurance).0, CheckState::Pass);
    fails(
        &facts(),
        &Terms { vehicle: Some(Vehicle::of_class(Class::F)), ..insurance.clone() },
        "class-not-covered",
    );
    fails(&facts(), &Terms { from: date("2031-03-02"), ..insurance.clone() }, "term-too-short");
    let mut novice = facts();
    novice.classes = vec![HeldClass { class: Class::C1, from: date("2026-11-01") }];
    novice.novice_until = NoviceUntil::from_classes(&novice.classes);
    let (state, codes) = of(&novice, &insurance);
    assert_eq!(state, CheckState::Pass, "a surcharge, no refusal");
    assert!(codes.contains(&"novice".to_owned()));
}

#[test]
fn roadside_refusals_and_doubts() {
    let roadside = terms(Purpose::Roadside);
    fails(
        &facts(),
        &Terms { vehicle: Some(Vehicle::of_class(Class::C3)), ..roadside.clone() },
        "stop-age-reached",
    );
    fails(
        &facts(),
        &Terms { vehicle: Some(Vehicle::of_class(Class::F)), ..roadside.clone() },
        "class-not-covered",
    );
    let mut full = facts();
    full.points.incurred = 12;
    doubts(&full, &roadside, "points-full");
}

#[test]
fn age_only_answers_one_question() {
    let age_only = terms(Purpose::AgeOnly);
    let mut minor = facts();
    minor.birth_date = date("2008-11-23");
    fails(&minor, &age_only, "age-below");
    minor.birth_date = date("2008-11-22");
    assert_eq!(of(&minor, &age_only).0, CheckState::Pass);

    let mut no_portrait = Elements::new();
    no_portrait.insert(ISO_NAMESPACE, id::AGE_OVER_18, Value::Bool(true));
    assert_eq!(
        judged(&no_portrait, &age_only),
        (CheckState::Undetermined, vec!["portrait-left-out".to_owned()])
    );
    no_portrait.insert(DOMESTIC_NAMESPACE, id::PORTRAIT_SMALL, Value::bytes(*b"<svg/>"));
    assert_eq!(
        judged(&no_portrait, &age_only),
        (CheckState::Undetermined, vec!["portrait-unreadable".to_owned()])
    );
    let mut no_answer = elements(&facts(), Purpose::AgeOnly);
    no_answer.insert(ISO_NAMESPACE, id::AGE_OVER_18, Value::text("yes"));
    assert_eq!(judged(&no_answer, &age_only).0, CheckState::Undetermined);
}

#[test]
fn transport_wants_the_class_and_no_novice() {
    for purpose in [Purpose::Freight, Purpose::Passenger] {
        let terms = terms(purpose);
        let mut person = every_class();
        assert_eq!(of(&person, &terms).0, CheckState::Pass, "{purpose:?}");
        person.classes.retain(|held| held.class == Class::C1);
        fails(&person, &terms, "class-not-covered");
        person = every_class();
        person.novice_until = NoviceUntil { car: Some(date("2026-11-22")), motorcycle: None };
        fails(&person, &terms, "novice-professional");
        person.novice_until = NoviceUntil { car: Some(date("2026-11-21")), motorcycle: None };
        assert_eq!(of(&person, &terms).0, CheckState::Pass, "{purpose:?}");
        person.birth_date = date("1963-11-22");
        fails(&person, &terms, "stop-age-reached");
        // A car has no stop age.
        let car = Terms { vehicle: Some(Vehicle::CAR), ..terms };
        assert_eq!(of(&person, &car).0, CheckState::Pass, "{purpose:?}");
    }
}

#[test]
fn transport_wants_the_status_a_and_no_other_letter() {
    let freight = terms(Purpose::Freight);
    let mut person = every_class();
    for letters in ["H", "AI", "AH", "D", "G", "J"] {
        person.status.letters = StatusLetters::parse(letters);
        fails(&person, &freight, "status-not-normal");
    }
    person.status.letters = StatusLetters::parse("P");
    person.status.until = Some(date("2026-12-01"));
    fails(&person, &freight, "status-not-normal");
    person.status.letters = StatusLetters::parse("AQ");
    doubts(&person, &freight, "status-review");
    let listed = |letters: &str, status| {
        let mut person = every_class();
        person.status.letters = StatusLetters::parse(letters);
        let view = licence::LicenceView::from_elements(&elements(&person, Purpose::Freight));
        let listed = Listed::Decided { status, as_of: NOW };
        let checks = judge(&view.fields, view.portrait_state, listed, &freight, NOW);
        CheckState::worst(checks.iter().map(|check| check.state))
    };
    use mdoc::status_list::Status;
    assert_eq!(listed("A", Status::Valid), CheckState::Pass);
    assert_eq!(listed("A", Status::Suspended), CheckState::Fail);
    assert_eq!(listed("H", Status::Valid), CheckState::Fail);
    // The list overrules the letter and does not name another.
    assert_eq!(listed("D", Status::Valid), CheckState::Undetermined);
}

#[test]
fn transport_reminds_of_the_certificate_that_no_licence_has() {
    for purpose in [Purpose::Freight, Purpose::Passenger] {
        let view = licence::LicenceView::from_elements(&elements(&every_class(), purpose));
        let checks = judge(&view.fields, view.portrait_state, Listed::NotNamed, &terms(purpose), NOW);
        let reminder = checks.iter().find(|check| check.is(ReasonCode::ProfessionalCertificate));
        assert_eq!(reminder.map(|check| check.state), Some(CheckState::NotAsked));
    }
}

#[test]
fn a_counter_takes_what_the_holder_chose() {
    let counter = terms(Purpose::Counter);
    let mut shown = Elements::new();
    for (namespace, id, value) in elements(&facts(), Purpose::Counter).iter() {
        if id == id::PORTRAIT_SMALL {
            shown.insert(namespace, id, value.clone());
        }
    }
    assert_eq!(judged(&shown, &counter).0, CheckState::NotAsked);
    shown.insert(DOMESTIC_NAMESPACE, id::POINTS, Value::Float(1.5));
    assert_eq!(judged(&shown, &counter).1, ["element-malformed"]);
    let without = Elements::new();
    assert_eq!(judged(&without, &counter).1, ["portrait-left-out"]);
}
