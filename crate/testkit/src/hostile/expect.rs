//! The expected result of a file, as in `expect.json` and the manifest.

use cbor::Timestamp;
use serde::{Deserialize, Serialize};

use super::Threat;

/// The expected result of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The change to the valid file.
    pub description: String,
    /// The threat of `docs/threats.md` that it belongs to; none for a rule of the licence.
    pub threat: Option<Threat>,
    /// The verdict.
    pub verdict: Verdict,
    /// The code of the rule, unless it is accepted.
    pub code: Option<String>,
    /// The step of the proofs that gives the code; none for a rule of the licence.
    pub step: Option<String>,
    /// The verifier's clock, unix seconds.
    pub at: Timestamp,
    /// The verifier's clock floor, unix seconds.
    pub clock_floor: Timestamp,
    /// The kind of the file.
    #[serde(default, skip_serializing_if = "Kind::is_presentation")]
    pub kind: Kind,
    /// Further codes that the verdict must have: those of passes and notes, and doubts that follow from the same
    /// change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// The key of the verdict's headline in the catalogue, where it matters who is accused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// What the judge needs in addition to the file.
    #[serde(default, skip_serializing_if = "Given::is_nothing")]
    pub given: Given,
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The payload of the one-way QR link.
    #[default]
    Presentation,
    /// A DeviceResponse, with the transcript of its session or without.
    DeviceResponse,
    /// An IssuerSigned, without a presenter.
    IssuerSigned,
    /// A trust list (VICAL).
    TrustList,
    /// A Token Status List as CWT.
    StatusList,
    /// An authority's revocation list (CRL).
    RevocationList,
    /// A DeviceRequest, verified in its session by the reader authorities.
    DeviceRequest,
    /// A question of the challenge, as a wallet reads it: the payload of the QR link.
    Question,
    /// An answer to a question, as its verifier reads it: the payload of the QR link.
    Answer,
    /// The inputs of a session transcript.
    SessionTranscript,
    /// Frames of the optical link in the order in which they are read.
    Frames,
    /// What somebody copied, saved or received: a presentation with something around it, or none.
    Received,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Presentation,
        Self::DeviceResponse,
        Self::IssuerSigned,
        Self::TrustList,
        Self::StatusList,
        Self::RevocationList,
        Self::DeviceRequest,
        Self::Question,
        Self::Answer,
        Self::SessionTranscript,
        Self::Frames,
        Self::Received,
    ];

    /// Returns the name of the file that is judged.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Presentation => "presentation.bin",
            Self::DeviceResponse => "response.cbor",
            Self::IssuerSigned => "issuer-signed.cbor",
            Self::TrustList => "list.vical",
            Self::StatusList => "list.cwt",
            Self::RevocationList => "list.crl",
            Self::DeviceRequest => "request.cbor",
            Self::Question => "question.bin",
            Self::Answer => "answer.bin",
            Self::SessionTranscript => "session.json",
            Self::Frames => "frames.txt",
            Self::Received => "received.bin",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_presentation(&self) -> bool {
        *self == Self::Presentation
    }
}

/// The verdict on a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All proofs hold and every outcome and rule passes.
    Accepted,
    /// A proof failed, or the file is not of its kind; no element is returned.
    Refused,
    /// All proofs hold, an outcome or a rule failed; for a trust list, an entry is not trusted.
    Fail,
    /// All proofs hold, an outcome or a rule is undetermined.
    Undetermined,
}

/// What the judge needs in addition to the file and the manifest's trust; empty by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Given {
    /// The verifier's terms; without them, the rules of no purpose apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
    /// Whether every departure of the issuer's certificates from Annex B is refused.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub strict: bool,
    /// Trust lists in the file's folder; only their authorities are trusted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trust_lists: Vec<String>,
    /// The pinned root of a trust list, in the file's folder, if not the manifest's `list_root`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_root: Option<String>,
    /// Status lists in the file's folder that the verifier has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status_lists: Vec<ListAtHand>,
    /// When the verifier saw the same presentation before, unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// The SessionTranscript, hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
    /// The reader's ephemeral private key on P-256, hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reader_key: Option<String>,
    /// The question to an answer, in the file's folder; `reader_key` is the key made for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// An answer in the file's folder that was accepted before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_answer: Option<String>,
    /// The URI by which the list was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The entry of the list that is looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// A list of the same kind in the file's folder that was accepted before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_list: Option<String>,
}

impl Given {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// A status list that the verifier has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAtHand {
    /// Its file.
    pub file: String,
    /// When it was verified, unix seconds; without, when the presentation is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Timestamp>,
}

/// The verifier's terms: the purpose with vehicle, period and age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// `roadside`, `rental`, `insurance`, `age-only`, `freight`, `passenger` or `counter`.
    pub purpose: String,
    /// The code of the vehicle, such as `car`; without one, a roadside check asks what may be driven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<String>,
    /// The first day, as in 2026-11-22.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The minimum age in years.
    pub age_at_least: u8,
    /// The classes of states that the verifier knows, such as `US-UT:D=car`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub state_classes: Vec<String>,
    /// The states whose licences are judged by their ISO categories, such as `US-UT`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub iso_states: Vec<String>,
    /// Whether a document without any status mechanism is undetermined.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub status_needed: bool,
}

#[cfg(feature = "judge")]
impl From<&::verdict::Terms> for Terms {
    fn from(terms: &::verdict::Terms) -> Self {
        Self {
            purpose: terms.purpose.code().to_owned(),
            vehicle: terms.vehicle.map(licence::Vehicle::code),
            from: terms.from.to_string(),
            until: terms.until.to_string(),
            age_at_least: terms.age_at_least,
            state_classes: terms.state_classes.iter().cloned().map(String::from).collect(),
            iso_states: terms.iso_states.iter().cloned().map(String::from).collect(),
            status_needed: terms.status_needed,
        }
    }
}
