//! The card: front and back, drawn from the verified view, with a running clock.

use std::cell::Cell;
use std::rc::Rc;

use licence::{Class, Group, LicenceView, Standing, Vehicle, shanghai_day};
use verdict::ReasonCode;
use verdict::card::{CardStatus, Ground};
use verdict::drive::may_drive;
use web_sys::{Event, HtmlElement};

use super::app::App;
use super::holder::Wallet;
use super::problem::Problem;
use super::{barcode, fields};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{Card as Markup, ClassLine};
use crate::ui::portrait::Picture;
use crate::ui::scope::Scope;

/// The card on a screen.
pub(super) struct Card {
    page: Markup,
    /// Whether its back is seen.
    turned: Cell<bool>,
}

/// Puts the card into its place on a screen.
pub(super) fn put(scope: &Scope, place: &HtmlElement, wallet: &Rc<Wallet>) -> Result<Card, Problem> {
    let page = Markup::new()?;
    let portrait = wallet.view.portrait.as_ref().map(|portrait| portrait.bytes.clone()).unwrap_or_default();
    Picture::show_in(scope, &page.portrait, &portrait);
    dom::put(place, &page.root);

    let open = Rc::new(Cell::new(false));
    let (face, licence, shown) = (page.clone(), wallet.clone(), open.clone());
    scope.text(move || {
        write(&face, &licence.view, &licence.card_status());
        number(&face, &licence.view, shown.get());
        clock(&face);
    });
    let face = page.clone();
    scope.every(1000, move || clock(&face));

    let (face, licence) = (page.clone(), wallet.clone());
    scope.on(&page.number_shown, "click", move |event: Event| {
        event.stop_propagation();
        open.set(!open.get());
        number(&face, &licence.view, open.get());
    });
    Ok(Card { page, turned: Cell::new(false) })
}

impl Card {
    /// The element, for listeners.
    pub(super) fn root(&self) -> &HtmlElement {
        &self.page.root
    }

    /// Turns the card over; answers whether its back is seen now.
    pub(super) fn flip(&self, app: &App) -> bool {
        let to_back = !self.turned.get();
        self.turned.set(to_back);
        let _ = self.page.root.set_attribute("data-side", if to_back { "back" } else { "front" });
        for (face, hidden) in [(&self.page.front, to_back), (&self.page.back, !to_back)] {
            let _ = if hidden { face.set_attribute("inert", "") } else { face.remove_attribute("inert") };
        }
        app.say(&if to_back { tr("card.back.seen") } else { tr("card.front.seen") });
        to_back
    }
}

fn write(page: &Markup, view: &LicenceView, status: &CardStatus) {
    let ground = match status.ground {
        Ground::Green => "green",
        Ground::Red => "red",
        Ground::Grey => "grey",
    };
    let _ = page.root.set_attribute("data-group", ground);
    let fields = &view.fields;
    let text = fields::text;
    let day = |date: Option<cbor::Date>| date.map(format::printed_day);
    let put = |place: &HtmlElement, value: Option<String>| {
        dom::set(place, &value.filter(|v| !v.is_empty()).unwrap_or_else(|| "—".to_owned()));
    };
    put(&page.name, view.national_name());
    put(&page.pinyin, view.latin_name());
    put(&page.sex, fields.sex.map(fields::sex));
    put(&page.nationality, text(&fields.nationality).map(|code| fields::nationality(&code)));
    put(&page.birth, day(fields.birth_date));
    put(&page.classes, view.classes_text());
    put(&page.first_issue, day(fields.first_issue_date));
    put(&page.from, day(fields.issue_date));
    put(&page.until, fields::until(view));
    put(&page.points, fields.points.map(|points| points.incurred.to_string()));
    put(&page.file_number, text(&fields.administrative_number));
    let word = status_word(view, status);
    let _ = page.root.toggle_attribute_with_force("data-long-status", is_long(&word));
    put(&page.status, Some(word));
    put(&page.generated, fields.generated_at.map(format::printed_moment));
    put(&page.core_number, text(&fields.core_number));
    barcode::draw(&page.barcode, &text(&fields.core_number).unwrap_or_default());
    put(&page.back_name, view.national_name());
    put(&page.address, fields::in_language(&fields.resident_address_zh, &fields.resident_address));
    put(&page.authority, fields::in_language(&fields.issuing_authority_zh, &fields.issuing_authority));
    put(&page.record, text(&fields.record_zh));
    classes(page, view);
}

/// The status in a word or two; the strip above the card and the details say it in full.
fn status_word(view: &LicenceView, status: &CardStatus) -> String {
    let Some(signed) = &view.fields.status else {
        return tr("card.unknown.short");
    };
    match (status.ground, signed.letters.standing()) {
        (Ground::Green, Standing::Known(Group::Extended)) => tr("card.extended.short"),
        (Ground::Red, Standing::Known(Group::Green | Group::Extended)) => tr("card.expired.short"),
        (_, Standing::Unknown { .. } | Standing::Empty) => tr("card.unknown.short"),
        _ => {
            let letters = signed.letters.known().iter();
            let names: Vec<String> = letters.map(|l| tr(&format!("letter.{}", l.sign()))).collect();
            format::list(&names)
        }
    }
}

/// Whether a status needs the smaller letters: more than six Chinese or eight Latin ones.
fn is_long(word: &str) -> bool {
    word.chars().map(|letter| if letter.is_ascii() { 3 } else { 4 }).sum::<u32>() > 24
}

/// Whether the holder is too old for this class today: such a class is no longer driven along.
fn stopped_by_age(view: &LicenceView, class: Class) -> bool {
    let answer = may_drive(&view.fields, Vehicle::of_class(class), shanghai_day(format::now()));
    answer.reasons.iter().any(|reason| reason.is(ReasonCode::StopAgeReached))
}

/// One line a class: its code, what it is, since when.
fn classes(page: &Markup, view: &LicenceView) {
    page.class_table.set_text_content(None);
    for held in view.fields.classes.iter().flat_map(|classes| &classes.known) {
        let Ok(line) = ClassLine::new() else {
            continue;
        };
        dom::set(&line.code, held.class.code());
        let vehicle = tr(&format!("class.{}", held.class.code()));
        let also = held.class.row().also_drives.iter().filter(|class| !stopped_by_age(view, **class));
        let also: Vec<&str> = also.map(|class| class.code()).collect();
        let text = if also.is_empty() {
            vehicle
        } else {
            fill("card.also", &[("vehicle", &vehicle), ("classes", &also.join(" "))])
        };
        dom::set(&line.vehicle, &text);
        dom::set(&line.from, &format::printed_day(held.from));
        let _ = page.class_table.append_child(&line.root);
    }
}

fn number(page: &Markup, view: &LicenceView, open: bool) {
    let shown = match fields::text(&view.fields.document_number) {
        Some(number) if open => format::grouped(&number),
        Some(number) => format::masked(&number),
        None => "—".to_owned(),
    };
    dom::set(&page.number, &shown);
    let eye = &page.number_shown;
    let _ = eye.set_attribute("aria-pressed", if open { "true" } else { "false" });
    let label = if open { tr("card.number.hide") } else { tr("card.number.show") };
    let _ = eye.set_attribute("aria-label", &label);
}

fn clock(page: &Markup) {
    dom::set(&page.clock, &format::printed_moment(format::now()));
}
