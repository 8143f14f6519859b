//! The appearance of the wallet's card: its ground, its status line, and whether it is shown.

use cbor::Date;
use serde::{Deserialize, Serialize};

use crate::message::sentences;
use licence::validity::{self, End};
use licence::{Facts, Group, Standing, StatusLetters};

/// The ground of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// Valid.
    Green,
    /// Must not drive: red around the code.
    Red,
    /// The status is unknown, or the card is not shown.
    Grey,
}

sentences!(
    /// The status in one line, with the values that its sentence has.
    pub enum CardLine {
        Extended { date: Date } => "card.extended";
        ExtensionOver { letters: StatusLetters, date: Date } => "card.extension-over";
        Expired { date: Date } => "card.expired";
        Abnormal { letters: StatusLetters } => "card.abnormal";
        Gone { letters: StatusLetters } => "card.gone";
        Unknown => "card.unknown";
        Status { letters: StatusLetters } => "card.status";
    }
);

/// The card's status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardStatus {
    /// The ground.
    pub ground: Ground,
    /// The status in words.
    pub line: CardLine,
    /// Whether the card is drawn; abnormal and ended licences show only their line.
    pub card_is_shown: bool,
}

/// Returns the status line of the card on a day. That the card is shown does not mean that the holder may drive.
pub fn card_status(fields: &Facts, today: Date) -> CardStatus {
    let of = |ground, card_is_shown, line| CardStatus { ground, line, card_is_shown };
    let Some(status) = &fields.status else {
        return of(Ground::Grey, true, CardLine::Unknown);
    };
    let letters = status.letters.clone();
    let group = match status.letters.standing() {
        Standing::Known(group) => group,
        Standing::Unknown { worst: Some(group) } if group >= Group::Red => group,
        Standing::Unknown { .. } | Standing::Empty => {
            return of(Ground::Grey, true, CardLine::Unknown);
        }
    };
    match (group, status.until) {
        (Group::Gone, _) => of(Ground::Grey, false, CardLine::Gone { letters }),
        (Group::Abnormal, _) => of(Ground::Grey, false, CardLine::Abnormal { letters }),
        (Group::Red, _) => of(Ground::Red, true, CardLine::Status { letters }),
        (Group::Extended, Some(until)) if today <= until => {
            of(Ground::Green, true, CardLine::Extended { date: until })
        }
        (Group::Extended, Some(until)) => {
            let line = CardLine::ExtensionOver { letters, date: until };
            of(Ground::Red, true, line)
        }
        (Group::Extended, None) => of(Ground::Grey, true, CardLine::Unknown),
        (Group::Green, _) => match validity::end(fields) {
            End::On(date) if date < today => of(Ground::Red, true, CardLine::Expired { date }),
            _ => of(Ground::Green, true, CardLine::Status { letters }),
        },
    }
}

#[cfg(test)]
mod tests {
    use cbor::Timestamp;

    use super::*;
    use licence::{LETTER_TABLE, SignedStatus};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn card(letters: &str, until: Option<&str>, expiry: &str) -> CardStatus {
        let status = SignedStatus {
            letters: StatusLetters::parse(letters),
            as_of: Timestamp::from_unix(0),
            until: until.map(date),
        };
        let fields = Facts { status: Some(status), expiry_date: Some(date(expiry)), ..Facts::default() };
        card_status(&fields, date("2026-11-22"))
    }

    #[test]
    fn every_letter() {
        for row in &LETTER_TABLE {
            let card = card(&row.sign.to_string(), Some("2026-11-22"), "2030-01-01");
            let expected = match row.group {
                Group::Green | Group::Extended => (Ground::Green, true),
                Group::Red => (Ground::Red, true),
                Group::Abnormal | Group::Gone => (Ground::Grey, false),
            };
            assert_eq!((card.ground, card.card_is_shown), expected, "{}", row.sign);
        }
    }

    #[test]
    fn after_an_extension_and_after_the_end() {
        assert_eq!(
            card("P", Some("2026-11-21"), "2030-01-01").line,
            CardLine::ExtensionOver { letters: StatusLetters::parse("P"), date: date("2026-11-21") }
        );
        assert_eq!(card("A", None, "2026-11-21").line, CardLine::Expired { date: date("2026-11-21") });
        assert_eq!(card("A", None, "2026-11-22").ground, Ground::Green);
        assert_eq!(card("Q", None, "2030-01-01").ground, Ground::Grey);
        assert_eq!(card("QD", None, "2030-01-01").ground, Ground::Red);
        assert_eq!(card("", None, "2030-01-01").line, CardLine::Unknown);
    }
}
