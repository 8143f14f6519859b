//! The card: front and back, drawn from the verified view, with a running clock.

use std::cell::Cell;
use std::rc::Rc;

use licence::calendar::shanghai_day;
use licence::class::Class;
use licence::number::Sex;
use licence::status::{Group, Standing};
use licence::validity::{self, End};
use licence::view::LicenceView;
use verdict::ReasonCode;
use verdict::card::{CardStatus, Ground};
use verdict::policy::drive::{Vehicle, may_drive};
use web_sys::{Element, Event};

use super::holder::Wallet;
use super::media::Picture;
use super::problem::Problem;
use super::screen::Screen;
use super::{barcode, say};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};

/// The card on a screen.
#[derive(Clone)]
pub(super) struct Card {
    root: Element,
}

/// Puts the card into the slot `card` of a screen. `show` is called by its small code.
pub(super) fn put(
    screen: &mut Screen,
    wallet: &Rc<Wallet>,
    show: impl Fn() + 'static,
) -> Result<Card, Problem> {
    let root = dom::template("t-card").ok_or(Problem::Unexpected)?;
    let place = dom::slot(&screen.root, "card").ok_or(Problem::Unexpected)?;
    let portrait = wallet.view.portrait.as_ref().map(|portrait| portrait.bytes.clone()).unwrap_or_default();
    Picture::show_in(screen, &root, "portrait", &portrait);
    dom::put(&place, &root);

    let open = Rc::new(Cell::new(false));
    let (face, licence, shown) = (root.clone(), wallet.clone(), open.clone());
    screen.text(move || {
        write(&face, &licence.view, &licence.card_status());
        number(&face, &licence.view, shown.get());
    });
    let face = root.clone();
    screen.text(move || clock(&face));
    let face = root.clone();
    screen.every(1000, move || clock(&face));

    if let Ok(Some(eye)) = root.query_selector("[data-action=\"number\"]") {
        let (face, licence) = (root.clone(), wallet.clone());
        screen.on(&eye, "click", move |event| {
            event.stop_propagation();
            open.set(!open.get());
            number(&face, &licence.view, open.get());
        });
    }
    if let Ok(Some(code)) = root.query_selector("[data-action=\"show\"]") {
        screen.on(&code, "click", move |event: Event| {
            event.stop_propagation();
            show();
        });
    }
    Ok(Card { root })
}

impl Card {
    /// The element, for listeners.
    pub(super) fn root(&self) -> &Element {
        &self.root
    }

    /// Turns the card over; answers whether its back is seen now.
    pub(super) fn flip(&self) -> bool {
        let to_back = self.root.get_attribute("data-side").as_deref() != Some("back");
        let _ = self.root.set_attribute("data-side", if to_back { "back" } else { "front" });
        for (side, hidden) in [(".front", to_back), (".back", !to_back)] {
            if let Ok(Some(face)) = self.root.query_selector(side) {
                let _ = if hidden { face.set_attribute("inert", "") } else { face.remove_attribute("inert") };
            }
        }
        say(&if to_back { tr("card.back.seen") } else { tr("card.front.seen") });
        to_back
    }
}

fn write(card: &Element, view: &LicenceView, status: &CardStatus) {
    let ground = match status.ground {
        Ground::Green => "green",
        Ground::Red => "red",
        Ground::Grey => "grey",
    };
    let _ = card.set_attribute("data-group", ground);
    let fields = &view.fields;
    let text = |field: &Option<licence::text::ShownText>| field.as_ref().map(|t| t.as_str().to_owned());
    let day = |date: Option<cbor::Date>| date.map(format::printed_day);
    let put = |slot: &str, value: Option<String>| {
        dom::write(card, slot, &value.filter(|v| !v.is_empty()).unwrap_or_else(|| "—".to_owned()));
    };
    put("name", view.national_name());
    put("pinyin", view.latin_name());
    put("sex", fields.sex.map(sex));
    put("nationality", text(&fields.nationality).map(|code| nationality(&code)));
    put("birth", day(fields.birth_date));
    put("classes", view.classes_text());
    put("first-issue", day(fields.first_issue_date));
    put("from", day(fields.issue_date));
    put("until", until(view));
    put("points", fields.points.map(|points| points.incurred.to_string()));
    put("file-number", text(&fields.administrative_number));
    let word = status_word(view, status);
    let _ = card.toggle_attribute_with_force("data-long-status", is_long(&word));
    put("status", Some(word));
    put("generated", fields.generated_at.map(format::printed_moment));
    put("core-number", text(&fields.core_number));
    if let Some(svg) = dom::slot(card, "barcode") {
        barcode::draw(&svg, &text(&fields.core_number).unwrap_or_default());
    }
    put("back-name", view.national_name());
    put("address", text(&fields.resident_address_zh));
    put("authority", text(&fields.issuing_authority_zh));
    put("record", text(&fields.record_zh));
    classes(card, view);
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
    let answer = may_drive(&view.fields, Vehicle { class, trailer: false }, shanghai_day(format::now()));
    answer.reasons.iter().any(|reason| reason.is(ReasonCode::StopAgeReached))
}

/// One line a class: its code, what it is, since when.
fn classes(card: &Element, view: &LicenceView) {
    let Some(table) = dom::slot(card, "class-table") else {
        return;
    };
    table.set_text_content(None);
    for held in view.fields.classes.iter().flat_map(|classes| &classes.known) {
        let Some(line) = dom::template("t-class-line") else {
            continue;
        };
        dom::write(&line, "code", held.class.code());
        let vehicle = tr(&format!("class.{}", held.class.code()));
        let also = held.class.row().also_drives.iter().filter(|class| !stopped_by_age(view, **class));
        let also: Vec<&str> = also.map(|class| class.code()).collect();
        let text = if also.is_empty() {
            vehicle
        } else {
            fill("card.also", &[("vehicle", &vehicle), ("classes", &also.join(" "))])
        };
        dom::write(&line, "vehicle", &text);
        dom::write(&line, "from", &format::printed_day(held.from));
        let _ = table.append_child(&line);
    }
}

fn number(card: &Element, view: &LicenceView, open: bool) {
    let number = view.fields.document_number.as_ref().map(|number| number.as_str().to_owned());
    let shown = match number {
        Some(number) if open => format::grouped(&number),
        Some(number) => format::masked(&number),
        None => "—".to_owned(),
    };
    dom::write(card, "number", &shown);
    if let Ok(Some(eye)) = card.query_selector("[data-action=\"number\"]") {
        let _ = eye.set_attribute("aria-pressed", if open { "true" } else { "false" });
        let label = if open { tr("card.number.hide") } else { tr("card.number.show") };
        let _ = eye.set_attribute("aria-label", &label);
    }
}

fn clock(card: &Element) {
    dom::write(card, "clock", &format::printed_moment(format::now()));
}

/// The sex in words.
pub(super) fn sex(sex: Sex) -> String {
    match sex {
        Sex::Male => tr("sex.male"),
        Sex::Female => tr("sex.female"),
    }
}

/// Returns 中国 for CHN, and another code unchanged.
pub(super) fn nationality(code: &str) -> String {
    if matches!(code, "CN" | "CHN") { tr("card.china") } else { code.to_owned() }
}

/// The last day as the card prints it, or 长期.
pub(super) fn until(view: &LicenceView) -> Option<String> {
    match validity::end(&view.fields) {
        End::LongTerm => Some(tr("common.long-term")),
        End::On(date) => Some(format::printed_day(date)),
        End::Unknown => None,
    }
}
