use licence::{Extension, HeldClasses, NoviceUntil, ShownText, parse_classes};

use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

const ON: &str = "2026-11-22";

/// Somebody with these classes since 2010.
fn holder(classes: &str, birth_date: &str) -> Facts {
    let from = date("2010-05-01");
    let known = parse_classes(classes).unwrap().into_iter().map(|class| HeldClass { class, from });
    Facts {
        birth_date: Some(date(birth_date)),
        classes: Some(HeldClasses { known: known.collect(), unknown: vec![] }),
        extended_until: Some(Extension { until: None }),
        novice_until: Some(NoviceUntil::default()),
        ..Facts::default()
    }
}

/// The classes that allow driving, and the worst state.
fn allowed(fields: &Facts) -> (Vec<&'static str>, CheckState) {
    let findings = classes(fields, date(ON));
    let listed = findings.iter().find_map(|finding| match finding.reason() {
        Some(Reason::MayDrive { classes }) => Some(classes.iter().map(|class| class.code()).collect()),
        _ => None,
    });
    (listed.unwrap_or_default(), CheckState::worst(findings.iter().map(|finding| finding.state)))
}

#[test]
fn each_class_alone_allows_something() {
    for class in Class::ALL {
        // A car's trailer needs the class of the car as well.
        let held = if class == Class::C6 { "C1C6" } else { class.code() };
        let (listed, state) = allowed(&holder(held, "1990-01-01"));
        assert!(listed.contains(&class.code()), "{class}: {listed:?}");
        assert_eq!(state, CheckState::Pass, "{class}");
    }
}

#[test]
fn automatic_cars_are_named_only_where_no_class_allows_a_manual_one() {
    assert_eq!(allowed(&holder("C2", "1990-01-01")).0, ["C2"]);
    assert_eq!(allowed(&holder("C2E", "1990-01-01")).0, ["C2", "E"]);
    assert_eq!(allowed(&holder("C1C2", "1990-01-01")).0, ["C1"]);
    assert_eq!(allowed(&holder("B2C2", "1990-01-01")).0, ["B2"]);
    assert_eq!(allowed(&holder("C2C6", "1990-01-01")).0, ["C2", "C6"]);
}

#[test]
fn what_ended_is_named_and_refuses_only_if_nothing_is_left() {
    let (listed, state) = allowed(&holder("C1E", "1955-01-01"));
    assert_eq!((listed, state), (vec!["C1"], CheckState::Pass));
    let (listed, state) = allowed(&holder("E", "1955-01-01"));
    assert_eq!((listed, state), (vec![], CheckState::Fail));
    assert_eq!(allowed(&holder("C6", "1990-01-01")), (vec![], CheckState::Fail));
    let mut later = holder("C1", "1990-01-01");
    later.classes.as_mut().unwrap().known = vec![HeldClass { class: Class::C1, from: date("2026-11-23") }];
    assert_eq!(allowed(&later), (vec![], CheckState::Fail));
}

#[test]
fn no_trailer_in_the_novice_year() {
    let mut fields = holder("C1C6", "1990-01-01");
    fields.novice_until = Some(NoviceUntil { car: Some(date(ON)), motorcycle: None });
    assert_eq!(allowed(&fields).0, ["C1"]);
    let findings = classes(&fields, date(ON));
    assert_eq!(findings.iter().filter(|finding| finding.is(ReasonCode::Novice)).count(), 1);
}

#[test]
fn what_cannot_be_settled_is_a_doubt() {
    let mut fields = holder("B1", "1990-01-01");
    fields.birth_date = None;
    assert_eq!(allowed(&fields), (vec![], CheckState::Undetermined));
    let mut fields = holder("C1", "1990-01-01");
    fields.classes.as_mut().unwrap().unknown.push(ShownText::new("A4", 32));
    assert_eq!(allowed(&fields), (vec!["C1"], CheckState::Pass));
    fields.classes.as_mut().unwrap().known.clear();
    assert_eq!(allowed(&fields), (vec![], CheckState::Undetermined));
    // A missing element is reported as such.
    fields.classes = None;
    assert!(classes(&fields, date(ON)).is_empty());
}
