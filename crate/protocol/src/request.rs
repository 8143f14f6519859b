//! The wallet's side: decodes a request and verifies the requester.

use cbor::Timestamp;
use cbor::{Item, ItemValue};
use envelope::{EnvelopeError, KIND_REQUEST};
use licence::elements::{name_key, namespace_of};
use licence::{ISO_TEXT_MAX, ShownText};
use mdoc::ElementName;
use mdoc::holder::VerifiedCredential;
use mdoc::reader::{ReaderAnchors, ReaderAuthError, TrustedReader};
use mdoc::wire::RequestedElement;
use signature::{SignatureValid, VerifySignature};
use verdict::Purpose;
use x509::{Certificate, check_reader};

use crate::asked;
use crate::error::RequestError;
use crate::json::Json;
use crate::jws::{Jws, check_dates};
use crate::message::{AskedPurpose, Life, Parameters, signed_client_id};
use crate::query::{AskedDocument, OtherFormat};
use crate::response_uri::ResponseUri;

/// Longest JSON of a request, and longest header of a signed one, in bytes.
pub(crate) const MAX_REQUEST: usize = 16 * 1024;
/// Seconds by which another device's clock may be ahead.
const SKEW_SECONDS: i64 = 60;

/// A request as received: within its bounds and well-formed. The requester is not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedRequest {
    parameters: Parameters,
    signed: Option<Jws>,
}

impl UnverifiedRequest {
    /// Inflates and decodes a payload of the QR link.
    ///
    /// # Errors
    /// A [`RequestError`]; an Envelope of another kind is `envelope-kind`.
    pub fn decode(payload: &[u8]) -> Result<Self, RequestError> {
        Self::decode_inflated(&envelope::inflate(payload)?)
    }

    /// Decodes an Envelope that was not deflated.
    ///
    /// # Errors
    /// As [`UnverifiedRequest::decode`].
    pub fn decode_inflated(envelope: &[u8]) -> Result<Self, RequestError> {
        if envelope::kind(envelope)? != KIND_REQUEST {
            return Err(EnvelopeError::Kind.into());
        }
        let value = cbor::decode_own(envelope).map_err(EnvelopeError::Cbor)?;
        let Some([_, request]) = value.as_array() else {
            return Err(RequestError::Form);
        };
        match request.value() {
            ItemValue::Text(request) => {
                let parameters = Parameters::from_json(&object(request.as_bytes())?, false)?;
                Ok(Self { parameters, signed: None })
            }
            ItemValue::Array(parts) => {
                let [protected, payload, signature] = parts.as_slice() else {
                    return Err(RequestError::Form);
                };
                let bytes =
                    |item: &'_ Item<'_>| item.as_bytes().map(<[u8]>::to_vec).ok_or(RequestError::Form);
                let (protected, payload) = (bytes(protected)?, bytes(payload)?);
                if protected.len() > MAX_REQUEST {
                    return Err(RequestError::Size);
                }
                let signed = Jws::decode(&protected, &payload, &bytes(signature)?)?;
                let parameters = Parameters::from_json(&object(signed.payload())?, true)?;
                Ok(Self { parameters, signed: Some(signed) })
            }
            _ => Err(RequestError::Form),
        }
    }

    /// Verifies the requester; `signatures` verifies its signatures. A signed request that fails is refused and never treated
    /// as unsigned; under a certificate of an unknown authority the requester is *not verified*.
    ///
    /// # Errors
    /// `challenge-client-id-mismatch`, `challenge-signature`, `challenge-expired`, `challenge-ahead`, or what is wrong
    /// with the certificate.
    pub fn verify(
        self,
        anchors: &ReaderAnchors,
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> Result<CheckedRequest, RequestError> {
        let Self { parameters, signed } = self;
        let requester = match signed {
            None => Requester::NotVerified(UnprovenRequester {
                why: WhyNotVerified::NotSigned,
                says: parameters.response_uri.host(),
            }),
            Some(signed) => Requester::of(signed, &parameters, anchors, now, signatures)?,
        };
        Ok(CheckedRequest { parameters, requester })
    }
}

/// A JSON object in its bounds.
fn object(json: &[u8]) -> Result<Json, RequestError> {
    if json.len() > MAX_REQUEST {
        return Err(RequestError::Size);
    }
    Json::parse(json).filter(|json| json.as_object().is_some()).ok_or(RequestError::Json)
}

/// The requester, as far as it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Requester {
    /// A reader under a trusted authority signed this request.
    Verified(Box<VerifiedRequester>),
    /// The requester is unknown.
    NotVerified(UnprovenRequester),
}

/// Proof that a reader's certificate is issued by an anchor, fits the profile and is valid now, that its hash is the
/// request's client identifier, and that its key signed this request. Made by [`UnverifiedRequest::verify`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedRequester {
    trusted: TrustedReader,
    _signature: SignatureValid,
}

/// An unverified requester, and what it claims about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnprovenRequester {
    /// Why it is not verified.
    pub why: WhyNotVerified,
    /// Its certificate's name, or the host of its page, unverified: show it as the requester's words.
    pub says: ShownText,
}

/// Why a requester is not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNotVerified {
    /// The request is not signed: its integrity is unknown as well.
    NotSigned,
    /// It is signed under a certificate of an unknown authority.
    AuthorityUnknown,
}

impl WhyNotVerified {
    /// Every reason.
    pub const ALL: [Self; 2] = [Self::NotSigned, Self::AuthorityUnknown];

    /// Returns the key of its sentence in `www/strings/protocol.json`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotSigned => "requester.not-signed",
            Self::AuthorityUnknown => "requester.authority-unknown",
        }
    }
}

impl VerifiedRequester {
    /// The requester's name, from its certificate.
    #[must_use]
    pub fn name(&self) -> ShownText {
        ShownText::new(self.trusted.name(), ISO_TEXT_MAX)
    }

    /// Returns the anchor that issued its certificate.
    #[must_use]
    pub fn authority(&self) -> ShownText {
        ShownText::new(self.trusted.anchor_label(), ISO_TEXT_MAX)
    }

    /// Its certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        self.trusted.certificate()
    }
}

impl Requester {
    fn of(
        signed: Jws,
        parameters: &Parameters,
        anchors: &ReaderAnchors,
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> Result<Self, RequestError> {
        if parameters.client_id != signed_client_id(&signed.certificate().fingerprint()) {
            return Err(RequestError::ClientIdMismatch);
        }
        let signature = signed.verify(signatures)?;
        check_life(parameters.life, now)?;
        let certificate = signed.into_certificate();
        match anchors.verify(certificate.clone(), now, signatures) {
            Ok(trusted) => Ok(Self::Verified(Box::new(VerifiedRequester { trusted, _signature: signature }))),
            Err(ReaderAuthError::Unknown) => {
                let _profile = check_reader(&certificate, None)?;
                check_dates(&certificate, now).map_err(RequestError::Reader)?;
                let name = certificate.subject().common_name().unwrap_or_default();
                let says = ShownText::new(name, ISO_TEXT_MAX);
                Ok(Self::NotVerified(UnprovenRequester { why: WhyNotVerified::AuthorityUnknown, says }))
            }
            Err(error) => Err(RequestError::Reader(error)),
        }
    }
}

fn check_life(life: Option<Life>, now: Timestamp) -> Result<(), RequestError> {
    match life {
        Some(life) if now > life.exp => Err(RequestError::Expired),
        Some(life) if life.iat > now.plus_seconds(SKEW_SECONDS) => Err(RequestError::Ahead),
        _ => Ok(()),
    }
}

/// A request to show to the holder: what is asked, why, and by whom, as far as that is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedRequest {
    pub(crate) parameters: Parameters,
    requester: Requester,
}

impl CheckedRequest {
    /// Who asks.
    pub const fn requester(&self) -> &Requester {
        &self.requester
    }

    /// Returns the purpose, as the requester states it.
    #[must_use]
    pub const fn purpose(&self) -> Option<&AskedPurpose> {
        self.parameters.purpose.as_ref()
    }

    /// Returns the documents of which any one is asked for, in their order.
    pub fn documents(&self) -> impl Iterator<Item = &AskedDocument> {
        self.parameters.query.documents()
    }

    /// Returns the credentials of other formats that the verifier asks for or accepts as well. This wallet has none: name them
    /// to the holder, under [`OtherFormat::KEY`].
    pub fn not_answered(&self) -> impl Iterator<Item = &OtherFormat> {
        self.parameters.query.others()
    }

    /// Returns the elements of the richest set of the first document, in their order.
    #[must_use]
    pub fn elements(&self) -> Vec<RequestedElement> {
        self.parameters.query.richest()
    }

    /// Returns the address that the answer is bound to; nothing is sent there.
    #[must_use]
    pub const fn response_uri(&self) -> &ResponseUri {
        &self.parameters.response_uri
    }

    /// Returns the last second of a signed request; `None` for an unsigned one.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        self.parameters.life.map(|life| life.exp)
    }

    /// Returns each element of the set that this licence answers with: of the first set of which it has every element; of
    /// none, the one of which it lacks the fewest, which [`Consent::prepare`](crate::Consent::prepare) does not answer.
    ///
    /// # Errors
    /// `challenge-document` if another document type is requested, `challenge-several` if one more document is.
    pub fn asked_of(&self, credential: &VerifiedCredential) -> Result<Vec<AskedElement>, RequestError> {
        let selection = self.parameters.query.select(credential)?;
        let purpose = self.purpose().and_then(|asked| asked.purpose);
        let asked = |element: &RequestedElement| {
            let ElementName { namespace, identifier } = &element.name;
            AskedElement {
                label: ElementLabel::of(&element.name),
                intent_to_retain: element.intent_to_retain,
                held: credential.issued().elements().get(namespace, identifier).is_some(),
                beyond_purpose: purpose.is_some_and(|p| !needs(p, &element.name)),
                name: element.name.clone(),
            }
        };
        Ok(selection.elements.iter().map(asked).collect())
    }

    /// Whether this licence can answer: it has every element of a set that is asked for, or at least one element where
    /// nothing is asked for in sets. Of a licence that cannot, [`Consent::prepare`](crate::Consent::prepare) answers nothing.
    #[must_use]
    pub fn is_answerable_with(&self, credential: &VerifiedCredential) -> bool {
        self.parameters.query.select(credential).is_ok_and(|selection| {
            let held = |element: &RequestedElement| {
                let ElementName { namespace, identifier } = &element.name;
                credential.issued().elements().get(namespace, identifier).is_some()
            };
            selection.is_satisfied && selection.elements.iter().any(held)
        })
    }
}

/// Whether a purpose needs an element of any document that answers it.
fn needs(purpose: Purpose, name: &ElementName) -> bool {
    let mut documents = asked::documents(purpose).into_iter();
    documents.any(|document| document.elements.iter().any(|element| element.name == *name))
}

/// One requested element as the holder sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedElement {
    /// Which element.
    pub name: ElementName,
    /// Its name for people.
    pub label: ElementLabel,
    /// Whether the requester intends to keep the value.
    pub intent_to_retain: bool,
    /// Whether this licence has it.
    pub held: bool,
    /// Whether the named purpose does not need it.
    pub beyond_purpose: bool,
}

/// An element's name for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementLabel {
    /// A key of the catalogue.
    Key(String),
    /// An unknown element: its identifier as the requester wrote it.
    Text(ShownText),
}

impl ElementLabel {
    fn of(name: &ElementName) -> Self {
        if namespace_of(&name.identifier) == Some(name.namespace.as_str()) {
            Self::Key(name_key(&name.identifier))
        } else {
            Self::Text(ShownText::new(&name.identifier, ISO_TEXT_MAX))
        }
    }
}
