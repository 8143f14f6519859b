//! Strips on the home screen: tasks above the card, hints below the list.

use std::cell::RefCell;
use std::rc::Rc;

use licence::{Letter, shanghai_day, validity};
use mdoc::Outcome;
use verdict::card::Ground;
use web_sys::HtmlElement;

use super::app::App;
use super::application;
use super::fields;
use super::holder::Wallet;
use super::issuer::{Group, Issuer};
use super::route::{Claim, Route};
use crate::browser::{dom, name, trial};
use crate::storage::{self, Persistence, Said, Sentinel, settings};
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{Home, Strip as Markup};
use crate::ui::scope::Scope;
use crate::ui::{format, words};

/// Days before the end of the licence from which a strip is shown.
const SOON: i32 = 60;

/// Seconds by which the facts may be ahead of the clock without a strip.
const AHEAD: i64 = 300;

type Act = Box<dyn Fn()>;

/// A task or a hint.
struct Strip {
    kind: &'static str,
    title: Box<dyn Fn() -> String>,
    text: Box<dyn Fn() -> String>,
    /// The key of what its button says, and what that does.
    act: Option<(&'static str, Act)>,
}

impl Strip {
    /// A strip of two sentences without values.
    fn plain(kind: &'static str, title: &'static str, text: &'static str) -> Self {
        Self { kind, title: Box::new(move || tr(title)), text: Box::new(move || tr(text)), act: None }
    }

    fn with_act(self, key: &'static str, act: impl Fn() + 'static) -> Self {
        Self { act: Some((key, Box::new(act))), ..self }
    }
}

/// Puts the strips of a licence on its home screen.
pub(super) async fn put(scope: &Scope, page: &Home, app: &Rc<App>, wallet: &Rc<Wallet>) {
    if let Some(error) = app.unread.get() {
        let strip = Strip {
            title: Box::new(move || tr(error.key())),
            text: Box::new(move || tr(&format!("{}.next", error.key()))),
            ..Strip::plain("review", "problem.store-dropped", "problem.store-dropped.next")
        };
        let reload = || {
            let _ = dom::window().location().reload();
        };
        draw(scope, &page.strips, strip.with_act("problem.reload", reload));
    }
    if let Some(strip) = said(app).await {
        draw(scope, &page.strips, strip);
    }
    for strip in of_licence(app, wallet) {
        let place = if strip.kind.is_empty() { &page.notes } else { &page.strips };
        draw(scope, place, strip);
    }
    if let Some((title, text, goes_on)) = application::waiting(app).await {
        let (there, goes_on) = (app.clone(), Rc::new(RefCell::new(Some(goes_on))));
        let strip = Strip::plain("", title, text).with_act("home.photo-open", move || {
            let goes_on = goes_on.take().unwrap_or(Claim::Resume(None));
            there.go(Route::Claim(goes_on));
        });
        draw(scope, &page.strips, strip);
    }
    // What is only tried need not be kept.
    let told = trial::is_on() || settings::PERSISTENCE_TOLD.is_set();
    if !told && storage::persistence().await == Persistence::BestEffort {
        let there = app.clone();
        let strip = Strip {
            text: Box::new(|| fill("home.not-kept.next", &[("steps", &tr(keeping()))])),
            ..Strip::plain("", "home.not-kept", "home.not-kept.next")
        };
        let strip = strip.with_act("home.understood", move || {
            settings::PERSISTENCE_TOLD.set(true);
            there.go(Route::Home);
        });
        draw(scope, &page.notes, strip);
    }
}

/// The key of what the holder can do so that the licence is kept: the steps to the home screen in this browser.
fn keeping() -> &'static str {
    if name::is_installed() { "install.installed" } else { name::here().steps }
}

/// What the authority said of the licence: that it has ended, with the way to claim it again; or what changed of it.
async fn said(app: &Rc<App>) -> Option<Strip> {
    let (there, slot) = (app.clone(), app.top());
    match app.store.said(app.top()).await.ok()?? {
        Said::Ended => {
            let strip = Strip::plain("refuse", "reclaim.ended", "reclaim.ended.about");
            Some(strip.with_act("reclaim.act", move || {
                let app = there.clone();
                there.follow(async move { application::reclaim(&app).await });
            }))
        }
        Said::Changed(changes) => {
            let strip = Strip {
                text: Box::new(move || super::changes::in_words(&changes)),
                ..Strip::plain("", "reclaim.changed", "reclaim.changed.nothing")
            };
            Some(strip.with_act("home.understood", move || {
                let app = there.clone();
                there.follow(async move {
                    app.store.put_said(slot, None).await?;
                    app.tabs.announce();
                    Ok(Route::Home)
                });
            }))
        }
    }
}

fn of_licence(app: &Rc<App>, wallet: &Rc<Wallet>) -> Vec<Strip> {
    let mut strips = Vec::new();
    let status = wallet.card_status();
    if status.card_is_shown && status.ground == Ground::Red {
        let named = wallet.clone();
        strips.push(Strip {
            kind: "refuse",
            title: Box::new(|| tr("home.must-not-drive")),
            text: Box::new(move || {
                let line = words::say(&named.card_status().line.into());
                fill("home.must-not-drive.why", &[("status", &line), ("contact", &contact(&named))])
            }),
            act: None,
        });
        strips.extend(story(app, wallet));
    } else if let Some(left) = validity::days_left(&wallet.view.fields, shanghai_day(format::now()))
        && (0..=SOON).contains(&left)
    {
        strips.push(Strip {
            title: Box::new(move || fill("home.expires", &[("days", &left.to_string())])),
            ..Strip::plain("review", "home.expires", "home.expires.next")
        });
    }
    strips.extend(standing(wallet));
    if wallet.facts_as_of() > format::now().plus_seconds(AHEAD) {
        strips.push(Strip::plain("review", "home.clock-behind", "home.clock-behind.next"));
    } else if !matches!(wallet.credential.issued().mso_validity(), Outcome::Pass) {
        strips.push(Strip::plain("review", "home.copy-old", "home.copy-old.next"));
    }
    let slot = wallet.stored.slot;
    if Sentinel::read(slot).is_some_and(|mark| mark.generation > wallet.stored.generation) {
        let (there, generation) = (app.clone(), wallet.stored.generation);
        let strip = Strip::plain("review", "home.older-copy", "home.older-copy.next");
        strips.push(strip.with_act("home.understood", move || {
            Sentinel::accept(slot, generation);
            there.go(Route::Home);
        }));
    }
    let there = app.licences();
    if let Some((lost, _)) = Sentinel::marked().find(|(slot, _)| !there.contains_key(slot)) {
        let there = app.clone();
        let strip = Strip::plain("review", "stack.lost", "stack.lost.next");
        strips.push(strip.with_act("home.understood", move || {
            Sentinel::clear(lost);
            there.go(Route::Home);
        }));
    }
    strips
}

/// That the demo moved the day of the claim, where its driver's licence was in order until the day after.
fn story(app: &App, wallet: &Wallet) -> Option<Strip> {
    let record = application::record_of(&wallet.stored).ok()?;
    let person = app.issuer?.person(record.reference())?;
    let claimed = record.claimed_on();
    let strip = Strip {
        text: Box::new(move || fill("demo.claimed-on.about", &[("date", &format::day(claimed))])),
        ..Strip::plain("", "demo.claimed-on", "demo.claimed-on.about")
    };
    (crate::composition::DEMO && person.group == Group::Red).then_some(strip)
}

/// What a licence by which may be driven asks of its holder: a matter to settle, the end of an extension, the novice year.
fn standing(wallet: &Rc<Wallet>) -> Vec<Strip> {
    let mut strips = Vec::new();
    if wallet.card_status().ground != Ground::Green {
        return strips;
    }
    let fields = &wallet.view.fields;
    let today = shanghai_day(format::now());
    if let Some(status) = &fields.status {
        let matters = status.letters.known().iter().filter(|letter| matches!(letter, Letter::H | Letter::I));
        let open: String = matters.map(|letter| letter.sign()).collect();
        if !open.is_empty() {
            let named = wallet.clone();
            strips.push(Strip {
                title: Box::new(move || fill("home.open-matter", &[("letters", &words::letters(&open))])),
                text: Box::new(move || fill("home.open-matter.next", &[("contact", &contact(&named))])),
                ..Strip::plain("review", "home.open-matter", "home.open-matter.next")
            });
        }
        if let Some(until) = status.until.filter(|until| *until >= today) {
            let named = wallet.clone();
            strips.push(Strip {
                title: Box::new(move || fill("home.extended", &[("date", &format::day(until))])),
                text: Box::new(move || fill("home.extended.next", &[("contact", &contact(&named))])),
                ..Strip::plain("review", "home.extended", "home.extended.next")
            });
        }
    }
    let novice = fields.novice_until.and_then(|novice| novice.car.max(novice.motorcycle));
    if let Some(until) = novice.filter(|until| *until >= today) {
        strips.push(Strip {
            title: Box::new(move || fill("home.novice", &[("date", &format::day(until))])),
            ..Strip::plain("", "home.novice", "home.novice.next")
        });
    }
    strips
}

/// The contact of the issuing office.
pub(super) fn contact(wallet: &Wallet) -> String {
    let fields = &wallet.view.fields;
    let office = fields::in_language(&fields.issuing_authority_zh, &fields.issuing_authority);
    fill("home.contact", &[("office", &words::isolate(&office.unwrap_or_default()))])
}

fn draw(scope: &Scope, place: &HtmlElement, strip: Strip) {
    let Ok(page) = Markup::new() else {
        return;
    };
    let _ = page.root.set_attribute("class", &format!("notice {}", strip.kind));
    let sign = match strip.kind {
        "refuse" => "✕",
        "review" => "!",
        _ => "i",
    };
    dom::set(&page.sign, sign);
    let _ = place.append_child(&page.root);
    let key = strip.act.as_ref().map(|(key, _)| *key);
    if let Some((_, act)) = strip.act {
        dom::show(&page.act, true);
        scope.click(&page.act, act);
    }
    scope.text(move || {
        dom::set(&page.title, &(strip.title)());
        dom::set(&page.text, &(strip.text)());
        if let Some(key) = key {
            dom::set(&page.act, &tr(key));
        }
    });
}
