//! What a document says, read from elements that may be malformed.
//!
//! Every fact is optional, because each purpose shows other elements and each profile has others. An element of a wrong
//! type is listed as malformed, so that a rule that needs it is undetermined and says why.

mod contradiction;
mod names;
mod privileges;
mod reader;

use std::collections::BTreeMap;

use cbor::Value;
use cbor::{Date, Timestamp};
use mdoc::{Elements, IssuerVerified};
use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::elements::{AGES_ISSUED, id, namespace_of};
use crate::fact::Fact;
use crate::novice::{HeldClass, NoviceUntil};
use crate::number::Sex;
use crate::profile::{DOMESTIC_NAMESPACE, Profile};
use crate::status::StatusLetters;
use crate::text::{ISO_TEXT_MAX, LONG_TEXT_MAX, ShownText};

pub use contradiction::Contradiction;
pub(crate) use names::visible;
pub use privileges::{Condition, Privilege, System};
use reader::Reader;

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

/// What a document says, as far as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The profile by which it was read.
    pub profile: Profile,
    /// Family name in Latin letters.
    pub family_name: Option<ShownText>,
    /// Given name in Latin letters.
    pub given_name: Option<ShownText>,
    /// 姓.
    pub family_name_national: Option<ShownText>,
    /// 名.
    pub given_name_national: Option<ShownText>,
    /// The whole name in Latin letters, of a document that does not divide it (Aadhaar).
    pub full_name: Option<ShownText>,
    /// The same in national characters.
    pub full_name_national: Option<ShownText>,
    /// 性别.
    pub sex: Option<Sex>,
    /// 国籍.
    pub nationality: Option<ShownText>,
    /// `un_distinguishing_sign`: the sign of the issuing country (ISO/IEC 18013-1, Annex F).
    pub un_distinguishing_sign: Option<ShownText>,
    /// 出生日期.
    pub birth_date: Option<Date>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// For each age, whether it was completed on the day of issue.
    pub age_over: BTreeMap<u8, bool>,
    /// The completed years on the day of issue.
    pub age_in_years: Option<i32>,
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
    /// The country of the issuer's certificate, two letters of ISO 3166-1; known where no element was shown.
    pub certificate_country: Option<ShownText>,
    /// The state or province of the issuer's certificate, as it is written there; known where no element was shown.
    pub certificate_state: Option<ShownText>,
    /// The issuing state or province, ISO 3166-2.
    pub issuing_jurisdiction: Option<ShownText>,
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
    /// The end as an instant, of a document that gives a time and not a day; `expiry_date` is its day in UTC.
    pub expiry_time: Option<Timestamp>,
    /// 长期.
    pub long_term: Option<bool>,
    /// 准驾车型.
    pub classes: Option<HeldClasses>,
    /// `driving_privileges`: categories of ISO/IEC 18013-1.
    pub driving_privileges: Option<Vec<Privilege>>,
    /// `domestic_driving_privileges`: classes of a state of the United States or Canada.
    pub domestic_privileges: Option<Vec<Privilege>>,
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
    /// Identifiers of those with a time that RFC 3339 allows and ISO/IEC 18013-5, 7.2.1 does not: with a fraction or an
    /// offset.
    pub untidy_times: Vec<String>,
    /// The number of other elements that were shown.
    pub foreign: usize,
}

/// Whether an A or B class may be driven past its stop age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The last day; `None` if there is no extension.
    pub until: Option<Date>,
}

impl Facts {
    /// Reads a verified document; `None` if its type is not one that is read.
    ///
    /// The profile is that of the signed MSO, whatever was disclosed.
    pub fn of(document: &IssuerVerified) -> Option<Facts> {
        let namespaces = document.mso().value_digests.keys().map(String::as_str);
        let profile = Profile::of(document.doc_type(), namespaces)?;
        let mut facts = Facts::read(profile, document.elements());
        let issuer = document.issuer();
        let place = |text: &str, max| (!text.is_empty()).then(|| ShownText::new(text, max));
        facts.certificate_country = place(&issuer.country, SHORT_TEXT_MAX);
        facts.certificate_state = place(&issuer.state, ISO_TEXT_MAX);
        Some(facts)
    }

    /// Reads the elements by a profile. Never fails: malformed elements are listed in `malformed`.
    pub fn read(profile: Profile, elements: &Elements) -> Facts {
        let mut reader = Reader::new(profile, elements);
        let mut facts = match profile {
            Profile::Age => proof_of_age(&mut reader),
            Profile::Cn | Profile::Iso | Profile::Us | Profile::Id => neutral(&mut reader),
        };
        facts.profile = profile;
        match profile {
            Profile::Cn => domestic(&mut reader, &mut facts),
            Profile::Us => {
                facts.domestic_privileges = reader.read(id::DOMESTIC_DRIVING_PRIVILEGES, privileges::us);
            }
            Profile::Iso | Profile::Id | Profile::Age => {}
        }
        if profile.is_licence() {
            facts.driving_privileges = reader.read(id::DRIVING_PRIVILEGES, privileges::iso);
        }
        ages(&mut reader, &mut facts);
        (facts.shown, facts.foreign) = reader.listed();
        (facts.malformed, facts.untidy_times) = reader.ended();
        facts.refuse_blank_name();
        facts
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

    /// Whether a document of this profile can have a fact; what it cannot have is not missing.
    pub const fn applicable(&self, fact: Fact) -> bool {
        self.profile.has(fact)
    }

    /// Returns what may be driven, of a licence without Chinese classes, and how it is written: the classes of the state if
    /// they were shown, else ISO categories.
    pub fn privileges(&self) -> Option<(System, &[Privilege])> {
        let iso = || self.driving_privileges.as_deref().map(|lines| (System::Iso, lines));
        match self.profile {
            Profile::Iso => iso(),
            Profile::Us => {
                let domestic = self.domestic_privileges.as_deref().map(|lines| (System::Us, lines));
                match domestic {
                    Some((_, [])) | None => iso().or(domestic),
                    Some(_) => domestic,
                }
            }
            Profile::Cn | Profile::Id | Profile::Age => None,
        }
    }

    /// Returns the issuing country: the element if it was shown, else that of the issuer's certificate.
    pub fn country(&self) -> Option<&ShownText> {
        self.issuing_country.as_ref().or(self.certificate_country.as_ref())
    }

    /// Returns the issuing state or province, as it is written: the element if it was shown, else that of the issuer's
    /// certificate.
    pub fn state(&self) -> Option<&ShownText> {
        self.issuing_jurisdiction.as_ref().or(self.certificate_state.as_ref())
    }

    /// Whether elements of a Chinese licence were shown and none of them is of its domestic namespace, which has the status.
    /// An answer about an age alone says nothing that a status could change.
    pub fn withholds_domestic(&self) -> bool {
        let domestic = |id: &String| namespace_of(id) == Some(DOMESTIC_NAMESPACE);
        let of_age = |id: &String| id.starts_with("age_");
        self.profile == Profile::Cn && !self.shown.iter().any(domestic) && !self.shown.iter().all(of_age)
    }
}

/// Reads what several profiles have.
fn neutral(r: &mut Reader<'_>) -> Facts {
    let mut facts = Facts {
        family_name: r.text(id::FAMILY_NAME, ISO_TEXT_MAX),
        given_name: r.text(id::GIVEN_NAME, ISO_TEXT_MAX),
        family_name_national: r.text(id::FAMILY_NAME_NATIONAL, ISO_TEXT_MAX),
        given_name_national: r.text(id::GIVEN_NAME_NATIONAL, ISO_TEXT_MAX),
        sex: r.read(id::SEX, |value| Sex::from_number(value.as_unsigned()?)),
        nationality: r.text(id::NATIONALITY, SHORT_TEXT_MAX),
        un_distinguishing_sign: r.text(id::UN_DISTINGUISHING_SIGN, SHORT_TEXT_MAX),
        birth_date: r.day(id::BIRTH_DATE).map(|(day, _)| day),
        birth_year: r.read(id::AGE_BIRTH_YEAR, birth_year),
        document_number: r.text(id::DOCUMENT_NUMBER, SHORT_TEXT_MAX),
        administrative_number: r.text(id::ADMINISTRATIVE_NUMBER, SHORT_TEXT_MAX),
        issuing_country: r.text(id::ISSUING_COUNTRY, SHORT_TEXT_MAX),
        issuing_jurisdiction: r.text(id::ISSUING_JURISDICTION, SHORT_TEXT_MAX),
        issuing_authority: r.text(id::ISSUING_AUTHORITY, ISO_TEXT_MAX),
        resident_address: r.text(id::RESIDENT_ADDRESS, LONG_TEXT_MAX),
        issue_date: r.day(id::ISSUE_DATE).map(|(day, _)| day),
        ..Facts::default()
    };
    if let Some((day, time)) = r.day(id::EXPIRY_DATE) {
        (facts.expiry_date, facts.expiry_time) = (Some(day), time);
    }
    r.read(id::PORTRAIT, |value| value.as_bytes().map(|_| ()));
    facts
}

/// Reads what a proof of age has beside its answers. Only Aadhaar has names, a portrait and a date of birth.
fn proof_of_age(r: &mut Reader<'_>) -> Facts {
    let facts = Facts {
        full_name: r.text(id::RESIDENT_NAME, ISO_TEXT_MAX),
        full_name_national: r.text(id::LOCAL_RESIDENT_NAME, ISO_TEXT_MAX),
        birth_date: r.day(id::BIRTH_DATE).map(|(day, _)| day),
        birth_year: r.read(id::AGE_BIRTH_YEAR, birth_year),
        ..Facts::default()
    };
    r.read(id::PORTRAIT, |value| value.as_bytes().map(|_| ()));
    facts
}

/// Reads what only a Chinese licence has.
fn domestic(r: &mut Reader<'_>, facts: &mut Facts) {
    facts.number_last4 = r.text(id::NUMBER_LAST4, 4);
    facts.core_number = r.text(id::CORE_NUMBER, SHORT_TEXT_MAX);
    facts.issuing_authority_zh = r.text(id::ISSUING_AUTHORITY_ZH, ISO_TEXT_MAX);
    facts.resident_address_zh = r.text(id::RESIDENT_ADDRESS_ZH, LONG_TEXT_MAX);
    facts.record_zh = r.text(id::RECORD_ZH, LONG_TEXT_MAX);
    facts.first_issue_date = r.day(id::FIRST_ISSUE_DATE).map(|(day, _)| day);
    facts.long_term = r.read(id::LONG_TERM, Value::as_bool);
    facts.classes = r.read(id::CLASSES, classes);
    facts.status = r.read(id::STATUS_LETTERS, status);
    facts.points = r.read(id::POINTS, points);
    facts.extended_until = r.read(id::EXTENDED_UNTIL, extension);
    facts.novice_until = r.read(id::NOVICE_UNTIL, novice);
    facts.generated_at = r.read(id::GENERATED_AT, Value::as_tdate);
    r.read(id::PORTRAIT_SMALL, |value| value.as_bytes().map(|_| ()));
}

/// Reads the answers about an age: `age_over_NN` of any age, `age_in_years`, and Aadhaar's `age_aboveNN`.
fn ages(r: &mut Reader<'_>, facts: &mut Facts) {
    if facts.profile == Profile::Cn {
        for (years, id) in AGES_ISSUED {
            if let Some(over) = r.read(id, Value::as_bool) {
                facts.age_over.insert(u8::try_from(years).unwrap_or(u8::MAX), over);
            }
        }
    }
    if facts.profile != Profile::Cn {
        facts.age_in_years = r.read(id::AGE_IN_YEARS, |value| {
            i32::try_from(value.as_unsigned()?).ok().filter(|years| *years < 200)
        });
    }
    for (age, over) in r.answers() {
        // Of two answers for one age the worse counts.
        facts.age_over.entry(age).and_modify(|have| *have &= over).or_insert(over);
    }
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
pub(crate) fn portrait(profile: Profile, elements: &Elements) -> Option<&[u8]> {
    let ids = match profile {
        // A proof of age is not asked for one, and Aadhaar may show one.
        Profile::Age => &[id::PORTRAIT],
        Profile::Cn | Profile::Iso | Profile::Us | Profile::Id => profile.elements(Fact::Portrait),
    };
    ids.iter().rev().filter_map(|id| reader::find(profile, elements, id)).find_map(Value::as_bytes)
}

#[cfg(test)]
mod tests;
