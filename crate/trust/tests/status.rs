//! Which status list takes the place of which.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use cbor::Timestamp;
use liangzheng_trust::status;
use mdoc::status_list::{Bits, StatusListBuilder, StatusListClaims, StatusListError, UnverifiedStatusList};
use mdoc::{Anchor, TrustAnchors};
use signature::RustCrypto;
use testkit::draft::NOW;
use testkit::issuer::{TestIssuer, TestIssuerOptions};

const URI: &str = "https://lists.test.example/1";

fn token(of: &TestIssuer, issued_at: Timestamp) -> Vec<u8> {
    let claims = StatusListClaims {
        uri: URI.to_owned(),
        issued_at,
        expires: None,
        time_to_live: None,
        aggregation_uri: None,
    };
    StatusListBuilder::new(Bits::Two, 64).unwrap().sign(&claims, &of.signer()).unwrap()
}

fn two() -> (TestIssuer, TestIssuer, TrustAnchors) {
    let (one, other) = (
        TestIssuer::default(),
        TestIssuer::new(&TestIssuerOptions {
            seed: "other".into(),
            iaca_name: "Other IACA".into(),
            ..TestIssuerOptions::default()
        }),
    );
    let mut trust = one.trust();
    trust.add(Anchor::iaca(other.iaca().clone(), "Other", "test list", &RustCrypto).unwrap());
    (one, other, trust)
}

#[test]
fn a_kept_list_is_replaced_by_its_own_signers_newer_one_alone() {
    let (one, other, trust) = two();
    let held = token(&one, NOW.plus_seconds(-60));
    let replaces = |of: &TestIssuer, at: i64| {
        let list = status::read(&token(of, NOW.plus_seconds(at)), &trust, NOW, &RustCrypto).unwrap();
        status::check_replaces(&list, &held, &trust, NOW, &RustCrypto)
    };
    assert_eq!(replaces(&one, 0), Ok(()));
    assert_eq!(replaces(&one, -60), Ok(()), "the same again");
    assert_eq!(replaces(&one, -61), Err(StatusListError::Rollback));
    assert_eq!(replaces(&other, 0), Err(StatusListError::Signer), "another authority under the same name");
    // one that no longer verifies has no say
    let list = status::read(&token(&one, NOW.plus_seconds(-90)), &trust, NOW, &RustCrypto).unwrap();
    assert_eq!(status::check_replaces(&list, b"no list", &trust, NOW, &RustCrypto), Ok(()));
    assert_eq!(status::check_replaces(&list, &token(&other, NOW), &one.trust(), NOW, &RustCrypto), Ok(()));
}

#[test]
fn at_hand_are_lists_that_verify_and_why_others_do_not() {
    let (one, other, trust) = two();
    let decoded =
        |of: &TestIssuer, at: i64| UnverifiedStatusList::decode(&token(of, NOW.plus_seconds(at))).unwrap();
    let found = |lists: &[UnverifiedStatusList], trust: &TrustAnchors| {
        let lists = status::at_hand(lists, trust, NOW, &RustCrypto);
        lists.find(URI).map(|list| list.map(|list| list.issued_at()))
    };
    let (old, new, strange) = (decoded(&one, -60), decoded(&one, -30), decoded(&other, 0));
    for order in [[old.clone(), new.clone()], [new.clone(), old]] {
        assert_eq!(found(&order, &trust), Some(Ok(NOW.plus_seconds(-30))));
    }
    assert_eq!(found(&[new, strange.clone()], &trust), Some(Ok(NOW.plus_seconds(-30))));
    assert_eq!(found(&[strange], &one.trust()).unwrap().unwrap_err().code(), "status-signer");
    assert_eq!(found(&[], &trust), None);
}
