//! The card over the whole screen, on its side where the screen stands upright, so that its smallest text can be read.

use std::cell::RefCell;
use std::rc::Rc;

use super::app::App;
use super::card;
use super::holder::Wallet;
use crate::browser::dom;
use crate::ui::markup::wallet::Large;
use crate::ui::scope::Scope;

/// Opens it. A touch turns the card over; the button and Escape close it.
pub(super) fn open(app: &Rc<App>, wallet: &Rc<Wallet>) {
    let Ok(page) = Large::new() else {
        return;
    };
    let scope = Scope::new();
    let Ok(card) = card::put(&scope, &page.card, wallet) else {
        return;
    };
    for mark in dom::all_in(&page.root, "[data-demo-only]") {
        dom::show(&mark, crate::composition::DEMO);
    }
    let card = Rc::new(card);
    let (turned, there) = (card.clone(), app.clone());
    scope.click(card.root(), move || {
        turned.flip(&there);
    });
    let closing = page.root.clone();
    scope.click(&page.close, move || closing.close());
    // The dialog holds its scope until it is closed.
    let held = Rc::new(RefCell::new(None));
    let (ends, gone) = (held.clone(), page.root.clone());
    scope.on(&page.root, "close", move |_| {
        gone.remove();
        ends.take();
    });
    held.replace(Some(scope));
    let _ = app.page.app.append_child(&page.root);
    let _ = page.root.show_modal();
}
