//! What the lines of the profile say exactly: the tag beside the right one, the second of two names, the last byte.
#![allow(clippy::unwrap_used, reason = "a test")]

use cbor::Timestamp;
use der::asn1::ObjectIdentifier;
use liangzheng_x509::hazmat::{CertificateFields, CertificateTemplate, CrlTemplate};
use liangzheng_x509::*;
use p256::ecdsa::SigningKey;
use signature::{Algorithm, Signer as _};

const DAY: i64 = 86_400;

fn start() -> Timestamp {
    Timestamp::parse_tdate("2026-01-01T00:00:00Z").unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_slice(&[1; 32]).unwrap()
}

fn fields(serial: &[u8], days: i64) -> (Vec<u8>, Timestamp) {
    (serial.to_vec(), start().plus_seconds(days * DAY))
}

fn iaca() -> CertificateTemplate {
    let (serial, until) = fields(&[0x5a; 16], 3650);
    let fields = CertificateFields::new(&serial, start(), until, &key(), "https://test.invalid/crl");
    CertificateTemplate::iaca(Name::new("CN", None, "Test IACA"), "ca@test.invalid", &fields)
}

fn root() -> Certificate {
    Certificate::decode(&iaca().sign(&key())).unwrap()
}

fn ds() -> CertificateTemplate {
    let (serial, until) = fields(&[0x5a; 16], 457);
    let fields = CertificateFields::new(&serial, start(), until, &key(), "https://test.invalid/crl");
    CertificateTemplate::document_signer(&root(), Name::new("CN", None, "Test DS"), &fields)
}

fn code<T>(
    template: &CertificateTemplate,
    check: impl FnOnce(&Certificate) -> Result<T, CertificateError>,
) -> &'static str {
    let certificate = Certificate::decode(&template.sign(&key())).unwrap();
    check(&certificate).map_or_else(|error| error.code(), |_| "valid")
}

fn ds_code(template: &CertificateTemplate) -> &'static str {
    code(template, |certificate| check_document_signer_strictly(certificate, Some(&root())))
}

fn with(template: CertificateTemplate, id: ObjectIdentifier, value: &[u8]) -> CertificateTemplate {
    let critical = id != ids::CRL_DISTRIBUTION_POINTS && id != ids::SUBJECT_KEY_IDENTIFIER;
    template.with_extension(Extension::new(id, critical, value))
}

/// Tag, length and content, of any length.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let octets = length.to_be_bytes();
    let octets: Vec<u8> = octets.into_iter().skip_while(|octet| *octet == 0).collect();
    let head = match length {
        0..=0x7f => vec![tag, u8::try_from(length).unwrap()],
        _ => [vec![tag, 0x80 | u8::try_from(octets.len()).unwrap()], octets].concat(),
    };
    [head, content.to_vec()].concat()
}

#[test]
fn a_distribution_point_is_a_full_name_with_a_uri_by_each_of_its_tags() {
    let point = |[point, place, full, name]: [u8; 4], uri: &[u8]| {
        let value = tlv(0x30, &tlv(point, &tlv(place, &tlv(full, &tlv(name, uri)))));
        ds_code(&with(ds(), ids::CRL_DISTRIBUTION_POINTS, &value))
    };
    let uri = b"https://test.invalid/crl".as_slice();
    assert_eq!(point([0x30, 0xa0, 0xa0, 0x86], uri), "valid");
    let refused = "cert-profile-crl-distribution-points";
    for tags in [
        [0x31, 0xa0, 0xa0, 0x86],
        [0x30, 0xa1, 0xa0, 0x86],
        // a name relative to the list's issuer
        [0x30, 0xa0, 0xa1, 0x86],
        // an email address
        [0x30, 0xa0, 0xa0, 0x81],
    ] {
        assert_eq!(point(tags, uri), refused, "{tags:x?}");
    }
    assert_eq!(point([0x30, 0xa0, 0xa0, 0x86], b""), refused);
}

#[test]
fn the_signer_of_a_trust_list_names_a_place_of_revocations_and_not_only_a_directory() {
    let signer = ds().with_extension(Extension::extended_key_usage(&[ids::VICAL_SIGNER]));
    let point = |name: u8| tlv(0x30, &tlv(0xa0, &tlv(0xa0, &tlv(name, b"x"))));
    let points = |points: &[Vec<u8>]| {
        let value = tlv(0x30, &points.concat());
        code(&with(signer.clone(), ids::CRL_DISTRIBUTION_POINTS, &value), check_vical_signer)
    };
    assert_eq!(points(&[point(0xa4), point(0x86)]), "valid");
    assert_eq!(points(&[point(0xa4)]), "cert-profile-crl-distribution-points");
    assert_eq!(points(&[]), "cert-profile-crl-distribution-points");
}

#[test]
fn an_authority_is_one_by_a_boolean_that_is_true() {
    let constraints =
        |value: &[u8]| code(&with(iaca(), ids::BASIC_CONSTRAINTS, value), check_reader_authority);
    assert_eq!(constraints(&[0x30, 3, 1, 1, 0xff]), "valid");
    assert_eq!(constraints(&[0x30, 3, 2, 1, 0xff]), "cert-profile-basic-constraints");
    assert_eq!(constraints(&[0x30, 3, 1, 1, 0]), "cert-profile-basic-constraints");
}

#[test]
fn the_ninth_bit_of_a_key_usage_is_read_too() {
    let decipher_only = |first: u8| [3, 3, 7, first, 0x80];
    assert_eq!(code(&with(iaca(), ids::KEY_USAGE, &decipher_only(0x04)), check_reader_authority), "valid");
    assert_eq!(ds_code(&with(ds(), ids::KEY_USAGE, &decipher_only(0x80))), "cert-profile-key-usage");
    assert_eq!(Extension::key_usage(&[0, 0, 8, 9]), Extension::key_usage(&[0]));
}

#[test]
fn a_province_that_occurs_twice_does_not_pass_for_none() {
    let (country, common) = ((ids::COUNTRY, "CN"), (ids::COMMON_NAME, "x"));
    let state = |name| (ids::STATE_OR_PROVINCE, name);
    let subject = |attributes: &[(ObjectIdentifier, &str)]| {
        let mut template = ds();
        template.subject = Name::from_attributes(attributes);
        ds_code(&template)
    };
    assert_eq!(subject(&[country, common]), "valid");
    assert_eq!(subject(&[country, state("11"), state("12"), common]), "cert-profile-state-mismatch");
}

#[test]
fn a_certificate_may_hold_for_a_single_second() {
    let mut template = ds();
    template.not_after = template.not_before;
    assert_eq!(ds_code(&template), "valid");
}

#[test]
fn a_reader_has_a_name_and_an_identifier_that_say_something() {
    let reader = ds().with_extension(Extension::extended_key_usage(&[ids::MDL_READER_AUTH]));
    let read = |template: &CertificateTemplate| code(template, |c| check_reader(c, Some(&root())));
    assert_eq!(read(&reader), "valid");
    let mut blank = reader.clone();
    blank.subject = Name::new("CN", None, " ");
    assert_eq!(read(&blank), "cert-profile-common-name");
    let empty = with(reader, ids::SUBJECT_KEY_IDENTIFIER, &[4, 0]);
    assert_eq!(read(&empty), "cert-profile-subject-key-identifier");
}

#[test]
fn a_serial_number_has_no_zero_in_front_that_is_not_needed() {
    let serial = |octets: [u8; 16]| {
        let mut tbs = ds().tbs();
        let old = [[2, 16].as_slice(), &[0x5a; 16]].concat();
        let at = tbs.windows(18).position(|bytes| bytes == old).unwrap() + 2;
        tbs.splice(at..at + 16, octets);
        let signature = key().sign(&tbs);
        let der = CertificateTemplate::assemble(&tbs, Algorithm::Es256, &signature).unwrap();
        Certificate::decode(&der).map_or_else(|error| error.code(), |_| "valid")
    };
    let starting = |first: u8, second: u8| {
        let mut octets = [0x5a; 16];
        octets[..2].copy_from_slice(&[first, second]);
        serial(octets)
    };
    assert_eq!(starting(0, 0x80), "valid");
    assert_eq!(starting(0, 0x7f), "cert-malformed");
    assert_eq!(starting(0x80, 0), "cert-profile-serial");
}

#[test]
fn a_certificate_of_eight_kibibytes_is_read_and_of_a_byte_more_is_not() {
    let padded = |padding: usize| {
        let unknown = ObjectIdentifier::new("1.2.3.4").unwrap();
        let template = ds().with_extension(Extension::new(unknown, false, vec![0; padding]));
        CertificateTemplate::assemble(&template.tbs(), Algorithm::Es256, &[1; 64]).unwrap()
    };
    let of_length = |length: usize| padded(1000 + length - padded(1000).len());
    let longest = of_length(MAX_CERTIFICATE);
    assert_eq!(longest.len(), MAX_CERTIFICATE);
    assert!(Certificate::decode(&longest).is_ok());
    assert_eq!(Certificate::decode(&of_length(MAX_CERTIFICATE + 1)).err(), Some(CertificateError::Size));
}

const ES256: [u8; 10] = [6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

/// A revocation list of this moment and for this moment, with one entry that has a harmless extension of this length;
/// the algorithm inside and outside.
fn crl(padding: usize, inner: &[u8], outer: &[u8]) -> Vec<u8> {
    let time = b"\x17\x0d260101000000Z".as_slice();
    let extension = tlv(0x30, &[&[6, 3, 42, 3, 4], tlv(4, &vec![0; padding]).as_slice()].concat());
    let entry = tlv(0x30, &[&[2, 1, 5], time, &tlv(0x30, &extension)].concat());
    let issuer = Name::new("CN", None, "Test IACA");
    let (inner, entries) = (tlv(0x30, inner), tlv(0x30, &entry));
    let parts = [&[2, 1, 1], inner.as_slice(), issuer.raw(), time, time, &entries];
    let signature = tlv(3, &[&[0], [1; 64].as_slice()].concat());
    tlv(0x30, &[tlv(0x30, &parts.concat()), tlv(0x30, outer), signature].concat())
}

#[test]
fn a_revocation_list_of_a_mebibyte_is_read_and_of_a_byte_more_is_not() {
    let of_length =
        |length: usize| crl(100_000 + length - crl(100_000, &ES256, &ES256).len(), &ES256, &ES256);
    assert_eq!(of_length(MAX_CRL).len(), MAX_CRL);
    assert!(UnverifiedCrl::decode(&of_length(MAX_CRL)).is_ok(), "and its next update may be its own moment");
    assert_eq!(UnverifiedCrl::decode(&of_length(MAX_CRL + 1)).err(), Some(CrlError::Size));
}

#[test]
fn a_revocation_list_has_one_algorithm_without_parameters() {
    let es384 = [&ES256[..9], &[3]].concat();
    let with_null = [&ES256[..], &[5, 0]].concat();
    assert!(UnverifiedCrl::decode(&crl(0, &ES256, &ES256)).is_ok());
    assert_eq!(UnverifiedCrl::decode(&crl(0, &es384, &ES256)).err(), Some(CrlError::Malformed));
    assert_eq!(UnverifiedCrl::decode(&crl(0, &with_null, &with_null)).err(), Some(CrlError::Malformed));
}

#[test]
fn a_revocation_list_says_how_many_it_has() {
    let mut template = CrlTemplate::new(&root(), 1, start(), start());
    template.revoked = vec![(vec![1, 2], start()), (vec![3, 4], start())];
    let list = UnverifiedCrl::decode(&template.sign(&key()))
        .unwrap()
        .verify(&root(), &signature::RustCrypto)
        .unwrap();
    assert_eq!(list.len(), 2);
}
