use cbor::{Date, Timestamp, Value};
use mdoc::Elements;

use super::{Contradiction, Facts, System};
use mdoc::document_type::{AADHAAR, EU_AGE};

use crate::elements::id;
use crate::fact::Fact;
use crate::profile::{AAMVA_NAMESPACE, DOMESTIC_NAMESPACE, ISO_NAMESPACE, Profile};

const PID: &str = "eu.europa.ec.eudi.pid.1";

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn day(text: &str) -> Value {
    Value::date(date(text))
}

fn of(items: &[(&str, &str, Value)]) -> Elements {
    let mut elements = Elements::new();
    for (namespace, id, value) in items {
        elements.insert(namespace, id, value.clone());
    }
    elements
}

fn iso(id: &'static str, value: Value) -> (&'static str, &'static str, Value) {
    (ISO_NAMESPACE, id, value)
}

fn category(code: &str, more: Vec<(&'static str, Value)>) -> Value {
    Value::map([("vehicle_category_code", Value::text(code))].into_iter().chain(more))
}

#[test]
fn a_licence_of_europe() {
    let automatic = Value::array([Value::map([("code", Value::text("78"))])]);
    let speed =
        Value::map([("code", Value::text("S05")), ("sign", Value::text("<=")), ("value", Value::text("50"))]);
    let lines = Value::array([
        category("B", vec![("issue_date", day("2018-08-09")), ("codes", automatic)]),
        category("AM", vec![("expiry_date", day("2030-01-01")), ("codes", Value::array([speed]))]),
    ]);
    let facts = Facts::read(
        Profile::Iso,
        &of(&[
            iso(id::FAMILY_NAME, Value::text("Mustermann")),
            iso(id::BIRTH_DATE, day("1971-09-01")),
            iso(id::DRIVING_PRIVILEGES, lines),
            iso(id::ISSUING_JURISDICTION, Value::text("DE-BY")),
            iso("age_over_16", Value::Bool(true)),
            iso("height", Value::Unsigned(170)),
            (DOMESTIC_NAMESPACE, id::LONG_TERM, Value::Bool(true)),
        ]),
    );
    assert_eq!(facts.malformed, Vec::<String>::new());
    let (system, lines) = facts.privileges().unwrap();
    assert_eq!(system, System::Iso);
    assert_eq!((lines[0].code.as_str(), lines[0].from), ("B", Some(date("2018-08-09"))));
    assert!(lines[0].has_code("78"));
    assert_eq!(lines[1].until, Some(date("2030-01-01")));
    assert_eq!(lines[1].restrictions[0].value.as_ref().unwrap().as_str(), "<=50");
    assert!(facts.age_over[&16]);
    assert_eq!(facts.long_term, None, "of another profile");
    assert_eq!(facts.foreign, 2);
    assert!(!facts.applicable(Fact::StatusLetters));
}

#[test]
fn a_licence_of_a_state() {
    let class = Value::map([
        ("domestic_vehicle_class_code", Value::text("D ")),
        ("domestic_vehicle_class_description", Value::text("Operator")),
        ("issue_date", day("2020-01-01")),
    ]);
    let lenses = Value::map([
        ("domestic_vehicle_restriction_code", Value::text("A")),
        ("domestic_vehicle_restriction_description", Value::text("Corrective lenses")),
    ]);
    let line = Value::map([
        ("domestic_vehicle_class", class),
        ("domestic_vehicle_restrictions", Value::array([lenses])),
    ]);
    let elements = of(&[
        (AAMVA_NAMESPACE, id::DOMESTIC_DRIVING_PRIVILEGES, Value::array([line])),
        iso(id::DRIVING_PRIVILEGES, Value::array([category("B", vec![])])),
    ]);
    let facts = Facts::read(Profile::Us, &elements);
    let (system, lines) = facts.privileges().unwrap();
    assert_eq!((system, lines[0].code.as_str()), (System::Us, "D"));
    assert_eq!(lines[0].description.as_ref().unwrap().as_str(), "Operator");
    assert_eq!(lines[0].restrictions[0].code.as_str(), "A");
    assert_eq!(facts.driving_privileges.unwrap().len(), 1);
}

#[test]
fn malformed_privileges_are_named_and_bounded() {
    let many = Value::array(vec![category("B", vec![]); 33]);
    for value in [
        Value::text("B"),
        Value::array([Value::text("B")]),
        Value::array([Value::map([("code", Value::text("B"))])]),
        Value::array([category("B", vec![("issue_date", Value::text("2018-08-09"))])]),
        Value::array([category("B", vec![("codes", Value::text("78"))])]),
        Value::array([category("B", vec![("codes", Value::array([Value::text("78")]))])]),
        many,
    ] {
        let facts = Facts::read(Profile::Iso, &of(&[iso(id::DRIVING_PRIVILEGES, value.clone())]));
        assert_eq!(facts.malformed, [id::DRIVING_PRIVILEGES], "{value:?}");
        assert_eq!(facts.privileges(), None);
    }
    let empty = Facts::read(Profile::Iso, &of(&[iso(id::DRIVING_PRIVILEGES, Value::array([]))]));
    assert_eq!(empty.privileges(), Some((System::Iso, [].as_slice())));
}

#[test]
fn identity_documents() {
    let pid = |id: &'static str, value| (PID, id, value);
    let time = Value::Tag(0, Box::new(Value::text("2027-01-31T12:00:00.5+02:00")));
    let facts = Facts::read(
        Profile::Id,
        &of(&[
            pid(id::GIVEN_NAME, Value::text("Erika")),
            pid(id::NATIONALITY, Value::array([Value::text("DE"), Value::text("AT")])),
            pid(id::EXPIRY_DATE, time),
            pid(id::AGE_IN_YEARS, Value::Unsigned(55)),
            ("org.iso.23220.1", "family_name_unicode", Value::text("Mustermann")),
            ("org.iso.23220.1", id::BIRTH_DATE, Value::map([(id::BIRTH_DATE, day("1971-09-01"))])),
            pid("personal_administrative_number", Value::text("1")),
        ]),
    );
    assert_eq!(facts.malformed, Vec::<String>::new());
    assert_eq!(facts.family_name.as_ref().unwrap().as_str(), "Mustermann");
    assert_eq!(facts.nationality.as_ref().unwrap().as_str(), "DE, AT");
    assert_eq!(facts.birth_date, Some(date("1971-09-01")));
    assert_eq!(facts.expiry_time, Timestamp::parse_tdate("2027-01-31T10:00:00Z"));
    assert_eq!(facts.untidy_times, [id::EXPIRY_DATE]);
    assert_eq!(facts.age_in_years, Some(55));
    assert!(facts.has(id::FAMILY_NAME) && facts.has(id::BIRTH_DATE));
    assert_eq!((facts.foreign, facts.privileges()), (1, None));
}

#[test]
fn proofs_of_age() {
    let aadhaar = |value: Value| Facts::read(Profile::Age, &of(&[(AADHAAR, id::AGE_ABOVE_18, value)]));
    assert!(aadhaar(Value::text("Yes")).age_over[&18]);
    assert!(!aadhaar(Value::text("No")).age_over[&18]);
    let odd = aadhaar(Value::text("yes"));
    assert_eq!((odd.malformed.as_slice(), odd.age_over.len()), (&[id::AGE_ABOVE_18.to_owned()][..], 0));
    let both = Facts::read(
        Profile::Age,
        &of(&[(EU_AGE, "age_over_18", Value::Bool(true)), (AADHAAR, id::AGE_ABOVE_18, Value::text("No"))]),
    );
    assert!(!both.age_over[&18], "of two answers the worse");
    // A licence has no answer in words.
    let licence = Facts::read(Profile::Iso, &of(&[iso(id::AGE_OVER_18, Value::text("Yes"))]));
    assert_eq!((licence.age_over.len(), licence.malformed.len()), (0, 1));
}

#[test]
fn a_name_in_which_nothing_is_visible_is_malformed() {
    let named = |family: &str, given: &str| {
        let name = [iso(id::FAMILY_NAME, Value::text(family)), iso(id::GIVEN_NAME, Value::text(given))];
        Facts::read(Profile::Iso, &of(&name))
    };
    for (family, given) in [("", ""), (" ", "\u{3000}"), ("", "\u{a0}")] {
        let facts = named(family, given);
        assert_eq!(facts.malformed, [id::FAMILY_NAME, id::GIVEN_NAME], "{family:?} {given:?}");
        assert!(!facts.has(id::FAMILY_NAME) && facts.name_is_unreadable());
        assert_eq!(facts.names(), (None, None));
    }
    let one = named("Sukarno", "");
    assert_eq!((one.names().1.as_deref(), one.malformed.len()), (Some("Sukarno"), 0), "one name alone");
    let hidden = named("\u{200b}", "");
    assert_eq!((hidden.names().1.as_deref(), hidden.malformed.len()), (Some("⟨U+200B⟩"), 0));
    let none = Facts::read(Profile::Iso, &of(&[iso(id::DOCUMENT_NUMBER, Value::text("7"))]));
    assert!(none.names() == (None, None) && !none.name_is_unreadable(), "not shown");
    // A Chinese licence whose Latin name is blank has the other one.
    let national = of(&[
        iso(id::FAMILY_NAME, Value::text("")),
        iso(id::FAMILY_NAME_NATIONAL, Value::text("王")),
        iso(id::GIVEN_NAME_NATIONAL, Value::text("小明")),
    ]);
    let facts = Facts::read(Profile::Cn, &national);
    assert_eq!((facts.names().0.as_deref(), facts.malformed.len()), (Some("王小明"), 0));
}

#[test]
fn contradictions_are_found() {
    let held = |code| Value::array([Value::map([("code", Value::text(code)), ("from", day("2018-05-01"))])]);
    let classes = |code, lines: Vec<Value>| {
        let elements = of(&[
            (DOMESTIC_NAMESPACE, id::CLASSES, held(code)),
            iso(id::DRIVING_PRIVILEGES, Value::array(lines)),
        ]);
        Facts::read(Profile::Cn, &elements).contradiction()
    };
    let automatic = vec![("codes", Value::array([Value::map([("code", Value::text("78"))])]))];
    let found = Some(Contradiction { element: id::CLASSES, other: id::DRIVING_PRIVILEGES });
    assert_eq!(classes("C1", vec![category("B", vec![])]), None);
    assert_eq!(classes("C1", vec![]), None);
    assert_eq!(classes("C1", vec![category("CE", vec![])]), found);
    assert_eq!(classes("C2", vec![category("B", automatic)]), None);
    assert_eq!(classes("C2", vec![category("B", vec![])]), found, "without the restriction");
    let born = |year| {
        let elements =
            of(&[iso(id::BIRTH_DATE, day("1971-09-01")), iso(id::AGE_BIRTH_YEAR, Value::Unsigned(year))]);
        Facts::read(Profile::Iso, &elements).contradiction()
    };
    assert_eq!(born(1971), None);
    assert_eq!(born(1972), Some(Contradiction { element: id::BIRTH_DATE, other: id::AGE_BIRTH_YEAR }));
}

#[test]
fn what_browsers_stored_before_profiles_is_a_chinese_licence() {
    let facts: Facts = serde_json::from_str(r#"{"family_name":"Wang","long_term":true}"#).unwrap();
    assert_eq!((facts.profile, facts.long_term), (Profile::Cn, Some(true)));
}
