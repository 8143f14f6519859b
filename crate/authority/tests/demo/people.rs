//! Every person on days over twenty years: claims, refreshes, and what the licence says.

use cbor::Date;
use liangzheng_authority::application::Record;
use liangzheng_authority::demo::Story;
use liangzheng_authority::error::IssueError;
use liangzheng_authority::issuer::issue;
use licence::DOMESTIC_NAMESPACE;
use licence::completed_years;

use crate::support::{
    DAYS, DEMO, at, claim, claimable, date, device, facts, letters, refresh, salts, verified,
};

#[test]
fn everybody_claims_and_verifies_on_every_day_of_twenty_years() {
    for day in DAYS {
        let now = at(day);
        for person in claimable() {
            let credential = verified(&claim(person, now), now);
            let expected = match person.story {
                Story::Plain => "A",
                Story::Violation => "H",
                Story::MedicalExtended => "P",
                Story::Suspended => "D",
                Story::PointsFull => "B",
                Story::Expired => "M",
                Story::Locked => unreachable!(),
            };
            assert_eq!(letters(&credential), expected, "{} on {day}", person.id);
            let elements = credential.issued().elements();
            let office = elements.get(DOMESTIC_NAMESPACE, "issuing_authority_zh").unwrap();
            assert!(office.as_text().unwrap().contains("演示"), "{}", person.id);
            let office = elements.get(licence::ISO_NAMESPACE, "issuing_authority").unwrap();
            assert!(office.as_text().unwrap().contains("DEMO"), "{}", person.id);
        }
    }
}

#[test]
fn facts_change_on_the_day_after_the_claim() {
    for (id, before, after) in [("gao", "A", "D"), ("wei", "A", "B"), ("cheng", "A", "M"), ("lin", "A", "A")]
    {
        for claimed_on in ["2026-11-22", "2028-02-29", "2045-05-05"].map(date) {
            let on = |day| facts(id, claimed_on, day).status.letters.text();
            assert_eq!(on(claimed_on), before, "{id}");
            assert_eq!(on(claimed_on.plus_days(1)), after, "{id}");
            assert_eq!(on(claimed_on.plus_days(200)), after, "{id}");
        }
    }
    let claimed_on = date("2026-11-22");
    let points = |day| facts("wei", claimed_on, day).points.incurred;
    assert_eq!(points(claimed_on), 9);
    assert_eq!(points(claimed_on.plus_days(1)), 12);
    assert_eq!(points(claimed_on.plus_days(800)), 12);
    let cheng = facts("cheng", claimed_on, claimed_on.plus_days(1));
    assert_eq!((cheng.expiry_date, cheng.long_term), (claimed_on, false));
}

#[test]
fn expired_for_more_than_a_year_is_cancelled() {
    let claimed_on = date("2026-11-22");
    let on = |day: &str| facts("cheng", claimed_on, date(day)).status.letters.text();
    assert_eq!(on("2027-11-22"), "M");
    assert_eq!(on("2027-11-23"), "G");
    // Everybody with an end runs into it when nothing is renewed; a new claim is a new licence.
    let xu = facts("xu", claimed_on, date("2032-06-22"));
    assert_eq!((xu.status.letters.text().as_str(), xu.expiry_date), ("A", date("2032-06-22")));
    assert_eq!(facts("xu", claimed_on, date("2032-06-23")).status.letters.text(), "M");
    assert_eq!(facts("gao", claimed_on, date("2036-01-01")).status.letters.text(), "G");
}

#[test]
fn people_are_what_they_are_said_to_be_on_every_day() {
    let first = date("2026-01-01").days();
    for day in (first..first + 20 * 365).step_by(13).map(Date::from_days) {
        let age = |id: &str| completed_years(facts(id, day, day).birth_date, day);
        assert_eq!(age("shen"), 71, "{day}");
        assert_eq!(age("lin"), 32, "{day}");
        assert_eq!(age("xu"), 20, "{day}");
        let shen = facts("shen", day, day);
        assert!(shen.long_term && shen.expiry_date >= day, "{day}");
        assert!(shen.expiry_date <= day.plus_days(366 + 31), "{day}");
        let zhao = facts("zhao", day, day);
        assert!(zhao.long_term, "{day}");
        assert_eq!(zhao.expiry_date, zhao.birth_date.plus_years(63));
        let xu = facts("xu", day, day);
        assert!(xu.novice_until.car.is_some_and(|until| until > day.plus_months(6)), "{day}");
        let tang = facts("tang", day, day);
        assert!(tang.novice_until.motorcycle.is_some_and(|until| until > day), "{day}");
        assert!(tang.novice_until.car.is_some_and(|until| until < day), "{day}");
        let lin = facts("lin", day, day);
        assert!(!lin.long_term && lin.expiry_date > day.plus_years(4), "{day}");
    }
}

#[test]
fn claimed_licence_keeps_its_person() {
    let claimed_on = date("2026-11-22");
    for person in DEMO.people() {
        let first = facts(person.id, claimed_on, claimed_on);
        let later = facts(person.id, claimed_on, claimed_on.plus_years(3));
        assert_eq!(first.document_number, later.document_number);
        assert_eq!(first.core_number, later.core_number);
        assert_eq!(first.classes, later.classes);
        assert_eq!(first.birth_date, later.birth_date);
    }
}

#[test]
fn numbers_pass_their_checks_and_belong_to_nobody() {
    let mut numbers = Vec::new();
    for person in DEMO.people() {
        for day in DAYS.map(|day| at(day).date_at(0)) {
            let facts = facts(person.id, day, day);
            assert_eq!(facts.number_warnings(), [], "{} on {day}", person.id);
            // GB/T 2260 has no province 99, and Macau (82) no prefecture 99.
            assert!(facts.document_number.starts_with("99"));
            assert!(facts.administrative_number.starts_with("8299"));
            assert!(facts.core_number.starts_with("99"));
            assert!(!numbers.contains(&(day, facts.document_number.clone())));
            numbers.push((day, facts.document_number));
        }
    }
}

#[test]
fn nobody_claims_in_a_barred_group() {
    let now = at("2026-11-22T04:05:06Z");
    assert_eq!(DEMO.start("qin", now).unwrap_err().code(), "claim-status-abnormal");
    assert_eq!(DEMO.start("nobody", now).unwrap_err().code(), "claim-person-unknown");
    let claimed_on = date("2026-11-01");
    let later = |id: &str, day: &str| {
        let person = DEMO.person(id).unwrap();
        match DEMO.start_on(person, claimed_on, date(day)) {
            Ok(_) => "open",
            Err(error) => error.code(),
        }
    };
    for id in ["gao", "wei", "cheng"] {
        assert_eq!(later(id, "2026-11-01"), "open", "{id}");
        assert_eq!(later(id, "2026-11-02"), "claim-status-red", "{id}");
    }
    assert_eq!(later("cheng", "2027-12-01"), "claim-status-gone");
    assert_eq!(later("bai", "2026-12-31"), "open");
    assert_eq!(later("bai", "2027-01-01"), "claim-extension-over");
    assert_eq!(DEMO.start("lin", at("2021-12-09T04:00:00Z")).unwrap_err().code(), "claim-not-rolled-out");
    assert!(DEMO.start("lin", at("2021-12-09T16:00:00Z")).is_ok());
}

/// The page groups people by this; on the days of the roll-out two of the demo's cities open before the third.
#[test]
fn what_everybody_shows_follows_the_calendar() {
    use liangzheng_authority::demo::Shows;
    let of = |day: &str| {
        let code = |person| match DEMO.shows(person, at(day)) {
            Shows::Green => 'g',
            Shows::Amber => 'a',
            Shows::Red => 'r',
            Shows::Photo => 'p',
            Shows::Refused => 'x',
            Shows::NotOpen { .. } => '-',
        };
        DEMO.people().iter().map(code).collect::<String>()
    };
    // lin zhao xu, gao wei cheng, shen he tang, shangguan bai qin
    assert_eq!(of("2021-05-31T02:00:00Z"), "------------");
    assert_eq!(of("2021-06-01T02:00:00Z"), "-g--g--p--a-");
    assert_eq!(of("2021-09-01T02:00:00Z"), "-gg-rg-pg-ax");
    assert_eq!(of("2021-10-20T02:00:00Z"), "-gg-rr-pg-ax");
    assert_eq!(of("2021-12-10T02:00:00Z"), "ggggrrgpggax");
    assert_eq!(of("2026-11-22T02:00:00Z"), "gggrrrgpggax");
    let opens = DEMO.shows(DEMO.person("lin").unwrap(), at("2021-06-01T02:00:00Z"));
    assert_eq!(opens, Shows::NotOpen { from: date("2021-12-10") });
}

#[test]
fn refresh_gives_the_facts_of_the_day() {
    let claimed = at("2026-11-22T04:05:06Z");
    let stored = serde_json::to_string(&claim(DEMO.person("tang").unwrap(), claimed).record).unwrap();
    let record: Record = serde_json::from_str(&stored).unwrap();
    let later = at("2027-08-01T10:00:00Z");
    let licence = refresh(&record, later).unwrap();
    assert_eq!(licence.record, record);
    let credential = verified(&licence, later);
    let generated = credential.issued().elements().get(DOMESTIC_NAMESPACE, "generated_at").unwrap();
    assert_eq!(generated.as_tdate(), Some(later));
    let status = credential.issued().elements().get(DOMESTIC_NAMESPACE, "status_letters").unwrap();
    assert_eq!(status.get_text("as_of").unwrap().as_tdate(), Some(later));
    let foreign = stored.replace("\"schema\":1", "\"schema\":2");
    let foreign: Record = serde_json::from_str(&foreign).unwrap();
    assert_eq!(refresh(&foreign, later).unwrap_err(), IssueError::Record);
}

/// Facts that are no licence are not signed: here with a portrait of no bytes.
#[test]
fn facts_that_are_none_are_not_issued() {
    let (day, signer) = (testkit::draft::NOW, testkit::issuer::TestIssuer::default().signer());
    let facts = facts("lin", day.date_at(0), day.date_at(0));
    let error = issue(&signer, &facts, device().1, day, &mut salts()).unwrap_err();
    assert_eq!(error.code(), "issue-facts");
}
