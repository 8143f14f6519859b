//! The catalogue: texts by key and language.

/// Keys in ascending order, each with its texts in zh-CN and en.
pub(crate) static CATALOGUE: &[(&str, [&str; 2])] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Both languages, in the order of the catalogue.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// Returns the BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// Returns the other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// Returns the language of a BCP 47 tag or a POSIX locale; English for any that is not Chinese.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        if tag.starts_with("zh") { Self::Chinese } else { Self::English }
    }
}

/// Returns the text of a key, if the catalogue has it.
#[must_use]
pub fn find(key: &str, language: Language) -> Option<&'static str> {
    let at = CATALOGUE.binary_search_by(|(have, _)| (*have).cmp(key)).ok()?;
    let (_, [chinese, english]) = CATALOGUE.get(at)?;
    Some(match language {
        Language::Chinese => chinese,
        Language::English => english,
    })
}

/// Fills the `{name}` placeholders of a text; one without a value becomes `…`. A Chinese date (2026年11月22日) stands without
/// the space that sets a number apart from the Chinese around it.
#[must_use]
pub fn fill(text: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, mut after)) = after.split_once('}') else {
            break;
        };
        match args.iter().find(|(have, _)| *have == name) {
            Some((_, value)) => {
                if is_chinese_date(value) {
                    out.truncate(
                        out.strip_suffix(' ').filter(|text| text.ends_with(is_chinese)).unwrap_or(&out).len(),
                    );
                    after =
                        after.strip_prefix(' ').filter(|text| text.starts_with(is_chinese)).unwrap_or(after);
                }
                out.push_str(value);
            }
            None => out.push('…'),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn is_chinese_date(text: &str) -> bool {
    text.ends_with('日') && text.contains('年')
}

fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{4E00}'..='\u{9FFF}')
}

/// Joins texts as a list: a、b、c or a, b, c.
#[must_use]
pub fn list(parts: &[String], language: Language) -> String {
    parts.join(match language {
        Language::Chinese => "、",
        Language::English => ", ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_date_stands_without_spaces_and_a_number_with_them() {
        let date = [("date", "2026年11月22日")];
        assert_eq!(fill("已于 {date} 失效", &date), "已于2026年11月22日失效");
        assert_eq!(fill("自 {date} 起", &[("date", "2026-11-22")]), "自 2026-11-22 起");
        assert_eq!(fill("ended {date} here", &date), "ended 2026年11月22日 here");
        assert_eq!(fill("{date} 起", &date), "2026年11月22日起");
    }

    #[test]
    fn keys_are_found_in_both_languages_and_others_are_not() {
        assert!(find("state.pass", Language::English).is_some());
        assert_ne!(find("state.pass", Language::English), find("state.pass", Language::Chinese));
        assert_eq!(find("state.passed", Language::English), None);
        assert!(CATALOGUE.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted");
    }

    #[test]
    fn placeholders_without_a_value_are_seen() {
        assert_eq!(fill("{a} of {b}", &[("a", "1")]), "1 of …");
    }
}
