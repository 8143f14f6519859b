//! The errors of this crate, each with its stable code, its step and its clause.
//!
//! None contains the value of an element or text of the other side, so that errors may be logged.

use cbor::CodeInfo;
use envelope::EnvelopeError;
use mdoc::TranscriptError;
use mdoc::holder::PresentError;
use mdoc::reader::ReaderAuthError;
use verdict::AnswerCode;
use x509::CertificateError;

/// Why a wallet refuses a request; none of its content is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// The Envelope is refused.
    Envelope(EnvelopeError),
    /// The certificate of the requester is refused.
    Reader(ReaderAuthError),
    /// The Envelope's item is neither text nor the three parts of a JWS.
    Form,
    /// Over 16 KiB of JSON.
    Size,
    /// Not JSON, not an object, or with a duplicate key.
    Json,
    /// A field is missing or has another type; its name.
    Field(&'static str),
    /// Not `vp_token`.
    ResponseType,
    /// Another response mode than this link's.
    ResponseMode,
    /// A parameter that must be understood and is not supported: `request_uri`, `transaction_data`, values.
    Unsupported(&'static str),
    /// The client identifier is not of the prefix that belongs to this form.
    ClientId,
    /// The signed request's client identifier is not the hash of its certificate.
    ClientIdMismatch,
    /// Not `https` (or `localhost`), user information, or not the address that the client identifier names.
    ResponseUri,
    /// The nonce is shorter than 16 bytes in base64url, too long, or not URL-safe.
    Nonce,
    /// The query is not DCQL.
    Query,
    /// More than one credential is required, or several presentations of one.
    Several,
    /// The requested credential is not an mdoc.
    Format,
    /// Another document type than that of the stored licence.
    Document,
    /// The claim sets are empty, too many, or do not name claims by their ids.
    ClaimSets,
    /// The credential sets are empty, too many, or do not name credentials by their ids; or there are too many credentials.
    CredentialSets,
    /// There is no P-256 key for ECDH-ES.
    Key,
    /// No supported content encryption is offered.
    Enc,
    /// The signed request's type is not `oauth-authz-req+jwt`.
    Type,
    /// Not signed with ES256.
    Algorithm,
    /// There is a critical header parameter.
    Critical,
    /// There is no certificate, or there are too many.
    X5c,
    /// The certificate's key did not sign this request.
    Signature,
    /// The signed request has another audience than wallets.
    Audience,
    /// Its lifetime is negative or longer than ten minutes.
    Life,
    /// It has expired.
    Expired,
    /// Its time is more than a minute ahead of this device's clock.
    Ahead,
}

cbor::coded!(RequestError as RequestCode {
    Form => "challenge-form", "request", "org.liangzheng.qr.jwt";
    Size => "challenge-size", "request", "project limit: 16 KiB";
    Json => "challenge-json", "request", "RFC 8725, 2.4";
    Field => "challenge-field", "request", "OpenID4VP 1.0, 5.1";
    ResponseType => "challenge-response-type", "request", "OpenID4VP 1.0, 5.6";
    ResponseMode => "challenge-response-mode", "request", "org.liangzheng.qr.jwt";
    Unsupported => "challenge-unsupported", "request", "OpenID4VP 1.0, 5.1";
    ClientId => "challenge-client-id", "request", "OpenID4VP 1.0, 5.9";
    ClientIdMismatch => "challenge-client-id-mismatch", "request", "OpenID4VP 1.0, 5.9.3";
    ResponseUri => "challenge-response-uri", "request", "OpenID4VP 1.0, 8.2";
    Nonce => "challenge-nonce", "request", "OpenID4VP 1.0, 5.2";
    Query => "challenge-query", "request", "OpenID4VP 1.0, 6";
    Several => "challenge-several", "request", "OpenID4VP 1.0, 6";
    Format => "challenge-credential-format", "request", "OpenID4VP 1.0, B.2";
    Document => "challenge-document", "request", "OpenID4VP 1.0, B.2.3";
    ClaimSets => "challenge-claim-sets", "request", "OpenID4VP 1.0, 6.4.1";
    CredentialSets => "challenge-credential-sets", "request", "OpenID4VP 1.0, 6.2";
    Key => "challenge-key", "request", "OpenID4VP 1.0, 8.3";
    Enc => "challenge-enc", "request", "OpenID4VP 1.0, 8.3";
    Type => "challenge-type", "request", "OpenID4VP 1.0, 5";
    Algorithm => "challenge-alg", "request", "RFC 8725, 3.1";
    Critical => "challenge-crit", "request", "RFC 7515, 4.1.11";
    X5c => "challenge-x5c", "request", "OpenID4VP 1.0, 5.9.3";
    Signature => "challenge-signature", "request", "RFC 7515, 5.2";
    Audience => "challenge-audience", "request", "OpenID4VP 1.0, 5.8";
    Life => "challenge-life", "request", "org.liangzheng.qr.jwt";
    Expired => "challenge-expired", "request", "RFC 7519, 4.1.4";
    Ahead => "challenge-ahead", "request", "RFC 7519, 4.1.6";
} via [Envelope(envelope::EnvelopeCode), Reader(mdoc::codes::ReaderAuthCode)]);
cbor::stage_error!(RequestError);

impl From<EnvelopeError> for RequestError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

impl From<CertificateError> for RequestError {
    fn from(error: CertificateError) -> Self {
        Self::Reader(ReaderAuthError::Certificate(error))
    }
}

/// Why an answer cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsentError {
    /// The presentation cannot be made.
    Present(PresentError),
    /// The session transcript cannot be made.
    Transcript(TranscriptError),
    /// None of the chosen elements is in the licence.
    Empty,
    /// An element was chosen that was not requested.
    NotAsked,
    /// The licence has none of the requested sets of elements.
    Unsatisfied,
    /// The answer cannot be made.
    Make(MakeError),
}

cbor::coded!(ConsentError as ConsentCode {
    Empty => "consent-empty", "consent", "OpenID4VP 1.0, 6.4";
    NotAsked => "consent-not-asked", "consent", "OpenID4VP 1.0, 6.4";
    Unsatisfied => "consent-unsatisfied", "consent", "OpenID4VP 1.0, 6.4.1";
} via [Present(mdoc::codes::PresentCode), Transcript(mdoc::codes::TranscriptCode), Make(MakeCode)]);
cbor::stage_error!(ConsentError);

impl From<PresentError> for ConsentError {
    fn from(error: PresentError) -> Self {
        Self::Present(error)
    }
}

impl From<MakeError> for ConsentError {
    fn from(error: MakeError) -> Self {
        Self::Make(error)
    }
}

/// Why a message cannot be made: a fault of the caller or of its random source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MakeError {
    /// The message is too large for the link.
    Envelope(EnvelopeError),
    /// The random bytes are not a key.
    Random,
    /// The question has no element, too many, or one twice.
    Question,
    /// The signature does not verify under the reader certificate's key, or that key is not on P-256.
    Signature,
    /// The content cannot be encrypted.
    Encrypt,
}

cbor::coded!(MakeError as MakeCode {
    Random => "make-random", "make", "RFC 7518, 4.6";
    Question => "make-question", "make", "OpenID4VP 1.0, 6";
    Signature => "make-signature", "make", "RFC 7515, 5.1";
    Encrypt => "make-encrypt", "make", "RFC 7518, 5.3";
} via [Envelope(envelope::EnvelopeCode)]);
cbor::stage_error!(MakeError);

impl From<EnvelopeError> for MakeError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

/// Why a verifier refuses an answer before its presentation is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerError {
    /// The Envelope is refused.
    Envelope(EnvelopeError),
    /// The Envelope's items are not the four parts of an encrypted answer.
    Form,
    /// The protected header is not a JSON object, is too long, or requires something that is not supported.
    Header,
    /// Not ECDH-ES.
    Algorithm,
    /// A content encryption that was not offered.
    Enc,
    /// The answer's ephemeral key is missing or off the curve.
    Key,
    /// Encrypted to the key of another request.
    OtherRequest,
    /// It cannot be decrypted: another key, or altered on the way.
    Decryption,
    /// The plaintext is not a `vp_token`.
    Content,
    /// It answers another query.
    Query,
    /// Several presentations.
    Several,
    /// The question has expired.
    Late,
    /// The question was answered before.
    Seen,
}

cbor::coded!(AnswerError with AnswerCode {
    Form, Header, Algorithm, Enc, Key, OtherRequest, Decryption, Content, Query, Several, Late, Seen,
} via [Envelope]);
cbor::stage_error!(AnswerError);

impl From<EnvelopeError> for AnswerError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

/// Returns every code of this crate with its step and clause.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    [RequestError::CODES, ConsentError::CODES, MakeError::CODES, AnswerCode::CODES].into_iter().flatten()
}
