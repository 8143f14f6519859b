//! The licence's own validity: the whole of its expiry day in Shanghai, or 长期.
//!
//! It is another thing than the life of the signed copy (the MSO), and has other words.

use mdoc::time::Date;

use crate::check::{Check, State};
use crate::elements::LicenceFields;
use crate::message::Arg;

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

/// Whether the licence is valid on a day; 注销 is never inferred from it.
pub fn check(fields: &LicenceFields, on: Date) -> Check {
    if let Some(start) = fields.issue_date.filter(|start| on < *start) {
        return Check::new(State::Fail, "licence-not-yet", [("date", Arg::Date(start))]);
    }
    match end(fields) {
        End::LongTerm => Check::new(State::Pass, "licence-long-term", []),
        End::On(date) if on <= date => {
            Check::new(State::Pass, "licence-current", [("date", Arg::Date(date))])
        }
        End::On(date) => Check::new(State::Fail, "licence-expired", [("date", Arg::Date(date))]),
        End::Unknown => Check::new(State::Undetermined, "validity-missing", []),
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
    use mdoc::time::Timestamp;

    use super::*;
    use crate::calendar::shanghai_day;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn valid_through_the_whole_expiry_day_in_shanghai() {
        let fields = LicenceFields {
            expiry_date: Some(date("2026-03-01")),
            long_term: Some(false),
            ..Default::default()
        };
        let last = Timestamp::parse_tdate("2026-03-01T15:59:59Z").unwrap();
        assert_eq!(check(&fields, shanghai_day(last)).code, "licence-current");
        let after = check(&fields, shanghai_day(last.plus_seconds(1)));
        assert_eq!((after.state, after.code.as_ref()), (State::Fail, "licence-expired"));
        assert_eq!(days_left(&fields, date("2026-02-01")), Some(28));
    }

    #[test]
    fn long_term_never_fails_by_its_date() {
        let fields = LicenceFields {
            expiry_date: Some(date("2020-01-01")),
            long_term: Some(true),
            ..Default::default()
        };
        assert_eq!(check(&fields, date("2099-01-01")).code, "licence-long-term");
        assert_eq!(days_left(&fields, date("2026-02-01")), None);
    }

    #[test]
    fn unknown_and_not_yet() {
        let nothing = check(&LicenceFields::default(), date("2026-01-01"));
        assert_eq!((nothing.state, nothing.code.as_ref()), (State::Undetermined, "validity-missing"));
        let not_long = LicenceFields { long_term: Some(false), ..Default::default() };
        assert_eq!(check(&not_long, date("2026-01-01")).code, "validity-missing");
        let later = LicenceFields {
            issue_date: Some(date("2026-01-02")),
            expiry_date: Some(date("2032-01-02")),
            ..Default::default()
        };
        assert_eq!(check(&later, date("2026-01-01")).code, "licence-not-yet");
        assert_eq!(check(&later, date("2026-01-02")).code, "licence-current");
    }
}
