//! What the issuer signed, without any word on who shows it.
//!
//! A copy of a licence, or a presentation whose session is not known, can be held against its
//! issuer alone. The result is [`VerifiedIssuerData`], which is no
//! [`VerifiedPresentation`](crate::verify::presentation::VerifiedPresentation) and cannot become one: whoever has
//! a copy can show it.
//! ```compile_fail,E0308
//! use liangzheng_mdoc::{VerifiedIssuerData, VerifiedPresentation};
//! fn pass_for_a_presentation(data: VerifiedIssuerData) -> VerifiedPresentation { data }
//! ```
//! Its proofs cannot be left out:
//! ```compile_fail,E0451
//! use liangzheng_mdoc::{MsoValidity, VerifiedIssuerData, proof::*};
//! fn forge(issuer_signed: IssuerSigned, digests_match: DigestsMatch, mso_validity: MsoValidity) {
//!     let _ = VerifiedIssuerData { issuer_signed, digests_match, mso_validity };
//! }
//! ```

use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;
use crate::verify::outcome::{MsoValidity, Outcome};
use crate::verify::presentation::{IssuerInfo, trust_time};
use crate::verify::proof::{DigestsMatch, IssuerSigned, IssuerTrusted};
use crate::verify::revocation::DsRevocation;
use crate::verify::trust::TrustAnchors;
use crate::wire::device_response::DeviceResponse;
use crate::wire::error::ProfileError;
use crate::wire::issuer_signed::IssuerSigned as ReceivedIssuerSigned;
use crate::wire::mso::MobileSecurityObject;
use cbor::Timestamp;

/// Issuer data as received. Nothing of it is proven.
#[derive(Clone, Debug, PartialEq)]
pub struct UnverifiedIssuerData {
    issuer_signed: ReceivedIssuerSigned,
    /// The docType of the document around it, where there was one.
    doc_type: Option<String>,
}

impl UnverifiedIssuerData {
    /// Decodes an encoded IssuerSigned with at least one element.
    ///
    /// # Errors
    /// `profile-elements`, or as [`ReceivedIssuerSigned::decode`].
    pub fn decode(issuer_signed: &[u8]) -> Result<Self, ProfileError> {
        let issuer_signed = ReceivedIssuerSigned::decode(issuer_signed)?;
        if issuer_signed.name_spaces().iter().all(|(_, items)| items.is_empty()) {
            return Err(ProfileError::NoElements);
        }
        Ok(Self { issuer_signed, doc_type: None })
    }

    /// Takes the issuer's part out of an encoded DeviceResponse; the device's part is read and not verified.
    ///
    /// # Errors
    /// As [`DeviceResponse::decode`].
    pub fn from_device_response(device_response: &[u8]) -> Result<Self, ProfileError> {
        let response = DeviceResponse::decode(device_response)?;
        let document = response.document();
        Ok(Self {
            issuer_signed: document.issuer_signed().clone(),
            doc_type: Some(document.doc_type().to_owned()),
        })
    }
}

/// Elements that an issuer is proven to have signed, shown by nobody knows whom.
#[derive(Clone, Debug)]
pub struct VerifiedIssuerData {
    issuer_trusted: IssuerTrusted,
    issuer_signed: IssuerSigned,
    digests_match: DigestsMatch,
    mso_validity: MsoValidity,
    ds_revocation: DsRevocation,
}

/// Verifies issuer, signature, digests and docType as proofs, and judges the MSO's validity.
///
/// It leaves to the caller: who shows it, what the elements mean, the licence's validity and status.
///
/// # Errors
/// A proof that fails; no element leaves.
pub fn verify_issuer_data(
    unverified: &UnverifiedIssuerData,
    trust: &TrustAnchors,
    now: Timestamp,
    clock_floor: Timestamp,
) -> Result<VerifiedIssuerData, VerifyError> {
    let received = &unverified.issuer_signed;
    let at = trust_time(now, clock_floor, &received.mso().validity_info);
    let (issuer_trusted, ds_revocation) = IssuerTrusted::check(received, trust, at)?;
    let issuer_signed = IssuerSigned::check(&issuer_trusted, received)?;
    let digests_match = DigestsMatch::check(&issuer_trusted, &issuer_signed, received)?;
    if unverified.doc_type.as_ref().is_some_and(|claimed| *claimed != issuer_signed.mso().doc_type) {
        return Err(VerifyError::DocType);
    }
    let mso_validity = MsoValidity::judge(&issuer_signed.mso().validity_info, now, clock_floor);
    Ok(VerifiedIssuerData { issuer_trusted, issuer_signed, digests_match, mso_validity, ds_revocation })
}

impl VerifiedIssuerData {
    /// The elements that the issuer signed.
    pub const fn elements(&self) -> &Elements {
        self.digests_match.elements()
    }

    /// The signed MSO.
    pub const fn mso(&self) -> &MobileSecurityObject {
        self.issuer_signed.mso()
    }

    /// The type of the document.
    pub fn doc_type(&self) -> &str {
        &self.mso().doc_type
    }

    /// The outcome of the MSO's validity.
    pub const fn mso_validity(&self) -> &Outcome {
        self.mso_validity.outcome()
    }

    /// The outcome of the DS certificate's revocation; `None` where no list of its authority is at hand.
    pub const fn ds_revocation(&self) -> Option<&Outcome> {
        self.ds_revocation.outcome()
    }

    /// Who issued.
    pub fn issuer(&self) -> IssuerInfo {
        IssuerInfo::new(&self.issuer_trusted)
    }
}
