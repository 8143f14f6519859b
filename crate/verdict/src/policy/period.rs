//! From which day to which day a vehicle is to be driven, and what is held then.

use cbor::Date;
use licence::Privilege;

/// The first and the last day of driving.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    /// The first day.
    pub(super) from: Date,
    /// The last day.
    pub(super) through: Date,
}

/// Returns the lines that have begun on the first day and last through the last.
pub(super) fn current<'a>(
    lines: impl IntoIterator<Item = &'a Privilege>,
    period: Period,
) -> impl Iterator<Item = &'a Privilege> {
    let begun = move |line: &&Privilege| line.from.is_none_or(|from| from <= period.from);
    let lasts = move |line: &&Privilege| line.until.is_none_or(|until| period.through <= until);
    lines.into_iter().filter(begun).filter(lasts)
}
