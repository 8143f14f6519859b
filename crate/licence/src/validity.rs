//! The licence's own validity: the whole of its expiry day in Shanghai, or 长期.
//!
//! It is not the validity of the signed copy (the MSO), and has other sentences.

use cbor::Date;

use crate::facts::Facts;

/// Renewal may begin this many days before the end \[S\].
pub const RENEWAL_DAYS: i32 = 90;

/// The last valid day, as far as it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// 长期: `expiry_date` is the next statutory event and not an end.
    LongTerm,
    /// Valid through this day.
    On(Date),
    /// Neither element was shown.
    Unknown,
}

/// Returns when the licence ends.
pub fn end(fields: &Facts) -> End {
    match (fields.long_term, fields.expiry_date) {
        (Some(true), _) => End::LongTerm,
        (_, Some(date)) => End::On(date),
        (_, None) => End::Unknown,
    }
}

/// Returns the days until the last valid day; `None` for 长期 and if it is unknown.
pub fn days_left(fields: &Facts, on: Date) -> Option<i32> {
    match end(fields) {
        End::On(date) => Some(date.days() - on.days()),
        End::LongTerm | End::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn days_left_end_with_the_expiry_day_and_never_with_a_long_term() {
        let fields =
            Facts { expiry_date: Some(date("2026-03-01")), long_term: Some(false), ..Default::default() };
        assert_eq!(days_left(&fields, date("2026-02-01")), Some(28));
        let fields =
            Facts { expiry_date: Some(date("2020-01-01")), long_term: Some(true), ..Default::default() };
        assert_eq!(days_left(&fields, date("2026-02-01")), None);
    }
}
