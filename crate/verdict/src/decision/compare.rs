//! Whether the holder is who booked: the name, and the end of the number.

use licence::{Facts, ShownText};

use super::case::Case;
use crate::check::Finding;
use crate::message::CaseField;
use crate::reason::Reason;

/// Returns whether the name of the booking is that of the document; `None` if no name was shown.
///
/// Case, spaces and punctuation do not count, nor does the order of family name and given name. Names in different scripts are
/// not compared.
pub(super) fn name(facts: &Facts, case: &Case) -> Option<Finding> {
    let national = [&facts.family_name_national, &facts.given_name_national];
    let latin = [&facts.family_name, &facts.given_name];
    let whole = [&facts.full_name_national, &facts.full_name];
    let mut shown: Vec<String> = [national, latin].iter().flat_map(|parts| both_orders(*parts)).collect();
    shown.extend(whole.into_iter().flatten().map(|name| folded(name.as_str())));
    shown.retain(|name| !name.is_empty());
    if shown.is_empty() {
        return None;
    }
    let Some(booked) = case.name.as_ref().map(|name| folded(name)).filter(|name| !name.is_empty()) else {
        return Some(Finding::undetermined(Reason::CaseMissing { field: CaseField::Name }));
    };
    if shown.contains(&booked) {
        return Some(Finding::pass(Reason::NameMatches));
    }
    let is_comparable = shown.iter().any(|name| is_latin(name) == is_latin(&booked));
    Some(match is_comparable {
        true => Finding::fail(Reason::NameDiffers),
        false => Finding::undetermined(Reason::NameNotComparable),
    })
}

/// Returns whether the end of the number is that of the document; `None` if no number was shown.
pub(super) fn number(facts: &Facts, case: &Case) -> Option<Finding> {
    let whole = facts.document_number.as_ref().map(|number| folded(number.as_str()));
    let last4 = facts.number_last4.as_ref().map(|number| folded(number.as_str()));
    if whole.is_none() && last4.is_none() {
        return None;
    }
    let booked = case.number_end.as_ref().map(|end| folded(end)).filter(|end| end.chars().count() >= 3);
    let Some(booked) = booked else {
        return Some(Finding::undetermined(Reason::CaseMissing { field: CaseField::NumberEnd }));
    };
    let fits = |shown: &String| shown.ends_with(&booked) || booked.ends_with(shown.as_str());
    let fits_all = whole.iter().all(|shown| shown.ends_with(&booked)) && last4.iter().all(fits);
    Some(match fits_all {
        true => Finding::pass(Reason::NumberMatches),
        false => Finding::fail(Reason::NumberDiffers),
    })
}

fn both_orders(parts: [&Option<ShownText>; 2]) -> [String; 2] {
    let [family, given] =
        parts.map(|part| part.as_ref().map(|part| folded(part.as_str())).unwrap_or_default());
    [format!("{family}{given}"), format!("{given}{family}")]
}

/// Returns the letters and digits in lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether every letter is of a Latin alphabet.
fn is_latin(text: &str) -> bool {
    text.chars().all(|sign| sign.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::CheckState;

    fn state(shown: [&str; 4], booked: &str) -> Option<(CheckState, &'static str)> {
        let text = |text: &str| (!text.is_empty()).then(|| ShownText::new(text, 150));
        let [family_name, given_name, family_name_national, given_name_national] = shown.map(text);
        let facts =
            Facts { family_name, given_name, family_name_national, given_name_national, ..Facts::default() };
        let case = Case { name: Some(booked.to_owned()), ..Case::default() };
        name(&facts, &case).map(|finding| (finding.state, finding.cause.code().text()))
    }

    #[test]
    fn names_in_any_order_and_spelling() {
        let same = Some((CheckState::Pass, "name-matches"));
        let other = Some((CheckState::Fail, "name-differs"));
        let open = Some((CheckState::Undetermined, "name-not-comparable"));
        let wang = ["Wang", "Xiaoming", "王", "小明"];
        for booked in ["王小明", "王 小明", "WANG Xiaoming", "xiaoming wang", "Wang, Xiao-Ming"] {
            assert_eq!(state(wang, booked), same, "{booked}");
        }
        assert_eq!(state(wang, "王小红"), other);
        assert_eq!(state(wang, "Li Xiaoming"), other);
        assert_eq!(state(["", "", "王", "小明"], "Wang Xiaoming"), open);
        assert_eq!(state(["Müller", "Jörg", "", ""], "jörg müller"), same);
        assert_eq!(state(["", "", "", ""], "Wang"), None);
        assert_eq!(state(wang, " - ").map(|found| found.1), Some("case-missing"));
    }

    #[test]
    fn the_end_of_a_number() {
        let code = |last4: Option<&str>, whole: Option<&str>, booked: &str| {
            let text = |text: &str| ShownText::new(text, 32);
            let facts =
                Facts { number_last4: last4.map(text), document_number: whole.map(text), ..Facts::default() };
            let case = Case { number_end: Some(booked.to_owned()), ..Case::default() };
            number(&facts, &case).map(|finding| finding.cause.code().text())
        };
        let (same, other) = (Some("number-matches"), Some("number-differs"));
        assert_eq!(code(Some("002X"), None, "002x"), same);
        assert_eq!(code(Some("002X"), None, "1002X"), same);
        assert_eq!(code(Some("002X"), None, "02X"), same);
        assert_eq!(code(Some("002X"), None, "0021"), other);
        assert_eq!(code(None, Some("11010519491231002X"), "2002x"), other);
        assert_eq!(code(None, Some("11010519491231002X"), "31002x"), same);
        assert_eq!(code(Some("0021"), Some("11010519491231002X"), "002X"), other);
        assert_eq!(code(None, None, "002X"), None);
        assert_eq!(code(Some("002X"), None, "X"), Some("case-missing"));
    }
}
