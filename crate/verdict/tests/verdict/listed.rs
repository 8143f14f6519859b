//! Status lists: what one says, what a missing or old one means, and that the letters are overruled (`T-status-list`,
//! `T-suspended`).

use cbor::Timestamp;
use cbor::Value;
use liangzheng_verdict::CheckState::{Fail, NotAsked, Pass, Undetermined};
use liangzheng_verdict::words::{Headline, Summary};
use liangzheng_verdict::{Colour, LayerId, Purpose};
use licence::StatusLetters;
use licence::elements::id;
use mdoc::status_list::{
    Bits, Status, StatusListBuilder, StatusListClaims, StatusListError, StatusListInfo, StatusLists,
    StatusSigner, UnverifiedStatusList,
};
use signature::Signer;
use testkit::issuer::{TestIssuer, TestIssuerOptions};

use crate::support::{Scene, date, facts, has, now, state, states, today};

const URI: &str = "https://status.test.example/1";
const IDX: u64 = 412;
const HOUR: i64 = 3600;

const PURPOSES: [Purpose; 3] = [Purpose::Roadside, Purpose::Rental, Purpose::Insurance];

/// A list of the issuer's that says this of the licence.
fn token(issuer: &TestIssuer, status: Status, issued_at: Timestamp) -> Vec<u8> {
    let mut list = StatusListBuilder::new(Bits::Two, 1 << 12).expect("a list");
    list.set(IDX, status).expect("an entry");
    let claims = StatusListClaims {
        uri: URI.into(),
        issued_at,
        expires: Some(issued_at.plus_seconds(10 * 24 * HOUR)),
        time_to_live: None,
        aggregation_uri: None,
    };
    list.sign(&claims, &issuer.signer()).expect("a token")
}

/// Puts a list into the verifier's hands, who verified it when it was made.
fn at_hand(scene: &mut Scene, signer: &TestIssuer, status: Status, issued_at: Timestamp) {
    let unverified = UnverifiedStatusList::decode(&token(signer, status, issued_at)).expect("a token");
    let trust = signer.trust();
    let list = unverified
        .verify(StatusSigner::Anchors(&trust), URI, issued_at, &signature::RustCrypto)
        .expect("a list");
    scene.lists.insert(list).expect("the only one");
}

/// A licence that names a list, and this one of its issuer's at hand, some days old.
pub(crate) fn name(scene: &mut Scene, status: Option<Status>) {
    scene.status = Some(StatusListInfo::new(IDX, URI).to_status());
    let issuer = scene.issuer.clone();
    if let Some(status) = status {
        at_hand(scene, &issuer, status, now().plus_seconds(-9 * 24 * HOUR));
    }
}

fn named(purpose: Purpose, letters: &str) -> Scene {
    let mut person = facts();
    person.status.letters = StatusLetters::parse(letters);
    let mut scene = Scene::of(purpose, &person);
    scene.status = Some(StatusListInfo::new(IDX, URI).to_status());
    scene
}

fn listed(purpose: Purpose, letters: &str, status: Status) -> Scene {
    let mut scene = named(purpose, letters);
    let issuer = scene.issuer.clone();
    at_hand(&mut scene, &issuer, status, now());
    scene
}

#[test]
fn a_valid_entry_is_green_and_says_as_of_when() {
    for purpose in PURPOSES {
        let verdict = listed(purpose, "A", Status::Valid).verdict();
        assert_eq!(verdict.colour, Colour::Green, "{purpose:?}: {:?}", verdict.headline);
        assert_eq!(states(&verdict), [Pass, Pass, Pass, Pass, Pass]);
        assert!(has(&verdict, "status-list-valid") && has(&verdict, "status-accepted-by-list"));
        assert_eq!(verdict.facts_as_of, Some(now()));
        let signed = Summary::StatusListed { letters: StatusLetters::parse("A"), moment: now() };
        let summary = &verdict.layer(LayerId::Status).expect("a row").summary;
        assert_eq!(*summary, signed.into());
    }
    let age_only = listed(Purpose::AgeOnly, "A", Status::Suspended).verdict();
    assert_eq!(age_only.colour, Colour::Green, "not asked");
    assert_eq!(state(&age_only, LayerId::Status), NotAsked);
}

/// Row 58: suspended after it was issued, and the wallet was not refreshed.
#[test]
fn suspended_and_invalid_entries_are_red_whatever_the_letters_say() {
    let date = today();
    for purpose in PURPOSES {
        for (status, code, headline) in [
            (Status::Suspended, "status-list-suspended", Headline::StatusListedSuspended { date }),
            (Status::Invalid, "status-list-invalid", Headline::StatusListedInvalid { date }),
        ] {
            let verdict = listed(purpose, "A", status).verdict();
            assert_eq!(verdict.colour, Colour::Red, "{purpose:?}");
            assert_eq!(state(&verdict, LayerId::Status), Fail);
            assert!(has(&verdict, code) && has(&verdict, "status-letters-overruled"));
            assert_eq!(verdict.headline, headline.into());
            assert!(verdict.view.is_some(), "whose licence it is, is shown");
        }
    }
}

#[test]
fn letters_that_agree_tell_why() {
    for (letters, status, key) in [
        ("D", Status::Suspended, "headline.status.D"),
        ("L", Status::Suspended, "headline.status.L"),
        ("G", Status::Invalid, "headline.status.G"),
    ] {
        let verdict = listed(Purpose::Roadside, letters, status).verdict();
        assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, key));
        assert!(!has(&verdict, "status-letters-overruled"));
    }
    // suspended for some time, says the signed letter; gone for good, says the list
    let verdict = listed(Purpose::Roadside, "D", Status::Invalid).verdict();
    assert_eq!(verdict.headline.code, "headline.status.listed-invalid");
}

#[test]
fn a_valid_entry_overrules_letters_that_are_bad_or_old() {
    for purpose in PURPOSES {
        for letters in ["D", "G", "Q", ""] {
            let verdict = listed(purpose, letters, Status::Valid).verdict();
            assert_eq!(verdict.colour, Colour::Green, "{purpose:?} {letters}: {:?}", verdict.headline);
            assert!(has(&verdict, "status-letters-overruled"));
        }
        let mut person = facts();
        person.status.as_of = now().plus_seconds(-60 * 24 * HOUR);
        let mut scene = Scene::of(purpose, &person);
        assert_eq!(scene.verdict().colour, Colour::Amber, "without a list they are too old");
        scene.status = Some(StatusListInfo::new(IDX, URI).to_status());
        let issuer = scene.issuer.clone();
        at_hand(&mut scene, &issuer, Status::Valid, now());
        assert_eq!(scene.verdict().colour, Colour::Green, "{purpose:?}");
    }
}

#[test]
fn within_an_extension_a_person_looks_at_a_rental() {
    let mut person = facts();
    person.status.letters = StatusLetters::parse("P");
    person.status.until = Some(date("2030-01-01"));
    for (purpose, colour) in [(Purpose::Roadside, Colour::Green), (Purpose::Rental, Colour::Amber)] {
        let mut scene = Scene::of(purpose, &person);
        scene.status = Some(StatusListInfo::new(IDX, URI).to_status());
        let issuer = scene.issuer.clone();
        at_hand(&mut scene, &issuer, Status::Valid, now());
        assert_eq!(scene.verdict().colour, colour);
    }
}

#[test]
fn another_value_is_a_doubt() {
    let verdict = listed(Purpose::Roadside, "A", Status::Other(3)).verdict();
    assert_eq!(verdict.colour, Colour::Amber);
    assert!(has(&verdict, "status-list-other"));
}

/// Row 58: offline with an old list. Row 57: too old, expired.
#[test]
fn borders_of_the_age_of_a_list() {
    for (purpose, hours) in [(Purpose::Roadside, 24), (Purpose::Rental, 24), (Purpose::Insurance, 168)] {
        for (status, young) in [(Status::Valid, Colour::Green), (Status::Suspended, Colour::Red)] {
            for (age, colour) in [(hours * HOUR, young), (hours * HOUR + 1, Colour::Amber)] {
                let mut scene = named(purpose, "A");
                let issuer = scene.issuer.clone();
                let made = scene.now.plus_seconds(-age);
                at_hand(&mut scene, &issuer, status, made);
                let verdict = scene.verdict();
                assert_eq!(verdict.colour, colour, "{purpose:?} {age}: {:?}", verdict.headline);
                if colour == Colour::Amber {
                    assert!(has(&verdict, "status-list-old"));
                    let date = made.date_at(8 * 3600);
                    assert_eq!(verdict.headline, Headline::StatusUnverified { date }.into());
                }
            }
        }
    }
    let mut expired = listed(Purpose::Insurance, "A", Status::Suspended);
    expired.lists = StatusLists::new();
    let issuer = expired.issuer.clone();
    let made = expired.now.plus_seconds(-10 * 24 * HOUR);
    at_hand(&mut expired, &issuer, Status::Suspended, made);
    let verdict = expired.verdict();
    assert_eq!(state(&verdict, LayerId::Status), Undetermined);
    assert!(has(&verdict, "status-list-expired"));
    // a clock that went back since the list was made
    let mut ahead = named(Purpose::Roadside, "A");
    let made = ahead.now.plus_seconds(61);
    at_hand(&mut ahead, &issuer, Status::Valid, made);
    let verdict = ahead.verdict();
    assert_eq!(verdict.colour, Colour::Amber);
    assert!(has(&verdict, "status-not-yet"));
}

#[test]
fn a_list_that_is_named_and_missing_is_a_doubt_as_of_the_letters() {
    for purpose in PURPOSES {
        let verdict = named(purpose, "A").verdict();
        assert_eq!(verdict.colour, Colour::Amber);
        assert_eq!(state(&verdict, LayerId::Status), Undetermined);
        assert!(has(&verdict, "status-list-missing"));
        assert_eq!(verdict.headline, Headline::StatusUnverified { date: today() }.into());
    }
    // what the issuer itself signed as bad is no doubt: the purpose says no
    let verdict = named(Purpose::Roadside, "D").verdict();
    assert_eq!(verdict.colour, Colour::Red);
    assert_eq!(state(&verdict, LayerId::Status), Undetermined);
}

/// Row 57: wrong signer, other name, out of range, refused.
#[test]
fn a_list_that_does_not_speak_for_this_licence_is_a_doubt() {
    let doubt = |scene: &Scene, code: &str| {
        let verdict = scene.verdict();
        assert_eq!(
            (verdict.colour, state(&verdict, LayerId::Status)),
            (Colour::Amber, Undetermined),
            "{code}"
        );
        assert!(has(&verdict, code), "{code}: {:?}", verdict.headline);
    };
    // another authority, trusted too, signs a list of this name
    let options = TestIssuerOptions { seed: "other".into(), iaca_name: "Other".into(), ..Default::default() };
    let other = TestIssuer::new(&options);
    for status in [Status::Valid, Status::Suspended] {
        let mut scene = named(Purpose::Roadside, "A");
        for anchor in other.trust().iter() {
            scene.trust.add(anchor.clone());
        }
        at_hand(&mut scene, &other, status, now());
        doubt(&scene, "status-signer");
    }
    let mut scene = listed(Purpose::Roadside, "A", Status::Valid);
    scene.status = Some(StatusListInfo::new(1 << 12, URI).to_status());
    doubt(&scene, "status-index");
    let mut scene = listed(Purpose::Roadside, "A", Status::Valid);
    scene.status = Some(StatusListInfo::new(IDX, "https://status.test.example/2").to_status());
    doubt(&scene, "status-list-missing");
    let mut scene = named(Purpose::Roadside, "A");
    scene.lists.refuse(URI, StatusListError::Signature);
    doubt(&scene, "status-signature");
    for malformed in [Value::Null, Value::map([("status_list", Value::map([("idx", Value::text("1"))]))])] {
        let mut scene = listed(Purpose::Roadside, "A", Status::Valid);
        scene.status = Some(malformed);
        doubt(&scene, "status-reference");
    }
    let identifier = Value::map([("id", Value::bytes([1])), ("uri", Value::text(URI))]);
    let mut scene = listed(Purpose::Roadside, "A", Status::Valid);
    scene.status = Some(Value::map([("identifier_list", identifier)]));
    doubt(&scene, "status-identifier-list");
}

#[test]
fn a_pinned_key_speaks_for_the_list_it_was_chosen_for() {
    let mut scene = named(Purpose::Roadside, "A");
    let token = token(&scene.issuer, Status::Suspended, now());
    let key = scene.issuer.ds_key().public_key();
    let list = UnverifiedStatusList::decode(&token).expect("a token");
    let list = list.verify(StatusSigner::Key(&key), URI, now(), &signature::RustCrypto).expect("a list");
    scene.lists.insert(list).expect("the only one");
    assert_eq!(scene.verdict().colour, Colour::Red);
}

#[test]
fn a_list_decides_where_no_letters_are_shown() {
    for (status, layer) in [(Status::Valid, Pass), (Status::Suspended, Fail)] {
        let mut scene = listed(Purpose::Roadside, "A", status);
        scene.replace(id::STATUS_LETTERS, None);
        let verdict = scene.verdict();
        assert_eq!(state(&verdict, LayerId::Status), layer);
        assert!(has(&verdict, "element-missing"), "the purpose shows them");
    }
    // without a list and without letters nothing is known
    let mut scene = Scene::new(Purpose::Roadside);
    scene.replace(id::STATUS_LETTERS, None);
    assert_eq!(state(&scene.verdict(), LayerId::Status), Undetermined);
}
