//! Every code that a check in a verdict can have, as one value to match on.

use cbor::{CodeInfo, coded};
use envelope::EnvelopeCode;
use mdoc::OutcomeCode;
use mdoc::codes::VerifyCode;
use mdoc::status_list::StatusListCode;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use x509::{Deviation, DeviationCode, IssuerCertificate};

use crate::message::{Arg, Message};
use crate::reason::{Reason, ReasonCode};

coded!(
    /// Why the answer to a question is refused before its presentation is verified (crate `protocol`).
    pub enum AnswerCode {
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
    } via [Envelope(EnvelopeCode)]
);

/// The code of a check, by the stage that gave it. Its text is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A check of this crate.
    Own(ReasonCode),
    /// The payload is no presentation.
    Envelope(EnvelopeCode),
    /// A proof failed.
    Proof(VerifyCode),
    /// An outcome is not a pass.
    Outcome(OutcomeCode),
    /// A status list cannot be used.
    StatusList(StatusListCode),
    /// An answer was refused.
    Answer(AnswerCode),
    /// A certificate of the issuer departs from the standard.
    Deviation(DeviationCode),
}

impl Code {
    /// Returns the stable text, in kebab case.
    pub const fn text(self) -> &'static str {
        match self {
            Code::Own(code) => code.code(),
            Code::Envelope(code) => code.code(),
            Code::Proof(code) => code.code(),
            Code::Outcome(code) => code.code(),
            Code::StatusList(code) => code.code(),
            Code::Answer(code) => code.code(),
            Code::Deviation(code) => code.code(),
        }
    }

    /// Returns the clause of the standard, or the section of the profile, that requires the check.
    pub const fn clause(self) -> &'static str {
        match self {
            Code::Own(code) => code.clause(),
            Code::Envelope(code) => code.clause(),
            Code::Proof(code) => code.clause(),
            Code::Outcome(code) => code.clause(),
            Code::StatusList(code) => code.clause(),
            Code::Answer(code) => code.clause(),
            Code::Deviation(code) => code.clause(),
        }
    }

    /// Whether the catalogue has a next step, under `code.<code>.next`.
    pub const fn next(self) -> bool {
        match self {
            Code::Own(code) => code.info().next,
            Code::Envelope(code) => code.info().next,
            Code::Proof(code) => code.info().next,
            Code::Outcome(code) => code.info().next,
            Code::StatusList(code) => code.info().next,
            Code::Answer(code) => code.info().next,
            Code::Deviation(code) => code.info().next,
        }
    }
}

impl Code {
    /// Returns the code with this text; if several stages have it, as with those of CBOR, that of the earliest.
    pub fn from_text(text: &str) -> Option<Self> {
        let own = ReasonCode::from_code(text).map(Code::Own);
        own.or_else(|| EnvelopeCode::from_code(text).map(Code::Envelope))
            .or_else(|| VerifyCode::from_code(text).map(Code::Proof))
            .or_else(|| OutcomeCode::from_code(text).map(Code::Outcome))
            .or_else(|| StatusListCode::from_code(text).map(Code::StatusList))
            .or_else(|| AnswerCode::from_code(text).map(Code::Answer))
            .or_else(|| DeviationCode::from_code(text).map(Code::Deviation))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Code::from_text(&text).ok_or_else(|| D::Error::custom("no code of a verdict"))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

/// The cause of a finding, by the stage that gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A check of this crate.
    Own(Reason),
    /// The payload is no presentation.
    Envelope(EnvelopeCode),
    /// A proof failed.
    Proof(VerifyCode),
    /// An outcome is not a pass.
    Outcome(mdoc::Reason),
    /// A status list cannot be used.
    StatusList(StatusListCode),
    /// An answer was refused.
    Answer(AnswerCode),
    /// A certificate of the issuer departs from the standard.
    Deviation(Deviation),
}

impl Cause {
    /// Returns the code.
    pub fn code(&self) -> Code {
        match self {
            Cause::Own(reason) => Code::Own(reason.kind()),
            Cause::Envelope(code) => Code::Envelope(*code),
            Cause::Proof(code) => Code::Proof(*code),
            Cause::Outcome(reason) => Code::Outcome(reason.kind()),
            Cause::StatusList(code) => Code::StatusList(*code),
            Cause::Answer(code) => Code::Answer(*code),
            Cause::Deviation(deviation) => Code::Deviation(deviation.code),
        }
    }

    /// Returns the plain reason.
    pub fn message(&self) -> Message {
        let plain = |info: CodeInfo| Message::of_code(info, Vec::new());
        match self {
            Cause::Own(reason) => Message::of_code(reason.kind().info(), reason.args()),
            Cause::Envelope(code) => plain(code.info()),
            Cause::Proof(code) => plain(code.info()),
            Cause::Outcome(reason) => {
                let seconds = reason.seconds().map(|seconds| ("seconds", Arg::Number(seconds)));
                Message::of_code(reason.kind().info(), seconds.into_iter().collect())
            }
            Cause::StatusList(code) => plain(code.info()),
            Cause::Answer(code) => plain(code.info()),
            Cause::Deviation(deviation) => {
                let certificate = Arg::Key(certificate_key(deviation.certificate).into());
                Message::of_code(deviation.code.info(), vec![("certificate", certificate)])
            }
        }
    }
}

/// Returns the key of the catalogue under which a certificate is named.
#[must_use]
pub const fn certificate_key(certificate: IssuerCertificate) -> &'static str {
    match certificate {
        IssuerCertificate::Iaca => "certificate.iaca",
        IssuerCertificate::DocumentSigner => "certificate.document-signer",
    }
}

impl From<Deviation> for Cause {
    fn from(deviation: Deviation) -> Cause {
        Cause::Deviation(deviation)
    }
}

impl From<Reason> for Cause {
    fn from(reason: Reason) -> Cause {
        Cause::Own(reason)
    }
}

impl From<EnvelopeCode> for Cause {
    fn from(code: EnvelopeCode) -> Cause {
        Cause::Envelope(code)
    }
}

impl From<VerifyCode> for Cause {
    fn from(code: VerifyCode) -> Cause {
        Cause::Proof(code)
    }
}

impl From<mdoc::Reason> for Cause {
    fn from(reason: mdoc::Reason) -> Cause {
        Cause::Outcome(reason)
    }
}

impl From<StatusListCode> for Cause {
    fn from(code: StatusListCode) -> Cause {
        Cause::StatusList(code)
    }
}

impl From<AnswerCode> for Cause {
    fn from(code: AnswerCode) -> Cause {
        Cause::Answer(code)
    }
}
