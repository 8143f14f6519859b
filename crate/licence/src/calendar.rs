//! Days and years of a licence: Asia/Shanghai, completed years.

use cbor::{Date, Timestamp};

/// Asia/Shanghai is ahead of UTC by this many seconds, all year.
pub const SHANGHAI_OFFSET_SECONDS: i32 = 8 * 3600;

/// Returns the calendar day in Shanghai at a time.
pub fn shanghai_day(moment: Timestamp) -> Date {
    moment.date_at(SHANGHAI_OFFSET_SECONDS)
}

/// Returns the completed years from `from` to `on`; negative if `on` is earlier.
///
/// In other than leap years somebody born on 29 February completes a year on 1 March: 28 February is still
/// part of the old year (民法典, article 202).
pub fn completed_years(from: Date, on: Date) -> i32 {
    let years = on.year() - from.year();
    if (on.month(), on.day()) < (from.month(), from.day()) { years - 1 } else { years }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn shanghai_midnight() {
        let last = Timestamp::parse_tdate("2026-03-01T15:59:59Z").unwrap();
        assert_eq!(shanghai_day(last), date("2026-03-01"));
        assert_eq!(shanghai_day(last.plus_seconds(1)), date("2026-03-02"));
    }

    #[test]
    fn birthdays() {
        let born = date("1963-11-22");
        assert_eq!(completed_years(born, date("2026-11-21")), 62);
        assert_eq!(completed_years(born, date("2026-11-22")), 63);
        assert_eq!(completed_years(born, date("1963-11-21")), -1);
    }

    #[test]
    fn born_on_29_february() {
        let born = date("2004-02-29");
        assert_eq!(completed_years(born, date("2022-02-28")), 17);
        assert_eq!(completed_years(born, date("2022-03-01")), 18);
        assert_eq!(completed_years(born, date("2024-02-28")), 19);
        assert_eq!(completed_years(born, date("2024-02-29")), 20);
    }
}
