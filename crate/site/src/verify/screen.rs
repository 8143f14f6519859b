//! The verdict on the screen: band, person, five rows, notes, stamp. Written as text only, from templates.

use std::rc::Rc;

use licence::{Facts, LicenceView, PortraitState, Profile, shanghai_day};
use mdoc::Elements;
use strings::facts;
use verdict::{Band, Check, CheckState, Code, Colour, Face, FaceAnswer, Layer, ReasonCode, Verdict};
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

use super::memory::{Given, Way};
use crate::browser::dom;
use crate::browser::js;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::{Check as CheckItem, Chip, Fact, Layer as Row, Note, Verdict as Article};
use crate::ui::portrait::{self, Picture};
use crate::ui::scope::Scope;
use crate::ui::{format, words};
use crate::workers::link;

/// A verdict on the screen. Dropping it takes everything personal off the page.
pub(crate) struct Screen {
    place: Element,
    article: Article,
    _scope: Scope,
    _portrait: Option<Picture>,
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
        let (article, scope) = (Article::new().ok()?, Scope::new());
        band(&article, given);
        if again {
            dom::show(&article.again, true);
            let act = act.clone();
            scope.click(&article.first, move || act.first());
        }
        let portrait = person(&article, given);
        if given.verdict.face == Face::ToCompare {
            face(&article, &scope, act);
            if portrait.is_some() {
                look(&article, &scope, act);
            }
        }
        let doubtful = [CheckState::Fail, CheckState::Undetermined]
            .into_iter()
            .find_map(|state| given.verdict.layers.iter().position(|layer| layer.state == state));
        for (index, one) in given.verdict.layers.iter().enumerate() {
            if let Some(row) = layer(one, doubtful == Some(index), &scope) {
                let _ = article.layers.append_child(&row);
            }
        }
        if let Some(view) = &given.verdict.view {
            dom::show(&article.shown, true);
            for (name, value) in facts::all(&view.fields, words::PAGE) {
                if let Ok(row) = Fact::new() {
                    dom::set(&row.name, &name);
                    dom::set(&row.value, &value);
                    let _ = article.facts.append_child(&row.root);
                }
            }
        }
        for note in &given.verdict.notes {
            if let Ok(row) = Note::new() {
                dom::set(&row.text, &words::say(note));
                let _ = article.notes.append_child(&row.root);
            }
        }
        dom::set(&article.stamp, &stamp(given));
        let _ = article.stamp.set_attribute("data-build", &link::build());
        dom::put(place, &article.root);
        Some(Self { place: place.clone(), article, _scope: scope, _portrait: portrait })
    }

    /// Writes the band again, after an answer about the face.
    pub(crate) fn answered(&self, given: &Given) {
        band(&self.article, given);
    }

    /// Puts the focus on the question about the face; false if none is asked.
    pub(crate) fn focus_face(&self) -> bool {
        let asked = !self.article.face.has_attribute("hidden") && !self.article.ask.has_attribute("hidden");
        if asked {
            dom::focus(&self.article.face);
        }
        asked
    }

    /// Draws a verdict outside of the page: a browser compiles code when it first runs, and the first verdict need not
    /// wait for that.
    pub(crate) fn rehearse(act: &impl Act) {
        let view = LicenceView::from_elements(&Elements::default());
        let verdict = Verdict { view: Some(view), ..Verdict::interrupted() };
        // As the worker sends it.
        let sent = serde_json::to_string(&verdict).unwrap_or_default();
        if let (Ok(verdict), Ok(nowhere)) =
            (serde_json::from_str(&sent), dom::document().create_element("div"))
        {
            let (payload, at) = (Rc::default(), format::now());
            let (way, answer) = (Way::Unasked, FaceAnswer::NotAnswered);
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
        fill(key, &[("word", &tr(word(&band))), ("headline", &words::say(&band.headline))])
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.place.replace_children_with_node_0();
    }
}

/// Letters of a headline above which it is set smaller, so that the person below stays in sight.
const LONG_HEADLINE: usize = 40;

/// How wide a text is, in Latin letters.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}

fn band(article: &Article, given: &Given) {
    let band = given.verdict.after_face(given.answer);
    let (name, sign) = match band.colour {
        Colour::Green => ("green", "✓"),
        Colour::Amber => ("amber", "!"),
        Colour::Red => ("red", "✕"),
    };
    let _ = article.root.set_attribute("data-colour", name);
    dom::set(&article.sign, sign);
    dom::set(&article.word, &tr(word(&band)));
    let headline = words::say(&band.headline);
    dom::set(&article.headline, &headline);
    dom::mark(&article.headline, "data-long", width(&headline) > LONG_HEADLINE);
    write_or_hide(&article.subline, band.subline.as_ref().map(words::say));
    dom::show(&article.ask, band.ask.is_some());
    if let Some(ask) = &band.ask {
        dom::set(&article.ask_text, &words::say(ask));
    }
    if given.verdict.demo || crate::composition::DEMO {
        dom::show(&article.demo, true);
    }
    for (button, answer) in [(&article.same, FaceAnswer::Same), (&article.unsure, FaceAnswer::NotSure)] {
        let pressed = if given.answer == answer { "true" } else { "false" };
        let _ = button.set_attribute("aria-pressed", pressed);
    }
}

fn word(band: &Band) -> &'static str {
    if band.scan_again {
        return "colour.scan-again";
    }
    match band.colour {
        Colour::Green => "colour.green",
        Colour::Amber => "colour.amber",
        Colour::Red => "colour.red",
    }
}

fn person(article: &Article, given: &Given) -> Option<Picture> {
    let view = given.verdict.view.as_ref()?;
    dom::show(&article.person, true);
    let url = view.portrait.as_ref().and_then(|portrait| Picture::of_jpeg(&portrait.bytes));
    match (&url, view.portrait_state) {
        (Some(url), PortraitState::Shown) => {
            dom::show(&article.portrait, true);
            article.portrait.set_src(url.address());
        }
        // What this kind of document cannot have is not missing.
        (_, PortraitState::NotShown)
            if !asks_for(given, licence::elements::id::PORTRAIT_SMALL)
                || !view.fields.applicable(licence::Fact::Portrait) => {}
        (_, state) => {
            let why = match state {
                PortraitState::NotShown => "none",
                PortraitState::NotDrawn => "not-drawn",
                PortraitState::Shown | PortraitState::Unreadable => "broken",
            };
            write_or_hide(&article.no_portrait, Some(tr(&format!("verify.portrait.{why}"))));
        }
    }
    let day = shanghai_day(given.at);
    let (national, latin) = view.fields.names();
    if view.fields.profile != Profile::Cn {
        // The language of its script is not known.
        let _ = article.name.remove_attribute("lang");
        let _ = article.latin.remove_attribute("lang");
    }
    write_or_hide(&article.name, national.clone().or_else(|| latin.clone()));
    // Where no name is asked for there is the answer alone.
    let asked = asks_for(given, licence::elements::id::FAMILY_NAME_NATIONAL);
    let no_name = facts::without_name(&view.fields, words::PAGE).filter(|_| asked);
    write_or_hide(&article.no_name, no_name);
    write_or_hide(&article.latin, latin.filter(|_| national.is_some()));
    write_or_hide(&article.country, place(&view.fields));
    write_or_hide(&article.about, facts::about(&view.fields, day, words::PAGE));
    write_or_hide(&article.number, facts::number(&view.fields, words::PAGE));
    for (code, years) in facts::classes(&view.fields, day, words::PAGE) {
        if let Ok(chip) = Chip::new() {
            dom::set(&chip.code, &code);
            dom::set(&chip.text, &years);
            let _ = article.classes.append_child(&chip.root);
        }
    }
    url
}

/// Where a licence of another country was issued: the country in both languages, the state or province, the authority.
fn place(fields: &Facts) -> Option<String> {
    if fields.profile == Profile::Cn {
        return None;
    }
    let country = fields
        .country()
        .map(|code| format::country(code.as_str()).unwrap_or_else(|| words::isolate(code.as_str())));
    let said = [&fields.issuing_jurisdiction, &fields.issuing_authority];
    let said = said.into_iter().flatten().map(|text| words::isolate(text.as_str()));
    let parts: Vec<String> = country.into_iter().chain(said).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Whether the purpose has an element.
fn asks_for(given: &Given, wanted: &str) -> bool {
    let asked = given.verdict.terms.as_ref().map(|terms| terms.purpose.all_elements()).unwrap_or_default();
    asked.iter().any(|(_, element)| *element == wanted)
}

fn face(article: &Article, scope: &Scope, act: &impl Act) {
    dom::show(&article.face, true);
    for (button, answer) in [(&article.same, FaceAnswer::Same), (&article.unsure, FaceAnswer::NotSure)] {
        let act = act.clone();
        scope.click(button, move || act.face(answer));
    }
}

/// Looks at the portrait once it is drawn: one that shows nothing leaves nothing to compare.
fn look(article: &Article, scope: &Scope, act: &impl Act) {
    let blank = {
        let (article, act) = (article.clone(), act.clone());
        move || {
            dom::show(&article.portrait, false);
            dom::show(&article.face, false);
            write_or_hide(&article.no_portrait, Some(tr("verify.portrait.blank")));
            act.face(FaceAnswer::Blank);
        }
    };
    let (image, none) = (article.portrait.clone(), blank.clone());
    scope.on(&article.portrait, "load", move |_| {
        if portrait::is_blank(&image) {
            none();
        }
    });
    scope.on(&article.portrait, "error", move |_| blank());
}

fn layer(layer: &Layer, open: bool, scope: &Scope) -> Option<HtmlDetailsElement> {
    let row = Row::new().ok()?;
    mark(&row.root, &row.sign, layer.state);
    row.root.set_open(open);
    dom::set(&row.title, &tr(layer.id.key()));
    let reached = layer.checks.iter().any(|check| check.code != Code::Own(ReasonCode::NotReached));
    let state = if reached { state_key(layer.state) } else { "state.not-reached" };
    dom::set(&row.state, &tr(state));
    dom::set(&row.summary, &words::say(&layer.summary));
    for one in &layer.checks {
        if let Some(item) = check(one, scope) {
            let _ = row.checks.append_child(&item);
        }
    }
    if layer.checks.is_empty() {
        dom::show(&row.checks, false);
        dom::mark(&row.root, "data-empty", true);
    }
    Some(row.root)
}

fn check(check: &Check, scope: &Scope) -> Option<HtmlElement> {
    let item = CheckItem::new().ok()?;
    mark(&item.root, &item.sign, check.state);
    dom::set(&item.text, &words::say(&check.message));
    let next = if check.code.next() { words::next_step(&check.message) } else { None };
    write_or_hide(&item.next, next.map(|text| fill("verify.check.next", &[("text", &text)])));
    dom::set(&item.code, check.code.text());
    let _ = item.about.set_attribute("href", &format!("/errors/#{}", check.code));
    let clause = fill("verify.clause", &[("clause", check.code.clause())]);
    write_or_hide(&item.clause, Some(clause));
    let (code, told) = (check.code.to_string(), item.copy.clone());
    scope.click(&item.copy, move || {
        if js::copy(&code) {
            dom::set(&told, &tr("common.copied"));
        }
    });
    Some(item.root)
}

fn mark(row: &Element, place: &Element, state: CheckState) {
    let (name, sign) = match state {
        CheckState::Pass => ("pass", "✓"),
        CheckState::Fail => ("fail", "✕"),
        CheckState::Undetermined => ("undetermined", "!"),
        CheckState::NotAsked => ("not-asked", "–"),
    };
    let _ = row.set_attribute("data-state", name);
    dom::set(place, sign);
}

fn state_key(state: CheckState) -> &'static str {
    match state {
        CheckState::Pass => "state.pass",
        CheckState::Fail => "state.fail",
        CheckState::Undetermined => "state.undetermined",
        CheckState::NotAsked => "state.not-asked",
    }
}

fn stamp(given: &Given) -> String {
    let time = format::printed_moment(given.at);
    let seconds = std::format!("{:.1}", given.took_ms / 1000.0);
    let lists = given.verdict.issuer.as_ref().map(|issuer| {
        format::list(&issuer.lists.iter().map(|list| words::isolate(list.as_str())).collect::<Vec<_>>())
    });
    let list = lists.or_else(crate::composition::trust_list);
    let key = if list.is_some() { "verify.stamp" } else { "verify.stamp.no-list" };
    let list = list.unwrap_or_default();
    fill(key, &[("time", &time), ("seconds", &seconds), ("list", &list)])
}

fn write_or_hide(place: &Element, text: Option<String>) {
    dom::show(place, text.is_some());
    if let Some(text) = text {
        dom::set(place, &text);
    }
}
