//! The profiles of roots, signers of trust lists and readers, line by line.

use x509::Certificate;
use x509::Extension;
use x509::Name;
use x509::hazmat::CertificateTemplate;
use x509::ids;

use crate::support::{DAY, change, ds, iaca, iaca_code, not_critical, root_key};

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
