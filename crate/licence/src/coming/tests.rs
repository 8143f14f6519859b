use super::*;
use crate::facts::{Extension, HeldClasses, SignedStatus};
use crate::novice::{HeldClass, NoviceUntil};
use crate::status::StatusLetters;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn facts(classes: &[Class]) -> Facts {
    let from = day("2010-05-10");
    let known = classes.iter().map(|class| HeldClass { class: *class, from }).collect();
    Facts { classes: Some(HeldClasses { known, unknown: Vec::new() }), ..Default::default() }
}

/// Names with their days.
fn said(facts: &Facts, photo: Option<&str>, today: &str) -> Vec<(&'static str, String, String)> {
    let all = coming(facts, photo.map(day), day(today));
    let text = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
    all.iter().map(|coming| (coming.what.name(), coming.from.to_string(), text(coming.until))).collect()
}

fn one(name: &'static str, from: &str, until: &str) -> Vec<(&'static str, String, String)> {
    vec![(name, from.to_owned(), until.to_owned())]
}

#[test]
fn renewal_opens_ninety_days_before_the_end_and_is_late_for_a_year() {
    let facts = Facts { expiry_date: Some(day("2027-03-01")), ..facts(&[]) };
    for today in ["2026-01-01", "2026-12-01", "2027-03-01"] {
        assert_eq!(said(&facts, None, today), one("renewal", "2026-12-01", "2027-03-01"));
    }
    assert!(!coming(&facts, None, day("2026-11-30"))[0].is_open(day("2026-11-30")));
    assert!(coming(&facts, None, day("2026-12-01"))[0].is_open(day("2026-12-01")));
    assert_eq!(said(&facts, None, "2027-03-02"), one("renewal-late", "2027-03-02", "2028-03-01"));
    assert_eq!(said(&facts, None, "2028-03-01"), one("renewal-late", "2027-03-02", "2028-03-01"));
    assert_eq!(said(&facts, None, "2028-03-02"), []);
    // 90 days before 31 May; over a leap day.
    let facts = Facts { expiry_date: Some(day("2028-05-29")), ..facts };
    assert_eq!(said(&facts, None, "2026-01-01"), one("renewal", "2028-02-29", "2028-05-29"));
    // 长期 never ends.
    assert_eq!(said(&Facts { long_term: Some(true), ..facts }, None, "2026-01-01"), []);
}

#[test]
fn a_medical_from_seventy_within_thirty_days_of_the_end_of_the_cycle() {
    let facts = Facts {
        birth_date: Some(day("1956-08-20")),
        first_issue_date: Some(day("1990-05-10")),
        ..facts(&[Class::C1])
    };
    // 70 on 20 August 2026: the first cycle that ends after it ends on 9 May 2027.
    for today in ["2026-01-01", "2026-08-20", "2027-05-10", "2027-06-08"] {
        assert_eq!(said(&facts, None, today), one("medical", "2027-05-10", "2027-06-08"), "{today}");
    }
    assert_eq!(said(&facts, None, "2027-06-09"), one("medical", "2028-05-10", "2028-06-08"));
    // Young holders are not told of it, nor where the birth is not shown.
    assert_eq!(said(&Facts { birth_date: Some(day("1990-01-01")), ..facts.clone() }, None, "2026-01-01"), []);
    assert_eq!(said(&Facts { birth_date: None, ..facts.clone() }, None, "2026-01-01"), []);
    // 70 on the last day of a cycle.
    let facts = Facts { birth_date: Some(day("1957-05-09")), ..facts };
    assert_eq!(said(&facts, None, "2026-06-09"), one("medical", "2027-05-10", "2027-06-08"));
    let facts = Facts { birth_date: Some(day("1957-05-10")), ..facts };
    assert_eq!(said(&facts, None, "2026-06-09"), one("medical", "2028-05-10", "2028-06-08"));
}

#[test]
fn cycles_and_birthdays_of_29_february() {
    let facts = Facts {
        birth_date: Some(day("1950-01-01")),
        first_issue_date: Some(day("2004-02-29")),
        ..facts(&[Class::C1])
    };
    assert_eq!(said(&facts, None, "2026-01-01"), one("medical", "2026-03-01", "2026-03-30"));
    assert_eq!(said(&facts, None, "2028-01-01"), one("medical", "2028-02-29", "2028-03-29"));
    let facts = Facts {
        birth_date: Some(day("1964-02-29")),
        first_issue_date: None,
        ..super::tests::facts(&[Class::A1])
    };
    assert_eq!(said(&facts, None, "2026-01-01"), one("stop-age", "2027-03-01", ""));
}

#[test]
fn a_medical_of_c5_every_third_year() {
    let facts = Facts { first_issue_date: Some(day("2020-05-10")), ..facts(&[Class::C5]) };
    assert_eq!(said(&facts, None, "2024-01-01"), one("medical-adapted", "2026-05-10", "2026-06-08"));
    assert_eq!(said(&facts, None, "2026-06-09"), one("medical-adapted", "2029-05-10", "2029-06-08"));
}

#[test]
fn held_classes_end_together_at_their_ages() {
    let facts =
        Facts { birth_date: Some(day("1966-07-31")), ..facts(&[Class::A2, Class::B1, Class::D, Class::C1]) };
    let all = coming(&facts, None, day("2026-11-22"));
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].what, What::StopAge { age: 63, classes: vec![Class::A2, Class::B1] });
    assert_eq!(all[0].from, day("2029-07-31"));
    assert_eq!(all[1].what, What::StopAge { age: 70, classes: vec![Class::D] });
    assert_eq!(all[1].from, day("2036-07-31"));
    // Not before it is near, and not after it.
    assert_eq!(said(&facts, None, "2010-01-01"), []);
    assert_eq!(said(&facts, None, "2036-08-01"), []);
}

#[test]
fn an_extension_past_the_stop_age_is_for_a_and_b_only() {
    let extended_until = Some(Extension { until: Some(day("2031-07-31")) });
    let facts =
        Facts { birth_date: Some(day("1966-07-31")), extended_until, ..facts(&[Class::A2, Class::M]) };
    let all = coming(&facts, None, day("2026-11-22"));
    assert_eq!(all[0].what, What::StopAge { age: 63, classes: vec![Class::M] });
    assert_eq!(all[1].what, What::StopAgeExtended { classes: vec![Class::A2] });
    assert_eq!(all[1].from, day("2031-07-31"));
}

#[test]
fn novice_years_the_photo_and_an_extension_in_the_order_of_their_days() {
    let status = SignedStatus {
        letters: StatusLetters::parse("P"),
        as_of: cbor::Timestamp::parse_tdate("2026-11-22T00:00:00Z").unwrap(),
        until: Some(day("2027-01-31")),
    };
    let facts = Facts {
        novice_until: Some(NoviceUntil { car: Some(day("2027-02-28")), motorcycle: Some(day("2026-12-31")) }),
        status: Some(status),
        expiry_date: Some(day("2027-01-05")),
        ..facts(&[Class::C1, Class::E])
    };
    let names: Vec<_> =
        said(&facts, Some("2027-05-22"), "2026-11-22").into_iter().map(|(name, ..)| name).collect();
    // Renewal is open already, so that its last day counts.
    assert_eq!(names, ["novice-motorcycle", "renewal", "extension", "novice-car", "photo"]);
    // The last day still counts, and the day after does not.
    let has = |today: &str| said(&facts, None, today).iter().any(|(name, ..)| *name == "novice-car");
    assert!(has("2027-02-28"));
    assert!(!has("2027-03-01"));
}
