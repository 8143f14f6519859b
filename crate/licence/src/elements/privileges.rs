//! Chinese classes as `driving_privileges` of ISO/IEC 18013-5, 7.2.4.
//!
//! The letters collide (C1 is a car in China and a medium truck in ISO), so a class is mapped to the categories
//! that it covers completely. Vehicles without an ISO category (city bus, low-speed truck, machinery, trolleybus,
//! tram) are in the domestic namespace only.

use cbor::Date;
use cbor::Value;

use crate::class::Class;
use crate::novice::HeldClass;

/// A restriction within a category (ISO/IEC 18013-2, annex A; 35 as in the European list).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RestrictionCode {
    /// 78: automatic transmission only.
    Automatic,
    /// 35: modified control layouts.
    Adapted,
}

impl RestrictionCode {
    /// Returns the text as written.
    pub(crate) fn code(self) -> &'static str {
        match self {
            RestrictionCode::Automatic => "78",
            RestrictionCode::Adapted => "35",
        }
    }
}

use RestrictionCode::{Adapted, Automatic};

/// The ISO categories of each class \[P\].
const MAPPING: [(Class, &[&str], &[RestrictionCode]); 17] = [
    (Class::A1, &["D", "C", "D1", "B"], &[]),
    (Class::A2, &["CE", "C", "D1", "B"], &[]),
    (Class::A3, &["B"], &[]),
    // Neither class covers the other's vehicle, so B1 does not include C, nor B2 D1.
    (Class::B1, &["D1", "B"], &[]),
    (Class::B2, &["C", "B"], &[]),
    (Class::C1, &["B"], &[]),
    (Class::C2, &["B"], &[Automatic]),
    (Class::C3, &[], &[]),
    (Class::C4, &[], &[]),
    (Class::C5, &["B"], &[Automatic, Adapted]),
    (Class::C6, &["BE"], &[]),
    (Class::D, &["A"], &[]),
    (Class::E, &["A"], &[]),
    (Class::F, &["AM"], &[]),
    (Class::M, &[], &[]),
    (Class::N, &[], &[]),
    (Class::P, &[], &[]),
];

/// One line of `driving_privileges`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Privilege {
    /// `vehicle_category_code`.
    pub category: &'static str,
    /// The first day.
    pub issue_date: Date,
    /// `codes`.
    pub codes: &'static [RestrictionCode],
}

/// Returns the ISO privileges of the held classes: each category once, with the fewest restrictions, then the earliest.
pub(crate) fn privileges(classes: &[HeldClass]) -> Vec<Privilege> {
    let mut lines: Vec<Privilege> = Vec::new();
    for held in classes {
        let Some((_, categories, codes)) = MAPPING.iter().find(|line| line.0 == held.class) else {
            continue;
        };
        for category in *categories {
            let line = Privilege { category, issue_date: held.from, codes };
            match lines.iter_mut().find(|have| have.category == *category) {
                None => lines.push(line),
                Some(have) => {
                    let rank = |line: &Privilege| (line.codes.len(), line.issue_date);
                    if rank(&line) < rank(have) {
                        *have = line;
                    }
                }
            }
        }
    }
    lines
}

/// Encodes `driving_privileges`, with the licence's end if it has one.
pub(super) fn encode(classes: &[HeldClass], expiry_date: Option<Date>) -> Value {
    Value::array(privileges(classes).into_iter().map(|line| {
        let mut map = vec![
            ("vehicle_category_code", Value::text(line.category)),
            ("issue_date", Value::date(line.issue_date)),
        ];
        if let Some(date) = expiry_date {
            map.push(("expiry_date", Value::date(date)));
        }
        if !line.codes.is_empty() {
            let codes = line.codes.iter().map(|code| Value::map([("code", Value::text(code.code()))]));
            map.push(("codes", Value::array(codes)));
        }
        Value::map(map)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::Cover;

    fn held(class: Class, from: &str) -> HeldClass {
        HeldClass { class, from: Date::parse(from).unwrap() }
    }

    fn categories(class: Class) -> String {
        let lines = privileges(&[held(class, "2020-01-01")]);
        let texts: Vec<String> = lines
            .iter()
            .map(|line| {
                line.codes.iter().fold(line.category.to_owned(), |text, code| text + "." + code.code())
            })
            .collect();
        texts.join(" ")
    }

    #[test]
    fn each_class() {
        let expected = [
            (Class::A1, "D C D1 B"),
            (Class::A2, "CE C D1 B"),
            (Class::A3, "B"),
            (Class::B1, "D1 B"),
            (Class::B2, "C B"),
            (Class::C1, "B"),
            (Class::C2, "B.78"),
            (Class::C3, ""),
            (Class::C4, ""),
            (Class::C5, "B.78.35"),
            (Class::C6, "BE"),
            (Class::D, "A"),
            (Class::E, "A"),
            (Class::F, "AM"),
            (Class::M, ""),
            (Class::N, ""),
            (Class::P, ""),
        ];
        for (class, text) in expected {
            assert_eq!(categories(class), text, "{class}");
        }
    }

    #[test]
    fn never_more_than_the_class_drives() {
        let needs =
            [("D", Class::A1), ("CE", Class::A2), ("D1", Class::B1), ("C", Class::B2), ("BE", Class::C6)];
        for (class, mapped, _) in MAPPING {
            for (category, vehicle) in needs {
                if mapped.contains(&category) {
                    assert_eq!(class.covers(vehicle), Cover::Yes, "{class} {category}");
                }
            }
        }
    }

    #[test]
    fn a_category_is_named_once_the_freest_first() {
        let lines = privileges(&[held(Class::C2, "2010-01-01"), held(Class::C1, "2020-01-01")]);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].codes, []);
        assert_eq!(lines[0].issue_date, Date::parse("2020-01-01").unwrap());
        let lines = privileges(&[held(Class::B2, "2021-01-01"), held(Class::C1, "2011-01-01")]);
        let b = lines.iter().find(|line| line.category == "B").unwrap();
        assert_eq!(b.issue_date, Date::parse("2011-01-01").unwrap());
    }
}
