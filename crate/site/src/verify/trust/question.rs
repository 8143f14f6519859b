//! The question before anybody is trusted: about one list or certificate, or about several at once.

use ::trust::Candidate;
use web_sys::HtmlElement;

use super::act::Act;
use super::described::{Place, describe, is_demo};
use super::state::Asked;
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::fill;
use crate::ui::markup::verify::{Page as Markup, TrustAsk, TrustCandidate};
use crate::ui::scope::Scope;

/// Draws the question about these lists, or none. Its listeners end with `scope`.
pub(super) fn draw(markup: &Markup, asked: &[Asked], scope: &Scope, act: &(impl Fn(Act) + Clone + 'static)) {
    dom::show(&markup.trust_ask.root, asked.len() == 1);
    dom::show(&markup.trust_several, asked.len() > 1);
    markup.trust_candidates.set_text_content(None);
    match asked {
        [] => {}
        [one] => alone(&markup.trust_ask, &one.candidate),
        several => {
            for (index, one) in several.iter().enumerate() {
                if let Ok(row) = TrustCandidate::new() {
                    among(&row, one);
                    let (act, ticked) = (act.clone(), row.ticked.clone());
                    scope.on(&row.ticked, "change", move |_| act(Act::Tick(index, ticked.checked())));
                    let _ = markup.trust_candidates.append_child(&row.root);
                }
            }
            count(markup, several);
        }
    }
}

/// Writes how many are ticked, and that so many will be added.
pub(super) fn count(markup: &Markup, asked: &[Asked]) {
    let ticked = asked.iter().filter(|one| one.ticked).count();
    let (count, all) = (ticked.to_string(), asked.len().to_string());
    dom::set(&markup.trust_several_count, &fill("trust.several.count", &[("count", &count), ("all", &all)]));
    dom::set(&markup.trust_several_yes, &fill("trust.several.yes", &[("count", &count)]));
    markup.trust_several_yes.set_disabled(ticked == 0);
}

fn alone(place: &TrustAsk, asked: &Candidate) {
    place.facts.set_text_content(None);
    describe(&place.into(), &asked.list, &asked.received);
    dom::show(&place.known, asked.list.known);
    dom::show(&place.unknown, !asked.list.known);
    remarks([&place.old, &place.demo, &place.replaces], asked);
}

fn among(row: &TrustCandidate, asked: &Asked) {
    let candidate = &asked.candidate;
    describe(&Place::from(row), &candidate.list, &candidate.received);
    row.ticked.set_checked(asked.ticked);
    dom::show(&row.known, candidate.list.known);
    remarks([&row.old, &row.demo, &row.replaces], candidate);
}

/// Shows what else has to be known: the list is old, holds the demo's authority, replaces another.
fn remarks([old, demo, replaces]: [&HtmlElement; 3], asked: &Candidate) {
    dom::show(old, asked.list.vical().is_some_and(|list| !list.age(format::now()).is_pass()));
    dom::show(demo, asked.list.issuers().any(|issuer| issuer.anchor.is_some_and(is_demo)));
    dom::show(replaces, asked.replaces);
}
