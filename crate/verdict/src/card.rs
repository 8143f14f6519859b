//! The card's own look: its ground, its status line, and whether there is a card at all.

use cbor::Date;
use serde::{Deserialize, Serialize};

use crate::message::{Arg, Message};
use licence::elements::LicenceFields;
use licence::status::{Group, Standing};
use licence::validity::{self, End};

/// The ground of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// In order.
    Green,
    /// Must not drive: red around the code.
    Red,
    /// Nothing can be said, or there is no card.
    Grey,
}

/// The card's status line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardStatus {
    /// The ground.
    pub ground: Ground,
    /// The status in words.
    pub line: Message,
    /// Whether the card is drawn; abnormal and ended licences show only their line.
    pub card_is_shown: bool,
}

/// What the card says on a day. "The card is shown" never means "may drive".
pub fn card_status(fields: &LicenceFields, today: Date) -> CardStatus {
    let of = |ground, card_is_shown, line| CardStatus { ground, line, card_is_shown };
    let Some(status) = &fields.status else {
        return of(Ground::Grey, true, Message::plain("card.unknown"));
    };
    let letters = ("letters", Arg::Letters(status.letters.text()));
    let group = match status.letters.standing() {
        Standing::Known(group) => group,
        Standing::Unknown { worst: Some(group) } if group >= Group::Red => group,
        Standing::Unknown { .. } | Standing::Empty => {
            return of(Ground::Grey, true, Message::plain("card.unknown"));
        }
    };
    match (group, status.until) {
        (Group::Gone, _) => of(Ground::Grey, false, Message::new("card.gone", [letters])),
        (Group::Abnormal, _) => of(Ground::Grey, false, Message::new("card.abnormal", [letters])),
        (Group::Red, _) => of(Ground::Red, true, Message::new("card.status", [letters])),
        (Group::Extended, Some(until)) if today <= until => {
            of(Ground::Green, true, Message::new("card.extended", [("date", Arg::Date(until))]))
        }
        (Group::Extended, Some(until)) => {
            let line = Message::new("card.extension-over", [letters, ("date", Arg::Date(until))]);
            of(Ground::Red, true, line)
        }
        (Group::Extended, None) => of(Ground::Grey, true, Message::plain("card.unknown")),
        (Group::Green, _) => match validity::end(fields) {
            End::On(date) if date < today => {
                of(Ground::Red, true, Message::new("card.expired", [("date", Arg::Date(date))]))
            }
            _ => of(Ground::Green, true, Message::new("card.status", [letters])),
        },
    }
}

#[cfg(test)]
mod tests {
    use cbor::Timestamp;

    use super::*;
    use licence::elements::SignedStatus;
    use licence::status::{StatusLetters, TABLE};

    fn card(letters: &str, until: Option<&str>, expiry: &str) -> CardStatus {
        let date = |text: &str| Date::parse(text).unwrap();
        let status = SignedStatus {
            letters: StatusLetters::parse(letters),
            as_of: Timestamp::from_unix(0),
            until: until.map(date),
        };
        let fields = LicenceFields {
            status: Some(status),
            expiry_date: Some(date(expiry)),
            ..LicenceFields::default()
        };
        card_status(&fields, date("2026-11-22"))
    }

    #[test]
    fn every_letter() {
        for row in &TABLE {
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
        assert_eq!(card("P", Some("2026-11-21"), "2030-01-01").line.code, "card.extension-over");
        assert_eq!(card("A", None, "2026-11-21").line.code, "card.expired");
        assert_eq!(card("A", None, "2026-11-22").ground, Ground::Green);
        assert_eq!(card("Q", None, "2030-01-01").ground, Ground::Grey);
        assert_eq!(card("QD", None, "2030-01-01").ground, Ground::Red);
        assert_eq!(card("", None, "2030-01-01").line.code, "card.unknown");
    }
}
