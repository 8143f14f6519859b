//! What comes, under Details: the day, what to do and where; and the same as a file for a calendar.

use std::rc::Rc;

use js_sys::Array;
use licence::coming::{Coming, What, coming};
use licence::ics::{self, Event};
use licence::{format_classes, shanghai_day};
use sha2::{Digest, Sha256};
use strings::Language;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use super::app::App;
use super::application;
use super::fields;
use super::holder::Wallet;
use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{ComingRow, Details};
use crate::ui::scope::Scope;
use crate::ui::{format, words};

/// What made the file.
const PRODUCT: &str = "-//Liangzheng//Wallet//ZH";

/// Puts the list on the details of a licence, and offers the file.
pub(super) fn put(scope: &Scope, page: &Details, app: &Rc<App>) {
    let (written, there) = (page.clone(), app.clone());
    scope.text(move || {
        if let Some(wallet) = there.wallet() {
            write(&written, &wallet);
        }
    });
    let (there, answer) = (app.clone(), page.ics_answer.clone());
    // The address lives as long as the screen: a browser may read it only after the click.
    let addresses = Rc::new(std::cell::RefCell::new(Vec::new()));
    let made = addresses.clone();
    scope.click(&page.ics, move || {
        let saved = there.wallet().and_then(|wallet| save(&wallet));
        dom::set(&answer, &saved.as_ref().map(|_| tr("coming.ics.saved")).unwrap_or_default());
        made.borrow_mut().extend(saved);
    });
    scope.leave(move || {
        for address in addresses.take() {
            let _ = Url::revoke_object_url(&address);
        }
    });
}

/// What comes for a licence.
fn of(wallet: &Wallet) -> Vec<Coming> {
    let today = shanghai_day(format::now());
    let photo = application::record_of(&wallet.stored).ok().map(|record| record.replaceable_from());
    coming(&wallet.view.fields, photo.filter(|from| *from > today), today)
}

fn write(page: &Details, wallet: &Wallet) {
    let today = shanghai_day(format::now());
    let all = of(wallet);
    page.coming_list.set_text_content(None);
    dom::show(&page.coming_none, all.is_empty());
    dom::show(&page.ics_row, !all.is_empty());
    let office =
        fields::in_language(&wallet.view.fields.issuing_authority_zh, &wallet.view.fields.issuing_authority);
    let office = words::isolate(&office.unwrap_or_default());
    for coming in all {
        let Ok(row) = ComingRow::new() else {
            continue;
        };
        let name = coming.what.name();
        let _ = row.root.set_attribute("data-coming", name);
        dom::set(&row.day, &format::day(coming.next_day(today)));
        let _ = row.day.set_attribute("datetime", &coming.next_day(today).to_string());
        let (age, classes) = about(&coming.what);
        dom::set(&row.what, &fill(&format!("coming.{name}"), &[("age", &age), ("classes", &classes)]));
        let term = coming.until.map(|until| {
            let (from, until) = (format::day(coming.from), format::day(until));
            let key = if coming.is_open(today) { "coming.open" } else { "coming.term" };
            fill(key, &[("from", &from), ("until", &until)])
        });
        dom::set(&row.term, &term.unwrap_or_default());
        dom::set(&row.next, &fill(&format!("coming.{name}.next"), &[("office", &office)]));
        let _ = page.coming_list.append_child(&row.root);
    }
}

/// The age and the classes that it is about.
fn about(what: &What) -> (String, String) {
    let age = if let What::StopAge { age, .. } = what { age.to_string() } else { String::new() };
    (age, format_classes(what.classes().iter().copied()))
}

/// Makes the file and hands it to the browser. Returns its address.
fn save(wallet: &Wallet) -> Option<String> {
    let text = ics::file(PRODUCT, &events(wallet), format::now());
    let kind = BlobPropertyBag::new();
    kind.set_type("text/calendar;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlElement = dom::document().create_element("a").ok()?.dyn_into().ok()?;
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", &format!("{}.ics", tr("coming.ics.name")));
    link.click();
    Some(address)
}

/// The days as events, in both languages. The identifier of an event has no day, so that another day moves it; it tells two
/// licences apart by the device key, which is no one's number.
fn events(wallet: &Wallet) -> Vec<Event> {
    let digest = Sha256::digest(wallet.stored.key.public());
    let id = base16ct::lower::encode_string(digest.get(..8).unwrap_or_default());
    let fields = &wallet.view.fields;
    let office = |language| {
        let (zh, latin) = (&fields.issuing_authority_zh, &fields.issuing_authority);
        let (first, second) = if language == Language::Chinese { (zh, latin) } else { (latin, zh) };
        fields::text(first).or_else(|| fields::text(second)).unwrap_or_default()
    };
    let mut events = Vec::new();
    for coming in of(wallet) {
        let name = coming.what.name();
        let (age, classes) = about(&coming.what);
        let said = |key: &str, language| {
            let text = strings::find(key, language).unwrap_or_default();
            strings::fill(text, &[("age", &age), ("classes", &classes), ("office", &office(language))])
        };
        let both = |key: &str, between: &str| {
            [said(key, Language::Chinese), said(key, Language::English)].join(between)
        };
        let mut add = |end: &str, day| {
            events.push(Event {
                uid: format!("{name}{age}{}.{id}@liangzheng.invalid", end.replace('.', "-")),
                day,
                summary: both(&format!("coming.{name}{end}"), " · "),
                description: both(&format!("coming.{name}.next"), "\n"),
                location: office(Language::Chinese),
            });
        };
        match coming.until {
            Some(until) => {
                add(".opens", coming.from);
                add(".ends", until);
            }
            None => add("", coming.from),
        }
    }
    events
}
