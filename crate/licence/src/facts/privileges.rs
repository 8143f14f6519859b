//! What a licence allows to drive, as written by countries other than China.

use cbor::{Date, Value};
use serde::{Deserialize, Serialize};

use crate::text::ShownText;

/// Most lines that are read; ISO has 15 categories.
const LINES_MAX: usize = 32;
/// Most restrictions of a line that are read, and as many endorsements.
const CONDITIONS_MAX: usize = 32;
/// Most characters of a code.
const CODE_MAX: usize = 16;
/// Most characters of a description.
const DESCRIPTION_MAX: usize = 150;

/// How privileges are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum System {
    /// Chinese classes ([`CLASS_TABLE`](crate::CLASS_TABLE)).
    Cn,
    /// Categories of ISO/IEC 18013-1, with codes of ISO/IEC 18013-2 and Directive 2006/126/EC.
    Iso,
    /// Classes of a state of the United States or Canada: the same letter means another thing in each.
    Us,
}

/// A restriction or an endorsement of a privilege.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Condition {
    /// The code, such as 78 (automatic transmission only).
    pub code: ShownText,
    /// The description, if the issuer gives one.
    pub description: Option<ShownText>,
    /// The sign and the value of an ISO code, such as "<=50".
    pub value: Option<ShownText>,
}

/// One line of what may be driven.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Privilege {
    /// The category or class; empty for restrictions of a state that belong to the whole licence.
    pub code: ShownText,
    /// The description, if the issuer gives one.
    pub description: Option<ShownText>,
    /// The first day, if it is given.
    pub from: Option<Date>,
    /// The last day, if it is given.
    pub until: Option<Date>,
    /// The restrictions, and further codes.
    pub restrictions: Vec<Condition>,
    /// The endorsements of a state.
    pub endorsements: Vec<Condition>,
}

impl Privilege {
    /// Whether it has a restriction with this code.
    pub fn has_code(&self, code: &str) -> bool {
        self.restrictions.iter().any(|condition| condition.code.as_str() == code)
    }
}

/// Reads `driving_privileges` (ISO/IEC 18013-5, 7.2.4). An empty list allows nothing.
pub(super) fn iso(value: &Value) -> Option<Vec<Privilege>> {
    lines(value, |line| {
        Some(Privilege {
            code: text(line, "vehicle_category_code", CODE_MAX)??,
            from: day(line, "issue_date")?,
            until: day(line, "expiry_date")?,
            restrictions: conditions(line, "codes", iso_code)?,
            ..Privilege::default()
        })
    })
}

/// Reads `domestic_driving_privileges` (AAMVA mDL Implementation Guidelines).
pub(super) fn us(value: &Value) -> Option<Vec<Privilege>> {
    lines(value, |line| {
        let restrictions = conditions(line, "domestic_vehicle_restrictions", |item| {
            described(item, "domestic_vehicle_restriction_code", "domestic_vehicle_restriction_description")
        })?;
        let endorsements = conditions(line, "domestic_vehicle_endorsements", |item| {
            described(item, "domestic_vehicle_endorsement_code", "domestic_vehicle_endorsement_description")
        })?;
        let privilege = match line.get_text("domestic_vehicle_class") {
            None => Privilege::default(),
            Some(class) => {
                class.as_map()?;
                Privilege {
                    code: text(class, "domestic_vehicle_class_code", CODE_MAX)??,
                    description: text(class, "domestic_vehicle_class_description", DESCRIPTION_MAX)?,
                    from: day(class, "issue_date")?,
                    until: day(class, "expiry_date")?,
                    ..Privilege::default()
                }
            }
        };
        Some(Privilege { restrictions, endorsements, ..privilege })
    })
}

fn lines(value: &Value, read: impl Fn(&Value) -> Option<Privilege>) -> Option<Vec<Privilege>> {
    let lines = value.as_array().filter(|lines| lines.len() <= LINES_MAX)?;
    lines.iter().map(|line| line.as_map().and_then(|_| read(line))).collect()
}

fn conditions(line: &Value, key: &str, read: impl Fn(&Value) -> Option<Condition>) -> Option<Vec<Condition>> {
    match line.get_text(key) {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(list) => list.as_array().filter(|list| list.len() <= CONDITIONS_MAX)?.iter().map(read).collect(),
    }
}

/// `{"code": tstr, ? "sign": tstr, ? "value": tstr}`.
fn iso_code(item: &Value) -> Option<Condition> {
    let (sign, value) = (text(item, "sign", CODE_MAX)?, text(item, "value", CODE_MAX)?);
    let value = match (sign, value) {
        (None, None) => None,
        (sign, value) => {
            let part = |part: Option<ShownText>| String::from(part.unwrap_or_default());
            Some(ShownText::new(&(part(sign) + &part(value)), 2 * CODE_MAX))
        }
    };
    Some(Condition { code: text(item, "code", CODE_MAX)??, description: None, value })
}

fn described(item: &Value, code: &str, description: &str) -> Option<Condition> {
    item.as_map()?;
    Some(Condition {
        code: text(item, code, CODE_MAX)?.unwrap_or_default(),
        description: text(item, description, DESCRIPTION_MAX)?,
        value: None,
    })
}

/// Reads an optional text; `None` if it is of another type. Spaces around it, which some states write, are no part of it.
fn text(map: &Value, key: &str, max: usize) -> Option<Option<ShownText>> {
    match map.get_text(key) {
        None => Some(None),
        Some(value) => value.as_text().map(|text| Some(ShownText::new(text.trim(), max))),
    }
}

/// Reads an optional day; `None` if it is of another type.
fn day(map: &Value, key: &str) -> Option<Option<Date>> {
    match map.get_text(key) {
        None | Some(Value::Null) => Some(None),
        Some(value) => value.as_date().or_else(|| value.as_time().map(|time| time.date_at(0))).map(Some),
    }
}
