//! The numbers on a licence: 证号, 档案编号, 证芯编号.

use cbor::{Date, coded};
use serde::{Deserialize, Serialize};

/// Sex by ISO/IEC 5218.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// 男, 1.
    Male,
    /// 女, 2.
    Female,
}

impl Sex {
    /// Returns the code of ISO/IEC 5218.
    pub fn number(self) -> u64 {
        match self {
            Sex::Male => 1,
            Sex::Female => 2,
        }
    }

    /// Returns the sex with this code; `None` for not known (0) and not applicable (9).
    pub fn from_number(number: u64) -> Option<Sex> {
        match number {
            1 => Some(Sex::Male),
            2 => Some(Sex::Female),
            _ => None,
        }
    }
}

/// Weights of the check character of GB 11643 (ISO 7064 MOD 11-2) \[K\].
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check characters by remainder \[K\].
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// What a resident identity number encodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ResidentNumber {
    /// Born on.
    pub birth_date: Date,
    /// By the last digit of the sequence: odd for men.
    pub sex: Sex,
}

/// What is unusual about a 证号; none of these refuses a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberWarning {
    /// Not a resident identity number; possibly a passport number.
    NotResident,
    /// The check character is wrong.
    CheckCharacter,
    /// The birth date does not exist.
    BirthDate,
    /// The birth date differs from the licence's.
    BirthDateDiffers,
    /// The sex differs from the licence's.
    SexDiffers,
}

coded!(NumberWarning as NumberCode {
    NotResident => "number-not-resident", "number", "Liangzheng licence profile, 7", plain;
    CheckCharacter => "number-check-character", "number", "Liangzheng licence profile, 7", plain;
    BirthDate => "number-birth-date", "number", "Liangzheng licence profile, 7", plain;
    BirthDateDiffers => "number-birth-date-differs", "number", "Liangzheng licence profile, 7", plain;
    SexDiffers => "number-sex-differs", "number", "Liangzheng licence profile, 7", plain;
});

/// Returns the check character for the first 17 digits of a resident identity number.
pub fn check_character(first17: &str) -> Option<char> {
    if first17.chars().count() != 17 {
        return None;
    }
    let mut sum = 0;
    for (digit, weight) in first17.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    CHECKS.get((sum % 11) as usize).copied()
}

/// Parses a resident identity number (GB 11643).
///
/// # Errors
/// Returns the first unusual property.
pub(crate) fn parse_resident_number(number: &str) -> Result<ResidentNumber, NumberWarning> {
    let form = number.len() == 18
        && number.bytes().take(17).all(|byte| byte.is_ascii_digit())
        && number.bytes().last().is_some_and(|byte| byte.is_ascii_digit() || byte == b'X');
    if !form {
        return Err(NumberWarning::NotResident);
    }
    let part = |from: usize, until: usize| number.get(from..until).unwrap_or_default();
    if check_character(part(0, 17)) != number.chars().last() {
        return Err(NumberWarning::CheckCharacter);
    }
    let digits = |from, until| part(from, until).parse::<u16>().unwrap_or_default();
    let birth_date = Date::new(
        digits(6, 10).into(),
        digits(10, 12).try_into().unwrap_or_default(),
        digits(12, 14).try_into().unwrap_or_default(),
    )
    .ok_or(NumberWarning::BirthDate)?;
    let sex = if digits(16, 17) % 2 == 1 { Sex::Male } else { Sex::Female };
    Ok(ResidentNumber { birth_date, sex })
}

/// Returns the date of birth in a resident identity number whose check character is right; `None` for another number.
#[must_use]
pub fn birth_date_in(number: &str) -> Option<Date> {
    parse_resident_number(number).ok().map(|resident| resident.birth_date)
}

/// Returns everything unusual about a 证号, compared with the licence's birth date and sex.
pub fn check_licence_number(number: &str, birth_date: Option<Date>, sex: Option<Sex>) -> Vec<NumberWarning> {
    match parse_resident_number(number) {
        Err(warning) => vec![warning],
        Ok(resident) => {
            let mut warnings = Vec::new();
            if birth_date.is_some_and(|date| date != resident.birth_date) {
                warnings.push(NumberWarning::BirthDateDiffers);
            }
            if sex.is_some_and(|sex| sex != resident.sex) {
                warnings.push(NumberWarning::SexDiffers);
            }
            warnings
        }
    }
}

/// Whether this has the form of a 档案编号: 12 digits.
///
/// The first 4 are an area of GB/T 2260, which is not checked: demo numbers start with an area that was never
/// assigned, and old numbers with areas that no longer exist.
pub(crate) fn is_file_number(number: &str) -> bool {
    number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this is a 证芯编号: 13 digits.
pub(crate) fn is_core_number(number: &str) -> bool {
    number.len() == 13 && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the last four characters of a 证号, or fewer if it is shorter.
pub(crate) fn last4(number: &str) -> String {
    let count = number.chars().count();
    number.chars().skip(count.saturating_sub(4)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn the_example_of_the_standard() {
        let resident = parse_resident_number("11010519491231002X").unwrap();
        assert_eq!(resident.birth_date, date("1949-12-31"));
        assert_eq!(resident.sex, Sex::Female);
        assert_eq!(check_character("11010519491231002"), Some('X'));
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        let right = "11010519491231002X";
        for at in 0..17 {
            for digit in '0'..='9' {
                let mut wrong: Vec<char> = right.chars().collect();
                if wrong[at] == digit {
                    continue;
                }
                wrong[at] = digit;
                let wrong: String = wrong.into_iter().collect();
                assert!(parse_resident_number(&wrong).is_err(), "{wrong}");
            }
        }
    }

    #[test]
    fn impossible_birthday() {
        let first17 = "11010519990230002";
        let number = format!("{first17}{}", check_character(first17).unwrap());
        assert_eq!(parse_resident_number(&number), Err(NumberWarning::BirthDate));
    }

    #[test]
    fn differences_warn() {
        let number = "11010519491231002X";
        let right = check_licence_number(number, Some(date("1949-12-31")), Some(Sex::Female));
        assert_eq!(right, []);
        let wrong = check_licence_number(number, Some(date("1949-12-30")), Some(Sex::Male));
        assert_eq!(wrong, [NumberWarning::BirthDateDiffers, NumberWarning::SexDiffers]);
        assert_eq!(check_licence_number(number, None, None), []);
    }

    #[test]
    fn passports_warn_and_are_not_refused() {
        assert_eq!(check_licence_number("E12345678", None, None), [NumberWarning::NotResident]);
        assert_eq!(check_licence_number("11010519491231002x", None, None), [NumberWarning::NotResident]);
        assert_eq!(check_licence_number("一1010519491231002", None, None), [NumberWarning::NotResident]);
    }

    #[test]
    fn other_numbers() {
        assert!(is_file_number("110105123456"));
        assert!(!is_file_number("11010512345"));
        assert!(!is_file_number("11010512345X"));
        assert!(is_core_number("1234567890123"));
        assert!(!is_core_number("123456789012"));
        assert_eq!(last4("11010519491231002X"), "002X");
        assert_eq!(last4("E1"), "E1");
    }
}
