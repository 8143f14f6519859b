//! The fields of a licence, read from elements that may be malformed.
//!
//! Every field is optional, because each purpose shows other elements. An element of a wrong type is listed as
//! malformed, so that a rule that needs it is undetermined and says why.

use std::collections::BTreeMap;

use cbor::Value;
use cbor::{Date, Timestamp};
use mdoc::Elements;
use serde::{Deserialize, Serialize};

use super::{AGE_OVER, id, namespace_of};
use crate::calendar::shanghai_day;
use crate::class::Class;
use crate::novice::{HeldClass, NoviceUntil};
use crate::number::Sex;
use crate::profile::{DOMESTIC_NAMESPACE, ISO_NAMESPACE};
use crate::status::StatusLetters;
use crate::text::{ISO_TEXT_MAX, LONG_TEXT_MAX, ShownText};

/// Most classes that are read; there are 17.
const CLASSES_MAX: usize = 32;
/// Most characters of a number, a code or a set of letters.
const SHORT_TEXT_MAX: usize = 32;

/// Status letters as signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedStatus {
    /// The letters.
    pub letters: StatusLetters,
    /// Their date.
    pub as_of: Timestamp,
    /// The last day of an extension (N, P, T).
    pub until: Option<Date>,
}

/// 累积记分: points incurred in the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// The number; 12 is full.
    pub incurred: u64,
    /// Its date.
    pub as_of: Timestamp,
}

/// The points at which a cycle is full.
pub const POINTS_FULL: u64 = 12;

/// The classes of a licence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeldClasses {
    /// Known classes, in the signed order.
    pub known: Vec<HeldClass>,
    /// Unknown codes.
    pub unknown: Vec<ShownText>,
}

/// The fields of a licence, as far as they were shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LicenceFields {
    /// Family name in Latin letters.
    pub family_name: Option<ShownText>,
    /// Given name in Latin letters.
    pub given_name: Option<ShownText>,
    /// 姓.
    pub family_name_national: Option<ShownText>,
    /// 名.
    pub given_name_national: Option<ShownText>,
    /// 性别.
    pub sex: Option<Sex>,
    /// 国籍.
    pub nationality: Option<ShownText>,
    /// 出生日期.
    pub birth_date: Option<Date>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// For each age, whether it was completed on the day of issue.
    pub age_over: BTreeMap<u8, bool>,
    /// 证号.
    pub document_number: Option<ShownText>,
    /// Its last four characters.
    pub number_last4: Option<ShownText>,
    /// 档案编号.
    pub administrative_number: Option<ShownText>,
    /// 证芯编号.
    pub core_number: Option<ShownText>,
    /// Two letters of ISO 3166-1.
    pub issuing_country: Option<ShownText>,
    /// 发证机关 in Latin letters.
    pub issuing_authority: Option<ShownText>,
    /// 发证机关.
    pub issuing_authority_zh: Option<ShownText>,
    /// 住址 in Latin letters.
    pub resident_address: Option<ShownText>,
    /// 住址.
    pub resident_address_zh: Option<ShownText>,
    /// 记录.
    pub record_zh: Option<ShownText>,
    /// 初次领证日期.
    pub first_issue_date: Option<Date>,
    /// 有效起始日期.
    pub issue_date: Option<Date>,
    /// 失效日期, or the next statutory event with 长期.
    pub expiry_date: Option<Date>,
    /// 长期.
    pub long_term: Option<bool>,
    /// 准驾车型.
    pub classes: Option<HeldClasses>,
    /// 状态.
    pub status: Option<SignedStatus>,
    /// 累积记分.
    pub points: Option<Points>,
    /// The extension past the stop age, if the element was shown.
    pub extended_until: Option<Extension>,
    /// 实习期.
    pub novice_until: Option<NoviceUntil>,
    /// 生成时间.
    pub generated_at: Option<Timestamp>,
    /// Identifiers of all elements of a licence that were shown.
    pub shown: Vec<String>,
    /// Identifiers of those that are malformed.
    pub malformed: Vec<String>,
    /// The number of other elements that were shown.
    pub foreign: usize,
}

/// Whether an A or B class may be driven past its stop age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The last day; `None` if there is no extension.
    pub until: Option<Date>,
}

impl LicenceFields {
    /// Reads the elements. Never fails: malformed elements are listed in `malformed`.
    pub fn read(elements: &Elements) -> LicenceFields {
        let mut reader = Reader { elements, malformed: Vec::new() };
        let r = &mut reader;
        let mut fields = LicenceFields {
            family_name: r.text(id::FAMILY_NAME, ISO_TEXT_MAX),
            given_name: r.text(id::GIVEN_NAME, ISO_TEXT_MAX),
            family_name_national: r.text(id::FAMILY_NAME_NATIONAL, ISO_TEXT_MAX),
            given_name_national: r.text(id::GIVEN_NAME_NATIONAL, ISO_TEXT_MAX),
            sex: r.read(id::SEX, |value| Sex::from_number(value.as_unsigned()?)),
            nationality: r.text(id::NATIONALITY, SHORT_TEXT_MAX),
            birth_date: r.read(id::BIRTH_DATE, date),
            birth_year: r.read(id::AGE_BIRTH_YEAR, birth_year),
            age_over: BTreeMap::new(),
            document_number: r.text(id::DOCUMENT_NUMBER, SHORT_TEXT_MAX),
            number_last4: r.text(id::NUMBER_LAST4, 4),
            administrative_number: r.text(id::ADMINISTRATIVE_NUMBER, SHORT_TEXT_MAX),
            core_number: r.text(id::CORE_NUMBER, SHORT_TEXT_MAX),
            issuing_country: r.text(id::ISSUING_COUNTRY, SHORT_TEXT_MAX),
            issuing_authority: r.text(id::ISSUING_AUTHORITY, ISO_TEXT_MAX),
            issuing_authority_zh: r.text(id::ISSUING_AUTHORITY_ZH, ISO_TEXT_MAX),
            resident_address: r.text(id::RESIDENT_ADDRESS, LONG_TEXT_MAX),
            resident_address_zh: r.text(id::RESIDENT_ADDRESS_ZH, LONG_TEXT_MAX),
            record_zh: r.text(id::RECORD_ZH, LONG_TEXT_MAX),
            first_issue_date: r.read(id::FIRST_ISSUE_DATE, date),
            issue_date: r.read(id::ISSUE_DATE, date),
            expiry_date: r.read(id::EXPIRY_DATE, date),
            long_term: r.read(id::LONG_TERM, Value::as_bool),
            classes: r.read(id::CLASSES, classes),
            status: r.read(id::STATUS_LETTERS, status),
            points: r.read(id::POINTS, points),
            extended_until: r.read(id::EXTENDED_UNTIL, extension),
            novice_until: r.read(id::NOVICE_UNTIL, novice),
            generated_at: r.read(id::GENERATED_AT, Value::as_tdate),
            ..LicenceFields::default()
        };
        for (years, id) in AGE_OVER {
            if let Some(over) = r.read(id, Value::as_bool) {
                fields.age_over.insert(u8::try_from(years).unwrap_or(u8::MAX), over);
            }
        }
        fields.age_over.extend(elements.iter().filter_map(other_age));
        r.read(id::PORTRAIT, |value| value.as_bytes().map(|_| ()));
        r.read(id::PORTRAIT_SMALL, |value| value.as_bytes().map(|_| ()));
        fields.malformed = reader.malformed;
        for (namespace, identifier, _) in elements.iter() {
            if namespace_of(identifier) == Some(namespace) {
                fields.shown.push(identifier.to_owned());
            } else {
                fields.foreign += 1;
            }
        }
        fields
    }

    /// Whether an element was shown and is well-formed.
    pub fn has(&self, identifier: &str) -> bool {
        let listed = |list: &[String]| list.iter().any(|have| have == identifier);
        listed(&self.shown) && !listed(&self.malformed)
    }

    /// Whether an element was shown and is malformed.
    pub fn is_malformed(&self, identifier: &str) -> bool {
        self.malformed.iter().any(|have| have == identifier)
    }
}

/// Parses the identifier of an `age_over_NN`; a foreign wallet may answer with the nearest age that it has.
fn other_age((namespace, identifier, value): (&str, &str, &Value)) -> Option<(u8, bool)> {
    let digits = identifier.strip_prefix("age_over_").filter(|_| namespace == ISO_NAMESPACE)?;
    let two = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| two)?, value.as_bool()?))
}

struct Reader<'a> {
    elements: &'a Elements,
    malformed: Vec<String>,
}

impl Reader<'_> {
    fn read<T>(&mut self, id: &'static str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let namespace = namespace_of(id).unwrap_or(ISO_NAMESPACE);
        let value = self.elements.get(namespace, id)?;
        let found = read(value);
        if found.is_none() {
            self.malformed.push(id.to_owned());
        }
        found
    }

    fn text(&mut self, id: &'static str, max: usize) -> Option<ShownText> {
        self.read(id, |value| value.as_text().map(|text| ShownText::new(text, max)))
    }
}

/// Reads a `full-date`, or a `tdate`, which ISO allows for some elements, as a day in Shanghai.
fn date(value: &Value) -> Option<Date> {
    value.as_date().or_else(|| value.as_tdate().map(shanghai_day))
}

fn birth_year(value: &Value) -> Option<i32> {
    i32::try_from(value.as_unsigned()?).ok().filter(|year| (1850..=9999).contains(year))
}

fn classes(value: &Value) -> Option<HeldClasses> {
    let items = value.as_array()?;
    if items.is_empty() || items.len() > CLASSES_MAX {
        return None;
    }
    let mut classes = HeldClasses::default();
    for item in items {
        let code = item.get_text("code")?.as_text()?;
        let from = item.get_text("from")?.as_date()?;
        match Class::from_code(code) {
            Some(class) => classes.known.push(HeldClass { class, from }),
            None => classes.unknown.push(ShownText::new(code, SHORT_TEXT_MAX)),
        }
    }
    Some(classes)
}

fn status(value: &Value) -> Option<SignedStatus> {
    let letters = value.get_text("letters")?.as_text()?;
    if letters.chars().count() > SHORT_TEXT_MAX {
        return None;
    }
    let until = match value.get_text("until") {
        Some(until) => Some(until.as_date()?),
        None => None,
    };
    let as_of = value.get_text("as_of")?.as_tdate()?;
    Some(SignedStatus { letters: StatusLetters::parse(letters), as_of, until })
}

fn points(value: &Value) -> Option<Points> {
    let incurred = value.get_text("incurred")?.as_unsigned()?;
    let as_of = value.get_text("as_of")?.as_tdate()?;
    Some(Points { incurred, as_of })
}

fn extension(value: &Value) -> Option<Extension> {
    match value {
        Value::Null => Some(Extension { until: None }),
        value => value.as_date().map(|until| Extension { until: Some(until) }),
    }
}

fn novice(value: &Value) -> Option<NoviceUntil> {
    value.as_map()?;
    let day = |key| match value.get_text(key) {
        Some(day) => day.as_date().map(Some),
        None => Some(None),
    };
    Some(NoviceUntil { car: day("car")?, motorcycle: day("motorcycle")? })
}

/// Returns the bytes of the large portrait if it was shown, else of the small one.
pub(crate) fn portrait(elements: &Elements) -> Option<&[u8]> {
    let large = elements.get(ISO_NAMESPACE, id::PORTRAIT).and_then(Value::as_bytes);
    let small = || elements.get(DOMESTIC_NAMESPACE, id::PORTRAIT_SMALL).and_then(Value::as_bytes);
    large.or_else(small)
}
