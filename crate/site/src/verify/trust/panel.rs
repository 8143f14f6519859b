//! The panel: lists, the confirmation before one is added, and the result. Text only, from templates.

use std::rc::Rc;

use ::trust::{Entry, RememberedList};
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlElement};

use super::act::Act;
use super::described::{Place, describe, fact, fingerprint, grouped, is_demo, issuers, mark};
use super::question;
use super::state::{Refusal, State, Title};
use crate::browser::{dom, fetch};
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::{Page as Markup, TrustList as Article, TrustNobody, TrustUnread};
use crate::ui::scope::Scope;
use crate::ui::words::{self, Reason};

/// Bytes of a file that are read: more is no list.
const MAX_FILE: f64 = 2.0 * 1024.0 * 1024.0;

/// Listens to the panel; `act` is called with each action.
pub(super) fn listen(markup: &Rc<Markup>, scope: &Scope, act: impl Fn(Act) + 'static) {
    let act = Rc::new(act);
    let buttons = [
        (&markup.trust_open, (|| Act::Open) as fn() -> Act),
        (&markup.trust_yes, || Act::Accept),
        (&markup.trust_no, || Act::Decline),
        (&markup.trust_several_all, || Act::TickAll(true)),
        (&markup.trust_several_none, || Act::TickAll(false)),
        (&markup.trust_several_yes, || Act::Accept),
        (&markup.trust_several_no, || Act::Decline),
        (&markup.trust_undo, || Act::Undo),
    ];
    for (button, what) in buttons {
        let act = act.clone();
        scope.click(button, move || act(what()));
    }
    let panel = markup.trust.clone();
    scope.click(&markup.trust_close, move || panel.close());
    let closed = act.clone();
    scope.on(&markup.trust, "close", move |_| closed(Act::Closed));
    let input = markup.trust_file.clone();
    scope.on(&markup.trust_file, "change", move |_| {
        let files = input.files().map(|files| Array::from(&files)).unwrap_or_default();
        act(Act::Files(files.iter().filter_map(|file| file.dyn_into().ok()).collect()));
        // The same file can be chosen again.
        input.set_value("");
    });
}

/// Reads a file: nothing if it cannot be read, and more bytes than any list has if it is too large.
pub(super) async fn read(file: &Blob) -> Vec<u8> {
    if file.size() > MAX_FILE {
        return vec![0; 2 << 20];
    }
    fetch::blob(file).await.unwrap_or_default()
}

/// Moves the focus to what changed, so that the keyboard and a screen reader follow: to the question about `asked` lists, or to
/// the title.
pub(super) fn focus(markup: &Markup, asked: usize) {
    if markup.trust.open() {
        dom::focus(match asked {
            0 => &markup.trust_title,
            1 => &markup.trust_question,
            _ => &markup.trust_several_title,
        });
    }
}

/// Draws the panel. Returns the listeners of its lists, which call `act`.
pub(super) fn draw(markup: &Markup, state: &State, act: impl Fn(Act) + Clone + 'static) -> Scope {
    let built_in = crate::composition::trust_list().is_some();
    let trusts = |entry: &Entry| entry.verified.as_ref().is_ok_and(|list| list.crl().is_none());
    let imported = state.lists.entries().iter().any(trusts);
    dom::show(&markup.no_trust, state.loaded && !built_in && !imported);
    let missing = state.lists.missing().len();
    let left = state.lists.entries().iter().filter(|entry| entry.verified.is_ok()).count();
    dom::show(&markup.trust_missing, missing > 0);
    let (count, left) = ((left + missing).to_string(), left.to_string());
    dom::set(&markup.trust_missing, &fill("trust.missing", &[("count", &count), ("left", &left)]));
    dom::show(&markup.trust_all, state.asked.is_empty());
    dom::show(&markup.trust_error.root, state.refusal.is_some());
    if let Some(refusal) = &state.refusal {
        refused(markup, refusal);
    }
    dom::show(&markup.trust_done.root, state.done.is_some());
    if let Some((key, names, undo)) = &state.done {
        let names: Vec<String> = names.iter().map(Title::text).collect();
        let names = if names.is_empty() { tr("trust.damaged") } else { format::list(&names) };
        dom::set(&markup.trust_done.text, &fill(key, &[("name", &names)]));
        dom::show(&markup.trust_undo, undo.is_some());
    }
    let scope = Scope::new();
    question::draw(markup, &state.asked, &scope, &act);
    lists(&markup.trust_lists, state, &scope, &act);
    scope
}

/// What was not imported; of several each with its reason.
fn refused(markup: &Markup, refusal: &Refusal) {
    let error = &markup.trust_error;
    let Reason { what, next } = refusal.reason();
    dom::set(&error.text, &what);
    dom::set(&error.next, &next.unwrap_or_default());
    dom::set(&error.code, refusal.code().unwrap_or_default());
    error.parts.set_text_content(None);
    for line in refusal.parts() {
        if let Ok(row) = TrustUnread::new() {
            dom::set(&row.root, &line);
            let _ = error.parts.append_child(&row.root);
        }
    }
}

fn lists(place: &HtmlElement, state: &State, scope: &Scope, act: &(impl Fn(Act) + Clone + 'static)) {
    place.set_text_content(None);
    if let Some(article) = built_in() {
        let _ = place.append_child(&article.root);
    }
    for entry in state.lists.entries() {
        if let Some(article) = imported(entry, scope, act.clone()) {
            let _ = place.append_child(&article.root);
        }
    }
    let is_stored = |list: &&RememberedList| state.lists.entries().iter().any(|entry| entry.key == list.key);
    for list in state.lists.missing().iter().filter(|list| !is_stored(list)) {
        if let Some(article) = missing(list, scope, act.clone()) {
            let _ = place.append_child(&article.root);
        }
    }
    if place.first_element_child().is_none()
        && let Ok(nobody) = TrustNobody::new()
    {
        let _ = place.append_child(&nobody.root);
    }
}

/// The list of this build: the demo's, where there is one.
fn built_in() -> Option<Article> {
    let anchors = crate::composition::trust();
    let name = crate::composition::trust_list()?;
    let article = Article::new().ok()?;
    let place = Place::from(&article);
    dom::set(place.name, &words::isolate(&name));
    mark(&place, "current", "trust.state.current");
    fact(&place, "trust.source", &tr("trust.source.built-in"));
    let count = anchors.iter().count().to_string();
    fact(&place, "trust.issuers", &fill("trust.issuers.count", &[("count", &count)]));
    let roots: Vec<String> =
        anchors.iter().map(|anchor| grouped(&anchor.certificate().fingerprint())).collect();
    fingerprint(&place, "trust.fingerprint.certificate", &roots.join("\n"));
    issuers(&place, anchors.iter().map(|anchor| (anchor.label.clone(), None, is_demo(anchor))));
    Some(article)
}

fn imported(entry: &Entry, scope: &Scope, act: impl Fn(Act) + 'static) -> Option<Article> {
    let article = Article::new().ok()?;
    let place = Place::from(&article);
    match &entry.verified {
        Ok(list) => describe(&place, list, &entry.received),
        Err(error) => {
            dom::set(place.name, &tr("trust.damaged"));
            mark(&place, "refused", "trust.state.refused");
            fact(&place, "trust.reason", &Refusal::from(error.clone()).reason().what);
            dom::show(&article.issuers_shown, false);
            fingerprint(&place, "trust.fingerprint", &grouped(&entry.received.pin));
        }
    }
    dom::show(&article.remove, true);
    let name = match &entry.verified {
        Ok(list) => Title::of(&entry.received, list).text(),
        Err(_) => tr("trust.damaged"),
    };
    let _ = article.remove.set_attribute("aria-label", &fill("trust.remove.named", &[("name", &name)]));
    let key = entry.key.clone();
    scope.click(&article.remove, move || act(Act::Remove(key.clone())));
    Some(article)
}

/// A list of which nothing is left but what is remembered.
fn missing(list: &RememberedList, scope: &Scope, act: impl Fn(Act) + 'static) -> Option<Article> {
    let article = Article::new().ok()?;
    let place = Place::from(&article);
    let name = match (list.name.as_str(), list.is_crl()) {
        ("", _) => tr("trust.damaged"),
        (name, true) => fill("trust.crl.name", &[("issuer", &words::isolate(name))]),
        (name, false) => words::isolate(name),
    };
    dom::set(place.name, &name);
    mark(&place, "refused", "trust.state.missing");
    let reason = if list.is_crl() { "trust.missing.crl" } else { "trust.missing.list" };
    fact(&place, "trust.reason", &tr(reason));
    dom::show(&article.issuers_shown, false);
    dom::show(&article.fingerprints, false);
    dom::show(&article.remove, true);
    let _ = article.remove.set_attribute("aria-label", &fill("trust.remove.named", &[("name", &name)]));
    let key = list.key.clone();
    scope.click(&article.remove, move || act(Act::Remove(key.clone())));
    Some(article)
}
