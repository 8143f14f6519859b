//! The verdict: five layers, each with its reasons, and one colour.
//!
//! Red if any layer fails, else amber if any is undetermined, else green; layers that were not asked do not count. A
//! verdict contains elements only if all four proofs hold and the code is fresh.

use cbor::Timestamp;
use envelope::ReplayKey;
use licence::{LicenceView, ShownText};
use mdoc::OutcomeCode;
use serde::{Deserialize, Serialize};

use crate::check::{Check, CheckState};
use crate::code::Code;
use crate::layer::LayerId;
use crate::message::Message;
use crate::purpose::Terms;
use crate::reason::ReasonCode;

/// The colour of a verdict; a later one is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    /// Every layer that was asked passes.
    Green,
    /// No layer fails, and one is undetermined.
    Amber,
    /// A layer that was asked fails.
    Red,
}

impl Colour {
    /// Returns the colour of layers in these states.
    pub fn of(states: impl IntoIterator<Item = CheckState>) -> Colour {
        let mut asked = false;
        let mut colour = Colour::Green;
        for state in states {
            asked |= state != CheckState::NotAsked;
            colour = colour.max(match state {
                CheckState::Pass | CheckState::NotAsked => Colour::Green,
                CheckState::Undetermined => Colour::Amber,
                CheckState::Fail => Colour::Red,
            });
        }
        // If no layer was asked, nothing was verified.
        if asked { colour } else { Colour::Amber }
    }
}

/// One layer of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Which of the five.
    pub id: LayerId,
    /// Returns the state of its findings together.
    pub state: CheckState,
    /// The result in one sentence.
    pub summary: Message,
    /// Its checks, at least one.
    pub checks: Vec<Check>,
}

/// Whether a person has to compare a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// No portrait was shown.
    NotShown,
    /// A portrait was shown and is to be compared.
    ToCompare,
}

/// Who issued the licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// The trust anchor's label.
    pub label: ShownText,
    /// The trust lists that contain it; only the current ones, if there are any.
    pub lists: Vec<ShownText>,
    /// The country of the certificate, two letters.
    pub country: ShownText,
    /// SHA-256 of the anchor's SubjectPublicKeyInfo.
    pub anchor_spki_sha256: [u8; 32],
    /// SHA-256 of the DS certificate.
    pub ds_sha256: [u8; 32],
}

/// What recognises this code when it is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// For `ReplayMemory::remember`.
    pub key: ReplayKey,
    /// When the code expires.
    pub exp: Timestamp,
}

/// The result of verifying and judging a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The colour before a person compared the face; see [`Verdict::after_face`].
    pub colour: Colour,
    /// The verdict in one sentence.
    pub headline: Message,
    /// The reason, or the restriction, if there is one.
    pub subline: Option<Message>,
    /// The five layers, in order.
    pub layers: [Layer; 5],
    /// The licence's fields and portrait, as far as they were shown.
    pub view: Option<LicenceView>,
    /// Whether a person has to compare a face.
    pub face: Face,
    /// Remarks that change no colour.
    pub notes: Vec<Message>,
    /// Whether the issuer is a demo authority: 演示 / DEMO.
    pub demo: bool,
    /// The issuer; only if all proofs hold.
    pub issuer: Option<Issuer>,
    /// To be remembered by the caller; only if all proofs hold.
    pub replay: Option<Replay>,
    /// For which purpose the holder showed it, as signed; `None` outside of the one-way profile and in its version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_purpose: Option<ShownText>,
    /// The time of the status that was judged.
    pub facts_as_of: Option<Timestamp>,
    /// The verifier's terms; `None` if verification was interrupted.
    pub terms: Option<Terms>,
    /// When it was judged; `None` if verification was interrupted.
    pub at: Option<Timestamp>,
}

impl Verdict {
    /// Returns the layer with this id.
    pub fn layer(&self, id: LayerId) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.id == id)
    }

    /// Whether the remedy is to scan again, and not another licence: the code is too old, dated ahead, seen before or was shown for
    /// another purpose, or verification was interrupted. Whatever refuses the licence itself comes before.
    pub fn asks_to_scan_again(&self) -> bool {
        let again = |code: Code| match code {
            Code::Outcome(code) => {
                matches!(code, OutcomeCode::Stale | OutcomeCode::ClockAhead | OutcomeCode::Seen)
            }
            Code::Own(code) => matches!(
                code,
                ReasonCode::Interrupted | ReasonCode::PurposeOther | ReasonCode::PurposeUnknown
            ),
            Code::Envelope(_)
            | Code::Proof(_)
            | Code::StatusList(_)
            | Code::Answer(_)
            | Code::Deviation(_) => false,
        };
        let of = |state| self.checks().filter(move |check| check.state == state).map(|check| check.code);
        let mut failed = of(CheckState::Fail).peekable();
        if failed.peek().is_some() { failed.all(again) } else { of(CheckState::Undetermined).any(again) }
    }

    /// Whether it was seen before, and nothing else is wrong with it.
    pub fn is_seen(&self) -> bool {
        let seen = |check: &Check| check.code == Code::Outcome(OutcomeCode::Seen);
        self.colour == Colour::Amber && self.checks().any(seen)
    }

    /// Returns the checks of all layers.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.layers.iter().flat_map(|layer| &layer.checks)
    }
}

/// What is asked about the presenter of issuer data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presenter {
    /// Nothing. The bytes may be an IssuerSigned or a DeviceResponse.
    NotAsked,
    /// Who presents it; undetermined, because the session of this DeviceResponse is unknown.
    Undetermined,
}

/// The result of verifying and judging issuer data, whose presenter is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerVerdict {
    /// The colour; the layer of the presenter is not asked or undetermined.
    pub colour: Colour,
    /// The verdict in one sentence.
    pub headline: Message,
    /// The reason, or the restriction, if there is one.
    pub subline: Option<Message>,
    /// The five layers, in order.
    pub layers: [Layer; 5],
    /// Remarks that change no colour.
    pub notes: Vec<Message>,
    /// Whether the issuer is a demo authority: 演示 / DEMO.
    pub demo: bool,
    /// The issuer; only if all proofs hold.
    pub issuer: Option<Issuer>,
    /// The licence's fields; only with [`Presenter::NotAsked`].
    pub view: Option<LicenceView>,
    /// When it was judged.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests;
