//! The profiles of Annex B for issuers: IACA root and document signer.

use super::certificate::Certificate;
use super::error::CertificateError;
use super::extension::Extension;
use super::name::Name;
use super::oid::ids;
use cbor::Timestamp;

/// Longest validity of an IACA certificate, in years.
pub const IACA_MAX_YEARS: i32 = 20;

/// Longest validity of a DS certificate, in days.
pub const DOCUMENT_SIGNER_MAX_DAYS: i64 = 457;

/// Shortest serial number, in octets: one octet is a counter, and the standard requires random numbers.
const MIN_SERIAL: usize = 2;

pub(super) const DIGITAL_SIGNATURE: u16 = 1 << 15;
const KEY_CERT_SIGN_AND_CRL_SIGN: u16 = (1 << 10) | (1 << 9);

/// Proof that a certificate fits the profile of an IACA root. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct IacaProfile(());

/// Proof that a certificate fits the profile of a document signer. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct DocumentSignerProfile(());

/// Checks a certificate by the profile of an IACA root.
///
/// Checked: self-issued; one country of two capitals and a common name; at most 20 years; key usage, constraints, key
/// identifier, contact and revocation list by Annex B; no extended key usage; no forbidden extension, no other critical one.
/// Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_iaca(certificate: &Certificate) -> Result<IacaProfile, CertificateError> {
    if certificate.issuer().raw() != certificate.subject().raw() {
        return Err(CertificateError::SelfIssued);
    }
    check_name(certificate.subject())?;
    let latest = plus_years(certificate.not_before(), IACA_MAX_YEARS);
    check_lifetime(certificate, latest)?;
    check_extensions(certificate, KEY_CERT_SIGN_AND_CRL_SIGN)?;
    let constraints = certificate.extension(ids::BASIC_CONSTRAINTS);
    if !constraints.is_some_and(|e| e.critical && e.is_ca_without_sub_ca()) {
        return Err(CertificateError::BasicConstraints);
    }
    if certificate.extension(ids::EXTENDED_KEY_USAGE).is_some() {
        return Err(CertificateError::ExtendedKeyUsage);
    }
    Ok(IacaProfile(()))
}

/// Checks a certificate by the profile of a document signer directly under `iaca`.
///
/// Checked in addition to [`check_iaca`]: at most 457 days; exactly the document signer's extended key usage; no basic
/// constraints; the issuer's key identifier; equal country, and equal province if either has one.
/// `None` skips the lines that need the issuer. Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_document_signer(
    certificate: &Certificate,
    iaca: Option<&Certificate>,
) -> Result<DocumentSignerProfile, CertificateError> {
    check_name(certificate.subject())?;
    let latest = certificate.not_before().plus_seconds(DOCUMENT_SIGNER_MAX_DAYS * 86_400);
    check_lifetime(certificate, latest)?;
    check_extensions(certificate, DIGITAL_SIGNATURE)?;
    if certificate.extension(ids::BASIC_CONSTRAINTS).is_some() {
        return Err(CertificateError::BasicConstraints);
    }
    let purpose = certificate.extension(ids::EXTENDED_KEY_USAGE);
    let signs_documents =
        |e: &Extension| e.critical && e.purposes().as_deref() == Some(&[ids::MDL_DOCUMENT_SIGNER]);
    if !purpose.is_some_and(signs_documents) {
        return Err(CertificateError::ExtendedKeyUsage);
    }
    let authority = certificate.aki().ok_or(CertificateError::AuthorityKeyIdentifier)?;
    let Some(iaca) = iaca else {
        return Ok(DocumentSignerProfile(()));
    };
    if iaca.ski() != Some(authority) {
        return Err(CertificateError::AuthorityKeyIdentifier);
    }
    let (own, above) = (certificate.subject(), iaca.subject());
    if own.country() != above.country() {
        return Err(CertificateError::CountryMismatch);
    }
    if own.state_or_province() != above.state_or_province() {
        return Err(CertificateError::StateMismatch);
    }
    Ok(DocumentSignerProfile(()))
}

fn check_name(name: &Name) -> Result<(), CertificateError> {
    let capitals = |c: &str| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase());
    if !name.country().is_some_and(capitals) {
        return Err(CertificateError::Country);
    }
    if name.common_name().is_none_or(|cn| cn.trim().is_empty()) {
        return Err(CertificateError::CommonName);
    }
    // an unreadable or second province must not count as none
    if name.count(ids::STATE_OR_PROVINCE) > 0 && name.state_or_province().is_none() {
        return Err(CertificateError::StateMismatch);
    }
    Ok(())
}

pub(super) fn check_lifetime(certificate: &Certificate, latest: Timestamp) -> Result<(), CertificateError> {
    let (from, until) = (certificate.not_before(), certificate.not_after());
    if until < from || until > latest {
        return Err(CertificateError::Validity);
    }
    Ok(())
}

/// Checks the lines of every profile: a random serial number, no forbidden extension, no unknown critical extension.
pub(super) fn check_every_kind(certificate: &Certificate) -> Result<(), CertificateError> {
    const MAY_BE_CRITICAL: [der::asn1::ObjectIdentifier; 3] =
        [ids::KEY_USAGE, ids::BASIC_CONSTRAINTS, ids::EXTENDED_KEY_USAGE];
    const FORBIDDEN: [der::asn1::ObjectIdentifier; 5] = [
        ids::POLICY_MAPPINGS,
        ids::NAME_CONSTRAINTS,
        ids::POLICY_CONSTRAINTS,
        ids::INHIBIT_ANY_POLICY,
        ids::FRESHEST_CRL,
    ];
    // A serial number has at least 63 random bits; it is below 256 with a probability of 2^-55.
    if certificate.serial().len() < MIN_SERIAL {
        return Err(CertificateError::Serial);
    }
    for extension in certificate.extensions() {
        if FORBIDDEN.contains(&extension.id) {
            return Err(CertificateError::ForbiddenExtension);
        }
        if extension.critical && !MAY_BE_CRITICAL.contains(&extension.id) {
            return Err(CertificateError::CriticalExtension);
        }
    }
    Ok(())
}

/// Checks the lines that both profiles share.
fn check_extensions(certificate: &Certificate, usage: u16) -> Result<(), CertificateError> {
    check_every_kind(certificate)?;
    let key_usage = certificate.extension(ids::KEY_USAGE);
    if !key_usage.is_some_and(|e| e.critical && e.key_usage_bits() == Some(usage)) {
        return Err(CertificateError::KeyUsage);
    }
    if certificate.ski().is_none_or(<[u8]>::is_empty) {
        return Err(CertificateError::SubjectKeyIdentifier);
    }
    let alt_name = certificate.extension(ids::ISSUER_ALT_NAME);
    if !alt_name.is_some_and(Extension::has_contact) {
        return Err(CertificateError::IssuerAltName);
    }
    let crl = certificate.extension(ids::CRL_DISTRIBUTION_POINTS);
    if !crl.is_some_and(Extension::has_crl_points) {
        return Err(CertificateError::CrlDistributionPoints);
    }
    Ok(())
}

/// Returns the same time of day, whole years later.
fn plus_years(moment: Timestamp, years: i32) -> Timestamp {
    let of_day = moment.seconds_since(moment.floor_to_day());
    let later = moment.date_at(0).plus_years(years);
    later.start_at(0).plus_seconds(of_day)
}
