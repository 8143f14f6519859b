//! The facts of a demo licence on a day: a function of the person, the day of the claim and now.

use cbor::{Date, Timestamp};
use licence::{
    HeldClass, LicenceFacts, NoviceUntil, Points, Sex, SignedStatus, StatusLetters, check_character,
    completed_years, shanghai_day,
};

use super::people::{DemoPerson, PEOPLE, Story};
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

/// The next statutory event of a 长期 licence: the oldest held class's stop age, the medical at 70, and from
/// then on the end of each yearly medical (within 30 days of the cycle's end).
fn next_event(person: &DemoPerson, born: Date, first_issue: Date, day: Date) -> Date {
    let stops = person.classes.iter().filter_map(|(class, _)| class.row().stops_at);
    let birthdays = stops.chain([70]).map(|age| born.plus_years(age.into()));
    if let Some(birthday) = birthdays.filter(|birthday| day < *birthday).min() {
        return birthday;
    }
    let cycle_end = |years: i32| first_issue.plus_years(years).plus_days(30);
    let years = completed_years(first_issue, day);
    (years..years + 3).map(cycle_end).find(|end| day <= *end).unwrap_or_else(|| cycle_end(years + 3))
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
        expiry_date: if term.long_term { next_event(person, born, term.first_issue, day) } else { term.end },
        long_term: term.long_term,
        status: SignedStatus { letters, as_of: now, until },
        points: Points { incurred: points(person, claimed_on, term.first_issue, day), as_of: now },
        extended_until: None,
        novice_until: novice(&classes, term.first_issue),
        record_zh: record(person, &classes, term.first_issue),
        classes,
        issuing_authority: office.name_latin,
        issuing_authority_zh: office.name,
        resident_address: format!("{street}, {city}, Demo Province (DEMO)"),
        resident_address_zh: format!("演示省{city_zh}{street_zh}"),
        generated_at: now,
    }
}

/// The novice years; who held a licence before the present classes has the first one long behind.
fn novice(classes: &[HeldClass], first_issue: Date) -> NoviceUntil {
    let mut years = NoviceUntil::from_classes(classes);
    let first = NoviceUntil::from_classes(&[HeldClass { class: licence::Class::C1, from: first_issue }]);
    if years.car.is_some() {
        years.car = first.car;
    }
    years
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

/// 记录: the start of each class, and what else the back of the licence says.
fn record(person: &DemoPerson, classes: &[HeldClass], first_issue: Date) -> String {
    let day = |date: Date| format!("{}年{}月{}日", date.year(), date.month(), date.day());
    let mut record = format!("{}初次领证。", day(first_issue));
    for held in classes {
        record.push_str(&format!("{}起准驾{}。", day(held.from), held.class));
    }
    record.push_str(person.note_zh.unwrap_or_default());
    record
}
