//! A chain that departs from Annex B in many places is genuine, and what is dangerous is refused in it as in a tidy one
//! (`T-certificate-profile`).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use cbor::Timestamp;
use der::asn1::ObjectIdentifier;
use liangzheng_mdoc::{Anchor, Signs, TrustAnchors, TrustError};
use p256::ecdsa::SigningKey;
use sha2::Digest as _;
use signature::RustCrypto;
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Certificate, Extension, Name, ids};

const DAY: i64 = 86_400;
const CRL: &str = "https://test.invalid/crl";
const MDL: Signs<'_> = Signs::Document("org.iso.18013.5.1.mDL");

fn start() -> Timestamp {
    Timestamp::parse_tdate("2026-01-01T00:00:00Z").unwrap()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

fn id(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new(dotted).unwrap()
}

fn not_critical(mut template: CertificateTemplate, id: ObjectIdentifier) -> CertificateTemplate {
    template.extensions.iter_mut().filter(|e| e.id == id).for_each(|e| e.critical = false);
    template
}

/// `CA:TRUE` without a path length, a critical purpose of its own, no contact, no revocation list, 25 years, the state by its
/// name, key usage not critical.
fn root() -> CertificateTemplate {
    let until = start().plus_seconds(25 * 365 * DAY);
    let fields = CertificateFields::new(&[7], start(), until, &key(1), CRL);
    let root = CertificateTemplate::iaca(Name::new("US", Some("Colorado"), "Root"), "a@b", &fields)
        .with_extension(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 3, 1, 1, 0xff]))
        .with_extension(Extension::extended_key_usage(&[id("1.3.130.2.0.0.1.7")]))
        .without_extension(ids::ISSUER_ALT_NAME)
        .without_extension(ids::CRL_DISTRIBUTION_POINTS);
    not_critical(root, ids::KEY_USAGE)
}

/// 1,926 days, `CA:FALSE`, the purpose not critical and one more, no identifiers, the state by its code alone.
fn signer() -> CertificateTemplate {
    let root = Certificate::decode(&root().sign(&key(1))).unwrap();
    let fields = CertificateFields::new(&[8], start(), start().plus_seconds(1926 * DAY), &key(2), CRL);
    let name = Name::new("us", Some("CO"), "Signer");
    let signer = CertificateTemplate::document_signer(&root, name, &fields)
        .with_extension(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0]))
        .with_extension(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER, id("1.3.6.1.5.5.7.3.36")]))
        .without_extension(ids::SUBJECT_KEY_IDENTIFIER)
        .without_extension(ids::AUTHORITY_KEY_IDENTIFIER)
        .without_extension(ids::ISSUER_ALT_NAME)
        .without_extension(ids::CRL_DISTRIBUTION_POINTS);
    not_critical(signer, ids::EXTENDED_KEY_USAGE)
}

fn changed(
    mut template: CertificateTemplate,
    change: impl FnOnce(&mut CertificateTemplate),
) -> CertificateTemplate {
    change(&mut template);
    template
}

fn anchor(root: &CertificateTemplate) -> Result<Anchor, TrustError> {
    let certificate = Certificate::decode(&root.sign(&key(1)))?;
    Anchor::iaca(certificate, "Root", "a list", &RustCrypto)
}

/// The deviations, each with its certificate, or the code of the refusal.
fn verified(signer: &CertificateTemplate, signs: Signs<'_>) -> Result<Vec<&'static str>, &'static str> {
    let mut trust = TrustAnchors::new();
    trust.add(anchor(&root()).map_err(|error| error.code())?);
    let signer = Certificate::decode(&signer.sign(&key(1))).map_err(|error| error.code())?;
    let trusted = trust.verify(&signer, signs, start().plus_seconds(DAY), &RustCrypto);
    trusted
        .map(|trusted| trusted.deviations.iter().map(|deviation| deviation.code.code()).collect())
        .map_err(|error| error.code())
}

#[test]
fn an_untidy_chain_is_genuine_and_refused_strictly() {
    assert_eq!(
        verified(&signer(), MDL).unwrap(),
        [
            "deviation-state",
            "deviation-validity",
            "deviation-serial",
            "deviation-key-usage-not-critical",
            "deviation-issuer-alt-name",
            "deviation-crl-distribution-points",
            "deviation-path-length",
            "deviation-extended-key-usage-other",
            "deviation-country",
            "deviation-state",
            "deviation-validity",
            "deviation-serial",
            "deviation-subject-key-identifier",
            "deviation-issuer-alt-name",
            "deviation-crl-distribution-points",
            "deviation-basic-constraints",
            "deviation-extended-key-usage-not-critical",
            "deviation-extended-key-usage-other",
            "deviation-authority-key-identifier",
        ]
    );
    assert_eq!(verified(&signer(), Signs::DocumentStrictly), Err("cert-profile-validity"));
    assert_eq!(anchor(&root()).unwrap().strictly().unwrap_err().code(), "cert-profile-validity");
}

#[test]
fn every_danger_in_an_untidy_signer_is_refused() {
    let with = |extension: Extension| signer().with_extension(extension);
    let purposes = |dotted: &[&str]| {
        with(Extension::extended_key_usage(&dotted.iter().map(|dotted| id(dotted)).collect::<Vec<_>>()))
    };
    let empty = |id, critical| with(Extension::new(id, critical, [0x30, 0]));
    let cases = [
        ("a CA", with(Extension::ca_without_sub_ca()), "cert-profile-basic-constraints"),
        (
            "a CA without a path length",
            with(Extension::new(ids::BASIC_CONSTRAINTS, false, [0x30, 3, 1, 1, 0xff])),
            "cert-profile-basic-constraints",
        ),
        ("key usage of a CA", with(Extension::key_usage(&[5, 6])), "cert-profile-key-usage"),
        (
            "neither usage nor purpose",
            signer().without_extension(ids::KEY_USAGE).without_extension(ids::EXTENDED_KEY_USAGE),
            "cert-profile-key-usage",
        ),
        ("a reader", purposes(&["1.0.18013.5.1.6"]), "cert-profile-extended-key-usage"),
        ("a trust list's signer", purposes(&["1.0.18013.5.1.8"]), "cert-profile-extended-key-usage"),
        ("a status list's signer", purposes(&["1.3.6.1.5.5.7.3.30"]), "cert-profile-extended-key-usage"),
        ("a TLS server", purposes(&["1.3.6.1.5.5.7.3.1"]), "cert-profile-extended-key-usage"),
        ("any purpose", purposes(&["2.5.29.37.0"]), "cert-profile-extended-key-usage"),
        ("a PID's signer", purposes(&["1.3.130.2.0.0.1.2"]), "cert-profile-extended-key-usage"),
        ("no purpose named", purposes(&[]), "cert-profile-extended-key-usage"),
        ("name constraints", empty(ids::NAME_CONSTRAINTS, false), "cert-profile-forbidden-extension"),
        ("policy constraints", empty(ids::POLICY_CONSTRAINTS, false), "cert-profile-forbidden-extension"),
        ("critical policy mappings", empty(ids::POLICY_MAPPINGS, true), "cert-profile-forbidden-extension"),
        ("unknown critical", empty(id("1.2.3.4"), true), "cert-profile-critical-extension"),
        (
            "another country",
            changed(signer(), |t| t.subject = Name::new("fr", Some("CO"), "Signer")),
            "cert-profile-country-mismatch",
        ),
        (
            "another state",
            changed(signer(), |t| t.subject = Name::new("us", Some("Utah"), "Signer")),
            "cert-profile-state-mismatch",
        ),
        ("over", changed(signer(), |t| t.not_after = start().plus_seconds(DAY - 1)), "ds-expired"),
        ("not yet", changed(signer(), |t| t.not_before = start().plus_seconds(DAY + 1)), "ds-not-yet"),
        (
            "ends before it begins",
            changed(signer(), |t| t.not_after = t.not_before.plus_seconds(-1)),
            "cert-profile-validity",
        ),
        ("another name", changed(signer(), |t| t.issuer = Name::new("US", None, "x")), "issuer-unknown"),
        ("another key named", with(Extension::authority_key_identifier(&[9; 20])), "issuer-key-unknown"),
    ];
    for (what, template, code) in &cases {
        assert_eq!(verified(template, MDL), Err(*code), "{what}");
    }

    // signed by another key: the name alone says nothing, the name with the key's identifier is forged
    let mut trust = TrustAnchors::new();
    let root = anchor(&root()).unwrap();
    let named = with(Extension::authority_key_identifier(root.certificate().ski().unwrap()));
    trust.add(root);
    for (template, code) in [(signer(), "issuer-key-unknown"), (named, "chain-signature")] {
        let forged = Certificate::decode(&template.sign(&key(3))).unwrap();
        let error = trust.verify(&forged, MDL, start().plus_seconds(DAY), &RustCrypto).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn every_danger_in_an_untidy_root_is_refused() {
    let with = |extension: Extension| root().with_extension(extension);
    let cases = [
        (
            "no constraints",
            root().without_extension(ids::BASIC_CONSTRAINTS),
            "cert-profile-basic-constraints",
        ),
        (
            "no CA",
            with(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0])),
            "cert-profile-basic-constraints",
        ),
        ("key usage of a signer", with(Extension::key_usage(&[0])), "cert-profile-key-usage"),
        (
            "name constraints",
            with(Extension::new(ids::NAME_CONSTRAINTS, false, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "policy constraints",
            with(Extension::new(ids::POLICY_CONSTRAINTS, true, [0x30, 0])),
            "cert-profile-forbidden-extension",
        ),
        (
            "unknown critical",
            with(Extension::new(id("1.2.3.4"), true, [5, 0])),
            "cert-profile-critical-extension",
        ),
        (
            "issued by another",
            changed(root(), |t| t.issuer = Name::new("US", None, "x")),
            "cert-profile-self-issued",
        ),
        ("another key", changed(root(), |t| t.spki = signer().spki), "anchor-signature"),
    ];
    for (what, template, code) in &cases {
        assert_eq!(anchor(template).unwrap_err().code(), *code, "{what}");
    }
}

#[test]
fn the_purpose_of_a_signer_is_that_of_its_kind_of_document() {
    let signs = |purpose: &str, signs: Signs<'_>| {
        let template = signer().with_extension(Extension::extended_key_usage(&[id(purpose)]));
        verified(&template, signs).is_ok()
    };
    let (mdl, mdoc, pid) = ("1.0.18013.5.1.2", "1.0.23220.4.1.2", "1.3.130.2.0.0.1.2");
    let (photo, of_pid) =
        (Signs::Document("org.iso.23220.photoid.1"), Signs::Document("eu.europa.ec.eudi.pid.1"));
    for (purpose, signer_of, right) in [
        (mdl, MDL, true),
        (mdoc, MDL, false),
        (pid, MDL, false),
        (mdl, photo, true),
        (mdoc, photo, true),
        (pid, photo, false),
        (mdl, of_pid, true),
        (pid, of_pid, true),
        (mdl, Signs::Document("org.example.other"), true),
        (mdoc, Signs::Document("org.example.other"), false),
        (mdl, Signs::StatusList, true),
        (mdoc, Signs::StatusList, true),
        ("1.3.6.1.5.5.7.3.30", Signs::StatusList, true),
        ("1.3.6.1.5.5.7.3.127", Signs::StatusList, true),
        ("1.3.6.1.5.5.7.3.1", Signs::StatusList, false),
        ("1.0.18013.5.1.6", Signs::StatusList, false),
    ] {
        assert_eq!(signs(purpose, signer_of), right, "{purpose} {signer_of:?}");
    }
    let without = signer().without_extension(ids::EXTENDED_KEY_USAGE);
    assert!(verified(&without, MDL).unwrap().contains(&"deviation-extended-key-usage-missing"));
    assert_eq!(verified(&without, Signs::StatusList), Err("cert-profile-extended-key-usage"));
    // pinned by its bytes it signs the lists of its own documents
    let pinned = Certificate::decode(&without.sign(&key(1))).unwrap();
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::pinned_document_signer(pinned.clone(), "", "").unwrap());
    assert!(trust.verify(&pinned, Signs::StatusList, start().plus_seconds(DAY), &RustCrypto).is_ok());
}

#[test]
fn a_root_may_write_its_own_name_in_two_ways() {
    let named = |name: &str| changed(root(), |root| root.issuer = Name::new("us", Some("COLORADO"), name));
    let untidy = anchor(&named("root")).unwrap();
    assert!(untidy.deviations().iter().any(|found| found.code.code() == "deviation-issuer-name"));
    assert_eq!(untidy.strictly().unwrap_err().code(), "cert-profile-self-issued");
    assert_eq!(anchor(&named("Roots")).unwrap_err().code(), "cert-profile-self-issued");
}

/// A document signer's certificate that the root on P-256 signed with SHA-384.
fn signed_with_sha384() -> Vec<u8> {
    use p256::ecdsa::signature::hazmat::PrehashSigner as _;
    const ES256: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    let mut tbs = signer().tbs();
    let at = tbs.windows(ES256.len()).position(|bytes| bytes == ES256).unwrap();
    tbs[at + 9] = 0x03;
    let digest = sha2::Sha384::digest(&tbs);
    let signature: p256::ecdsa::Signature = key(1).sign_prehash(&digest).unwrap();
    let der = signature.to_der();
    let algorithm = [&[0x30, 0x0a], &ES256[..9], &[0x03]].concat();
    let bits = [&[0x03, u8::try_from(der.as_bytes().len() + 1).unwrap(), 0], der.as_bytes()].concat();
    let content = [tbs, algorithm, bits].concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[0x30, 0x82], &length[..], &content].concat()
}

#[test]
fn hash_and_curve_of_a_certificate_are_independent() {
    let mut trust = TrustAnchors::new();
    trust.add(anchor(&root()).unwrap());
    let signer = Certificate::decode(&signed_with_sha384()).unwrap();
    let at = start().plus_seconds(DAY);
    assert!(trust.verify(&signer, MDL, at, &RustCrypto).is_ok());
    let strict = trust.verify(&signer, Signs::DocumentStrictly, at, &RustCrypto).unwrap_err();
    assert_eq!(strict.code(), "chain-algorithm");

    let mut altered = signed_with_sha384();
    let at_serial = altered.windows(3).position(|bytes| bytes == [2, 1, 8]).unwrap();
    altered[at_serial + 2] = 9;
    let altered = Certificate::decode(&altered).unwrap();
    let error = trust.verify(&altered, MDL, at, &RustCrypto).unwrap_err();
    assert_eq!(error.code(), "issuer-key-unknown", "it names no key");
}
