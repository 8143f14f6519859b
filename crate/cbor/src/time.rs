//! Timestamps and calendar days. There is no clock: every `now` is an argument.
//!
//! [`Timestamp`] is a whole second (ISO `tdate`, RFC 3339 in UTC without fractions);
//! [`Date`] is a day (ISO `full-date`, RFC 8943). Both stay within the years 1 to 9999.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Seconds in a day.
const DAY_SECONDS: i64 = 86_400;

/// A time in whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Creates the time `seconds` after (or before) the Unix epoch.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Returns the seconds since the Unix epoch.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// Parses `YYYY-MM-DDThh:mm:ssZ`, the only form that ISO/IEC 18013-5 allows for `tdate`.
    #[must_use]
    pub fn parse_tdate(text: &str) -> Option<Self> {
        let (day, clock) = text.split_once('T')?;
        let date = Date::parse(day)?;
        let [h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = *clock.as_bytes() else {
            return None;
        };
        let hour = two_digits(h1, h2).filter(|h| *h < 24)?;
        let minute = two_digits(m1, m2).filter(|m| *m < 60)?;
        let second = two_digits(s1, s2).filter(|s| *s < 60)?;
        let of_day = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
        Some(Self(i64::from(date.0) * DAY_SECONDS + of_day))
    }

    /// Parses any `date-time` of RFC 3339: with a fraction, which is cut off, or an offset from UTC.
    ///
    /// ISO/IEC 18013-5, 7.2.1 allows neither; other formats do, and some issuers write them.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let (day, clock) = text.split_once(['T', 't', ' '])?;
        let date = Date::parse(day)?;
        let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = clock.as_bytes() else {
            return None;
        };
        let hour = two_digits(*h1, *h2).filter(|h| *h < 24)?;
        let minute = two_digits(*m1, *m2).filter(|m| *m < 60)?;
        // 60 is a leap second.
        let second = two_digits(*s1, *s2).filter(|s| *s <= 60)?;
        let zone = match rest {
            [b'.', fraction @ ..] => {
                let digits = fraction.iter().take_while(|digit| digit.is_ascii_digit()).count();
                fraction.get(digits..).filter(|_| digits > 0)?
            }
            zone => zone,
        };
        let offset = match zone {
            b"Z" | b"z" => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let hour = two_digits(*h1, *h2).filter(|h| *h < 24)?;
                let minute = two_digits(*m1, *m2).filter(|m| *m < 60)?;
                let ahead = (i64::from(hour) * 60 + i64::from(minute)) * 60;
                if *sign == b'+' { ahead } else { -ahead }
            }
            _ => return None,
        };
        let of_day = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
        Some(Self(i64::from(date.0) * DAY_SECONDS + of_day - offset))
    }

    /// Formats `YYYY-MM-DDThh:mm:ssZ`; times outside the years 1 to 9999 as the nearest day of that range.
    #[must_use]
    pub fn format_tdate(self) -> String {
        let date = self.date_at(0);
        let of_day = self.0.rem_euclid(DAY_SECONDS);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        format!("{date}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// Returns this time plus `seconds`.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Returns the seconds from `earlier` to this time; negative if `earlier` is later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns the last midnight in UTC at or before this time.
    #[must_use]
    pub const fn floor_to_day(self) -> Self {
        Self(self.0.saturating_sub(self.0.rem_euclid(DAY_SECONDS)))
    }

    /// Returns the calendar day at this time in a zone `offset_seconds` ahead of UTC (28,800 in Shanghai).
    #[must_use]
    pub fn date_at(self, offset_seconds: i32) -> Date {
        let local = self.0.saturating_add(i64::from(offset_seconds));
        let days = local.div_euclid(DAY_SECONDS).clamp(i64::from(FIRST_DAY), i64::from(LAST_DAY));
        // within the range, so that it fits
        Date(i32::try_from(days).unwrap_or(LAST_DAY))
    }
}

/// A calendar day of the years 1 to 9999 (proleptic Gregorian).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// 0001-01-01 and 9999-12-31 in days since 1970-01-01.
const FIRST_DAY: i32 = -719_162;
const LAST_DAY: i32 = 2_932_896;

impl Date {
    /// Returns the day `year`-`month`-`day`, if it exists.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) || day == 0 || day > days_in_month(year, month)? {
            return None;
        }
        Some(Self(days_from_civil(year, month, day)))
    }

    /// Parses `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else {
            return None;
        };
        let century = i32::from(two_digits(y1, y2)?);
        let year = century * 100 + i32::from(two_digits(y3, y4)?);
        Self::new(year, two_digits(m1, m2)?, two_digits(d1, d2)?)
    }

    /// Returns the day `days` after 1970-01-01, clamped to the years 1 to 9999.
    #[must_use]
    pub fn from_days(days: i32) -> Self {
        Self(days.clamp(FIRST_DAY, LAST_DAY))
    }

    /// Returns the days since 1970-01-01.
    #[must_use]
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.civil().0
    }

    /// Month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.civil().1
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.civil().2
    }

    /// Returns this day plus `days`, clamped to the years 1 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self::from_days(self.0.saturating_add(days))
    }

    /// Returns this day plus whole months; the day of the month is clamped (31 January + 1 month = 28 or 29 February).
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.civil();
        let count = (year * 12 + i32::from(month) - 1).saturating_add(months);
        let target_year = count.div_euclid(12);
        if target_year < 1 {
            return Self(FIRST_DAY);
        }
        if target_year > 9999 {
            return Self(LAST_DAY);
        }
        let target_month = u8::try_from(count.rem_euclid(12)).unwrap_or(0) + 1;
        let last = days_in_month(target_year, target_month).unwrap_or(28);
        Self(days_from_civil(target_year, target_month, day.min(last)))
    }

    /// Returns this day plus whole years; 29 February becomes 28 February in other than leap years.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        self.plus_months(years.saturating_mul(12))
    }

    /// Returns the first second of this day in a zone `offset_seconds` ahead of UTC.
    #[must_use]
    pub fn start_at(self, offset_seconds: i32) -> Timestamp {
        Timestamp(i64::from(self.0) * DAY_SECONDS - i64::from(offset_seconds))
    }

    /// Year, month and day (days-to-civil, H. Hinnant).
    const fn civil(self) -> (i32, u8, u8) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month as u8, day as u8)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a date YYYY-MM-DD"))
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

fn days_in_month(year: i32, month: u8) -> Option<u8> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

fn days_from_civil(year: i32, month: u8, day: u8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = if month > 2 { month - 3 } else { month + 9 };
    let doy = (153 * mp + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tdate_forms() {
        let moment = Timestamp::parse_tdate("2020-10-01T13:30:02Z").unwrap();
        assert_eq!(moment.unix(), 1_601_559_002);
        assert_eq!(moment.format_tdate(), "2020-10-01T13:30:02Z");
        for bad in [
            "2020-10-01T13:30:02",
            "2020-10-01T13:30:02.0Z",
            "2020-10-01T13:30:02+00:00",
            "2020-10-01t13:30:02z",
            "2020-10-01 13:30:02Z",
            "2020-02-30T13:30:02Z",
            "2020-10-01T24:00:00Z",
            "2020-10-01T13:30:60Z",
            "2020-10-01T13:60:00Z",
            "+020-10-01T13:30:02Z",
            "",
        ] {
            assert_eq!(Timestamp::parse_tdate(bad), None, "{bad}");
        }
    }

    #[test]
    fn forms_of_rfc_3339() {
        let read = |text| Timestamp::parse_rfc3339(text).map(Timestamp::unix);
        let noon = Some(1_601_559_002);
        for text in [
            "2020-10-01T13:30:02Z",
            "2020-10-01t13:30:02z",
            "2020-10-01 13:30:02Z",
            "2020-10-01T13:30:02.0Z",
            "2020-10-01T13:30:02.999999999Z",
            "2020-10-01T13:30:02+00:00",
            "2020-10-01T13:30:02-00:00",
            "2020-10-01T21:30:02+08:00",
            "2020-10-01T06:30:02.5-07:00",
            "2020-10-02T00:00:02+10:30",
        ] {
            assert_eq!(read(text), noon, "{text}");
        }
        assert_eq!(read("2016-12-31T23:59:60Z"), read("2017-01-01T00:00:00Z"));
        for bad in [
            "2020-10-01T13:30:02+00:00Z",
            "2020-10-01T13:30:02.Z",
            "2020-10-01T13:30:02",
            "2020-10-01T13:30:02+0000",
            "2020-10-01T13:30:02+24:00",
            "2020-10-01T13:30Z",
            "2020-10-01",
            "2020-02-30T13:30:02Z",
            "",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn extreme_moments_are_written_not_trapped() {
        assert_eq!(Timestamp::from_unix(i64::MAX).format_tdate().len(), 20);
        assert_eq!(Timestamp::from_unix(i64::MIN).format_tdate().len(), 20);
        assert_eq!(Timestamp::from_unix(i64::MIN).date_at(0), Date(FIRST_DAY));
        assert_eq!(Timestamp::from_unix(i64::MAX).date_at(0), Date(LAST_DAY));
        let last = Timestamp::from_unix(i64::MAX).plus_seconds(1);
        assert_eq!(last.unix(), i64::MAX);
        assert!(Timestamp::from_unix(i64::MIN).floor_to_day().unix() < 0);
    }

    #[test]
    fn every_day_of_the_range_round_trips() {
        let mut expected = (1, 1, 1);
        for days in FIRST_DAY..=LAST_DAY {
            let date = Date::from_days(days);
            assert_eq!((date.year(), date.month(), date.day()), expected);
            assert_eq!(Date::new(expected.0, expected.1, expected.2), Some(date));
            expected = if expected.2 < days_in_month(expected.0, expected.1).unwrap() {
                (expected.0, expected.1, expected.2 + 1)
            } else if expected.1 < 12 {
                (expected.0, expected.1 + 1, 1)
            } else {
                (expected.0 + 1, 1, 1)
            };
        }
        assert_eq!(expected, (10_000, 1, 1));
    }

    #[test]
    fn months_and_years_are_clamped() {
        let day = |text| Date::parse(text).unwrap();
        assert_eq!(day("2024-01-31").plus_months(1), day("2024-02-29"));
        assert_eq!(day("2024-02-29").plus_years(1), day("2025-02-28"));
        assert_eq!(day("2024-03-31").plus_months(-1), day("2024-02-29"));
        assert_eq!(day("2024-12-15").plus_months(1), day("2025-01-15"));
        assert_eq!(day("9999-12-31").plus_years(1), day("9999-12-31"));
        assert_eq!(day("9999-11-15").plus_months(1), day("9999-12-15"));
        assert_eq!(day("9999-12-15").plus_months(1), day("9999-12-31"));
        assert_eq!(day("0001-02-15").plus_months(-1), day("0001-01-15"));
        assert_eq!(day("0001-01-15").plus_months(-1), day("0001-01-01"));
        assert_eq!(day("0001-01-01").plus_days(-1), day("0001-01-01"));
        assert_eq!((day("1970-01-01").days(), day("1970-01-06").days()), (0, 5));
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(2023, 13, 1), None);
        assert_eq!(Date::new(2023, 1, 0), None);
    }

    #[test]
    fn the_time_between_two_moments_has_a_sign() {
        let (early, late) = (Timestamp::from_unix(5), Timestamp::from_unix(65));
        assert_eq!((late.seconds_since(early), early.seconds_since(late)), (60, -60));
    }

    #[test]
    fn a_day_begins_in_shanghai_eight_hours_earlier() {
        let midnight = Date::parse("2026-11-22").unwrap().start_at(28_800);
        assert_eq!(midnight.format_tdate(), "2026-11-21T16:00:00Z");
        assert_eq!(midnight.date_at(28_800).to_string(), "2026-11-22");
        assert_eq!(midnight.plus_seconds(-1).date_at(28_800).to_string(), "2026-11-21");
    }
}
