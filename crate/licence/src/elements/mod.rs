//! The names of the elements of a licence: identifiers, namespaces, keys of the catalogue.
//!
//! Elements are made from facts by [`LicenceFacts::elements`](crate::LicenceFacts::elements), and read from received
//! ones by [`Facts::read`](crate::Facts::read).

pub(crate) mod facts;
pub(crate) mod privileges;

use crate::profile::{DOMESTIC_NAMESPACE, ISO_NAMESPACE, Profile};

/// The ages for which a Chinese licence has `age_over_NN`, each with its element, the lowest first.
pub const AGES_ISSUED: [(i32, &str); 5] = [
    (18, id::AGE_OVER_18),
    (21, id::AGE_OVER_21),
    (25, id::AGE_OVER_25),
    (60, id::AGE_OVER_60),
    (70, id::AGE_OVER_70),
];

/// Identifiers of elements. The last group is of licences of other countries and of other documents.
pub mod id {
    #![allow(missing_docs)] // each constant is the identifier itself; the catalogue has its words
    pub const FAMILY_NAME: &str = "family_name";
    pub const GIVEN_NAME: &str = "given_name";
    pub const FAMILY_NAME_NATIONAL: &str = "family_name_national_character";
    pub const GIVEN_NAME_NATIONAL: &str = "given_name_national_character";
    pub const BIRTH_DATE: &str = "birth_date";
    pub const ISSUE_DATE: &str = "issue_date";
    pub const EXPIRY_DATE: &str = "expiry_date";
    pub const ISSUING_COUNTRY: &str = "issuing_country";
    pub const ISSUING_AUTHORITY: &str = "issuing_authority";
    pub const DOCUMENT_NUMBER: &str = "document_number";
    pub const ADMINISTRATIVE_NUMBER: &str = "administrative_number";
    pub const PORTRAIT: &str = "portrait";
    pub const DRIVING_PRIVILEGES: &str = "driving_privileges";
    pub const UN_DISTINGUISHING_SIGN: &str = "un_distinguishing_sign";
    pub const SEX: &str = "sex";
    pub const NATIONALITY: &str = "nationality";
    pub const RESIDENT_ADDRESS: &str = "resident_address";
    pub const AGE_BIRTH_YEAR: &str = "age_birth_year";
    pub const AGE_OVER_18: &str = "age_over_18";
    pub const AGE_OVER_21: &str = "age_over_21";
    pub const AGE_OVER_25: &str = "age_over_25";
    pub const AGE_OVER_60: &str = "age_over_60";
    pub const AGE_OVER_70: &str = "age_over_70";

    pub const PORTRAIT_SMALL: &str = "portrait_small";
    pub const CLASSES: &str = "classes";
    pub const STATUS_LETTERS: &str = "status_letters";
    pub const POINTS: &str = "points";
    pub const FIRST_ISSUE_DATE: &str = "first_issue_date";
    pub const LONG_TERM: &str = "long_term";
    pub const EXTENDED_UNTIL: &str = "extended_until";
    pub const NOVICE_UNTIL: &str = "novice_until";
    pub const NUMBER_LAST4: &str = "number_last4";
    pub const CORE_NUMBER: &str = "core_number";
    pub const ISSUING_AUTHORITY_ZH: &str = "issuing_authority_zh";
    pub const RESIDENT_ADDRESS_ZH: &str = "resident_address_zh";
    pub const RECORD_ZH: &str = "record_zh";
    pub const GENERATED_AT: &str = "generated_at";

    pub const ISSUING_JURISDICTION: &str = "issuing_jurisdiction";
    pub const AGE_IN_YEARS: &str = "age_in_years";
    pub const DOMESTIC_DRIVING_PRIVILEGES: &str = "domestic_driving_privileges";
    pub const AGE_ABOVE_18: &str = "age_above18";
    pub const RESIDENT_NAME: &str = "resident_name";
    pub const LOCAL_RESIDENT_NAME: &str = "local_resident_name";
}

/// Every ISO element of a Chinese licence.
pub const ISO_ELEMENTS: [&str; 23] = [
    id::FAMILY_NAME,
    id::GIVEN_NAME,
    id::FAMILY_NAME_NATIONAL,
    id::GIVEN_NAME_NATIONAL,
    id::BIRTH_DATE,
    id::ISSUE_DATE,
    id::EXPIRY_DATE,
    id::ISSUING_COUNTRY,
    id::ISSUING_AUTHORITY,
    id::DOCUMENT_NUMBER,
    id::ADMINISTRATIVE_NUMBER,
    id::PORTRAIT,
    id::DRIVING_PRIVILEGES,
    id::UN_DISTINGUISHING_SIGN,
    id::SEX,
    id::NATIONALITY,
    id::RESIDENT_ADDRESS,
    id::AGE_BIRTH_YEAR,
    id::AGE_OVER_18,
    id::AGE_OVER_21,
    id::AGE_OVER_25,
    id::AGE_OVER_60,
    id::AGE_OVER_70,
];

/// Every domestic element of a Chinese licence.
pub const DOMESTIC_ELEMENTS: [&str; 14] = [
    id::PORTRAIT_SMALL,
    id::CLASSES,
    id::STATUS_LETTERS,
    id::POINTS,
    id::FIRST_ISSUE_DATE,
    id::LONG_TERM,
    id::EXTENDED_UNTIL,
    id::NOVICE_UNTIL,
    id::NUMBER_LAST4,
    id::CORE_NUMBER,
    id::ISSUING_AUTHORITY_ZH,
    id::RESIDENT_ADDRESS_ZH,
    id::RECORD_ZH,
    id::GENERATED_AT,
];

/// Elements that are read of licences of other countries and of other documents, and that no Chinese licence has.
pub const OTHER_ELEMENTS: [&str; 6] = [
    id::ISSUING_JURISDICTION,
    id::AGE_IN_YEARS,
    id::DOMESTIC_DRIVING_PRIVILEGES,
    id::AGE_ABOVE_18,
    id::RESIDENT_NAME,
    id::LOCAL_RESIDENT_NAME,
];

/// Returns the namespace of an element of a Chinese licence.
pub fn namespace_of(identifier: &str) -> Option<&'static str> {
    if ISO_ELEMENTS.contains(&identifier) {
        Some(ISO_NAMESPACE)
    } else if DOMESTIC_ELEMENTS.contains(&identifier) {
        Some(DOMESTIC_NAMESPACE)
    } else {
        None
    }
}

/// Returns the catalogue key of an element's name.
pub fn name_key(identifier: &str) -> String {
    format!("element.{identifier}")
}

/// Elements that have another name in documents of other countries: what is pinyin or Chinese in a Chinese licence.
pub const NAMED_ABROAD: [&str; 9] = [
    id::FAMILY_NAME,
    id::GIVEN_NAME,
    id::FAMILY_NAME_NATIONAL,
    id::GIVEN_NAME_NATIONAL,
    id::ISSUING_AUTHORITY,
    id::RESIDENT_ADDRESS,
    id::DOCUMENT_NUMBER,
    id::ISSUE_DATE,
    id::DRIVING_PRIVILEGES,
];

/// Returns the catalogue key of an element's name in a document of this profile.
pub fn name_key_in(profile: Profile, identifier: &str) -> String {
    if profile != Profile::Cn && NAMED_ABROAD.contains(&identifier) {
        return format!("element.abroad.{identifier}");
    }
    name_key(identifier)
}

#[cfg(test)]
mod tests;
