//! A holder's own credential: checked before it is stored and whenever it is loaded.

use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;
use crate::verify::outcome::{MsoValidity, Outcome};
use crate::verify::presentation::IssuerInfo;
use crate::verify::proof::{DigestsMatch, IssuerSigned, IssuerTrusted};
use crate::verify::trust::TrustAnchors;
use crate::wire::error::ProfileError;
use crate::wire::issuer_signed::IssuerSigned as ReceivedIssuerSigned;
use crate::wire::mso::MobileSecurityObject;
use cbor::Timestamp;
use cbor::cose::CoseKey;

/// A credential as received from an issuer or loaded from a store. Nothing of it is proven.
#[derive(Clone, Debug, PartialEq)]
pub struct UnverifiedCredential {
    bytes: Vec<u8>,
    issuer_signed: ReceivedIssuerSigned,
}

impl UnverifiedCredential {
    /// Decodes an encoded IssuerSigned with all its elements.
    ///
    /// # Errors
    /// As [`crate::wire::issuer_signed::IssuerSigned::decode`].
    pub fn decode(issuer_signed: &[u8]) -> Result<Self, ProfileError> {
        Ok(Self {
            issuer_signed: ReceivedIssuerSigned::decode(issuer_signed)?,
            bytes: issuer_signed.to_vec(),
        })
    }
}

/// A credential whose issuer and elements are proven, with the outcome of its validity.
#[derive(Clone, Debug)]
pub struct VerifiedCredential {
    bytes: Vec<u8>,
    received: ReceivedIssuerSigned,
    issuer_trusted: IssuerTrusted,
    issuer_signed: IssuerSigned,
    digests_match: DigestsMatch,
    mso_validity: MsoValidity,
}

/// Verifies a credential at `now`: issuer, signature and digests as proofs, validity as an outcome.
///
/// It leaves to the caller: whether the device key is the holder's own, what the elements mean, and
/// the licence's validity and status.
///
/// # Errors
/// A proof that fails; no element leaves.
pub fn verify_credential(
    unverified: &UnverifiedCredential,
    trust: &TrustAnchors,
    now: Timestamp,
) -> Result<VerifiedCredential, VerifyError> {
    let received = &unverified.issuer_signed;
    // Only a revoked certificate ends the way: how old the lists are is for verifiers to say.
    let (issuer_trusted, _revocation) = IssuerTrusted::check(received, trust, now)?;
    let issuer_signed = IssuerSigned::check(&issuer_trusted, received)?;
    let digests_match = DigestsMatch::check(&issuer_trusted, &issuer_signed, received)?;
    let mso_validity = MsoValidity::judge(&issuer_signed.mso().validity_info, now, now);
    Ok(VerifiedCredential {
        bytes: unverified.bytes.clone(),
        received: received.clone(),
        issuer_trusted,
        issuer_signed,
        digests_match,
        mso_validity,
    })
}

impl VerifiedCredential {
    /// All elements.
    pub const fn elements(&self) -> &Elements {
        self.digests_match.elements()
    }

    /// The received bytes: an encoded IssuerSigned.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The signed MSO.
    pub const fn mso(&self) -> &MobileSecurityObject {
        self.issuer_signed.mso()
    }

    /// The type of the document.
    pub fn doc_type(&self) -> &str {
        &self.mso().doc_type
    }

    /// The key whose holder may present.
    pub const fn device_key(&self) -> &CoseKey {
        &self.mso().device_key
    }

    /// The outcome of the MSO's validity.
    pub const fn mso_validity(&self) -> &Outcome {
        self.mso_validity.outcome()
    }

    /// Who issued.
    pub fn issuer(&self) -> IssuerInfo {
        IssuerInfo::new(&self.issuer_trusted)
    }

    pub(crate) const fn received(&self) -> &ReceivedIssuerSigned {
        &self.received
    }
}
