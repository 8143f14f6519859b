//! What an authority's register says of a driver, what a desk has changed of it, and what a change ends.
//!
//! A licence is issued on a [`Basis`]: classes, validity and authority. When one of them changes, the licence ends at the
//! change, and a re-claim shows the [`Changed`]. Letters and points change without that: a refresh brings them.

use cbor::{Date, Timestamp};
use licence::{
    Class, HeldClass, LicenceFacts, NoviceUntil, POINTS_FULL, Points, Sex, SignedStatus, StatusLetters,
    completed_years, shanghai_day,
};
use serde::{Deserialize, Serialize};

use crate::error::DeskError;
use crate::photo::Portraits;
use crate::rollout::IssuingOffice;

/// Most classes of a driver: the table has so many.
const CLASSES_MAX: usize = 17;
/// Most points that a desk writes.
const POINTS_MAX: u64 = 999;
/// Most characters of the name of an office.
const NAME_MAX: usize = 100;

/// The term of validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// 有效起始日期.
    pub from: Date,
    /// 失效日期; `None` for 长期.
    #[serde(default)]
    pub until: Option<Date>,
}

/// The facts of a driver, as the register has them at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of licence::LicenceFacts")]
pub struct DriverFacts {
    /// 证号.
    pub number: String,
    /// 档案编号.
    pub file_number: String,
    /// 证芯编号.
    pub core_number: String,
    /// 姓.
    pub family_zh: String,
    /// 名.
    pub given_zh: String,
    /// Family name in Latin letters.
    pub family: String,
    /// Given name in Latin letters.
    pub given: String,
    pub sex: Sex,
    pub born: Date,
    pub nationality: String,
    /// 初次领证日期.
    pub first_issue: Date,
    pub validity: Validity,
    pub classes: Vec<HeldClass>,
    pub letters: StatusLetters,
    /// The last day of an extension, if there is one.
    pub extension_until: Option<Date>,
    pub points: u64,
    pub extended_until: Option<Date>,
    pub office: IssuingOffice,
    pub address_zh: String,
    pub address: String,
    pub record_zh: String,
}

impl DriverFacts {
    /// Returns the facts of a licence without its portraits and moments.
    pub fn of(facts: LicenceFacts, office: IssuingOffice) -> Self {
        Self {
            number: facts.document_number,
            file_number: facts.administrative_number,
            core_number: facts.core_number,
            family_zh: facts.family_name_national,
            given_zh: facts.given_name_national,
            family: facts.family_name,
            given: facts.given_name,
            sex: facts.sex,
            born: facts.birth_date,
            nationality: facts.nationality,
            first_issue: facts.first_issue_date,
            validity: Validity {
                from: facts.issue_date,
                until: (!facts.long_term).then_some(facts.expiry_date),
            },
            classes: facts.classes,
            letters: facts.status.letters,
            extension_until: facts.status.until,
            points: facts.points.incurred,
            extended_until: facts.extended_until,
            office,
            address_zh: facts.resident_address_zh,
            address: facts.resident_address,
            record_zh: facts.record_zh,
        }
    }

    /// Returns the name in Chinese characters.
    pub fn name_zh(&self) -> String {
        format!("{}{}", self.family_zh, self.given_zh)
    }

    /// Returns the name in Latin letters.
    pub fn name_latin(&self) -> String {
        format!("{} {}", self.family, self.given)
    }

    /// Returns the last four characters of the 证号.
    pub fn number_last4(&self) -> String {
        let length = self.number.chars().count();
        self.number.chars().skip(length.saturating_sub(4)).collect()
    }

    /// Returns what a licence is issued on.
    pub fn basis(&self) -> Basis {
        let (classes, validity) = (self.classes.clone(), self.validity);
        Basis { classes, validity, office: self.office.name.clone() }
    }

    /// Whether an extension lasts on a day.
    pub fn extension_lasts(&self, day: Date) -> bool {
        self.extension_until.is_none_or(|until| day <= until)
    }

    /// Returns the facts to sign `now`, with these portraits.
    pub fn licence(&self, portraits: Portraits<'_>, now: Timestamp) -> LicenceFacts {
        let day = shanghai_day(now);
        let event = || next_event(&self.classes, self.born, self.first_issue, day);
        LicenceFacts {
            family_name: self.family.clone(),
            given_name: self.given.clone(),
            family_name_national: self.family_zh.clone(),
            given_name_national: self.given_zh.clone(),
            sex: self.sex,
            birth_date: self.born,
            nationality: self.nationality.clone(),
            document_number: self.number.clone(),
            administrative_number: self.file_number.clone(),
            core_number: self.core_number.clone(),
            portrait: portraits.large.to_vec(),
            portrait_small: portraits.small.to_vec(),
            first_issue_date: self.first_issue,
            issue_date: self.validity.from,
            expiry_date: self.validity.until.unwrap_or_else(event),
            long_term: self.validity.until.is_none(),
            classes: self.classes.clone(),
            status: SignedStatus { letters: self.letters.clone(), as_of: now, until: self.extension_until },
            points: Points { incurred: self.points, as_of: now },
            extended_until: self.extended_until,
            novice_until: novice(&self.classes, self.first_issue),
            issuing_authority: self.office.name_latin.clone(),
            issuing_authority_zh: self.office.name.clone(),
            resident_address: self.address.clone(),
            resident_address_zh: self.address_zh.clone(),
            record_zh: self.record_zh.clone(),
            generated_at: now,
        }
    }
}

/// The next statutory event of a 长期 licence, the date that it has none of: the oldest held class's stop age, the medical at 70,
/// and from then on the end of each yearly medical (within 30 days of the cycle's end).
pub(crate) fn next_event(classes: &[HeldClass], born: Date, first_issue: Date, day: Date) -> Date {
    let stops = classes.iter().filter_map(|held| held.class.row().stops_at);
    let birthdays = stops.chain([70]).map(|age| born.plus_years(age.into()));
    if let Some(birthday) = birthdays.filter(|birthday| day < *birthday).min() {
        return birthday;
    }
    let cycle_end = |years: i32| first_issue.plus_years(years).plus_days(30);
    let years = completed_years(first_issue, day);
    (years..years.saturating_add(3))
        .map(cycle_end)
        .find(|end| day <= *end)
        .unwrap_or_else(|| cycle_end(years.saturating_add(3)))
}

/// The novice years; who held a licence before the present classes has the first one long behind.
pub(crate) fn novice(classes: &[HeldClass], first_issue: Date) -> NoviceUntil {
    let mut years = NoviceUntil::from_classes(classes);
    let first = NoviceUntil::from_classes(&[HeldClass { class: Class::C1, from: first_issue }]);
    if years.car.is_some() {
        years.car = first.car;
    }
    years
}

/// 记录: the first issue and the start of each class.
pub(crate) fn record_text(classes: &[HeldClass], first_issue: Date) -> String {
    let day = |date: Date| format!("{}年{}月{}日", date.year(), date.month(), date.day());
    let mut record = format!("{}初次领证。", day(first_issue));
    for held in classes {
        record.push_str(&format!("{}起准驾{}。", day(held.from), held.class));
    }
    record
}

/// What a licence is issued on: it ends when one of these changes \[S\].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// 准驾车型.
    pub classes: Vec<HeldClass>,
    /// The term of validity.
    pub validity: Validity,
    /// 发证机关.
    pub office: String,
}

/// What changed between two licences of a driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Changed {
    /// The classes.
    Classes {
        /// As they were.
        before: Vec<HeldClass>,
        /// As they are.
        after: Vec<HeldClass>,
    },
    /// The term of validity.
    Validity {
        /// As it was.
        before: Validity,
        /// As it is.
        after: Validity,
    },
    /// The issuing office, by its name.
    Office {
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
}

impl Basis {
    /// Returns the basis of a licence that is held, from its verified facts; `None` if one of them is not there. With it a wallet
    /// tells what a re-claim changed.
    pub fn of(facts: &licence::Facts) -> Option<Self> {
        let until = if facts.long_term? { None } else { Some(facts.expiry_date?) };
        Some(Self {
            classes: facts.classes.as_ref()?.known.clone(),
            validity: Validity { from: facts.issue_date?, until },
            office: facts.issuing_authority_zh.as_ref()?.as_str().to_owned(),
        })
    }

    /// Returns what is different in `after`; nothing means that the licence goes on.
    pub fn changed(&self, after: &Basis) -> Vec<Changed> {
        let mut changed = Vec::new();
        if self.classes != after.classes {
            let (before, after) = (self.classes.clone(), after.classes.clone());
            changed.push(Changed::Classes { before, after });
        }
        if self.validity != after.validity {
            changed.push(Changed::Validity { before: self.validity, after: after.validity });
        }
        if self.office != after.office {
            changed.push(Changed::Office { before: self.office.clone(), after: after.office.clone() });
        }
        changed
    }
}

/// The letters of a driver as a desk set them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letters {
    /// The letters.
    pub letters: StatusLetters,
    /// The last day of an extension, for N, P and T.
    #[serde(default)]
    pub until: Option<Date>,
}

/// One change of a driver's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// The classes. Ends the licence.
    Classes {
        /// All of them, each with its first day.
        classes: Vec<HeldClass>,
    },
    /// The term of validity. Ends the licence.
    Validity(Validity),
    /// The issuing office. Ends the licence.
    Office(IssuingOffice),
    /// The status letters. Letters of the group *gone* end the licence.
    Letters(Letters),
    /// The points of the present cycle. 12 bring letter B; fewer take it away.
    Points {
        /// The points incurred.
        incurred: u64,
    },
}

/// What a desk has changed of the register's facts of a driver. What is absent is as the register has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// The classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<Vec<HeldClass>>,
    /// The term of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// The issuing office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<IssuingOffice>,
    /// The letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letters: Option<Letters>,
    /// The points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u64>,
    /// The day of the last change that ended a licence: the card is a new one, with another 证芯编号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card_from: Option<Date>,
}

impl Changes {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the register's facts with these changes.
    #[must_use]
    pub fn on(&self, mut facts: DriverFacts) -> DriverFacts {
        if let Some(classes) = &self.classes {
            facts.classes.clone_from(classes);
            facts.record_zh = record_text(classes, facts.first_issue);
        }
        if let Some(validity) = self.validity {
            facts.validity = validity;
        }
        if let Some(office) = &self.office {
            facts.office = office.clone();
        }
        if let Some(letters) = &self.letters {
            facts.letters = letters.letters.clone();
            facts.extension_until = letters.until;
        }
        facts.points = self.points.unwrap_or(facts.points);
        if let Some(day) = self.card_from {
            let kept: String = facts.core_number.chars().take(5).collect();
            facts.core_number = format!("{kept}{:04}{:02}{:02}", day.year(), day.month(), day.day());
        }
        facts
    }

    /// Adds a change on `day` to a driver whose facts are `facts`.
    ///
    /// # Errors
    /// [`DeskError::Change`] for something that no licence can say.
    pub(crate) fn add(&mut self, change: &Change, facts: &DriverFacts, day: Date) -> Result<(), DeskError> {
        match change {
            Change::Classes { classes } => {
                let mut seen = Vec::new();
                for held in classes {
                    if seen.contains(&held.class) || held.from > day || held.from < facts.first_issue {
                        return Err(DeskError::Change("classes"));
                    }
                    seen.push(held.class);
                }
                if !(1..=CLASSES_MAX).contains(&seen.len()) {
                    return Err(DeskError::Change("classes"));
                }
                self.classes = Some(classes.clone());
            }
            Change::Validity(validity) => {
                let ordered = validity.until.is_none_or(|until| validity.from <= until);
                if !ordered || validity.from > day || validity.from <= facts.born {
                    return Err(DeskError::Change("validity"));
                }
                self.validity = Some(*validity);
            }
            Change::Office(office) => {
                let bounded = |text: &str| !text.trim().is_empty() && text.chars().count() <= NAME_MAX;
                let latin = office.name_latin.chars().all(|c| matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}'));
                let printable = !office.name.chars().any(char::is_control);
                if !bounded(&office.name) || !bounded(&office.name_latin) || !latin || !printable {
                    return Err(DeskError::Change("office"));
                }
                self.office = Some(office.clone());
            }
            Change::Letters(letters) => {
                if letters.letters.has_unknown() || letters.letters.known().is_empty() {
                    return Err(DeskError::Change("letters"));
                }
                self.letters = Some(letters.clone());
            }
            Change::Points { incurred } => {
                if *incurred > POINTS_MAX {
                    return Err(DeskError::Change("points"));
                }
                self.points = Some(*incurred);
                let full = *incurred >= POINTS_FULL;
                if facts.letters.text().contains('B') != full {
                    let letters = if full { with(&facts.letters, "B") } else { without(&facts.letters, "B") };
                    self.letters = Some(Letters { letters, until: facts.extension_until });
                }
            }
        }
        Ok(())
    }
}

/// Returns letters with others added; 正常 (A) goes with something else.
pub(crate) fn with(letters: &StatusLetters, more: &str) -> StatusLetters {
    StatusLetters::parse(&format!("{}{more}", letters.text().replace('A', "")))
}

/// Returns letters without some; 正常 (A) if none is left.
pub(crate) fn without(letters: &StatusLetters, less: &str) -> StatusLetters {
    let left: String = letters.text().chars().filter(|letter| !less.contains(*letter)).collect();
    StatusLetters::parse(if left.is_empty() { "A" } else { &left })
}
