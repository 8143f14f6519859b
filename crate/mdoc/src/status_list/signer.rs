//! The signer of a list: a certificate directly under a trusted authority, for documents or for status lists.

use super::error::StatusListError;
use crate::verify::signer_purpose::Signs;
use crate::verify::step;
use crate::verify::trust::{Anchor, TrustAnchors};
use crate::verify::trust_error::TrustError;
use cbor::Timestamp;
use cbor::cose::CoseError;
use signature::VerifySignature;
use x509::{Certificate, CertificateError};

/// Verifies the signer's certificate at `now` ([`TrustAnchors::verify`]); returns the anchor that vouches for it.
///
/// How old a revocation list is does not matter here: the status list has its own times.
///
/// # Errors
/// `status-signer` if no anchor issued the certificate, or the code of the check that failed.
pub(super) fn check<'a>(
    anchors: &'a TrustAnchors,
    signer: &Certificate,
    now: Timestamp,
    by: &dyn VerifySignature,
) -> Result<&'a Anchor, StatusListError> {
    let trusted = anchors.verify(signer, Signs::StatusList, now, by).map_err(of_trust)?;
    Ok(trusted.anchor)
}

/// Returns why a list is refused whose signer is.
fn of_trust(error: TrustError) -> StatusListError {
    match error {
        TrustError::IssuerUnknown
        | TrustError::KeyUnknown(_)
        | TrustError::KeyIdentifier
        | TrustError::Signature
        | TrustError::AnchorSignature
        | TrustError::DocType => StatusListError::Signer,
        TrustError::NotChecked(not_checked) => {
            StatusListError::Cose(CoseError::NotChecked(not_checked).at(step::STATUS_LIST))
        }
        TrustError::DsNotYet | TrustError::DsExpired | TrustError::IacaNotYet | TrustError::IacaExpired => {
            StatusListError::SignerDates
        }
        TrustError::DsRevoked => StatusListError::SignerRevoked,
        TrustError::Certificate(CertificateError::ExtendedKeyUsage) => StatusListError::SignerPurpose,
        TrustError::Algorithm | TrustError::Brainpool | TrustError::Certificate(_) => {
            StatusListError::SignerCertificate
        }
    }
}
