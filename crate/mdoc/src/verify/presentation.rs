//! From received bytes to a verified presentation.
//!
//! # What [`verify`] checks
//! | | kind | what |
//! |---|---|---|
//! | [`IssuerTrusted`] | proof | nothing in the DS certificate is dangerous (Annex B) and an anchor trusted for this document type issued it, both are valid now, it is not revoked, and the MSO's `signed` is within the DS certificate's validity |
//! | [`MsoSigned`] | proof | the DS key signed the MSO |
//! | [`DigestsMatch`] | proof | each shown element has its signed digest, none is duplicate; `issuing_country` and `issuing_jurisdiction`, if shown, are the DS certificate's |
//! | [`DeviceAuthenticated`] | proof | the MSO's device key signed this document for this transcript; the document's docType is the MSO's; the device signed no element that it may not |
//! | [`MsoValidity`] | outcome | `validFrom <= now <= validUntil` |
//! | [`DsRevocation`] | outcome | a revocation list of the authority, if there is any, is current |
//! | [`Freshness`] | outcome | depends on the transport ([`JudgeFreshness`]) |
//!
//! # What is left to the caller
//! - whether docType and elements are those of a licence, the licence's own validity and status
//!   (crate `licence`);
//! - to show what the response reports as missing ([`VerifiedPresentation::document_errors`],
//!   [`VerifiedPresentation::element_errors`]) and that an update is due
//!   ([`ValidityInfo::expected_update_passed`]);
//! - to show no element unless freshness is a pass, and to compare the face: a cooperating holder can sign ahead or
//!   relay;
//! - not to accept if [`IssuerInfo::list_age`] is not a pass: the issuer is on old lists only;
//! - a true `now`, and a floor: a time that is certainly past.
//!
//! # No check can be left out
//! The issuer's half is one value, [`IssuerVerified`], which shows the same of its own proofs. With it, the device's
//! proof and the outcome of freshness it compiles:
//! ```
//! use liangzheng_mdoc::{IssuerVerified, proof::*};
//! fn all(issued: IssuerVerified, device_signed: DeviceAuthenticated, freshness: Freshness) -> PresentationProofs {
//!     PresentationProofs { issued, device_signed, freshness }
//! }
//! ```
//! Without the issuer's half it does not:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{IssuerVerified, proof::*};
//! fn no_issuer(device_signed: DeviceAuthenticated, freshness: Freshness) -> PresentationProofs {
//!     PresentationProofs { device_signed, freshness }
//! }
//! ```
//! nor without the device's proof:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{IssuerVerified, proof::*};
//! fn no_device(issued: IssuerVerified, freshness: Freshness) -> PresentationProofs {
//!     PresentationProofs { issued, freshness }
//! }
//! ```
//! nor without freshness:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{IssuerVerified, proof::*};
//! fn no_freshness(issued: IssuerVerified, device_signed: DeviceAuthenticated) -> PresentationProofs {
//!     PresentationProofs { issued, device_signed }
//! }
//! ```
//! Other crates cannot make a proof, an outcome or a verified presentation:
//! ```compile_fail,E0451
//! use liangzheng_mdoc::{Elements, proof::DigestsMatch};
//! fn forge(elements: Elements) -> DigestsMatch { DigestsMatch { elements } }
//! ```
//! ```compile_fail,E0423
//! use liangzheng_mdoc::{Outcome, proof::Freshness};
//! fn forge() -> Freshness { Freshness(Outcome::Pass) }
//! ```
//! ```compile_fail,E0624
//! use liangzheng_mdoc::{VerifiedPresentation, proof::PresentationProofs};
//! fn forge(proofs: PresentationProofs) -> VerifiedPresentation { VerifiedPresentation::new(proofs, todo!()) }
//! ```

use crate::session::reader_key::ReaderKey;
use crate::session::transcript::SessionTranscript;
use crate::verify::error::VerifyError;
use crate::verify::freshness::{Freshness, JudgeFreshness};
use crate::verify::issuer_context::IssuerContext;
use crate::verify::issuer_verified::IssuerVerified;
use crate::verify::outcome::Outcome;
use crate::verify::proof::{self, DeviceAuthenticated};
use crate::verify::trust::TrustAnchors;
use crate::wire::device_response::{DeviceResponse, Document};
use crate::wire::error::ProfileError;
use crate::wire::returned::{DocumentError, ElementError, Reported};
use cbor::Timestamp;
use cbor::cose::CoseKey;
use signature::{UnverifiedSignature, VerifySignature};

/// The presentation of one document as received, not verified.
#[derive(Clone, Debug)]
pub struct UnverifiedPresentation {
    document: Document,
    reported: Reported,
    transcript: SessionTranscript,
}

impl UnverifiedPresentation {
    /// Decodes a DeviceResponse with exactly one document for this transcript; [`UnverifiedAnswer`](crate::UnverifiedAnswer)
    /// decodes one with several.
    ///
    /// # Errors
    /// `profile-documents`, or as [`DeviceResponse::decode`].
    pub fn decode(device_response: &[u8], transcript: SessionTranscript) -> Result<Self, ProfileError> {
        let mut documents = DeviceResponse::decode(device_response)?.into_documents();
        match (documents.next(), documents.next()) {
            (Some((document, reported)), None) => Ok(Self::new(document, reported, transcript)),
            _ => Err(ProfileError::Documents),
        }
    }

    pub(crate) const fn new(document: Document, reported: Reported, transcript: SessionTranscript) -> Self {
        Self { document, reported, transcript }
    }

    /// Returns the document, of which nothing is verified.
    pub const fn document(&self) -> &Document {
        &self.document
    }
}

/// The verifier's context.
#[derive(Clone, Copy, Debug)]
pub struct VerifyContext<'a> {
    /// The trusted issuers.
    pub trust: &'a TrustAnchors,
    /// The current time, from a true clock.
    pub now: Timestamp,
    /// A time that is certainly past, such as that of the build or of the newest verified list. With a clock before it no
    /// outcome of time is a pass.
    pub clock_floor: Timestamp,
    /// Judges the freshness.
    pub freshness: &'a dyn JudgeFreshness,
    /// The reader's ephemeral key in a session in proximity; without it a device MAC is refused.
    pub reader_key: Option<&'a ReaderKey>,
    /// The implementation that verifies signatures: `RustCrypto`, or another.
    pub signatures: &'a dyn VerifySignature,
    /// Whether every departure of the issuer's certificates from Annex B is refused. Without it they are
    /// [`IssuerVerified::deviations`], and only what is dangerous is refused.
    pub strict: bool,
}

impl<'a> VerifyContext<'a> {
    /// Returns the part that concerns the issuer.
    const fn issuer(&self) -> IssuerContext<'a> {
        let Self { trust, now, clock_floor, signatures, strict, .. } = *self;
        IssuerContext { trust, now, clock_floor, signatures, strict }
    }
}

/// The issuer's half, the device's proof, and the outcome of freshness.
#[derive(Clone, Debug)]
pub struct PresentationProofs {
    /// What the issuer signed, with its proofs and outcomes.
    pub issued: IssuerVerified,
    /// Proof of the device's signature.
    pub device_signed: DeviceAuthenticated,
    /// Outcome of freshness.
    pub freshness: Freshness,
}

/// A presentation whose proofs all hold, with its outcomes inside.
#[derive(Clone, Debug)]
pub struct VerifiedPresentation {
    proofs: PresentationProofs,
    reported: Reported,
}

/// Verifies a presentation: issuer, issuer's signature, digests and device signature are proofs; validity, revocation and
/// freshness are outcomes.
///
/// The crate's guide lists what is checked and what is left to the caller.
///
/// # Errors
/// Returns the check that failed, and no element. Outcomes are in the result.
pub fn verify(
    unverified: &UnverifiedPresentation,
    context: &VerifyContext<'_>,
) -> Result<VerifiedPresentation, VerifyError> {
    let &VerifyContext { freshness, reader_key, signatures, .. } = context;
    let document = &unverified.document;
    let issued = IssuerVerified::verify(document.issuer_signed(), &context.issuer())?;
    let device_signed = DeviceAuthenticated::check(
        issued.mso_signed(),
        document,
        &unverified.transcript,
        reader_key,
        signatures,
    )?;
    let freshness = Freshness::judge(freshness, device_signed.device_key());
    let proofs = PresentationProofs { issued, device_signed, freshness };
    Ok(VerifiedPresentation::new(proofs, unverified.reported.clone()))
}

/// Returns the signatures that [`verify`] will verify, so that an asynchronous implementation can verify them ahead.
///
/// Verifies nothing. A signature that is not among them is still verified by [`verify`].
pub fn signatures(unverified: &UnverifiedPresentation, trust: &TrustAnchors) -> Vec<UnverifiedSignature> {
    proof::signatures(&unverified.document, &unverified.transcript, trust)
}

impl VerifiedPresentation {
    fn new(proofs: PresentationProofs, reported: Reported) -> Self {
        Self { proofs, reported }
    }

    /// Returns what the issuer signed, with its proofs and outcomes.
    pub const fn issued(&self) -> &IssuerVerified {
        &self.proofs.issued
    }

    /// Returns the outcome of freshness.
    pub const fn freshness(&self) -> &Outcome {
        self.proofs.freshness.outcome()
    }

    /// Returns the key that signed the presentation.
    pub const fn device_key(&self) -> &CoseKey {
        self.proofs.device_signed.device_key()
    }

    /// Returns the documents that the device reports as not returned, with the standard's error codes. No signature covers
    /// them: they are the device's own statement.
    pub fn document_errors(&self) -> &[DocumentError] {
        &self.reported.documents
    }

    /// Returns the elements that the device reports as not returned; as [`VerifiedPresentation::document_errors`].
    pub fn element_errors(&self) -> &[ElementError] {
        &self.reported.elements
    }
}
