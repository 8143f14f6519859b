//! Home: the card, one large button, and what there is to know at a glance.

use std::rc::Rc;

use licence::calendar::shanghai_day;
use licence::validity::{self, End, RENEWAL_DAYS};
use mdoc::Outcome;
use verdict::card::Ground;
use web_sys::Element;

use super::holder::Wallet;
use super::problem::Problem;
use super::screen::Screen;
use super::{App, card, details, history, media, purpose, question};
use crate::browser::dom;
use crate::storage;
use crate::storage::{Persistence, Sentinel};
use crate::ui::i18n::{fill, tr};
use crate::ui::{format, words};

/// Days before the end on which the strip above the card begins to speak.
const SOON: i32 = 60;
/// Slots of strips: above the card what needs doing, below the list what is good to know.
const ABOVE: &str = "strips";
const BELOW: &str = "notes";
const TOLD: &str = "persistence-told";

/// The home screen of a loaded licence.
pub(super) async fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let mut screen = Screen::new("home")?;
    let show = {
        let app = app.clone();
        move || app.go(|app| async move { purpose::screen(&app) })
    };
    if wallet.card_status().card_is_shown {
        let card = card::put(&mut screen, &wallet, show.clone())?;
        let flip_button = dom::all_in(&screen.root, "#flip").into_iter().next();
        let (turned, button) = (card.clone(), flip_button.clone());
        let flip = move || {
            let back = turned.flip();
            if let Some(button) = &button {
                let _ = button.set_attribute("aria-pressed", if back { "true" } else { "false" });
            }
        };
        let by_tap = flip.clone();
        screen.on(card.root(), "click", move |_| by_tap());
        screen.click("flip", flip);
    } else {
        no_card(&mut screen, &wallet)?;
    }
    if let Some(button) = dom::all_in(&screen.root, "#show").into_iter().next() {
        screen.on(&button, "click", move |_| show());
    }
    let there = app.clone();
    screen.click("question", move || there.go(|app| async move { question::screen(&app) }));
    let there = app.clone();
    screen.click("details", move || there.go(|app| async move { details::screen(&app).await }));
    let there = app.clone();
    screen.click("history", move || there.go(|app| async move { history::screen(&app) }));

    let (root, licence, at_home) = (screen.root.clone(), wallet.clone(), app.clone());
    screen.text(move || facts(&root, &licence, &at_home));
    strips(&mut screen, app, &wallet).await;
    Ok(screen)
}

fn facts(root: &Element, wallet: &Wallet, app: &App) {
    let now = format::now();
    let shown = app.shown.borrow();
    let count = shown.len().to_string();
    dom::write(root, "history", &fill("home.history", &[("count", &count)]));
    dom::write(root, "checked", &format::recently(wallet.facts_as_of(), now));
    dom::write(root, "renewal", &renewal(wallet));
    let last = shown.last().map(|last| {
        let when = format::recently(format::of_ms(last.at), now);
        fill("home.last.value", &[("when", &when), ("purpose", &tr(&format!("purpose.{}", last.purpose)))])
    });
    dom::write(root, "last", &last.unwrap_or_else(|| tr("home.last.never")));
}

/// From when the licence can be renewed.
fn renewal(wallet: &Wallet) -> String {
    let today = shanghai_day(format::now());
    match validity::end(&wallet.view.fields) {
        End::LongTerm => tr("home.renewal.never"),
        End::Unknown => tr("home.renewal.unknown"),
        End::On(end) if end < today => fill("home.renewal.over", &[("date", &format::day(end))]),
        End::On(end) => {
            let from = end.plus_days(-RENEWAL_DAYS);
            if from <= today {
                fill("home.renewal.now", &[("date", &format::day(end))])
            } else {
                fill("home.renewal.from", &[("date", &format::day(from))])
            }
        }
    }
}

/// What stands for the card when there is none.
fn no_card(screen: &mut Screen, wallet: &Rc<Wallet>) -> Result<(), Problem> {
    let root = dom::template("t-no-card").ok_or(Problem::Unexpected)?;
    let place = dom::slot(&screen.root, "card").ok_or(Problem::Unexpected)?;
    dom::put(&place, &root);
    for gone in ["#flip", "#show", "#question"] {
        for button in dom::all_in(&screen.root, gone) {
            let _ = button.set_attribute("disabled", "");
        }
    }
    let wallet = wallet.clone();
    screen.text(move || {
        dom::write(&root, "title", &tr("home.abnormal"));
        dom::write(&root, "text", &words::say(&wallet.card_status().line.into()));
        dom::write(&root, "who", &contact(&wallet));
    });
    Ok(())
}

/// Whom to ask.
fn contact(wallet: &Wallet) -> String {
    let office = wallet.view.fields.issuing_authority_zh.as_ref().map(|name| name.as_str().to_owned());
    fill("home.contact", &[("office", &words::isolate(&office.unwrap_or_default()))])
}

type Text = Box<dyn Fn() -> String>;
type Act = Box<dyn Fn()>;

/// A strip: something needs doing, or is good to know.
struct Strip {
    place: &'static str,
    kind: &'static str,
    title: Text,
    text: Text,
    act: Option<(&'static str, Act)>,
}

async fn strips(screen: &mut Screen, app: &Rc<App>, wallet: &Rc<Wallet>) {
    let mut strips = Vec::new();
    let status = wallet.card_status();
    if status.card_is_shown && status.ground == Ground::Red {
        let (named, asked) = (wallet.clone(), wallet.clone());
        strips.push(Strip {
            place: ABOVE,
            kind: "refuse",
            title: Box::new(|| tr("home.must-not-drive")),
            text: Box::new(move || {
                let line = words::say(&named.card_status().line.into());
                fill("home.must-not-drive.why", &[("status", &line), ("contact", &contact(&asked))])
            }),
            act: None,
        });
    } else if let Some(left) = validity::days_left(&wallet.view.fields, shanghai_day(format::now()))
        && (0..=SOON).contains(&left)
    {
        strips.push(Strip {
            place: ABOVE,
            kind: "review",
            title: Box::new(move || fill("home.expires", &[("days", &left.to_string())])),
            text: Box::new(|| tr("home.expires.next")),
            act: None,
        });
    }
    if !matches!(wallet.credential.issued().mso_validity(), Outcome::Pass) {
        strips.push(Strip {
            place: ABOVE,
            kind: "review",
            title: Box::new(|| tr("home.copy-old")),
            text: Box::new(|| tr("home.copy-old.next")),
            act: None,
        });
    }
    if Sentinel::read().is_some_and(|mark| mark.generation > wallet.stored.generation) {
        strips.push(Strip {
            place: ABOVE,
            kind: "review",
            title: Box::new(|| tr("home.older-copy")),
            text: Box::new(|| tr("home.older-copy.next")),
            act: None,
        });
    }
    #[cfg(feature = "demo")]
    if let Some((title, text)) = super::claim::waiting(app).await {
        let there = app.clone();
        strips.push(Strip {
            place: ABOVE,
            kind: "",
            title: Box::new(move || tr(title)),
            text: Box::new(move || tr(text)),
            act: Some((
                "home.photo-open",
                Box::new(move || there.go(|app| async move { super::claim::resume(&app).await })),
            )),
        });
    }
    if media::remembered(TOLD).is_none() && storage::persistence().await == Persistence::BestEffort {
        let there = app.clone();
        strips.push(Strip {
            place: BELOW,
            kind: "",
            title: Box::new(|| tr("home.not-kept")),
            text: Box::new(|| tr("home.not-kept.next")),
            act: Some((
                "home.understood",
                Box::new(move || {
                    media::remember(TOLD, Some("1"));
                    there.go_home();
                }),
            )),
        });
    }
    for strip in strips {
        if let Some(place) = dom::slot(&screen.root, strip.place) {
            draw(screen, &place, strip);
        }
    }
}

fn draw(screen: &mut Screen, place: &Element, strip: Strip) {
    let Some(root) = dom::template("t-strip") else {
        return;
    };
    let _ = root.set_attribute("class", &format!("notice {}", strip.kind));
    let sign = match strip.kind {
        "refuse" => "✕",
        "review" => "!",
        _ => "i",
    };
    dom::write(&root, "sign", sign);
    let _ = place.append_child(&root);
    let button = dom::slot(&root, "act");
    let key = strip.act.as_ref().map(|(key, _)| *key);
    if let (Some(button), Some((_, act))) = (button.clone(), strip.act) {
        dom::show(&button, true);
        screen.on(&button, "click", move |_| act());
    }
    screen.text(move || {
        dom::write(&root, "title", &(strip.title)());
        dom::write(&root, "text", &(strip.text)());
        if let (Some(button), Some(key)) = (&button, key) {
            button.set_text_content(Some(&tr(key)));
        }
    });
}

/// Forgets that the holder was informed about storage: the wallet is new again.
pub(super) fn forget_told() {
    media::remember(TOLD, None);
}
