//! The review: what can be undone, until when, and when a review is due.

use liangzheng_authority::application::{Application, Occasion};
use liangzheng_authority::desk::{Action, QueueFilter, Stage, due, is_working_day};
use liangzheng_authority::error::DeskError;
use liangzheng_authority::photo::RejectReason;

use crate::support::{NOON, Office, at, issued};

const HE: &str = "he";

#[test]
fn decision_is_undone_by_its_clerk_within_thirty_seconds_while_nothing_was_handed_over() {
    let mut office = Office::new(NOON);
    let application = office.application(HE, Occasion::FirstClaim, Some(HE));
    let id = application.id;
    office.receive(&application).unwrap();
    assert_eq!(office.act(Action::Undo { id }).unwrap_err(), DeskError::Step);
    let undone = |office: &Office| matches!(office.queued[&id].state, Application::PhotoSubmitted(_));

    let decided = office.now;
    office.act(Action::Approve { id }).unwrap();
    assert_eq!(office.queued[&id].undo_until("desk-1"), Some(decided.plus_seconds(30)));
    assert_eq!(office.queued[&id].undo_until("desk-2"), None);
    assert_eq!(office.act_as("desk-2", Action::Undo { id }).unwrap_err(), DeskError::UndoOther);
    office.now = decided.plus_seconds(30);
    office.act(Action::Undo { id }).unwrap();
    assert!(undone(&office));

    // A rejection is taken back with its count.
    office.reject(id, RejectReason::Face);
    assert_eq!(office.desk().driver(HE, office.now).unwrap().rejections.len(), 1);
    office.act(Action::Undo { id }).unwrap();
    assert!(undone(&office) && office.desk().driver(HE, office.now).unwrap().rejections.is_empty());

    office.act(Action::Approve { id }).unwrap();
    office.now = office.now.plus_seconds(31);
    assert_eq!(office.act(Action::Undo { id }).unwrap_err(), DeskError::UndoLate);
    office.now = office.now.plus_seconds(-60);
    assert_eq!(office.act(Action::Undo { id }).unwrap_err(), DeskError::UndoLate, "the clock went back");
    office.now = office.now.plus_seconds(40);
    issued(office.answer(id).unwrap());
    assert_eq!(office.act(Action::Undo { id }).unwrap_err(), DeskError::UndoAnswered);
    // Every step is in the journal, those that were undone as well.
    let kinds: Vec<_> = office.desk().steps().map(|step| step.unwrap().step.code()).collect();
    assert_eq!(kinds, ["received", "approved", "undone", "rejected", "undone", "approved", "issued"]);
}

#[test]
fn photo_is_decided_once() {
    let mut office = Office::new(NOON);
    let application = office.application(HE, Occasion::FirstClaim, Some(HE));
    let id = application.id;
    let unknown = office.act(Action::Approve { id }).unwrap_err();
    assert_eq!(unknown, DeskError::ApplicationUnknown);
    office.receive(&application).unwrap();
    office.reject(id, RejectReason::Old);
    assert_eq!(office.act(Action::Approve { id }).unwrap_err(), DeskError::Step);
    let reason = RejectReason::Old;
    assert_eq!(office.act(Action::Reject { id, reason, note: None }).unwrap_err(), DeskError::Step);
    let on_file = office.application("lin", Occasion::FirstClaim, None);
    office.receive(&on_file).unwrap();
    assert_eq!(office.act(Action::Approve { id: on_file.id }).unwrap_err(), DeskError::Step);
}

#[test]
fn note_and_clerk_are_bounded() {
    let mut office = Office::new(NOON);
    let application = office.application(HE, Occasion::FirstClaim, Some(HE));
    let id = application.id;
    office.receive(&application).unwrap();
    let reject = |note: &str| Action::Reject { id, reason: RejectReason::Face, note: Some(note.into()) };
    assert_eq!(office.act(reject(&"照".repeat(201))).unwrap_err(), DeskError::Note);
    assert_eq!(office.act(reject("two\nlines")).unwrap_err(), DeskError::Note);
    for clerk in ["", "  ", &"c".repeat(65), "a\u{7}"] {
        assert_eq!(office.act_as(clerk, reject("")).unwrap_err(), DeskError::Clerk);
    }
    office.act(reject(&"照".repeat(200))).unwrap();
    assert_eq!(office.queued[&id].state.rejections()[0].note.as_deref().map(str::len), Some(600));
}

#[test]
fn review_is_due_at_the_end_of_the_next_working_day() {
    for (received, until) in [
        ("2026-11-23T04:00:00Z", "2026-11-24T16:00:00Z"), // Monday noon: Tuesday ends
        ("2026-11-23T15:59:59Z", "2026-11-24T16:00:00Z"), // a second before Tuesday
        ("2026-11-26T16:00:00Z", "2026-11-30T16:00:00Z"), // Friday begins: Monday ends
        ("2026-11-28T04:00:00Z", "2026-11-30T16:00:00Z"), // Saturday
        ("2026-11-29T04:00:00Z", "2026-11-30T16:00:00Z"), // Sunday
    ] {
        assert_eq!(due(at(received)), at(until), "{received}");
    }
    let working: Vec<_> =
        (0..7).map(|days| is_working_day(cbor::Date::new(2026, 11, 23).unwrap().plus_days(days))).collect();
    assert_eq!(working, [true, true, true, true, true, false, false]);
}

#[test]
fn queue_is_in_the_order_of_arrival_with_age_and_filters() {
    let mut office = Office::new(NOON);
    let first = office.application(HE, Occasion::FirstClaim, Some(HE));
    office.receive(&first).unwrap();
    office.now = office.now.plus_seconds(3600);
    let second = office.application("lin", Occasion::FirstClaim, None);
    office.receive(&second).unwrap();
    let listed = |office: &Office, filter: QueueFilter| -> Vec<_> {
        office.desk().queue(&filter, office.now).iter().map(|queued| queued.id).collect()
    };
    let all = QueueFilter::default();
    assert_eq!(listed(&office, all.clone()), [first.id, second.id]);
    assert_eq!(office.queued[&first.id].age(office.now), 3600);
    assert_eq!(listed(&office, QueueFilter { stage: Some(Stage::ToReview), ..all.clone() }), [first.id]);
    assert_eq!(listed(&office, QueueFilter { stage: Some(Stage::ToAnswer), ..all.clone() }), [second.id]);
    assert_eq!(listed(&office, QueueFilter { text: "林知夏".into(), ..all.clone() }), [second.id]);
    assert_eq!(listed(&office, QueueFilter { text: "lin zhi".into(), ..all.clone() }), [second.id]);
    assert_eq!(listed(&office, QueueFilter { text: second.number.clone(), ..all.clone() }), [second.id]);
    let replacements = QueueFilter { occasion: Some(Occasion::Replacement), ..all.clone() };
    assert!(listed(&office, replacements).is_empty());
    let overdue = QueueFilter { overdue: true, ..all };
    assert!(listed(&office, overdue.clone()).is_empty());
    office.now = office.now.plus_seconds(2 * 86_400);
    assert_eq!(listed(&office, overdue), [first.id]);
}

#[test]
fn drivers_are_found_by_number_and_by_name() {
    let office = Office::new(NOON);
    let desk = office.desk();
    let found = |text: &str| -> Vec<_> {
        desk.search(text, office.now).into_iter().map(|driver| driver.reference).collect()
    };
    assert_eq!(found("").len(), 12);
    assert_eq!(found("赵远舟"), ["zhao"]);
    assert_eq!(found("ZHAO yuan"), ["zhao"]);
    let number = desk.driver("zhao", office.now).unwrap().facts.number;
    assert_eq!(found(&number), ["zhao"]);
    assert_eq!(found(&number[10..]), ["zhao"]);
    assert!(found("nobody").is_empty());
}
