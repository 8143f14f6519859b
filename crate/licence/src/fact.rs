//! Which facts a document of each profile can have: the only source of *not applicable*.

use serde::{Deserialize, Serialize};

use crate::elements::id;
use crate::profile::Profile;

/// A fact that a purpose or a policy may ask for. It serialises as its [`code`](Fact::code).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The name as printed on the document.
    Name,
    /// The name in national characters.
    NationalName,
    /// The date of birth.
    BirthDate,
    /// Whether an age is reached, from an answer of the issuer or the date of birth.
    Age,
    /// The year of birth.
    BirthYear,
    /// A portrait.
    Portrait,
    /// The sex.
    Sex,
    /// The number of the document.
    Number,
    /// Its last four characters.
    NumberLast4,
    /// The issuing country.
    IssuingCountry,
    /// The state or province that issued it.
    IssuingJurisdiction,
    /// The issuing authority.
    IssuingAuthority,
    /// The first day.
    IssueDate,
    /// The last day.
    ExpiryDate,
    /// Whether it has no end (长期).
    LongTerm,
    /// What may be driven.
    Privileges,
    /// The status letters.
    StatusLetters,
    /// The points incurred.
    Points,
    /// The extension past the stop age of a class.
    ExtendedUntil,
    /// The novice year.
    NoviceUntil,
}

impl Fact {
    /// Every fact.
    pub const ALL: [Fact; 20] = [
        Fact::Name,
        Fact::NationalName,
        Fact::BirthDate,
        Fact::Age,
        Fact::BirthYear,
        Fact::Portrait,
        Fact::Sex,
        Fact::Number,
        Fact::NumberLast4,
        Fact::IssuingCountry,
        Fact::IssuingJurisdiction,
        Fact::IssuingAuthority,
        Fact::IssueDate,
        Fact::ExpiryDate,
        Fact::LongTerm,
        Fact::Privileges,
        Fact::StatusLetters,
        Fact::Points,
        Fact::ExtendedUntil,
        Fact::NoviceUntil,
    ];

    /// Returns the stable text, in kebab case.
    pub const fn code(self) -> &'static str {
        match self {
            Fact::Name => "name",
            Fact::NationalName => "national-name",
            Fact::BirthDate => "birth-date",
            Fact::Age => "age",
            Fact::BirthYear => "birth-year",
            Fact::Portrait => "portrait",
            Fact::Sex => "sex",
            Fact::Number => "number",
            Fact::NumberLast4 => "number-last4",
            Fact::IssuingCountry => "issuing-country",
            Fact::IssuingJurisdiction => "issuing-jurisdiction",
            Fact::IssuingAuthority => "issuing-authority",
            Fact::IssueDate => "issue-date",
            Fact::ExpiryDate => "expiry-date",
            Fact::LongTerm => "long-term",
            Fact::Privileges => "privileges",
            Fact::StatusLetters => "status-letters",
            Fact::Points => "points",
            Fact::ExtendedUntil => "extended-until",
            Fact::NoviceUntil => "novice-until",
        }
    }
}

impl Profile {
    /// Returns the elements of which any one gives this fact; empty if a document of this profile cannot have it.
    pub const fn elements(self, fact: Fact) -> &'static [&'static str] {
        use Profile::{Age, Cn, Id, Iso, Us};
        match (fact, self) {
            (Fact::Age, Age) => &[id::AGE_OVER_18, id::AGE_ABOVE_18, id::BIRTH_DATE, id::AGE_BIRTH_YEAR],
            (Fact::BirthYear, Age) => &[id::AGE_BIRTH_YEAR, id::BIRTH_DATE],
            (_, Age) => &[],
            (Fact::Name, _) => &[id::FAMILY_NAME, id::GIVEN_NAME],
            (Fact::NationalName, Cn) => &[id::FAMILY_NAME_NATIONAL, id::GIVEN_NAME_NATIONAL],
            (Fact::BirthDate, _) => &[id::BIRTH_DATE],
            (Fact::Age, Cn) => &[id::AGE_OVER_18],
            (Fact::Age, _) => &[id::AGE_OVER_18, id::BIRTH_DATE, id::AGE_IN_YEARS, id::AGE_BIRTH_YEAR],
            (Fact::BirthYear, _) => &[id::AGE_BIRTH_YEAR, id::BIRTH_DATE],
            (Fact::Portrait, Cn) => &[id::PORTRAIT_SMALL, id::PORTRAIT],
            (Fact::Portrait, _) => &[id::PORTRAIT],
            (Fact::Sex, _) => &[id::SEX],
            (Fact::Number, _) => &[id::DOCUMENT_NUMBER],
            (Fact::NumberLast4, Cn) => &[id::NUMBER_LAST4],
            (Fact::IssuingCountry, _) => &[id::ISSUING_COUNTRY],
            (Fact::IssuingJurisdiction, Iso | Us | Id) => &[id::ISSUING_JURISDICTION],
            (Fact::IssuingAuthority, Cn) => &[id::ISSUING_AUTHORITY, id::ISSUING_AUTHORITY_ZH],
            (Fact::IssuingAuthority, _) => &[id::ISSUING_AUTHORITY],
            (Fact::IssueDate, _) => &[id::ISSUE_DATE],
            (Fact::ExpiryDate, _) => &[id::EXPIRY_DATE],
            (Fact::LongTerm, Cn) => &[id::LONG_TERM],
            (Fact::Privileges, Cn) => &[id::CLASSES],
            (Fact::Privileges, Iso) => &[id::DRIVING_PRIVILEGES],
            (Fact::Privileges, Us) => &[id::DOMESTIC_DRIVING_PRIVILEGES, id::DRIVING_PRIVILEGES],
            (Fact::StatusLetters, Cn) => &[id::STATUS_LETTERS],
            (Fact::Points, Cn) => &[id::POINTS],
            (Fact::ExtendedUntil, Cn) => &[id::EXTENDED_UNTIL],
            (Fact::NoviceUntil, Cn) => &[id::NOVICE_UNTIL],
            (
                Fact::NationalName
                | Fact::NumberLast4
                | Fact::LongTerm
                | Fact::StatusLetters
                | Fact::Points
                | Fact::ExtendedUntil
                | Fact::NoviceUntil,
                Iso | Us | Id,
            )
            | (Fact::Privileges, Id)
            | (Fact::IssuingJurisdiction, Cn) => &[],
        }
    }

    /// Whether a document of this profile can have this fact.
    pub const fn has(self, fact: Fact) -> bool {
        !self.elements(fact).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_profile_can_have() {
        let lacks = |profile: Profile| -> Vec<Fact> {
            Fact::ALL.into_iter().filter(|fact| !profile.has(*fact)).collect()
        };
        let domestic = [
            Fact::NationalName,
            Fact::NumberLast4,
            Fact::LongTerm,
            Fact::StatusLetters,
            Fact::Points,
            Fact::ExtendedUntil,
            Fact::NoviceUntil,
        ];
        assert_eq!(lacks(Profile::Cn), [Fact::IssuingJurisdiction]);
        assert_eq!(lacks(Profile::Iso), domestic);
        assert_eq!(lacks(Profile::Us), domestic);
        assert!(lacks(Profile::Id).contains(&Fact::Privileges));
        assert_eq!(lacks(Profile::Age).len(), Fact::ALL.len() - 2);
        assert!(Profile::ALL.into_iter().all(|profile| profile.has(Fact::Age)));
        for fact in Fact::ALL {
            assert_eq!(serde_json::to_value(fact).unwrap(), fact.code());
        }
    }
}
