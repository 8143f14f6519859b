//! The signer of a list: a certificate directly under a trusted authority, for documents or for status lists.

use super::error::StatusListError;
use crate::verify::step;
use crate::verify::trust::{Anchor, TrustAnchors};
use cbor::cose::CoseError;
use cbor::{SignatureNotChecked, Timestamp};
use signature::{SignatureError, VerifySignature};
use x509::{Certificate, CertificateError, check_status_list_signer};

/// Checks the signer's certificate at `now`; returns the anchor that vouches for it.
///
/// A document signer that is pinned by its bytes signs the lists of its documents.
///
/// # Errors
/// `status-signer` if no anchor issued the certificate, or the code of the check that failed.
pub(super) fn check<'a>(
    anchors: &'a TrustAnchors,
    signer: &Certificate,
    now: Timestamp,
    by: &dyn VerifySignature,
) -> Result<&'a Anchor, StatusListError> {
    if let Some(pinned) = anchors.pinned(signer) {
        check_dates(signer, now)?;
        return not_revoked(anchors, signer, pinned, now);
    }
    let mut reason = StatusListError::Signer;
    for anchor in anchors.authorities() {
        match check_under(anchor.certificate(), signer, now, by) {
            Ok(()) => return not_revoked(anchors, signer, anchor, now),
            Err(StatusListError::Signer) => {}
            Err(error) => reason = error,
        }
    }
    Err(reason)
}

fn not_revoked<'a>(
    anchors: &TrustAnchors,
    signer: &Certificate,
    anchor: &'a Anchor,
    now: Timestamp,
) -> Result<&'a Anchor, StatusListError> {
    // How old the revocation list is does not matter here: the status list has its own times.
    anchors.revocation(signer, anchor, now).map(|_age| anchor).ok_or(StatusListError::SignerRevoked)
}

fn check_under(
    authority: &Certificate,
    signer: &Certificate,
    now: Timestamp,
    by: &dyn VerifySignature,
) -> Result<(), StatusListError> {
    let named = authority.subject().raw() == signer.issuer().raw();
    let other_key = matches!((authority.ski(), signer.aki()), (Some(own), Some(named)) if own != named);
    if !named || other_key {
        return Err(StatusListError::Signer);
    }
    let _signed = signer.verify_signed_by(authority.public_key(), by).map_err(|error| match error {
        SignatureError::Curve | SignatureError::Brainpool => StatusListError::SignerCertificate,
        SignatureError::NotChecked => {
            CoseError::NotChecked(SignatureNotChecked::at(step::STATUS_LIST)).into()
        }
        _ => StatusListError::Signer,
    })?;
    let _profile = check_status_list_signer(signer, authority).map_err(|error| match error {
        CertificateError::ExtendedKeyUsage => StatusListError::SignerPurpose,
        _ => StatusListError::SignerCertificate,
    })?;
    check_dates(signer, now)?;
    check_dates(authority, now)
}

fn check_dates(certificate: &Certificate, now: Timestamp) -> Result<(), StatusListError> {
    let valid = certificate.not_before() <= now && now <= certificate.not_after();
    if valid { Ok(()) } else { Err(StatusListError::SignerDates) }
}
