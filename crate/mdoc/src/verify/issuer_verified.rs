//! The issuer's half of a verification: what an issuer signed, whoever presents it.
//!
//! It is made in one place, [`IssuerVerified::verify`], and held by verified presentations and stored credentials. By
//! itself it proves what a copy of a document proves: whoever has a copy can send it. So it is no
//! [`VerifiedPresentation`](crate::VerifiedPresentation) and cannot become one.
//! ```compile_fail,E0308
//! use liangzheng_mdoc::{IssuerVerified, VerifiedPresentation};
//! fn pass_for_a_presentation(data: IssuerVerified) -> VerifiedPresentation { data }
//! ```
//! With every proof and outcome it compiles:
//! ```
//! use liangzheng_mdoc::proof::*;
//! fn all(
//!     issuer_trusted: IssuerTrusted, mso_signed: MsoSigned, digests_match: DigestsMatch,
//!     mso_validity: MsoValidity, ds_revocation: DsRevocation,
//! ) -> IssuerProofs {
//!     IssuerProofs { issuer_trusted, mso_signed, digests_match, mso_validity, ds_revocation }
//! }
//! ```
//! Without trust it does not:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::proof::*;
//! fn no_trust(
//!     mso_signed: MsoSigned, digests_match: DigestsMatch,
//!     mso_validity: MsoValidity, ds_revocation: DsRevocation,
//! ) -> IssuerProofs {
//!     IssuerProofs { mso_signed, digests_match, mso_validity, ds_revocation }
//! }
//! ```
//! nor without the issuer's signature:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::proof::*;
//! fn no_signature(
//!     issuer_trusted: IssuerTrusted, digests_match: DigestsMatch,
//!     mso_validity: MsoValidity, ds_revocation: DsRevocation,
//! ) -> IssuerProofs {
//!     IssuerProofs { issuer_trusted, digests_match, mso_validity, ds_revocation }
//! }
//! ```
//! nor without the digests:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::proof::*;
//! fn no_digests(
//!     issuer_trusted: IssuerTrusted, mso_signed: MsoSigned,
//!     mso_validity: MsoValidity, ds_revocation: DsRevocation,
//! ) -> IssuerProofs {
//!     IssuerProofs { issuer_trusted, mso_signed, mso_validity, ds_revocation }
//! }
//! ```
//! nor without either outcome:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::proof::*;
//! fn no_validity(
//!     issuer_trusted: IssuerTrusted, mso_signed: MsoSigned, digests_match: DigestsMatch,
//!     ds_revocation: DsRevocation,
//! ) -> IssuerProofs {
//!     IssuerProofs { issuer_trusted, mso_signed, digests_match, ds_revocation }
//! }
//! ```
//! ```compile_fail,E0063
//! use liangzheng_mdoc::proof::*;
//! fn no_revocation(
//!     issuer_trusted: IssuerTrusted, mso_signed: MsoSigned, digests_match: DigestsMatch,
//!     mso_validity: MsoValidity,
//! ) -> IssuerProofs {
//!     IssuerProofs { issuer_trusted, mso_signed, digests_match, mso_validity }
//! }
//! ```
//! No other crate can make it from its proofs:
//! ```compile_fail,E0451
//! use liangzheng_mdoc::{IssuerVerified, proof::IssuerProofs};
//! fn forge(proofs: IssuerProofs) -> IssuerVerified { IssuerVerified { proofs } }
//! ```

use cbor::Timestamp;
use x509::Deviation;

use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;
use crate::verify::issuer_context::IssuerContext;
use crate::verify::outcome::{MsoValidity, Outcome};
use crate::verify::proof::{DigestsMatch, IssuerTrusted, MsoSigned};
use crate::verify::revocation::DsRevocation;
use crate::wire::device_response::DeviceResponse;
use crate::wire::error::ProfileError;
use crate::wire::issuer_signed::IssuerSigned;
use crate::wire::mso::{MobileSecurityObject, ValidityInfo};

/// Issuer data as received, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct UnverifiedIssuerData {
    issuer_signed: IssuerSigned,
    /// The docType of the enclosing document, if there was one.
    doc_type: Option<String>,
}

impl UnverifiedIssuerData {
    /// Decodes an encoded IssuerSigned with at least one element.
    ///
    /// # Errors
    /// `profile-elements`, or as [`IssuerSigned::decode`].
    pub fn decode(issuer_signed: &[u8]) -> Result<Self, ProfileError> {
        let issuer_signed = IssuerSigned::decode(issuer_signed)?;
        if issuer_signed.name_spaces().iter().all(|(_, items)| items.is_empty()) {
            return Err(ProfileError::NoElements);
        }
        Ok(Self { issuer_signed, doc_type: None })
    }

    /// Extracts the issuer's part of each document of an encoded DeviceResponse, at least one; the device's part is decoded
    /// and not verified.
    ///
    /// # Errors
    /// As [`DeviceResponse::decode`].
    pub fn from_device_response(device_response: &[u8]) -> Result<Vec<Self>, ProfileError> {
        let response = DeviceResponse::decode(device_response)?;
        let data = response.documents().iter().map(|document| Self {
            issuer_signed: document.issuer_signed().clone(),
            doc_type: Some(document.doc_type().to_owned()),
        });
        Ok(data.collect())
    }

    /// Returns the docType of the enclosing document, or else that of the MSO. Neither is verified.
    pub fn claimed_type(&self) -> &str {
        self.doc_type.as_deref().unwrap_or(&self.issuer_signed.mso().doc_type)
    }
}

/// One proof of each kind about the issuer, and every outcome.
#[derive(Clone, Debug)]
pub struct IssuerProofs {
    /// Proof of trust.
    pub issuer_trusted: IssuerTrusted,
    /// Proof of the issuer's signature.
    pub mso_signed: MsoSigned,
    /// Proof of the digests; holds the elements.
    pub digests_match: DigestsMatch,
    /// Outcome of the MSO's validity.
    pub mso_validity: MsoValidity,
    /// Outcome of the DS certificate's revocation.
    pub ds_revocation: DsRevocation,
}

/// Issuer-signed elements with all proofs about their issuer, and the outcomes; the presenter is unknown.
#[derive(Clone, Debug)]
pub struct IssuerVerified {
    proofs: IssuerProofs,
}

/// Verifies issuer data without a presenter: issuer, signature, digests and docType are proofs, the MSO's validity is an
/// outcome.
///
/// The caller judges the meaning of the elements, and the validity and status of a licence. Anybody can send a copy.
///
/// # Errors
/// Returns the check that failed, and no element.
pub fn verify_issuer_data(
    unverified: &UnverifiedIssuerData,
    context: &IssuerContext<'_>,
) -> Result<IssuerVerified, VerifyError> {
    let verified = IssuerVerified::verify(&unverified.issuer_signed, context)?;
    if unverified.doc_type.as_ref().is_some_and(|claimed| *claimed != verified.doc_type()) {
        return Err(VerifyError::DocType);
    }
    Ok(verified)
}

/// The issuer, for display and records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerInfo {
    /// The anchor's label.
    pub label: String,
    /// The trust lists with this anchor; only the current ones if there are any.
    pub lists: Vec<String>,
    /// The outcome of their age: undetermined if none is current.
    pub list_age: Outcome,
    /// Since when the next version of each of them has been due, the earliest time; `None` if one of them is not due.
    pub list_due: Option<Timestamp>,
    /// SHA-256 of the anchor's SubjectPublicKeyInfo.
    pub anchor_spki_sha256: [u8; 32],
    /// SHA-256 of the DS certificate.
    pub ds_fingerprint: [u8; 32],
    /// The country of the DS certificate, ISO 3166-1 alpha-2.
    pub country: String,
    /// The state or province of the DS certificate, as it is written there; empty if it names none, or more than one.
    pub state: String,
}

impl IssuerVerified {
    /// Makes every proof about the issuer, and judges every outcome.
    pub(crate) fn verify(received: &IssuerSigned, context: &IssuerContext<'_>) -> Result<Self, VerifyError> {
        let &IssuerContext { now, clock_floor, signatures, strict, .. } = context;
        if strict {
            check_mso_times(received.mso())?;
        }
        let at = trust_time(now, clock_floor, &received.mso().validity_info);
        let (issuer_trusted, ds_revocation) = IssuerTrusted::check(received, context, at)?;
        let mso_signed = MsoSigned::check(&issuer_trusted, received, signatures)?;
        let digests_match = DigestsMatch::check(&issuer_trusted, &mso_signed, received)?;
        let mso_validity = MsoValidity::judge(&mso_signed.mso().validity_info, now, clock_floor);
        let proofs = IssuerProofs { issuer_trusted, mso_signed, digests_match, mso_validity, ds_revocation };
        Ok(Self { proofs })
    }

    pub(crate) const fn mso_signed(&self) -> &MsoSigned {
        &self.proofs.mso_signed
    }

    /// Returns the elements that the issuer signed.
    pub const fn elements(&self) -> &Elements {
        self.proofs.digests_match.elements()
    }

    /// Returns the signed MSO.
    pub const fn mso(&self) -> &MobileSecurityObject {
        self.proofs.mso_signed.mso()
    }

    /// Returns the type of the document.
    pub fn doc_type(&self) -> &str {
        &self.mso().doc_type
    }

    /// Returns the outcome of the MSO's validity.
    pub const fn mso_validity(&self) -> &Outcome {
        self.proofs.mso_validity.outcome()
    }

    /// Returns the outcome of the DS certificate's revocation; `None` if no list of its authority was added.
    pub const fn ds_revocation(&self) -> Option<&Outcome> {
        self.proofs.ds_revocation.outcome()
    }

    /// Returns the departures of the issuer's certificates from Annex B, each once: those that leave nothing open, and the
    /// [`doubts`](Self::doubts).
    pub fn deviations(&self) -> Vec<Deviation> {
        let mut found: Vec<Deviation> = Vec::new();
        let all =
            self.proofs.issuer_trusted.deviations().iter().chain(self.proofs.digests_match.deviations());
        for deviation in all {
            if !found.contains(deviation) {
                found.push(*deviation);
            }
        }
        found
    }

    /// Whether the verification was strict: what departs from the standard is refused.
    pub const fn is_strict(&self) -> bool {
        self.proofs.issuer_trusted.is_strict()
    }

    /// Returns those deviations for which the document is undetermined ([`Deviation::is_doubt`]).
    pub fn doubts(&self) -> Vec<Deviation> {
        self.deviations().into_iter().filter(|deviation| deviation.is_doubt()).collect()
    }

    /// Returns the issuer, for display and records.
    pub fn issuer(&self) -> IssuerInfo {
        let trusted = &self.proofs.issuer_trusted;
        IssuerInfo {
            label: trusted.anchor().label.clone(),
            lists: trusted.vouched().lists().to_vec(),
            list_age: trusted.vouched().age().clone(),
            list_due: trusted.vouched().due(),
            anchor_spki_sha256: trusted.anchor().spki_sha256(),
            ds_fingerprint: trusted.ds().fingerprint(),
            country: trusted.ds().subject().country().unwrap_or_default().to_owned(),
            state: trusted.ds().subject().state_or_province().unwrap_or_default().to_owned(),
        }
    }
}

/// Checks, for a strict verification, that the times of an MSO are written as ISO/IEC 18013-5 asks, and that it was not signed
/// after the start of its validity (9.1.2.4).
fn check_mso_times(mso: &MobileSecurityObject) -> Result<(), ProfileError> {
    let late = mso.validity_info.signed > mso.validity_info.valid_from;
    let field = mso.untidy_time().or(late.then_some("signed"));
    field.map_or(Ok(()), |field| Err(ProfileError::Time(field.to_owned())))
}

/// Returns the time at which certificates are judged: now, unless the clock is behind its floor. Then the true time is at
/// least the floor, and at least the time of signing if that signature verifies; what has expired by then has expired, and
/// the outcomes report the clock.
fn trust_time(now: Timestamp, floor: Timestamp, validity: &ValidityInfo) -> Timestamp {
    if now < floor { floor.max(validity.signed) } else { now }
}
