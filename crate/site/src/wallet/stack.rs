//! The licences of this wallet as a stack: one lies on top, and is the one that is shown.

use std::rc::Rc;

use verdict::card::Ground;

use super::app::App;
use super::problem::Problem;
use super::refresh;
use super::route::{Claim, Route};
use crate::browser::dom;
use crate::storage::Slot;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{Home, Licence as Row};
use crate::ui::scope::Scope;
use crate::ui::words;

/// Puts the choice of the licence above the card, where there are several.
pub(super) fn put(scope: &Scope, page: &Home, app: &Rc<App>) {
    let licences = app.licences();
    dom::show(&page.stack, licences.len() > 1);
    let _ = page.root.set_attribute("data-licences", &licences.len().to_string());
    if licences.len() < 2 {
        return;
    }
    let there = app.clone();
    scope.click(&page.add, move || there.follow(add(there.clone())));
    dom::show(&page.add, app.issuer.is_some() && licences.len() < usize::from(Slot::MOST));
    for (slot, licence) in licences {
        let Ok(row) = Row::new() else {
            continue;
        };
        let on_top = slot == app.top();
        let _ = row.licence.set_attribute("aria-pressed", if on_top { "true" } else { "false" });
        let _ = row.licence.set_attribute("data-licence", &slot.number().to_string());
        let _ = page.licences.append_child(&row.root);
        let ground = match &licence {
            Ok(wallet) if wallet.card_status().card_is_shown => match wallet.card_status().ground {
                Ground::Green => "green",
                Ground::Red => "red",
                _ => "grey",
            },
            _ => "grey",
        };
        let _ = row.licence.set_attribute("data-ground", ground);
        let (there, drawn, control) = (app.clone(), licence.clone(), row.licence.clone());
        scope.text(move || match &drawn {
            Ok(wallet) => {
                dom::set(&row.name, &wallet.name().unwrap_or_default());
                dom::set(&row.about, &wallet.status_words());
            }
            Err(problem) => {
                dom::set(&row.name, &fill("stack.unread", &[("number", &slot.number().to_string())]));
                dom::set(&row.about, &problem.title());
            }
        });
        scope.click(&control, move || {
            let app = there.clone();
            match &licence {
                Ok(_) if slot == app.top() => {}
                Ok(_) => there.follow(async move { turn_to(&app, slot).await }),
                // It can be deleted there.
                Err(problem) => {
                    app.set_top(slot);
                    app.go(Route::Problem(problem.clone()));
                }
            }
        });
    }
}

/// Puts the licence at a place on top, and shows it.
pub(super) async fn turn_to(app: &Rc<App>, slot: Slot) -> Result<Route, Problem> {
    app.set_top(slot);
    // It lies on top in this tab even if the store cannot be written.
    let _ = app.store.put_top(slot).await;
    refresh::when_old(app).await;
    if let Some(name) = app.wallet().and_then(|wallet| wallet.name()) {
        app.say(&fill("stack.on-top", &[("name", &words::isolate(&name))]));
    }
    Ok(Route::Home)
}

/// Begins to claim another licence.
pub(super) async fn add(app: Rc<App>) -> Result<Route, Problem> {
    if app.licences().len() >= usize::from(Slot::MOST) {
        return Err(Problem::Own(super::problem::Own::WalletFull));
    }
    app.say(&tr("stack.add"));
    Ok(Route::Claim(Claim::People(None)))
}
