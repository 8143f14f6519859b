//! One DS certificate for each line of its profile, and authorities that no longer hold.

use cbor::Value;
use signature::Signer as _;
use x509::hazmat::{CertificateFields, CertificateTemplate, Tag};
use x509::{Extension, Name, ids};

use super::bytes::changed;
use super::world;
use super::{Hostile, Threat, Verdict};
use crate::draft::NOW;
use crate::issuer::TestIssuer;
use crate::random::signing_key;

const DAY: i64 = 86_400;
const CRL: &str = "https://iaca.test.example/crl";

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let mut all = extensions(issuer);
    all.extend(fields(issuer));
    all.extend(bytes(issuer));
    all.extend(names(issuer));
    all.extend(authorities());
    all.extend(revocation());
    all
}

/// Returns a conforming DS certificate of the issuer's DS key, to be changed.
pub(super) fn ds(issuer: &TestIssuer) -> CertificateTemplate {
    let day = NOW.floor_to_day();
    let (from, until) = (day.plus_seconds(-30 * DAY), day.plus_seconds(400 * DAY));
    let fields = CertificateFields::new(&[0x5d; 16], from, until, issuer.ds_key(), CRL);
    CertificateTemplate::document_signer(issuer.iaca(), Name::new("CN", None, "Test DS"), &fields)
}

/// Returns a presentation with this certificate in the place of the issuer's.
pub(super) fn shown(issuer: &TestIssuer, der: Vec<u8>) -> Vec<u8> {
    changed(issuer, |d| d.issuer_auth.unprotected = Value::integer_map([(33, Value::Bytes(der))]))
}

pub(super) fn of(issuer: &TestIssuer, template: &CertificateTemplate) -> Vec<u8> {
    shown(issuer, template.sign(issuer.iaca_key()))
}

/// Returns a presentation under a certificate that breaks the line of the profile with this code.
pub(super) fn profile(
    rule: &'static str,
    code: &str,
    description: &'static str,
    payload: Vec<u8>,
) -> Hostile {
    let code = format!("cert-profile-{code}");
    Hostile::refused(rule, Threat::CertificateProfile, "certificate", &code, description, payload)
}

fn extensions(issuer: &TestIssuer) -> Vec<Hostile> {
    let good = ds(issuer);
    let case = |rule, code: &str, description, template: CertificateTemplate| {
        let payload = of(issuer, &template);
        profile(rule, code, description, payload)
    };
    let with = |extension: Extension| good.clone().with_extension(extension);
    let without = |id| good.clone().without_extension(id);
    let not_critical = |id| {
        let mut template = good.clone();
        template.extensions.iter_mut().filter(|e| e.id == id).for_each(|e| e.critical = false);
        template
    };
    let purposes = |dotted: &[&str]| {
        let list: Vec<_> = dotted.iter().map(|d| d.parse().expect("an identifier")).collect();
        with(Extension::extended_key_usage(&list))
    };
    let unknown = |critical| Extension::new("1.2.3.4".parse().expect("an identifier"), critical, [5, 0]);
    let empty = |id| with(Extension::new(id, false, [0x30, 0]));
    let (usage, purpose) = ("key-usage", "extended-key-usage");
    let forbidden = "forbidden-extension";
    let mut twice = good.clone();
    twice.extensions.push(Extension::key_usage(&[0]));
    vec![
        case("cert-key-usage-missing", usage, "No key usage.", without(ids::KEY_USAGE)),
        case("cert-key-usage-not-critical", usage, "Key usage, not critical.", not_critical(ids::KEY_USAGE)),
        case("cert-key-usage-of-a-ca", usage, "The key usage of a CA.", with(Extension::key_usage(&[5, 6]))),
        case("cert-key-usage-too-wide", usage, "A second usage.", with(Extension::key_usage(&[0, 1]))),
        case("cert-basic-constraints-ca", "basic-constraints", "It says that it is a CA.", {
            with(Extension::ca_without_sub_ca())
        }),
        case("cert-basic-constraints-there", "basic-constraints", "Constraints that say that it is none.", {
            with(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0]))
        }),
        case("cert-purpose-not-critical", purpose, "The purpose, not critical.", {
            not_critical(ids::EXTENDED_KEY_USAGE)
        }),
        case("cert-purpose-tls-server", purpose, "The purpose of a TLS server.", {
            purposes(&["1.3.6.1.5.5.7.3.1"])
        }),
        case("cert-purpose-reader", purpose, "The purpose of a reader.", purposes(&["1.0.18013.5.1.6"])),
        case("cert-purpose-trust-list", purpose, "The purpose of a trust list's signer.", {
            purposes(&["1.0.18013.5.1.8"])
        }),
        case("cert-purpose-two", purpose, "A second purpose.", {
            purposes(&["1.0.18013.5.1.2", "1.3.6.1.5.5.7.3.1"])
        }),
        case("cert-key-identifier-missing", "subject-key-identifier", "No identifier of its own key.", {
            without(ids::SUBJECT_KEY_IDENTIFIER)
        }),
        case("cert-key-identifier-empty", "subject-key-identifier", "An empty identifier.", {
            with(Extension::subject_key_identifier(&[]))
        }),
        case("cert-issuer-identifier-missing", "authority-key-identifier", "No issuer's key identifier.", {
            without(ids::AUTHORITY_KEY_IDENTIFIER)
        }),
        case("cert-issuer-identifier-empty", "authority-key-identifier", "It names no key.", {
            empty(ids::AUTHORITY_KEY_IDENTIFIER)
        }),
        case("cert-contact-missing", "issuer-alt-name", "No contact.", without(ids::ISSUER_ALT_NAME)),
        case("cert-contact-host", "issuer-alt-name", "A host, no email address and no URI.", {
            with(Extension::new(ids::ISSUER_ALT_NAME, false, [0x30, 3, 0x82, 1, b'x']))
        }),
        case("cert-crl-missing", "crl-distribution-points", "No revocation list named.", {
            without(ids::CRL_DISTRIBUTION_POINTS)
        }),
        case("cert-crl-nowhere", "crl-distribution-points", "A revocation list nowhere.", {
            with(Extension::new(ids::CRL_DISTRIBUTION_POINTS, false, [0x30, 2, 0x30, 0]))
        }),
        case("cert-critical-unknown", "critical-extension", "Something unknown is critical.", {
            with(unknown(true))
        }),
        case(
            "cert-identifier-critical",
            "critical-extension",
            "The identifier of its own key is critical.",
            {
                let own = good.extensions.iter().find(|e| e.id == ids::SUBJECT_KEY_IDENTIFIER);
                let own = own.expect("an identifier").value.clone();
                with(Extension::new(ids::SUBJECT_KEY_IDENTIFIER, true, own))
            },
        ),
        case("cert-name-constraints", forbidden, "Name constraints.", empty(ids::NAME_CONSTRAINTS)),
        case("cert-policy-mappings", forbidden, "Policy mappings.", empty(ids::POLICY_MAPPINGS)),
        case("cert-policy-constraints", forbidden, "Policy constraints.", empty(ids::POLICY_CONSTRAINTS)),
        case("cert-inhibit-any-policy", forbidden, "Any policy inhibited.", empty(ids::INHIBIT_ANY_POLICY)),
        case("cert-freshest-crl", forbidden, "A delta list named.", empty(ids::FRESHEST_CRL)),
        case("cert-extension-twice", "duplicate-extension", "Key usage twice.", twice),
        Hostile::accepted(
            "cert-unknown-ignored",
            Threat::CertificateProfile,
            "Something unknown, not critical.",
            of(issuer, &with(unknown(false))),
        ),
    ]
}

fn fields(issuer: &TestIssuer) -> Vec<Hostile> {
    let good = ds(issuer);
    let case = |rule, code: &str, description, change: &dyn Fn(&mut CertificateTemplate)| {
        let mut template = good.clone();
        change(&mut template);
        let payload = of(issuer, &template);
        profile(rule, code, description, payload)
    };
    let named =
        |rule, code, description, name: Name| case(rule, code, description, &|t| t.subject = name.clone());
    let attributes = Name::from_attributes;
    let two = [(ids::COUNTRY, "CN"), (ids::COUNTRY, "FR"), (ids::COMMON_NAME, "Test DS")];
    vec![
        named("cert-country-missing", "country", "No country.", attributes(&[(ids::COMMON_NAME, "Test DS")])),
        named("cert-country-small", "country", "The country in small letters.", Name::new("cn", None, "x")),
        named("cert-country-two", "country", "Two countries.", attributes(&two)),
        named("cert-country-other", "country-mismatch", "Another country than its authority's.", {
            Name::new("FR", None, "Test DS")
        }),
        named("cert-name-missing", "common-name", "No common name.", attributes(&[(ids::COUNTRY, "CN")])),
        named("cert-name-blank", "common-name", "A blank common name.", Name::new("CN", None, " ")),
        named("cert-province-own", "state-mismatch", "A province that its authority has not.", {
            Name::new("CN", Some("CN-JS"), "Test DS")
        }),
        case("cert-serial-zero", "serial", "Serial number 0.", &|t| t.serial = vec![0]),
        case("cert-serial-counted", "serial", "A serial number of one octet.", &|t| t.serial = vec![7]),
        case("cert-serial-long", "serial", "A serial number of 21 octets.", &|t| t.serial = vec![0x11; 21]),
        case("cert-lifetime-long", "validity", "457 days and a second.", &|t| {
            t.not_after = t.not_before.plus_seconds(457 * DAY + 1);
        }),
        case("cert-lifetime-negative", "validity", "It ends before it begins.", &|t| {
            t.not_after = t.not_before.plus_seconds(-1);
        }),
        case("cert-key-off-curve", "key", "A point off the curve.", &|t| {
            if let Some(last) = t.spki.last_mut() {
                *last ^= 1;
            }
        }),
    ]
}

/// Replaces bytes of the same length or another, wherever they first stand.
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).position(|window| window == old).expect("the bytes");
    [&bytes[..at], new, &bytes[at + old.len()..]].concat()
}

fn bytes(issuer: &TestIssuer) -> Vec<Hostile> {
    const ES256: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    const ES384: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];
    let good = ds(issuer);
    let der = good.sign(issuer.iaca_key());
    let case = |rule, code, description, der: Vec<u8>| {
        Hostile::refused(
            rule,
            Threat::CertificateProfile,
            "certificate",
            code,
            description,
            shown(issuer, der),
        )
    };
    let resigned = |tbs: Vec<u8>| {
        let key = issuer.iaca_key();
        CertificateTemplate::assemble(&tbs, key.algorithm(), &key.sign(&tbs)).expect("a certificate")
    };
    let general = {
        // the pair of times and the whole grow by two bytes
        let grown = replaced(&good.tbs(), &[0x30, 0x1e, 0x17, 0x0d], &[0x30, 0x20, 0x18, 0x0f, b'2', b'0']);
        let length = u16::from_be_bytes([grown[2], grown[3]]) + 2;
        [&grown[..2], &length.to_be_bytes(), &grown[4..]].concat()
    };
    vec![
        case("cert-version-2", "cert-profile-version", "X.509 version 2.", {
            resigned(replaced(&good.tbs(), &[0xa0, 3, 2, 1, 2], &[0xa0, 3, 2, 1, 1]))
        }),
        case("cert-time-generalized", "cert-profile-time-encoding", "GeneralizedTime before 2050.", {
            resigned(general)
        }),
        case("cert-algorithms-differ", "cert-profile-signature-algorithm", "Two names for one signature.", {
            replaced(&der, &ES256, &ES384)
        }),
        Hostile::refused(
            "cert-algorithm-of-another-curve",
            Threat::Cose,
            "issuer-trusted",
            "chain-algorithm",
            "ECDSA with SHA-384 by an authority on P-256.",
            {
                let inner = replaced(&der, &ES256, &ES384);
                shown(issuer, replaced(&inner, &ES256, &ES384))
            },
        ),
        case("cert-trailing", "cert-malformed", "A byte after the certificate.", {
            [der.as_slice(), &[0]].concat()
        }),
        case("cert-cut", "cert-malformed", "Half of a certificate.", der[..der.len() / 2].to_vec()),
        case("cert-large", "cert-size", "A certificate of 9,000 bytes.", vec![0x30; 9_000]),
        case("cert-anchor-as-leaf", "cert-profile-validity", "The authority's own certificate.", {
            issuer.iaca().as_der().to_vec()
        }),
    ]
}

/// Returns the test authority's name in other string types, letters and spaces.
pub(super) fn untidy_name() -> Name {
    Name::from_tagged_attributes(&[
        (ids::COUNTRY, Tag::Utf8String, "cn"),
        (ids::COMMON_NAME, Tag::PrintableString, " TEST  iaca "),
    ])
}

/// Names of the issuer that are the root's by RFC 5280, 7.1, and names that only look like it.
fn names(issuer: &TestIssuer) -> Vec<Hostile> {
    let key = signing_key("stranger by name");
    let named = |name: Name| CertificateTemplate { issuer: name, ..ds(issuer) };
    let signed = |template: &CertificateTemplate| shown(issuer, template.sign(&key));
    let case = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "issuer-trusted", code, description, payload)
    };
    let other_key = Extension::authority_key_identifier(&[0x5a; 20]);
    let alike = Name::new("CN", None, "\u{422}est IACA");
    let turned = Name::from_attributes(&[(ids::COMMON_NAME, "Test IACA"), (ids::COUNTRY, "CN")]);
    vec![
        Hostile::accepted(
            "untidy-issuer-name",
            Threat::CertificateProfile,
            "The issuer's name in other string types, letters and spaces than the root's. It is no danger.",
            of(issuer, &named(untidy_name())),
        )
        .also(&["deviations", "deviation-issuer-name"]),
        case(
            "cert-issuer-name-untidy",
            Threat::CertificateProfile,
            "issuer-unknown",
            "The issuer's name in other string types, letters and spaces than the root's, verified strictly.",
            of(issuer, &named(untidy_name())),
        )
        .strictly(),
        case(
            "issuer-name-untidy-other-key",
            Threat::IssuerNamesake,
            "issuer-key-unknown",
            "A namesake in other letters, with a key of its own.",
            signed(&named(untidy_name()).with_extension(other_key.clone())),
        ),
        case(
            "issuer-name-untidy-forged",
            Threat::IssuerNamesake,
            "chain-signature",
            "A namesake in other letters with the right key identifier, signed by another key.",
            signed(&named(untidy_name())),
        ),
        case(
            "issuer-name-alike",
            Threat::IssuerNamesake,
            "issuer-unknown",
            "A name with a Cyrillic letter that looks like the Latin one.",
            signed(&named(alike).with_extension(other_key)),
        ),
        case(
            "issuer-name-turned",
            Threat::IssuerNamesake,
            "issuer-unknown",
            "The parts of the name in another order.",
            of(issuer, &named(turned)),
        ),
    ]
}

fn authorities() -> Vec<Hostile> {
    let from = |name| changed(world::issuer(name), |_| {});
    let trust = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "issuer-trusted", code, description, payload)
    };
    let issuer = world::issuer("test-authority");
    let jurisdiction = |name: &str, shown: &str| {
        changed(world::issuer(name), |d| {
            use crate::draft::set;
            set(&mut d.item_mut("sex").map, "elementIdentifier", Value::text("issuing_jurisdiction"));
            set(&mut d.item_mut("issuing_jurisdiction").map, "elementValue", Value::text(shown));
            d.digest_items();
        })
    };
    vec![
        trust(
            "iaca-expired",
            Threat::Dates,
            "iaca-expired",
            "One second after the authority.",
            from("expired"),
        ),
        Hostile::accepted(
            "iaca-last-second",
            Threat::Dates,
            "The authority's last second.",
            from("last-second"),
        ),
        trust(
            "iaca-not-yet",
            Threat::Dates,
            "iaca-not-yet",
            "One second before the authority.",
            from("young"),
        ),
        Hostile::accepted(
            "iaca-first-second",
            Threat::Dates,
            "The authority's first second.",
            from("first-second"),
        ),
        trust(
            "issuer-other-types",
            Threat::IssuerUnknown,
            "issuer-doc-type",
            "An authority trusted for other documents.",
            from("other-types"),
        ),
        trust(
            "ds-under-ds",
            Threat::IssuerUnknown,
            "issuer-unknown",
            "A certificate that a DS certificate signed.",
            {
                let mut template = ds(issuer);
                template.issuer = issuer.ds().subject().clone();
                let above = issuer.ds().ski().unwrap_or_default();
                template = template.with_extension(Extension::authority_key_identifier(above));
                shown(issuer, template.sign(issuer.ds_key()))
            },
        ),
        Hostile::accepted(
            "province-equal",
            Threat::IssuerNamesake,
            "Authority and DS certificate of one province.",
            jurisdiction("province", "CN-JS"),
        ),
        Hostile::accepted(
            "province-short",
            Threat::IssuerNamesake,
            "The certificates name the province without its country.",
            jurisdiction("province-short", "CN-JS"),
        ),
        Hostile::refused(
            "cert-untidy-authority",
            Threat::CertificateProfile,
            "certificate",
            "cert-profile-validity",
            "Root and document signer depart from Annex B in ten places, verified strictly.",
            from("untidy"),
        )
        .strictly(),
        Hostile::accepted(
            "untidy-authority",
            Threat::CertificateProfile,
            "Root and document signer depart from Annex B in ten places, none of which is a danger.",
            from("untidy"),
        )
        .also(&[
            "deviations",
            "deviation-state",
            "deviation-validity",
            "deviation-key-usage-not-critical",
            "deviation-issuer-alt-name",
            "deviation-crl-distribution-points",
            "deviation-path-length",
            "deviation-extended-key-usage-other",
            "deviation-basic-constraints",
            "deviation-extended-key-usage-not-critical",
        ]),
        trust(
            "issuing-jurisdiction-other",
            Threat::IssuerNamesake,
            "issuing-jurisdiction",
            "Another province is shown.",
            jurisdiction("province", "CN-SH"),
        ),
    ]
}

fn revocation() -> Vec<Hostile> {
    let from = |name| changed(world::issuer(name), |_| {});
    let case = |rule, code, description, name| {
        Hostile::refused(rule, Threat::SignerRevoked, "issuer-trusted", code, description, from(name))
    };
    vec![
        case("ds-revoked-by-list", "ds-revoked", "Its authority's list has it.", "list-revokes"),
        case("ds-revoked-by-old-list", "ds-revoked", "An old list has it.", "list-old-revokes"),
        case("ds-revoked-by-fingerprint", "ds-revoked", "Revoked by its fingerprint.", "struck"),
        Hostile::accepted(
            "ds-not-on-list",
            Threat::SignerRevoked,
            "A current list has it not.",
            from("list-empty"),
        )
        .also(&["issuer-not-revoked"]),
        case("ds-list-old", "ds-revocation-old", "The list at hand is a second old.", "list-old")
            .outcome(Verdict::Undetermined),
        case("ds-list-ahead", "ds-revocation-ahead", "The list at hand is from the future.", "list-ahead")
            .outcome(Verdict::Undetermined),
    ]
}
