//! The panel: lists, the question before one is added, and what came of it. Written as text only, from templates.

use ::trust::{Candidate, Content, Currency, Entry, Issuer, ReceivedList, VerifiedList};
use cbor::Timestamp;
use js_sys::{Promise, Uint8Array};
use licence::calendar::shanghai_day;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, HtmlDialogElement, HtmlInputElement};

use super::{State, Title, Trust};
use crate::browser::dom;
use crate::browser::js;
use crate::ui::i18n::{fill, has, tr};
use crate::ui::{format, words};

/// Issuers of a list that are shown by name.
const SHOWN_ENTRIES: usize = 200;
/// Bytes of a file that are read: more is no list.
const MAX_FILE: f64 = 2.0 * 1024.0 * 1024.0;

fn dialog() -> Option<HtmlDialogElement> {
    dom::by_id("trust")?.dyn_into().ok()
}

pub(super) fn listen(trust: &Trust, moved: impl Fn() + Clone + 'static) {
    let Some(dialog) = dialog() else {
        return;
    };
    if let Some(button) = dom::by_id("trust-open") {
        let (panel, trust, moved) = (dialog.clone(), trust.clone(), moved.clone());
        dom::on(&button, "click", move |_| {
            trust.0.state.borrow_mut().done = None;
            draw(&trust);
            let _ = panel.show_modal();
            moved();
        })
        .forget();
    }
    let there = trust.clone();
    dom::on(&dialog, "close", move |_| {
        there.give_up();
        moved();
    })
    .forget();
    let click = |id: &str, act: Box<dyn Fn()>| {
        if let Some(button) = dom::by_id(id) {
            dom::on(&button, "click", move |_| act()).forget();
        }
    };
    let panel = dialog.clone();
    click("trust-close", Box::new(move || panel.close()));
    let there = trust.clone();
    click("trust-yes", Box::new(move || there.accept()));
    let there = trust.clone();
    click("trust-no", Box::new(move || there.decline()));
    let there = trust.clone();
    click("trust-undo", Box::new(move || there.undo()));
    if let Some(files) = dom::by_id("trust-file").and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
    {
        let (input, there) = (files.clone(), trust.clone());
        dom::on(&files, "change", move |_| {
            let file = input.files().and_then(|files| files.get(0));
            there.hand_in(file.map(Into::into));
            // The same file can be chosen again.
            input.set_value("");
        })
        .forget();
    }
}

/// Whether the panel is open: what is dropped on the page is meant for it.
pub(super) fn is_open() -> bool {
    dialog().is_some_and(|dialog| dialog.open())
}

/// The bytes of a file; of one that cannot be read none, and of one that is too large as many as no list has.
pub(super) async fn read(file: &Blob) -> Vec<u8> {
    if file.size() > MAX_FILE {
        return vec![0; 2 << 20];
    }
    let bytes = async {
        let read = js::get(file, "arrayBuffer").dyn_into::<js_sys::Function>().ok()?;
        let promise = read.call0(file).ok()?.dyn_into::<Promise>().ok()?;
        Some(Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec())
    };
    bytes.await.unwrap_or_default()
}

/// Moves the focus to what changed, so that the keyboard and a screen reader follow.
pub(super) fn focus(trust: &Trust) {
    let open = is_open();
    let asked = !trust.0.state.borrow().asked.is_empty();
    if let Some(place) = dom::by_id(if asked { "trust-question" } else { "trust-title" }).filter(|_| open) {
        dom::focus(&place);
    }
}

pub(super) fn draw(trust: &Trust) {
    let state = trust.0.state.borrow();
    let show = |id: &str, visible: bool| {
        let place = dom::by_id(id);
        if let Some(place) = &place {
            dom::show(place, visible);
        }
        place.filter(|_| visible)
    };
    if let Some(notice) = dom::by_id("no-trust") {
        let built_in = crate::built_in::trust_list().is_some();
        let trusts = |entry: &Entry| entry.verified.as_ref().is_ok_and(|list| list.crl().is_none());
        let imported = state.lists.entries().iter().any(trusts);
        dom::show(&notice, state.loaded && !built_in && !imported);
    }
    let asked = state.asked.front();
    show("trust-all", asked.is_none());
    if let (Some(place), Some(asked)) = (show("trust-ask", asked.is_some()), asked) {
        question(&place, asked, state.asked.len() - 1);
    }
    if let (Some(place), Some(refusal)) = (show("trust-error", state.refusal.is_some()), &state.refusal) {
        dom::write(&place, "text", &tr(&refusal.key));
        let next = format!("{}.next", refusal.key);
        dom::write(&place, "next", &if has(&next) { tr(&next) } else { String::new() });
        dom::write(&place, "code", refusal.code.unwrap_or_default());
    }
    if let (Some(place), Some((key, names, undo))) = (show("trust-done", state.done.is_some()), &state.done) {
        let names: Vec<String> = names.iter().map(Title::text).collect();
        let names = if names.is_empty() { tr("trust.damaged") } else { format::list(&names) };
        dom::write(&place, "text", &fill(key, &[("name", &names)]));
        show("trust-undo", undo.is_some());
    }
    if let Some(place) = dom::by_id("trust-lists") {
        lists(&place, trust, &state);
    }
}

fn lists(place: &Element, trust: &Trust, state: &State) {
    place.set_text_content(None);
    if let Some(article) = built_in() {
        let _ = place.append_child(&article);
    }
    for entry in state.lists.entries() {
        if let Some(article) = imported(trust, entry) {
            let _ = place.append_child(&article);
        }
    }
    if place.first_element_child().is_none()
        && let Some(nobody) = dom::template("trust-nobody-template")
    {
        let _ = place.append_child(&nobody);
    }
}

/// The list of this build: the demo's, where there is one.
fn built_in() -> Option<Element> {
    let anchors = crate::built_in::issuers();
    let name = crate::built_in::trust_list()?;
    let article = dom::template("trust-list-template")?;
    dom::write(&article, "name", &words::isolate(&name));
    mark(&article, "current", "trust.state.current");
    fact(&article, "trust.source", &tr("trust.source.built-in"));
    let count = anchors.iter().count().to_string();
    fact(&article, "trust.issuers", &fill("trust.issuers.count", &[("count", &count)]));
    let roots: Vec<String> =
        anchors.iter().map(|anchor| grouped(&anchor.certificate().fingerprint())).collect();
    fingerprint(&article, "trust.fingerprint.certificate", &roots.join("\n"));
    issuers(&article, anchors.iter().map(|anchor| (anchor.label.clone(), None, is_demo(anchor))));
    Some(article)
}

fn imported(trust: &Trust, entry: &Entry) -> Option<Element> {
    let article = dom::template("trust-list-template")?;
    match &entry.verified {
        Ok(list) => describe(&article, list, &entry.received),
        Err(error) => {
            dom::write(&article, "name", &tr("trust.damaged"));
            mark(&article, "refused", "trust.state.refused");
            fact(&article, "trust.reason", &tr(&super::refusal(error).key));
            hide(&article, "issuers-shown");
            fingerprint(&article, "trust.fingerprint", &grouped(&entry.received.pin));
        }
    }
    let button = dom::slot(&article, "remove")?;
    dom::show(&button, true);
    let name = match &entry.verified {
        Ok(list) => Title::of(&entry.received, list).text(),
        Err(_) => tr("trust.damaged"),
    };
    let _ = button.set_attribute("aria-label", &fill("trust.remove.named", &[("name", &name)]));
    let (there, key) = (trust.clone(), entry.key.clone());
    // Ends with the element.
    dom::on(&button, "click", move |_| there.remove(key.clone())).forget();
    Some(article)
}

/// Name, provider, dates, number of issuers, fingerprint, state.
fn describe(article: &Element, list: &VerifiedList, received: &ReceivedList) {
    let (now, pin) = (format::now(), &received.pin);
    dom::write(article, "name", &Title::of(received, list).text());
    let (state, key) = match list.currency(now) {
        Currency::Current => ("current", "trust.state.current"),
        Currency::Old => ("old", "trust.state.old"),
        Currency::Ahead => ("old", "trust.state.ahead"),
        Currency::NotValid => ("old", "trust.state.expired"),
    };
    mark(article, state, key);
    let day = |at: Timestamp| format::day(shanghai_day(at));
    let named = |issuer: Issuer<'_>| (issuer.label(), issuer.refused, issuer.anchor.is_some_and(is_demo));
    let shown = || list.issuers().take(SHOWN_ENTRIES).map(named);
    match &list.content {
        Content::Vical { list: vical, .. } => {
            fact(article, "trust.source", &tr("trust.source.imported"));
            fact(article, "trust.provider", &words::isolate(vical.provider()));
            fact(article, "trust.date", &day(vical.date()));
            if let Some(next) = vical.next_update() {
                fact(article, "trust.next-update", &day(next));
            }
            fact(article, "trust.current-until", &day(vical.current_until()));
            let odd = list.issuers().filter(|issuer| issuer.anchor.is_none()).count();
            let good = list.issuers().count() - odd;
            let count = [("count", good.to_string()), ("odd", odd.to_string())];
            let count = count.each_ref().map(|(name, count)| (*name, count.as_str()));
            let key = if odd == 0 { "trust.issuers.count" } else { "trust.issuers.odd" };
            fact(article, "trust.issuers", &fill(key, &count));
            fact(article, "trust.root", &words::isolate(&vical.root_label()));
            issuers(article, shown());
            fingerprint(article, "trust.fingerprint.root", &grouped(pin));
        }
        Content::Certificate(anchor) => {
            let certificate = anchor.certificate();
            fact(article, "trust.source", &tr("trust.source.certificate"));
            fact(article, "trust.date", &day(certificate.not_before()));
            fact(article, "trust.current-until", &day(certificate.not_after()));
            fact(article, "trust.issuers", "1");
            issuers(article, shown());
            fingerprint(article, "trust.fingerprint.certificate", &grouped(pin));
        }
        Content::Crl { list: crl, .. } => {
            fact(article, "trust.source", &tr("trust.source.crl"));
            fact(article, "trust.crl.issuer", &words::isolate(&list.name));
            if let Some(number) = crl.number() {
                fact(article, "trust.crl.number", &decimal(number));
            }
            fact(article, "trust.date", &day(crl.this_update()));
            fact(article, "trust.next-update", &day(crl.next_update()));
            fact(
                article,
                "trust.crl.revoked",
                &fill("trust.crl.count", &[("count", &crl.len().to_string())]),
            );
            hide(article, "issuers-shown");
            fingerprint(article, "trust.fingerprint.file", &grouped(pin));
        }
    }
}

fn question(place: &Element, asked: &Candidate, more: usize) {
    if let Some(facts) = dom::slot(place, "facts") {
        facts.set_text_content(None);
    }
    describe(place, &asked.list, &asked.received);
    let part = |name: &str, visible: bool| {
        if let Some(part) = dom::slot(place, name) {
            dom::show(&part, visible);
        }
    };
    part("known", asked.list.known);
    part("unknown", !asked.list.known);
    part("replaces", asked.replaces);
    part("more", more > 0);
    dom::write(place, "more-text", &fill("trust.ask.more", &[("count", &more.to_string())]));
    part("old", asked.list.vical().is_some_and(|list| !list.age(format::now()).is_pass()));
    part("demo", asked.list.issuers().any(|issuer| issuer.anchor.is_some_and(is_demo)));
}

fn is_demo(anchor: &mdoc::Anchor) -> bool {
    verdict::demo_anchor::is_demo_anchor(&anchor.spki_sha256())
}

fn mark(article: &Element, state: &str, key: &str) {
    let _ = article.set_attribute("data-state", state);
    dom::write(article, "state", &tr(key));
}

fn fact(article: &Element, key: &str, value: &str) {
    let (Some(list), Some(row)) = (dom::slot(article, "facts"), dom::template("fact-template")) else {
        return;
    };
    dom::write(&row, "name", &tr(key));
    dom::write(&row, "value", value);
    let _ = list.append_child(&row);
}

fn hide(article: &Element, slot: &str) {
    if let Some(place) = dom::slot(article, slot) {
        dom::show(&place, false);
    }
}

/// A number of at most 20 octets in decimal digits; where 16 do not hold it, its octets.
fn decimal(octets: &[u8]) -> String {
    let number =
        octets.iter().try_fold(0_u128, |number, octet| Some(number.checked_mul(256)? | u128::from(*octet)));
    number.map_or_else(|| base16ct::lower::encode_string(octets), |number| number.to_string())
}

fn fingerprint(article: &Element, key: &str, text: &str) {
    dom::write(article, "fingerprint-name", &tr(key));
    dom::write(article, "fingerprint", text);
}

/// Pairs of hexadecimal digits in groups of four, to be read aloud and compared.
fn grouped(fingerprint: &[u8; 32]) -> String {
    let pairs = fingerprint.chunks(2).map(base16ct::upper::encode_string);
    pairs.collect::<Vec<_>>().join(" ")
}

/// Who is vouched for, and which entries are not trusted and why.
fn issuers(article: &Element, entries: impl Iterator<Item = (String, Option<&'static str>, bool)>) {
    let Some(list) = dom::slot(article, "issuers") else {
        return;
    };
    list.set_text_content(None);
    for (label, refused, demo) in entries {
        let Some(row) = dom::template("trust-issuer-template") else {
            continue;
        };
        let label = if label.is_empty() { tr("trust.entry.unreadable") } else { words::isolate(&label) };
        dom::write(&row, "label", &label);
        if let Some(mark) = dom::slot(&row, "demo") {
            dom::show(&mark, demo);
        }
        if let (Some(code), Some(place)) = (refused, dom::slot(&row, "refused")) {
            dom::show(&place, true);
            let reason = format!("code.{code}");
            let reason = if has(&reason) { tr(&reason) } else { code.to_owned() };
            place.set_text_content(Some(&fill("trust.entry.refused", &[("reason", &reason)])));
        }
        let _ = list.append_child(&row);
    }
}
