//! An authority issues what its profiles allow, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test")]

use cbor::Timestamp;
use liangzheng_x509::{
    Certificate, CertificateAuthority, CertificateError, CertificateRole, CrlError, DESK_MAX_DAYS,
    DOCUMENT_SIGNER_MAX_DAYS, Name, READER_MAX_DAYS, Subject, UnverifiedCrl, check_desk,
    check_document_signer, check_reader, ids, is_document_signer,
};
use p256::ecdsa::SigningKey;
use signature::{PublicKey, RustCrypto, Signer as _};

const DAY: i64 = 86_400;

fn start() -> Timestamp {
    Timestamp::parse_tdate("2026-01-01T00:00:00Z").unwrap()
}

fn key(byte: u8) -> SigningKey {
    SigningKey::from_slice(&[byte; 32]).unwrap()
}

fn leaf_key() -> PublicKey {
    key(9).public_key()
}

fn subject(name: &str, days: i64) -> Subject<'static> {
    Subject {
        name: Name::new("CN", None, name),
        serial: &[0x5a; 16],
        not_before: start(),
        not_after: start().plus_seconds(days * DAY),
        crl_uri: "https://test.invalid/crl",
    }
}

fn iaca(name: &str) -> CertificateAuthority<SigningKey> {
    CertificateAuthority::iaca(key(1), &subject(name, 3650), "ca@test.invalid").unwrap()
}

#[test]
fn what_breaks_a_profile_is_not_issued() {
    let issue = |role, days| iaca("IACA").issue(role, &subject("Leaf", days), leaf_key()).map(|_| ());
    for (role, most) in [
        (CertificateRole::DocumentSigner, DOCUMENT_SIGNER_MAX_DAYS),
        (CertificateRole::Reader, READER_MAX_DAYS),
        (CertificateRole::Desk, DESK_MAX_DAYS),
    ] {
        assert_eq!(issue(role, most), Ok(()));
        assert_eq!(issue(role, most + 1), Err(CertificateError::Validity));
    }
    assert_eq!(issue(CertificateRole::VicalSigner, 3650), Ok(()));
    let counter = Subject { serial: &[1], ..subject("Leaf", 1) };
    let issued = iaca("IACA").issue(CertificateRole::DocumentSigner, &counter, leaf_key());
    assert_eq!(issued.map(|_| ()), Err(CertificateError::Serial));
    let abroad = Subject { name: Name::new("UT", None, "Leaf"), ..subject("Leaf", 1) };
    let issued = iaca("IACA").issue(CertificateRole::DocumentSigner, &abroad, leaf_key());
    assert_eq!(issued.map(|_| ()), Err(CertificateError::CountryMismatch));
    let root = CertificateAuthority::iaca(key(1), &subject("IACA", 21 * 366), "ca@test.invalid");
    assert_eq!(root.map(|_| ()).unwrap_err(), CertificateError::Validity);
    let no_name = Subject { name: Name::new("CN", None, " "), ..subject("", 1) };
    let root = CertificateAuthority::reader_authority(key(1), &no_name);
    assert_eq!(root.map(|_| ()).unwrap_err(), CertificateError::CommonName);
}

#[test]
fn a_list_revokes_certificates_of_its_own_authority() {
    let authority = iaca("IACA");
    let issue = |serial: &'static [u8]| {
        let subject = Subject { serial, ..subject("Leaf", 30) };
        authority.issue(CertificateRole::DocumentSigner, &subject, leaf_key()).unwrap()
    };
    let (revoked, valid) = (issue(&[0x11; 16]), issue(&[0x22; 16]));
    let (from, until) = (start(), start().plus_seconds(DAY));
    let list = authority.revocation_list(7, from, until, &[(&revoked, from)]).unwrap();
    let list = UnverifiedCrl::decode(&list).unwrap().verify(authority.certificate(), &RustCrypto).unwrap();
    assert_eq!((list.this_update(), list.next_update(), list.number()), (from, until, Some([7].as_slice())));
    assert!(list.lists(revoked.serial()) && !list.lists(valid.serial()));

    let refused = |authority: &CertificateAuthority<SigningKey>, until, of| {
        authority.revocation_list(7, from, until, &[(of, from)]).map(|_| ()).unwrap_err()
    };
    assert_eq!(refused(&iaca("Another"), until, &revoked), CrlError::Issuer);
    assert_eq!(refused(&authority, from.plus_seconds(-1), &revoked), CrlError::NextUpdate);
    let readers = CertificateAuthority::reader_authority(key(1), &subject("IACA", 30)).unwrap();
    assert!(matches!(refused(&readers, until, &revoked), CrlError::Authority(_)));
}

#[test]
fn no_role_serves_as_another() {
    let authority = iaca("IACA");
    let issue = |role| authority.issue(role, &subject("Leaf", 30), leaf_key()).unwrap();
    let root = Some(authority.certificate());
    let desk = |leaf: &Certificate| check_desk(leaf, root).err();
    let signer = |leaf: &Certificate| check_document_signer(leaf, root, &[ids::MDL_DOCUMENT_SIGNER]).err();

    let certificate = issue(CertificateRole::Desk);
    assert_eq!(desk(&certificate), None);
    assert!(!is_document_signer(&certificate));
    assert_eq!(signer(&certificate), Some(CertificateError::KeyUsage));
    assert_eq!(check_reader(&certificate, root).err(), Some(CertificateError::KeyUsage));

    let certificate = issue(CertificateRole::DocumentSigner);
    assert_eq!(signer(&certificate), None);
    assert!(is_document_signer(&certificate));
    assert_eq!(desk(&certificate), Some(CertificateError::KeyUsage));
    for role in [CertificateRole::Reader, CertificateRole::VicalSigner] {
        assert_eq!(desk(&issue(role)), Some(CertificateError::KeyUsage), "{role:?}");
    }
}
