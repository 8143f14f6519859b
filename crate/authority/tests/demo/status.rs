//! The status list of the demo authority.

use liangzheng_authority::demo::STATUS_LIST_URI;
use liangzheng_authority::error::IssueError;
use mdoc::holder::VerifiedCredential;
use mdoc::status_list::Status;
use mdoc::status_list::StatusListInfo;
use mdoc::status_list::StatusReference;
use mdoc::status_list::StatusSigner;
use mdoc::status_list::UnverifiedStatusList;
use p256::ecdsa::SigningKey;
use signature::PublicKey;
use verdict::Colour;
use verdict::Purpose;

use crate::support::{
    DAY, DAYS, DEMO, at, at_hand, claim, claimable, date, facts, letters, list, refresh, salts, shown,
    verified,
};

fn entry(credential: &VerifiedCredential) -> StatusListInfo {
    let reference = StatusReference::read(credential.issued().mso().status.as_ref()).unwrap().unwrap();
    reference.status_list.unwrap()
}

#[test]
fn the_list_of_a_day_says_what_a_refresh_on_that_day_says() {
    for claimed in ["2026-11-22T04:05:06Z", "2031-02-28T15:59:59Z"] {
        let claimed = at(claimed);
        let licences: Vec<_> = claimable().map(|person| (person, claim(person, claimed))).collect();
        let mut seen = std::collections::BTreeSet::new();
        for days in [0, 1, 20, 61, 80, 400] {
            let now = claimed.plus_seconds(days * DAY);
            let list = list(now);
            assert!(list.list().entries() == 1 << 20);
            for (person, licence) in &licences {
                let fresh = refresh(&licence.record, now).unwrap();
                let fresh = verified(&fresh, now);
                let (entry, letters) = (entry(&fresh), letters(&fresh));
                assert_eq!(entry.uri, STATUS_LIST_URI);
                let facts = facts(person.id, licence.record.claimed_on(), now.date_at(8 * 3600));
                let lasts = facts.status.until.is_none_or(|until| now.date_at(8 * 3600) <= until);
                let due = facts.status.letters.list_status(lasts).unwrap();
                assert_eq!(list.get(entry.idx), Ok(due), "{} {letters} after {days} days", person.id);
                seen.insert(due.value());
            }
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 1, 2], "the demo shows all three");
    }
}

#[test]
fn entries_stay_with_a_licence_and_differ_between_people() {
    let now = at(DAYS[1]);
    let mut seen = std::collections::BTreeSet::new();
    for person in claimable() {
        let licence = claim(person, now);
        let first = entry(&verified(&licence, now));
        assert!(seen.insert(first.idx));
        let later = now.plus_seconds(30 * DAY);
        assert_eq!(entry(&verified(&refresh(&licence.record, later).unwrap(), later)), first);
    }
}

/// Suspended the day after the claim, and the wallet was offline since.
#[test]
fn a_wallet_that_was_not_refreshed_is_red_by_the_list() {
    let now = at(DAYS[1]);
    for (id, headline) in [
        ("gao", "headline.status.listed-suspended"),
        ("wei", "headline.status.listed-suspended"),
        // its last day has passed, and that is said first
        ("cheng", "headline.expired"),
    ] {
        let person = DEMO.person(id).unwrap();
        let claimed = claim(person, now);
        // the credential of the day of the claim, when all was well
        let then = now.plus_seconds(-person.claimed_days_ago as i64 * DAY);
        let stale = refresh(&claimed.record, then).unwrap();
        assert_eq!(letters(&verified(&stale, then)), "A");
        let verdict = shown(&stale, Purpose::Roadside, now, &at_hand(now));
        assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, headline), "{id}");
        assert!(verdict.checks().any(|check| check.code.text() == "status-list-suspended"));
        assert_eq!(shown(&stale, Purpose::Roadside, then, &at_hand(then)).colour, Colour::Green);
    }
}

#[test]
fn the_list_is_the_same_all_day_and_ends_after_a_week() {
    let midnight = date("2026-11-22").start_at(8 * 3600);
    let bytes = DEMO.status_list(midnight).unwrap();
    assert_eq!(DEMO.status_list(midnight.plus_seconds(DAY - 1)).unwrap(), bytes);
    assert_ne!(DEMO.status_list(midnight.plus_seconds(DAY)).unwrap(), bytes);
    println!("{} bytes for 2^20 entries", bytes.len());
    assert!(bytes.len() < 64 * 1024);
    let list = list(midnight);
    assert_eq!(list.issued_at(), midnight);
    assert!(list.current(midnight.plus_seconds(7 * DAY)).is_ok());
    assert!(list.current(midnight.plus_seconds(7 * DAY + 1)).is_err());
    let count = |status| (0..1 << 20).filter(|index| list.get(*index) == Ok(status)).count();
    let (gone, suspended) = (count(Status::Invalid), count(Status::Suspended));
    println!("{gone} gone, {suspended} suspended");
    assert!((5_000..15_000).contains(&gone) && (3_000..9_000).contains(&suspended));
    for day in DAYS {
        assert!(DEMO.status_list(at(day)).is_ok(), "{day}");
    }
    assert_eq!(DEMO.status_list(at("2046-01-01T00:00:00Z")), Err(IssueError::OutsideAuthority));
}

#[test]
fn an_authority_s_own_list_goes_from_licence_to_licence() {
    use liangzheng_authority::status_list::StatusListState;
    let mut state = StatusListState::new("https://status.example/1", 64);
    let mut random = salts();
    let entries: Vec<_> = (0..64).map(|_| state.take(&mut random).unwrap().idx).collect();
    assert_eq!(entries.iter().collect::<std::collections::BTreeSet<_>>().len(), 64, "each once");
    assert_ne!(entries, (0..64).collect::<Vec<_>>(), "and in no order");
    assert!(state.take(&mut random).is_err(), "it is full");
    state.set(entries[0], Status::Suspended).unwrap();
    state.set(entries[1], Status::Invalid).unwrap();
    assert!(state.set(entries[1], Status::Valid).is_err(), "what ended stays ended");
    assert!(state.set(64, Status::Valid).is_err());
    let text = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<StatusListState>(&text).unwrap(), state);
    let key = SigningKey::from_slice(&[8; 32]).unwrap();
    let ds = testkit::issuer::TestIssuer::default();
    let token = state.publish(&ds.signer(), testkit::draft::NOW, 86_400).unwrap();
    let list = UnverifiedStatusList::decode(&token).unwrap();
    let list = list
        .verify(StatusSigner::Anchors(&ds.trust()), state.uri(), testkit::draft::NOW, &signature::RustCrypto)
        .unwrap();
    assert_eq!(list.get(entries[0]), Ok(Status::Suspended));
    assert_eq!(list.get(entries[1]), Ok(Status::Invalid));
    assert_eq!(list.get(entries[2]), Ok(Status::Valid));
    let other = PublicKey::from(&key);
    let unverified = UnverifiedStatusList::decode(&token).unwrap();
    assert!(
        unverified
            .verify(StatusSigner::Key(&other), state.uri(), testkit::draft::NOW, &signature::RustCrypto)
            .is_err()
    );
}
