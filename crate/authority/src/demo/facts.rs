//! The facts of a demo licence on a day: a function of the person, the day of the claim and now.

use cbor::{Date, Timestamp};
use licence::{
    HeldClass, LicenceFacts, Points, Sex, SignedStatus, StatusLetters, check_character, completed_years,
    shanghai_day,
};

use super::people::{DemoPerson, PEOPLE, Story};
use crate::driver::{next_event, novice, record_text};
use crate::photo::Portraits;

/// An area code that GB/T 2260 never assigned: no province begins with 99.
const AREA: &str = "990101";
/// A prefecture that GB/T 2260 never assigned, in the form that a 档案编号 must have.
const FILE_AREA: &str = "8299";
/// The points at which a cycle is full.
const POINTS_FULL: u64 = licence::POINTS_FULL;
/// Years of the first and the second term of validity \[S\].
const TERMS: (i32, i32) = (6, 10);
/// Days after the claim until which a medical examination is postponed.
const EXTENSION_DAYS: i32 = 60;

/// Status letters on a day, and the last day of an extension.
pub(super) fn status(person: &DemoPerson, claimed_on: Date, day: Date) -> (StatusLetters, Option<Date>) {
    let term = Term::of(person, claimed_on);
    let overdue = (!term.long_term).then_some(term.end).filter(|end| *end < day);
    // More than one year overdue: the authority cancels it [S].
    if overdue.is_some_and(|end| end.plus_years(1) < day) {
        return (StatusLetters::parse("G"), None);
    }
    let happened = claimed_on < day;
    let mut until = None;
    let mut letters = String::from(match person.story {
        Story::Suspended if happened => "D",
        Story::PointsFull if happened => "B",
        Story::Violation => "H",
        Story::MedicalExtended => {
            until = Some(claimed_on.plus_days(EXTENSION_DAYS));
            "P"
        }
        Story::Locked => "L",
        _ if overdue.is_some() => "",
        _ => "A",
    });
    if overdue.is_some() {
        letters.push('M');
    }
    (StatusLetters::parse(&letters), until)
}

/// The term of validity on the day of the claim; a refresh does not renew a licence.
struct Term {
    first_issue: Date,
    start: Date,
    end: Date,
    long_term: bool,
}

impl Term {
    fn of(person: &DemoPerson, claimed_on: Date) -> Self {
        let held = person.classes.iter().map(|(_, from)| from.of(claimed_on)).min();
        let first_issue = person.first.map(|first| first.of(claimed_on)).or(held).unwrap_or(claimed_on);
        let second = first_issue.plus_years(TERMS.0);
        let third = first_issue.plus_years(TERMS.0 + TERMS.1);
        if claimed_on <= second {
            Self { first_issue, start: first_issue, end: second, long_term: false }
        } else if claimed_on <= third {
            Self { first_issue, start: second, end: third, long_term: false }
        } else {
            // The date that 长期 has none of: the next statutory event, found for each day.
            Self { first_issue, start: third, end: third, long_term: true }
        }
    }
}

/// The facts of a licence that was claimed on `claimed_on`, as they are `now`.
pub(super) fn facts(
    person: &DemoPerson,
    claimed_on: Date,
    portraits: Portraits<'_>,
    now: Timestamp,
) -> LicenceFacts {
    let day = shanghai_day(now);
    let born = person.born.of(claimed_on);
    let classes: Vec<_> = person
        .classes
        .iter()
        .map(|(class, from)| HeldClass { class: *class, from: from.of(claimed_on) })
        .collect();
    let term = Term::of(person, claimed_on);
    let (letters, until) = status(person, claimed_on, day);
    let (city_zh, city) = person.office.city();
    let office = person.office.issuing_office();
    let (street_zh, street) = person.street;
    LicenceFacts {
        family_name: person.family.into(),
        given_name: person.given.into(),
        family_name_national: person.family_zh.into(),
        given_name_national: person.given_zh.into(),
        sex: person.sex,
        birth_date: born,
        nationality: "CN".into(),
        document_number: document_number(person, born),
        administrative_number: format!("{FILE_AREA}{:08}", number_of(person)),
        core_number: core_number(person, term.start),
        portrait: portraits.large.to_vec(),
        portrait_small: portraits.small.to_vec(),
        first_issue_date: term.first_issue,
        issue_date: term.start,
        expiry_date: if term.long_term {
            next_event(&classes, born, term.first_issue, day)
        } else {
            term.end
        },
        long_term: term.long_term,
        status: SignedStatus { letters, as_of: now, until },
        points: Points { incurred: points(person, claimed_on, term.first_issue, day), as_of: now },
        extended_until: None,
        novice_until: novice(&classes, term.first_issue),
        record_zh: record_text(&classes, term.first_issue) + person.note_zh.unwrap_or_default(),
        classes,
        issuing_authority: office.name_latin,
        issuing_authority_zh: office.name,
        resident_address: format!("{street}, {city}, Demo Province (DEMO)"),
        resident_address_zh: format!("演示省{city_zh}{street_zh}"),
        generated_at: now,
    }
}

/// Points of the present 12-month cycle, which begins with the first issue; a full one stays full.
fn points(person: &DemoPerson, claimed_on: Date, first_issue: Date, day: Date) -> u64 {
    if person.story == Story::PointsFull && claimed_on < day {
        return POINTS_FULL;
    }
    let cycle = |day| completed_years(first_issue, day);
    if cycle(day) == cycle(claimed_on) { person.points } else { 0 }
}

/// The person's place in the list, from 1.
fn number_of(person: &DemoPerson) -> usize {
    PEOPLE.iter().position(|other| other.id == person.id).map_or(0, |index| index + 1)
}

/// A number of GB 11643 that passes its check and is not assigned.
fn document_number(person: &DemoPerson, born: Date) -> String {
    let odd = usize::from(person.sex == Sex::Male);
    let sequence = number_of(person) * 2 + odd;
    let (year, month, day) = (born.year(), born.month(), born.day());
    let digits = format!("{AREA}{year:04}{month:02}{day:02}{sequence:03}");
    let check = check_character(&digits).unwrap_or('?');
    format!("{digits}{check}")
}

/// 证芯编号: another one for each physical card, so it changes with the term; 99 marks the demo.
fn core_number(person: &DemoPerson, card: Date) -> String {
    format!("99{:03}{:04}{:02}{:02}", number_of(person), card.year(), card.month(), card.day())
}
