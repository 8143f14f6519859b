//! The licence's own validity: the whole of its expiry day in Shanghai, or 长期.
//!
//! It is another thing than the life of the signed copy (the MSO), and has other words.

use cbor::Date;

use crate::elements::LicenceFields;

/// Renewal may begin this many days before the end \[S\].
pub const RENEWAL_DAYS: i32 = 90;

/// The last valid day as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// 长期: expiry_date is the next statutory event and ends nothing.
    LongTerm,
    /// Valid through this day.
    On(Date),
    /// Neither was shown.
    Unknown,
}

/// When the licence ends.
pub fn end(fields: &LicenceFields) -> End {
    match (fields.long_term, fields.expiry_date) {
        (Some(true), _) => End::LongTerm,
        (_, Some(date)) => End::On(date),
        (_, None) => End::Unknown,
    }
}

/// Days until the last valid day; None with 长期 and where it is not known.
pub fn days_left(fields: &LicenceFields, on: Date) -> Option<i32> {
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
        let fields = LicenceFields {
            expiry_date: Some(date("2026-03-01")),
            long_term: Some(false),
            ..Default::default()
        };
        assert_eq!(days_left(&fields, date("2026-02-01")), Some(28));
        let fields = LicenceFields {
            expiry_date: Some(date("2020-01-01")),
            long_term: Some(true),
            ..Default::default()
        };
        assert_eq!(days_left(&fields, date("2026-02-01")), None);
    }
}
