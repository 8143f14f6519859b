//! The classes of a licence (准驾车型): which vehicles each covers, and until which age.
//!
//! [`CLASS_TABLE`] is closed: a class is never looked up through another one.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The source of a line of a domain table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Found in a public source.
    Public,
    /// General knowledge without a source.
    Knowledge,
    /// This project's own proposal.
    Proposal,
}

/// A class of vehicle on a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the words for each class are in the table and in the catalogue
pub enum Class {
    A1,
    A2,
    A3,
    B1,
    B2,
    C1,
    C2,
    C3,
    C4,
    C5,
    C6,
    D,
    E,
    F,
    M,
    N,
    P,
}

/// One line of the table of classes; ages are whole years.
#[derive(Debug, Clone, Copy)]
pub struct ClassRow {
    /// The class.
    pub class: Class,
    /// Its code on the licence.
    pub code: &'static str,
    /// The other classes of vehicle that it covers; do not chain lookups.
    pub also_drives: &'static [Class],
    /// The least age for an application.
    pub apply_from: u8,
    /// The greatest age for an application, if there is one.
    pub apply_until: Option<u8>,
    /// The age from which this vehicle may no longer be driven, if there is one.
    pub stops_at: Option<u8>,
    /// Where the line comes from.
    pub source: Source,
}

use Class::{A1, A2, A3, B1, B2, C1, C2, C3, C4, C5, C6, D, E, F, M, N, P};

const fn row(
    class: Class,
    code: &'static str,
    also_drives: &'static [Class],
    apply: (u8, Option<u8>),
    stops_at: Option<u8>,
) -> ClassRow {
    ClassRow {
        class,
        code,
        also_drives,
        apply_from: apply.0,
        apply_until: apply.1,
        stops_at,
        source: Source::Public,
    }
}

/// The classes of 机动车驾驶证申领和使用规定 (公安部令第162号) with the ages of 2025-01-01 \[S\].
pub const CLASS_TABLE: [ClassRow; 17] = [
    row(A1, "A1", &[A3, B1, B2, C1, C2, C3, C4, M], (22, Some(63)), Some(63)),
    row(A2, "A2", &[B1, B2, C1, C2, C3, C4, C6, M], (22, Some(63)), Some(63)),
    row(A3, "A3", &[C1, C2, C3, C4], (20, Some(63)), Some(63)),
    row(B1, "B1", &[C1, C2, C3, C4, M], (20, Some(63)), Some(63)),
    row(B2, "B2", &[C1, C2, C3, C4, M], (20, Some(63)), Some(63)),
    row(C1, "C1", &[C2, C3, C4], (18, None), None),
    row(C2, "C2", &[], (18, None), None),
    row(C3, "C3", &[C4], (18, Some(63)), Some(70)),
    row(C4, "C4", &[], (18, Some(63)), Some(70)),
    row(C5, "C5", &[], (18, None), None),
    row(C6, "C6", &[], (20, Some(70)), Some(70)),
    row(D, "D", &[E, F], (18, Some(70)), Some(70)),
    row(E, "E", &[F], (18, Some(70)), Some(70)),
    row(F, "F", &[], (18, None), None),
    row(M, "M", &[], (18, Some(63)), Some(63)),
    row(N, "N", &[], (20, Some(63)), Some(63)),
    row(P, "P", &[], (20, Some(63)), Some(63)),
];

/// The kind of novice year that a class starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum NoviceKind {
    /// Everything but motorcycles.
    Car,
    /// D, E and F.
    Motorcycle,
}

/// Whether a held class covers a vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// The table says yes.
    Yes,
    /// The table says no.
    No,
    /// The sources disagree (a C5 car driven with another car class).
    Disputed,
}

impl Class {
    /// Every class, in the order of the table.
    pub const ALL: [Class; 17] = [A1, A2, A3, B1, B2, C1, C2, C3, C4, C5, C6, D, E, F, M, N, P];

    /// Returns the line of the table for this class.
    pub fn row(self) -> &'static ClassRow {
        // `CLASS_TABLE` has the order of the enum; a test checks it.
        CLASS_TABLE.get(self as usize).unwrap_or(&CLASS_TABLE[0])
    }

    /// Returns the code on the licence.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Returns the class with this code; codes such as "A4" or "B6" do not exist.
    pub fn from_code(code: &str) -> Option<Class> {
        CLASS_TABLE.iter().find(|row| row.code == code).map(|row| row.class)
    }

    /// Whether this class covers a vehicle of class `vehicle`, regardless of age and status.
    pub fn covers(self, vehicle: Class) -> Cover {
        if self == vehicle || self.row().also_drives.contains(&vehicle) {
            Cover::Yes
        } else if vehicle == C5 && matches!(self.covers(C2), Cover::Yes) {
            Cover::Disputed
        } else {
            Cover::No
        }
    }

    /// Returns the class that covers this vehicle with a trailer: only A2 and C6 tow. `None` if no class does.
    pub fn with_trailer(self) -> Option<Class> {
        match self {
            C1 | C2 | C6 => Some(C6),
            A2 | B2 => Some(A2),
            _ => None,
        }
    }

    /// Returns the kind of novice year that this class starts.
    pub(crate) fn novice_kind(self) -> NoviceKind {
        match self {
            D | E | F => NoviceKind::Motorcycle,
            _ => NoviceKind::Car,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a string of classes is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClassesError {
    /// No class at all.
    Empty,
    /// A token is not a class of the table.
    Unknown {
        /// Where the token begins, in bytes.
        at: usize,
    },
    /// The same class twice.
    Twice(Class),
}

/// Parses the string on a licence, such as "A2E" or "C1D".
pub fn parse_classes(text: &str) -> Result<Vec<Class>, ClassesError> {
    let mut classes = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        // A code is a letter and, for A, B and C, a digit; no code is a prefix of another.
        let found = CLASS_TABLE.iter().find(|row| rest.starts_with(row.code));
        let row = found.ok_or(ClassesError::Unknown { at })?;
        if classes.contains(&row.class) {
            return Err(ClassesError::Twice(row.class));
        }
        classes.push(row.class);
        rest = rest.strip_prefix(row.code).unwrap_or_default();
    }
    if classes.is_empty() { Err(ClassesError::Empty) } else { Ok(classes) }
}

/// Joins classes into the string on a licence.
pub fn format_classes(classes: impl IntoIterator<Item = Class>) -> String {
    classes.into_iter().map(Class::code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_enum() {
        for (row, class) in CLASS_TABLE.iter().zip(Class::ALL) {
            assert_eq!(row.class, class);
            assert_eq!(class.row().class, class);
            assert_eq!(Class::from_code(row.code), Some(class));
        }
    }

    #[test]
    fn table_is_closed() {
        // Whatever a covered class covers, the class covers itself: the table is closed.
        for row in &CLASS_TABLE {
            for driven in row.also_drives {
                for further in driven.row().also_drives {
                    assert_eq!(row.class.covers(*further), Cover::Yes, "{} {further}", row.class);
                }
            }
        }
    }

    #[test]
    fn who_drives_what() {
        let drivers = |vehicle: Class| {
            format_classes(Class::ALL.into_iter().filter(move |held| held.covers(vehicle) == Cover::Yes))
        };
        assert_eq!(drivers(A1), "A1");
        assert_eq!(drivers(A2), "A2");
        assert_eq!(drivers(A3), "A1A3");
        assert_eq!(drivers(B1), "A1A2B1");
        assert_eq!(drivers(B2), "A1A2B2");
        assert_eq!(drivers(C1), "A1A2A3B1B2C1");
        assert_eq!(drivers(C2), "A1A2A3B1B2C1C2");
        assert_eq!(drivers(C3), "A1A2A3B1B2C1C3");
        assert_eq!(drivers(C4), "A1A2A3B1B2C1C3C4");
        assert_eq!(drivers(C5), "C5");
        assert_eq!(drivers(C6), "A2C6");
        assert_eq!(drivers(D), "D");
        assert_eq!(drivers(E), "DE");
        assert_eq!(drivers(F), "DEF");
        assert_eq!(drivers(M), "A1A2B1B2M");
        assert_eq!(drivers(N), "N");
        assert_eq!(drivers(P), "P");
    }

    #[test]
    fn adapted_car_is_disputed_for_drivers_of_cars_only() {
        assert_eq!(C1.covers(C5), Cover::Disputed);
        assert_eq!(C2.covers(C5), Cover::Disputed);
        assert_eq!(D.covers(C5), Cover::No);
        assert_eq!(C5.covers(C5), Cover::Yes);
        assert_eq!(C5.covers(C2), Cover::No);
    }

    #[test]
    fn ages_of_the_table() {
        let stops: Vec<_> = CLASS_TABLE.iter().map(|row| row.stops_at).collect();
        let (some63, some70) = (Some(63), Some(70));
        assert_eq!(
            stops,
            [
                some63, some63, some63, some63, some63, None, None, some70, some70, None, some70, some70,
                some70, None, some63, some63, some63
            ]
        );
        let from: Vec<_> = CLASS_TABLE.iter().map(|row| row.apply_from).collect();
        assert_eq!(from, [22, 22, 20, 20, 20, 18, 18, 18, 18, 18, 20, 18, 18, 18, 18, 20, 20]);
    }

    #[test]
    fn concatenated_classes() {
        assert_eq!(parse_classes("A2E"), Ok(vec![A2, E]));
        assert_eq!(parse_classes("C1D"), Ok(vec![C1, D]));
        assert_eq!(parse_classes("A1A2DM"), Ok(vec![A1, A2, D, M]));
        assert_eq!(parse_classes("A4"), Err(ClassesError::Unknown { at: 0 }));
        assert_eq!(parse_classes("C1B6"), Err(ClassesError::Unknown { at: 2 }));
        assert_eq!(parse_classes("C1C1"), Err(ClassesError::Twice(C1)));
        assert_eq!(parse_classes("c1"), Err(ClassesError::Unknown { at: 0 }));
        assert_eq!(parse_classes("C1 D"), Err(ClassesError::Unknown { at: 2 }));
        assert_eq!(parse_classes("C"), Err(ClassesError::Unknown { at: 0 }));
        assert_eq!(parse_classes("C1大"), Err(ClassesError::Unknown { at: 2 }));
        assert_eq!(parse_classes(""), Err(ClassesError::Empty));
        for row in &CLASS_TABLE {
            assert_eq!(parse_classes(row.code), Ok(vec![row.class]));
        }
    }

    #[test]
    fn only_a2_and_c6_tow() {
        let towing: Vec<_> = Class::ALL.iter().filter_map(|class| class.with_trailer()).collect();
        assert!(towing.iter().all(|class| matches!(class, A2 | C6)));
        assert_eq!(A1.with_trailer(), None);
        assert_eq!(D.with_trailer(), None);
    }
}
