//! Claims from the application to the licence (`T-claim-counted`).

use std::collections::BTreeMap;

use cbor::{Date, Timestamp};
use liangzheng_authority::application::{Application, Occasion};
use liangzheng_authority::demo::DemoRegister;
use liangzheng_authority::desk::{
    Action, Desk, LicenceState, OnFile, Outcome, QueueFilter, Register, Stage, Stored,
};
use liangzheng_authority::driver::DriverFacts;
use liangzheng_authority::error::{DeskError, IssueError};
use liangzheng_authority::journal::Shown;
use liangzheng_authority::photo::{PhotoSource, Portraits, RejectReason, Sha256Digest};
use liangzheng_authority::rollout::Rollout;
use mdoc::holder::UnverifiedCredential;
use mdoc::status_list::Status;

use crate::support::{DEMO, NOON, Office, at, elsewhere, entry, issued, key, refused};

/// The demo person without a photo on file.
const HE: &str = "he";

#[test]
fn photo_on_file_is_issued_without_a_review() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let effects = office.receive(&application).unwrap();
    assert!(effects.answer.is_none() && effects.photos.is_empty());
    assert_eq!(office.queued[&application.id].stage(), Stage::ToAnswer);
    let licence = issued(office.answer(application.id).unwrap());
    assert_eq!(licence.record.reference(), "lin");
    assert!(licence.changed.is_empty());
    assert!(UnverifiedCredential::decode(&licence.credential).is_ok());
    assert_eq!(office.queued[&application.id].stage(), Stage::Done);
    assert_eq!(office.desk().driver("lin", office.now).unwrap().state, LicenceState::Serving);
}

#[test]
fn photo_on_file_is_confirmed_before_it_is_replaced() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, Some(HE));
    assert_eq!(refused(&office.receive(&application).unwrap()), "claim-photo-on-file");
    let application = office.application(HE, Occasion::FirstClaim, None);
    assert_eq!(refused(&office.receive(&application).unwrap()), "claim-photo-needed");
    assert!(office.queued.is_empty());
}

#[test]
fn own_photo_is_rejected_twice_approved_and_issued() {
    let mut office = Office::new(NOON);
    for (count, reason) in [RejectReason::Ground, RejectReason::Ears].into_iter().enumerate() {
        let application = office.application(HE, Occasion::FirstClaim, Some(HE));
        office.receive(&application).unwrap();
        office.reject(application.id, reason);
        let answer = office.answer(application.id).unwrap();
        let rejections = u8::try_from(count + 1).unwrap();
        assert_eq!(answer.outcome, Outcome::Rejected { reason, note: None, rejections });
        assert!(office.photos.is_empty(), "a rejected photo is erased once that is said");
    }
    let application = office.application(HE, Occasion::FirstClaim, Some(HE));
    office.receive(&application).unwrap();
    assert_eq!(office.queued[&application.id].state.rejections().len(), 2);
    office.act(Action::Approve { id: application.id }).unwrap();
    let licence = issued(office.answer(application.id).unwrap());
    assert_eq!(licence.record.photo().source, PhotoSource::Camera);
    assert_eq!(office.photos.len(), 2);
    assert!(office.desk().driver(HE, office.now).unwrap().rejections.is_empty());
}

#[test]
fn three_rejections_lead_to_the_counter_where_the_claim_is_opened_again() {
    let mut office = Office::new(NOON);
    for _ in 0..3 {
        let application = office.application(HE, Occasion::FirstClaim, Some(HE));
        office.receive(&application).unwrap();
        let note = Some("the ground is blue".to_owned());
        office.act(Action::Reject { id: application.id, reason: RejectReason::Ground, note }).unwrap();
        let outcome = office.answer(application.id).unwrap().outcome;
        let at_counter = matches!(&outcome, Outcome::Counter { note: Some(_), .. });
        assert_eq!(at_counter, office.desk().driver(HE, office.now).unwrap().at_counter);
    }
    assert!(office.desk().driver(HE, office.now).unwrap().at_counter);
    // Another application is shown the way as well, whatever the wallet has counted.
    let application = office.application(HE, Occasion::FirstClaim, Some(HE));
    let effects = office.receive(&application).unwrap();
    assert!(matches!(effects.answer.unwrap().outcome, Outcome::Counter { .. }));
    assert!(effects.photos.is_empty() && office.desk().queue(&QueueFilter::default(), office.now).len() == 4);
    assert_eq!(office.queued[&application.id].stage(), Stage::Done);

    let counter = |shown: Vec<Shown>, reopen| Action::Counter {
        reference: HE.into(),
        shown,
        changes: Vec::new(),
        reopen,
        note: None,
    };
    assert_eq!(office.act(counter(Vec::new(), true)).unwrap_err(), DeskError::NothingToDo);
    office.act(counter(vec![Shown::IdentityCard], true)).unwrap();
    assert_eq!(office.act(counter(vec![Shown::IdentityCard], true)).unwrap_err(), DeskError::NotAtCounter);
    let application = office.application(HE, Occasion::FirstClaim, Some(HE));
    office.issue(&application);
}

#[test]
fn photo_is_replaced_at_will_once_and_then_after_six_months_to_the_day() {
    let mut office = Office::new(NOON);
    let first = office.application("lin", Occasion::FirstClaim, None);
    let before = office.issue(&first);
    let replace = office.application("lin", Occasion::Replacement, Some(HE));
    office.receive(&replace).unwrap();
    // The old one serves until the new one is handed over.
    let driver = office.desk().driver("lin", office.now).unwrap();
    assert_eq!(driver.licence.unwrap().record, before.record);
    office.act(Action::Approve { id: replace.id }).unwrap();
    let after = issued(office.answer(replace.id).unwrap());
    assert_eq!(entry(&after.record), entry(&before.record));
    assert_eq!(after.record.claimed_on(), before.record.claimed_on());
    assert_eq!(after.record.photo().source, PhotoSource::Camera);

    for (day, code) in
        [("2026-11-24", "replace-too-early"), ("2027-05-22", "replace-too-early"), ("2027-05-23", "queued")]
    {
        office.now = at(&format!("{day}T04:00:00Z"));
        let again = office.application("lin", Occasion::Replacement, Some("lin"));
        let effects = office.receive(&again).unwrap();
        assert_eq!(effects.answer.as_ref().map_or("queued", |_| refused(&effects)), code, "{day}");
    }
}

#[test]
fn another_claim_does_not_begin_the_six_months_anew() {
    let mut office = Office::new(NOON);
    let first = office.application("lin", Occasion::FirstClaim, None);
    office.issue(&first);
    let replace = office.application("lin", Occasion::Replacement, Some(HE));
    office.issue(&replace);
    // A wallet that was emptied claims with the photo on file again.
    let again = office.application("lin", Occasion::FirstClaim, None);
    assert_eq!(office.issue(&again).record.photo().source, PhotoSource::OnFile);
    let replace = office.application("lin", Occasion::Replacement, Some(HE));
    assert_eq!(refused(&office.receive(&replace).unwrap()), "replace-too-early");
    office.now = at("2027-05-23T04:00:00Z");
    let replace = office.application("lin", Occasion::Replacement, Some(HE));
    office.issue(&replace);
}

#[test]
fn licence_of_the_built_in_issuer_is_known_by_its_record() {
    let mut office = Office::new(NOON);
    let record = elsewhere("lin", office.now);
    let mut replace = office.application("lin", Occasion::Replacement, Some(HE));
    assert_eq!(refused(&office.receive(&replace).unwrap()), "licence-none");
    replace = office.application("lin", Occasion::Replacement, Some(HE));
    replace.record = Some(record.clone());
    let licence = office.issue(&replace);
    // It keeps the entry that the built-in issuer gave.
    let own = office.register().entry_elsewhere("lin", record.claimed_on()).unwrap();
    assert_eq!(entry(&licence.record), own);
    // A record of somebody else, or of a desk, is no word of that issuer.
    for record in [elsewhere("xu", office.now), licence.record] {
        let mut other = office.application("zhao", Occasion::Replacement, Some(HE));
        other.record = Some(record);
        assert_eq!(refused(&office.receive(&other).unwrap()), "licence-none");
    }
}

#[test]
fn licence_is_bound_to_the_key_of_its_device() {
    let mut office = Office::new(NOON);
    let first = office.application("lin", Occasion::FirstClaim, None);
    office.issue(&first);
    for occasion in [Occasion::Replacement, Occasion::Refresh, Occasion::Reclaim] {
        let mut other = office.application("lin", occasion, None);
        other.device_key = key(8);
        assert_eq!(refused(&office.receive(&other).unwrap()), "licence-device-key");
    }
    let mut broken = office.application("lin", Occasion::FirstClaim, None);
    broken.device_key = [4; 65];
    assert_eq!(refused(&office.receive(&broken).unwrap()), "application-device-key");
}

#[test]
fn claim_on_another_device_ends_the_licence_on_the_first() {
    let mut office = Office::new(NOON);
    let first = office.application("lin", Occasion::FirstClaim, None);
    let first = office.issue(&first);
    let mut second = office.application("lin", Occasion::FirstClaim, None);
    second.device_key = key(8);
    let second = office.issue(&second);
    assert_ne!(entry(&first.record), entry(&second.record));
    assert_eq!(office.status(entry(&first.record)), 1);
    assert_eq!(office.status(entry(&second.record)), 0);
}

#[test]
fn who_may_not_claim_is_told_why_and_by_whom() {
    let mut office = Office::new(NOON);
    for (who, code) in
        [("gao", "claim-status-red"), ("wei", "claim-status-red"), ("qin", "claim-status-abnormal")]
    {
        let application = office.application(who, Occasion::FirstClaim, None);
        let effects = office.receive(&application).unwrap();
        assert_eq!(refused(&effects), code, "{who}");
        let Outcome::Refused { office: Some(contact), message, .. } = effects.answer.unwrap().outcome else {
            panic!("no office");
        };
        assert!(contact.name.contains("交通警察支队"));
        assert!(message.arg("letters").is_some());
    }
    assert!(office.queued.is_empty());
    assert_eq!(office.journal.len(), 3);
}

#[test]
fn roll_out_reaches_offices_as_it_happened() {
    let mut office = Office::new("2021-06-01T04:00:00Z");
    let open = |office: &mut Office, who| {
        let application = office.application(who, Occasion::FirstClaim, None);
        let effects = office.receive(&application).unwrap();
        effects.answer.as_ref().map_or("open", |_| refused(&effects))
    };
    // zhao is of the pilot, xu of the first batch, lin of the last.
    assert_eq!(open(&mut office, "zhao"), "open");
    assert_eq!(open(&mut office, "xu"), "claim-not-rolled-out");
    assert_eq!(open(&mut office, "lin"), "claim-not-rolled-out");
    office.now = at("2021-09-01T04:00:00Z");
    assert_eq!(open(&mut office, "xu"), "open");
    office.now = at("2021-12-09T04:00:00Z");
    assert_eq!(open(&mut office, "lin"), "claim-not-rolled-out");
    office.now = at("2021-12-09T16:00:00Z"); // midnight in Shanghai
    assert_eq!(open(&mut office, "lin"), "open");
    let id = *office.queued.iter().find(|(_, queued)| queued.reference == "lin").unwrap().0;
    assert!(UnverifiedCredential::decode(&issued(office.answer(id).unwrap()).credential).is_ok());
}

#[test]
fn number_and_name_must_be_those_of_one_licence() {
    let mut office = Office::new(NOON);
    let other = office.application("zhao", Occasion::FirstClaim, None);
    let right = office.application("lin", Occasion::FirstClaim, None);
    for (number, name, known) in [
        (&*right.number, &*right.name, true),
        (&*format!(" {} ", right.number.to_lowercase()), "林 知夏", true),
        (&*right.number, &*other.name, false),
        (&*other.number, &*right.name, false),
        ("", "", false),
        (&*"9".repeat(10_000), &*right.name, false),
    ] {
        let mut application = office.application("lin", Occasion::FirstClaim, None);
        (application.number, application.name) = (number.into(), name.into());
        let effects = office.receive(&application).unwrap();
        let code = effects.answer.as_ref().map_or("known", |_| refused(&effects));
        assert_eq!(code, if known { "known" } else { "claim-number-name" }, "{name}");
    }
}

#[test]
fn application_is_received_once_and_in_its_time() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    office.receive(&application).unwrap();
    let lines = office.journal.len();
    assert_eq!(office.receive(&application).unwrap_err(), DeskError::Replayed);
    office.answer(application.id).unwrap();
    assert_eq!(office.receive(&application).unwrap_err(), DeskError::Replayed);
    assert_eq!(office.journal.len(), lines + 1);
    for (days, code) in [(31, "application-time"), (30, "queued"), (-1, "queued"), (-2, "application-time")] {
        let mut application = office.application("zhao", Occasion::FirstClaim, None);
        application.made_at = office.now.plus_seconds(-days * 86_400);
        let effects = office.receive(&application).unwrap();
        assert_eq!(effects.answer.as_ref().map_or("queued", |_| refused(&effects)), code, "{days} days");
    }
}

#[test]
fn newer_application_takes_the_place_of_one_that_waits() {
    let mut office = Office::new(NOON);
    let older = office.application(HE, Occasion::FirstClaim, Some(HE));
    office.receive(&older).unwrap();
    let newer = office.application(HE, Occasion::FirstClaim, Some("lin"));
    office.receive(&newer).unwrap();
    assert_eq!(office.queued[&older.id].stage(), Stage::Done);
    assert_eq!(office.photos.len(), 2, "the photo of the older one is erased");
    assert_eq!(office.act(Action::Approve { id: older.id }).unwrap_err(), DeskError::Withdrawn);
    assert_eq!(office.answer(older.id).unwrap_err(), DeskError::Withdrawn);
    office.act(Action::Approve { id: newer.id }).unwrap();
    issued(office.answer(newer.id).unwrap());
}

#[test]
fn answer_that_is_handed_over_again_is_of_the_same_entry() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    let first = office.issue(&application);
    let again = issued(office.answer(application.id).unwrap());
    assert_eq!(entry(&again.record), entry(&first.record));
    assert!(office.drivers["lin"].ended.is_empty());
    // Not once a newer licence took its place.
    let mut newer = office.application("lin", Occasion::FirstClaim, None);
    newer.device_key = key(8);
    office.issue(&newer);
    assert_eq!(office.answer(application.id).unwrap_err(), DeskError::Withdrawn);
}

#[test]
fn another_photo_than_the_approved_one_is_not_issued() {
    let mut office = Office::new(NOON);
    let application = office.application(HE, Occasion::FirstClaim, Some(HE));
    office.receive(&application).unwrap();
    let id = application.id;
    assert_eq!(office.act(Action::Answer { id, portraits: None }).unwrap_err(), DeskError::Step);
    office.act(Action::Approve { id }).unwrap();
    assert_eq!(office.act(Action::Answer { id, portraits: None }).unwrap_err(), DeskError::PhotoMissing);
    let (large, small) = (crate::support::large("lin"), DEMO.small_portrait("lin").unwrap());
    let portraits = Some(Portraits { large: &large, small });
    assert_eq!(office.act(Action::Answer { id, portraits }).unwrap_err().code(), "photo-mismatch");
    let on_file = office.application("zhao", Occasion::FirstClaim, None);
    office.receive(&on_file).unwrap();
    let id = on_file.id;
    assert_eq!(office.act(Action::Answer { id, portraits }).unwrap_err().code(), "photo-not-on-file");
}

#[test]
fn letters_that_come_before_the_answer_bar_the_claim() {
    let mut office = Office::new(NOON);
    let application = office.application("lin", Occasion::FirstClaim, None);
    office.receive(&application).unwrap();
    office.act(Action::Suspend { reference: "lin".into(), letter: licence::Letter::D }).unwrap();
    let outcome = office.answer(application.id).unwrap().outcome;
    assert!(matches!(outcome, Outcome::Refused { code: "claim-status-red", .. }), "{outcome:?}");
    assert!(office.drivers["lin"].licence.is_none());
}

#[test]
fn application_of_an_earlier_build_is_read() {
    // As a wallet of 2026-11-28 stored it: no time of submission, no note.
    let stored = format!(
        r#"{{"state":"photo-submitted","claim":{{"schema":1,"reference":"he","claimed_on":"2026-11-20","occasion":"first-claim"}},"rejections":[{{"reason":"ground","on":"2026-11-21"}}],"photo":{{"source":"camera","large_sha256":"{0}","small_sha256":"{0}","submitted_on":"2026-11-22"}}}}"#,
        "ab".repeat(32)
    );
    let Application::PhotoSubmitted(submitted) = serde_json::from_str(&stored).unwrap() else {
        panic!("another state");
    };
    assert_eq!(submitted.submitted_at(), at("2026-11-21T16:00:00Z"));
    assert_eq!(serde_json::to_string(&Application::from(submitted)).unwrap(), stored);
}

#[test]
fn record_of_an_earlier_build_is_read_and_refreshed() {
    // As a wallet of 2026-11-28 stored it beside its licence: no desk.
    let record = elsewhere("lin", at(NOON));
    let stored = serde_json::to_string(&record).unwrap();
    assert!(!stored.contains("desk"), "{stored}");
    let members: serde_json::Value = serde_json::from_str(&stored).unwrap();
    let mut names: Vec<_> = members.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["claimed_on", "photo", "photo_approved_on", "reference", "schema"]);
    let loaded: liangzheng_authority::application::Record = serde_json::from_str(&stored).unwrap();
    assert_eq!(loaded, record);
}

#[test]
fn ids_that_repeat_change_nothing() {
    let mut desk = Desk::load(Box::new(DemoRegister::new()), Rollout::built_in(), Stored::default()).unwrap();
    let mut act = |letter| {
        let suspend = Action::Suspend { reference: "lin".into(), letter };
        desk.act(suspend, "desk-1", at(NOON), &mut |bytes| bytes.fill(1))
    };
    act(licence::Letter::D).unwrap();
    assert_eq!(act(licence::Letter::K).unwrap_err().code(), "record-id-used");
    assert_eq!(desk.journal().len(), 1);
    assert_eq!(desk.driver("lin", at(NOON)).unwrap().facts.letters.text(), "D");
}

/// The demo's register, whose status list is full.
struct Full(DemoRegister);

impl Register for Full {
    fn origin(&self) -> &str {
        self.0.origin()
    }

    fn references(&self) -> Vec<String> {
        self.0.references()
    }

    fn facts(&self, reference: &str, claimed_on: Option<Date>, now: Timestamp) -> Option<DriverFacts> {
        self.0.facts(reference, claimed_on, now)
    }

    fn claim_day(&self, reference: &str, now: Timestamp) -> Date {
        self.0.claim_day(reference, now)
    }

    fn photo_on_file(&self, reference: &str) -> Option<OnFile> {
        self.0.photo_on_file(reference)
    }

    fn accepts_records(&self) -> bool {
        false
    }

    fn entry_elsewhere(&self, _: &str, _: Date) -> Option<u64> {
        None
    }

    fn entries_elsewhere(&self, _: &str, _: Date) -> Vec<u64> {
        Vec::new()
    }

    fn take_entry(
        &self,
        _: &str,
        _: Date,
        _: &dyn Fn(u64) -> bool,
        _: &mut dyn FnMut(&mut [u8]),
    ) -> Option<u64> {
        None
    }

    fn issue(
        &self,
        _: &licence::LicenceFacts,
        _: u64,
        _: cbor::cose::CoseKey,
        _: Timestamp,
        _: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Vec<u8>, IssueError> {
        Err(IssueError::Signing)
    }

    fn sign_list(&self, _: &BTreeMap<u64, Status>, _: Timestamp) -> Result<Vec<u8>, IssueError> {
        Err(IssueError::Signing)
    }
}

#[test]
fn nothing_is_issued_without_an_entry_and_no_record_is_taken_where_wallets_are_not_trusted() {
    let mut office = Office::new(NOON);
    let first = office.application("lin", Occasion::FirstClaim, None);
    let mut replace = office.application("zhao", Occasion::Replacement, Some(HE));
    replace.record = Some(elsewhere("zhao", office.now));
    replace.held = Some(Sha256Digest::of(b"a licence"));
    let register = Box::new(Full(DemoRegister::new()));
    let mut desk = Desk::load(register, Rollout::built_in(), Stored::default()).unwrap();
    let mut next = 0;
    let mut random = |bytes: &mut [u8]| {
        next += 1;
        bytes.fill(next);
    };
    let receive = Action::Receive(Box::new(replace));
    assert_eq!(refused(&desk.act(receive, "desk-1", office.now, &mut random).unwrap()), "licence-none");
    let id = first.id;
    desk.act(Action::Receive(Box::new(first)), "desk-1", office.now, &mut random).unwrap();
    let (large, small) = (crate::support::large("lin"), DEMO.small_portrait("lin").unwrap());
    let portraits = Some(Portraits { large: &large, small });
    let error = desk.act(Action::Answer { id, portraits }, "desk-1", office.now, &mut random).unwrap_err();
    assert_eq!(error, DeskError::ListFull);
    assert_eq!(desk.application(id).unwrap().stage(), Stage::ToAnswer, "it can be answered later");
}
