//! A holder's credential, verified before it is stored and whenever it is loaded.

use crate::verify::error::VerifyError;
use crate::verify::issuer_context::IssuerContext;
use crate::verify::issuer_verified::IssuerVerified;
use crate::verify::trust::TrustAnchors;
use crate::wire::error::ProfileError;
use crate::wire::issuer_signed::IssuerSigned;
use cbor::Timestamp;
use cbor::cose::CoseKey;
use signature::VerifySignature;

/// A credential as received from an issuer or loaded from storage, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct UnverifiedCredential {
    bytes: Vec<u8>,
    issuer_signed: IssuerSigned,
}

impl UnverifiedCredential {
    /// Decodes an encoded IssuerSigned with all its elements.
    ///
    /// # Errors
    /// As [`IssuerSigned::decode`].
    pub fn decode(issuer_signed: &[u8]) -> Result<Self, ProfileError> {
        Ok(Self { issuer_signed: IssuerSigned::decode(issuer_signed)?, bytes: issuer_signed.to_vec() })
    }
}

/// A credential whose issuer and elements are verified, with the outcome of its validity.
#[derive(Clone, Debug)]
pub struct VerifiedCredential {
    bytes: Vec<u8>,
    received: IssuerSigned,
    issued: IssuerVerified,
}

/// Verifies a credential at `now`: issuer, signature and digests are proofs, validity is an outcome.
///
/// The caller checks that the device key is the holder's, and what the elements mean, such as the validity and the status
/// of a licence.
///
/// # Errors
/// Returns the check that failed, and no element.
pub fn verify_credential(
    unverified: &UnverifiedCredential,
    trust: &TrustAnchors,
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> Result<VerifiedCredential, VerifyError> {
    let received = &unverified.issuer_signed;
    let context = IssuerContext { trust, now, clock_floor: now, signatures, strict: false };
    Ok(VerifiedCredential {
        bytes: unverified.bytes.clone(),
        received: received.clone(),
        issued: IssuerVerified::verify(received, &context)?,
    })
}

impl VerifiedCredential {
    /// Returns what the issuer signed, with its proofs and outcomes.
    ///
    /// The outcome of the DS certificate's revocation matters to verifiers; a holder need not act on it. A revoked
    /// certificate is an error of [`verify_credential`].
    pub const fn issued(&self) -> &IssuerVerified {
        &self.issued
    }

    /// Returns the received bytes: an encoded IssuerSigned.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the device key.
    pub const fn device_key(&self) -> &CoseKey {
        &self.issued.mso().device_key
    }

    pub(crate) const fn received(&self) -> &IssuerSigned {
        &self.received
    }
}
