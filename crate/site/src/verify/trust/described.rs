//! A list or certificate in words: name, state, facts, fingerprint, issuers.

use ::trust::{Content, Currency, Issuer, ReceivedList, VerifiedList};
use cbor::Timestamp;
use licence::shanghai_day;
use mdoc::vical::VicalEntryCode;
use web_sys::{HtmlDetailsElement, HtmlElement};

use super::state::Title;
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::{Fact, TrustAsk, TrustCandidate, TrustIssuer, TrustList as Article};
use crate::ui::words::{self, Reason};

/// Issuers of a list that are shown by name.
const SHOWN_ENTRIES: usize = 200;

/// Where a list is described: among the others, or in the question before it is added.
pub(super) struct Place<'a> {
    pub(super) root: &'a HtmlElement,
    pub(super) name: &'a HtmlElement,
    pub(super) state: &'a HtmlElement,
    pub(super) facts: &'a HtmlElement,
    pub(super) fingerprint_name: &'a HtmlElement,
    pub(super) fingerprint: &'a HtmlElement,
    pub(super) issuers: &'a HtmlElement,
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

impl<'a> From<&'a TrustCandidate> for Place<'a> {
    fn from(candidate: &'a TrustCandidate) -> Self {
        let TrustCandidate { root, name, state, facts, fingerprint_name, fingerprint, issuers, .. } =
            candidate;
        Self { root, name, state, facts, fingerprint_name, fingerprint, issuers, folded: None }
    }
}

/// Name, provider, dates, number of issuers, fingerprint, state.
pub(super) fn describe(article: &Place, list: &VerifiedList, received: &ReceivedList) {
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

pub(super) fn is_demo(anchor: &mdoc::Anchor) -> bool {
    verdict::demo_anchor::is_demo_anchor(&anchor.spki_sha256())
}

pub(super) fn mark(article: &Place, state: &str, key: &str) {
    let _ = article.root.set_attribute("data-state", state);
    dom::set(article.state, &tr(key));
}

pub(super) fn fact(article: &Place, key: &str, value: &str) {
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

pub(super) fn fingerprint(article: &Place, key: &str, text: &str) {
    dom::set(article.fingerprint_name, &tr(key));
    dom::set(article.fingerprint, text);
}

/// Pairs of hexadecimal digits in groups of four, to be read aloud and compared.
pub(super) fn grouped(fingerprint: &[u8; 32]) -> String {
    let pairs = fingerprint.chunks(2).map(base16ct::upper::encode_string);
    pairs.collect::<Vec<_>>().join(" ")
}

/// The issuers of a list; for each entry that is not trusted, why.
pub(super) fn issuers(
    article: &Place,
    entries: impl Iterator<Item = (String, Option<VicalEntryCode>, bool)>,
) {
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
