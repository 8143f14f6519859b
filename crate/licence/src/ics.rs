//! Days for a calendar: iCalendar (RFC 5545), all-day events.
//!
//! The crate `icalendar` would write it too; it needs the clock, a random UUID and `chrono` in the module, so that it is used
//! in the tests alone, as the one that reads what is written here.

use core::fmt::Write as _;

use cbor::{Date, Timestamp};

/// Octets of a line before it is folded.
const LINE: usize = 75;

/// An event of one whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its identifier, which stays, so that a calendar that reads the file again changes the event and adds none.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// What it is.
    pub summary: String,
    /// What to do about it.
    pub description: String,
    /// Where; may be empty.
    pub location: String,
}

/// Returns the file of some events. `product` names what made it, and `stamp` is when.
///
/// ```
/// use liangzheng_licence::ics::{Event, file};
/// use liangzheng_licence::mdoc::cbor::{Date, Timestamp};
///
/// let event = Event {
///     uid: "renewal-20261201@example".to_owned(),
///     day: Date::parse("2026-12-01").expect("a day"),
///     summary: "Renewal opens".to_owned(),
///     description: "Bring: licence, photo".to_owned(),
///     location: String::new(),
/// };
/// let stamp = Timestamp::parse_tdate("2026-11-22T08:00:00Z").expect("a time");
/// let text = file("-//Example//Wallet//EN", &[event], stamp);
/// assert!(text.contains("\r\nDTSTART;VALUE=DATE:20261201\r\n"));
/// assert!(text.contains("\r\nDESCRIPTION:Bring: licence\\, photo\r\n"));
/// ```
pub fn file(product: &str, events: &[Event], stamp: Timestamp) -> String {
    let stamp: String = stamp.format_tdate().chars().filter(|letter| !matches!(letter, '-' | ':')).collect();
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&mut text, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", &escaped(product));
    line("CALSCALE", "GREGORIAN");
    for event in events {
        line("BEGIN", "VEVENT");
        line("UID", &escaped(&event.uid));
        line("DTSTAMP", &stamp);
        line("DTSTART;VALUE=DATE", &compact(event.day));
        line("DTEND;VALUE=DATE", &compact(event.day.plus_days(1)));
        line("SUMMARY", &escaped(&event.summary));
        line("DESCRIPTION", &escaped(&event.description));
        if !event.location.is_empty() {
            line("LOCATION", &escaped(&event.location));
        }
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    text
}

/// A day without hyphens.
pub fn compact(day: Date) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write!(text, "{:04}{:02}{:02}", day.year(), day.month(), day.day());
    text
}

/// A TEXT value (3.3.11); other control characters are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Adds a line, folded between characters (3.1).
fn fold(text: &mut String, line: &str) {
    let mut room = LINE;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            text.push_str("\r\n ");
            room = LINE - 1;
        }
        text.push(letter);
        room -= letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, CalendarComponent, Component as _, DatePerhapsTime, EventLike as _};

    use super::*;

    fn event(uid: &str, day: &str, summary: &str) -> Event {
        Event {
            uid: uid.to_owned(),
            day: Date::parse(day).unwrap(),
            summary: summary.to_owned(),
            description: "第一行\n第二行；comma, semicolon; backslash \\ end".repeat(4),
            location: "广州市公安局交通警察支队车辆管理所".to_owned(),
        }
    }

    fn stamp() -> Timestamp {
        Timestamp::parse_tdate("2026-11-22T08:48:07Z").unwrap()
    }

    #[test]
    fn another_implementation_reads_it() {
        let events = [
            event("a-20280229@x", "2028-02-29", "可以换证了 · Licence renewal opens"),
            event("b-20261231@x", "2026-12-31", &"很长的标题".repeat(30)),
        ];
        let text = file("-//Liangzheng//Wallet//ZH", &events, stamp());
        let read: Calendar = text.parse().unwrap();
        assert_eq!(read.components.len(), events.len());
        for (component, event) in read.components.iter().zip(&events) {
            let CalendarComponent::Event(read) = component else { panic!("no event") };
            assert_eq!(read.get_uid(), Some(&*event.uid));
            assert_eq!(read.get_summary(), Some(&*event.summary));
            assert_eq!(read.get_location(), Some(&*event.location));
            assert_eq!(read.get_description(), Some(&*event.description));
            let Some(DatePerhapsTime::Date(day)) = read.get_start() else { panic!("no day") };
            assert_eq!(day.to_string(), event.day.to_string());
            let Some(DatePerhapsTime::Date(end)) = read.get_end() else { panic!("no end") };
            assert_eq!(end.to_string(), event.day.plus_days(1).to_string());
        }
    }

    #[test]
    fn lines_have_at_most_75_octets_and_end_with_crlf() {
        let text = file("-//x//x//EN", &[event("a@x", "2026-12-31", &"很".repeat(200))], stamp());
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= LINE, "{} octets", line.len());
            assert!(!line.contains(['\r', '\n']));
        }
        assert!(text.contains("DTSTAMP:20261122T084807Z\r\n"));
    }

    #[test]
    fn no_text_adds_a_line_of_its_own() {
        let hostile = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\u{0}\u{85}";
        let text = file(hostile, &[event(hostile, "2026-12-31", hostile)], stamp());
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
        assert!(!text.contains("\r\nBEGIN:VALARM"));
    }
}
