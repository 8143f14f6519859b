//! Reader authentication: `readerAuth` over the session and the request (ISO/IEC 18013-5, 9.1.4).
//!
//! ```text
//! ReaderAuthentication = ["ReaderAuthentication", SessionTranscript, ItemsRequestBytes]
//! ```
//! An unsigned request is not refused: its reader is not verified, and the wallet should show that.
//! A signature that does not verify is refused.

use crate::session::transcript::SessionTranscript;
use crate::verify::step;
use crate::wire::device_request::DocRequest;
use crate::wire::write::{ARRAY, head, text};
use cbor::Timestamp;
use cbor::Value;
use cbor::coded;
use cbor::cose::{CoseError, PROTECTED_ES256, sig_structure};
use cbor::stage_error;
use signature::{SignatureError, SignatureValid, VerifySignature};
use x509::{Certificate, CertificateError, check_reader, check_reader_authority};

/// Why a reader's signature is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReaderAuthError {
    /// The signature is not COSE of this profile.
    Cose(CoseError),
    /// A line of the certificates' profile.
    Certificate(CertificateError),
    /// No anchor has the name of the certificate's issuer.
    Unknown,
    /// The anchor's key did not sign the certificate.
    Chain,
    /// The reader's certificate or its anchor is not valid yet.
    NotYet,
    /// The reader's certificate or its anchor is no longer valid.
    Expired,
    /// The reader's key did not sign this request in this session.
    Signature,
}

coded!(ReaderAuthError as ReaderAuthCode {
    Unknown => "reader-unknown", "reader", "ISO/IEC 18013-5, 9.1.4";
    Chain => "reader-chain", "reader", "ISO/IEC 18013-5, 9.1.4";
    NotYet => "reader-not-yet", "reader", "ISO/IEC 18013-5, 9.1.4";
    Expired => "reader-expired", "reader", "ISO/IEC 18013-5, 9.1.4";
    Signature => "reader-signature", "reader", "ISO/IEC 18013-5, 9.1.4";
} via [Cose(cbor::cose::CoseCode), Certificate(x509::CertificateCode)]);
stage_error!(ReaderAuthError);

impl From<CertificateError> for ReaderAuthError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

/// One pinned certificate: an authority over readers, or a single reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderAnchor {
    certificate: Certificate,
    role: Role,
    label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Authority,
    PinnedReader,
}

impl ReaderAnchor {
    /// Creates an anchor from an authority over readers; `label` is its name for the holder.
    ///
    /// # Errors
    /// Returns the line of the profile that the certificate breaks.
    pub fn authority(certificate: Certificate, label: impl Into<String>) -> Result<Self, ReaderAuthError> {
        let _profile = check_reader_authority(&certificate)?;
        Ok(Self { certificate, role: Role::Authority, label: label.into() })
    }

    /// Creates an anchor from one reader, pinned by all bytes of its certificate.
    ///
    /// # Errors
    /// Returns the line of the reader's profile that the certificate breaks.
    pub fn pinned_reader(
        certificate: Certificate,
        label: impl Into<String>,
    ) -> Result<Self, ReaderAuthError> {
        let _profile = check_reader(&certificate, None)?;
        Ok(Self { certificate, role: Role::PinnedReader, label: label.into() })
    }
}

/// All anchors of readers that a holder trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderAnchors {
    anchors: Vec<ReaderAnchor>,
}

impl ReaderAnchors {
    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { anchors: Vec::new() }
    }

    /// Adds an anchor.
    pub fn add(&mut self, anchor: ReaderAnchor) {
        if !self.anchors.contains(&anchor) {
            self.anchors.push(anchor);
        }
    }

    /// Verifies that a reader's certificate is issued by an anchor, fits the profile and is valid now. The caller verifies
    /// signatures under its key.
    ///
    /// # Errors
    /// `reader-unknown`, `reader-chain`, `reader-not-yet`, `reader-expired` or a line of the profile.
    pub fn verify(
        &self,
        reader: Certificate,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<TrustedReader, ReaderAuthError> {
        let label = self.find(&reader, now, by)?.label.clone();
        Ok(TrustedReader { certificate: reader, label })
    }

    fn find(
        &self,
        reader: &Certificate,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<&ReaderAnchor, ReaderAuthError> {
        let pinned = |a: &&ReaderAnchor| a.role == Role::PinnedReader && a.certificate == *reader;
        if let Some(anchor) = self.anchors.iter().find(pinned) {
            check_dates(reader, now)?;
            return Ok(anchor);
        }
        let mut reason = ReaderAuthError::Unknown;
        // Of several authorities with one name, such as a renewed one, the first that verifies counts.
        let named =
            |a: &&ReaderAnchor| a.role == Role::Authority && a.certificate.subject().matches(reader.issuer());
        for anchor in self.anchors.iter().filter(named) {
            match check_under(&anchor.certificate, reader, now, by) {
                Ok(()) => return Ok(anchor),
                Err(error) => reason = error,
            }
        }
        Err(reason)
    }
}

fn check_under(
    authority: &Certificate,
    reader: &Certificate,
    now: Timestamp,
    by: &dyn VerifySignature,
) -> Result<(), ReaderAuthError> {
    let signed = reader.verify_signed_by(authority.public_key(), by);
    let _signed = signed.map_err(|error| match error {
        SignatureError::NotChecked => ReaderAuthError::Cose(CoseError::from(error).at(step::READER)),
        _ => ReaderAuthError::Chain,
    })?;
    let _profile = check_reader(reader, Some(authority))?;
    check_dates(reader, now)?;
    check_dates(authority, now)
}

fn check_dates(certificate: &Certificate, now: Timestamp) -> Result<(), ReaderAuthError> {
    if now < certificate.not_before() {
        return Err(ReaderAuthError::NotYet);
    }
    if now > certificate.not_after() {
        return Err(ReaderAuthError::Expired);
    }
    Ok(())
}

/// Proof that a reader's certificate is issued by an anchor, fits the profile and is valid now; only
/// [`ReaderAnchors::verify`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct TrustedReader {
    certificate: Certificate,
    label: String,
}

impl TrustedReader {
    /// Returns the reader's certificate.
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Returns the reader's own name.
    pub fn name(&self) -> &str {
        self.certificate.subject().common_name().unwrap_or_default()
    }

    /// Returns the label of the anchor that issued it.
    pub fn anchor_label(&self) -> &str {
        &self.label
    }
}

/// Who requests a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum ReaderIdentity {
    /// The request is not signed: the reader is unknown.
    NotVerified,
    /// A trusted reader signed this request for this session.
    Verified(Box<VerifiedReader>),
}

/// Proof that a reader's certificate is issued by an anchor, fits the profile and is valid now, and that its key
/// signed this request for this session; only [`DocRequest::verify_reader`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedReader {
    trusted: TrustedReader,
    _signature: SignatureValid,
}

impl VerifiedReader {
    /// Returns the reader's certificate.
    pub const fn certificate(&self) -> &Certificate {
        self.trusted.certificate()
    }

    /// Returns the reader's own name.
    pub fn name(&self) -> &str {
        self.trusted.name()
    }

    /// Returns the label of the anchor that issued it.
    pub fn anchor_label(&self) -> &str {
        self.trusted.anchor_label()
    }
}

impl DocRequest {
    /// Verifies the reader that requests this document in this session; an unsigned request has no verified reader.
    ///
    /// The caller decides what a reader may ask for, and checks revocation of its certificate.
    ///
    /// # Errors
    /// A [`ReaderAuthError`] if there is a signature and it does not verify. An unsigned request is no error.
    pub fn verify_reader(
        &self,
        transcript: &SessionTranscript,
        anchors: &ReaderAnchors,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<ReaderIdentity, ReaderAuthError> {
        let Some(reader_auth) = self.reader_auth() else {
            return Ok(ReaderIdentity::NotVerified);
        };
        let chain = reader_auth.require_x5chain().map_err(ReaderAuthError::Cose)?;
        let leaf = chain.first().ok_or(ReaderAuthError::Cose(CoseError::X5ChainMissing))?;
        let certificate = Certificate::decode(leaf)?;
        let trusted = anchors.verify(certificate, now, by)?;
        let payload = reader_authentication_bytes(transcript, self.items_request_bytes());
        let signature =
            reader_auth.verify_detached(trusted.certificate.public_key(), &payload, by).map_err(|error| {
                match error {
                    CoseError::Signature => ReaderAuthError::Signature,
                    other => ReaderAuthError::Cose(other.at(step::READER)),
                }
            })?;
        Ok(ReaderIdentity::Verified(Box::new(VerifiedReader { trusted, _signature: signature })))
    }
}

/// `ReaderAuthenticationBytes`, the detached payload of the reader's signature.
fn reader_authentication_bytes(transcript: &SessionTranscript, items_request_bytes: &[u8]) -> Vec<u8> {
    let mut inner = Vec::new();
    head(&mut inner, ARRAY, 3);
    inner.extend(text("ReaderAuthentication"));
    inner.extend_from_slice(transcript.bytes());
    inner.extend_from_slice(items_request_bytes);
    cbor::encode(&Value::encoded_cbor(inner))
}

/// Returns the bytes that a reader's key signs with ES256 for one encoded ItemsRequest. The signature becomes a [`CoseSign1::es256`](cbor::cose::CoseSign1::es256) without payload, with the reader's chain.
pub fn reader_to_be_signed(transcript: &SessionTranscript, items_request: &[u8]) -> Vec<u8> {
    let items_request_bytes = cbor::encode(&Value::encoded_cbor(items_request));
    sig_structure(&PROTECTED_ES256, &reader_authentication_bytes(transcript, &items_request_bytes))
}
