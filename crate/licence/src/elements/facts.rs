//! The facts that an issuer has about a licence, and the elements that it signs.

use cbor::Value;
use cbor::{Date, Timestamp, coded};

use super::{AGES_ISSUED, id, privileges};
use crate::calendar::{completed_years, shanghai_day};
use crate::facts::{Points, SignedStatus};
use crate::jpeg;
use crate::novice::{HeldClass, NoviceUntil};
use crate::number::{self, NumberWarning, Sex};
use crate::profile::{DOMESTIC_NAMESPACE, ISO_NAMESPACE};
use crate::text::{ISO_TEXT_MAX, LONG_TEXT_MAX};

/// Most bytes of `portrait_small`.
pub const PORTRAIT_SMALL_MAX: usize = 2_600;
/// Least width and height of `portrait_small`, in pixels.
pub const PORTRAIT_SMALL_MIN: (u16, u16) = (120, 174);

/// The facts of one licence on the day of issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceFacts {
    /// Family name in Latin letters (pinyin).
    pub family_name: String,
    /// Given name in Latin letters (pinyin).
    pub given_name: String,
    /// 姓.
    pub family_name_national: String,
    /// 名.
    pub given_name_national: String,
    /// 性别.
    pub sex: Sex,
    /// 出生日期.
    pub birth_date: Date,
    /// 国籍, two letters of ISO 3166-1.
    pub nationality: String,
    /// 证号.
    pub document_number: String,
    /// 档案编号, 12 digits.
    pub administrative_number: String,
    /// 证芯编号, 13 digits.
    pub core_number: String,
    /// The large portrait, JPEG.
    pub portrait: Vec<u8>,
    /// The portrait for codes, JPEG within [`PORTRAIT_SMALL_MAX`].
    pub portrait_small: Vec<u8>,
    /// 初次领证日期.
    pub first_issue_date: Date,
    /// 有效起始日期.
    pub issue_date: Date,
    /// 失效日期; with 长期 the next statutory event.
    pub expiry_date: Date,
    /// 长期.
    pub long_term: bool,
    /// 准驾车型, each with its own start.
    pub classes: Vec<HeldClass>,
    /// 状态, with its date.
    pub status: SignedStatus,
    /// 累积记分, with its date.
    pub points: Points,
    /// The last day on which an A or B class may be driven past its stop age.
    pub extended_until: Option<Date>,
    /// The novice years; see [`NoviceUntil::from_classes`].
    pub novice_until: NoviceUntil,
    /// 发证机关 in Latin letters.
    pub issuing_authority: String,
    /// 发证机关.
    pub issuing_authority_zh: String,
    /// 住址 in Latin letters.
    pub resident_address: String,
    /// 住址.
    pub resident_address_zh: String,
    /// 记录.
    pub record_zh: String,
    /// 生成时间.
    pub generated_at: Timestamp,
}

/// Why facts cannot be signed; names the element, never its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactsError {
    /// Longer than 150 characters, empty, or not Latin-1 (ISO/IEC 18013-5, 7.2.1).
    Text(&'static str),
    /// Malformed: digits, a picture within its bounds, or two days in order are required.
    Form(&'static str),
    /// Not one class, or one twice.
    Classes,
}

coded!(FactsError as FactsCode {
    Text => "facts-text", "facts", "ISO/IEC 18013-5, 7.2.1", plain;
    Form => "facts-form", "facts", "Liangzheng licence profile, 7", plain;
    Classes => "facts-classes", "facts", "Liangzheng licence profile, 5", plain;
});

impl FactsError {
    /// The element that it is about.
    pub fn element(&self) -> &'static str {
        match self {
            FactsError::Text(element) | FactsError::Form(element) => element,
            FactsError::Classes => id::CLASSES,
        }
    }
}

impl LicenceFacts {
    /// Returns what is unusual about the 证号: a warning, not an error.
    pub fn number_warnings(&self) -> Vec<NumberWarning> {
        number::check_licence_number(&self.document_number, Some(self.birth_date), Some(self.sex))
    }

    /// Returns the elements to sign, as (namespace, identifier, value).
    ///
    /// `age_over_NN` is true if NN years are completed on the day of issue in Shanghai.
    ///
    /// # Errors
    /// Returns the first fact that cannot be an element.
    pub fn elements(&self, now: Timestamp) -> Result<Vec<(&'static str, &'static str, Value)>, FactsError> {
        self.check()?;
        let today = shanghai_day(now);
        let mut elements = Vec::new();
        let mut iso = |id, value| elements.push((ISO_NAMESPACE, id, value));
        iso(id::FAMILY_NAME, Value::text(&*self.family_name));
        iso(id::GIVEN_NAME, Value::text(&*self.given_name));
        iso(id::FAMILY_NAME_NATIONAL, Value::text(&*self.family_name_national));
        iso(id::GIVEN_NAME_NATIONAL, Value::text(&*self.given_name_national));
        iso(id::BIRTH_DATE, Value::date(self.birth_date));
        iso(id::ISSUE_DATE, Value::date(self.issue_date));
        iso(id::EXPIRY_DATE, Value::date(self.expiry_date));
        iso(id::ISSUING_COUNTRY, Value::text("CN"));
        iso(id::ISSUING_AUTHORITY, Value::text(&*self.issuing_authority));
        iso(id::DOCUMENT_NUMBER, Value::text(&*self.document_number));
        iso(id::ADMINISTRATIVE_NUMBER, Value::text(&*self.administrative_number));
        iso(id::PORTRAIT, Value::bytes(&*self.portrait));
        let privileges_end = (!self.long_term).then_some(self.expiry_date);
        iso(id::DRIVING_PRIVILEGES, privileges::encode(&self.classes, privileges_end));
        iso(id::UN_DISTINGUISHING_SIGN, Value::text("CHN"));
        iso(id::SEX, Value::Unsigned(self.sex.number()));
        iso(id::NATIONALITY, Value::text(&*self.nationality));
        iso(id::RESIDENT_ADDRESS, Value::text(&*self.resident_address));
        iso(id::AGE_BIRTH_YEAR, Value::integer(self.birth_date.year().into()));
        let age = completed_years(self.birth_date, today);
        for (years, id) in AGES_ISSUED {
            iso(id, Value::Bool(age >= years));
        }

        let mut domestic = |id, value| elements.push((DOMESTIC_NAMESPACE, id, value));
        domestic(id::PORTRAIT_SMALL, Value::bytes(&*self.portrait_small));
        domestic(id::CLASSES, classes(&self.classes));
        domestic(id::STATUS_LETTERS, status(&self.status));
        domestic(
            id::POINTS,
            Value::map([
                ("incurred", Value::Unsigned(self.points.incurred)),
                ("as_of", Value::tdate(self.points.as_of)),
            ]),
        );
        domestic(id::FIRST_ISSUE_DATE, Value::date(self.first_issue_date));
        domestic(id::LONG_TERM, Value::Bool(self.long_term));
        domestic(id::EXTENDED_UNTIL, self.extended_until.map_or(Value::Null, Value::date));
        domestic(id::NOVICE_UNTIL, novice(self.novice_until.still_running(today)));
        domestic(id::NUMBER_LAST4, Value::text(number::last4(&self.document_number)));
        domestic(id::CORE_NUMBER, Value::text(&*self.core_number));
        domestic(id::ISSUING_AUTHORITY_ZH, Value::text(&*self.issuing_authority_zh));
        domestic(id::RESIDENT_ADDRESS_ZH, Value::text(&*self.resident_address_zh));
        domestic(id::RECORD_ZH, Value::text(&*self.record_zh));
        domestic(id::GENERATED_AT, Value::tdate(self.generated_at));
        Ok(elements)
    }

    fn check(&self) -> Result<(), FactsError> {
        let latin = [
            (id::FAMILY_NAME, &self.family_name),
            (id::GIVEN_NAME, &self.given_name),
            (id::ISSUING_AUTHORITY, &self.issuing_authority),
            (id::DOCUMENT_NUMBER, &self.document_number),
            (id::ADMINISTRATIVE_NUMBER, &self.administrative_number),
            (id::RESIDENT_ADDRESS, &self.resident_address),
        ];
        for (id, text) in latin {
            if !is_latin1(text) {
                return Err(FactsError::Text(id));
            }
        }
        let national = [
            (id::FAMILY_NAME_NATIONAL, &self.family_name_national),
            (id::GIVEN_NAME_NATIONAL, &self.given_name_national),
            (id::ISSUING_AUTHORITY_ZH, &self.issuing_authority_zh),
            (id::RESIDENT_ADDRESS_ZH, &self.resident_address_zh),
        ];
        for (id, text) in national {
            if !is_bounded(text) {
                return Err(FactsError::Text(id));
            }
        }
        let forms = [
            (id::NATIONALITY, is_country(&self.nationality)),
            (id::DOCUMENT_NUMBER, self.document_number.chars().count() >= 4),
            (id::ADMINISTRATIVE_NUMBER, number::is_file_number(&self.administrative_number)),
            (id::CORE_NUMBER, number::is_core_number(&self.core_number)),
            (id::PORTRAIT, jpeg::check_portrait(&self.portrait).is_ok_and(|info| info.trailing == 0)),
            (id::PORTRAIT_SMALL, is_small_portrait(&self.portrait_small)),
            (id::EXPIRY_DATE, self.issue_date <= self.expiry_date),
            (id::BIRTH_DATE, self.birth_date < self.issue_date),
            (id::RECORD_ZH, self.record_zh.chars().count() <= LONG_TEXT_MAX),
        ];
        for (id, right) in forms {
            if !right {
                return Err(FactsError::Form(id));
            }
        }
        let mut seen = Vec::new();
        for held in &self.classes {
            if seen.contains(&held.class) {
                return Err(FactsError::Classes);
            }
            seen.push(held.class);
        }
        if seen.is_empty() { Err(FactsError::Classes) } else { Ok(()) }
    }
}

fn is_bounded(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= ISO_TEXT_MAX
}

/// Latin-1 without its controls.
fn is_latin1(text: &str) -> bool {
    is_bounded(text) && text.chars().all(|c| matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}'))
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_small_portrait(bytes: &[u8]) -> bool {
    let (width, height) = PORTRAIT_SMALL_MIN;
    bytes.len() <= PORTRAIT_SMALL_MAX
        && jpeg::check_portrait(bytes)
            .is_ok_and(|info| info.width >= width && info.height >= height && info.trailing == 0)
}

fn classes(held: &[HeldClass]) -> Value {
    Value::array(
        held.iter().map(|held| {
            Value::map([("code", Value::text(held.class.code())), ("from", Value::date(held.from))])
        }),
    )
}

fn status(status: &SignedStatus) -> Value {
    let mut map =
        vec![("letters", Value::text(status.letters.text())), ("as_of", Value::tdate(status.as_of))];
    if let Some(until) = status.until {
        map.push(("until", Value::date(until)));
    }
    Value::map(map)
}

fn novice(until: NoviceUntil) -> Value {
    let mut map = Vec::new();
    if let Some(date) = until.car {
        map.push(("car", Value::date(date)));
    }
    if let Some(date) = until.motorcycle {
        map.push(("motorcycle", Value::date(date)));
    }
    Value::map(map)
}
