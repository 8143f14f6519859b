//! The profile of an authority's desk: a certificate of this project, for a key that agrees and never signs.
//!
//! No standard has such a certificate. It follows that of an mdoc reader, with another usage and another purpose.

use super::certificate::Certificate;
use super::error::CertificateError;
use super::extension::Extension;
use super::oid::ids;
use super::profile::{check_every_kind, check_lifetime};
use super::reader::{check_common_name, check_own_identifier};

/// Longest validity of a desk's certificate, in days.
pub const DESK_MAX_DAYS: i64 = 93;

const KEY_AGREEMENT: u16 = 1 << 11;

/// Proof that a certificate fits the profile of a desk. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct DeskProfile(());

/// Checks a certificate by the profile of a desk directly under `authority`.
///
/// Checked: a common name; at most [`DESK_MAX_DAYS`] days; key usage exactly keyAgreement, critical; exactly the purpose
/// [`ids::CLAIM_DESK`], critical; no constraints; both key identifiers; no forbidden extension and no other critical one.
/// So it can be no document signer, which needs digitalSignature, and no document signer is a desk.
/// `None` skips the line that needs the authority. Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_desk(
    certificate: &Certificate,
    authority: Option<&Certificate>,
) -> Result<DeskProfile, CertificateError> {
    check_common_name(certificate)?;
    check_lifetime(certificate, certificate.not_before().plus_seconds(DESK_MAX_DAYS * 86_400))?;
    check_every_kind(certificate)?;
    let key_usage = certificate.extension(ids::KEY_USAGE);
    if !key_usage.is_some_and(|e| e.critical && e.key_usage_bits() == Some(KEY_AGREEMENT)) {
        return Err(CertificateError::KeyUsage);
    }
    if certificate.extension(ids::BASIC_CONSTRAINTS).is_some() {
        return Err(CertificateError::BasicConstraints);
    }
    let purpose = certificate.extension(ids::EXTENDED_KEY_USAGE);
    let desk = |e: &Extension| e.critical && e.purposes().as_deref() == Some(&[ids::CLAIM_DESK]);
    if !purpose.is_some_and(desk) {
        return Err(CertificateError::ExtendedKeyUsage);
    }
    check_own_identifier(certificate)?;
    let above = certificate.aki().ok_or(CertificateError::AuthorityKeyIdentifier)?;
    match authority {
        Some(authority) if authority.ski() != Some(above) => Err(CertificateError::AuthorityKeyIdentifier),
        _ => Ok(DeskProfile(())),
    }
}

/// Returns whether a certificate names the purpose of a document signer among its own: the signer of documents is no desk.
#[must_use]
pub fn is_document_signer(certificate: &Certificate) -> bool {
    const SIGNERS: [der::asn1::ObjectIdentifier; 3] =
        [ids::MDL_DOCUMENT_SIGNER, ids::MDOC_DOCUMENT_SIGNER, ids::PID_DOCUMENT_SIGNER];
    let purposes = certificate.extension(ids::EXTENDED_KEY_USAGE).and_then(Extension::purposes);
    purposes.unwrap_or_default().iter().any(|purpose| SIGNERS.contains(purpose))
}
