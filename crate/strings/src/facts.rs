//! The facts of a licence in words, as far as they were shown.

use cbor::Date;
use licence::elements::{id, name_key_in};
use licence::{Fact, Facts, Privilege, Profile, Sex, ShownText, System, completed_years};

use crate::privileges::{held, privilege};
use crate::{Locale, fill, letters, list};

/// Returns sex and age, as precisely as they were shown: years, year of birth, or "over 18".
pub fn about(fields: &Facts, day: Date, locale: &dyn Locale) -> Option<String> {
    let parts: Vec<String> =
        fields.sex.map(|of| sex(of, locale)).into_iter().chain(age(fields, day, locale)).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn age(fields: &Facts, day: Date, locale: &dyn Locale) -> Option<String> {
    if let Some(birth) = fields.birth_date {
        return Some(said(
            "verify.age.years",
            &[("years", &completed_years(birth, day).to_string())],
            locale,
        ));
    }
    if let Some(year) = fields.birth_year {
        return Some(said("verify.age.born", &[("year", &year.to_string())], locale));
    }
    let over = fields.age_over.iter().rev().find(|(_, over)| **over);
    let under = fields.age_over.iter().find(|(_, over)| !**over);
    match (over, under) {
        (Some((age, _)), _) => Some(said("verify.age.over", &[("age", &age.to_string())], locale)),
        (None, Some((age, _))) => Some(said("verify.age.under", &[("age", &age.to_string())], locale)),
        (None, None) => None,
    }
}

/// Returns what is written in the place of a name, of a document that can have one: that none was shown, or that it cannot be read.
pub fn without_name(fields: &Facts, locale: &dyn Locale) -> Option<String> {
    if fields.names() != (None, None) || !fields.applicable(Fact::Name) {
        return None;
    }
    Some(locale.tr(if fields.name_is_unreadable() { "verify.name.unreadable" } else { "verify.name.none" }))
}

/// Returns the number, or its end, with its name.
pub fn number(fields: &Facts, locale: &dyn Locale) -> Option<String> {
    let (name, number) = match (&fields.document_number, &fields.number_last4) {
        (Some(number), _) => (id::DOCUMENT_NUMBER, number),
        (None, Some(number)) => (id::NUMBER_LAST4, number),
        (None, None) => return None,
    };
    let number = locale.text(number.as_str());
    Some(said(
        "verify.number",
        &[("name", &locale.tr(&name_key_in(fields.profile, name))), ("number", &number)],
        locale,
    ))
}

/// Returns each class or category with its words: the years for which a Chinese class has been held on `day`, the meaning
/// of an ISO category, the description that a state gives. A line of restrictions alone has no code.
pub fn classes(fields: &Facts, day: Date, locale: &dyn Locale) -> Vec<(String, String)> {
    if let Some((system, lines)) = fields.privileges() {
        return lines.iter().map(|line| held(system, line, day, locale)).collect();
    }
    let Some(classes) = &fields.classes else {
        return Vec::new();
    };
    let known = classes.known.iter().map(|held| {
        let years = completed_years(held.from, day);
        let text = match years {
            _ if held.from > day => said("verify.held.from", &[("date", &locale.day(held.from))], locale),
            0 => locale.tr("verify.held.new"),
            years => said("verify.held.years", &[("years", &years.to_string())], locale),
        };
        (held.class.code().to_owned(), text)
    });
    let unknown =
        classes.unknown.iter().map(|code| (locale.text(code.as_str()), locale.tr("verify.held.unknown")));
    known.chain(unknown).collect()
}

/// Returns the name and the value of every element that was shown, except for portraits.
pub fn all(fields: &Facts, locale: &dyn Locale) -> Vec<(String, String)> {
    let portraits = [id::PORTRAIT, id::PORTRAIT_SMALL];
    let shown = fields.shown.iter().filter(|element| !portraits.contains(&element.as_str()));
    shown
        .map(|element| {
            let value = if fields.is_malformed(element) { None } else { value(fields, element, locale) };
            (
                name(fields.profile, element, locale),
                value.unwrap_or_else(|| locale.tr("verify.fact.unreadable")),
            )
        })
        .collect()
}

/// Returns the name of an element in a document of this profile; that of an `age_over_NN` with its age.
pub fn name(profile: Profile, element: &str, locale: &dyn Locale) -> String {
    let age = element.strip_prefix("age_over_").or_else(|| element.strip_prefix("age_above"));
    match age.and_then(|age| age.parse::<u8>().ok()) {
        Some(age) => said("verify.fact.age-over", &[("age", &age.to_string())], locale),
        None => locale.tr(&name_key_in(profile, element)),
    }
}

/// Returns the value of an element; `None` if it was not shown, is malformed, or has no words.
pub fn value(fields: &Facts, element: &str, locale: &dyn Locale) -> Option<String> {
    let text = |text: &Option<ShownText>| text.as_ref().map(|text| locale.text(text.as_str()));
    let day = |day: Option<Date>| day.map(|day| locale.day(day));
    let none = || locale.tr("verify.fact.none");
    let lines = |system, lines: &[Privilege]| -> String {
        let lines: Vec<String> = lines.iter().map(|line| privilege(system, line, locale)).collect();
        if lines.is_empty() { none() } else { lines.join("; ") }
    };
    let yes = |yes: bool| locale.tr(if yes { "verify.fact.yes" } else { "verify.fact.no" });
    match element {
        id::FAMILY_NAME => text(&fields.family_name),
        id::GIVEN_NAME => text(&fields.given_name),
        id::FAMILY_NAME_NATIONAL => text(&fields.family_name_national),
        id::GIVEN_NAME_NATIONAL => text(&fields.given_name_national),
        id::SEX => fields.sex.map(|of| sex(of, locale)),
        id::NATIONALITY => text(&fields.nationality),
        id::UN_DISTINGUISHING_SIGN => text(&fields.un_distinguishing_sign),
        id::BIRTH_DATE => day(fields.birth_date),
        id::AGE_BIRTH_YEAR => fields.birth_year.map(|year| year.to_string()),
        id::DOCUMENT_NUMBER => text(&fields.document_number),
        id::NUMBER_LAST4 => text(&fields.number_last4),
        id::ADMINISTRATIVE_NUMBER => text(&fields.administrative_number),
        id::CORE_NUMBER => text(&fields.core_number),
        id::ISSUING_COUNTRY => text(&fields.issuing_country),
        id::ISSUING_AUTHORITY => text(&fields.issuing_authority),
        id::ISSUING_AUTHORITY_ZH => text(&fields.issuing_authority_zh),
        id::RESIDENT_ADDRESS => text(&fields.resident_address),
        id::RESIDENT_ADDRESS_ZH => text(&fields.resident_address_zh),
        id::RECORD_ZH => text(&fields.record_zh),
        id::FIRST_ISSUE_DATE => day(fields.first_issue_date),
        id::ISSUE_DATE => day(fields.issue_date),
        id::EXPIRY_DATE => day(fields.expiry_date),
        id::LONG_TERM => fields.long_term.map(yes),
        id::GENERATED_AT => fields.generated_at.map(|at| locale.moment(at)),
        id::CLASSES => {
            let held = fields.classes.as_ref()?;
            let known = held.known.iter().map(|held| {
                let from = locale.day(held.from);
                said("verify.fact.class", &[("class", held.class.code()), ("date", &from)], locale)
            });
            let unknown = held.unknown.iter().map(|code| locale.text(code.as_str()));
            Some(list(&known.chain(unknown).collect::<Vec<_>>(), locale.language()))
        }
        id::STATUS_LETTERS => fields.status.as_ref().map(|status| {
            let letters = letters(&status.letters.text(), locale);
            said(
                "verify.fact.as-of",
                &[("value", &letters), ("moment", &locale.moment(status.as_of))],
                locale,
            )
        }),
        id::POINTS => fields.points.map(|points| {
            let incurred = points.incurred.to_string();
            said(
                "verify.fact.as-of",
                &[("value", &incurred), ("moment", &locale.moment(points.as_of))],
                locale,
            )
        }),
        id::ISSUING_JURISDICTION => text(&fields.issuing_jurisdiction),
        id::RESIDENT_NAME => text(&fields.full_name),
        id::LOCAL_RESIDENT_NAME => text(&fields.full_name_national),
        id::AGE_IN_YEARS => fields.age_in_years.map(|years| years.to_string()),
        id::DRIVING_PRIVILEGES => fields.driving_privileges.as_deref().map(|all| lines(System::Iso, all)),
        id::DOMESTIC_DRIVING_PRIVILEGES => {
            fields.domestic_privileges.as_deref().map(|all| lines(System::Us, all))
        }
        id::EXTENDED_UNTIL => {
            fields.extended_until.map(|end| end.until.map_or_else(none, |day| locale.day(day)))
        }
        id::NOVICE_UNTIL => fields.novice_until.map(|novice| {
            let ends: Vec<String> =
                novice.car.into_iter().chain(novice.motorcycle).map(|day| locale.day(day)).collect();
            if ends.is_empty() { none() } else { list(&ends, locale.language()) }
        }),
        _ => {
            let years = element.strip_prefix("age_over_").or_else(|| element.strip_prefix("age_above"))?;
            let years = years.parse().ok()?;
            fields.age_over.get(&years).map(|over| yes(*over))
        }
    }
}

/// Returns the sex in words.
pub fn sex(sex: Sex, locale: &dyn Locale) -> String {
    locale.tr(match sex {
        Sex::Male => "sex.male",
        Sex::Female => "sex.female",
    })
}

fn said(key: &str, args: &[(&str, &str)], locale: &dyn Locale) -> String {
    fill(&locale.tr(key), args)
}

#[cfg(test)]
mod tests {
    use cbor::Value;
    use licence::{DOMESTIC_NAMESPACE, ISO_NAMESPACE, Profile};
    use mdoc::Elements;

    use super::*;
    use crate::plain::Plain;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_name_is_written_as_it_is_printed() {
        let text = |text: &str| Some(ShownText::new(text, 50));
        let of = |profile, national: [&str; 2], latin: [&str; 2]| {
            let facts = Facts {
                profile,
                family_name_national: text(national[0]),
                given_name_national: text(national[1]),
                family_name: text(latin[0]),
                given_name: text(latin[1]),
                ..Facts::default()
            };
            let (national, latin) = facts.names();
            (national.unwrap(), latin.unwrap())
        };
        let both = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(of(Profile::Cn, ["林", "知夏"], ["Lin", "Zhixia"]), both("林知夏", "Lin Zhixia"));
        assert_eq!(of(Profile::Iso, ["홍", "길동"], ["Hong", "Gildong"]), both("홍길동", "Hong, Gildong"));
        assert_eq!(
            of(Profile::Iso, ["Παπάς", "Γιώργος"], ["Papas", "Giorgos"]),
            both("Παπάς, Γιώργος", "Papas, Giorgos")
        );
        let one = Facts { family_name: text("Mononym"), ..Facts::default() };
        assert_eq!(one.names(), (None, Some("Mononym".to_owned())));
    }

    #[test]
    fn facts_have_words_and_malformed_ones_are_said() {
        let mut elements = Elements::new();
        elements.insert(ISO_NAMESPACE, id::FAMILY_NAME, Value::text("Wang"));
        elements.insert(ISO_NAMESPACE, id::BIRTH_DATE, Value::date(date("1990-05-01")));
        elements.insert(DOMESTIC_NAMESPACE, id::LONG_TERM, Value::text("yes"));
        let fields = Facts::read(Profile::Cn, &elements);
        assert_eq!(value(&fields, id::FAMILY_NAME, &Plain::Marked).as_deref(), Some("<Wang>"));
        assert_eq!(value(&fields, id::GIVEN_NAME, &Plain::Marked), None);
        let unreadable = Plain::Marked.tr("verify.fact.unreadable");
        let all = all(&fields, &Plain::Marked);
        let long_term = all.iter().find(|(name, _)| *name == Plain::Marked.tr("element.long_term"));
        assert_eq!(long_term.map(|(_, value)| value), Some(&unreadable));
        assert!(all.iter().any(|(_, value)| value == "1990-05-01"));
        assert!(about(&fields, date("2026-11-22"), &Plain::Marked).is_some_and(|about| about.contains("36")));
    }
}
