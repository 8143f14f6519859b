//! Who may receive applications.

use cbor::Timestamp;
use liangzheng_authority::post::{DeskAnchor, DeskAnchors, DeskOffer};
use signature::{RustCrypto, Signer as _};
use verdict::Arg;
use x509::{CertificateAuthority, CertificateRole, Name, Subject, check_document_signer, ids};

use crate::support::*;

fn verify(offer: &DeskOffer, at: Timestamp) -> Result<String, &'static str> {
    let verified = anchors().verify(offer, at, &RustCrypto);
    verified.map(|desk| desk.name().to_owned()).map_err(|error| error.code())
}

/// An authority over desks of its own, with a name.
fn authority(name: &str, key: u8) -> CertificateAuthority<p256::ecdsa::SigningKey> {
    let name = Name::from_attributes(&[(ids::COMMON_NAME, name)]);
    let (not_before, not_after) = (now().plus_seconds(-DAY), now().plus_seconds(3650 * DAY));
    let subject = Subject { name, serial: &[0x51; 16], not_before, not_after, crl_uri: "" };
    CertificateAuthority::reader_authority(signing_key(key), &subject).unwrap()
}

fn leaf(
    authority: &CertificateAuthority<p256::ecdsa::SigningKey>,
    role: CertificateRole,
    days: (i64, i64),
) -> DeskOffer {
    let name = Name::from_attributes(&[(ids::COMMON_NAME, "A desk")]);
    let (not_before, not_after) = (now().plus_seconds(days.0 * DAY), now().plus_seconds(days.1 * DAY));
    let subject = Subject { name, serial: &[0x52; 16], not_before, not_after, crl_uri: "" };
    let certificate = authority.issue(role, &subject, (&signing_key(8)).into()).unwrap();
    DeskOffer::new(vec![certificate.as_der().to_vec()]).unwrap()
}

#[test]
fn demos_desk_is_trusted_while_its_certificate_is_valid() {
    let desk = Desk::new("desk");
    let payload = desk.offer().encode().unwrap();
    assert!(payload.len() < 600, "one code on a screen: {}", payload.len());
    let offer = DeskOffer::decode(&payload).unwrap();
    assert_eq!(verify(&offer, now()), Ok("演示受理窗口 DEMO".to_owned()));
    let verified = anchors().verify(&offer, now(), &RustCrypto).unwrap();
    assert_eq!(verified.authority(), "演示发证机关 DEMO");
    assert_eq!(verified.key(), &desk.key.public());
    assert_eq!(verified.certificate().spki_sha256(), desk.key.public().spki_sha256());

    assert_eq!(verify(&offer, now().plus_seconds(31 * DAY)), Err("desk-expired"));
    assert_eq!(verify(&offer, now().plus_seconds(-2 * DAY)), Err("desk-not-yet"));
    let expired = anchors().verify(&offer, now().plus_seconds(31 * DAY), &RustCrypto).unwrap_err();
    assert_eq!(expired.message().arg("moment"), Some(&Arg::Moment(verified.until())));
}

#[test]
fn desks_of_the_years_of_the_roll_out_are_trusted_too() {
    let then = Timestamp::parse_tdate("2021-06-01T01:00:00Z").unwrap();
    let der =
        DEMO.desk_certificate(Desk::new("desk").key.public().to_sec1(), then, &mut random("s")).unwrap();
    let offer = DeskOffer::new(vec![der]).unwrap();
    assert!(verify(&offer, then).is_ok());
    assert_eq!(verify(&offer, now()), Err("desk-expired"));
    let never = Timestamp::parse_tdate("2046-01-02T00:00:00Z").unwrap();
    assert!(DEMO.desk_certificate(&point(&signing_key(1)), never, &mut random("s")).is_err());
    assert!(DEMO.desk_certificate(&[4; 65], now(), &mut random("s")).is_err());
}

#[test]
fn desk_of_another_authority_is_refused() {
    assert_eq!(
        verify(&leaf(&authority("Another", 5), CertificateRole::Desk, (-1, 30)), now()),
        Err("desk-unknown")
    );
    // The name of the demo's authority, and a key of its own.
    let same_name = leaf(&authority("DEMO desks", 5), CertificateRole::Desk, (-1, 30));
    assert_eq!(verify(&same_name, now()), Err("desk-chain"));
    assert_eq!(
        DeskAnchors::default().verify(&Desk::new("desk").offer(), now(), &RustCrypto).err().map(|e| e.code()),
        Some("desk-unknown")
    );
}

#[test]
fn document_signer_is_no_desk_and_no_desk_signs_documents() {
    let signer = DEMO.ds_certificate(now()).unwrap();
    assert_eq!(verify(&DeskOffer::new(vec![signer]).unwrap(), now()), Err("desk-document-signer"));
    // Not even one that the authority over desks issued.
    let own = authority("Own", 5);
    let anchors = DeskAnchors::new(vec![DeskAnchor::new(own.certificate().clone(), "Own").unwrap()]);
    let code = |offer: &DeskOffer| anchors.verify(offer, now(), &RustCrypto).err().map(|error| error.code());
    assert_eq!(code(&leaf(&own, CertificateRole::Desk, (-1, 30))), None);
    assert_eq!(code(&leaf(&own, CertificateRole::Reader, (-1, 30))), Some("cert-profile-key-usage"));
    assert_eq!(code(&leaf(&own, CertificateRole::Desk, (-9, -1))), Some("desk-expired"));

    let desk = Desk::new("desk").verified();
    let root = x509::Certificate::decode(&DEMO.anchor_certificate().unwrap()).unwrap();
    let refused = check_document_signer(desk.certificate(), Some(&root), &[ids::MDL_DOCUMENT_SIGNER]);
    assert_eq!(refused.err().map(|error| error.code()), Some("cert-profile-key-usage"));
}

#[test]
fn desk_whose_key_is_on_another_curve_is_refused() {
    let own = authority("Own", 5);
    let anchors = DeskAnchors::new(vec![DeskAnchor::new(own.certificate().clone(), "Own").unwrap()]);
    let key = testkit::random::TestKey::new("desk", signature::Curve::P384);
    let name = Name::from_attributes(&[(ids::COMMON_NAME, "A desk")]);
    let (not_before, not_after) = (now().plus_seconds(-DAY), now().plus_seconds(DAY));
    let subject = Subject { name, serial: &[0x52; 16], not_before, not_after, crl_uri: "" };
    let certificate = own.issue(CertificateRole::Desk, &subject, key.public_key()).unwrap();
    let offer = DeskOffer::new(vec![certificate.as_der().to_vec()]).unwrap();
    assert_eq!(anchors.verify(&offer, now(), &RustCrypto).err().map(|error| error.code()), Some("desk-key"));
}

#[test]
fn offers_that_are_none() {
    let desk = Desk::new("desk");
    let code = |payload: &[u8]| match DeskOffer::decode(payload) {
        Ok(offer) => verify(&offer, now()).err().unwrap_or("trusted"),
        Err(error) => error.code(),
    };
    let payload =
        |items: Vec<cbor::Value>| envelope::deflate(&cbor::encode(&cbor::Value::Array(items))).unwrap();
    let six = cbor::Value::Unsigned(6);
    let der = cbor::Value::bytes(desk.certificate.clone());
    let list = |all: Vec<cbor::Value>| cbor::Value::Array(all);
    assert_eq!(code(&payload(vec![six.clone(), list(vec![der.clone()])])), "trusted");
    assert_eq!(code(&payload(vec![six.clone(), list(vec![der.clone()]), cbor::Value::Null])), "sealed-newer");
    assert_eq!(code(&payload(vec![six.clone(), list(vec![])])), "sealed-form");
    assert_eq!(code(&payload(vec![six.clone(), list(vec![der.clone(); 5])])), "sealed-form");
    assert_eq!(code(&payload(vec![six.clone(), der.clone()])), "sealed-form");
    assert_eq!(code(&payload(vec![six.clone()])), "sealed-form");
    assert_eq!(code(&payload(vec![cbor::Value::Unsigned(4), list(vec![der])])), "envelope-kind");
    assert_eq!(
        code(&payload(vec![six, list(vec![cbor::Value::bytes(*b"no certificate")])])),
        "cert-malformed"
    );
    assert_eq!(code(b"no payload"), "envelope-deflate");
    assert_eq!(code(&[0; 65_537]), "size");
}
