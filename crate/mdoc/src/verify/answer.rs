//! A DeviceResponse with several documents: each is verified by itself, in the same session.
//!
//! Nothing passes from one document to another: two people could have made one answer. A caller judges the documents one
//! by one.

use crate::session::transcript::SessionTranscript;
use crate::verify::error::VerifyError;
use crate::verify::issuer_context::IssuerContext;
use crate::verify::issuer_verified::{IssuerVerified, UnverifiedIssuerData, verify_issuer_data};
use crate::verify::presentation::{UnverifiedPresentation, VerifiedPresentation, VerifyContext, verify};
use crate::wire::device_response::DeviceResponse;
use crate::wire::error::ProfileError;

/// A DeviceResponse as received, with its documents; none is verified.
#[derive(Clone, Debug)]
pub struct UnverifiedAnswer {
    /// At least one.
    presentations: Vec<UnverifiedPresentation>,
    other_proofs: bool,
}

/// The documents of a DeviceResponse, of which none is false: verified presentations, or issuer data without a presenter.
#[derive(Clone, Debug)]
pub struct VerifiedAnswer<P = VerifiedPresentation> {
    /// At least one.
    verified: Vec<P>,
    unknown: Vec<UnknownDocument>,
    other_proofs: bool,
}

/// A document whose issuer is not trusted for it. Nothing in it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDocument {
    /// The type that it claims.
    pub claimed_type: String,
    /// `issuer-unknown` or `issuer-doc-type`.
    pub error: VerifyError,
}

impl UnverifiedAnswer {
    /// Decodes a DeviceResponse for this transcript.
    ///
    /// # Errors
    /// As [`DeviceResponse::decode`].
    pub fn decode(device_response: &[u8], transcript: &SessionTranscript) -> Result<Self, ProfileError> {
        let response = DeviceResponse::decode(device_response)?;
        let other_proofs = response.has_other_proofs();
        let presentations = response
            .into_documents()
            .map(|(document, reported)| UnverifiedPresentation::new(document, reported, transcript.clone()))
            .collect();
        Ok(Self { presentations, other_proofs })
    }

    /// Returns the presentations of the documents, at least one.
    pub fn presentations(&self) -> &[UnverifiedPresentation] {
        &self.presentations
    }

    /// Verifies each document as [`verify`].
    ///
    /// # Errors
    /// Returns the first error of a document that is false: one false document spoils the whole answer. Otherwise, the first
    /// error of a document that could not be checked; otherwise, if no document has a trusted issuer, the first error. A
    /// document of an unknown issuer beside a verified one is no error.
    pub fn verify(&self, context: &VerifyContext<'_>) -> Result<VerifiedAnswer, VerifyError> {
        let claimed = |presentation: &UnverifiedPresentation| presentation.document().doc_type().to_owned();
        let answer = each(&self.presentations, claimed, |presentation| verify(presentation, context))?;
        Ok(VerifiedAnswer { other_proofs: self.other_proofs, ..answer })
    }
}

/// Verifies the issuer data of each document of a response as [`verify_issuer_data`], without their presenter.
///
/// # Errors
/// As [`UnverifiedAnswer::verify`].
pub fn verify_issuer_answer(
    documents: &[UnverifiedIssuerData],
    context: &IssuerContext<'_>,
) -> Result<VerifiedAnswer<IssuerVerified>, VerifyError> {
    let claimed = |data: &UnverifiedIssuerData| data.claimed_type().to_owned();
    each(documents, claimed, |data| verify_issuer_data(data, context))
}

fn each<T, P>(
    documents: &[T],
    claimed_type: impl Fn(&T) -> String,
    verify: impl Fn(&T) -> Result<P, VerifyError>,
) -> Result<VerifiedAnswer<P>, VerifyError> {
    let (mut verified, mut unknown) = (Vec::new(), Vec::new());
    let mut unchecked = None;
    for document in documents {
        match verify(document) {
            Ok(proven) => verified.push(proven),
            Err(error) if error.is_unknown_issuer() => {
                unknown.push(UnknownDocument { claimed_type: claimed_type(document), error });
            }
            Err(error) if error.is_undetermined() => unchecked = unchecked.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    match (unchecked, verified.is_empty(), unknown.first()) {
        (Some(error), _, _) => Err(error),
        (None, true, Some(unknown)) => Err(unknown.error.clone()),
        (None, true, None) => Err(ProfileError::Documents.into()),
        (None, false, _) => Ok(VerifiedAnswer { verified, unknown, other_proofs: false }),
    }
}

impl<P> VerifiedAnswer<P> {
    /// Returns the verified documents in the order of the response, at least one.
    pub fn verified(&self) -> &[P] {
        &self.verified
    }

    /// Returns the documents of unknown issuers.
    pub fn unknown(&self) -> &[UnknownDocument] {
        &self.unknown
    }

    /// Whether the response has proofs of a kind that is not read beside its documents.
    pub const fn has_other_proofs(&self) -> bool {
        self.other_proofs
    }

    /// Returns the verified documents by value.
    pub fn into_verified(self) -> Vec<P> {
        self.verified
    }
}
