//! Certificates and chains: one certificate a rule, with the code that it must give (`T-issuer-unknown`, `T-dates`,
//! `T-issuer-namesake`, `T-certificate-profile`). The closed profile is that of a strict verification.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use cbor::Timestamp;
use liangzheng_mdoc::{Anchor, Signs, TrustAnchors};
use p256::ecdsa::SigningKey;
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Certificate, Extension, Name, ids};

/// A strict verification.
const STRICT: Signs<'_> = Signs::DocumentStrictly;

const DAY: i64 = 86_400;
const CRL: &str = "https://test.invalid/crl";
const SERIAL: [u8; 16] = [0x5a; 16];

fn moment(text: &str) -> Timestamp {
    Timestamp::parse_tdate(text).unwrap()
}

fn start() -> Timestamp {
    moment("2026-01-01T00:00:00Z")
}

fn now() -> Timestamp {
    start().plus_seconds(100 * DAY)
}

fn root_key() -> SigningKey {
    SigningKey::from_slice(&[1; 32]).unwrap()
}

fn ds_key() -> SigningKey {
    SigningKey::from_slice(&[2; 32]).unwrap()
}

fn fields(key: &SigningKey, until: Timestamp) -> CertificateFields<'static> {
    CertificateFields::new(&SERIAL, start(), until, key, CRL)
}

fn iaca() -> CertificateTemplate {
    let until = moment("2046-01-01T00:00:00Z");
    CertificateTemplate::iaca(
        Name::new("CN", None, "Test IACA"),
        "ca@test.invalid",
        &fields(&root_key(), until),
    )
}

fn ds() -> CertificateTemplate {
    let iaca = Certificate::decode(&iaca().sign(&root_key())).unwrap();
    let until = start().plus_seconds(457 * DAY);
    CertificateTemplate::document_signer(&iaca, Name::new("CN", None, "Test DS"), &fields(&ds_key(), until))
}

fn anchors() -> TrustAnchors {
    let mut trust = TrustAnchors::new();
    let certificate = Certificate::decode(&iaca().sign(&root_key())).unwrap();
    trust.add(Anchor::iaca(certificate, "Test", "test", &signature::RustCrypto).unwrap());
    trust
}

/// The code of the whole way: decode, then verify at `at`.
fn code_at(der: &[u8], at: Timestamp) -> &'static str {
    match Certificate::decode(der) {
        Err(error) => error.code(),
        Ok(ds) => {
            anchors().verify(&ds, STRICT, at, &signature::RustCrypto).map_or_else(|e| e.code(), |_| "valid")
        }
    }
}

fn ds_code(template: &CertificateTemplate) -> &'static str {
    code_at(&template.sign(&root_key()), now())
}

fn iaca_code(template: &CertificateTemplate) -> &'static str {
    let certificate = match Certificate::decode(&template.sign(&root_key())) {
        Err(error) => return error.code(),
        Ok(certificate) => certificate,
    };
    Anchor::iaca(certificate, "", "", &signature::RustCrypto)
        .and_then(Anchor::strictly)
        .map_or_else(|e| e.code(), |_| "valid")
}

fn change(
    template: &CertificateTemplate,
    change: impl FnOnce(&mut CertificateTemplate),
) -> CertificateTemplate {
    let mut changed = template.clone();
    change(&mut changed);
    changed
}

fn not_critical(template: CertificateTemplate, id: der::asn1::ObjectIdentifier) -> CertificateTemplate {
    change(&template, |t| t.extensions.iter_mut().filter(|e| e.id == id).for_each(|e| e.critical = false))
}

#[test]
fn conforming_certificates() {
    let der = ds().sign(&root_key());
    assert_eq!(code_at(&der, now()), "valid");
    assert_eq!(iaca_code(&iaca()), "valid");
    println!("a DS certificate of {} bytes", der.len());
    assert!(der.len() <= 520, "{}", der.len());
    let certificate = Certificate::decode(&der).unwrap();
    assert_eq!(certificate.as_der(), der);
    assert_eq!(certificate.tbs(), ds().tbs());
    assert_eq!(certificate.subject().country(), Some("CN"));
    assert_eq!(certificate.subject().common_name(), Some("Test DS"));
    assert_eq!(certificate.issuer().raw(), iaca().subject.raw());
    assert_eq!(
        (certificate.not_before(), certificate.not_after()),
        (start(), start().plus_seconds(457 * DAY))
    );
    assert_eq!(der, ds().sign(&root_key()), "signing is deterministic");
}

#[test]
fn document_signer_one_line_each() {
    let good = ds();
    let with = |e: Extension| good.clone().with_extension(e);
    let without = |id| good.clone().without_extension(id);
    let any = |dotted: &str| der::asn1::ObjectIdentifier::new(dotted).unwrap();
    let subject = |name: Name| change(&good, |t| t.subject = name);
    let cases: Vec<(&str, CertificateTemplate, &str)> = vec![
        ("no key usage", without(ids::KEY_USAGE), "cert-profile-key-usage"),
        ("key usage not critical", not_critical(good.clone(), ids::KEY_USAGE), "cert-profile-key-usage"),
        ("key usage of a CA", with(Extension::key_usage(&[5, 6])), "cert-profile-key-usage"),
        ("key usage too wide", with(Extension::key_usage(&[0, 1])), "cert-profile-key-usage"),
        ("key usage empty", with(Extension::new(ids::KEY_USAGE, true, [3, 1, 0])), "cert-profile-key-usage"),
        ("a CA", with(Extension::ca_without_sub_ca()), "cert-profile-basic-constraints"),
        (
            "CA false spelled out",
            with(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0])),
            "cert-profile-basic-constraints",
        ),
        ("no purpose", without(ids::EXTENDED_KEY_USAGE), "cert-profile-extended-key-usage"),
        (
            "purpose not critical",
            not_critical(good.clone(), ids::EXTENDED_KEY_USAGE),
            "cert-profile-extended-key-usage",
        ),
        (
            "purpose of a TLS server",
            with(Extension::extended_key_usage(&[any("1.3.6.1.5.5.7.3.1")])),
            "cert-profile-extended-key-usage",
        ),
        (
            "purpose of a reader",
            with(Extension::extended_key_usage(&[any("1.0.18013.5.1.6")])),
            "cert-profile-extended-key-usage",
        ),
        (
            "a second purpose",
            with(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER, any("1.3.6.1.5.5.7.3.1")])),
            "cert-profile-extended-key-usage",
        ),
        ("purpose empty", with(Extension::extended_key_usage(&[])), "cert-profile-extended-key-usage"),
        (
            "no own key identifier",
            without(ids::SUBJECT_KEY_IDENTIFIER),
            "cert-profile-subject-key-identifier",
        ),
        (
            "own key identifier empty",
            with(Extension::subject_key_identifier(&[])),
            "cert-profile-subject-key-identifier",
        ),
        (
            "no issuer key identifier",
            without(ids::AUTHORITY_KEY_IDENTIFIER),
            "cert-profile-authority-key-identifier",
        ),
        (
            "issuer key identifier without the key",
            with(Extension::new(ids::AUTHORITY_KEY_IDENTIFIER, false, [0x30, 0])),
            "cert-profile-authority-key-identifier",
        ),
        ("no contact", without(ids::ISSUER_ALT_NAME), "cert-profile-issuer-alt-name"),
        (
            "contact neither email nor URI",
            with(Extension::new(ids::ISSUER_ALT_NAME, false, [0x30, 3, 0x82, 1, b'x'])),
            "cert-profile-issuer-alt-name",
        ),
        ("no revocation list", without(ids::CRL_DISTRIBUTION_POINTS), "cert-profile-crl-distribution-points"),
        (
            "revocation list nowhere",
            with(Extension::new(ids::CRL_DISTRIBUTION_POINTS, false, [0x30, 2, 0x30, 0])),
            "cert-profile-crl-distribution-points",
        ),
        (
            "unknown critical",
            with(Extension::new(any("1.2.3.4"), true, [5, 0])),
            "cert-profile-critical-extension",
        ),
        (
            "name constraints",
            with(Extension::new(ids::NAME_CONSTRAINTS, false, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "policy mappings",
            with(Extension::new(ids::POLICY_MAPPINGS, true, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "policy constraints",
            with(Extension::new(ids::POLICY_CONSTRAINTS, false, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "inhibit any policy",
            with(Extension::new(ids::INHIBIT_ANY_POLICY, false, [2, 1, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "freshest CRL",
            with(Extension::new(ids::FRESHEST_CRL, false, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "an extension twice",
            change(&good, |t| t.extensions.push(Extension::key_usage(&[0]))),
            "cert-profile-duplicate-extension",
        ),
        ("unknown, not critical", with(Extension::new(any("1.2.3.4"), false, [5, 0])), "valid"),
        ("no country", subject(Name::from_attributes(&[(ids::COMMON_NAME, "x")])), "cert-profile-country"),
        ("country in small letters", subject(Name::new("cn", None, "x")), "cert-profile-country"),
        ("country of three letters", subject(Name::new("CHN", None, "x")), "cert-profile-country"),
        (
            "two countries",
            subject(Name::from_attributes(&[
                (ids::COUNTRY, "CN"),
                (ids::COUNTRY, "FR"),
                (ids::COMMON_NAME, "x"),
            ])),
            "cert-profile-country",
        ),
        (
            "no common name",
            subject(Name::from_attributes(&[(ids::COUNTRY, "CN")])),
            "cert-profile-common-name",
        ),
        ("common name blank", subject(Name::new("CN", None, " ")), "cert-profile-common-name"),
        ("another country", subject(Name::new("FR", None, "x")), "cert-profile-country-mismatch"),
        ("a province of its own", subject(Name::new("CN", Some("11"), "x")), "cert-profile-state-mismatch"),
        ("serial 0", change(&good, |t| t.serial = vec![0]), "cert-profile-serial"),
        ("serial of one octet", change(&good, |t| t.serial = vec![0x7f]), "cert-profile-serial"),
        ("serial of two octets", change(&good, |t| t.serial = vec![0x7f, 1]), "valid"),
        ("serial of 21 octets", change(&good, |t| t.serial = vec![0x11; 21]), "cert-profile-serial"),
        ("serial of 20 octets", change(&good, |t| t.serial = vec![0x11; 20]), "valid"),
        (
            "serial of 20 octets and a sign",
            change(&good, |t| t.serial = vec![0x99; 20]),
            "cert-profile-serial",
        ),
        (
            "a second too long",
            change(&good, |t| t.not_after = t.not_before.plus_seconds(457 * DAY + 1)),
            "cert-profile-validity",
        ),
        (
            "ends before it begins",
            change(&good, |t| t.not_after = t.not_before.plus_seconds(-1)),
            "cert-profile-validity",
        ),
        (
            "another issuer",
            change(&good, |t| t.issuer = Name::new("CN", None, "Test IACA 2")),
            "issuer-unknown",
        ),
        (
            "issuer's name in another string type",
            change(&good, |t| {
                t.issuer = Name::from_attributes(&[(ids::COMMON_NAME, "Test IACA"), (ids::COUNTRY, "CN")]);
            }),
            "issuer-unknown",
        ),
        (
            "another issuer key named",
            with(Extension::authority_key_identifier(&[7; 20])),
            "chain-key-identifier",
        ),
        ("point off the curve", change(&good, |t| *t.spki.last_mut().unwrap() ^= 1), "cert-profile-key"),
        ("no key", change(&good, |t| t.spki = vec![0x30, 0]), "cert-malformed"),
    ];
    for (what, template, expected) in &cases {
        assert_eq!(ds_code(template), *expected, "{what}");
    }
    println!("{} document signer certificates", cases.len());
}

#[test]
fn iaca_one_line_each() {
    let good = iaca();
    let with = |e: Extension| good.clone().with_extension(e);
    let without = |id| good.clone().without_extension(id);
    let constraints = |value: &[u8]| with(Extension::new(ids::BASIC_CONSTRAINTS, true, value));
    let cases: Vec<(&str, CertificateTemplate, &str)> = vec![
        ("no key usage", without(ids::KEY_USAGE), "cert-profile-key-usage"),
        ("signs certificates only", with(Extension::key_usage(&[5])), "cert-profile-key-usage"),
        ("signs documents too", with(Extension::key_usage(&[0, 5, 6])), "cert-profile-key-usage"),
        ("no constraints", without(ids::BASIC_CONSTRAINTS), "cert-profile-basic-constraints"),
        (
            "constraints not critical",
            not_critical(good.clone(), ids::BASIC_CONSTRAINTS),
            "cert-profile-basic-constraints",
        ),
        ("no CA", constraints(&[0x30, 0]), "cert-profile-basic-constraints"),
        ("no path length", constraints(&[0x30, 3, 1, 1, 0xff]), "cert-profile-basic-constraints"),
        ("path length 1", constraints(&[0x30, 6, 1, 1, 0xff, 2, 1, 1]), "cert-profile-basic-constraints"),
        (
            "a purpose",
            with(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER])),
            "cert-profile-extended-key-usage",
        ),
        ("no key identifier", without(ids::SUBJECT_KEY_IDENTIFIER), "cert-profile-subject-key-identifier"),
        ("no contact", without(ids::ISSUER_ALT_NAME), "cert-profile-issuer-alt-name"),
        ("no revocation list", without(ids::CRL_DISTRIBUTION_POINTS), "cert-profile-crl-distribution-points"),
        (
            "issued by another",
            change(&good, |t| t.issuer = Name::new("CN", None, "x")),
            "cert-profile-self-issued",
        ),
        (
            "twenty years and a second",
            change(&good, |t| t.not_after = t.not_after.plus_seconds(1)),
            "cert-profile-validity",
        ),
        ("not its own signature", change(&good, |t| t.spki = ds().spki), "anchor-signature"),
        ("a document signer", ds(), "cert-profile-self-issued"),
    ];
    for (what, template, expected) in &cases {
        assert_eq!(iaca_code(template), *expected, "{what}");
    }
    println!("{} IACA certificates", cases.len());
}

#[test]
fn trust_list_signer_one_line_each() {
    use x509::check_vical_signer;
    // as AAMVA's: nonRepudiation alone, no contact, and an entry of a directory beside the URI
    let good = ds()
        .with_extension(Extension::key_usage(&[1]))
        .with_extension(Extension::extended_key_usage(&[ids::VICAL_SIGNER]))
        .without_extension(ids::ISSUER_ALT_NAME);
    let with = |e: Extension| good.clone().with_extension(e);
    let without = |id| good.clone().without_extension(id);
    let cases: Vec<(&str, CertificateTemplate, &str)> = vec![
        ("as real ones", good.clone(), "valid"),
        ("digitalSignature", with(Extension::key_usage(&[0])), "valid"),
        ("no key usage", without(ids::KEY_USAGE), "cert-profile-key-usage"),
        ("signs certificates", with(Extension::key_usage(&[0, 5])), "cert-profile-key-usage"),
        ("no purpose", without(ids::EXTENDED_KEY_USAGE), "cert-profile-extended-key-usage"),
        (
            "purpose not critical",
            not_critical(good.clone(), ids::EXTENDED_KEY_USAGE),
            "cert-profile-extended-key-usage",
        ),
        (
            "a document signer's purpose",
            with(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER])),
            "cert-profile-extended-key-usage",
        ),
        ("a CA", with(Extension::ca_without_sub_ca()), "cert-profile-basic-constraints"),
        (
            "no own key identifier",
            without(ids::SUBJECT_KEY_IDENTIFIER),
            "cert-profile-subject-key-identifier",
        ),
        ("no issuer's", without(ids::AUTHORITY_KEY_IDENTIFIER), "cert-profile-authority-key-identifier"),
        ("no revocation list", without(ids::CRL_DISTRIBUTION_POINTS), "cert-profile-crl-distribution-points"),
        (
            "name constraints",
            with(Extension::new(ids::NAME_CONSTRAINTS, false, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        ("serial of one octet", change(&good, |t| t.serial = vec![5]), "cert-profile-serial"),
        (
            "no common name",
            change(&good, |t| t.subject = Name::from_attributes(&[(ids::COUNTRY, "CN")])),
            "cert-profile-common-name",
        ),
        (
            "ends before it begins",
            change(&good, |t| t.not_after = t.not_before.plus_seconds(-1)),
            "cert-profile-validity",
        ),
    ];
    for (what, template, expected) in &cases {
        let certificate = Certificate::decode(&template.sign(&root_key())).unwrap();
        assert_eq!(
            check_vical_signer(&certificate).map_or_else(|e| e.code(), |_| "valid"),
            *expected,
            "{what}"
        );
    }
}

#[test]
fn reader_one_line_each() {
    use x509::{READER_MAX_DAYS, check_reader};
    let root = Certificate::decode(&iaca().sign(&root_key())).unwrap();
    let good = ds().with_extension(Extension::extended_key_usage(&[ids::MDL_READER_AUTH]));
    let with = |e: Extension| good.clone().with_extension(e);
    let without = |id| good.clone().without_extension(id);
    let until = |days: i64, seconds: i64| {
        change(&good, |t| t.not_after = t.not_before.plus_seconds(days * DAY + seconds))
    };
    let cases: Vec<(&str, CertificateTemplate, &str)> = vec![
        ("conforming", good.clone(), "valid"),
        ("1,187 days", until(READER_MAX_DAYS, 0), "valid"),
        ("a second more", until(READER_MAX_DAYS, 1), "cert-profile-validity"),
        (
            "no contact, no country",
            change(&without(ids::ISSUER_ALT_NAME), |t| {
                t.subject = Name::from_attributes(&[(ids::COMMON_NAME, "Reader")])
            }),
            "valid",
        ),
        ("no key usage", without(ids::KEY_USAGE), "cert-profile-key-usage"),
        ("key usage too wide", with(Extension::key_usage(&[0, 1])), "cert-profile-key-usage"),
        ("no purpose", without(ids::EXTENDED_KEY_USAGE), "cert-profile-extended-key-usage"),
        ("a document signer's purpose", ds(), "cert-profile-extended-key-usage"),
        (
            "purpose not critical",
            not_critical(good.clone(), ids::EXTENDED_KEY_USAGE),
            "cert-profile-extended-key-usage",
        ),
        ("a CA", with(Extension::ca_without_sub_ca()), "cert-profile-basic-constraints"),
        (
            "no own key identifier",
            without(ids::SUBJECT_KEY_IDENTIFIER),
            "cert-profile-subject-key-identifier",
        ),
        (
            "another issuer key",
            with(Extension::authority_key_identifier(&[7; 20])),
            "cert-profile-authority-key-identifier",
        ),
        (
            "a delta list",
            with(Extension::new(ids::FRESHEST_CRL, false, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "unknown critical",
            with(Extension::new(der::asn1::ObjectIdentifier::new("1.2.3.4").unwrap(), true, [5, 0])),
            "cert-profile-critical-extension",
        ),
        ("serial of one octet", change(&good, |t| t.serial = vec![5]), "cert-profile-serial"),
        (
            "no common name",
            change(&good, |t| t.subject = Name::from_attributes(&[(ids::COUNTRY, "CN")])),
            "cert-profile-common-name",
        ),
    ];
    for (what, template, expected) in &cases {
        let certificate = Certificate::decode(&template.sign(&root_key())).unwrap();
        let code = check_reader(&certificate, Some(&root)).map_or_else(|e| e.code(), |_| "valid");
        assert_eq!(code, *expected, "{what}");
    }
}

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

/// A DS certificate whose first or second time is written otherwise; it is signed rightly.
fn with_time(template: &CertificateTemplate, old: &[u8], new: &[u8]) -> Vec<u8> {
    use signature::Signer as _;
    let mut tbs = template.tbs();
    let at = tbs.windows(old.len()).position(|bytes| bytes == old).unwrap();
    tbs.splice(at..at + old.len(), new.iter().copied());
    let grown = u8::try_from(new.len()).unwrap().wrapping_sub(u8::try_from(old.len()).unwrap());
    // the lengths of the pair of times, one or two places before, and of the whole
    let pair = (0..at).rev().find(|i| tbs[*i..].starts_with(&[0x30, 0x1e])).unwrap();
    tbs[pair + 1] = tbs[pair + 1].wrapping_add(grown);
    tbs[3] = tbs[3].wrapping_add(grown);
    let signature = root_key().sign(&tbs);
    let algorithm = signature::Algorithm::Es256;
    CertificateTemplate::assemble(&tbs, algorithm, &signature).unwrap()
}

#[test]
fn times_are_written_in_one_way() {
    let ds = ds();
    let first = b"\x17\x0d260101000000Z";
    assert_eq!(code_at(&with_time(&ds, first, first), now()), "valid");
    let cases: [(&str, &[u8], &str); 6] = [
        ("GeneralizedTime before 2050", b"\x18\x0f20260101000000Z", "cert-profile-time-encoding"),
        ("UTCTime without seconds", b"\x17\x0b2601010000Z", "cert-malformed"),
        ("UTCTime with an offset", b"\x17\x11260101000000+0000", "cert-malformed"),
        ("GeneralizedTime with a fraction", b"\x18\x1120260101000000.5Z", "cert-malformed"),
        ("the 13th month", b"\x17\x0d261301000000Z", "cert-malformed"),
        ("a text", b"\x0c\x0d260101000000Z", "cert-malformed"),
    ];
    for (what, written, expected) in cases {
        assert_eq!(code_at(&with_time(&ds, first, written), now()), expected, "{what}");
    }
    let far = change(&iaca(), |t| {
        t.not_before = moment("2040-01-01T00:00:00Z");
        t.not_after = moment("2050-01-01T00:00:00Z");
    });
    assert_eq!(iaca_code(&far), "valid");
}

/// Puts other identifiers into a certificate: the inner one, which is signed, and the outer one.
fn algorithms(inner: &[u8], outer: &[u8]) -> Vec<u8> {
    const ES256: [u8; 12] = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    let der = ds().sign(&root_key());
    let places: Vec<usize> = (0..der.len()).filter(|at| der[*at..].starts_with(&ES256)).collect();
    let [first, second] = places[..] else { panic!("two identifiers") };
    let mut changed = der;
    changed[first..first + inner.len()].copy_from_slice(inner);
    changed[second..second + outer.len()].copy_from_slice(outer);
    changed
}

#[test]
fn one_algorithm_for_one_signature() {
    const ES256: [u8; 12] = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    const ES384: [u8; 12] = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];
    // six bytes of identifier and four of parameters in the same room
    const WITH_PARAMETERS: [u8; 12] =
        [0x30, 0x0a, 0x06, 0x04, 0x2a, 0x86, 0x48, 0x01, 0x04, 0x02, 0x03, 0x02];
    assert_eq!(code_at(&algorithms(&ES256, &ES256), now()), "valid");
    assert_eq!(code_at(&algorithms(&ES384, &ES256), now()), "cert-profile-signature-algorithm");
    assert_eq!(code_at(&algorithms(&ES256, &ES384), now()), "cert-profile-signature-algorithm");
    assert_eq!(
        code_at(&algorithms(&WITH_PARAMETERS, &WITH_PARAMETERS), now()),
        "cert-profile-signature-algorithm"
    );
    // a curve's own hash and no other
    assert_eq!(code_at(&algorithms(&ES384, &ES384), now()), "chain-algorithm");
}

#[test]
fn cut_and_changed_bytes_never_trap_and_never_pass() {
    let der = ds().sign(&root_key());
    let trust = anchors();
    for end in 0..der.len() {
        assert!(Certificate::decode(der.get(..end).unwrap()).is_err(), "{end}");
    }
    let mut with_tail = der.clone();
    with_tail.push(0);
    assert_eq!(Certificate::decode(&with_tail).unwrap_err().code(), "cert-malformed");
    assert_eq!(Certificate::decode(&vec![0x30; 9000]).unwrap_err().code(), "cert-size");
    for bit in 0..der.len() * 8 {
        let mut flipped = der.clone();
        *flipped.get_mut(bit / 8).unwrap() ^= 0x80 >> (bit % 8);
        let accepted = Certificate::decode(&flipped)
            .is_ok_and(|ds| trust.verify(&ds, STRICT, now(), &signature::RustCrypto).is_ok());
        assert!(!accepted, "bit {bit}");
    }
    println!("{} flipped bits", der.len() * 8);
}
