//! The profile of a trust list's signer (Annex B and C), and of the authorities between it and its root.

use super::certificate::Certificate;
use super::error::CertificateError;
use super::extension::Extension;
use super::oid::ids;
use super::profile::{DIGITAL_SIGNATURE, check_every_kind, check_lifetime};
use super::reader::{check_common_name, check_own_identifier};

const NON_REPUDIATION: u16 = 1 << 14;
const KEY_CERT_SIGN: u16 = 1 << 10;

/// Proof that a certificate fits the profile of a trust list signer. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct VicalSignerProfile(());

/// Proof that a certificate may certify others. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct VicalAuthorityProfile(());

/// Checks a certificate by the profile of a trust list signer.
///
/// Checked: a common name; a validity in order; it signs (digitalSignature, or nonRepudiation alone as AAMVA's has it)
/// and does nothing else; exactly the list signer's purpose, critical; no authority; both key identifiers; a revocation
/// list by URI; nothing forbidden and nothing else critical. Not required, since AAMVA's has none: a contact. No longest
/// validity was found in public sources, so there is no limit. Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_vical_signer(certificate: &Certificate) -> Result<VicalSignerProfile, CertificateError> {
    check_every_kind(certificate)?;
    let usage = certificate.extension(ids::KEY_USAGE).filter(|e| e.critical);
    let signs = |bits: u16| bits != 0 && bits & !(DIGITAL_SIGNATURE | NON_REPUDIATION) == 0;
    if !usage.and_then(Extension::key_usage_bits).is_some_and(signs) {
        return Err(CertificateError::KeyUsage);
    }
    let purposes = certificate.extension(ids::EXTENDED_KEY_USAGE).filter(|e| e.critical);
    let purposes = purposes.and_then(Extension::purposes);
    if purposes.as_deref() != Some(&[ids::VICAL_SIGNER]) {
        return Err(CertificateError::ExtendedKeyUsage);
    }
    if let Some(constraints) = certificate.extension(ids::BASIC_CONSTRAINTS)
        && constraints.basic_constraints().is_none_or(|read| read.is_ca)
    {
        return Err(CertificateError::BasicConstraints);
    }
    check_common_name(certificate)?;
    check_lifetime(certificate, certificate.not_after())?;
    check_own_identifier(certificate)?;
    if certificate.aki().is_none_or(<[u8]>::is_empty) {
        return Err(CertificateError::AuthorityKeyIdentifier);
    }
    let revocations = certificate.extension(ids::CRL_DISTRIBUTION_POINTS);
    if !revocations.is_some_and(Extension::has_crl_point) {
        return Err(CertificateError::CrlDistributionPoints);
    }
    Ok(VicalSignerProfile(()))
}

/// Checks the certificate of an authority above a list's signer: critical basic constraints of a CA with room for
/// `authorities_below` more, and a critical key usage with keyCertSign.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_vical_authority(
    certificate: &Certificate,
    authorities_below: usize,
) -> Result<VicalAuthorityProfile, CertificateError> {
    check_every_kind(certificate)?;
    let usage = certificate.extension(ids::KEY_USAGE).filter(|e| e.critical);
    if usage.and_then(Extension::key_usage_bits).is_none_or(|bits| bits & KEY_CERT_SIGN == 0) {
        return Err(CertificateError::KeyUsage);
    }
    let constraints = certificate.extension(ids::BASIC_CONSTRAINTS).filter(|e| e.critical);
    let room = |most: Option<u32>| {
        most.is_none_or(|most| u32::try_from(authorities_below).is_ok_and(|below| below <= most))
    };
    match constraints.and_then(Extension::basic_constraints) {
        Some(read) if read.is_ca && room(read.path_length) => Ok(VicalAuthorityProfile(())),
        _ => Err(CertificateError::BasicConstraints),
    }
}
