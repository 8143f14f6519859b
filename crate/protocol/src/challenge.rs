//! The verifier's side: makes a question, which is shown as a code and answered once.

use core::fmt;

use cbor::Timestamp;
use cbor::Value;
use envelope::KIND_REQUEST;
use mdoc::SessionTranscript;
use signature::{Algorithm, Signer, verify};
use verdict::{Policy, Purpose};
use x509::Certificate;

use crate::answer;
use crate::asked;
use crate::base64url;
use crate::error::{AnswerError, MakeError};
use crate::jwe::{Enc, Jwe, Recipient};
use crate::jws;
use crate::key::{EphemeralKey, Random};
use crate::message::{
    AskedPurpose, Life, MAX_LIFE_SECONDS, Parameters, signed_client_id, unsigned_client_id,
};
use crate::query::{AskedDocument, Query};
use crate::response_uri::ResponseUri;

/// Default lifetime of a question in seconds: time to read it and to choose.
pub const DEFAULT_LIFE_SECONDS: i64 = 300;

/// Bytes of a nonce.
pub const NONCE_BYTES: usize = 16;

/// Bytes of the thumbprint that form the key's `kid`.
const KID_BYTES: usize = 8;

/// What a verifier requests, and the address of its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The purpose, if it is one of the named ones.
    pub purpose: Option<Purpose>,
    /// The purpose in the verifier's own words, of which the holder sees at most 120 characters.
    pub text: Option<String>,
    /// The documents of which any one is asked for, at most 8.
    pub documents: Vec<AskedDocument>,
    /// The verifier's page.
    pub response_uri: ResponseUri,
    /// Its lifetime in seconds: 1 to 600.
    pub life_seconds: i64,
}

impl Question {
    /// Returns the question of a purpose, without intent to retain: exactly its elements of a Chinese licence, what licences
    /// of other countries have for it, or another document that answers it.
    #[must_use]
    pub fn for_purpose(purpose: Purpose, response_uri: ResponseUri) -> Self {
        Self {
            purpose: Some(purpose),
            text: None,
            documents: asked::documents(purpose),
            response_uri,
            life_seconds: DEFAULT_LIFE_SECONDS,
        }
    }

    /// Returns the question of a policy, of its purpose: the elements that its rules read or that it shows or keeps, each with
    /// its intent to retain.
    #[must_use]
    pub fn for_policy(policy: &Policy, response_uri: ResponseUri) -> Self {
        Self {
            documents: asked::documents_of_policy(policy),
            ..Self::for_purpose(policy.document().kind, response_uri)
        }
    }
}

/// Returns the DCQL query of a policy as JSON (OpenID4VP 1.0, 6), for a verifier with another transport.
///
/// # Errors
/// `make-question` for a policy that asks for nothing.
pub fn policy_query(policy: &Policy) -> Result<String, MakeError> {
    Ok(Query::new(&asked::documents_of_policy(policy))?.to_json().encode())
}

/// A question without the reader's signature. [`PreparedChallenge::to_be_signed`] returns the bytes for ECDSA with
/// SHA-256, [`PreparedChallenge::complete`] takes r ‖ s as WebCrypto returns them.
#[derive(Debug)]
pub struct PreparedChallenge {
    challenge: Challenge,
    certificate: Certificate,
    protected: Vec<u8>,
    payload: Vec<u8>,
    to_be_signed: Vec<u8>,
}

impl PreparedChallenge {
    /// Prepares a question at `now` under a reader's certificate with a key on P-256.
    ///
    /// # Errors
    /// `make-question` or `make-random`.
    pub fn new(
        question: &Question,
        certificate: Certificate,
        now: Timestamp,
        random: Random<'_>,
    ) -> Result<Self, MakeError> {
        let client_id = signed_client_id(&certificate.fingerprint());
        let exp = now.plus_seconds(question.life_seconds);
        let life = Some(Life { iat: now, exp });
        let challenge = Challenge::new(question, client_id, life, None, now, random)?;
        let payload = challenge.parameters.to_json(question.text.as_deref()).encode().into_bytes();
        let protected = jws::protected_header(&certificate);
        let to_be_signed = jws::signing_input(&protected, &payload);
        Ok(Self { challenge, certificate, protected, payload, to_be_signed })
    }

    /// Returns the bytes that the reader's key signs with ES256.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// Adds the signature. It is verified first, so that no code is shown that every wallet refuses.
    ///
    /// # Errors
    /// `make-signature`; `size` for a question that is too long for the link.
    pub fn complete(mut self, signature: &[u8]) -> Result<Challenge, MakeError> {
        let key = self.certificate.public_key();
        let _valid = verify(Algorithm::Es256, key, &self.to_be_signed, signature, &signature::RustCrypto)
            .map_err(|_| MakeError::Signature)?;
        let parts = [self.protected.as_slice(), &self.payload, signature].map(Value::bytes);
        self.challenge.payload = envelope(Value::array(parts))?;
        Ok(self.challenge)
    }

    /// Signs with a key held in this process.
    ///
    /// # Errors
    /// As [`PreparedChallenge::complete`].
    pub fn sign(self, key: &dyn Signer) -> Result<Challenge, MakeError> {
        let signature = key.sign(&self.to_be_signed);
        self.complete(&signature)
    }
}

/// A question with its nonce, its private key, and whether it was answered.
///
/// It is neither cloned nor stored: a reloaded page asks a new question, and answers to the old one are refused.
pub struct Challenge {
    parameters: Parameters,
    key: EphemeralKey,
    transcript: SessionTranscript,
    until: Timestamp,
    payload: Vec<u8>,
    answered: bool,
}

impl fmt::Debug for Challenge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = formatter.debug_struct("Challenge");
        out.field("parameters", &self.parameters).field("until", &self.until);
        out.field("answered", &self.answered).finish_non_exhaustive()
    }
}

impl Challenge {
    /// Asks at `now` without a certificate. Neither the requester nor the integrity of the question can be verified.
    ///
    /// # Errors
    /// `make-question` or `make-random`; `size` for a question that is too long for the link.
    pub fn unsigned(question: &Question, now: Timestamp, random: Random<'_>) -> Result<Self, MakeError> {
        Self::asked_unsigned(question, None, now, random)
    }

    /// As [`Challenge::unsigned`], with a nonce of a server, which then judges the answer by itself. The answer is fresh for that
    /// server only if it made the nonce at random, and takes one answer to it.
    ///
    /// # Errors
    /// As [`Challenge::unsigned`].
    pub fn unsigned_with_nonce(
        question: &Question,
        nonce: [u8; NONCE_BYTES],
        now: Timestamp,
        random: Random<'_>,
    ) -> Result<Self, MakeError> {
        Self::asked_unsigned(question, Some(nonce), now, random)
    }

    fn asked_unsigned(
        question: &Question,
        nonce: Option<[u8; NONCE_BYTES]>,
        now: Timestamp,
        random: Random<'_>,
    ) -> Result<Self, MakeError> {
        let client_id = unsigned_client_id(&question.response_uri);
        let mut challenge = Self::new(question, client_id, None, nonce, now, random)?;
        let request = challenge.parameters.to_json(question.text.as_deref()).encode();
        challenge.payload = envelope(Value::text(request))?;
        Ok(challenge)
    }

    fn new(
        question: &Question,
        client_id: String,
        life: Option<Life>,
        nonce: Option<[u8; NONCE_BYTES]>,
        now: Timestamp,
        random: Random<'_>,
    ) -> Result<Self, MakeError> {
        if !(1..=MAX_LIFE_SECONDS).contains(&question.life_seconds) {
            return Err(MakeError::Question);
        }
        let query = Query::new(&question.documents)?;
        let key = EphemeralKey::new(random)?;
        let nonce = nonce.unwrap_or_else(|| {
            let mut made = [0; NONCE_BYTES];
            random(&mut made);
            made
        });
        let public = key.public();
        let kid = base64url::encode(public.thumbprint().get(..KID_BYTES).unwrap_or_default());
        let parameters = Parameters {
            client_id,
            nonce: base64url::encode(&nonce),
            response_uri: question.response_uri.clone(),
            recipient: Recipient { key: public, kid, enc: Enc::A128Gcm },
            query,
            purpose: question.purpose.map(|purpose| AskedPurpose { purpose: Some(purpose), text: None }),
            life,
        };
        let transcript = parameters.transcript().map_err(|_| MakeError::Question)?;
        let until = now.plus_seconds(question.life_seconds);
        Ok(Self { parameters, key, transcript, until, payload: Vec::new(), answered: false })
    }

    /// Returns the payload of the QR link: the deflated Envelope of the request.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Returns the values of its session, from which another verifier makes the transcript: `client_id`, the nonce as it is
    /// signed, `response_uri`, and the thumbprint of the key to which the answer is encrypted (RFC 7638).
    #[must_use]
    pub fn session(&self) -> (&str, &str, &str, [u8; 32]) {
        let parameters = &self.parameters;
        let thumbprint = parameters.recipient.key.thumbprint();
        (&parameters.client_id, &parameters.nonce, parameters.response_uri.as_str(), thumbprint)
    }

    /// Returns the last second in which an answer is accepted.
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.until
    }

    /// Whether it was answered, correctly or not.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.answered
    }

    /// Opens an answer, a payload of the QR link. The first one that decodes ends the question: any other is refused.
    ///
    /// Does not verify the presentation inside; [`judge_answer`](crate::verdict::judge_answer) does both.
    ///
    /// # Errors
    /// An [`AnswerError`]. Anybody who saw the question can end it with a worthless answer; the verifier then asks again.
    pub fn open(&mut self, payload: &[u8], now: Timestamp) -> Result<OpenedAnswer, AnswerError> {
        let jwe = Jwe::decode(&envelope::inflate(payload)?)?;
        let plaintext = jwe.decrypt(&self.key, &self.parameters.recipient.kid)?;
        if self.answered {
            return Err(AnswerError::Seen);
        }
        self.answered = true;
        if now > self.until {
            return Err(AnswerError::Late);
        }
        let device_response = answer::decode(&plaintext, self.parameters.query.ids())?;
        Ok(OpenedAnswer { device_response, transcript: self.transcript.clone() })
    }
}

/// An answer to this verifier's question, decrypted. Its presentation is not verified yet; that nobody answered
/// before is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedAnswer {
    device_response: Vec<u8>,
    transcript: SessionTranscript,
}

impl OpenedAnswer {
    /// Returns the encoded DeviceResponse, as received.
    #[must_use]
    pub fn device_response(&self) -> &[u8] {
        &self.device_response
    }

    /// Returns the transcript that the holder's key must have signed.
    #[must_use]
    pub const fn transcript(&self) -> &SessionTranscript {
        &self.transcript
    }
}

/// `RequestEnvelope = [2, request]`, deflated.
fn envelope(request: Value) -> Result<Vec<u8>, MakeError> {
    Ok(envelope::deflate(&cbor::encode(&Value::array([Value::Unsigned(KIND_REQUEST), request])))?)
}
