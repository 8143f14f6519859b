//! What a payload is, by its first item.

use envelope::{KIND_APPLICATION, KIND_DESK_OFFER, KIND_ISSUED};

/// A message of a claim.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A desk's offer.
    Offer,
    /// An application for a desk.
    Application,
    /// A desk's answer.
    Answer,
}

impl Kind {
    /// Returns what a payload is; `None` for one that is no message of a claim. Nothing else of it is checked.
    pub(crate) fn of(payload: &[u8]) -> Option<Self> {
        let inflated = envelope::inflate(payload).ok()?;
        match envelope::kind(&inflated).ok()? {
            KIND_DESK_OFFER => Some(Self::Offer),
            KIND_APPLICATION => Some(Self::Application),
            KIND_ISSUED => Some(Self::Answer),
            _ => None,
        }
    }

    /// The extension of its files.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Offer => "lzdesk",
            Self::Application => "lzclaim",
            Self::Answer => "lzissued",
        }
    }
}
