//! Layer 5: the rules of the four purposes of the pages, with their default columns \[P\].
//!
//! Each rule gives a check with its reason; a purpose is the list of its rules. An element that the
//! purpose shows and that is missing leaves a doubt, one that it does not show is only noted.

pub mod drive;
mod listed;
mod rules;
mod standing;
mod validity;

use cbor::{Date, Timestamp};

use self::drive::Vehicle;
use crate::check::{Check, State};
use crate::message::{Arg, Message};
use crate::purpose::{Purpose, Terms};
use licence::calendar::shanghai_day;
use licence::elements::{LicenceFields, id};
use licence::view::PortraitState;

pub use listed::Listed;
pub(crate) use listed::{agree as letters_agree, judge as judge_status};
pub use rules::{MIN_YEARS_HELD, POINT_BANDS};
pub use standing::{StatusDemand, status_age, status_check, status_demand, status_max_age_seconds};
pub use validity::validity_check;

/// The checks of layer 5; a list that decides on the status does so here too.
pub fn judge(
    fields: &LicenceFields,
    portrait: PortraitState,
    listed: Listed,
    terms: &Terms,
    now: Timestamp,
) -> Vec<Check> {
    let vehicle = Vehicle { class: terms.vehicle, trailer: terms.trailer };
    let mut checks = match terms.purpose {
        Purpose::Roadside => roadside(fields, vehicle, listed, shanghai_day(now)),
        Purpose::Rental => rental(fields, vehicle, listed, terms),
        Purpose::Insurance => insurance(fields, vehicle, listed, terms),
        Purpose::AgeOnly => vec![rules::age(fields, terms.age_at_least)],
        Purpose::None => return Vec::new(),
    };
    checks.extend(missing(fields, portrait, terms.purpose, &checks));
    if matches!(terms.purpose, Purpose::Rental | Purpose::Insurance) {
        // There is no booking and no proposal to compare the holder with yet.
        checks.push(Check::new(State::NotAsked, "holder-not-compared", []));
    }
    checks
}

fn roadside(fields: &LicenceFields, vehicle: Vehicle, listed: Listed, today: Date) -> Vec<Check> {
    let mut checks = drive::but_for_status(fields, vehicle, today);
    checks.push(listed.rule().unwrap_or_else(|| status_check(fields.status.as_ref(), today)));
    checks.extend(fields.points.map(|points| rules::points_below_full(points, State::Undetermined)));
    checks
}

fn rental(fields: &LicenceFields, vehicle: Vehicle, listed: Listed, terms: &Terms) -> Vec<Check> {
    // Whoever starts inside the stop age must still be inside it on the day of return.
    let mut checks = vec![rules::age(fields, terms.age_at_least)];
    checks.extend(drive::class_checks(fields, vehicle, terms.from));
    checks.extend(drive::stop_age_checks(fields, vehicle, terms.until));
    checks.extend(rules::years_held(fields, vehicle, terms.from, Some(MIN_YEARS_HELD)));
    checks.extend(drive::novice_check(fields, vehicle, terms.from));
    checks.extend(rules::term(fields, terms.until));
    checks.extend(rules::status_set(fields, listed, terms.until));
    // Rental does not show points: 12 of them is what letter B says. Where shown, they count.
    checks.extend(fields.points.map(|points| rules::points_below_full(points, State::Fail)));
    checks
}

fn insurance(fields: &LicenceFields, vehicle: Vehicle, listed: Listed, terms: &Terms) -> Vec<Check> {
    let mut checks = Vec::new();
    checks.extend(rules::birth_year(fields, terms.from));
    checks.extend(drive::class_checks(fields, vehicle, terms.from));
    checks.extend(drive::stop_age_checks(fields, vehicle, terms.from));
    checks.extend(rules::years_held(fields, vehicle, terms.from, None));
    checks.extend(drive::novice_check(fields, vehicle, terms.from));
    checks.extend(rules::term(fields, terms.from));
    checks.extend(rules::status_set(fields, listed, terms.from));
    checks.extend(fields.points.map(rules::points_band));
    checks
}

/// One doubt for each element that the purpose shows and that is not there or not of its type.
fn missing(fields: &LicenceFields, portrait: PortraitState, purpose: Purpose, made: &[Check]) -> Vec<Check> {
    let has = |code: &str| made.iter().any(|check| check.code == code);
    let mut checks = Vec::new();
    for (_, element) in purpose.all_elements() {
        let code = match *element {
            // These say it with their own words.
            id::PORTRAIT_SMALL => {
                match portrait {
                    PortraitState::Shown => {}
                    PortraitState::NotShown if purpose.portrait_is_optional() => {
                        checks.push(Check::new(State::Undetermined, "portrait-left-out", []));
                    }
                    PortraitState::NotShown => {
                        checks.push(Check::of_element(State::Undetermined, "element-missing", element));
                    }
                    PortraitState::Unreadable => {
                        checks.push(Check::new(State::Undetermined, "portrait-unreadable", []));
                    }
                }
                continue;
            }
            id::AGE_OVER_18 | id::AGE_OVER_21 | id::AGE_OVER_25 if has("age-unknown") => {
                continue;
            }
            // Where the age alone is asked, another answer that tells is as good.
            id::AGE_OVER_18
                if purpose == Purpose::AgeOnly
                    && has("age-reached")
                    && !fields.shown.iter().any(|id| id == element) =>
            {
                continue;
            }
            id::STATUS_LETTERS if has("status-missing") => continue,
            id::CLASSES if fields.classes.is_none() && has("class-unreadable") => continue,
            id::EXPIRY_DATE if fields.long_term == Some(true) && !fields.is_malformed(element) => continue,
            element if fields.is_malformed(element) => "element-malformed",
            element if !fields.has(element) => "element-missing",
            _ => continue,
        };
        let check = Check::of_element(State::Undetermined, code, element);
        if !made.contains(&check) {
            checks.push(check);
        }
    }
    checks
}

/// What is worth a word and changes no colour: more than was asked, an odd number.
pub fn notes(fields: &LicenceFields, purpose: Purpose) -> Vec<Message> {
    let mut notes = Vec::new();
    let asked = |shown: &&String| !purpose.all_elements().iter().any(|(_, id)| id == shown);
    let more = fields.shown.iter().filter(asked).count() + fields.foreign;
    // Where nothing was asked, nothing is more than that.
    if more > 0 && purpose != Purpose::None {
        let count = i64::try_from(more).unwrap_or(i64::MAX);
        notes.push(Message::new("note.over-disclosure", [("count", Arg::Number(count))]));
    }
    if let Some(number) = &fields.document_number {
        let warnings = licence::number::check_licence_number(number.as_str(), fields.birth_date, fields.sex);
        for warning in warnings {
            notes.extend(crate::codes::find(warning.code()).map(|info| Message::plain(info.key)));
        }
    }
    notes
}

#[cfg(test)]
mod tests;
