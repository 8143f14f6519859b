//! Which licences may be claimed: the groups of the status letters decide (`licence::Group`).

use cbor::Date;
use licence::{Group, Standing, StatusLetters};

use crate::error::ClaimError;

/// Proof that the status letters allow a claim on its day.
#[derive(Debug, Clone, Copy)]
pub struct Eligible(());

/// Checks that a licence with these letters may be claimed on `day`; `until` ends an extension (N P T).
///
/// # Errors
/// Fails for each group that bars a claim, for unknown letters, and without letters.
pub fn check(letters: &StatusLetters, until: Option<Date>, day: Date) -> Result<Eligible, ClaimError> {
    let letters = letters.clone();
    match letters.standing() {
        Standing::Known(Group::Green) => Ok(Eligible(())),
        Standing::Known(Group::Extended) if until.is_some_and(|until| day <= until) => Ok(Eligible(())),
        Standing::Known(Group::Extended) => Err(ClaimError::ExtensionOver(letters)),
        Standing::Known(Group::Red) => Err(ClaimError::StatusRed(letters)),
        Standing::Known(Group::Abnormal) => Err(ClaimError::StatusAbnormal(letters)),
        Standing::Known(Group::Gone) => Err(ClaimError::StatusGone(letters)),
        Standing::Empty | Standing::Unknown { .. } => Err(ClaimError::StatusUnknown(letters)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(letters: &str, until: Option<&str>) -> &'static str {
        let until = until.map(|text| Date::parse(text).unwrap());
        let day = Date::parse("2026-11-22").unwrap();
        match check(&StatusLetters::parse(letters), until, day) {
            Ok(_) => "eligible",
            Err(error) => error.code(),
        }
    }

    #[test]
    fn every_letter_of_the_domain() {
        for letter in ["A", "H", "I", "HI"] {
            assert_eq!(code(letter, None), "eligible", "{letter}");
        }
        for letter in ["B", "D", "K", "M", "S", "U", "AD", "HM"] {
            assert_eq!(code(letter, None), "claim-status-red", "{letter}");
        }
        for letter in ["J", "L", "C", "DL"] {
            assert_eq!(code(letter, None), "claim-status-abnormal", "{letter}");
        }
        for letter in ["E", "F", "G", "R", "AG", "LG"] {
            assert_eq!(code(letter, None), "claim-status-gone", "{letter}");
        }
        for letter in ["N", "P", "T", "HP"] {
            assert_eq!(code(letter, Some("2026-11-22")), "eligible", "{letter}");
            assert_eq!(code(letter, Some("2026-11-21")), "claim-extension-over", "{letter}");
            assert_eq!(code(letter, None), "claim-extension-over", "{letter}");
        }
        for letter in ["", "Q", "AQ", "O"] {
            assert_eq!(code(letter, None), "claim-status-unknown", "{letter}");
        }
    }
}
