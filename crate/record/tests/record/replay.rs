//! The same decision again, and what is said when it cannot be.

use liangzheng_record::{
    Appended, Hash, Journal, Lists, ReplayCode, Replayed, RuleReplay, replay, replay_terms,
};
use licence::Fact;
use verdict::{DecisionOutcome, Policy, VerifierContext};

use crate::support::{Meeting, NOW, keeps_all, policy, rental, trust};

fn recorded(meeting: &Meeting) -> Appended {
    Journal::new().append(&meeting.draft("one")).expect("a record")
}

fn again(appended: &Appended, policy: &Policy) -> Replayed {
    let (trust, record) = (trust(), &appended.record);
    let terms = replay_terms(record, policy);
    let context = VerifierContext::new(record.event_time.0, &trust, &terms);
    replay(record, appended.payload.as_deref(), policy, None, &context)
}

#[test]
fn the_same_decision_again_where_everything_was_kept() {
    let meeting = Meeting::new(keeps_all(), NOW);
    let appended = recorded(&meeting);
    let replayed = again(&appended, &meeting.policy);
    assert_eq!(replayed.codes, [], "{:?}", replayed.rules);
    assert!(replayed.holds());
    assert!(replayed.rules.iter().all(|rule| rule.state == RuleReplay::Same));
    assert_eq!(replayed.decision, Some(appended.record.decision));
    assert!(replayed.rules.len() > 8);
}

/// The rental policy keeps two facts: the rest is said to be gone, and is taken from the record.
#[test]
fn facts_that_are_gone_are_named() {
    let meeting = Meeting::new(rental(), NOW);
    let replayed = again(&recorded(&meeting), &meeting.policy);
    assert_eq!(replayed.codes, [ReplayCode::FactsGone], "{:#?}", replayed.rules);
    assert!(replayed.holds());
    for fact in [Fact::Portrait, Fact::Privileges, Fact::StatusLetters, Fact::Age, Fact::ExpiryDate] {
        assert!(replayed.gone.contains(&fact), "{fact:?}: {:?}", replayed.gone);
    }
    assert!(!replayed.gone.contains(&Fact::NationalName));
    let state = |name: &str| {
        let of = |rule: &&liangzheng_record::ReplayedRule| {
            rule.recorded.as_ref().is_some_and(|recorded| recorded.rule == name)
        };
        replayed.rules.iter().find(of).map(|rule| rule.state)
    };
    assert_eq!(state("integrity"), Some(RuleReplay::Same));
    assert_eq!(state("presenter"), Some(RuleReplay::Same));
    assert_eq!(state("booking"), Some(RuleReplay::Same));
    assert_eq!(state("vehicle"), Some(RuleReplay::Gone));
}

/// A record that says what the rules do not is told.
#[test]
fn a_decision_that_was_written_otherwise_is_different() {
    let meeting = Meeting::new(keeps_all(), NOW);
    let mut appended = recorded(&meeting);
    appended.record.decision = DecisionOutcome::Accept;
    appended.record.rules.iter_mut().for_each(|rule| rule.effect = None);
    let replayed = again(&appended, &meeting.policy);
    assert_eq!(replayed.codes, [ReplayCode::Different]);
    assert!(!replayed.holds());
}

#[test]
fn other_trust_is_another_decision() {
    let meeting = Meeting::new(keeps_all(), NOW);
    let appended = recorded(&meeting);
    let (nobody, record) = (mdoc::TrustAnchors::new(), &appended.record);
    let terms = replay_terms(record, &meeting.policy);
    let context = VerifierContext::new(record.event_time.0, &nobody, &terms);
    let replayed = replay(record, appended.payload.as_deref(), &meeting.policy, None, &context);
    assert_eq!(replayed.codes, [ReplayCode::Different]);
}

#[test]
fn what_is_missing_has_its_code() {
    let meeting = Meeting::new(keeps_all(), NOW);
    let appended = recorded(&meeting);
    let with = |payload| again(&Appended { payload, ..appended.clone() }, &meeting.policy).codes;
    assert_eq!(with(None), [ReplayCode::PayloadGone]);
    let mut altered = appended.payload.clone().expect("a payload");
    let last = altered.len() - 10;
    altered[last] ^= 1;
    assert_eq!(with(Some(altered)), [ReplayCode::PayloadOther]);
    let newer = policy("rental-car", |json| json["version"] = "2".into());
    assert_eq!(again(&appended, &newer).codes, [ReplayCode::PolicyOther]);
}

#[test]
fn files_are_held_against_their_hashes() {
    let [one, two] = [Hash([1; 32]), Hash([2; 32])];
    let lists = |trust: &[Hash]| Lists { trust: trust.to_vec(), ..Lists::default() };
    assert_eq!(lists(&[one]).compare(&lists(&[one])), []);
    assert_eq!(lists(&[one]).compare(&lists(&[])), [ReplayCode::FileMissing]);
    assert_eq!(lists(&[one]).compare(&lists(&[one, two])), [ReplayCode::FileOther]);
    assert_eq!(lists(&[one]).compare(&lists(&[two])), [ReplayCode::FileMissing, ReplayCode::FileOther]);
}
