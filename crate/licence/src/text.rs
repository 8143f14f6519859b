//! Text from a licence, made safe to display (`T-text-spoofing`).
//!
//! A name may contain characters that change the direction of writing, have no width, or stack on one letter.
//! The issuer signed them, so they are not removed but made visible.

use serde::{Deserialize, Serialize};

/// Most characters of a text in ISO/IEC 18013-5, 7.2.1.
pub const ISO_TEXT_MAX: usize = 150;

/// Most characters of an address or a record.
pub(crate) const LONG_TEXT_MAX: usize = 500;

/// Most combining marks on one character.
const COMBINING_MAX: usize = 2;

/// Text that a page may write: bounded, with every invisible or bidirectional control character made visible.
///
/// The page still isolates it (`<bdi>`), because right-to-left letters themselves are allowed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub struct ShownText(String);

impl ShownText {
    /// Keeps at most `max` characters of `text`, and replaces each hidden one by a mark such as ⟨U+202E⟩.
    pub fn new(text: &str, max: usize) -> ShownText {
        let mut shown = String::new();
        let mut combining = 0usize;
        let mut previous: Option<char> = None;
        for (index, c) in text.chars().enumerate() {
            if index >= max {
                shown.push('…');
                break;
            }
            if is_combining(c) {
                combining += 1;
                if previous.is_none() {
                    shown.push('◌');
                }
                if combining <= COMBINING_MAX {
                    shown.push(c);
                } else if combining == COMBINING_MAX + 1 {
                    shown.push_str("⟨…⟩");
                }
            } else {
                combining = 0;
                if is_hidden(c, previous) {
                    shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
                } else {
                    shown.push(c);
                }
            }
            previous = Some(c);
        }
        ShownText(shown)
    }

    /// Returns the text to write.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is visible.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<ShownText> for String {
    fn from(text: ShownText) -> String {
        text.0
    }
}

impl AsRef<str> for ShownText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Whether a character is a control, a directional mark, without width, a tag, or a private selector.
fn is_hidden(c: char, previous: Option<char>) -> bool {
    if c.is_control() {
        return true;
    }
    match u32::from(c) {
        // soft hyphen, grapheme joiner, Arabic letter mark, Hangul and Khmer fillers, Mongolian selectors
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F => true,
        // zero width, marks of direction, line separators, embeddings, isolates, joiners
        0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F => true,
        0x3164 | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB => true,
        // spaces of unusual widths; the plain, the no-break and the ideographic space stay
        0x1680 | 0x2000..=0x200A | 0x202F | 0x205F => true,
        0x2800 => true,
        // one variation selector after a Han character picks a rare form of a name; others hide data
        0xFE00..=0xFE0F | 0xE0100..=0xE01EF => !previous.is_some_and(is_han),
        0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF => true,
        _ => false,
    }
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether a character combines with the one before it.
fn is_combining(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x034E | 0x0350..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2
        | 0x05C4..=0x05C5 | 0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC
        | 0x06DF..=0x06E4 | 0x06E7..=0x06E8 | 0x06EA..=0x06ED | 0x0711 | 0x0730..=0x074A
        | 0x07A6..=0x07B0 | 0x07EB..=0x07F3 | 0x0816..=0x082D | 0x0859..=0x085B | 0x0898..=0x089F
        | 0x08CA..=0x08FF | 0x093C | 0x094D | 0x0951..=0x0954 | 0x09BC | 0x09CD | 0x0A3C | 0x0A4D
        | 0x0ABC | 0x0ACD | 0x0B3C | 0x0B4D | 0x0BCD | 0x0C4D | 0x0CBC | 0x0CCD | 0x0D4D | 0x0DCA
        | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E | 0x0EB1 | 0x0EB4..=0x0EBC | 0x0EC8..=0x0ECE
        | 0x0F18..=0x0F19 | 0x0F35 | 0x0F37 | 0x0F39 | 0x0F71..=0x0F7E | 0x0F80..=0x0F84
        | 0x0F86..=0x0F87 | 0x0F8D..=0x0FBC | 0x1037 | 0x1039..=0x103A | 0x135D..=0x135F
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0x2CEF..=0x2CF1 | 0x2DE0..=0x2DFF
        | 0x302A..=0x302F | 0x3099..=0x309A | 0xA66F..=0xA672 | 0xA674..=0xA67D | 0xA69E..=0xA69F
        | 0xA6F0..=0xA6F1 | 0xA8E0..=0xA8F1 | 0xFB1E | 0xFE20..=0xFE2F | 0x1D165..=0x1D169
        | 0x1D16D..=0x1D172 | 0x1D17B..=0x1D182 | 0x1D185..=0x1D18B | 0x1D1AA..=0x1D1AD
        | 0x1E000..=0x1E02A | 0x1E8D0..=0x1E8D6 | 0x1E944..=0x1E94A)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        ShownText::new(text, ISO_TEXT_MAX).into()
    }

    #[test]
    fn plain_names_stay() {
        for name in
            ["王小明", "Wáng Xiǎomíng", "欧阳修竹", "𠮷野家", "Muhämmät", "مۇھەممەت", "བཀྲ་ཤིས", "丨'·· -"]
        {
            assert_eq!(shown(name), name);
        }
        assert_eq!(shown("阿卜杜·热合曼"), "阿卜杜·热合曼");
        assert_eq!(shown("葛\u{E0101}"), "葛\u{E0101}", "a rare form of a Han character");
    }

    #[test]
    fn markup_stays_text() {
        assert_eq!(shown("<img src=x onerror=1>"), "<img src=x onerror=1>");
    }

    #[test]
    fn turning_and_hidden_marks_are_visible() {
        assert_eq!(shown("王\u{202e}明"), "王⟨U+202E⟩明");
        for hidden in [
            '\u{0}',
            '\n',
            '\t',
            '\u{7f}',
            '\u{85}',
            '\u{ad}',
            '\u{61c}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{2028}',
            '\u{202a}',
            '\u{2066}',
            '\u{2069}',
            '\u{2060}',
            '\u{feff}',
            '\u{3164}',
            '\u{e0041}',
            '\u{fff9}',
            '\u{fe0f}',
            '\u{2003}',
        ] {
            let text = shown(&format!("a{hidden}b"));
            assert_eq!(text, format!("a⟨U+{:04X}⟩b", u32::from(hidden)));
        }
        assert_eq!(shown("王\u{e0100}\u{e0101}"), "王\u{e0100}⟨U+E0101⟩");
    }

    #[test]
    fn no_character_at_all_hides_or_turns() {
        let hides = |c: char| c.is_control() || is_hidden(c, None);
        for c in '\0'..=char::MAX {
            let text = shown(&format!("a{c}b{c}{c}{c}{c}"));
            assert!(!text.chars().any(hides), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn floods_are_capped() {
        let flood = format!("王{}明", "\u{0301}".repeat(100));
        assert_eq!(shown(&flood), "王\u{301}\u{301}⟨…⟩明");
        let bare = "\u{0301}".repeat(3);
        assert_eq!(shown(&bare), "◌\u{301}\u{301}⟨…⟩");
        let long = "长".repeat(10_000);
        assert_eq!(shown(&long).chars().count(), ISO_TEXT_MAX + 1);
        assert!(shown(&long).ends_with('…'));
        let all_hidden = "\u{202e}".repeat(10_000);
        assert!(shown(&all_hidden).len() < 3_000);
    }
}
