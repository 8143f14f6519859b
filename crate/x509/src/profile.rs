//! The profiles of Annex B for issuers: IACA root and document signer.

use der::asn1::ObjectIdentifier;

use super::certificate::Certificate;
use super::deviation::{Deviation, DeviationCode, Deviations, IssuerCertificate};
use super::error::CertificateError;
use super::extension::Extension;
use super::name::Name;
use super::oid::ids;
use super::place::{Place, PlaceMatch, compare_countries, compare_states, is_whole_state};
use cbor::Timestamp;

/// Longest validity of an IACA certificate, in years.
pub const IACA_MAX_YEARS: i32 = 20;

/// Longest validity of a DS certificate, in days.
pub const DOCUMENT_SIGNER_MAX_DAYS: i64 = 457;

/// Shortest serial number, in octets: one octet is a counter, and the standard requires random numbers. A number of 63
/// random bits is below 256 with a probability of 2^-55.
const MIN_SERIAL: usize = 2;

pub(super) const DIGITAL_SIGNATURE: u16 = 1 << 15;
const KEY_CERT_SIGN: u16 = 1 << 10;
const CRL_SIGN: u16 = 1 << 9;

const IACA_KEY_USAGE: KeyUsage =
    KeyUsage { necessary: KEY_CERT_SIGN, exactly: KEY_CERT_SIGN | CRL_SIGN, or_purpose: false };
const DOCUMENT_SIGNER_KEY_USAGE: KeyUsage =
    KeyUsage { necessary: DIGITAL_SIGNATURE, exactly: DIGITAL_SIGNATURE, or_purpose: true };

const MAY_BE_CRITICAL: [ObjectIdentifier; 3] =
    [ids::KEY_USAGE, ids::BASIC_CONSTRAINTS, ids::EXTENDED_KEY_USAGE];
/// Extensions that no profile of Annex B may have.
const FORBIDDEN: [ObjectIdentifier; 5] = [
    ids::POLICY_MAPPINGS,
    ids::NAME_CONSTRAINTS,
    ids::POLICY_CONSTRAINTS,
    ids::INHIBIT_ANY_POLICY,
    ids::FRESHEST_CRL,
];
/// Those of them that constrain a chain, critical or not.
const CONSTRAINTS: [ObjectIdentifier; 2] = [ids::NAME_CONSTRAINTS, ids::POLICY_CONSTRAINTS];

/// Proof that a certificate is usable as an IACA root. It does not imply trust.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct IacaProfile {
    deviations: Vec<Deviation>,
}

/// Proof that a certificate is usable as a document signer's. It does not imply trust.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct DocumentSignerProfile {
    deviations: Vec<Deviation>,
}

impl IacaProfile {
    /// Returns the departures from Annex B, in the order of the lines.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

impl DocumentSignerProfile {
    /// Returns the departures from Annex B, in the order of the lines.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

/// Checks that nothing in a certificate is dangerous in an IACA root; departures from Annex B are in the proof.
///
/// Refused: a certificate that is not self-issued; a validity that ends before it begins; no CA; key usage without
/// keyCertSign; name or policy constraints, which are not evaluated; an unknown critical extension.
/// Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first danger.
pub fn check_iaca(certificate: &Certificate) -> Result<IacaProfile, CertificateError> {
    iaca(certificate, false)
}

/// Checks a certificate by the profile of an IACA root in Annex B, to the letter.
///
/// Checked in addition to [`check_iaca`]: one country of two capitals and a common name; at most 20 years; a serial number
/// of two octets; key usage, constraints, key identifier, contact and revocation list by Annex B; no extended key usage; no
/// forbidden extension, no other critical one. A state may be written without its country.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_iaca_strictly(certificate: &Certificate) -> Result<IacaProfile, CertificateError> {
    iaca(certificate, true)
}

/// Checks that nothing in a certificate is dangerous in a document signer directly under `iaca`; departures from Annex B are
/// in the proof.
///
/// `purposes` are the extended key usages that name a signer of this kind of document; one of them must be there if the
/// certificate has any. Refused: a validity that ends before it begins; a CA; key usage without digitalSignature; neither
/// key usage nor extended key usage; name or policy constraints; an unknown critical extension; another key identifier than
/// the IACA's; a country or state that contradicts the IACA's.
/// `None` skips the lines that need the issuer. Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first danger.
pub fn check_document_signer(
    certificate: &Certificate,
    iaca: Option<&Certificate>,
    purposes: &[ObjectIdentifier],
) -> Result<DocumentSignerProfile, CertificateError> {
    document_signer(certificate, iaca, purposes, false)
}

/// Checks a certificate by the profile of a document signer in Annex B, to the letter, directly under `iaca`.
///
/// Checked as [`check_iaca_strictly`], and: at most 457 days; exactly the document signer's extended key usage, critical; no
/// basic constraints; the issuer's key identifier; equal country, and equal state if either has one.
/// `None` skips the lines that need the issuer. Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_document_signer_strictly(
    certificate: &Certificate,
    iaca: Option<&Certificate>,
) -> Result<DocumentSignerProfile, CertificateError> {
    document_signer(certificate, iaca, &[ids::MDL_DOCUMENT_SIGNER], true)
}

fn iaca(certificate: &Certificate, strict: bool) -> Result<IacaProfile, CertificateError> {
    let mut deviations = Deviations::of(IssuerCertificate::Iaca, strict);
    if !certificate.issuer().matches(certificate.subject()) {
        return Err(CertificateError::SelfIssued);
    }
    if certificate.issuer().raw() != certificate.subject().raw() {
        deviations.add(DeviationCode::IssuerName, CertificateError::SelfIssued)?;
    }
    check_name(certificate.subject(), &mut deviations)?;
    let latest = plus_years(certificate.not_before(), IACA_MAX_YEARS);
    check_span(certificate, latest, &mut deviations)?;
    check_extensions(certificate, IACA_KEY_USAGE, &mut deviations)?;
    let constraints = certificate.extension(ids::BASIC_CONSTRAINTS);
    let constraints = constraints.ok_or(CertificateError::BasicConstraints)?;
    let read = constraints.basic_constraints().filter(|read| read.is_ca);
    let read = read.ok_or(CertificateError::BasicConstraints)?;
    if !constraints.critical {
        deviations.add(DeviationCode::BasicConstraints, CertificateError::BasicConstraints)?;
    }
    if read.path_length != Some(0) {
        deviations.add(DeviationCode::PathLength, CertificateError::BasicConstraints)?;
    }
    if certificate.extension(ids::EXTENDED_KEY_USAGE).is_some() {
        deviations.add(DeviationCode::ExtendedKeyUsageOther, CertificateError::ExtendedKeyUsage)?;
    }
    Ok(IacaProfile { deviations: deviations.into_vec() })
}

fn document_signer(
    certificate: &Certificate,
    iaca: Option<&Certificate>,
    purposes: &[ObjectIdentifier],
    strict: bool,
) -> Result<DocumentSignerProfile, CertificateError> {
    let mut deviations = Deviations::of(IssuerCertificate::DocumentSigner, strict);
    check_name(certificate.subject(), &mut deviations)?;
    let latest = certificate.not_before().plus_seconds(DOCUMENT_SIGNER_MAX_DAYS * 86_400);
    check_span(certificate, latest, &mut deviations)?;
    check_extensions(certificate, DOCUMENT_SIGNER_KEY_USAGE, &mut deviations)?;
    if let Some(constraints) = certificate.extension(ids::BASIC_CONSTRAINTS) {
        if constraints.basic_constraints().is_none_or(|read| read.is_ca) {
            return Err(CertificateError::BasicConstraints);
        }
        deviations.add(DeviationCode::BasicConstraints, CertificateError::BasicConstraints)?;
    }
    check_purpose(certificate, purposes, &mut deviations)?;
    let own = certificate.aki().filter(|identifier| !identifier.is_empty());
    if own.is_none() {
        deviations.add(DeviationCode::AuthorityKeyIdentifier, CertificateError::AuthorityKeyIdentifier)?;
    }
    if let Some(iaca) = iaca {
        match (own, iaca.ski().filter(|identifier| !identifier.is_empty())) {
            (Some(own), Some(above)) if own != above => return Err(CertificateError::AuthorityKeyIdentifier),
            // a missing one of the root is a deviation of the root
            (Some(_), None) => deviations.require_tolerance(CertificateError::AuthorityKeyIdentifier)?,
            _ => {}
        }
        check_place(certificate.subject(), iaca.subject(), &mut deviations)?;
    }
    Ok(DocumentSignerProfile { deviations: deviations.into_vec() })
}

/// Checks the extended key usage of a document signer.
fn check_purpose(
    certificate: &Certificate,
    purposes: &[ObjectIdentifier],
    deviations: &mut Deviations,
) -> Result<(), CertificateError> {
    const REFUSAL: CertificateError = CertificateError::ExtendedKeyUsage;
    let Some(extension) = certificate.extension(ids::EXTENDED_KEY_USAGE) else {
        return deviations.add(DeviationCode::ExtendedKeyUsageMissing, REFUSAL);
    };
    let named = extension.purposes().ok_or(REFUSAL)?;
    if !named.iter().any(|purpose| purposes.contains(purpose)) {
        return Err(REFUSAL);
    }
    if !extension.critical {
        deviations.add(DeviationCode::ExtendedKeyUsageNotCritical, REFUSAL)?;
    }
    if named.iter().any(|purpose| !purposes.contains(purpose)) {
        deviations.add(DeviationCode::ExtendedKeyUsageOther, REFUSAL)?;
    }
    if named != [ids::MDL_DOCUMENT_SIGNER] {
        deviations.require_tolerance(REFUSAL)?;
    }
    Ok(())
}

/// Checks that a document signer's country and state are those of its IACA.
fn check_place(own: &Name, above: &Name, deviations: &mut Deviations) -> Result<(), CertificateError> {
    let country = above.country_place();
    let places = [
        (
            compare_countries(own.country_place(), country),
            DeviationCode::Country,
            CertificateError::CountryMismatch,
        ),
        (
            compare_states(country, own.state_place(), above.state_place()),
            DeviationCode::State,
            CertificateError::StateMismatch,
        ),
    ];
    for (found, otherwise, refusal) in places {
        match found {
            PlaceMatch::Same => {}
            PlaceMatch::SameOtherwise => deviations.add(otherwise, refusal)?,
            PlaceMatch::OneSided => deviations.add(DeviationCode::PlaceMissing, refusal)?,
            PlaceMatch::Unreadable => deviations.add(DeviationCode::PlaceUnreadable, refusal)?,
            PlaceMatch::Different => return Err(refusal),
        }
    }
    Ok(())
}

fn check_name(name: &Name, deviations: &mut Deviations) -> Result<(), CertificateError> {
    let capitals = |c: &str| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase());
    if !name.country().is_some_and(capitals) {
        deviations.add(DeviationCode::Country, CertificateError::Country)?;
    }
    if name.common_name().is_none_or(|cn| cn.trim().is_empty()) {
        deviations.add(DeviationCode::CommonName, CertificateError::CommonName)?;
    }
    match name.state_place() {
        Place::Absent => {}
        // an unreadable or second province must not count as none
        Place::Unreadable => deviations.add(DeviationCode::State, CertificateError::StateMismatch)?,
        Place::Text(state) if is_whole_state(name.country_place(), state) => {}
        Place::Text(_) => deviations.remark(DeviationCode::State),
    }
    Ok(())
}

/// Checks that a validity begins before it ends, and is not longer than Annex B allows.
fn check_span(
    certificate: &Certificate,
    latest: Timestamp,
    deviations: &mut Deviations,
) -> Result<(), CertificateError> {
    if certificate.not_after() < certificate.not_before() {
        return Err(CertificateError::Validity);
    }
    if certificate.not_after() > latest {
        deviations.add(DeviationCode::Validity, CertificateError::Validity)?;
    }
    Ok(())
}

/// Checks a validity as [`check_span`] does, in a profile that has no deviations.
pub(super) fn check_lifetime(certificate: &Certificate, latest: Timestamp) -> Result<(), CertificateError> {
    check_span(certificate, latest, &mut closed())
}

/// Checks the lines of every profile, in one that has no deviations: a random serial number, no forbidden extension, no
/// unknown critical extension.
pub(super) fn check_every_kind(certificate: &Certificate) -> Result<(), CertificateError> {
    check_serial_and_kinds(certificate, &mut closed())
}

/// Returns the deviations of a profile that has none: each is refused.
const fn closed() -> Deviations {
    Deviations::of(IssuerCertificate::DocumentSigner, true)
}

/// Checks the lines that both profiles share.
fn check_extensions(
    certificate: &Certificate,
    usage: KeyUsage,
    deviations: &mut Deviations,
) -> Result<(), CertificateError> {
    check_serial_and_kinds(certificate, deviations)?;
    check_key_usage(certificate, usage, deviations)?;
    if certificate.ski().is_none_or(<[u8]>::is_empty) {
        deviations.add(DeviationCode::SubjectKeyIdentifier, CertificateError::SubjectKeyIdentifier)?;
    }
    let alt_name = certificate.extension(ids::ISSUER_ALT_NAME);
    if !alt_name.is_some_and(Extension::has_contact) {
        deviations.add(DeviationCode::IssuerAltName, CertificateError::IssuerAltName)?;
    }
    let crl = certificate.extension(ids::CRL_DISTRIBUTION_POINTS);
    if !crl.is_some_and(Extension::has_crl_points) {
        deviations.add(DeviationCode::CrlDistributionPoints, CertificateError::CrlDistributionPoints)?;
    }
    Ok(())
}

/// The bits of a key usage: the one without which the certificate is no such one, and those of Annex B.
struct KeyUsage {
    necessary: u16,
    exactly: u16,
    /// Whether the extended key usage has to say what the key is for if the key usage does not.
    or_purpose: bool,
}

fn check_key_usage(
    certificate: &Certificate,
    usage: KeyUsage,
    deviations: &mut Deviations,
) -> Result<(), CertificateError> {
    const REFUSAL: CertificateError = CertificateError::KeyUsage;
    let Some(extension) = certificate.extension(ids::KEY_USAGE) else {
        if usage.or_purpose && certificate.extension(ids::EXTENDED_KEY_USAGE).is_none() {
            return Err(REFUSAL);
        }
        return deviations.add(DeviationCode::KeyUsageMissing, REFUSAL);
    };
    let bits = extension.key_usage_bits().filter(|bits| bits & usage.necessary != 0).ok_or(REFUSAL)?;
    if !extension.critical {
        deviations.add(DeviationCode::KeyUsageNotCritical, REFUSAL)?;
    }
    if bits != usage.exactly {
        deviations.add(DeviationCode::KeyUsageOther, REFUSAL)?;
    }
    Ok(())
}

/// Checks the serial number, and the kinds of extensions that are there.
fn check_serial_and_kinds(
    certificate: &Certificate,
    deviations: &mut Deviations,
) -> Result<(), CertificateError> {
    /// Extensions that are read here, and are not critical by the standard.
    const READ: [ObjectIdentifier; 4] = [
        ids::SUBJECT_KEY_IDENTIFIER,
        ids::AUTHORITY_KEY_IDENTIFIER,
        ids::ISSUER_ALT_NAME,
        ids::CRL_DISTRIBUTION_POINTS,
    ];
    if certificate.serial().len() < MIN_SERIAL {
        deviations.add(DeviationCode::Serial, CertificateError::Serial)?;
    }
    for extension in certificate.extensions() {
        if FORBIDDEN.contains(&extension.id) {
            // what constrains a chain is not evaluated here, so that passing over it would be wrong
            if extension.critical || CONSTRAINTS.contains(&extension.id) {
                return Err(CertificateError::ForbiddenExtension);
            }
            deviations.add(DeviationCode::ForbiddenExtension, CertificateError::ForbiddenExtension)?;
        } else if extension.critical && !MAY_BE_CRITICAL.contains(&extension.id) {
            if !READ.contains(&extension.id) {
                return Err(CertificateError::CriticalExtension);
            }
            deviations.add(DeviationCode::CriticalExtension, CertificateError::CriticalExtension)?;
        }
    }
    Ok(())
}

/// Returns the same time of day, whole years later.
fn plus_years(moment: Timestamp, years: i32) -> Timestamp {
    let of_day = moment.seconds_since(moment.floor_to_day());
    let later = moment.date_at(0).plus_years(years);
    later.start_at(0).plus_seconds(of_day)
}
