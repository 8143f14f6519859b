//! What a change of facts does to a licence and to the status list (`T-old-licence`).

use cbor::Date;
use liangzheng_authority::application::Occasion;
use liangzheng_authority::desk::{Action, LicenceState, Register};
use liangzheng_authority::driver::{Change, Changed, Letters, Validity};
use liangzheng_authority::error::DeskError;
use liangzheng_authority::journal::Shown;
use licence::{Class, HeldClass, Letter, StatusLetters};
use verdict::Colour;

use crate::support::{
    DEMO, NOON, Office, at, colour, elsewhere, entry, letters_and_classes, refused, verified_list,
};

fn change(office: &mut Office, who: &str, change: Change) -> Result<(), DeskError> {
    office.act(Action::ChangeFacts { reference: who.into(), change }).map(|_| ())
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The classes of a driver with another one from today.
fn more_classes(office: &Office, who: &str, class: Class) -> Change {
    let mut classes = office.desk().driver(who, office.now).unwrap().facts.classes;
    classes.push(HeldClass { class, from: licence::shanghai_day(office.now) });
    Change::Classes { classes }
}

#[test]
fn change_of_class_ends_the_licence_at_once_and_a_reclaim_shows_it() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let before = office.issue(&application);
    assert_eq!(office.status(entry(&before.record)), 0);
    let early = office.application("lin", Occasion::Reclaim, None);
    assert_eq!(refused(&office.receive(&early).unwrap()), "reclaim-nothing-changed");

    let classes = more_classes(&office, "lin", Class::D);
    change(&mut office, "lin", classes).unwrap();
    assert_eq!(office.status(entry(&before.record)), 1, "invalid at the change");
    let driver = office.desk().driver("lin", office.now).unwrap();
    assert_eq!(driver.state, LicenceState::Ended);
    assert_eq!(driver.changed.len(), 1);
    for (occasion, photo) in [(Occasion::Refresh, None), (Occasion::Replacement, Some("he"))] {
        let application = office.application("lin", occasion, photo);
        assert_eq!(refused(&office.receive(&application).unwrap()), "licence-ended");
    }

    let reclaim = office.application("lin", Occasion::Reclaim, None);
    let after = office.issue(&reclaim);
    let [Changed::Classes { before: had, after: has }] = &*after.changed else {
        panic!("{:?}", after.changed);
    };
    assert_eq!((had.len(), has.len()), (1, 2));
    assert_ne!(entry(&after.record), entry(&before.record));
    assert_eq!(office.status(entry(&before.record)), 1);
    assert_eq!(office.status(entry(&after.record)), 0);
    assert_eq!(letters_and_classes(&after.credential), ("A".into(), "C1D".into()));
    assert_eq!(office.desk().driver("lin", office.now).unwrap().state, LicenceState::Serving);

    // The wallet's silent refresh, without a desk, keeps entry and classes.
    let (large, small) = (crate::support::large("lin"), DEMO.small_portrait("lin").unwrap());
    let portraits = liangzheng_authority::photo::Portraits { large: &large, small };
    let device = cbor::cose::CoseKey::from_sec1(&crate::support::key(7)).unwrap();
    let refreshed =
        DEMO.refresh(&after.record, portraits, device, office.now, &mut |bytes| bytes.fill(1)).unwrap();
    assert_eq!(letters_and_classes(&refreshed.credential), ("A".into(), "C1D".into()));
    assert_eq!(refreshed.record, after.record);
}

#[test]
fn change_of_validity_or_office_ends_the_licence_too() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let first = office.issue(&application);
    let validity = Validity { from: date("2026-11-23"), until: None };
    change(&mut office, "lin", Change::Validity(validity)).unwrap();
    assert_eq!(office.status(entry(&first.record)), 1);
    let reclaim = office.application("lin", Occasion::Reclaim, None);
    let second = office.issue(&reclaim);
    assert!(matches!(&*second.changed, [Changed::Validity { after, .. }] if *after == validity));

    let other = office.desk().driver("zhao", office.now).unwrap().facts.office;
    change(&mut office, "lin", Change::Office(other.clone())).unwrap();
    assert_eq!(office.status(entry(&second.record)), 1);
    let reclaim = office.application("lin", Occasion::Reclaim, None);
    let third = office.issue(&reclaim);
    assert!(matches!(&*third.changed, [Changed::Office { after, .. }] if *after == other.name));
    let entries = [&first, &second, &third].map(|licence| entry(&licence.record));
    assert_eq!(entries.map(|entry| office.status(entry)), [1, 1, 0]);
}

#[test]
fn licence_of_the_built_in_issuer_is_red_after_a_change_that_it_does_not_know() {
    let mut office = Office::new(NOON);
    let record = elsewhere("lin", office.now);
    let own = office.register().entry_elsewhere("lin", record.claimed_on()).unwrap();
    let classes = more_classes(&office, "lin", Class::D);
    change(&mut office, "lin", classes).unwrap();
    assert_eq!(office.status(own), 1);
    let built_in = verified_list(&DEMO.status_list(office.now).unwrap(), office.now);
    assert_eq!(built_in.get(own).unwrap().value(), 0);
    // Its wallet claims it again by its record, and gets another entry.
    let mut reclaim = office.application("lin", Occasion::Reclaim, None);
    reclaim.record = Some(record);
    let after = office.issue(&reclaim);
    assert_eq!(after.changed.len(), 1);
    assert_ne!(entry(&after.record), own);
    assert_eq!(office.status(entry(&after.record)), 0);
}

#[test]
fn licence_that_the_built_in_issuer_makes_after_a_change_is_red_and_the_desk_makes_the_right_one() {
    let mut office = Office::new(NOON);
    let classes = more_classes(&office, "lin", Class::D);
    change(&mut office, "lin", classes).unwrap();
    // On the day of the change, and on any later one: it says the class of before.
    for days in [0, 1, 40, 400] {
        office.now = at(NOON).plus_seconds(days * 86_400);
        let record = elsewhere("lin", office.now);
        let own = office.register().entry_elsewhere("lin", record.claimed_on()).unwrap();
        assert_eq!(office.status(own), 1, "{days} days later");
        let mut reclaim = office.application("lin", Occasion::Reclaim, None);
        reclaim.record = Some(record);
        if days == 0 {
            let after = office.issue(&reclaim);
            assert_eq!(office.status(entry(&after.record)), 0);
            assert_eq!(letters_and_classes(&after.credential).1, "C1D");
        }
    }
    // The desk's own licence stays valid, and a first claim at the desk is, too.
    let held = office.desk().driver("lin", office.now).unwrap().licence.unwrap();
    assert_eq!(office.status(held.entry), 0);
    let first = office.application("lin", Occasion::FirstClaim, None);
    let claimed = office.issue(&first);
    assert_eq!(office.status(entry(&claimed.record)), 0);
}

#[test]
fn points_and_letters_change_without_a_reclaim() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let licence = office.issue(&application);
    change(&mut office, "lin", Change::Points { incurred: 12 }).unwrap();
    assert_eq!(office.status(entry(&licence.record)), 2);
    let refresh = office.application("lin", Occasion::Refresh, None);
    let full = office.issue(&refresh);
    assert_eq!(letters_and_classes(&full.credential).0, "B");
    assert!(full.changed.is_empty());
    assert_eq!(entry(&full.record), entry(&licence.record));
    change(&mut office, "lin", Change::Points { incurred: 3 }).unwrap();
    assert_eq!(office.status(entry(&licence.record)), 0);
    assert_eq!(office.desk().driver("lin", office.now).unwrap().facts.letters.text(), "A");
}

#[test]
fn letters_of_the_group_gone_end_the_licence_for_good() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let licence = office.issue(&application);
    let letters = |text: &str| Change::Letters(Letters { letters: StatusLetters::parse(text), until: None });
    change(&mut office, "lin", letters("F")).unwrap();
    assert_eq!(office.status(entry(&licence.record)), 1);
    let again = office.application("lin", Occasion::Reclaim, None);
    assert_eq!(refused(&office.receive(&again).unwrap()), "claim-status-gone");
    change(&mut office, "lin", letters("A")).unwrap();
    assert_eq!(office.status(entry(&licence.record)), 1, "an entry that ended stays so");
    let again = office.application("lin", Occasion::Reclaim, None);
    let new = office.issue(&again);
    assert_eq!(office.status(entry(&new.record)), 0);
}

#[test]
fn suspended_and_reinstated() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let licence = office.issue(&application);
    let suspend = |letter| Action::Suspend { reference: "lin".into(), letter };
    let reinstate = || Action::Reinstate { reference: "lin".into() };
    assert_eq!(office.act(reinstate()).unwrap_err(), DeskError::NotSuspended);
    assert_eq!(office.act(suspend(Letter::F)).unwrap_err(), DeskError::SuspendLetter);
    assert!(office.act(suspend(Letter::D)).unwrap().status_changed);
    assert_eq!(office.act(suspend(Letter::D)).unwrap_err(), DeskError::Suspended);
    assert_eq!(office.status(entry(&licence.record)), 2);
    assert_eq!(office.desk().driver("lin", office.now).unwrap().state, LicenceState::Suspended);
    office.act(reinstate()).unwrap();
    assert_eq!(office.status(entry(&licence.record)), 0);
    assert_eq!(
        office.act(Action::Reinstate { reference: "nobody".into() }).unwrap_err().code(),
        "desk-driver-unknown"
    );
    // A story of the register that suspends is taken back as well.
    office.act(Action::Reinstate { reference: "gao".into() }).unwrap();
    let gao = office.application("gao", Occasion::FirstClaim, None);
    let gao = office.issue(&gao);
    assert_eq!(office.status(entry(&gao.record)), 0);
}

#[test]
fn list_agrees_with_the_built_in_one_but_for_what_the_desk_changed() {
    let mut office = Office::new(NOON);
    let built_in = verified_list(&DEMO.status_list(office.now).unwrap(), office.now);
    let register = office.register();
    let day = licence::shanghai_day(office.now);
    let issued = office.application("xu", Occasion::FirstClaim, None);
    office.issue(&issued);
    office.act(Action::Suspend { reference: "lin".into(), letter: Letter::K }).unwrap();
    let list = office.list();
    for person in DEMO.people() {
        for entry in register.entries_elsewhere(person.id, day) {
            let (ours, theirs) = (list.get(entry).unwrap().value(), built_in.get(entry).unwrap().value());
            if person.id == "lin" {
                assert_eq!(ours, 2);
            } else {
                assert_eq!(ours, theirs, "{}", person.id);
            }
        }
    }
    // Those that nobody holds are as they were.
    let differs = (0..1 << 20).filter(|entry| list.get(*entry) != built_in.get(*entry)).count();
    assert_eq!(differs, register.entries_elsewhere("lin", day).len());
}

#[test]
fn counter_writes_down_what_was_shown_and_what_changes_by_it() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let licence = office.issue(&application);
    let classes = more_classes(&office, "lin", Class::D);
    let counter = Action::Counter {
        reference: "lin".into(),
        shown: vec![Shown::IdentityCard, Shown::ElectronicLicence, Shown::IdentityCard],
        changes: vec![classes, Change::Points { incurred: 0 }],
        reopen: false,
        note: Some("增驾 D, 110105 19491231 002X".into()),
    };
    let effects = office.act(counter).unwrap();
    assert!(effects.status_changed);
    assert_eq!(office.status(entry(&licence.record)), 1);
    let step = office.desk().steps().last().unwrap().unwrap();
    assert_eq!(step.details.shown, [Shown::IdentityCard, Shown::ElectronicLicence]);
    assert_eq!(step.details.changes.len(), 2);
    assert_eq!(step.details.ended, [entry(&licence.record)]);
    assert_eq!(step.details.note.as_deref(), Some("增驾 D, …002X"));
    assert_eq!(effects.receipt.record_id, step.record_id);
    effects.receipt.verify().unwrap();
}

#[test]
fn facts_that_no_licence_can_have_are_refused() {
    let mut office = Office::new(NOON);
    let held = |class, from: &str| HeldClass { class, from: date(from) };
    let lin = office.desk().driver("lin", office.now).unwrap().facts;
    let named = |name: &str, latin: &str| {
        let mut office = lin.office.clone();
        (office.name, office.name_latin) = (name.into(), latin.into());
        Change::Office(office)
    };
    for wrong in [
        Change::Classes { classes: Vec::new() },
        Change::Classes { classes: vec![held(Class::C1, "2020-01-01"), held(Class::C1, "2021-01-01")] },
        Change::Classes { classes: vec![held(Class::C1, "2026-11-24")] },
        Change::Classes { classes: vec![held(Class::C1, "1990-01-01")] },
        Change::Validity(Validity { from: date("2026-11-24"), until: None }),
        Change::Validity(Validity { from: date("2026-01-01"), until: Some(date("2025-12-31")) }),
        Change::Letters(Letters { letters: StatusLetters::parse("AQ"), until: None }),
        Change::Letters(Letters { letters: StatusLetters::parse(""), until: None }),
        Change::Points { incurred: 1000 },
        named("", "Office"),
        named("支队", "支队"),
        named(&"支".repeat(101), "Office"),
    ] {
        let error = change(&mut office, "lin", wrong.clone()).unwrap_err();
        assert_eq!(error.code(), "desk-change", "{wrong:?}");
        assert!(error.message().arg("element").is_some());
    }
    assert!(office.journal.is_empty() && office.drivers.is_empty());
}

#[test]
fn verifier_with_the_desk_s_list_sees_the_old_licence_red_and_the_new_one_green() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let old = office.issue(&application);
    assert_eq!(colour(&old.credential, office.list(), office.now), Colour::Green);
    let classes = more_classes(&office, "lin", Class::D);
    change(&mut office, "lin", classes).unwrap();
    let built_in = verified_list(&DEMO.status_list(office.now).unwrap(), office.now);
    assert_eq!(colour(&old.credential, built_in, office.now), Colour::Green, "who has not the new list");
    assert_eq!(colour(&old.credential, office.list(), office.now), Colour::Red);
    let reclaim = office.application("lin", Occasion::Reclaim, None);
    let new = office.issue(&reclaim);
    assert_eq!(colour(&old.credential, office.list(), office.now), Colour::Red);
    assert_eq!(colour(&new.credential, office.list(), office.now), Colour::Green);
    // A suspended one is red as well, and green again when it is reinstated.
    office.act(Action::Suspend { reference: "lin".into(), letter: Letter::U }).unwrap();
    assert_eq!(colour(&new.credential, office.list(), office.now), Colour::Red);
    office.act(Action::Reinstate { reference: "lin".into() }).unwrap();
    assert_eq!(colour(&new.credential, office.list(), office.now), Colour::Green);
}
