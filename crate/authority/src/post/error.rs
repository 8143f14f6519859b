//! Why a desk, an application or an answer is refused; each with a code.

use cbor::{SignatureNotChecked, Timestamp, coded, stage_error};
use envelope::sealed::{SealedCode, SealedError};
use mdoc::codes::{ProfileCode, VerifyCode};
use mdoc::{ProfileError, VerifyError};
use verdict::{Arg, Message};
use x509::{CertificateCode, CertificateError};

use crate::error::{PhotoCode, PhotoError};

/// The steps of this module.
pub(super) mod step {
    pub(crate) const DESK: &str = "desk-certificate";
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const ANSWER: &str = "desk-answer";
}

/// Why a desk is not trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeskCertificateError {
    /// The offer cannot be read.
    Sealed(SealedError),
    /// Not a certificate, or another profile than a desk's.
    Certificate(CertificateError),
    /// The certificate is a document signer's.
    DocumentSigner,
    /// No authority over desks has the name of the certificate's issuer.
    Unknown,
    /// The authority's key did not sign the certificate.
    Chain,
    /// The certificate, or its authority's, is not valid yet.
    NotYet {
        /// The first second of its validity.
        from: Timestamp,
    },
    /// The certificate, or its authority's, is no longer valid.
    Expired {
        /// The last second of its validity.
        until: Timestamp,
    },
    /// The key is not on P-256.
    Key,
    /// The provider could not verify the signature.
    NotChecked(SignatureNotChecked),
}

coded!(DeskCertificateError as DeskCertificateCode {
    DocumentSigner => "desk-document-signer", step::DESK, "claim messages, 1";
    Unknown => "desk-unknown", step::DESK, "claim messages, 1";
    Chain => "desk-chain", step::DESK, "RFC 5280, 6.1";
    NotYet [moment] => "desk-not-yet", step::DESK, "RFC 5280, 6.1";
    Expired [moment] => "desk-expired", step::DESK, "RFC 5280, 6.1";
    Key => "desk-key", step::DESK, "claim messages, 1";
} via [Sealed(SealedCode), Certificate(CertificateCode), NotChecked(cbor::NotCheckedCode)]);
stage_error!(DeskCertificateError);

impl From<SealedError> for DeskCertificateError {
    fn from(error: SealedError) -> Self {
        Self::Sealed(error)
    }
}

impl From<CertificateError> for DeskCertificateError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

impl DeskCertificateError {
    /// Returns the values of the placeholders, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            Self::NotYet { from: moment } | Self::Expired { until: moment } => {
                vec![("moment", Arg::Moment(*moment))]
            }
            _ => Vec::new(),
        }
    }

    /// Returns the plain reason, `code.<code>`, with its placeholders.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::of_code(self.kind().info(), self.args())
    }
}

/// Why an application is refused, or cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApplicationError {
    /// The sealed message is refused.
    Sealed(SealedError),
    /// The body is not that of an application.
    Form,
    /// The body is of a newer version.
    Newer,
    /// Device key and answer key are the same key.
    SameKey,
    /// It was made for another desk.
    OtherDesk,
    /// The device key did not sign this application.
    Signature,
    /// The provider could not verify the signature.
    NotChecked(SignatureNotChecked),
    /// It was made too long ago.
    Old,
    /// It was made in the future by the desk's clock.
    Ahead,
    /// It was received before.
    Seen,
    /// It brings a photo, or none, against what it is for.
    Photo,
    /// Its photo breaks a rule.
    PhotoRule(PhotoError),
}

coded!(ApplicationError as ApplicationCode {
    Form => "application-form", step::APPLICATION, "claim messages, 3";
    Newer => "application-newer", step::APPLICATION, "claim messages, 3";
    SameKey => "application-same-key", step::APPLICATION, "claim messages, 3";
    OtherDesk => "application-other-desk", step::APPLICATION, "claim messages, 3";
    Signature => "application-signature", step::APPLICATION, "claim messages, 3";
    Old => "application-old", step::APPLICATION, "claim messages, 3";
    Ahead => "application-ahead", step::APPLICATION, "claim messages, 3";
    Seen => "application-seen", step::APPLICATION, "claim messages, 3";
    Photo => "application-photo", step::APPLICATION, "claim messages, 3";
} via [Sealed(SealedCode), NotChecked(cbor::NotCheckedCode), PhotoRule(PhotoCode)]);
stage_error!(ApplicationError);

impl From<SealedError> for ApplicationError {
    fn from(error: SealedError) -> Self {
        Self::Sealed(error)
    }
}

impl ApplicationError {
    /// Returns the values of the placeholders, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            Self::PhotoRule(PhotoError::TooNarrow { width }) => {
                vec![("width", Arg::Number(i64::from(*width)))]
            }
            _ => Vec::new(),
        }
    }

    /// Returns the plain reason, `code.<code>`, with its placeholders.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::of_code(self.kind().info(), self.args())
    }
}

/// Why an answer is refused, or cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerError {
    /// The sealed message is refused.
    Sealed(SealedError),
    /// The body is not that of an answer.
    Form,
    /// The body is of a newer version.
    Newer,
    /// It answers another application than its envelope says.
    OtherApplication,
    /// It was applied before.
    Seen,
    /// The licence in it cannot be read.
    Profile(ProfileError),
    /// The licence in it is refused.
    Verify(VerifyError),
    /// The licence in it is for another device key.
    OtherDeviceKey,
    /// The document in it is no driving licence.
    NotALicence,
    /// The licence in it is another person's.
    OtherPerson,
    /// The licence in it lacks one of its portraits.
    Portrait,
}

coded!(AnswerError as AnswerCode {
    Form => "desk-answer-form", step::ANSWER, "claim messages, 4";
    Newer => "desk-answer-newer", step::ANSWER, "claim messages, 4";
    OtherApplication => "desk-answer-other-application", step::ANSWER, "claim messages, 4";
    Seen => "desk-answer-seen", step::ANSWER, "claim messages, 4";
    OtherDeviceKey => "desk-answer-other-device-key", step::ANSWER, "claim messages, 4";
    NotALicence => "desk-answer-not-a-licence", step::ANSWER, "claim messages, 4";
    OtherPerson => "desk-answer-other-person", step::ANSWER, "claim messages, 4";
    Portrait => "desk-answer-portrait", step::ANSWER, "claim messages, 4";
} via [Sealed(SealedCode), Profile(ProfileCode), Verify(VerifyCode)]);
stage_error!(AnswerError);

impl From<SealedError> for AnswerError {
    fn from(error: SealedError) -> Self {
        Self::Sealed(error)
    }
}

impl From<ProfileError> for AnswerError {
    fn from(error: ProfileError) -> Self {
        Self::Profile(error)
    }
}

impl From<VerifyError> for AnswerError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}

impl AnswerError {
    /// Returns the plain reason, `code.<code>`.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::of_code(self.kind().info(), Vec::new())
    }
}
