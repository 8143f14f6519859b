//! Dates and chains.

use liangzheng_mdoc::Anchor;
use liangzheng_mdoc::TrustAnchors;
use x509::Certificate;
use x509::Extension;
use x509::Name;
use x509::hazmat::CertificateTemplate;

use crate::support::{
    DAY, STRICT, anchors, change, code_at, ds, ds_key, fields, iaca, moment, now, root_key, start,
};

#[test]
fn dates_to_the_second() {
    let der = ds().sign(&root_key());
    let until = start().plus_seconds(457 * DAY);
    assert_eq!(code_at(&der, start().plus_seconds(-1)), "ds-not-yet");
    assert_eq!(code_at(&der, start()), "valid");
    assert_eq!(code_at(&der, until), "valid");
    assert_eq!(code_at(&der, until.plus_seconds(1)), "ds-expired");

    // a DS certificate that outlives its IACA
    let end = moment("2046-01-01T00:00:00Z");
    let late = change(&ds(), |t| {
        t.not_before = end.plus_seconds(-DAY);
        t.not_after = end.plus_seconds(DAY);
    });
    let der = late.sign(&root_key());
    assert_eq!(code_at(&der, end), "valid");
    assert_eq!(code_at(&der, end.plus_seconds(1)), "iaca-expired");
    let early = change(&ds(), |t| t.not_before = start().plus_seconds(-DAY)).sign(&root_key());
    assert_eq!(code_at(&early, start().plus_seconds(-1)), "cert-profile-validity");
    let early = change(&ds(), |t| {
        t.not_before = start().plus_seconds(-DAY);
        t.not_after = start().plus_seconds(DAY);
    });
    let der = early.sign(&root_key());
    assert_eq!(code_at(&der, start().plus_seconds(-1)), "iaca-not-yet");
    assert_eq!(code_at(&der, start()), "valid");
}

#[test]
fn chains() {
    // the right name and key identifier, another key
    let forged = ds().sign(&ds_key());
    assert_eq!(code_at(&forged, now()), "chain-signature");
    // the whole authority forged, name included: its key identifier gives it away, or its signature does
    let other = CertificateTemplate::iaca(
        Name::new("CN", None, "Test IACA"),
        "ca@test.invalid",
        &fields(&ds_key(), moment("2046-01-01T00:00:00Z")),
    );
    let other = Certificate::decode(&other.sign(&ds_key())).unwrap();
    let subject = Name::new("CN", None, "Test DS");
    let child =
        CertificateTemplate::document_signer(&other, subject, &fields(&ds_key(), now().plus_seconds(DAY)));
    assert_eq!(code_at(&child.sign(&ds_key()), now()), "chain-key-identifier");
    // nobody's name
    let stranger = Name::new("CN", None, "Somebody");
    let stranger = CertificateTemplate::iaca(stranger, "a@b", &fields(&ds_key(), now().plus_seconds(DAY)));
    let stranger = Certificate::decode(&stranger.sign(&ds_key())).unwrap();
    let child = CertificateTemplate::document_signer(
        &stranger,
        Name::new("CN", None, "DS"),
        &fields(&ds_key(), now().plus_seconds(DAY)),
    );
    assert_eq!(code_at(&child.sign(&ds_key()), now()), "issuer-unknown");
    // the anchor itself as the leaf
    assert_eq!(code_at(&iaca().sign(&root_key()), now()), "cert-profile-validity");
    // nobody is trusted
    let certificate = Certificate::decode(&ds().sign(&root_key())).unwrap();
    assert_eq!(
        TrustAnchors::new().verify(&certificate, STRICT, now(), &signature::RustCrypto).unwrap_err().code(),
        "issuer-unknown"
    );
}

#[test]
fn a_pinned_document_signer_vouches_for_itself_alone() {
    let der = ds().sign(&root_key());
    let certificate = Certificate::decode(&der).unwrap();
    assert_eq!(
        Anchor::iaca(certificate.clone(), "", "", &signature::RustCrypto).unwrap_err().code(),
        "cert-profile-self-issued",
        "a DS certificate is no IACA"
    );
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::pinned_document_signer(certificate.clone(), "Pinned", "test").unwrap());
    assert_eq!(
        trust.verify(&certificate, STRICT, now(), &signature::RustCrypto).unwrap().anchor.label,
        "Pinned"
    );
    let until = certificate.not_after();
    assert!(trust.verify(&certificate, STRICT, until, &signature::RustCrypto).is_ok());
    assert_eq!(
        trust.verify(&certificate, STRICT, until.plus_seconds(1), &signature::RustCrypto).unwrap_err().code(),
        "ds-expired"
    );
    // neither another certificate of the same key, nor one signed by it
    let twin = change(&ds(), |t| t.serial = vec![1; 16]).sign(&root_key());
    let twin = Certificate::decode(&twin).unwrap();
    assert_eq!(
        trust.verify(&twin, STRICT, now(), &signature::RustCrypto).unwrap_err().code(),
        "issuer-unknown"
    );
    let below = change(&ds(), |t| t.issuer = t.subject.clone())
        .with_extension(Extension::authority_key_identifier(certificate.ski().unwrap()));
    let below = Certificate::decode(&below.sign(&ds_key())).unwrap();
    assert_eq!(
        trust.verify(&below, STRICT, now(), &signature::RustCrypto).unwrap_err().code(),
        "issuer-unknown"
    );
}

#[test]
fn two_roots_of_one_name_stand_side_by_side() {
    let mut trust = anchors();
    let renewed = change(&iaca(), |t| t.not_after = start().plus_seconds(DAY));
    let renewed = Certificate::decode(&renewed.sign(&root_key())).unwrap();
    let mut both = TrustAnchors::new();
    both.add(Anchor::iaca(renewed.clone(), "old", "test", &signature::RustCrypto).unwrap());
    let certificate = Certificate::decode(&ds().sign(&root_key())).unwrap();
    assert_eq!(
        both.verify(&certificate, STRICT, now(), &signature::RustCrypto).unwrap_err().code(),
        "iaca-expired"
    );
    trust.iter().cloned().for_each(|a| both.add(a));
    assert_eq!(
        both.verify(&certificate, STRICT, now(), &signature::RustCrypto).unwrap().anchor.label,
        "Test"
    );
    trust.add(Anchor::iaca(renewed, "old", "test", &signature::RustCrypto).unwrap());
    assert_eq!(trust.iter().count(), 2);
    both.iter().cloned().for_each(|a| trust.add(a));
    assert_eq!(trust.iter().count(), 2);
}
