//! Home: the card, one large button, and the state at a glance.

use std::rc::Rc;

use licence::shanghai_day;
use licence::validity::{self, End, RENEWAL_DAYS};
use verdict::card::Ground;

use super::app::App;
use super::holder::Wallet;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use super::{card, large_card, stack, strips};
use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{Home, NoCard};
use crate::ui::{format, words};

/// The home screen of a loaded licence.
pub(super) async fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let page = Home::new()?;
    let screen = Screen::new(At::Home, &page.root);
    let scope = &screen.scope;
    stack::put(scope, &page, app);
    let there = app.clone();
    let show = move || there.go(Route::Purpose(None));
    if wallet.card_status().card_is_shown {
        let card = Rc::new(card::put(scope, &page.card, &wallet)?);
        let (turned, button, there) = (card.clone(), page.flip.clone(), app.clone());
        let flip = move || {
            let back = turned.flip(&there);
            let _ = button.set_attribute("aria-pressed", if back { "true" } else { "false" });
        };
        scope.click(card.root(), flip.clone());
        scope.click(&page.flip, flip);
        let (there, licence) = (app.clone(), wallet.clone());
        scope.click(&page.enlarge, move || large_card::open(&there, &licence));
    } else {
        no_card(&screen, &page, &wallet)?;
    }
    scope.click(&page.show, show);
    app.link(scope, &page.question, || Route::Question(None));
    app.link(scope, &page.details, || Route::Details);
    app.link(scope, &page.history, || Route::History);

    let (written, licence, at_home) = (page.clone(), wallet.clone(), app.clone());
    scope.text(move || facts(&written, &licence, &at_home));
    strips::put(scope, &page, app, &wallet).await;
    Ok(screen)
}

fn facts(page: &Home, wallet: &Wallet, app: &App) {
    let now = format::now();
    let shown = app.shown_of(wallet.stored.slot);
    let count = shown.len().to_string();
    dom::set(&page.history_words, &fill("home.history", &[("count", &count)]));
    dom::set(&page.checked, &format::recently(wallet.facts_as_of(), now));
    dom::set(&page.renewal, &renewal(wallet));
    // Who must not drive is told what to do, and nothing about validity.
    let green = wallet.card_status().ground == Ground::Green;
    for line in [&page.valid_where, &page.renewal_line] {
        dom::show(line, green);
    }
    dom::show(&page.remedy, !green);
    dom::set(&page.remedy_what, &strips::contact(wallet));
    let last = shown.last().map(|last| {
        let when = format::recently(format::of_ms(last.at), now);
        fill("home.last.value", &[("when", &when), ("purpose", &tr(&format!("purpose.{}", last.purpose)))])
    });
    dom::set(&page.last, &last.unwrap_or_else(|| tr("home.last.never")));
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

/// The placeholder for the card.
fn no_card(screen: &Screen, page: &Home, wallet: &Rc<Wallet>) -> Result<(), Problem> {
    let instead = NoCard::new()?;
    dom::put(&page.card, &instead.root);
    for button in [&page.flip, &page.enlarge, &page.show, &page.question] {
        button.set_disabled(true);
    }
    let wallet = wallet.clone();
    screen.scope.text(move || {
        dom::set(&instead.title, &tr("home.abnormal"));
        dom::set(&instead.text, &words::say(&wallet.card_status().line.into()));
        dom::set(&instead.who, &strips::contact(&wallet));
    });
    Ok(())
}
