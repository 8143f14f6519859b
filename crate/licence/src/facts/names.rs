//! The name of a holder as it is printed.

use super::Facts;
use crate::profile::Profile;
use crate::text::ShownText;

impl Facts {
    /// Returns the name as it is printed, in national characters and in Latin letters: family name, then given name.
    ///
    /// Where the script does not tell them apart, and the licence is not Chinese, there is a comma between them. A name that the
    /// document does not divide is returned whole.
    pub fn names(&self) -> (Option<String>, Option<String>) {
        let latin = if self.profile == Profile::Cn { " " } else { ", " };
        let whole = |name: &Option<ShownText>| name.as_ref().map(|name| name.as_str().to_owned());
        (
            joined(&self.family_name_national, &self.given_name_national, None)
                .or_else(|| whole(&self.full_name_national)),
            joined(&self.family_name, &self.given_name, Some(latin)).or_else(|| whole(&self.full_name)),
        )
    }
}

fn joined(family: &Option<ShownText>, given: &Option<ShownText>, between: Option<&str>) -> Option<String> {
    let (family, given) = match (family, given) {
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
