//! The profiles of Annex B for mdoc readers, and for the authorities above them.

use super::certificate::Certificate;
use super::error::CertificateError;
use super::extension::Extension;
use super::oid::ids;
use super::profile::{DIGITAL_SIGNATURE, check_every_kind, check_lifetime};

/// Longest validity of a reader's certificate, in days.
pub const READER_MAX_DAYS: i64 = 1187;

const KEY_CERT_SIGN: u16 = 1 << 10;

/// Proof that a certificate fits the profile of a reader. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct ReaderProfile(());

/// Proof that a certificate fits an authority above readers. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct ReaderAuthorityProfile(());

/// Checks a certificate by the profile of an mdoc reader directly under `authority`.
///
/// Checked: a common name; at most 1,187 days; key usage exactly digitalSignature; exactly the reader's purpose,
/// critical; no constraints; both key identifiers; no forbidden extension and no other critical one; a CRL
/// distribution point, if present, by Annex B. A country and a contact are not required of readers.
/// `None` skips the line that needs the authority. Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_reader(
    certificate: &Certificate,
    authority: Option<&Certificate>,
) -> Result<ReaderProfile, CertificateError> {
    check_common_name(certificate)?;
    check_lifetime(certificate, certificate.not_before().plus_seconds(READER_MAX_DAYS * 86_400))?;
    check_every_kind(certificate)?;
    let key_usage = certificate.extension(ids::KEY_USAGE);
    if !key_usage.is_some_and(|e| e.critical && e.key_usage_bits() == Some(DIGITAL_SIGNATURE)) {
        return Err(CertificateError::KeyUsage);
    }
    if certificate.extension(ids::BASIC_CONSTRAINTS).is_some() {
        return Err(CertificateError::BasicConstraints);
    }
    let purpose = certificate.extension(ids::EXTENDED_KEY_USAGE);
    let reads = |e: &Extension| e.critical && e.purposes().as_deref() == Some(&[ids::MDL_READER_AUTH]);
    if !purpose.is_some_and(reads) {
        return Err(CertificateError::ExtendedKeyUsage);
    }
    check_own_identifier(certificate)?;
    let crl = certificate.extension(ids::CRL_DISTRIBUTION_POINTS);
    if crl.is_some_and(|e| !e.has_crl_points()) {
        return Err(CertificateError::CrlDistributionPoints);
    }
    let above = certificate.aki().ok_or(CertificateError::AuthorityKeyIdentifier)?;
    match authority {
        Some(authority) if authority.ski() != Some(above) => Err(CertificateError::AuthorityKeyIdentifier),
        _ => Ok(ReaderProfile(())),
    }
}

/// Checks the certificate of an authority above readers.
///
/// The standard has no profile for them. Checked: a common name; a CA by its critical
/// constraints; key usage, critical, with keyCertSign; its own key identifier; no purpose; nothing forbidden and nothing
/// else critical. Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_reader_authority(certificate: &Certificate) -> Result<ReaderAuthorityProfile, CertificateError> {
    check_common_name(certificate)?;
    check_every_kind(certificate)?;
    let key_usage = certificate.extension(ids::KEY_USAGE);
    let signs =
        |e: &Extension| e.critical && e.key_usage_bits().is_some_and(|bits| bits & KEY_CERT_SIGN != 0);
    if !key_usage.is_some_and(signs) {
        return Err(CertificateError::KeyUsage);
    }
    let constraints = certificate.extension(ids::BASIC_CONSTRAINTS);
    if !constraints.is_some_and(|e| e.critical && e.basic_constraints().is_some_and(|read| read.is_ca)) {
        return Err(CertificateError::BasicConstraints);
    }
    if certificate.extension(ids::EXTENDED_KEY_USAGE).is_some() {
        return Err(CertificateError::ExtendedKeyUsage);
    }
    check_own_identifier(certificate)?;
    Ok(ReaderAuthorityProfile(()))
}

pub(super) fn check_common_name(certificate: &Certificate) -> Result<(), CertificateError> {
    match certificate.subject().common_name() {
        Some(name) if !name.trim().is_empty() => Ok(()),
        _ => Err(CertificateError::CommonName),
    }
}

pub(super) fn check_own_identifier(certificate: &Certificate) -> Result<(), CertificateError> {
    match certificate.ski() {
        Some(identifier) if !identifier.is_empty() => Ok(()),
        _ => Err(CertificateError::SubjectKeyIdentifier),
    }
}
