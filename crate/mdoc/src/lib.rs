//! Mobile documents by ISO/IEC 18013-5 (mdoc), such as driving licences (mDL): verify, hold, present, issue.
//!
//! No I/O, clock or randomness: bytes, time, trust and random bytes are arguments, and results are values. What is
//! received is decoded to an `Unverified…` type, and only verification makes a `Verified…` type of it.
//!
//! ```text
//! verify   DeviceResponse + SessionTranscript -> UnverifiedPresentation -> verify (TrustAnchors, now) -> VerifiedPresentation
//! hold     IssuerSigned -> holder::UnverifiedCredential -> verify_credential -> VerifiedCredential
//! present  holder::Disclosure -> PreparedPresentation -> (the device key signs) -> DeviceResponse
//! issue    issuer::IssueRequest -> IssuerSigner -> IssuerSigned
//! ```
//!
//! # Verify a presentation
//!
//! A website requested `age_over_18` by OpenID4VP and received a DeviceResponse. The crates of the types in this interface
//! are re-exported (`cbor`, `signature`, `x509`), so that one dependency is enough:
//!
//! ```toml
//! [dependencies]
//! liangzheng-mdoc = { version = "0.1", features = ["status-list"] } # without it: no status of documents
//! ```
//!
//! ```
//! use liangzheng_mdoc::cbor::Timestamp;
//! use liangzheng_mdoc::signature::RustCrypto;
//! use liangzheng_mdoc::x509::Certificate;
//! use liangzheng_mdoc::{
//!     Anchor, Outcome, OwnSession, SessionTranscript, TrustAnchors, UnverifiedPresentation, VerifyContext, verify,
//! };
//!
//! const ISO: &str = "org.iso.18013.5.1";
//!
//! /// Whether the holder is at least 18, by an answer to the request with this nonce.
//! fn is_of_age(
//!     device_response: &[u8],
//!     nonce: &str, // of at least 128 random bits, made for this request
//!     iaca: &[u8],
//!     now: Timestamp,
//! ) -> Result<bool, Box<dyn std::error::Error>> {
//!     let (client_id, response_uri) = ("x509_san_dns:shop.example", "https://shop.example/response");
//!     let built = Timestamp::from_unix(1_793_000_000); // when your program was built
//!
//!     // 1. Anchors: the root certificates (IACA) of the issuers that you trust, in DER.
//!     let mut trust = TrustAnchors::new();
//!     trust.add(Anchor::iaca(Certificate::decode(iaca)?, "Example authority", "my list", &RustCrypto)?);
//!
//!     // 2. The transcript: what binds the answer to your session. Take it from your own request, never from the answer.
//!     let transcript = SessionTranscript::openid4vp_redirect(client_id, nonce, None, response_uri)?;
//!
//!     // 3. Decode. Nothing is verified yet, and no element can be read.
//!     let received = UnverifiedPresentation::decode(device_response, transcript)?;
//!
//!     // 4. Verify. An error ends it: no element is returned.
//!     let context = VerifyContext {
//!         trust: &trust,
//!         now,
//!         clock_floor: built,
//!         freshness: &OwnSession, // the nonce is yours, and this is the first answer to it
//!         reader_key: None,       // only for sessions in proximity
//!         signatures: &RustCrypto,
//!         strict: false, // departures from Annex B that are no danger are no refusal
//!     };
//!     let verified = verify(&received, &context)?;
//!
//!     // 5. Outcomes: the document is genuine and its holder presents it. Is it valid now?
//!     let issued = verified.issued();
//!     let issuer = issued.issuer();
//!     let outcomes =
//!         [Some(issued.mso_validity()), Some(verified.freshness()), Some(&issuer.list_age), issued.ds_revocation()];
//!     for outcome in outcomes.into_iter().flatten() {
//!         match outcome {
//!             Outcome::Pass => {}
//!             Outcome::Fail(reason) => return Err(format!("refuse: {}", reason.code()).into()),
//!             Outcome::Undetermined(reason) => return Err(format!("ask a person: {}", reason.code()).into()),
//!         }
//!     }
//!
//!     // 6. Elements, by namespace and identifier.
//!     if issued.doc_type() != "org.iso.18013.5.1.mDL" {
//!         return Err("another document".into());
//!     }
//!     Ok(issued.elements().get(ISO, "age_over_18").and_then(|value| value.as_bool()) == Some(true))
//! }
//!
//! # use liangzheng_mdoc::holder::{Disclosure, PreparedPresentation};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (now, nonce) = (Timestamp::from_unix(1_795_348_800), "a nonce of at least 128 random bits");
//! # let issuer = testkit::issuer::TestIssuer::default();
//! # let holder = testkit::holder::TestHolder::new(&issuer, now);
//! # let disclosure = Disclosure::select(holder.credential(), &[(ISO, "age_over_18")]);
//! # let (client_id, response_uri) = ("x509_san_dns:shop.example", "https://shop.example/response");
//! # let transcript = SessionTranscript::openid4vp_redirect(client_id, nonce, None, response_uri)?;
//! # let prepared = PreparedPresentation::prepare(disclosure, &transcript);
//! # let signed = signature::sign_es256(holder.key(), prepared.to_be_signed());
//! # let device_response = prepared.complete(&signed)?;
//! # assert!(is_of_age(&device_response, nonce, issuer.iaca().as_der(), now)?);
//! # Ok(())
//! # }
//! ```
//!
//! # The steps
//!
//! [`verify()`] makes one proof after the other and stops at the first that fails. A proof is a value that only its check can
//! make ([`proof`]), and a [`VerifiedPresentation`] consists of one of each: a forgotten check does not compile.
//!
//! | [`step`] | proves | fails for example with |
//! |---|---|---|
//! | `decode`, `cose`, `profile` | bounded CBOR and COSE; at most eight documents; every field of the type that it must have | `cbor-depth`, `profile-shape` |
//! | `issuer-trusted` | the issuer's certificate (DS) fits Annex B, an anchor for this document type issued it, both are valid at `now`, it is not revoked | `issuer-unknown`, `ds-expired`, `ds-revoked` |
//! | `issuer-signed` | the DS key signed the MSO, the list of digests | `issuer-signature` |
//! | `digests-match` | each element has its signed digest | `digest-mismatch` |
//! | `device-signed` | the device key in the MSO signed this transcript | `device-signature`, `doc-type` |
//!
//! # What each result means
//!
//! | result | meaning | a verifier should |
//! |---|---|---|
//! | `Err(error)` | forged, altered, not the holder's, of an unknown issuer, or malformed; [`VerifyError::kind`] says which | refuse |
//! | `Err(error)` with [`VerifyError::is_undetermined`] | a signature could not be verified by your provider | say that it was not checked |
//! | [`Outcome::Fail`] | genuine, and not valid now: `mso-expired`, `mso-not-yet`, `stale` | refuse; the elements may be shown with the reason |
//! | [`Outcome::Undetermined`] | could not be checked: an old trust list, an old revocation list, a clock that is wrong | decide by a person, never as a pass and never as "revoked" |
//! | [`Outcome::Pass`] | checked and right | go on |
//!
//! The outcomes of a presentation:
//!
//! | | of | `None` means |
//! |---|---|---|
//! | [`IssuerVerified::mso_validity`] | `validFrom` and `validUntil` of the MSO | |
//! | [`IssuerVerified::ds_revocation`] | revocation of the DS certificate | no list of the authority was added |
//! | [`IssuerInfo::list_age`] | the trust lists that contain the anchor | |
//! | [`VerifiedPresentation::freshness`] | whether it was made now, for this session | |
//!
//! # Transcripts and freshness
//!
//! The device signs the [`SessionTranscript`], so that an answer cannot be shown to another verifier or at another time. It
//! must be made from the verifier's own request.
//!
//! | transport | transcript | freshness |
//! |---|---|---|
//! | OpenID4VP, redirect | [`SessionTranscript::openid4vp_redirect`] | [`OwnSession`] |
//! | OpenID4VP, Digital Credentials API | [`SessionTranscript::openid4vp_dc_api`] | [`OwnSession`] |
//! | ISO/IEC TS 18013-7, Digital Credentials API | [`SessionTranscript::org_iso_mdoc`] | [`OwnSession`] |
//! | proximity (QR or NFC engagement) | [`SessionTranscript::proximity`], with your [`ReaderKey`] for a device MAC | [`OwnSession`] |
//! | one QR code without a request | [`SessionTranscript::one_way`]; use the crate `liangzheng-envelope` | by the signed times of its `Info`, which that crate judges; without it [`UnknownSession`] |
//! | a transcript from another party | [`SessionTranscript::from_bytes`] | [`UnknownSession`] |
//!
//! [`OwnSession`] is your statement that the nonce or key was made for this session and that no other answer to it was
//! accepted before. Without that, say [`UnknownSession`]: freshness is undetermined, and whoever copied the
//! answer could have sent it. For a transcript that you did not choose, such as that of a one-way code, [`OwnSession`] would be
//! wrong. Other rules implement [`JudgeFreshness`].
//!
//! # Anchors and revocation
//!
//! An [`Anchor`] is one pinned certificate: an IACA root, or a single document signer. Anchors also come from a signed list of
//! issuers ([`vical`], feature `vical`), with the age of that list as an outcome. The same anchor from several lists is one
//! anchor.
//!
//! [`TrustAnchors::revoke`] adds the fingerprint of a DS certificate or a revocation list that
//! [`TrustAnchors::verify_crl`] verified. A certificate on a list is refused however old the list is. If every list of the
//! authority is out of date, the outcome is undetermined; without any list there is no outcome.
//!
//! # Status
//!
//! Whether the *document* is revoked or suspended is in a status list to which the MSO refers (feature `status-list`). Lists
//! are files: fetch them ahead of time, so that no issuer learns who is checked.
//!
//! ```
//! use liangzheng_mdoc::IssuerVerified;
//! use liangzheng_mdoc::cbor::Timestamp;
//! use liangzheng_mdoc::status_list::{Status, StatusListError, StatusLists, StatusReference};
//!
//! /// The status of a document; `None` if it has none, or if there is no list of that name.
//! fn status(issued: &IssuerVerified, lists: &StatusLists, now: Timestamp) -> Result<Option<Status>, StatusListError> {
//!     let reference = StatusReference::read(issued.mso().status.as_ref())?;
//!     let Some(entry) = reference.and_then(|reference| reference.status_list) else { return Ok(None) };
//!     let Some(list) = lists.find(&entry.uri) else { return Ok(None) };
//!     let list = list?;
//!     let _current = list.current(now)?;
//!     list.get(entry.idx).map(Some)
//! }
//! ```
//!
//! Add a list by `UnverifiedStatusList::decode`, `verify` and [`StatusLists::insert`](status_list::StatusLists::insert). Check
//! that its signer is the document's issuer: [`status_list::ListSigner`] has the same `spki_sha256` as
//! [`IssuerInfo::anchor_spki_sha256`].
//!
//! # What is left to the caller
//!
//! - **The time.** `now` is a true clock. `clock_floor` is a time that is certainly past, such as that of the build or of the
//!   newest verified list: with a clock before it, nothing is a pass.
//! - **What the document is for.** Compare [`IssuerVerified::doc_type`] and the namespaces; whether a licence is valid for a
//!   vehicle is the task of `liangzheng-licence` and `liangzheng-verdict`.
//! - **The person.** A device key can be lent, and a live session relayed: compare the portrait.
//! - **What the device did not return**: [`VerifiedPresentation::document_errors`] and
//!   [`VerifiedPresentation::element_errors`] are the device's own statement, not signed.
//! - **The length of the input**, before it is in memory. Everything after that is bounded.
//!
//! # Errors
//!
//! Each stage has an error with a stable `code()` in kebab case, its [`step`], the `clause()` of the standard, and `kind()`,
//! the code as a value to match on ([`codes`]). Errors name namespaces and elements and hold no value of an element: they may
//! be logged, a document may not.
//!
//! # Features and platforms
//!
//! | feature | default | |
//! |---|---|---|
//! | `rustcrypto` | yes | the curve crates: [`signature::RustCrypto`], device MACs, the module `holder` |
//! | `issue` | no | the module `issuer`; with the next two, writing these lists |
//! | `status-list` | no | the module `status_list`: Token Status Lists |
//! | `vical` | no | the module `vical`: lists of trusted issuers (Annex C) |
//! | `inflate` | no | the module `inflate`: bounded inflate, for formats around this crate |
//!
//! Without `rustcrypto` no curve code is linked, and a provider of yours verifies every signature
//! ([`signature::VerifySignature`]); [`signatures`] lists what it will be asked, so that an asynchronous one can answer ahead.
//! No global state and no `unsafe`; `wasm32-unknown-unknown` is supported.

pub mod codes;
pub mod document_type;
#[cfg(feature = "rustcrypto")]
pub mod holder;
#[cfg(feature = "inflate")]
pub mod inflate;
#[cfg(feature = "issue")]
pub mod issuer;
pub mod reader;
mod session;
#[cfg(feature = "status-list")]
pub mod status_list;
mod verify;
#[cfg(feature = "vical")]
pub mod vical;
pub mod wire;

/// Proofs and outcomes: values that only the check that they are named after can make.
pub mod proof {
    pub use crate::verify::freshness::Freshness;
    pub use crate::verify::issuer_verified::IssuerProofs;
    pub use crate::verify::outcome::MsoValidity;
    pub use crate::verify::presentation::PresentationProofs;
    pub use crate::verify::proof::{DeviceAuthenticated, DigestsMatch, IssuerTrusted, MsoSigned};
    pub use crate::verify::revocation::DsRevocation;
    pub use crate::verify::vouch::Vouched;
}

#[doc(no_inline)]
pub use cbor;
#[doc(no_inline)]
pub use signature;
#[doc(no_inline)]
pub use x509;

pub use session::reader_key::ReaderKey;
pub use session::transcript::{Handover, SessionTranscript, TranscriptError};
pub use verify::answer::{UnknownDocument, UnverifiedAnswer, VerifiedAnswer, verify_issuer_answer};
pub use verify::elements::Elements;
pub use verify::error::VerifyError;
pub use verify::freshness::{JudgeFreshness, OwnSession, UnknownSession};
pub use verify::issuer_context::IssuerContext;
pub use verify::issuer_verified::{IssuerInfo, IssuerVerified, UnverifiedIssuerData, verify_issuer_data};
pub use verify::outcome::{Outcome, OutcomeCode, Reason};
pub use verify::presentation::{
    UnverifiedPresentation, VerifiedPresentation, VerifyContext, signatures, verify,
};
pub use verify::revocation::Revocation;
pub use verify::signer_purpose::Signs;
pub use verify::step;
pub use verify::trust::{Anchor, TrustAnchors, TrustedSigner};
pub use verify::trust_error::TrustError;
pub use wire::digest::DigestAlgorithm;
pub use wire::element_name::ElementName;
pub use wire::error::ProfileError;
pub use wire::mso::{KeyAuthorizations, MobileSecurityObject, ValidityInfo};
pub use wire::returned::{DocumentError, ElementError};
