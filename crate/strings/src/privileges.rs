//! What may be driven, of licences of other countries, in words.

use cbor::Date;
use licence::{Condition, Privilege, ShownText, System, completed_years};

use crate::{Locale, fill, find, list};

/// The categories of ISO/IEC 18013-1 that have words, under `category.<code>`.
pub const CATEGORIES: [&str; 15] =
    ["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"];

/// The codes of ISO/IEC 18013-2 and of Directive 2006/126/EC, Annex I, that have words, under `category-code.<code>`.
pub const CODES: [&str; 22] = [
    "01", "02", "03", "05", "61", "62", "63", "64", "65", "66", "67", "68", "69", "70", "71", "73", "78",
    "79", "95", "96", "97", "106",
];

/// Returns the code of a category or class, and what it means: words, since when it has been held on `day`, until when it
/// is valid, restrictions and endorsements.
pub(crate) fn held(system: System, line: &Privilege, day: Date, locale: &dyn Locale) -> (String, String) {
    let code = if line.code.is_empty() { String::new() } else { locale.text(line.code.as_str()) };
    let since = line.from.map(|from| match completed_years(from, day) {
        _ if from > day => dated("verify.held.from", from, locale),
        0 => locale.tr("verify.held.new"),
        years => fill(&locale.tr("verify.held.years"), &[("years", &years.to_string())]),
    });
    let until = line.until.map(|until| dated("verify.fact.until", until, locale));
    let parts = meaning(system, line, locale)
        .into_iter()
        .chain(since)
        .chain(until)
        .chain(conditions(system, line, locale));
    (code, parts.collect::<Vec<_>>().join(" · "))
}

/// Returns a line of what may be driven: code, words, days, restrictions and endorsements.
pub(crate) fn privilege(system: System, line: &Privilege, locale: &dyn Locale) -> String {
    let code = Some(&line.code).filter(|code| !code.is_empty()).map(|code| locale.text(code.as_str()));
    let named: Vec<String> = code.into_iter().chain(meaning(system, line, locale)).collect();
    let mut parts = Vec::new();
    if !named.is_empty() {
        parts.push(named.join(" "));
    }
    parts.extend(line.from.map(|day| dated("verify.held.from", day, locale)));
    parts.extend(line.until.map(|day| dated("verify.fact.until", day, locale)));
    parts.extend(conditions(system, line, locale));
    list(&parts, locale.language())
}

/// Returns the description that the issuer gives, else the words of an ISO category. The letters of a state have none: the
/// same one means another thing in each.
fn meaning(system: System, line: &Privilege, locale: &dyn Locale) -> Option<String> {
    let described = line.description.as_ref().map(|text| locale.text(text.as_str()));
    described.or_else(|| words(system, &CATEGORIES, "category", &line.code, locale))
}

fn conditions<'a>(
    system: System,
    line: &'a Privilege,
    locale: &'a dyn Locale,
) -> impl Iterator<Item = String> + 'a {
    let said = move |one: &Condition| condition(system, one, locale);
    // The letter of a state's restriction may be that of a class.
    let named = move |key: &str, said: String| match system {
        System::Cn | System::Iso => said,
        System::Us => fill(&locale.tr(key), &[("code", &said)]),
    };
    let restrictions = line.restrictions.iter().map(move |one| named("verify.fact.restriction", said(one)));
    restrictions.chain(line.endorsements.iter().map(move |one| named("verify.fact.endorsement", said(one))))
}

/// Returns a restriction or an endorsement: its code, with its value, and its words.
fn condition(system: System, condition: &Condition, locale: &dyn Locale) -> String {
    let text = |text: &ShownText| locale.text(text.as_str());
    let value = condition.value.as_ref().map(|value| format!(".{}", text(value))).unwrap_or_default();
    let code = if condition.code.is_empty() { String::new() } else { text(&condition.code) + &value };
    let described = condition.description.as_ref().map(text);
    let words = described.or_else(|| words(system, &CODES, "category-code", &condition.code, locale));
    match words {
        Some(words) if code.is_empty() => words,
        Some(words) => format!("{code} {words}"),
        None => code,
    }
}

/// Returns the words of an ISO code; those of `01` for `01.06`, which is one kind of it.
fn words(
    system: System,
    known: &[&str],
    family: &str,
    code: &ShownText,
    locale: &dyn Locale,
) -> Option<String> {
    let code = code.as_str().split('.').next().unwrap_or_default();
    let known = system == System::Iso && known.contains(&code);
    known.then(|| find(&format!("{family}.{code}"), locale.language()).map(str::to_owned)).flatten()
}

fn dated(key: &str, day: Date, locale: &dyn Locale) -> String {
    fill(&locale.tr(key), &[("date", &locale.day(day))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::plain::Plain;

    fn text(text: &str) -> ShownText {
        ShownText::new(text, 50)
    }

    fn line(code: &str, codes: &[&str]) -> Privilege {
        let restrictions =
            codes.iter().map(|code| Condition { code: text(code), ..Condition::default() }).collect();
        let from = Date::parse("2016-03-01");
        Privilege { code: text(code), from, restrictions, ..Privilege::default() }
    }

    #[test]
    fn iso_categories_and_codes_have_words() {
        let day = Date::parse("2026-11-29").unwrap();
        let (code, words) = held(System::Iso, &line("B", &["78", "01.06", "400"]), day, &Plain::Bare);
        assert_eq!(code, "B");
        assert_eq!(
            words,
            "car up to 3.5 t · held 10 y · 78 automatic only · 01.06 eyesight correction · 400"
        );
        let all = privilege(System::Iso, &line("B", &["78"]), &Plain::Bare);
        assert_eq!(all, "B car up to 3.5 t, from 2016-03-01, 78 automatic only");
    }

    #[test]
    fn the_letter_of_a_state_has_no_words_but_its_own() {
        let day = Date::parse("2026-11-29").unwrap();
        assert_eq!(held(System::Us, &line("C", &["01"]), day, &Plain::Bare).1, "held 10 y · restriction 01");
        let described =
            Privilege { description: Some(text("Any vehicle under 26,001 lb")), ..line("C", &[]) };
        assert_eq!(
            held(System::Us, &described, day, &Plain::Bare).1,
            "Any vehicle under 26,001 lb · held 10 y"
        );
        let whole = Privilege { from: None, ..line("", &["B"]) };
        assert_eq!(held(System::Us, &whole, day, &Plain::Bare), (String::new(), "restriction B".to_owned()));
    }

    #[test]
    fn every_category_and_code_has_words() {
        for (family, all) in [("category", &CATEGORIES[..]), ("category-code", &CODES[..])] {
            for code in all {
                let key = format!("{family}.{code}");
                assert!(Language::ALL.iter().all(|language| find(&key, *language).is_some()), "{key}");
            }
        }
    }
}
