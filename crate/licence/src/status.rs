//! The status of a licence (状态): a set of letters, never one value.
//!
//! [`LETTER_TABLE`] is an unofficial list, found in five unrelated code bases \[S\]. Of several letters the worst group
//! decides; an unknown letter is undetermined, never green.

use mdoc::status_list::Status;
use serde::{Deserialize, Serialize};

use crate::class::Source;

/// What a letter means for its holder; later variants are worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// May drive and may be claimed.
    Green,
    /// Like green while an extension lasts, not after it.
    Extended,
    /// Shown with red around it; must not drive.
    Red,
    /// Not shown; the holder must contact the issuing office.
    Abnormal,
    /// The licence has ended.
    Gone,
}

/// A letter of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the words for each letter are in the table and in the catalogue
pub enum Letter {
    A,
    B,
    C,
    D,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    L,
    M,
    N,
    P,
    R,
    S,
    T,
    U,
}

/// One line of the table of letters.
#[derive(Debug, Clone, Copy)]
pub struct LetterRow {
    /// The letter.
    pub letter: Letter,
    /// The letter as written.
    pub sign: char,
    /// Its name on the licence.
    pub name: &'static str,
    /// The group that it belongs to.
    pub group: Group,
    /// Where the group comes from.
    pub source: Source,
}

const fn row(letter: Letter, sign: char, name: &'static str, group: Group) -> LetterRow {
    let source = match letter {
        Letter::C | Letter::R => Source::Proposal,
        _ => Source::Public,
    };
    LetterRow { letter, sign, name, group, source }
}

/// The letters and their groups.
pub const LETTER_TABLE: [LetterRow; 19] = [
    row(Letter::A, 'A', "正常", Group::Green),
    row(Letter::B, 'B', "超分", Group::Red),
    row(Letter::C, 'C', "转出", Group::Abnormal),
    row(Letter::D, 'D', "暂扣", Group::Red),
    row(Letter::E, 'E', "撤销", Group::Gone),
    row(Letter::F, 'F', "吊销", Group::Gone),
    row(Letter::G, 'G', "注销", Group::Gone),
    row(Letter::H, 'H', "违法未处理", Group::Green),
    row(Letter::I, 'I', "事故未处理", Group::Green),
    row(Letter::J, 'J', "停止使用", Group::Abnormal),
    row(Letter::K, 'K', "扣押", Group::Red),
    row(Letter::L, 'L', "锁定", Group::Abnormal),
    row(Letter::M, 'M', "逾期未换证", Group::Red),
    row(Letter::N, 'N', "延期换证", Group::Extended),
    row(Letter::P, 'P', "延期体检", Group::Extended),
    row(Letter::R, 'R', "注销可恢复", Group::Gone),
    row(Letter::S, 'S', "逾期未审验", Group::Red),
    row(Letter::T, 'T', "延期审验", Group::Extended),
    row(Letter::U, 'U', "扣留", Group::Red),
];

impl Letter {
    /// Returns the letter with this sign; `None` if it is not in the list.
    pub fn from_sign(sign: char) -> Option<Letter> {
        LETTER_TABLE.iter().find(|row| row.sign == sign).map(|row| row.letter)
    }

    /// Returns the line of the table for this letter.
    pub fn row(self) -> &'static LetterRow {
        LETTER_TABLE.get(self as usize).unwrap_or(&LETTER_TABLE[0])
    }

    /// Returns the text as written.
    pub fn sign(self) -> char {
        self.row().sign
    }

    /// The group that it belongs to.
    pub fn group(self) -> Group {
        self.row().group
    }
}

/// The combined meaning of a set of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The worst group; all letters are known.
    Known(Group),
    /// No letter at all.
    Empty,
    /// There is an unknown letter; `worst` is of the others.
    Unknown {
        /// The worst group of the known letters.
        worst: Option<Group>,
    },
}

/// The letters of one licence, as they were signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StatusLetters {
    known: Vec<Letter>,
    unknown: bool,
}

impl StatusLetters {
    /// Parses letters such as "A" or "HP", in any order; other characters count as unknown.
    pub fn parse(text: &str) -> StatusLetters {
        let mut letters = StatusLetters::default();
        for sign in text.chars() {
            match Letter::from_sign(sign) {
                Some(letter) if letters.known.contains(&letter) => {}
                Some(letter) => letters.known.push(letter),
                None => letters.unknown = true,
            }
        }
        letters.known.sort_unstable();
        letters
    }

    /// Returns the known letters in alphabetical order, each once.
    pub fn known(&self) -> &[Letter] {
        &self.known
    }

    /// Whether there is an unknown letter.
    pub fn has_unknown(&self) -> bool {
        self.unknown
    }

    /// Returns the worst group (gone, abnormal, red, extended, green).
    pub fn standing(&self) -> Standing {
        let worst = self.known.iter().map(|letter| letter.group()).max();
        match (worst, self.unknown) {
            (worst, true) => Standing::Unknown { worst },
            (Some(group), false) => Standing::Known(group),
            (None, false) => Standing::Empty,
        }
    }

    /// Returns the first letter of the worst group, which sentences name.
    pub fn worst(&self) -> Option<Letter> {
        let group = self.known.iter().map(|letter| letter.group()).max()?;
        self.known.iter().copied().find(|letter| letter.group() == group)
    }

    /// Returns the letters as text, with "?" for unknown ones.
    pub fn text(&self) -> String {
        let mut text: String = self.known.iter().map(|letter| letter.sign()).collect();
        if self.unknown {
            text.push('?');
        }
        text
    }

    /// Returns the entry of a status list for these letters, if an extension `lasts` or not \[P\]. Green, and extended while
    /// it lasts, are valid; red, abnormal, and extended after it are suspended; gone is invalid. `None` for an unknown letter.
    pub fn list_status(&self, lasts: bool) -> Option<Status> {
        match self.standing() {
            Standing::Known(Group::Green) => Some(Status::Valid),
            Standing::Known(Group::Extended) if lasts => Some(Status::Valid),
            Standing::Known(Group::Extended | Group::Red | Group::Abnormal) => Some(Status::Suspended),
            Standing::Known(Group::Gone) => Some(Status::Invalid),
            Standing::Empty | Standing::Unknown { .. } => None,
        }
    }

    /// Whether a licence with these letters may be claimed, if an extension `lasts` or not.
    pub fn may_be_claimed(&self, lasts: bool) -> bool {
        match self.standing() {
            Standing::Known(Group::Green) => true,
            Standing::Known(Group::Extended) => lasts,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_in_the_order_of_the_enum() {
        for (index, row) in LETTER_TABLE.iter().enumerate() {
            assert_eq!(row.letter as usize, index);
            assert_eq!(row.letter.row().sign, row.sign);
            assert_eq!(Letter::from_sign(row.sign), Some(row.letter));
        }
    }

    #[test]
    fn groups_of_the_domain() {
        let of = |group: Group| -> String {
            LETTER_TABLE.iter().filter(|row| row.group == group).map(|row| row.sign).collect()
        };
        assert_eq!(of(Group::Green), "AHI");
        assert_eq!(of(Group::Red), "BDKMSU");
        assert_eq!(of(Group::Abnormal), "CJL");
        assert_eq!(of(Group::Gone), "EFGR");
        assert_eq!(of(Group::Extended), "NPT");
    }

    #[test]
    fn worst_group_decides() {
        let standing = |text| StatusLetters::parse(text).standing();
        assert_eq!(standing("A"), Standing::Known(Group::Green));
        assert_eq!(standing("HI"), Standing::Known(Group::Green));
        assert_eq!(standing("HP"), Standing::Known(Group::Extended));
        assert_eq!(standing("AD"), Standing::Known(Group::Red));
        assert_eq!(standing("PD"), Standing::Known(Group::Red));
        assert_eq!(standing("DJ"), Standing::Known(Group::Abnormal));
        assert_eq!(standing("ADJG"), Standing::Known(Group::Gone));
        assert_eq!(standing(""), Standing::Empty);
    }

    #[test]
    fn unknown_letters_are_never_green() {
        for text in ["Q", "O", "V", "a", "A ", "正", "A\u{202e}"] {
            let standing = StatusLetters::parse(text).standing();
            assert!(matches!(standing, Standing::Unknown { .. }), "{text:?}");
        }
        let known_bad = StatusLetters::parse("QD").standing();
        assert_eq!(known_bad, Standing::Unknown { worst: Some(Group::Red) });
        assert_eq!(StatusLetters::parse("DQA").text(), "AD?");
    }

    #[test]
    fn the_letter_that_a_sentence_names() {
        assert_eq!(StatusLetters::parse("HD").worst(), Some(Letter::D));
        assert_eq!(StatusLetters::parse("AG").worst(), Some(Letter::G));
        assert_eq!(StatusLetters::parse("").worst(), None);
    }

    #[test]
    fn letters_to_entries_of_a_list() {
        let of = |text: &str, lasts| StatusLetters::parse(text).list_status(lasts);
        for row in &LETTER_TABLE {
            let due = match row.group {
                Group::Green | Group::Extended => Status::Valid,
                Group::Red | Group::Abnormal => Status::Suspended,
                Group::Gone => Status::Invalid,
            };
            assert_eq!(of(&row.sign.to_string(), true), Some(due), "{}", row.sign);
        }
        assert_eq!(of("P", false), Some(Status::Suspended));
        assert_eq!(of("AG", true), Some(Status::Invalid));
        assert_eq!((of("", true), of("AQ", true)), (None, None));
    }

    #[test]
    fn who_may_claim() {
        for row in &LETTER_TABLE {
            let letters = StatusLetters::parse(&row.sign.to_string());
            assert_eq!(letters.may_be_claimed(false), row.group == Group::Green, "{}", row.sign);
            let inside = matches!(row.group, Group::Green | Group::Extended);
            assert_eq!(letters.may_be_claimed(true), inside, "{}", row.sign);
        }
        assert!(!StatusLetters::parse("AQ").may_be_claimed(true));
    }
}
