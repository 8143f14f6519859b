//! The holder's side of an answer: the holder chooses, the device key signs, the answer is encrypted to the requester.

use mdoc::ElementName;
use mdoc::holder::VerifiedCredential;
use mdoc::holder::{Disclosure, PreparedPresentation};

use crate::answer;
use crate::error::{ConsentError, MakeError};
use crate::jwe::{Jwe, Recipient};
use crate::key::Random;
use crate::message::Parameters;
use crate::request::CheckedRequest;

/// The requested elements that the holder agreed to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    parameters: Parameters,
    chosen: Vec<ElementName>,
}

impl Consent {
    /// Records the elements that the holder chose; none is chosen by default.
    ///
    /// # Errors
    /// `consent-empty`, or `consent-not-asked` for an element that was not requested.
    pub fn new(request: CheckedRequest, chosen: &[ElementName]) -> Result<Self, ConsentError> {
        if chosen.is_empty() {
            return Err(ConsentError::Empty);
        }
        if !chosen.iter().all(|name| request.parameters.query.asks(name)) {
            return Err(ConsentError::NotAsked);
        }
        Ok(Self { parameters: request.parameters, chosen: chosen.to_vec() })
    }

    /// Prepares the answer: exactly the chosen elements, for this request's session.
    ///
    /// # Errors
    /// `consent-unsatisfied` if the licence has none of the requested sets; `consent-not-asked` for an element that the set
    /// does not have; `consent-empty` if the licence has none of the chosen elements.
    pub fn prepare(self, credential: &VerifiedCredential) -> Result<PreparedAnswer, ConsentError> {
        let selection = self.parameters.query.select(credential).map_err(|_| ConsentError::Unsatisfied)?;
        if !selection.is_satisfied {
            return Err(ConsentError::Unsatisfied);
        }
        let in_set = |name: &ElementName| selection.elements.iter().any(|element| element.name == *name);
        if !self.chosen.iter().all(in_set) {
            return Err(ConsentError::NotAsked);
        }
        let wanted: Vec<_> =
            self.chosen.iter().map(|name| (name.namespace.as_str(), name.identifier.as_str())).collect();
        let disclosure = Disclosure::select(credential, &wanted);
        if disclosure.shown().is_empty() {
            return Err(ConsentError::Empty);
        }
        let shown = disclosure.shown().to_vec();
        let transcript = self.parameters.transcript().map_err(ConsentError::Transcript)?;
        let Parameters { recipient, .. } = self.parameters;
        let presentation = PreparedPresentation::prepare(disclosure, &transcript);
        Ok(PreparedAnswer { presentation, recipient, query: selection.id, shown })
    }
}

/// An answer without the device's signature.
#[derive(Clone, Debug)]
pub struct PreparedAnswer {
    presentation: PreparedPresentation,
    recipient: Recipient,
    query: String,
    shown: Vec<ElementName>,
}

impl PreparedAnswer {
    /// Returns the bytes that the device key signs: ECDSA with the hash of its curve.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        self.presentation.to_be_signed()
    }

    /// Adds the signature (r ‖ s, verified first) and encrypts the answer.
    ///
    /// # Errors
    /// `sign-form`, `sign-other-key`, `make-random`, or `size` for an answer that is too long for the link.
    pub fn complete(self, signature: &[u8], random: Random<'_>) -> Result<Answer, ConsentError> {
        let device_response = self.presentation.complete(signature)?;
        let content = answer::encode(&self.query, &device_response);
        let sealed = Jwe::encrypt(&self.recipient, content.as_bytes(), random)?;
        let payload = envelope::deflate(&sealed.encode()).map_err(MakeError::from)?;
        Ok(Answer { payload, shown: self.shown })
    }
}

/// An encrypted answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    payload: Vec<u8>,
    shown: Vec<ElementName>,
}

impl Answer {
    /// Returns the payload of the QR link: the deflated Envelope of the answer.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Returns the names of the elements shown, for the holder's history.
    #[must_use]
    pub fn shown(&self) -> &[ElementName] {
        &self.shown
    }
}
