//! The verdict on the screen: band, person, five rows, notes, stamp. Written as text only, from templates.

use std::rc::Rc;

use licence::calendar::shanghai_day;
use licence::view::{LicenceView, PortraitState};
use mdoc::Elements;
use verdict::check::{Check, State};
use verdict::{Colour, Face, FaceAnswer, Layer, Verdict};
use web_sys::Element;

use super::facts;
use super::memory::{Given, Way};
use super::portrait::PortraitUrl;
use crate::browser::dom;
use crate::browser::js;
use crate::ui::i18n::{fill, tr};
use crate::ui::{format, words};
use crate::workers::link;

/// A verdict on the screen. Dropping it takes everything personal off the page.
pub(crate) struct Screen {
    place: Element,
    listeners: Vec<dom::Listener>,
    _portrait: Option<PortraitUrl>,
}

/// What the person can do with a verdict, apart from going on.
pub(crate) trait Act: Clone + 'static {
    /// Answers whether it is the same person.
    fn face(&self, answer: FaceAnswer);
    /// Opens the first verdict on the same code.
    fn first(&self);
}

impl Screen {
    /// Draws a verdict into `place`; `again` says that there is a first verdict to go back to.
    pub(crate) fn draw(place: &Element, given: &Given, again: bool, act: &impl Act) -> Option<Self> {
        let article = dom::template("verdict-template")?;
        let mut listeners = Vec::new();
        band(&article, given);
        if again && let Some(button) = shown_slot(&article, "again").and_then(|row| dom::slot(&row, "first"))
        {
            let act = act.clone();
            listeners.push(dom::on(&button, "click", move |_| act.first()));
        }
        let portrait = person(&article, given);
        if given.verdict.face == Face::ToCompare {
            listeners.extend(face(&article, given, act));
        }
        if let Some(rows) = dom::slot(&article, "layers") {
            let doubtful = [State::Fail, State::Undetermined]
                .into_iter()
                .find_map(|state| given.verdict.layers.iter().position(|layer| layer.state == state));
            for (index, one) in given.verdict.layers.iter().enumerate() {
                if let Some(row) = layer(one, doubtful == Some(index), &mut listeners) {
                    let _ = rows.append_child(&row);
                }
            }
        }
        if let Some(view) = &given.verdict.view
            && let Some(list) = shown_slot(&article, "shown").and_then(|box_| dom::slot(&box_, "facts"))
        {
            for (name, value) in facts::all(&view.fields) {
                if let Some(row) = dom::template("fact-template") {
                    dom::write(&row, "name", &name);
                    dom::write(&row, "value", &value);
                    let _ = list.append_child(&row);
                }
            }
        }
        if let Some(notes) = dom::slot(&article, "notes") {
            for note in &given.verdict.notes {
                if let Some(row) = dom::template("note-template") {
                    dom::write(&row, "text", &words::say(note));
                    let _ = notes.append_child(&row);
                }
            }
        }
        dom::write(&article, "stamp", &stamp(given));
        dom::put(place, &article);
        Some(Self { place: place.clone(), listeners, _portrait: portrait })
    }

    /// Draws a verdict that nobody sees: a browser compiles code when it first runs, and the first person's verdict need
    /// not wait for that.
    pub(crate) fn rehearse(act: &impl Act) {
        let view = LicenceView::from_elements(&Elements::default());
        let verdict = Verdict { view: Some(view), ..Verdict::interrupted() };
        // As the worker sends it.
        let sent = serde_json::to_string(&verdict).unwrap_or_default();
        if let (Ok(verdict), Ok(nowhere)) =
            (serde_json::from_str(&sent), dom::document().create_element("div"))
        {
            let (payload, at) = (Rc::default(), format::now());
            let (way, answer) = (Way::OneWay, FaceAnswer::NotAnswered);
            drop(Self::draw(
                &nowhere,
                &Given { verdict, payload, way, at, answer, took_ms: 0.0 },
                false,
                act,
            ));
        }
    }

    /// Which rows are open, to open them again after the language changed.
    pub(crate) fn open_rows(&self) -> Vec<bool> {
        dom::all_in(&self.place, "details").iter().map(|row| row.has_attribute("open")).collect()
    }

    /// Opens these rows and closes the others.
    pub(crate) fn set_open_rows(&self, open: &[bool]) {
        for (row, open) in dom::all_in(&self.place, "details").iter().zip(open) {
            let _ = if *open { row.set_attribute("open", "") } else { row.remove_attribute("open") };
        }
    }

    /// The sentence that a screen reader says at once.
    pub(crate) fn announcement(given: &Given) -> String {
        let band = given.verdict.after_face(given.answer);
        let key = if band.ask.is_some() { "verify.announce.face" } else { "verify.announce" };
        fill(key, &[("word", &tr(word(band.colour))), ("headline", &words::say(&band.headline))])
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.place.replace_children_with_node_0();
        // This may run inside one of them.
        let listeners = std::mem::take(&mut self.listeners);
        wasm_bindgen_futures::spawn_local(async move { drop(listeners) });
    }
}

/// Letters of a headline above which it is set smaller, so that the person below stays in sight.
const LONG_HEADLINE: usize = 40;

/// How wide a text is, in Latin letters.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}

/// Writes the band again, after an answer about the face.
pub(crate) fn band(article: &Element, given: &Given) {
    let band = given.verdict.after_face(given.answer);
    let (name, sign) = match band.colour {
        Colour::Green => ("green", "✓"),
        Colour::Amber => ("amber", "!"),
        Colour::Red => ("red", "✕"),
    };
    let _ = article.set_attribute("data-colour", name);
    dom::write(article, "sign", sign);
    dom::write(article, "word", &tr(word(band.colour)));
    let headline = words::say(&band.headline);
    dom::write(article, "headline", &headline);
    if let Some(place) = dom::slot(article, "headline") {
        let long = width(&headline) > LONG_HEADLINE;
        let _ = if long { place.set_attribute("data-long", "") } else { place.remove_attribute("data-long") };
    }
    write_or_hide(article, "subline", band.subline.as_ref().map(words::say));
    write_or_hide(article, "ask", None);
    if let Some(ask) = &band.ask
        && let Some(place) = shown_slot(article, "ask")
    {
        dom::write(&place, "ask-text", &words::say(ask));
    }
    if given.verdict.demo || crate::page::DEMO {
        shown_slot(article, "demo");
    }
    for (name, answer) in [("same", FaceAnswer::Same), ("unsure", FaceAnswer::NotSure)] {
        if let Some(button) = dom::slot(article, name) {
            let pressed = if given.answer == answer { "true" } else { "false" };
            let _ = button.set_attribute("aria-pressed", pressed);
        }
    }
}

fn word(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "colour.green",
        Colour::Amber => "colour.amber",
        Colour::Red => "colour.red",
    }
}

fn person(article: &Element, given: &Given) -> Option<PortraitUrl> {
    let view = given.verdict.view.as_ref()?;
    let person = shown_slot(article, "person")?;
    let url = view.portrait.as_ref().and_then(PortraitUrl::new);
    match (&url, view.portrait_state) {
        (Some(url), PortraitState::Shown) => {
            if let Some(image) = shown_slot(&person, "portrait") {
                let _ = image.set_attribute("src", url.as_str());
            }
        }
        (_, PortraitState::NotShown) if !asks_for_portrait(given) => {}
        (_, state) => {
            let why = if state == PortraitState::NotShown { "none" } else { "broken" };
            if let Some(place) = shown_slot(&person, "no-portrait") {
                place.set_text_content(Some(&tr(&format!("verify.portrait.{why}"))));
            }
        }
    }
    let day = shanghai_day(given.at);
    let (national, latin) = (view.national_name(), view.latin_name());
    // Whose name was not shown is known by the answer alone.
    write_or_hide(&person, "name", national.clone().or_else(|| latin.clone()));
    write_or_hide(&person, "latin", latin.filter(|_| national.is_some()));
    write_or_hide(&person, "about", facts::about(&view.fields, day));
    write_or_hide(&person, "number", facts::number(&view.fields));
    if let Some(chips) = dom::slot(&person, "classes") {
        for (code, years) in facts::classes(&view.fields, day) {
            if let Some(chip) = dom::template("chip-template") {
                dom::write(&chip, "code", &code);
                dom::write(&chip, "text", &years);
                let _ = chips.append_child(&chip);
            }
        }
    }
    url
}

fn asks_for_portrait(given: &Given) -> bool {
    let asked = given.verdict.terms.as_ref().map(|terms| terms.purpose.all_elements()).unwrap_or_default();
    asked.iter().any(|(_, element)| *element == licence::elements::id::PORTRAIT_SMALL)
}

fn face(article: &Element, given: &Given, act: &impl Act) -> Vec<dom::Listener> {
    let Some(place) = shown_slot(article, "face") else {
        return Vec::new();
    };
    band(article, given);
    [("same", FaceAnswer::Same), ("unsure", FaceAnswer::NotSure)]
        .into_iter()
        .filter_map(|(name, answer)| {
            let (act, button) = (act.clone(), dom::slot(&place, name)?);
            Some(dom::on(&button, "click", move |_| act.face(answer)))
        })
        .collect()
}

fn layer(layer: &Layer, open: bool, listeners: &mut Vec<dom::Listener>) -> Option<Element> {
    let row = dom::template("layer-template")?;
    mark(&row, layer.state);
    if open {
        let _ = row.set_attribute("open", "");
    }
    dom::write(&row, "title", &tr(verdict::catalogue::layer_key(layer.id)));
    dom::write(&row, "state", &tr(state_key(layer.state)));
    dom::write(&row, "summary", &words::say(&layer.summary));
    let checks = dom::slot(&row, "checks")?;
    for one in &layer.checks {
        if let Some(item) = check(one, listeners) {
            let _ = checks.append_child(&item);
        }
    }
    if layer.checks.is_empty() {
        dom::show(&checks, false);
        let _ = row.set_attribute("data-empty", "");
    }
    Some(row)
}

fn check(check: &Check, listeners: &mut Vec<dom::Listener>) -> Option<Element> {
    let item = dom::template("check-template")?;
    mark(&item, check.state);
    dom::write(&item, "text", &words::say(&check.message));
    let next = if check.next { words::next_step(&check.message) } else { None };
    write_or_hide(&item, "next", next.map(|text| fill("verify.check.next", &[("text", &text)])));
    dom::write(&item, "code", &check.code);
    if let Some(about) = dom::slot(&item, "about") {
        let _ = about.set_attribute("href", &format!("/errors/#{}", check.code));
    }
    let clause = check.clause.as_ref().map(|clause| fill("verify.clause", &[("clause", clause)]));
    write_or_hide(&item, "clause", clause);
    if let Some(button) = dom::slot(&item, "copy") {
        let (code, told) = (check.code.to_string(), button.clone());
        listeners.push(dom::on(&button, "click", move |_| {
            if js::copy(&code) {
                told.set_text_content(Some(&tr("common.copied")));
            }
        }));
    }
    Some(item)
}

fn mark(row: &Element, state: State) {
    let (name, sign) = match state {
        State::Pass => ("pass", "✓"),
        State::Fail => ("fail", "✕"),
        State::Undetermined => ("undetermined", "!"),
        State::NotAsked => ("not-asked", "–"),
    };
    let _ = row.set_attribute("data-state", name);
    dom::write(row, "sign", sign);
}

fn state_key(state: State) -> &'static str {
    match state {
        State::Pass => "state.pass",
        State::Fail => "state.fail",
        State::Undetermined => "state.undetermined",
        State::NotAsked => "state.not-asked",
    }
}

fn stamp(given: &Given) -> String {
    let (time, build) = (format::printed_moment(given.at), link::build());
    let seconds = std::format!("{:.1}", given.took_ms / 1000.0);
    let lists = given.verdict.issuer.as_ref().map(|issuer| {
        format::list(&issuer.lists.iter().map(|list| words::isolate(list.as_str())).collect::<Vec<_>>())
    });
    let list = lists.or_else(crate::built_in::trust_list);
    let key = if list.is_some() { "verify.stamp" } else { "verify.stamp.no-list" };
    let list = list.unwrap_or_default();
    fill(key, &[("time", &time), ("seconds", &seconds), ("list", &list), ("build", &build)])
}

fn write_or_hide(root: &Element, name: &str, text: Option<String>) {
    if let Some(place) = dom::slot(root, name) {
        dom::show(&place, text.is_some());
        if let Some(text) = text {
            place.set_text_content(Some(&text));
        }
    }
}

fn shown_slot(root: &Element, name: &str) -> Option<Element> {
    let place = dom::slot(root, name)?;
    dom::show(&place, true);
    Some(place)
}
