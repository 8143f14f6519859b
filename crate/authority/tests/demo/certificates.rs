//! The certificates of the demo authority over twenty years.

use cbor::Timestamp;
use liangzheng_authority::demo::IssuedLicence;
use liangzheng_authority::error::IssueError;
use mdoc::TrustAnchors;
use mdoc::holder::UnverifiedCredential;
use mdoc::holder::verify_credential;
use mdoc::reader::ReaderAnchors;
use sha2::{Digest, Sha256};
use signature::PublicKey;
use x509::Certificate;
use x509::check_document_signer_strictly;
use x509::check_iaca_strictly;

use crate::support::{DAY, DAYS, DEMO, at, claim, trust, verified};

/// Whether a licence verifies, its copy's life included.
fn verify_until(licence: &IssuedLicence, now: Timestamp) -> bool {
    let unverified = UnverifiedCredential::decode(&licence.credential).unwrap();
    verify_credential(&unverified, &trust(), now, &signature::RustCrypto)
        .is_ok_and(|verified| verified.issued().mso_validity().is_pass())
}

#[test]
fn anchor_is_constant_and_is_the_one_known_as_demo() {
    let der = DEMO.anchor_certificate().unwrap();
    let hash = base16ct::lower::encode_string(&Sha256::digest(&der));
    assert_eq!(hash, "7364e443967622ea84494b84da77772c9750113afcef2e64a9d0e29a85bb7f8d");
    let anchor = DEMO.anchor(&signature::RustCrypto).unwrap();
    assert_eq!(verdict::demo_anchor::DEMO_ANCHOR_SPKI_SHA256, [anchor.spki_sha256()]);
    let root = anchor.certificate();
    let _profile = check_iaca_strictly(root).unwrap();
    assert_eq!(root.not_before().format_tdate(), "2026-01-01T00:00:00Z");
    assert_eq!(root.not_after().format_tdate(), "2045-12-31T23:59:59Z");
}

/// A licence of the roll-out verifies under the root of those years, and on no later day.
#[test]
fn the_years_of_the_roll_out_have_a_root_of_their_own_which_has_ended() {
    let signatures = &signature::RustCrypto;
    let (root, now) = (DEMO.rollout_anchor(signatures).unwrap(), DEMO.anchor(signatures).unwrap());
    assert_eq!(root.spki_sha256(), now.spki_sha256(), "its licences are marked by the same key");
    assert_eq!(root.certificate().not_before().format_tdate(), "2021-01-01T00:00:00Z");
    assert_eq!(root.certificate().not_after().format_tdate(), "2022-12-31T23:59:59Z");
    let mut trust = TrustAnchors::new();
    trust.add(root);
    let day = at("2021-06-01T02:00:00Z");
    let licence = claim(DEMO.person("zhao").unwrap(), day);
    let at_day = |day| {
        let unverified = UnverifiedCredential::decode(&licence.credential).unwrap();
        verify_credential(&unverified, &trust, day, signatures).map(drop).map_err(|error| error.code())
    };
    assert_eq!(at_day(day), Ok(()));
    assert!(at_day(at("2026-11-22T12:00:00Z")).is_err());
    assert!(DEMO.status_list(day).is_ok());
    assert_eq!(DEMO.ds_certificate(at("2020-12-31T12:00:00Z")), Err(IssueError::OutsideAuthority));
}

#[test]
fn the_certificates_of_a_quarter_are_the_same_bytes_every_time() {
    let sha256 = |der: &[u8]| base16ct::lower::encode_string(&Sha256::digest(der));
    for (day, ds, reader) in [
        (
            "2026-01-01T00:00:00Z",
            "bd5ecb975088dbc9af0d5c92abf0354a800e955908799df1e77ec4d2217dc9e0",
            "da9c40d754a7fe7ea96662aab087c120557671d9503038424a1bab89c4d3e4f2",
        ),
        (
            "2026-11-22T12:00:00Z",
            "ccb8c2e560a030398afb9647fdd25a594ee434bd9082384eba64ef8a284f5324",
            "d6cd46308ee4c982f023587483b966a156d0976fedee7bd0cbabb781ec670ace",
        ),
        (
            "2045-12-31T23:59:59Z",
            "c85e1193fb0ca65ec43178f16a8f000d2dad88c4a585a6dd018573b677dc174f",
            "c5f4b8213b1cc357e491fd3ff8c713bc196e27d120a8c1d4f588847d7cc69633",
        ),
    ] {
        assert_eq!(sha256(&DEMO.ds_certificate(at(day)).unwrap()), ds, "{day}");
        assert_eq!(sha256(DEMO.reader(at(day)).unwrap().certificate.as_der()), reader, "{day}");
    }
}

#[test]
fn the_reader_conforms_on_every_day_and_its_authority_is_constant() {
    let der = DEMO.reader_authority_certificate();
    let hash = base16ct::lower::encode_string(&Sha256::digest(der));
    assert_eq!(hash, "6fdc6cf37f75b6a98ab77ef3efd7207515459dbf7acfbf5347d289f0759b9a78");
    let root = Certificate::decode(der).unwrap();
    let mut anchors = ReaderAnchors::new();
    anchors.add(DEMO.reader_anchor().unwrap());
    let mut now = at("2026-01-01T00:00:00Z");
    while now <= root.not_after() {
        let reader = DEMO.reader(now).unwrap();
        assert_eq!(reader.certificate.public_key(), &PublicKey::from(&reader.key));
        let trusted = anchors.verify(reader.certificate, now, &signature::RustCrypto).unwrap();
        assert_eq!((trusted.name(), trusted.anchor_label()), ("演示核验方 DEMO", "演示核验机构 DEMO"));
        now = now.plus_seconds(29 * DAY);
    }
    assert_eq!(DEMO.reader(now.plus_seconds(60 * DAY)).unwrap_err().code(), "issue-outside-authority");
}

#[test]
fn document_signer_conforms_on_every_day() {
    let root = Certificate::decode(&DEMO.anchor_certificate().unwrap()).unwrap();
    let mut now = at("2026-01-01T00:00:00Z");
    let mut keys = Vec::new();
    while now <= root.not_after() {
        let ds = Certificate::decode(&DEMO.ds_certificate(now).unwrap()).unwrap();
        let _profile = check_document_signer_strictly(&ds, Some(&root)).unwrap();
        let _signed = ds.verify_signed_by(root.public_key(), &signature::RustCrypto).unwrap();
        assert!(ds.not_before() <= now && now <= ds.not_after(), "{}", now.format_tdate());
        assert!(ds.not_after().seconds_since(ds.not_before()) <= 457 * DAY);
        assert!(root.not_before() <= ds.not_before() && ds.not_after() <= root.not_after());
        if !keys.contains(&ds.spki_sha256()) {
            keys.push(ds.spki_sha256());
        }
        now = now.plus_seconds(29 * DAY);
    }
    assert_eq!(keys.len(), 80);
    for outside in ["2025-12-31T23:59:59Z", "2046-01-01T00:00:00Z"] {
        assert_eq!(DEMO.ds_certificate(at(outside)).unwrap_err(), IssueError::OutsideAuthority);
    }
}

#[test]
fn copy_lives_ninety_days_and_never_past_its_signer() {
    let person = DEMO.person("lin").unwrap();
    for day in DAYS {
        let now = at(day);
        let credential = verified(&claim(person, now), now);
        let validity = credential.issued().mso().validity_info;
        let ds = Certificate::decode(&DEMO.ds_certificate(now).unwrap()).unwrap();
        assert_eq!(validity.signed, now.floor_to_day());
        assert_eq!(validity.valid_from, now.floor_to_day());
        assert_eq!(validity.valid_until, validity.valid_until.floor_to_day());
        assert!(validity.valid_until <= ds.not_after());
        let life = validity.valid_until.seconds_since(validity.signed);
        if day.starts_with("2045-12") {
            assert_eq!(life, DAY, "the demo's last days");
        } else {
            assert_eq!(life, 90 * DAY, "{day}");
        }
        assert!(verify_until(&claim(person, now), validity.valid_until));
        assert!(!verify_until(&claim(person, now), validity.valid_until.plus_seconds(1)));
    }
}
