//! Every refusal of this crate, with its stable code, its step and its clause.
//!
//! None holds a value of an element or a text of the other side: an error may be logged.

use cbor::CodeInfo;
use envelope::EnvelopeError;
use mdoc::PresentError;
use mdoc::ReaderAuthError;
use mdoc::TranscriptError;
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
    /// Not JSON, a key that is there twice, or no object.
    Json,
    /// A field is missing or has another type; its name.
    Field(&'static str),
    /// Not `vp_token`.
    ResponseType,
    /// Another way of answering than this link.
    ResponseMode,
    /// Something that must be understood and is not: `request_uri`, `transaction_data`, sets of claims, values.
    Unsupported(&'static str),
    /// No client identifier of the kind that belongs to this form.
    ClientId,
    /// The signed request's client identifier is not the hash of its certificate.
    ClientIdMismatch,
    /// Not `https` (or `localhost`), user information, or not the address that the client identifier names.
    ResponseUri,
    /// The nonce is shorter than 16 bytes in base64url, too long, or not URL-safe.
    Nonce,
    /// The query is not of the form that DCQL has.
    Query,
    /// More than one credential, or several presentations of one.
    Several,
    /// A credential that is no mdoc.
    Format,
    /// Another document type than that of the stored licence.
    Document,
    /// No P-256 key for ECDH-ES to encrypt to.
    Key,
    /// No content encryption that is known here.
    Enc,
    /// The signed request's type is not `oauth-authz-req+jwt`.
    Type,
    /// Not signed with ES256.
    Algorithm,
    /// A critical header that is not understood.
    Critical,
    /// No certificate, or too many.
    X5c,
    /// The certificate's key did not sign this request.
    Signature,
    /// The signed request is for another audience than wallets.
    Audience,
    /// It lives for a negative time or over ten minutes.
    Life,
    /// Its life is over.
    Expired,
    /// It was made over a minute after this device's time.
    Ahead,
}

cbor::coded!(RequestError {
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
} via [Envelope, Reader]);
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

/// Why a holder's answer is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsentError {
    /// The presentation is not made.
    Present(PresentError),
    /// The session's transcript is not made.
    Transcript(TranscriptError),
    /// Nothing was chosen that the licence has.
    Empty,
    /// An element was chosen that was not requested.
    NotAsked,
    /// The answer is not made.
    Make(MakeError),
}

cbor::coded!(ConsentError {
    Empty => "consent-empty", "consent", "OpenID4VP 1.0, 6.4";
    NotAsked => "consent-not-asked", "consent", "OpenID4VP 1.0, 6.4";
} via [Present, Transcript, Make]);
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

/// Why a message is not made: the program's own fault, or its source of random bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MakeError {
    /// The message is too large for the link.
    Envelope(EnvelopeError),
    /// The random bytes are no key.
    Random,
    /// Nothing is asked for, too much, or something twice.
    Question,
    /// The signature is not the reader certificate's key's over these bytes, or that key is not on P-256.
    Signature,
    /// The content cannot be encrypted.
    Encrypt,
}

cbor::coded!(MakeError {
    Random => "make-random", "make", "RFC 7518, 4.6";
    Question => "make-question", "make", "OpenID4VP 1.0, 6";
    Signature => "make-signature", "make", "RFC 7515, 5.1";
    Encrypt => "make-encrypt", "make", "RFC 7518, 5.3";
} via [Envelope]);
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
    /// The protected header is no JSON object, is too long, or asks for something that is not understood.
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
    /// What was encrypted is no `vp_token`.
    Content,
    /// It answers another query than the one that was asked.
    Query,
    /// Several presentations.
    Several,
    /// The question's life is over.
    Late,
    /// The question was answered before.
    Seen,
}

cbor::coded!(AnswerError {
    Form => "answer-form", "answer", "org.liangzheng.qr.jwt";
    Header => "answer-header", "answer", "RFC 7516, 4";
    Algorithm => "answer-alg", "answer", "RFC 8725, 3.1";
    Enc => "answer-enc", "answer", "OpenID4VP 1.0, 8.3";
    Key => "answer-key", "answer", "RFC 7518, 4.6.1.1";
    OtherRequest => "answer-other-request", "answer", "OpenID4VP 1.0, 8.3";
    Decryption => "answer-decryption", "answer", "RFC 7516, 5.2";
    Content => "answer-content", "answer", "OpenID4VP 1.0, 8.1";
    Query => "answer-query", "answer", "OpenID4VP 1.0, 8.1";
    Several => "answer-several", "answer", "OpenID4VP 1.0, 8.1";
    Late => "answer-late", "answer", "org.liangzheng.qr.jwt";
    Seen => "answer-seen", "answer", "OpenID4VP 1.0, 14.1";
} via [Envelope]);
cbor::stage_error!(AnswerError);

impl From<EnvelopeError> for AnswerError {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

/// Every code of this crate, with its step and clause: the one table.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    [RequestError::CODES, ConsentError::CODES, MakeError::CODES, AnswerError::CODES].into_iter().flatten()
}
