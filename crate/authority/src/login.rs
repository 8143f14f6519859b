//! The login of a claim: a 证号 (GB 11643) and a name, as a person types them.
//!
//! What is typed is taken as it is meant: full-width characters, a small x, spaces and hyphens make no difference. A number
//! that cannot be right is refused by its own rule before anybody looks for it, so that a mistyped digit is never "another
//! person". A number and a name prove nothing: an authority asks for more than these, and only the demo does not.

use cbor::{Date, coded};
use licence::check_character;
use verdict::{Arg, Message};

use crate::error::said;

/// Characters of a 证号.
const LENGTH: usize = 18;
/// Most characters that are read; more are no number and no name.
const LONGEST: usize = 200;
/// The fewest characters of a passport number that is recognised as one.
const PASSPORT_SHORTEST: usize = 6;

/// Why nobody is looked for, or nobody was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginError {
    /// No number.
    NumberMissing,
    /// No name.
    NameMissing,
    /// Not 18 characters.
    NumberLength {
        /// How many there are.
        count: usize,
    },
    /// Not 17 digits and a digit or X.
    NumberForm,
    /// The form of a passport's number.
    NumberPassport,
    /// The check character does not follow from the 17 digits before it.
    NumberCheck,
    /// The birth date in the number does not exist.
    NumberDate,
    /// No licence has this number.
    NumberUnknown,
    /// The licence of this number has another name.
    NameOther,
}

coded!(LoginError as LoginCode {
    NumberMissing => "login-number-missing", "claim", "GB 11643";
    NameMissing => "login-name-missing", "claim", "name on the licence";
    NumberLength [count] => "login-number-length", "claim", "GB 11643: 18 characters";
    NumberForm => "login-number-form", "claim", "GB 11643: 17 digits, then a digit or X";
    NumberPassport => "login-number-passport", "claim", "licences on a passport number";
    NumberCheck => "login-number-check", "claim", "GB 11643: ISO 7064 MOD 11-2";
    NumberDate => "login-number-date", "claim", "GB 11643: date of birth";
    NumberUnknown => "login-number-unknown", "claim", "register of licences";
    NameOther => "login-name-other", "claim", "register of licences";
});

impl LoginError {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            Self::NumberLength { count } => {
                vec![("count", Arg::Number(i64::try_from(*count).unwrap_or(i64::MAX)))]
            }
            _ => Vec::new(),
        }
    }

    /// Whether the fault is in the name, and not in the number.
    pub fn is_of_name(&self) -> bool {
        matches!(self, Self::NameMissing | Self::NameOther)
    }
}

said!(LoginError);

/// A 证号 whose form, check character and birth date are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceNumber(String);

impl LicenceNumber {
    /// Reads a number as it was typed.
    ///
    /// # Errors
    /// Fails with the first rule of GB 11643 that it breaks.
    pub fn read(typed: &str) -> Result<Self, LoginError> {
        let number = plain(typed);
        let count = number.chars().count();
        if count == 0 {
            return Err(LoginError::NumberMissing);
        }
        let digits = number.chars().take(LENGTH - 1).all(|letter| letter.is_ascii_digit());
        let last = number.chars().nth(LENGTH - 1);
        if count != LENGTH {
            return Err(match (digits, is_passport(&number)) {
                (false, true) => LoginError::NumberPassport,
                (false, false) if count < LENGTH => LoginError::NumberForm,
                _ => LoginError::NumberLength { count },
            });
        }
        if !digits || !last.is_some_and(|last| last.is_ascii_digit() || last == 'X') {
            return Err(LoginError::NumberForm);
        }
        if expected(&number) != last {
            return Err(LoginError::NumberCheck);
        }
        let part =
            |from: usize, until: usize| number.get(from..until).and_then(|part| part.parse::<u16>().ok());
        let born = || {
            let (year, month, day) = (part(6, 10)?, part(10, 12)?, part(12, 14)?);
            Date::new(year.into(), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        };
        if born().is_none() {
            return Err(LoginError::NumberDate);
        }
        Ok(Self(number))
    }

    /// Returns the 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the check character that GB 11643 gives for the first 17 digits of what was typed, and the character that stands
/// in its place, if one does; `None` while there are not 17 digits.
pub fn check_of(typed: &str) -> Option<(char, Option<char>)> {
    let number = plain(typed);
    Some((expected(&number)?, number.chars().nth(LENGTH - 1)))
}

fn expected(number: &str) -> Option<char> {
    check_character(&number.chars().take(LENGTH - 1).collect::<String>())
}

/// Returns what was typed as a number would be printed: without spaces and hyphens, in ASCII, with a capital X.
pub fn plain(typed: &str) -> String {
    let kept = typed.chars().take(LONGEST).map(half_width);
    kept.filter(|letter| !is_between(*letter)).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Returns whether a name as it was typed is one of these: in Chinese characters, or in Latin letters in any case.
pub fn is_name(typed: &str, national: &str, latin: &str) -> bool {
    let bare = |name: &str| {
        let kept = name.chars().take(LONGEST).map(half_width);
        kept.filter(|letter| !is_between(*letter) && !matches!(letter, '\'' | '’' | '·' | '•'))
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let typed = bare(typed);
    !typed.is_empty() && (typed == bare(national) || typed == bare(latin))
}

/// Full-width ASCII as ASCII.
fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(letter)
        }
        other => other,
    }
}

/// What people put between digits, and what comes along when a number is pasted.
fn is_between(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '‐' | '‑' | '–' | '—' | '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_passport(number: &str) -> bool {
    let count = number.chars().count();
    let inside = number.chars().all(|letter| letter.is_ascii_alphanumeric());
    inside
        && (PASSPORT_SHORTEST..LENGTH - 1).contains(&count)
        && number.chars().any(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = "11010519491231002X";

    fn code(typed: &str) -> &'static str {
        LicenceNumber::read(typed).map_or_else(|error| error.code(), |_| "read")
    }

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        for typed in [
            RIGHT,
            "11010519491231002x",
            " 110105 19491231 002X ",
            "110105-19491231-002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519491231002ｘ",
            "110105\u{3000}19491231\u{a0}002X",
            "\u{2068}11010519491231002X\u{2069}",
        ] {
            assert_eq!(LicenceNumber::read(typed).unwrap().as_str(), RIGHT, "{typed}");
        }
    }

    #[test]
    fn every_single_wrong_digit_and_every_swap_is_a_mistyped_number() {
        let digits: Vec<char> = RIGHT.chars().collect();
        for place in 0..17 {
            for other in '0'..='9' {
                let mut wrong = digits.clone();
                if std::mem::replace(&mut wrong[place], other) == other {
                    continue;
                }
                assert_eq!(code(&wrong.iter().collect::<String>()), "login-number-check", "{place} {other}");
            }
            let mut swapped = digits.clone();
            swapped.swap(place, place + 1);
            let swapped: String = swapped.iter().collect();
            if swapped != RIGHT {
                // An X moves where only a digit may stand.
                let codes = ["login-number-check", "login-number-form"];
                assert!(codes.contains(&code(&swapped)), "{swapped}");
            }
        }
    }

    #[test]
    fn each_fault_of_a_number_has_its_own_code() {
        for (typed, expected) in [
            ("", "login-number-missing"),
            (" \u{3000}-", "login-number-missing"),
            ("1101051949123100", "login-number-length"),
            ("110105194912310021X", "login-number-length"),
            ("110105491231002", "login-number-length"),
            ("1101051949123100ZX", "login-number-form"),
            ("11010519491231002Y", "login-number-form"),
            ("林知夏", "login-number-form"),
            ("E12345678", "login-number-passport"),
            ("c01x00t47", "login-number-passport"),
            ("11010519491231002", "login-number-length"),
        ] {
            assert_eq!(code(typed), expected, "{typed}");
        }
        let first17 = "11010519490231002";
        let no_such_day = format!("{first17}{}", check_character(first17).unwrap());
        assert_eq!(code(&no_such_day), "login-number-date");
        assert_eq!(code(&"1".repeat(100_000)), "login-number-length");
    }

    #[test]
    fn the_check_character_is_explained_while_it_is_typed() {
        assert_eq!(check_of("1101051949123100"), None);
        assert_eq!(check_of("110105 19491231 002"), Some(('X', None)));
        assert_eq!(check_of("110105194912310021"), Some(('X', Some('1'))));
        assert_eq!(check_of("11010519491231002x"), Some(('X', Some('X'))));
        assert_eq!(check_of("not digits at all"), None);
    }

    #[test]
    fn a_name_is_taken_in_characters_or_in_letters() {
        for typed in ["许念安", " 许 念安 ", "Xu Nian'an", "xu nianan", "XU NIAN’AN", "ＸＵ　Ｎｉａｎａｎ"]
        {
            assert!(is_name(typed, "许念安", "Xu Nian'an"), "{typed}");
        }
        for typed in ["", " ", "许念", "念安许", "Nian'an Xu", "林知夏"] {
            assert!(!is_name(typed, "许念安", "Xu Nian'an"), "{typed}");
        }
        assert!(!is_name("", "", ""));
    }
}
