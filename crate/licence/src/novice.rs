//! The novice year (实习期) \[S\]: 12 months from the first car class and, separately, from the first motorcycle
//! class. A class held before is not affected.

use cbor::Date;
use serde::{Deserialize, Serialize};

use crate::class::{Class, NoviceKind};

/// Months of a novice year.
pub(crate) const NOVICE_MONTHS: i32 = 12;

/// A held class with its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldClass {
    /// The class.
    pub class: Class,
    /// The first day.
    pub from: Date,
}

/// The last day of each novice year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NoviceUntil {
    /// Of the first car class.
    pub car: Option<Date>,
    /// Of the first motorcycle class.
    pub motorcycle: Option<Date>,
}

impl NoviceUntil {
    /// Returns the novice years of a holder whose first classes of each kind are among `classes`.
    ///
    /// A term of months ends with the day of the same number, inclusive, or with the last day of a shorter
    /// month (民法典, article 202).
    pub fn from_classes(classes: &[HeldClass]) -> NoviceUntil {
        let end = |kind: NoviceKind| {
            let held = classes.iter().filter(|held| held.class.novice_kind() == kind);
            held.map(|held| held.from).min().map(|first| first.plus_months(NOVICE_MONTHS))
        };
        NoviceUntil { car: end(NoviceKind::Car), motorcycle: end(NoviceKind::Motorcycle) }
    }

    /// Returns the last day of the novice year for vehicles of this class.
    pub fn of(&self, vehicle: Class) -> Option<Date> {
        match vehicle.novice_kind() {
            NoviceKind::Car => self.car,
            NoviceKind::Motorcycle => self.motorcycle,
        }
    }

    /// Whether a driver of this vehicle is a novice on this day.
    pub fn is_novice(&self, vehicle: Class, on: Date) -> bool {
        self.of(vehicle).is_some_and(|last| on <= last)
    }

    /// Returns the novice years that are not over on `day`; the others need not be signed.
    pub fn still_running(&self, day: Date) -> NoviceUntil {
        let running = |last: &Date| day <= *last;
        NoviceUntil { car: self.car.filter(running), motorcycle: self.motorcycle.filter(running) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn held(class: Class, from: &str) -> HeldClass {
        HeldClass { class, from: date(from) }
    }

    #[test]
    fn twelve_months_from_the_first_car_class() {
        let novice = NoviceUntil::from_classes(&[held(Class::C2, "2026-03-10")]);
        assert!(novice.is_novice(Class::C2, date("2027-03-10")));
        assert!(!novice.is_novice(Class::C2, date("2027-03-11")));
        assert_eq!(novice.motorcycle, None);
    }

    #[test]
    fn a_later_class_starts_no_new_year() {
        let novice =
            NoviceUntil::from_classes(&[held(Class::A2, "2026-06-01"), held(Class::C1, "2015-06-01")]);
        assert_eq!(novice.car, Some(date("2016-06-01")));
    }

    #[test]
    fn motorcycles_count_apart_and_leave_older_classes_alone() {
        let novice =
            NoviceUntil::from_classes(&[held(Class::C1, "2015-06-01"), held(Class::E, "2026-06-01")]);
        let on = date("2026-11-22");
        assert!(novice.is_novice(Class::E, on));
        assert!(novice.is_novice(Class::F, on));
        assert!(!novice.is_novice(Class::C1, on));
        assert_eq!(novice.still_running(on), NoviceUntil { car: None, motorcycle: Some(date("2027-06-01")) });
    }

    #[test]
    fn from_29_february() {
        let novice = NoviceUntil::from_classes(&[held(Class::C1, "2024-02-29")]);
        assert!(novice.is_novice(Class::C1, date("2025-02-28")));
        assert!(!novice.is_novice(Class::C1, date("2025-03-01")));
    }
}
