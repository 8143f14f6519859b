//! The verdict: five layers, each with its reasons, and one colour.
//!
//! Any asked layer fails: red. Else any is undetermined: amber. Else green. Not asked is grey and
//! does not count. Elements are in a verdict only when all four proofs hold and the code is fresh.

use cbor::Timestamp;
use envelope::ReplayKey;
use licence::{LicenceView, ShownText};
use serde::{Deserialize, Serialize};

use crate::check::{Check, CheckState};
use crate::layer::LayerId;
use crate::message::Message;
use crate::purpose::Terms;

/// The colour of a verdict; a later one is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    /// Every layer that was asked passes.
    Green,
    /// A doubt: not a refusal, and never green.
    Amber,
    /// A layer that was asked fails.
    Red,
}

impl Colour {
    /// The colour of layers in these states.
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
        // Where nobody asked anything, nothing was found to be right.
        if asked { colour } else { Colour::Amber }
    }
}

/// One of the five rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Which one.
    pub id: LayerId,
    /// What its checks find together.
    pub state: CheckState,
    /// The row in one sentence.
    pub summary: Message,
    /// The row opened.
    pub checks: Vec<Check>,
}

/// Whether a person has a face to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// No portrait was shown.
    NotShown,
    /// A portrait is on the screen: the band asks to compare it until that is answered.
    ToCompare,
}

/// Who issued the licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// The trust anchor's label.
    pub label: ShownText,
    /// The trust lists that vouch for it; the current ones where there is one.
    pub lists: Vec<ShownText>,
    /// The country of the certificate, two letters.
    pub country: ShownText,
    /// SHA-256 of the anchor's SubjectPublicKeyInfo.
    pub anchor_spki_sha256: [u8; 32],
    /// SHA-256 of the DS certificate.
    pub ds_sha256: [u8; 32],
}

/// By what the verifier recognises this code when it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// For `ReplayMemory::remember`.
    pub key: ReplayKey,
    /// The end of the code's life.
    pub exp: Timestamp,
}

/// What a verifier's screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Before a person compared the face; see [`Verdict::after_face`].
    pub colour: Colour,
    /// The sentence that a person would say aloud.
    pub headline: Message,
    /// The reason or the restriction that belongs to it.
    pub subline: Option<Message>,
    /// The five rows, in order.
    pub layers: [Layer; 5],
    /// Whose licence it is, as far as it was shown.
    pub view: Option<LicenceView>,
    /// Whether a person has a face to compare.
    pub face: Face,
    /// What is worth a word and changes no colour.
    pub notes: Vec<Message>,
    /// Signed under a demo anchor: 演示 / DEMO.
    pub demo: bool,
    /// Who issued it; only with all proofs.
    pub issuer: Option<Issuer>,
    /// To be remembered; only with all proofs.
    pub replay: Option<Replay>,
    /// The moment of the status that was shown.
    pub facts_as_of: Option<Timestamp>,
    /// What was asked; None where the checking stopped before it was known.
    pub terms: Option<Terms>,
    /// When it was judged; None where the checking stopped.
    pub at: Option<Timestamp>,
}

impl Verdict {
    /// The row with this id.
    pub fn layer(&self, id: LayerId) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.id == id)
    }

    /// Every check of all rows.
    pub fn checks(&self) -> impl Iterator<Item = &Check> {
        self.layers.iter().flat_map(|layer| &layer.checks)
    }
}

/// What was asked about who shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presenter {
    /// Nothing: only the issuer's data counts. The bytes may be an IssuerSigned or a DeviceResponse.
    NotAsked,
    /// It was asked, and cannot be known: the session of this DeviceResponse is not at hand.
    Undetermined,
}

/// What is known of issuer data. It says nothing of who shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerVerdict {
    /// Never of a presentation: the second row is grey or a doubt.
    pub colour: Colour,
    /// The sentence that a person would say aloud.
    pub headline: Message,
    /// The reason or the restriction that belongs to it.
    pub subline: Option<Message>,
    /// The five rows, in order.
    pub layers: [Layer; 5],
    /// What is worth a word and changes no colour.
    pub notes: Vec<Message>,
    /// Signed under a demo anchor: 演示 / DEMO.
    pub demo: bool,
    /// Who issued it; only with all proofs.
    pub issuer: Option<Issuer>,
    /// The licence's fields, only where nobody asked who shows them.
    pub view: Option<LicenceView>,
    /// When it was judged.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests;
