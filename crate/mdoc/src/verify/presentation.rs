//! From received bytes to a verified presentation, in one direction.
//!
//! # What [`verify`] checks
//! | | kind | what |
//! |---|---|---|
//! | [`IssuerTrusted`] | proof | the DS certificate fits Annex B, comes from a trust anchor that a list vouches for in documents of this type, both hold now, it is not revoked, and the MSO's `signed` lies in the DS certificate's validity |
//! | [`IssuerSigned`] | proof | the DS key signed the MSO |
//! | [`DigestsMatch`] | proof | each shown element has its signed digest, none is there twice; `issuing_country` and `issuing_jurisdiction`, where shown, are the DS certificate's |
//! | [`DeviceSigned`] | proof | the MSO's device key signed this document for this transcript; the document's docType is the MSO's; the device signed no element that it may not |
//! | [`MsoValidity`] | outcome | `validFrom <= now <= validUntil` |
//! | [`DsRevocation`] | outcome | the lists of revoked DS certificates, where some of the authority are at hand, are current |
//! | [`Freshness`] | outcome | what the transport knows ([`JudgeFreshness`]) |
//!
//! # What it leaves to the caller
//! - whether docType and elements are those of a licence, the licence's own validity and status
//!   (crate `licence`);
//! - to say what the response reports as missing ([`VerifiedPresentation::document_errors`],
//!   [`VerifiedPresentation::element_errors`]) and that an update is due
//!   ([`ValidityInfo::expected_update_passed`]);
//! - to show no element where freshness is not a pass, and to compare the face: a holder who helps
//!   can sign ahead or relay;
//! - not to be green where [`IssuerInfo::list_age`] is no pass: only old lists vouch for the issuer;
//! - a true `now`, and a floor below which no clock is believed.
//!
//! # It cannot be left out
//! With every proof and outcome it compiles:
//! ```
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn all(
//!     issuer_trusted: IssuerTrusted, issuer_signed: IssuerSigned, digests_match: DigestsMatch,
//!     device_signed: DeviceSigned, mso_validity: MsoValidity, ds_revocation: DsRevocation, freshness: Freshness,
//! ) -> Proven {
//!     Proven { issuer_trusted, issuer_signed, digests_match, device_signed, mso_validity, ds_revocation, freshness }
//! }
//! ```
//! Without the digests it does not:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn no_digests(
//!     issuer_trusted: IssuerTrusted, issuer_signed: IssuerSigned,
//!     device_signed: DeviceSigned, mso_validity: MsoValidity, ds_revocation: DsRevocation, freshness: Freshness,
//! ) -> Proven {
//!     Proven { issuer_trusted, issuer_signed, device_signed, mso_validity, ds_revocation, freshness }
//! }
//! ```
//! nor without trust:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn no_trust(
//!     issuer_signed: IssuerSigned, digests_match: DigestsMatch,
//!     device_signed: DeviceSigned, mso_validity: MsoValidity, ds_revocation: DsRevocation, freshness: Freshness,
//! ) -> Proven {
//!     Proven { issuer_signed, digests_match, device_signed, mso_validity, ds_revocation, freshness }
//! }
//! ```
//! nor without the issuer's signature:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn no_signature(
//!     issuer_trusted: IssuerTrusted, digests_match: DigestsMatch,
//!     device_signed: DeviceSigned, mso_validity: MsoValidity, ds_revocation: DsRevocation, freshness: Freshness,
//! ) -> Proven {
//!     Proven { issuer_trusted, digests_match, device_signed, mso_validity, ds_revocation, freshness }
//! }
//! ```
//! nor without the device's:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn no_device(
//!     issuer_trusted: IssuerTrusted, issuer_signed: IssuerSigned, digests_match: DigestsMatch,
//!     mso_validity: MsoValidity, ds_revocation: DsRevocation, freshness: Freshness,
//! ) -> Proven {
//!     Proven { issuer_trusted, issuer_signed, digests_match, mso_validity, ds_revocation, freshness }
//! }
//! ```
//! nor without any outcome:
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn no_validity(
//!     issuer_trusted: IssuerTrusted, issuer_signed: IssuerSigned, digests_match: DigestsMatch,
//!     device_signed: DeviceSigned, ds_revocation: DsRevocation, freshness: Freshness,
//! ) -> Proven {
//!     Proven { issuer_trusted, issuer_signed, digests_match, device_signed, ds_revocation, freshness }
//! }
//! ```
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn no_freshness(
//!     issuer_trusted: IssuerTrusted, issuer_signed: IssuerSigned, digests_match: DigestsMatch,
//!     device_signed: DeviceSigned, mso_validity: MsoValidity, ds_revocation: DsRevocation,
//! ) -> Proven {
//!     Proven { issuer_trusted, issuer_signed, digests_match, device_signed, mso_validity, ds_revocation }
//! }
//! ```
//! ```compile_fail,E0063
//! use liangzheng_mdoc::{DsRevocation, Freshness, MsoValidity, Proven, proof::*};
//! fn no_revocation(
//!     issuer_trusted: IssuerTrusted, issuer_signed: IssuerSigned, digests_match: DigestsMatch,
//!     device_signed: DeviceSigned, mso_validity: MsoValidity, freshness: Freshness,
//! ) -> Proven {
//!     Proven { issuer_trusted, issuer_signed, digests_match, device_signed, mso_validity, freshness }
//! }
//! ```
//! Nobody else can make a proof or an outcome, or fill in a verified presentation:
//! ```compile_fail,E0451
//! use liangzheng_mdoc::{Elements, proof::DigestsMatch};
//! fn forge(elements: Elements) -> DigestsMatch { DigestsMatch { elements } }
//! ```
//! ```compile_fail,E0423
//! use liangzheng_mdoc::{Freshness, Outcome};
//! fn forge() -> Freshness { Freshness(Outcome::Pass) }
//! ```
//! ```compile_fail,E0624
//! use liangzheng_mdoc::{Proven, VerifiedPresentation};
//! fn forge(proven: Proven) -> VerifiedPresentation { VerifiedPresentation::new(proven, todo!()) }
//! ```

use crate::session::reader_key::ReaderKey;
use crate::session::transcript::SessionTranscript;
use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;
use crate::verify::freshness::{Freshness, JudgeFreshness};
use crate::verify::outcome::{MsoValidity, Outcome};
use crate::verify::proof::{self, DeviceSigned, DigestsMatch, IssuerSigned, IssuerTrusted};
use crate::verify::revocation::DsRevocation;
use crate::verify::trust::TrustAnchors;
use crate::wire::device_response::DeviceResponse;
use crate::wire::error::ProfileError;
use crate::wire::mso::{MobileSecurityObject, ValidityInfo};
use crate::wire::returned::{DocumentError, ElementError, Reported};
use cbor::Timestamp;
use cbor::cose::CoseKey;
use signature::UnverifiedSignature;

/// A presentation as received. Nothing of it is proven.
#[derive(Clone, Debug)]
pub struct UnverifiedPresentation {
    response: DeviceResponse,
    transcript: SessionTranscript,
}

impl UnverifiedPresentation {
    /// Decodes a DeviceResponse that was given over this transcript.
    ///
    /// # Errors
    /// As [`DeviceResponse::decode`].
    pub fn decode(device_response: &[u8], transcript: SessionTranscript) -> Result<Self, ProfileError> {
        Ok(Self { response: DeviceResponse::decode(device_response)?, transcript })
    }
}

/// What the verifier brings along.
#[derive(Clone, Copy, Debug)]
pub struct VerifyContext<'a> {
    /// Who may issue.
    pub trust: &'a TrustAnchors,
    /// The time of the verdict.
    pub now: Timestamp,
    /// The true time is not before this: the build, or the newest list at hand.
    pub clock_floor: Timestamp,
    /// What decides whether the presentation is one of now.
    pub freshness: &'a dyn JudgeFreshness,
    /// The reader's ephemeral key, where the transport has one; without it a device MAC is refused.
    pub reader_key: Option<&'a ReaderKey>,
}

/// One proof of each of the four kinds, and every outcome.
#[derive(Clone, Debug)]
pub struct Proven {
    /// Proof of trust.
    pub issuer_trusted: IssuerTrusted,
    /// Proof of the issuer's signature.
    pub issuer_signed: IssuerSigned,
    /// Proof of the digests; holds the elements.
    pub digests_match: DigestsMatch,
    /// Proof of the device's signature.
    pub device_signed: DeviceSigned,
    /// Outcome of the MSO's validity.
    pub mso_validity: MsoValidity,
    /// Outcome of the DS certificate's revocation.
    pub ds_revocation: DsRevocation,
    /// Outcome of freshness.
    pub freshness: Freshness,
}

/// A presentation whose proofs all hold, with its outcomes inside.
#[derive(Clone, Debug)]
pub struct VerifiedPresentation {
    proven: Proven,
    reported: Reported,
}

/// Verifies a presentation; see the module for what is checked and what is not.
///
/// # Errors
/// A proof that fails ends the way: no element leaves. The outcomes are inside the result.
pub fn verify(
    unverified: &UnverifiedPresentation,
    context: &VerifyContext<'_>,
) -> Result<VerifiedPresentation, VerifyError> {
    let &VerifyContext { trust, now, clock_floor, freshness, reader_key } = context;
    let response = &unverified.response;
    let document = response.document();
    let received = document.issuer_signed();
    let trust_time = trust_time(now, clock_floor, &received.mso().validity_info);

    let (issuer_trusted, ds_revocation) = IssuerTrusted::check(received, trust, trust_time)?;
    let issuer_signed = IssuerSigned::check(&issuer_trusted, received)?;
    let digests_match = DigestsMatch::check(&issuer_trusted, &issuer_signed, received)?;
    let device_signed = DeviceSigned::check(&issuer_signed, document, &unverified.transcript, reader_key)?;

    let mso_validity = MsoValidity::judge(&issuer_signed.mso().validity_info, now, clock_floor);
    let freshness = Freshness::judge(freshness, device_signed.device_key());
    let proven = Proven {
        issuer_trusted,
        issuer_signed,
        digests_match,
        device_signed,
        mso_validity,
        ds_revocation,
        freshness,
    };
    Ok(VerifiedPresentation::new(proven, response.reported()))
}

/// The signatures that [`verify`] will look at, so that a [`Provider`](signature::provider::Provider) that is slow
/// to answer can look at them beforehand, all at once.
///
/// It proves nothing and decides nothing: a signature that is not among them is verified all the same.
pub fn signatures(unverified: &UnverifiedPresentation, trust: &TrustAnchors) -> Vec<UnverifiedSignature> {
    proof::signatures(unverified.response.document(), &unverified.transcript, trust)
}

/// The time at which certificates are judged: now, unless this clock is behind its floor. The true
/// time is then at least the floor, and at least the moment of signing if that signature is
/// genuine; what has expired by then has expired, and the outcomes say that the clock is wrong.
pub(crate) fn trust_time(now: Timestamp, floor: Timestamp, validity: &ValidityInfo) -> Timestamp {
    if now < floor { floor.max(validity.signed) } else { now }
}

/// Who issued, for a screen and a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerInfo {
    /// The anchor's label.
    pub label: String,
    /// The trust lists that vouch for the anchor; the current ones where there is one.
    pub lists: Vec<String>,
    /// The age of those lists: undetermined where none of them is current.
    pub list_age: Outcome,
    /// SHA-256 of the anchor's SubjectPublicKeyInfo.
    pub anchor_spki_sha256: [u8; 32],
    /// SHA-256 of the DS certificate.
    pub ds_fingerprint: [u8; 32],
    /// The country of the DS certificate, ISO 3166-1 alpha-2.
    pub country: String,
}

impl IssuerInfo {
    pub(crate) fn new(trusted: &IssuerTrusted) -> Self {
        Self {
            label: trusted.anchor().label.clone(),
            lists: trusted.vouched().lists().to_vec(),
            list_age: trusted.vouched().age().clone(),
            anchor_spki_sha256: trusted.anchor().spki_sha256(),
            ds_fingerprint: trusted.ds().fingerprint(),
            country: trusted.ds().subject().country().unwrap_or_default().to_owned(),
        }
    }
}

impl VerifiedPresentation {
    fn new(proven: Proven, reported: Reported) -> Self {
        Self { proven, reported }
    }

    /// Documents that the holder's device reports as not returned, with the standard's error codes. No signature covers
    /// this: it is what the device says, to be shown as such and never hidden.
    pub fn document_errors(&self) -> &[DocumentError] {
        &self.reported.documents
    }

    /// Elements that the holder's device reports as not returned; like [`VerifiedPresentation::document_errors`].
    pub fn element_errors(&self) -> &[ElementError] {
        &self.reported.elements
    }

    /// The outcome of the DS certificate's revocation; `None` where no list of its authority is at hand.
    pub const fn ds_revocation(&self) -> Option<&Outcome> {
        self.proven.ds_revocation.outcome()
    }

    /// The elements that the issuer signed and the holder shows. Elements that the device signed
    /// are never among them.
    pub const fn elements(&self) -> &Elements {
        self.proven.digests_match.elements()
    }

    /// The type of the document.
    pub fn doc_type(&self) -> &str {
        &self.mso().doc_type
    }

    /// The signed MSO.
    pub const fn mso(&self) -> &MobileSecurityObject {
        self.proven.issuer_signed.mso()
    }

    /// The outcome of the MSO's validity.
    pub const fn mso_validity(&self) -> &Outcome {
        self.proven.mso_validity.outcome()
    }

    /// The outcome of freshness.
    pub const fn freshness(&self) -> &Outcome {
        self.proven.freshness.outcome()
    }

    /// Who issued.
    pub fn issuer(&self) -> IssuerInfo {
        IssuerInfo::new(&self.proven.issuer_trusted)
    }

    /// The key that signed the presentation.
    pub const fn device_key(&self) -> &CoseKey {
        self.proven.device_signed.device_key()
    }
}
