//! The profile of a document signer, line by line.

use x509::Certificate;
use x509::Extension;
use x509::Name;
use x509::hazmat::CertificateTemplate;
use x509::ids;

use crate::support::{DAY, change, code_at, ds, iaca, iaca_code, not_critical, now, root_key, start};

fn ds_code(template: &CertificateTemplate) -> &'static str {
    code_at(&template.sign(&root_key()), now())
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
