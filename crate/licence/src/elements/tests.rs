use cbor::Value;
use cbor::{Date, Timestamp};
use mdoc::Elements;

use super::facts::{FactsError, LicenceFacts};
use super::*;
use crate::class::Class;
use crate::facts::{Extension, Facts, Points, SignedStatus};
use crate::jpeg::hollow;
use crate::novice::{HeldClass, NoviceUntil};
use crate::number::Sex;
use crate::profile::Profile;
use crate::status::StatusLetters;

const NOW: Timestamp = Timestamp::from_unix(1_795_320_000);

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn facts() -> LicenceFacts {
    let classes = vec![
        HeldClass { class: Class::A2, from: date("2018-05-01") },
        HeldClass { class: Class::E, from: date("2026-06-01") },
    ];
    LicenceFacts {
        family_name: "Ouyang".into(),
        given_name: "Xiuzhu".into(),
        family_name_national: "欧阳".into(),
        given_name_national: "修竹".into(),
        sex: Sex::Male,
        birth_date: date("1966-11-22"),
        nationality: "CN".into(),
        document_number: "00000019661122001X".into(),
        administrative_number: "000000000001".into(),
        core_number: "0000000000001".into(),
        portrait: hollow(520, 756, 1),
        portrait_small: hollow(120, 174, 1),
        first_issue_date: date("1990-05-01"),
        issue_date: date("2018-05-01"),
        expiry_date: date("2029-11-22"),
        long_term: true,
        novice_until: NoviceUntil::from_classes(&classes),
        classes,
        status: SignedStatus {
            letters: StatusLetters::parse("PH"),
            as_of: NOW,
            until: Some(date("2027-01-31")),
        },
        points: Points { incurred: 3, as_of: NOW },
        extended_until: Some(date("2031-11-22")),
        issuing_authority: "Langfang".into(),
        issuing_authority_zh: "河北省廊坊市公安局交通警察支队".into(),
        resident_address: "Test Road 1".into(),
        resident_address_zh: "测试路1号".into(),
        record_zh: "增驾 E".into(),
        generated_at: NOW,
    }
}

fn signed(facts: &LicenceFacts) -> Elements {
    let mut elements = Elements::new();
    for (namespace, id, value) in facts.elements(NOW).unwrap() {
        assert_eq!(elements.insert(namespace, id, value), None, "{id} twice");
    }
    elements
}

/// Diagnostic notation of the values that the profile fixes.
fn of(elements: &Elements, namespace: &str, id: &str) -> Value {
    elements.get(namespace, id).unwrap_or_else(|| panic!("{id}")).clone()
}

#[test]
fn every_element_of_the_domain_is_signed() {
    let elements = signed(&facts());
    for id in ISO_ELEMENTS {
        assert!(elements.get(ISO_NAMESPACE, id).is_some(), "{id}");
    }
    for id in DOMESTIC_ELEMENTS {
        assert!(elements.get(DOMESTIC_NAMESPACE, id).is_some(), "{id}");
    }
    assert_eq!(elements.len(), ISO_ELEMENTS.len() + DOMESTIC_ELEMENTS.len());
}

#[test]
fn types_of_the_domain() {
    let elements = signed(&facts());
    let full = |text: &str| Value::Tag(1004, Box::new(Value::text(text)));
    let moment = || Value::Tag(0, Box::new(Value::text("2026-11-22T04:00:00Z")));
    let domestic = |id| of(&elements, DOMESTIC_NAMESPACE, id);
    let iso = |id| of(&elements, ISO_NAMESPACE, id);
    let class = |code: &str, from| Value::map([("code", Value::text(code)), ("from", full(from))]);
    assert_eq!(domestic(id::CLASSES), Value::array([class("A2", "2018-05-01"), class("E", "2026-06-01")]));
    let status = [("letters", Value::text("HP")), ("as_of", moment()), ("until", full("2027-01-31"))];
    assert_eq!(domestic(id::STATUS_LETTERS), Value::map(status));
    assert_eq!(domestic(id::POINTS), Value::map([("incurred", Value::Unsigned(3)), ("as_of", moment())]));
    assert_eq!(domestic(id::FIRST_ISSUE_DATE), full("1990-05-01"));
    assert_eq!(domestic(id::LONG_TERM), Value::Bool(true));
    assert_eq!(domestic(id::EXTENDED_UNTIL), full("2031-11-22"));
    // The car's novice year is over and omitted; the motorcycle's is not.
    assert_eq!(domestic(id::NOVICE_UNTIL), Value::map([("motorcycle", full("2027-06-01"))]));
    assert_eq!(domestic(id::NUMBER_LAST4), Value::text("001X"));
    assert_eq!(domestic(id::GENERATED_AT), moment());
    assert!(matches!(domestic(id::PORTRAIT_SMALL), Value::Bytes(_)));
    assert_eq!(iso(id::BIRTH_DATE), full("1966-11-22"));
    assert_eq!(iso(id::SEX), Value::Unsigned(1));
    assert_eq!(iso(id::AGE_BIRTH_YEAR), Value::Unsigned(1966));
    assert_eq!(iso(id::UN_DISTINGUISHING_SIGN), Value::text("CHN"));
    let ages = [id::AGE_OVER_18, id::AGE_OVER_21, id::AGE_OVER_25, id::AGE_OVER_60, id::AGE_OVER_70];
    let answers = ages.map(|id| iso(id).as_bool().unwrap());
    assert_eq!(answers, [true, true, true, true, false], "60 on the very day of issue");
    let mut no_extension = facts();
    no_extension.extended_until = None;
    assert_eq!(of(&signed(&no_extension), DOMESTIC_NAMESPACE, id::EXTENDED_UNTIL), Value::Null);
}

#[test]
fn privileges_in_iso_categories() {
    let elements = signed(&facts());
    let privileges = of(&elements, ISO_NAMESPACE, id::DRIVING_PRIVILEGES);
    let lines = privileges.as_array().unwrap();
    let codes: Vec<_> =
        lines.iter().map(|line| line.get_text("vehicle_category_code").unwrap().as_text().unwrap()).collect();
    assert_eq!(codes, ["CE", "C", "D1", "B", "A"]);
    assert!(lines.iter().all(|line| line.get_text("expiry_date").is_none()), "long-term");
    let mut automatic = facts();
    automatic.long_term = false;
    automatic.classes = vec![HeldClass { class: Class::C2, from: date("2018-05-01") }];
    let privileges = of(&signed(&automatic), ISO_NAMESPACE, id::DRIVING_PRIVILEGES);
    let line = &privileges.as_array().unwrap()[0];
    assert_eq!(line.get_text("expiry_date").unwrap().as_date(), Some(date("2029-11-22")));
    let code = Value::map([("code", Value::text("78"))]);
    assert_eq!(line.get_text("codes"), Some(&Value::array([code])));
}

#[test]
fn facts_go_out_and_come_back() {
    let facts = facts();
    let fields = Facts::read(Profile::Cn, &signed(&facts));
    assert_eq!(fields.malformed, Vec::<String>::new());
    assert_eq!(fields.foreign, 0);
    assert_eq!(fields.shown.len(), ISO_ELEMENTS.len() + DOMESTIC_ELEMENTS.len());
    assert_eq!(fields.family_name_national.as_ref().map(AsRef::as_ref), Some("欧阳"));
    assert_eq!(fields.sex, Some(Sex::Male));
    assert_eq!(fields.birth_date, Some(facts.birth_date));
    assert_eq!(fields.classes.unwrap().known, facts.classes);
    assert_eq!(fields.status, Some(facts.status));
    assert_eq!(fields.points, Some(facts.points));
    assert_eq!(fields.extended_until, Some(Extension { until: facts.extended_until }));
    assert_eq!(fields.novice_until.unwrap().car, None);
    assert_eq!(fields.long_term, Some(true));
    assert!(fields.age_over[&60]);
    assert_eq!(fields.generated_at, Some(NOW));
}

#[test]
fn facts_that_cannot_be_signed() {
    type Change = fn(&mut LicenceFacts);
    let cases: [(Change, FactsError); 12] = [
        (|f| f.family_name = "欧阳".into(), FactsError::Text(id::FAMILY_NAME)),
        (|f| f.given_name = "x".repeat(151), FactsError::Text(id::GIVEN_NAME)),
        (|f| f.given_name = String::new(), FactsError::Text(id::GIVEN_NAME)),
        (|f| f.issuing_authority = "a\u{7f}".into(), FactsError::Text(id::ISSUING_AUTHORITY)),
        (|f| f.given_name_national = "竹".repeat(151), FactsError::Text(id::GIVEN_NAME_NATIONAL)),
        (|f| f.core_number = "1".into(), FactsError::Form(id::CORE_NUMBER)),
        (|f| f.administrative_number = "1".into(), FactsError::Form(id::ADMINISTRATIVE_NUMBER)),
        (|f| f.portrait = b"<svg/>".to_vec(), FactsError::Form(id::PORTRAIT)),
        (|f| f.portrait_small = hollow(119, 174, 1), FactsError::Form(id::PORTRAIT_SMALL)),
        (|f| f.expiry_date = f.issue_date.plus_days(-1), FactsError::Form(id::EXPIRY_DATE)),
        (|f| f.classes.clear(), FactsError::Classes),
        (|f| f.classes.push(f.classes[0]), FactsError::Classes),
    ];
    for (change, error) in cases {
        let mut facts = facts();
        change(&mut facts);
        assert_eq!(facts.elements(NOW), Err(error));
    }
    let mut latin = facts();
    latin.family_name = "Müller-Ö".repeat(18);
    assert!(latin.elements(NOW).is_ok());
}

#[test]
fn any_value_in_any_element_is_read_without_harm() {
    let deep = (0..12).fold(Value::Null, |inner, _| Value::array([inner]));
    let values = [
        Value::Null,
        Value::Bool(true),
        Value::Unsigned(u64::MAX),
        Value::Negative(u64::MAX),
        Value::text("x".repeat(20_000)),
        Value::bytes(vec![0xFF; 20_000]),
        Value::Tag(1004, Box::new(Value::text("2026-02-30"))),
        Value::Tag(0, Box::new(Value::Unsigned(1))),
        Value::array(vec![Value::map([("code", Value::text("C1"))]); 100]),
        Value::map([("letters", Value::text("A".repeat(20_000)))]),
        Value::Float(f64::NAN),
        deep,
    ];
    for value in values {
        let mut elements = Elements::new();
        for id in ISO_ELEMENTS.into_iter().chain(DOMESTIC_ELEMENTS) {
            elements.insert(namespace_of(id).unwrap(), id, value.clone());
        }
        elements.insert("org.example", id::BIRTH_DATE, value.clone());
        let view = crate::view::LicenceView::from_elements(&elements);
        assert_eq!(view.fields.foreign, 1);
        assert_eq!(view.portrait, None);
        let size = serde_json::to_string(&view).unwrap().len();
        assert!(size < 40_000, "{size} {:?}", cbor::encode(&value).len());
    }
}
