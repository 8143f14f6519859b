//! For what a presentation was made, if that is another purpose than the verifier's.

use std::collections::BTreeSet;

use licence::{Facts, Profile};

use crate::check::Finding;
use crate::purpose::Purpose;
use crate::reason::Reason;

/// The purpose in the signed Info of a one-way presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignedPurpose {
    /// None: version 1 of the profile.
    Unsaid,
    /// One of the purposes.
    Known(Purpose),
    /// A text that names no purpose of this verifier.
    Unknown,
}

impl SignedPurpose {
    /// Reads the text of Info.
    pub(crate) fn of(text: Option<&str>) -> Self {
        match text {
            None => Self::Unsaid,
            Some(text) => Purpose::from_code(text).map_or(Self::Unknown, Self::Known),
        }
    }
}

/// Returns an undetermined finding if it was shown for another purpose than the one that is asked.
///
/// The signed purpose tells. Without one, a Chinese licence's elements do, if they are the complete set of another purpose and
/// this one needs more.
pub(crate) fn other_purpose(signed: SignedPurpose, fields: &Facts, asked: Purpose) -> Option<Finding> {
    let shown = match signed {
        _ if asked == Purpose::None => return None,
        SignedPurpose::Known(shown) => shown,
        SignedPurpose::Unknown => return Some(Finding::undetermined(Reason::PurposeUnknown { asked })),
        SignedPurpose::Unsaid => by_elements(fields, asked)?,
    };
    (shown != asked).then(|| Finding::undetermined(Reason::PurposeOther { shown, asked }))
}

fn by_elements(fields: &Facts, asked: Purpose) -> Option<Purpose> {
    let shown: BTreeSet<&str> = fields.shown.iter().map(String::as_str).collect();
    let set = |purpose: Purpose, portrait: bool| -> BTreeSet<&str> {
        purpose.elements(portrait).iter().map(|(_, id)| *id).collect()
    };
    let is_enough = asked.is_chosen_by_holder() || set(asked, false).is_subset(&shown);
    if fields.profile != Profile::Cn || fields.foreign > 0 || is_enough {
        return None;
    }
    let is_set_of =
        |purpose: &Purpose| [true, false].into_iter().any(|portrait| set(*purpose, portrait) == shown);
    Purpose::ALL.into_iter().filter(|purpose| !purpose.is_chosen_by_holder()).find(is_set_of)
}
