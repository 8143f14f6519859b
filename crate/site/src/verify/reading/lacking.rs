//! What was handed in and could not be read whole, and how that is said.

use protocol::received::OtherCode;

use crate::workers::scan::Begun;

/// What could not be read whole.
#[derive(Clone, Copy)]
pub(super) enum Lacking {
    /// Codes of which frames are missing, or too many codes.
    Codes(Begun),
    /// Text or a file that is no presentation: what it is, if that is known.
    Other(Option<OtherCode>),
    /// A video beside one that showed a whole payload, or the end of that one.
    Video,
}

/// The keys of its sentence: too many codes, one code, several codes.
pub(super) type Keys = [&'static str; 3];
/// Beside a verdict.
pub(super) const BESIDE: Keys = ["verify.next.too-many", "verify.next.begun", "verify.next.begun.several"];
/// While nothing is judged or shown.
pub(super) const ALONE: Keys =
    ["verify.picture.too-many", "verify.picture.more", "verify.picture.more.several"];

impl Lacking {
    /// The key of its sentence, and its placeholders.
    pub(super) fn sentence(
        self,
        [too_many, one, several]: Keys,
    ) -> (&'static str, Vec<(&'static str, String)>) {
        let begun = match self {
            Self::Codes(begun) => begun,
            Self::Other(_) => return ("verify.picture.unsupported", Vec::new()),
            Self::Video => return ("verify.video.rest", Vec::new()),
        };
        let values = [("received", begun.received), ("needed", begun.needed), ("codes", begun.codes)];
        let values = values.map(|(name, number)| (name, number.to_string())).to_vec();
        match begun {
            Begun { too_many: true, .. } => (too_many, Vec::new()),
            Begun { codes: 1, .. } => (one, values),
            _ => (several, values),
        }
    }
}
