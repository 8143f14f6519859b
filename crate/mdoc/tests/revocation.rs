//! Revoked DS certificates (`T-signer-revoked`), by list and by fingerprint.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use cbor::Timestamp;
use liangzheng_mdoc as mdoc;
use mdoc::Outcome;
use mdoc::{Signs, TrustAnchors};
use proptest::prelude::*;
use signature::Curve;
use testkit::draft::NOW;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use x509::hazmat::CrlTemplate;
use x509::{CrlError, Extension, MAX_CRL, Name, UnverifiedCrl, VerifiedCrl, ids};

const DAY: i64 = 86_400;

fn template(issuer: &TestIssuer) -> CrlTemplate {
    CrlTemplate::new(issuer.iaca(), 1, NOW.plus_seconds(-DAY), NOW.plus_seconds(DAY))
}

fn verified(issuer: &TestIssuer, template: &CrlTemplate) -> Result<VerifiedCrl, CrlError> {
    UnverifiedCrl::decode(&template.sign(issuer.iaca_key()))?.verify(issuer.iaca(), &signature::RustCrypto)
}

/// A list with one change, decoded and verified: its code.
fn code(change: impl FnOnce(&mut CrlTemplate)) -> &'static str {
    let issuer = TestIssuer::default();
    let mut template = template(&issuer).revoke(issuer.ds(), NOW);
    change(&mut template);
    verified(&issuer, &template).map_or_else(|error| error.code(), |_| "valid")
}

/// What is known at a moment: a code, "pass" or "no list".
fn known(trust: &TrustAnchors, issuer: &TestIssuer, at: Timestamp) -> &'static str {
    match trust.verify(issuer.ds(), Signs::DocumentStrictly, at, &signature::RustCrypto) {
        Err(error) => error.code(),
        Ok(trusted) => match trusted.revocation.outcome() {
            None => "no list",
            Some(Outcome::Pass) => "pass",
            Some(outcome) => outcome.reason().map_or("", |reason| reason.code()),
        },
    }
}

#[test]
fn lists_one_rule_each() {
    let other =
        TestIssuer::new(&TestIssuerOptions { iaca_name: "Other".into(), ..TestIssuerOptions::default() });
    assert_eq!(code(|_| ()), "valid");
    assert_eq!(code(|t| t.next_update = None), "crl-next-update");
    assert_eq!(code(|t| t.next_update = Some(t.this_update.plus_seconds(-1))), "crl-next-update");
    assert_eq!(code(|t| t.issuer = Name::new("CN", None, "Somebody")), "crl-issuer");
    assert_eq!(code(|t| t.extensions[0] = Extension::authority_key_identifier(&[7; 20])), "crl-issuer");
    let point = [0x30, 3, 0x81, 1, 0xff];
    for (id, critical, value, expected) in [
        (ids::ISSUING_DISTRIBUTION_POINT, true, point.as_slice(), "crl-critical-extension"),
        (ids::ISSUING_DISTRIBUTION_POINT, false, &point, "crl-critical-extension"),
        (ids::DELTA_CRL_INDICATOR, true, &[2, 1, 1], "crl-critical-extension"),
        (ids::DELTA_CRL_INDICATOR, false, &[2, 1, 1], "crl-critical-extension"),
        // Who does not know it must refuse it where it is critical, and pass it over where it is not.
        (ids::AUTHORITY_INFORMATION_ACCESS, true, &[0x30, 0], "crl-critical-extension"),
        (ids::AUTHORITY_INFORMATION_ACCESS, false, &[0x30, 0], "valid"),
    ] {
        let extension = Extension::new(id, critical, value);
        assert_eq!(code(|t| t.extensions.push(extension)), expected, "{id}, critical: {critical}");
    }
    let number = Extension::new(ids::CRL_NUMBER, false, [2, 1, 2]);
    assert_eq!(code(|t| t.extensions.push(number)), "crl-malformed", "an extension twice");
    assert_eq!(code(|t| t.revoked[0].0 = vec![1; 21]), "crl-malformed", "a serial of 21 octets");
    assert_eq!(code(|t| t.extensions.clear()), "valid", "nothing but the name and the signature");

    let issuer = TestIssuer::default();
    let der = template(&issuer).sign(issuer.ds_key());
    let error = UnverifiedCrl::decode(&der)
        .and_then(|list| list.verify(issuer.iaca(), &signature::RustCrypto).map(|_| ()));
    assert_eq!(error.map_err(|e| e.code()), Err("crl-signature"), "another key");
    let der = template(&issuer).sign(issuer.iaca_key());
    let of_another = UnverifiedCrl::decode(&der)
        .and_then(|list| list.verify(other.iaca(), &signature::RustCrypto).map(|_| ()));
    assert_eq!(of_another.map_err(|e| e.code()), Err("crl-issuer"));
    let by_ds = UnverifiedCrl::decode(&der)
        .and_then(|list| list.verify(issuer.ds(), &signature::RustCrypto).map(|_| ()));
    assert_eq!(by_ds.map_err(|e| e.code()), Err("cert-profile-self-issued"), "a DS certificate has no list");
    let tail = [der.as_slice(), &[0]].concat();
    assert_eq!(UnverifiedCrl::decode(&tail).map_err(|e| e.code()).err(), Some("crl-malformed"));
    let large = vec![0x30; MAX_CRL + 1];
    assert_eq!(UnverifiedCrl::decode(&large).map_err(|e| e.code()).err(), Some("crl-size"));
}

#[test]
fn a_list_longer_than_64_kib_is_written_whole() {
    let issuer = TestIssuer::default();
    let serials = (1..=4000_u32).map(|serial| (serial.to_be_bytes().to_vec(), NOW.plus_seconds(-DAY)));
    let template = CrlTemplate { revoked: serials.collect(), ..template(&issuer) };
    assert!(template.sign(issuer.iaca_key()).len() > 1 << 16);
    assert_eq!(verified(&issuer, &template).map(|list| list.len()), Ok(4000));
}

#[test]
fn a_revoked_certificate_is_refused_and_an_old_list_proves_nothing() {
    let issuer = TestIssuer::default();
    let next = NOW.plus_seconds(DAY);
    let empty = verified(&issuer, &template(&issuer)).expect("an empty list");
    assert!(empty.is_empty() && (empty.this_update(), empty.next_update()) == (NOW.plus_seconds(-DAY), next));
    let full = template(&issuer).revoke(issuer.ds(), NOW);
    let full = verified(&issuer, &full).expect("a list of one");
    assert_eq!(full.len(), 1);

    let mut trust = issuer.trust();
    assert_eq!(known(&trust, &issuer, NOW), "no list");
    trust.revoke(empty.clone());
    assert_eq!(known(&trust, &issuer, NOW), "pass");
    assert_eq!(known(&trust, &issuer, next), "pass");
    assert_eq!(known(&trust, &issuer, next.plus_seconds(1)), "ds-revocation-old");
    assert_eq!(known(&trust, &issuer, NOW.plus_seconds(-DAY)), "pass");
    assert_eq!(known(&trust, &issuer, NOW.plus_seconds(-DAY - 1)), "ds-revocation-ahead");
    // a newer list beside the old one
    let newer = CrlTemplate::new(issuer.iaca(), 2, next, next.plus_seconds(DAY));
    trust.revoke(verified(&issuer, &newer).expect("a newer list"));
    assert_eq!(known(&trust, &issuer, next.plus_seconds(1)), "pass");
    assert_eq!(known(&trust, &issuer, NOW), "pass", "the older one is the current one");
    // beside a current list, one that was in use is missing
    let mut lacking = trust.clone();
    lacking.revoke(mdoc::Revocation::Missing([7; 32]));
    assert_eq!(known(&lacking, &issuer, NOW), "pass", "of another authority");
    lacking.revoke(mdoc::Revocation::Missing(issuer.iaca().spki_sha256()));
    assert_eq!(known(&lacking, &issuer, NOW), "ds-revocation-missing");
    lacking.revoke(full.clone());
    assert_eq!(known(&lacking, &issuer, NOW), "ds-revoked");
    // once revoked, revoked, whatever the lists' age
    trust.revoke(full);
    for at in [NOW, next.plus_seconds(1), next.plus_seconds(100 * DAY)] {
        assert_eq!(known(&trust, &issuer, at), "ds-revoked");
    }

    let mut by_fingerprint = issuer.trust();
    by_fingerprint.revoke([7; 32]);
    assert_eq!(known(&by_fingerprint, &issuer, NOW), "no list");
    by_fingerprint.revoke(issuer.ds().fingerprint());
    assert_eq!(known(&by_fingerprint, &issuer, NOW), "ds-revoked");
}

#[test]
fn a_list_counts_for_its_own_authority_alone() {
    let (issuer, namesake) = (
        TestIssuer::default(),
        TestIssuer::new(&TestIssuerOptions { seed: "namesake".into(), ..TestIssuerOptions::default() }),
    );
    // the same name and the same serial number, another key
    let list = template(&namesake).revoke(issuer.ds(), NOW);
    let list = verified(&namesake, &list).expect("a list of its own");
    let mut trust = issuer.trust();
    namesake.trust().iter().cloned().for_each(|anchor| trust.add(anchor));
    trust.revoke(list);
    assert_eq!(known(&trust, &issuer, NOW), "no list");
    assert_eq!(known(&trust, &namesake, NOW), "pass");
}

#[test]
fn lists_of_other_curves() {
    for curve in [Curve::P384, Curve::P521, Curve::BrainpoolP256r1, Curve::BrainpoolP384r1] {
        let options = TestIssuerOptions { iaca_curve: curve, ..TestIssuerOptions::default() };
        let issuer = TestIssuer::new(&options);
        let list = verified(&issuer, &template(&issuer).revoke(issuer.ds(), NOW)).expect("a list");
        let mut trust = issuer.trust();
        trust.revoke(list);
        assert_eq!(known(&trust, &issuer, NOW), "ds-revoked", "{curve:?}");
    }
}

#[test]
fn cut_and_flipped_lists_never_verify() {
    let issuer = TestIssuer::default();
    let der = template(&issuer).revoke(issuer.ds(), NOW).sign(issuer.iaca_key());
    for end in 0..der.len() {
        assert!(UnverifiedCrl::decode(&der[..end]).is_err(), "{end}");
    }
    for bit in 0..der.len() * 8 {
        let mut flipped = der.clone();
        flipped[bit / 8] ^= 0x80 >> (bit % 8);
        let accepted = UnverifiedCrl::decode(&flipped)
            .and_then(|list| list.verify(issuer.iaca(), &signature::RustCrypto));
        assert!(accepted.is_err(), "bit {bit}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(serials in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..=19), 0..20)) {
        let issuer = TestIssuer::default();
        let mut template = template(&issuer);
        let positive = |serial: &Vec<u8>| serial.iter().any(|octet| *octet != 0);
        template.revoked = serials.iter().filter(|s| positive(s)).map(|s| (s.clone(), NOW)).collect();
        let list = verified(&issuer, &template).expect("its own list");
        let significant = |octets: &[u8]| octets.iter().copied().skip_while(|b| *b == 0).collect::<Vec<_>>();
        for (serial, _) in &template.revoked {
            prop_assert!(list.lists(&significant(serial)));
        }
        prop_assert!(!list.lists(&[0x55; 20]));
    }
}

#[test]
fn the_authority_of_a_list_is_found_among_all_anchors_and_what_is_wrong_is_said_by_it() {
    let options =
        TestIssuerOptions { iaca_name: "Other".into(), seed: "other".into(), ..TestIssuerOptions::default() };
    let (issuer, other) = (TestIssuer::default(), TestIssuer::new(&options));
    let mut trust = issuer.trust();
    other.trust().iter().for_each(|anchor| trust.add(anchor.clone()));
    let list = UnverifiedCrl::decode(&template(&issuer).sign(issuer.iaca_key())).expect("a list");
    let (verified, anchor) = trust.verify_crl(&list, &signature::RustCrypto).expect("its own list");
    assert!(verified.is_of(issuer.iaca()) && anchor.certificate() == issuer.iaca());
    // it names this authority, and another one signed it: the others have no say in what is wrong
    let forged = UnverifiedCrl::decode(&template(&issuer).sign(other.iaca_key())).expect("a list");
    assert_eq!(trust.verify_crl(&forged, &signature::RustCrypto).map(|_| ()), Err(CrlError::Signature));
    assert_eq!(other.trust().verify_crl(&list, &signature::RustCrypto).map(|_| ()), Err(CrlError::Issuer));
    assert_eq!(
        TrustAnchors::new().verify_crl(&list, &signature::RustCrypto).map(|_| ()),
        Err(CrlError::Issuer)
    );
}

#[test]
fn of_two_lists_the_older_one_is_known_by_its_date_or_its_number() {
    let issuer = TestIssuer::default();
    let list = |number: u64, day: i64| {
        let at = NOW.plus_seconds(day * DAY);
        let template = CrlTemplate::new(issuer.iaca(), number, at, at.plus_seconds(DAY));
        verified(&issuer, &template).expect("a list")
    };
    assert_eq!(list(300, 0).number(), Some(&[1, 44][..]));
    assert_eq!(list(200, 0).number(), Some(&[200][..]));
    assert!(list(5, 0).is_older_than(&list(5, 1)) && !list(5, 1).is_older_than(&list(5, 0)));
    assert!(list(255, 0).is_older_than(&list(256, 0)) && !list(256, 0).is_older_than(&list(255, 0)));
    assert!(list(4, 1).is_older_than(&list(5, 0)), "a lower number with a later date");
    assert!(!list(5, 0).is_older_than(&list(5, 0)), "the same");
    let mut without = CrlTemplate::new(issuer.iaca(), 9, NOW, NOW.plus_seconds(DAY));
    without.extensions.clear();
    let without = verified(&issuer, &without).expect("a list");
    assert_eq!(without.number(), None);
    assert!(!without.is_older_than(&list(10, 0)) && without.is_older_than(&list(1, 1)));
}
