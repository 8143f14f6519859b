//! The panel: lists, the confirmation before one is added, and the result. Text only, from templates.

use std::rc::Rc;

use ::trust::{Candidate, Content, Currency, Entry, Issuer, ReceivedList, RememberedList, VerifiedList};
use cbor::Timestamp;
use licence::shanghai_day;
use mdoc::vical::VicalEntryCode;
use web_sys::{Blob, HtmlDetailsElement, HtmlElement};

use super::state::{Refusal, State, Title};
use crate::browser::{dom, fetch};
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::{
    Fact, Page as Markup, TrustAsk, TrustIssuer, TrustList as Article, TrustNobody,
};
use crate::ui::scope::Scope;
use crate::ui::words::{self, Reason};

/// Issuers of a list that are shown by name.
const SHOWN_ENTRIES: usize = 200;
/// Bytes of a file that are read: more is no list.
const MAX_FILE: f64 = 2.0 * 1024.0 * 1024.0;

/// An action on the panel.
pub(super) enum Act {
    /// Opens it.
    Open,
    /// Closed it.
    Closed,
    /// Chose a file.
    File(Blob),
    /// Trusts what was asked about.
    Accept,
    /// Does not.
    Decline,
    /// Brings the removed list back.
    Undo,
    /// Removes the list of this key.
    Remove(String),
}

/// Listens to the panel; `act` is called with each action.
pub(super) fn listen(markup: &Rc<Markup>, scope: &Scope, act: impl Fn(Act) + 'static) {
    let act = Rc::new(act);
    let buttons = [
        (&markup.trust_open, (|| Act::Open) as fn() -> Act),
        (&markup.trust_yes, || Act::Accept),
        (&markup.trust_no, || Act::Decline),
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
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            act(Act::File(file.into()));
        }
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

/// Moves the focus to what changed, so that the keyboard and a screen reader follow; `asked` while a list is asked about.
pub(super) fn focus(markup: &Markup, asked: bool) {
    if markup.trust.open() {
        dom::focus(if asked { &markup.trust_question } else { &markup.trust_title });
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
    let asked = state.asked.front();
    dom::show(&markup.trust_all, asked.is_none());
    dom::show(&markup.trust_ask.root, asked.is_some());
    if let Some(asked) = asked {
        question(&markup.trust_ask, asked, state.asked.len() - 1);
    }
    dom::show(&markup.trust_error.root, state.refusal.is_some());
    if let Some(refusal) = &state.refusal {
        let Reason { what, next } = refusal.reason();
        dom::set(&markup.trust_error.text, &what);
        dom::set(&markup.trust_error.next, &next.unwrap_or_default());
        dom::set(&markup.trust_error.code, refusal.code().unwrap_or_default());
    }
    dom::show(&markup.trust_done.root, state.done.is_some());
    if let Some((key, names, undo)) = &state.done {
        let names: Vec<String> = names.iter().map(Title::text).collect();
        let names = if names.is_empty() { tr("trust.damaged") } else { format::list(&names) };
        dom::set(&markup.trust_done.text, &fill(key, &[("name", &names)]));
        dom::show(&markup.trust_undo, undo.is_some());
    }
    let scope = Scope::new();
    lists(&markup.trust_lists, state, &scope, &act);
    scope
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

/// Where a list is described: among the others, or in the question before it is added.
struct Place<'a> {
    root: &'a HtmlElement,
    name: &'a HtmlElement,
    state: &'a HtmlElement,
    facts: &'a HtmlElement,
    fingerprint_name: &'a HtmlElement,
    fingerprint: &'a HtmlElement,
    issuers: &'a HtmlElement,
    /// What hides the issuers.
    folded: Option<&'a HtmlDetailsElement>,
}

impl<'a> From<&'a Article> for Place<'a> {
    fn from(article: &'a Article) -> Self {
        let Article {
            root, name, state, facts, fingerprint_name, fingerprint, issuers, issuers_shown, ..
        } = article;
        let folded = Some(issuers_shown);
        Self { root, name, state, facts, fingerprint_name, fingerprint, issuers, folded }
    }
}

impl<'a> From<&'a TrustAsk> for Place<'a> {
    fn from(ask: &'a TrustAsk) -> Self {
        let TrustAsk { root, name, state, facts, fingerprint_name, fingerprint, issuers, .. } = ask;
        Self { root, name, state, facts, fingerprint_name, fingerprint, issuers, folded: None }
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

/// Name, provider, dates, number of issuers, fingerprint, state.
fn describe(article: &Place, list: &VerifiedList, received: &ReceivedList) {
    let (now, pin) = (format::now(), &received.pin);
    dom::set(article.name, &Title::of(received, list).text());
    let (state, key) = match list.currency(now) {
        Currency::Current => ("current", "trust.state.current"),
        Currency::Due => ("due", "trust.state.due"),
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
            if let Some(folded) = article.folded {
                dom::show(folded, false);
            }
            fingerprint(article, "trust.fingerprint.file", &grouped(pin));
        }
    }
}

fn question(place: &TrustAsk, asked: &Candidate, more: usize) {
    place.facts.set_text_content(None);
    describe(&place.into(), &asked.list, &asked.received);
    dom::show(&place.known, asked.list.known);
    dom::show(&place.unknown, !asked.list.known);
    dom::show(&place.replaces, asked.replaces);
    dom::show(&place.more, more > 0);
    dom::set(&place.more_text, &fill("trust.ask.more", &[("count", &more.to_string())]));
    dom::show(&place.old, asked.list.vical().is_some_and(|list| !list.age(format::now()).is_pass()));
    dom::show(&place.demo, asked.list.issuers().any(|issuer| issuer.anchor.is_some_and(is_demo)));
}

fn is_demo(anchor: &mdoc::Anchor) -> bool {
    verdict::demo_anchor::is_demo_anchor(&anchor.spki_sha256())
}

fn mark(article: &Place, state: &str, key: &str) {
    let _ = article.root.set_attribute("data-state", state);
    dom::set(article.state, &tr(key));
}

fn fact(article: &Place, key: &str, value: &str) {
    if let Ok(row) = Fact::new() {
        dom::set(&row.name, &tr(key));
        dom::set(&row.value, value);
        let _ = article.facts.append_child(&row.root);
    }
}

/// A number of at most 20 octets in decimal digits; where 16 do not hold it, its octets.
fn decimal(octets: &[u8]) -> String {
    let number =
        octets.iter().try_fold(0_u128, |number, octet| Some(number.checked_mul(256)? | u128::from(*octet)));
    number.map_or_else(|| base16ct::lower::encode_string(octets), |number| number.to_string())
}

fn fingerprint(article: &Place, key: &str, text: &str) {
    dom::set(article.fingerprint_name, &tr(key));
    dom::set(article.fingerprint, text);
}

/// Pairs of hexadecimal digits in groups of four, to be read aloud and compared.
fn grouped(fingerprint: &[u8; 32]) -> String {
    let pairs = fingerprint.chunks(2).map(base16ct::upper::encode_string);
    pairs.collect::<Vec<_>>().join(" ")
}

/// The issuers of a list; for each entry that is not trusted, why.
fn issuers(article: &Place, entries: impl Iterator<Item = (String, Option<VicalEntryCode>, bool)>) {
    article.issuers.set_text_content(None);
    for (label, refused, demo) in entries {
        let Ok(row) = TrustIssuer::new() else {
            continue;
        };
        let label = if label.is_empty() { tr("trust.entry.unreadable") } else { words::isolate(&label) };
        dom::set(&row.label, &label);
        dom::show(&row.demo, demo);
        if let Some(code) = refused {
            dom::show(&row.refused, true);
            let reason = Reason::of_code(code.info()).what;
            dom::set(&row.refused, &fill("trust.entry.refused", &[("reason", &reason)]));
        }
        let _ = article.issuers.append_child(&row.root);
    }
}
