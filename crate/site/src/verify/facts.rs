//! The facts of a licence in words, as far as they were shown.

use cbor::Date;
use licence::elements::{id, name_key};
use licence::{completed_years, LicenceFields, Sex, ShownText};

use crate::ui::i18n::{fill, tr};
use crate::ui::{format, words};

/// Sex and age, as exactly as they were shown: years, year of birth, or "over 18".
pub(crate) fn about(fields: &LicenceFields, day: Date) -> Option<String> {
    let parts: Vec<String> = fields.sex.map(sex).into_iter().chain(age(fields, day)).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn age(fields: &LicenceFields, day: Date) -> Option<String> {
    if let Some(birth) = fields.birth_date {
        return Some(fill("verify.age.years", &[("years", &completed_years(birth, day).to_string())]));
    }
    if let Some(year) = fields.birth_year {
        return Some(fill("verify.age.born", &[("year", &year.to_string())]));
    }
    let over = fields.age_over.iter().rev().find(|(_, over)| **over);
    let under = fields.age_over.iter().find(|(_, over)| !**over);
    match (over, under) {
        (Some((age, _)), _) => Some(fill("verify.age.over", &[("age", &age.to_string())])),
        (None, Some((age, _))) => Some(fill("verify.age.under", &[("age", &age.to_string())])),
        (None, None) => None,
    }
}

/// The number, or its end, with its name: what a clerk compares with a booking.
pub(crate) fn number(fields: &LicenceFields) -> Option<String> {
    let (name, number) = match (&fields.document_number, &fields.number_last4) {
        (Some(number), _) => (id::DOCUMENT_NUMBER, number),
        (None, Some(number)) => (id::NUMBER_LAST4, number),
        (None, None) => return None,
    };
    let number = words::isolate(number.as_str());
    Some(fill("verify.number", &[("name", &tr(&name_key(name))), ("number", &number)]))
}

/// Each class with the years it has been held.
pub(crate) fn classes(fields: &LicenceFields, day: Date) -> Vec<(String, String)> {
    let Some(classes) = &fields.classes else {
        return Vec::new();
    };
    let known = classes.known.iter().map(|held| {
        let years = completed_years(held.from, day);
        let text = match years {
            _ if held.from > day => fill("verify.held.from", &[("date", &format::day(held.from))]),
            0 => tr("verify.held.new"),
            years => fill("verify.held.years", &[("years", &years.to_string())]),
        };
        (held.class.code().to_owned(), text)
    });
    let unknown =
        classes.unknown.iter().map(|code| (words::isolate(code.as_str()), tr("verify.held.unknown")));
    known.chain(unknown).collect()
}

/// Every element that was shown, with its name, but for the portrait.
pub(crate) fn all(fields: &LicenceFields) -> Vec<(String, String)> {
    let portraits = [id::PORTRAIT, id::PORTRAIT_SMALL];
    let shown = fields.shown.iter().filter(|element| !portraits.contains(&element.as_str()));
    shown
        .map(|element| {
            let value = if fields.is_malformed(element) { None } else { value(fields, element) };
            (tr(&name_key(element)), value.unwrap_or_else(|| tr("verify.fact.unreadable")))
        })
        .collect()
}

fn value(fields: &LicenceFields, element: &str) -> Option<String> {
    let text = |text: &Option<ShownText>| text.as_ref().map(|text| words::isolate(text.as_str()));
    let day = |day: Option<Date>| day.map(format::day);
    let yes = |yes: bool| tr(if yes { "verify.fact.yes" } else { "verify.fact.no" });
    match element {
        id::FAMILY_NAME => text(&fields.family_name),
        id::GIVEN_NAME => text(&fields.given_name),
        id::FAMILY_NAME_NATIONAL => text(&fields.family_name_national),
        id::GIVEN_NAME_NATIONAL => text(&fields.given_name_national),
        id::SEX => fields.sex.map(sex),
        id::NATIONALITY => text(&fields.nationality),
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
        id::GENERATED_AT => fields.generated_at.map(format::moment),
        id::CLASSES => {
            let held = fields.classes.as_ref()?;
            let known = held.known.iter().map(|held| {
                let from = format::day(held.from);
                fill("verify.fact.class", &[("class", held.class.code()), ("date", &from)])
            });
            let unknown = held.unknown.iter().map(|code| words::isolate(code.as_str()));
            Some(format::list(&known.chain(unknown).collect::<Vec<_>>()))
        }
        id::STATUS_LETTERS => fields.status.as_ref().map(|status| {
            let letters = words::letters(&status.letters.text());
            fill("verify.fact.as-of", &[("value", &letters), ("moment", &format::moment(status.as_of))])
        }),
        id::POINTS => fields.points.map(|points| {
            let incurred = points.incurred.to_string();
            fill("verify.fact.as-of", &[("value", &incurred), ("moment", &format::moment(points.as_of))])
        }),
        id::EXTENDED_UNTIL => fields.extended_until.map(|end| end.until.map_or_else(none, format::day)),
        id::NOVICE_UNTIL => fields.novice_until.map(|novice| {
            let ends: Vec<String> =
                novice.car.into_iter().chain(novice.motorcycle).map(format::day).collect();
            if ends.is_empty() { none() } else { format::list(&ends) }
        }),
        _ => {
            let years = element.strip_prefix("age_over_")?.parse().ok()?;
            fields.age_over.get(&years).map(|over| yes(*over))
        }
    }
}

fn none() -> String {
    tr("verify.fact.none")
}

fn sex(sex: Sex) -> String {
    tr(match sex {
        Sex::Male => "sex.male",
        Sex::Female => "sex.female",
    })
}
