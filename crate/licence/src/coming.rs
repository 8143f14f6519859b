//! What comes: the days on which a holder has something to do, or something ends.
//!
//! By sections 5 and 6 of the project's `docs/licence.md`. Days are those of Shanghai, and both ends of a term count. A year
//! that begins on 29 February ends in other years with 28 February, and the next begins on 1 March (民法典, article 202).

use cbor::Date;

use crate::calendar::completed_years;
use crate::class::Class;
use crate::facts::Facts;
use crate::validity::{End, RENEWAL_DAYS, end};

/// From this age a medical is due every year \[S\].
pub const MEDICAL_AGE: i32 = 70;
/// Days within which a medical is handed in, from the end of the cycle \[S\].
pub const MEDICAL_DAYS: i32 = 30;
/// Years in which the medical of a C5 holder is due \[K\].
const ADAPTED_YEARS: i32 = 3;
/// Years that are looked ahead.
const AHEAD: i32 = 10;

/// What comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The licence can be renewed, until it ends.
    Renewal,
    /// The licence ended; it can be renewed until it is cancelled, a year after.
    RenewalLate,
    /// The medical of a year from 70.
    Medical,
    /// The medical of a holder of C5.
    MedicalAdapted,
    /// The last day of the novice year of cars.
    NoviceCar,
    /// The last day of the novice year of motorcycles.
    NoviceMotorcycle,
    /// The photo can be replaced again.
    Photo,
    /// These classes end with this age.
    StopAge {
        /// The age.
        age: u8,
        /// The classes that are held and end.
        classes: Vec<Class>,
    },
    /// These classes end with the extension past their stop age.
    StopAgeExtended {
        /// The classes that are held and end.
        classes: Vec<Class>,
    },
    /// An extension of renewal, medical or verification ends (N, P, T).
    Extension,
}

impl What {
    /// Returns its name in kebab case; the texts for people are `coming.<name>` and `coming.<name>.next`.
    pub const fn name(&self) -> &'static str {
        match self {
            What::Renewal => "renewal",
            What::RenewalLate => "renewal-late",
            What::Medical => "medical",
            What::MedicalAdapted => "medical-adapted",
            What::NoviceCar => "novice-car",
            What::NoviceMotorcycle => "novice-motorcycle",
            What::Photo => "photo",
            What::StopAge { .. } => "stop-age",
            What::StopAgeExtended { .. } => "stop-age-extended",
            What::Extension => "extension",
        }
    }

    /// Returns the classes that it is about.
    pub fn classes(&self) -> &[Class] {
        match self {
            What::StopAge { classes, .. } | What::StopAgeExtended { classes } => classes,
            _ => &[],
        }
    }
}

/// Something that comes, with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// What it is.
    pub what: What,
    /// The first day: from when something can be done, or the day on which it happens.
    pub from: Date,
    /// The last day, of what has a term.
    pub until: Option<Date>,
}

impl Coming {
    fn on(what: What, day: Date) -> Self {
        Self { what, from: day, until: None }
    }

    fn within(what: What, from: Date, until: Date) -> Self {
        Self { what, from, until: Some(until) }
    }

    /// Whether it can be done on `day`.
    pub fn is_open(&self, day: Date) -> bool {
        self.from <= day && self.until.is_some_and(|until| day <= until)
    }

    /// Returns the day that counts on `day`: the first one, or of a term that runs the last one.
    pub fn next_day(&self, day: Date) -> Date {
        if self.from < day { self.until.unwrap_or(self.from) } else { self.from }
    }
}

/// Returns what comes from `today` on, in the order of its days. `photo_from` is the day from which the photo can be
/// replaced. Nothing is listed that begins more than ten years ahead.
pub fn coming(facts: &Facts, photo_from: Option<Date>, today: Date) -> Vec<Coming> {
    let mut all = Vec::new();
    all.extend(renewal(facts, today));
    all.extend(medical(facts, today));
    all.extend(stop_ages(facts));
    if let Some(novice) = facts.novice_until {
        all.extend(novice.car.map(|last| Coming::on(What::NoviceCar, last)));
        all.extend(novice.motorcycle.map(|last| Coming::on(What::NoviceMotorcycle, last)));
    }
    let extended = facts.status.as_ref().and_then(|status| status.until);
    all.extend(extended.map(|last| Coming::on(What::Extension, last)));
    all.extend(photo_from.map(|from| Coming::on(What::Photo, from)));
    let last = today.plus_years(AHEAD);
    all.retain(|coming| today <= coming.until.unwrap_or(coming.from) && coming.from <= last);
    all.sort_by_key(|coming| coming.next_day(today));
    all
}

fn renewal(facts: &Facts, today: Date) -> Option<Coming> {
    let End::On(last) = end(facts) else {
        return None;
    };
    Some(if today <= last {
        Coming::within(What::Renewal, last.plus_days(-RENEWAL_DAYS), last)
    } else {
        // More than one year overdue: the authority cancels it.
        Coming::within(What::RenewalLate, last.plus_days(1), last.plus_years(1))
    })
}

/// The next medical whose days are not over: they begin when a cycle of 12 months from the first issue ended.
fn medical(facts: &Facts, today: Date) -> Option<Coming> {
    let first = facts.first_issue_date?;
    let adapted = facts.classes.iter().flat_map(|held| &held.known).any(|held| held.class == Class::C5);
    let begins = completed_years(first, today).max(1);
    (begins..=begins + AHEAD + 1).find_map(|year| {
        let from = anniversary(first, year);
        let until = from.plus_days(MEDICAL_DAYS - 1);
        let aged =
            facts.birth_date.is_some_and(|birth| completed_years(birth, from.plus_days(-1)) >= MEDICAL_AGE);
        let what = match (aged, adapted && year % ADAPTED_YEARS == 0) {
            (true, _) => What::Medical,
            (false, true) => What::MedicalAdapted,
            (false, false) => return None,
        };
        (today <= until).then(|| Coming::within(what, from, until))
    })
}

/// The days on which held classes end, those of one day together.
fn stop_ages(facts: &Facts) -> Vec<Coming> {
    let Some(birth) = facts.birth_date else {
        return Vec::new();
    };
    let extended = facts.extended_until.and_then(|extension| extension.until);
    let mut all: Vec<Coming> = Vec::new();
    for class in facts.classes.iter().flat_map(|held| &held.known).map(|held| held.class) {
        let Some(age) = class.row().stops_at else {
            continue;
        };
        let birthday = anniversary(birth, i32::from(age));
        // Only A and B classes are extended.
        let last = extended.filter(|last| class.code().starts_with(['A', 'B']) && *last >= birthday);
        let (what, day) = match last {
            Some(last) => (What::StopAgeExtended { classes: Vec::new() }, last),
            None => (What::StopAge { age, classes: Vec::new() }, birthday),
        };
        let known = all.iter().position(|coming| coming.from == day && coming.what.name() == what.name());
        let index = known.unwrap_or(all.len());
        if known.is_none() {
            all.push(Coming::on(what, day));
        }
        if let Some(What::StopAge { classes, .. } | What::StopAgeExtended { classes }) =
            all.get_mut(index).map(|coming| &mut coming.what)
            && !classes.contains(&class)
        {
            classes.push(class);
        }
    }
    all
}

/// The first day of the year that begins after so many: a birthday, or the day after a cycle.
fn anniversary(first: Date, years: i32) -> Date {
    let day = first.plus_years(years);
    if day.day() == first.day() { day } else { day.plus_days(1) }
}

#[cfg(test)]
mod tests;
