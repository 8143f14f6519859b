//! Right but untidy: authorities whose certificates depart from Annex B of ISO/IEC 18013-5 in the ways in which those of
//! real authorities do, without anything that would be dangerous.

use cbor::Timestamp;
use signature::Curve;
use x509::hazmat::{CertificateTemplate, Tag};
use x509::{Extension, Name, ObjectIdentifier, ids};

use crate::issuer::{TestIssuer, TestIssuerOptions};
use crate::sample::NOW;

const DAY: i64 = 86_400;

/// A change of a certificate before it is signed.
pub type Change = fn(CertificateTemplate) -> CertificateTemplate;

/// An authority that departs from Annex B.
#[derive(Clone, Debug)]
pub struct Untidy {
    /// A name for a report.
    pub name: &'static str,
    /// Its keys, names and dates.
    pub options: TestIssuerOptions,
    /// The departures of its root.
    pub iaca: Change,
    /// The departures of its document signer.
    pub ds: Change,
}

impl Untidy {
    /// Returns the authority.
    ///
    /// # Panics
    /// Never: its certificates can be read.
    pub fn issuer(&self) -> TestIssuer {
        TestIssuer::with_certificates(&self.options, &self.iaca, &self.ds)
    }
}

/// Makes an extension not critical.
fn not_critical(mut template: CertificateTemplate, id: ObjectIdentifier) -> CertificateTemplate {
    template.extensions.iter_mut().filter(|e| e.id == id).for_each(|e| e.critical = false);
    template
}

/// `CA:TRUE` without a path length.
fn no_path_length(template: CertificateTemplate) -> CertificateTemplate {
    template.with_extension(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 3, 1, 1, 0xff]))
}

/// `CA:FALSE`, said though it is the default.
fn said_no_ca(template: CertificateTemplate) -> CertificateTemplate {
    template.with_extension(Extension::new(ids::BASIC_CONSTRAINTS, false, [0x30, 0]))
}

fn no_contact(template: CertificateTemplate) -> CertificateTemplate {
    template.without_extension(ids::ISSUER_ALT_NAME)
}

fn no_crl(template: CertificateTemplate) -> CertificateTemplate {
    template.without_extension(ids::CRL_DISTRIBUTION_POINTS)
}

fn own_purpose(template: CertificateTemplate) -> CertificateTemplate {
    let purpose = "1.3.130.2.0.0.1.7".parse().expect("an identifier");
    template.with_extension(Extension::extended_key_usage(&[purpose]))
}

fn second_purpose(template: CertificateTemplate) -> CertificateTemplate {
    let other = "1.3.6.1.4.1.99999.2".parse().expect("an identifier");
    template.with_extension(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER, other]))
}

/// The issuer's name as `PrintableString` and in capitals, with more white space: the same name by RFC 5280, 7.1.
fn in_other_letters(mut template: CertificateTemplate) -> CertificateTemplate {
    let country = template.issuer.country().unwrap_or_default();
    let name = template.issuer.common_name().unwrap_or_default();
    let name = format!(" {}", name.to_uppercase().replace(' ', "  "));
    template.issuer = Name::from_tagged_attributes(&[
        (ids::COUNTRY, Tag::PrintableString, country),
        (ids::COMMON_NAME, Tag::PrintableString, &name),
    ]);
    template
}

/// Returns the authorities: each departure of a real one, and all departures in one.
pub fn all() -> Vec<Untidy> {
    let of = |name: &'static str, change: &dyn Fn(&mut TestIssuerOptions), iaca: Change, ds: Change| {
        let mut options = TestIssuerOptions {
            seed: format!("untidy {name}"),
            iaca_name: format!("Test IACA {name}"),
            ..TestIssuerOptions::default()
        };
        change(&mut options);
        Untidy { name, options, iaca, ds }
    };
    let long: (Timestamp, Timestamp) =
        (NOW.floor_to_day().plus_seconds(-30 * DAY), NOW.floor_to_day().plus_seconds(1_896 * DAY));
    vec![
        of(
            "no path length, no contact",
            &|_| {},
            |t| no_contact(no_path_length(t)),
            |t| said_no_ca(no_contact(t)),
        ),
        of(
            "1,926 days",
            &|o| o.ds_validity = long,
            |t| no_crl(no_path_length(t)),
            |t| no_crl(not_critical(t, ids::EXTENDED_KEY_USAGE)),
        ),
        of("P-384 root with a purpose", &|o| o.iaca_curve = Curve::P384, own_purpose, |t| t),
        of("a state without its country", &|o| o.state = Some("JS".to_owned()), no_path_length, |t| {
            not_critical(t, ids::KEY_USAGE)
        }),
        of("its root's name in another type, case and white space", &|_| {}, |t| t, in_other_letters),
        of(
            "every departure",
            &|o| {
                o.iaca_curve = Curve::P384;
                o.iaca_validity.1 = NOW.plus_seconds(29 * 365 * DAY);
                o.ds_validity = long;
            },
            |mut t| {
                t.serial = vec![7];
                (t.subject, t.issuer) = (Name::new("CN", None, " "), Name::new("CN", None, " "));
                not_critical(own_purpose(no_crl(no_contact(no_path_length(t)))), ids::KEY_USAGE)
            },
            |mut t| {
                t.serial = vec![9];
                t = t.without_extension(ids::SUBJECT_KEY_IDENTIFIER);
                t = t.without_extension(ids::AUTHORITY_KEY_IDENTIFIER);
                t = not_critical(second_purpose(said_no_ca(no_crl(no_contact(t)))), ids::EXTENDED_KEY_USAGE);
                not_critical(t, ids::KEY_USAGE)
            },
        ),
    ]
}
