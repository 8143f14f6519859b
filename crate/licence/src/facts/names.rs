//! The name of a holder as it is printed.

use super::Facts;
use crate::elements::id;
use crate::profile::Profile;
use crate::text::ShownText;

/// The elements of a name.
const NAMES: [&str; 6] = [
    id::FAMILY_NAME,
    id::GIVEN_NAME,
    id::FAMILY_NAME_NATIONAL,
    id::GIVEN_NAME_NATIONAL,
    id::RESIDENT_NAME,
    id::LOCAL_RESIDENT_NAME,
];

impl Facts {
    /// Returns the name as it is printed, in national characters and in Latin letters: family name, then given name.
    ///
    /// Where the script does not tell them apart, and the licence is not Chinese, there is a comma between them. A name that the
    /// document does not divide is returned whole. A part in which nothing is visible is left out.
    pub fn names(&self) -> (Option<String>, Option<String>) {
        let latin = if self.profile == Profile::Cn { " " } else { ", " };
        let whole = |name: &Option<ShownText>| visible(name).map(|name| name.as_str().to_owned());
        (
            joined(&self.family_name_national, &self.given_name_national, None)
                .or_else(|| whole(&self.full_name_national)),
            joined(&self.family_name, &self.given_name, Some(latin)).or_else(|| whole(&self.full_name)),
        )
    }

    /// Whether elements of a name were shown from which none can be read: they are malformed, or nothing in them is visible.
    pub fn name_is_unreadable(&self) -> bool {
        self.names() == (None, None) && NAMES.iter().any(|name| self.shown.iter().any(|shown| shown == name))
    }

    /// Lists the elements of a name in which nothing is visible as malformed, unless another part of the name is visible: a person
    /// may have one name alone.
    pub(super) fn refuse_blank_name(&mut self) {
        if self.name_is_unreadable() {
            let blank = NAMES.iter().filter(|name| self.has(name)).map(|name| (*name).to_owned());
            let blank: Vec<String> = blank.collect();
            self.malformed.extend(blank);
        }
    }
}

/// Returns a part of a name in which something is visible.
pub(crate) fn visible(part: &Option<ShownText>) -> Option<&ShownText> {
    part.as_ref().filter(|part| !part.is_empty())
}

fn joined(family: &Option<ShownText>, given: &Option<ShownText>, between: Option<&str>) -> Option<String> {
    let (family, given) = match (visible(family), visible(given)) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => return Some(one.as_str().to_owned()),
        (Some(family), Some(given)) => (family.as_str(), given.as_str()),
    };
    let east_asian = || family.chars().chain(given.chars()).all(is_east_asian);
    let between = between.unwrap_or_else(|| if east_asian() { "" } else { ", " });
    Some(format!("{family}{between}{given}"))
}

/// Han, Hiragana, Katakana and Hangul, whose names are written without a space.
const fn is_east_asian(letter: char) -> bool {
    matches!(letter, '\u{3005}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '·')
}
