//! Words that several views say.

use authority::application::Occasion;
use authority::demo::DemoAuthority;
use authority::desk::{Queued, Stage};
use authority::driver::Validity;
use authority::journal::Shown;
use authority::photo::RejectReason;
use cbor::Timestamp;
use licence::format_classes;
use web_sys::{HtmlOptionElement, HtmlSelectElement};

use super::app::App;
use crate::ui::format;
use crate::ui::i18n::{Language, fill, language, tr};
use crate::ui::scope::Scope;

/// The name of a driver, and the city of the office.
pub(super) fn who(app: &App, reference: &str) -> (String, String) {
    let driver = app.desk().driver(reference, app.clock.now());
    let facts = driver.map(|driver| driver.facts);
    facts.map_or_else(
        || (reference.to_owned(), String::new()),
        |facts| (facts.name_zh(), city(&facts.office.city)),
    )
}

/// A city of the demo's offices in the language that is shown.
pub(super) fn city(name: &str) -> String {
    let mut cities = DemoAuthority::new().people().iter().map(|person| person.city());
    let latin = cities.find(|(chinese, _)| chinese.trim_end_matches('市') == name).map(|(_, latin)| latin);
    of_language(name, latin.unwrap_or(name)).to_owned()
}

/// What an application is for.
pub(super) fn occasion(occasion: Occasion) -> String {
    tr(match occasion {
        Occasion::FirstClaim => "desk.occasion.first-claim",
        Occasion::Replacement => "desk.occasion.replacement",
        Occasion::Reclaim => "desk.occasion.reclaim",
        Occasion::Refresh => "desk.occasion.refresh",
    })
}

/// Why a photo is rejected.
pub(super) fn reason(reason: RejectReason) -> String {
    tr(&format!("code.{}", reason.code()))
}

/// A length of time in its two largest units.
pub(super) fn age(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    let (hours, days) = (minutes / 60, minutes / 1_440);
    let number = |value: i64| value.to_string();
    if days > 0 {
        fill("desk.age.days", &[("days", &number(days)), ("hours", &number(hours % 24))])
    } else if hours > 0 {
        fill("desk.age.hours", &[("hours", &number(hours)), ("minutes", &number(minutes % 60))])
    } else {
        fill("desk.age.minutes", &[("minutes", &number(minutes))])
    }
}

/// Fills a select element with choices whose texts follow the language.
pub(super) fn choices(
    scope: &Scope,
    select: &HtmlSelectElement,
    values: Vec<String>,
    text: impl Fn(&str) -> String + 'static,
) {
    select.set_text_content(None);
    let options: Vec<_> = values
        .into_iter()
        .filter_map(|value| {
            let option = HtmlOptionElement::new_with_text_and_value("", &value).ok()?;
            select.append_child(&option).ok()?;
            Some((value, option))
        })
        .collect();
    scope.text(move || {
        for (value, option) in &options {
            option.set_text_content(Some(&text(value)));
        }
    });
}

/// Classes as the licence prints them.
pub(super) fn classes(held: &[licence::HeldClass]) -> String {
    format_classes(held.iter().map(|held| held.class))
}

/// The one of two texts that is in the language that is shown.
pub(super) fn of_language<'t>(chinese: &'t str, latin: &'t str) -> &'t str {
    if language() == Language::Chinese { chinese } else { latin }
}

/// A term of validity.
pub(super) fn validity(term: &Validity) -> String {
    let from = format::day(term.from);
    match term.until {
        Some(until) => fill("desk.validity.until", &[("from", &from), ("until", &format::day(until))]),
        None => fill("desk.validity.long-term", &[("from", &from)]),
    }
}

/// A paper that is shown at the counter.
pub(super) fn shown_text(shown: Shown) -> String {
    tr(match shown {
        Shown::IdentityCard => "desk.shown.identity-card",
        Shown::Passport => "desk.shown.passport",
        Shown::PaperLicence => "desk.shown.paper-licence",
        Shown::ElectronicLicence => "desk.shown.electronic-licence",
        Shown::MedicalCertificate => "desk.shown.medical-certificate",
        Shown::PaperPhoto => "desk.shown.paper-photo",
        Shown::Decision => "desk.shown.decision",
    })
}

/// How long an application waits, or by how much it is late, or what became of it.
pub(super) fn age_text(queued: &Queued, now: Timestamp) -> String {
    match queued.stage() {
        Stage::ToReview if queued.is_overdue(now) => {
            fill("desk.age.late", &[("age", &age(now.seconds_since(queued.due())))])
        }
        Stage::ToReview => fill("desk.age.waits", &[("age", &age(queued.age(now)))]),
        Stage::ToAnswer => tr("desk.stage.to-answer"),
        Stage::Done => tr("desk.stage.done"),
    }
}
