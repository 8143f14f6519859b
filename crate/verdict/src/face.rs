//! The comparison of portrait and face by a person, and its effect on a verdict.

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::verdict::{Colour, Face, Verdict};
use crate::words::{FaceWords, Headline};

/// The answer of the person who compared portrait and face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaceAnswer {
    /// The same person.
    Same,
    /// Not sure, or another person: amber.
    NotSure,
    /// There is nothing to compare: the portrait is a picture of one colour, or cannot be drawn. Amber.
    Blank,
    /// Not answered yet: the band asks.
    NotAnswered,
}

/// The band on top of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Its colour. What must be scanned again is amber: nothing was judged about the licence.
    pub colour: Colour,
    /// Whether it must be scanned again.
    pub scan_again: bool,
    /// Its sentence.
    pub headline: Message,
    /// The sentence below.
    pub subline: Option<Message>,
    /// What a person is asked, if the face was not compared yet.
    pub ask: Option<Message>,
}

impl Verdict {
    /// Returns the band after a person compared the face, or before. *Not sure* makes green amber, and so does a blank portrait; no answer improves a
    /// verdict.
    pub fn after_face(&self, answer: FaceAnswer) -> Band {
        let scan_again = self.asks_to_scan_again();
        let band = Band {
            colour: if scan_again { Colour::Amber } else { self.colour },
            scan_again,
            headline: self.headline.clone(),
            subline: self.subline.clone(),
            ask: None,
        };
        match (self.face, answer) {
            (Face::NotShown, _) | (Face::ToCompare, FaceAnswer::Same) => band,
            (Face::ToCompare, FaceAnswer::NotAnswered) => {
                Band { ask: (!scan_again).then(|| FaceWords::Compare.into()), ..band }
            }
            (Face::ToCompare, FaceAnswer::NotSure | FaceAnswer::Blank) if self.colour == Colour::Red => band,
            (Face::ToCompare, FaceAnswer::NotSure | FaceAnswer::Blank) => Band {
                colour: Colour::Amber,
                scan_again: false,
                headline: match answer {
                    FaceAnswer::Blank => Headline::PortraitBlank.into(),
                    _ => Headline::FaceNotSure.into(),
                },
                subline: (self.colour == Colour::Amber).then(|| self.headline.clone()),
                ask: None,
            },
        }
    }
}
