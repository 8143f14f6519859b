//! What may sign a status list: a document signer, or a certificate for status lists alone.

use super::certificate::Certificate;
use super::error::CertificateError;
use super::extension::Extension;
use super::oid::ids;
use super::profile::DIGITAL_SIGNATURE;

/// Proof that a certificate may sign status lists. It does not imply trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct StatusListSignerProfile(());

/// Checks that a certificate directly under `authority` may sign status lists.
///
/// Checked: its extended key usage names the purpose of document signers or of status lists; it is no CA; a key usage has
/// digitalSignature; no name or policy constraints; no unknown critical extension; its country and its province do not
/// contradict the authority's. Other deviations from Annex B do not matter for a list, which has its own times and name.
/// Not checked: its signature and its dates against a clock.
///
/// # Errors
/// Returns the first line that is broken.
pub fn check_status_list_signer(
    certificate: &Certificate,
    authority: &Certificate,
) -> Result<StatusListSignerProfile, CertificateError> {
    const KNOWN: [der::asn1::ObjectIdentifier; 3] =
        [ids::KEY_USAGE, ids::BASIC_CONSTRAINTS, ids::EXTENDED_KEY_USAGE];
    const CONSTRAINTS: [der::asn1::ObjectIdentifier; 2] = [ids::NAME_CONSTRAINTS, ids::POLICY_CONSTRAINTS];
    const PURPOSES: [der::asn1::ObjectIdentifier; 2] = [ids::MDL_DOCUMENT_SIGNER, ids::STATUS_LIST_SIGNER];
    for extension in certificate.extensions() {
        if CONSTRAINTS.contains(&extension.id) {
            return Err(CertificateError::ForbiddenExtension);
        }
        if extension.critical && !KNOWN.contains(&extension.id) {
            return Err(CertificateError::CriticalExtension);
        }
    }
    // Anything but an explicit or implied FALSE counts as a CA.
    if certificate.extension(ids::BASIC_CONSTRAINTS).is_some_and(|e| !NOT_A_CA.contains(&e.value.as_slice()))
    {
        return Err(CertificateError::BasicConstraints);
    }
    let signs = |e: &Extension| e.key_usage_bits().is_some_and(|bits| bits & DIGITAL_SIGNATURE != 0);
    if certificate.extension(ids::KEY_USAGE).is_some_and(|e| !signs(e)) {
        return Err(CertificateError::KeyUsage);
    }
    let purposes = certificate.extension(ids::EXTENDED_KEY_USAGE).and_then(Extension::purposes);
    if !purposes.is_some_and(|purposes| purposes.iter().any(|purpose| PURPOSES.contains(purpose))) {
        return Err(CertificateError::ExtendedKeyUsage);
    }
    let (own, above) = (certificate.subject(), authority.subject());
    if contradict(own.country(), above.country()) {
        return Err(CertificateError::CountryMismatch);
    }
    if contradict(own.state_or_province(), above.state_or_province()) {
        return Err(CertificateError::StateMismatch);
    }
    Ok(StatusListSignerProfile(()))
}

/// `SEQUENCE {}` and `SEQUENCE { BOOLEAN FALSE }`.
const NOT_A_CA: [&[u8]; 2] = [&[0x30, 0x00], &[0x30, 0x03, 0x01, 0x01, 0x00]];

fn contradict(own: Option<&str>, above: Option<&str>) -> bool {
    matches!((own, above), (Some(own), Some(above)) if own != above)
}
