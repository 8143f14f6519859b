//! The receipt of the last step about a driver, to be printed or saved: who kept one can tell whether the journal was rewritten.

use std::cell::RefCell;
use std::rc::Rc;

use authority::journal::Receipt;

use crate::authority::app::App;
use crate::authority::file;
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::authority::Driver as Markup;
use crate::ui::scope::Scope;

thread_local! {
    // The driver and the receipt of the last step of this tab. The step itself is stored; a receipt is for whoever takes it.
    static LAST: RefCell<Option<(String, Receipt)>> = const { RefCell::new(None) };
}

/// Keeps the receipt of a step until the next one.
pub(super) fn keep(reference: &str, receipt: Receipt) {
    LAST.set(Some((reference.to_owned(), receipt)));
}

/// Shows the receipt of the last step, if it is about this driver.
pub(super) fn show_last(app: &Rc<App>, scope: &Scope, page: &Markup, reference: &str) {
    let last = LAST.with_borrow(|last| last.clone().filter(|(of, _)| of == reference));
    dom::show(&page.receipt, last.is_some());
    let Some((_, receipt)) = last else {
        return;
    };
    let (written, of, clerk) = (page.clone(), receipt.clone(), app.settings().clerk);
    scope.text(move || {
        let args = [
            ("step", &*tr(&format!("desk.step.{}", of.step.code()))),
            ("at", &*format::moment(of.event_time.0)),
            ("clerk", &clerk),
            ("size", &*of.size.to_string()),
        ];
        dom::set(&written.receipt_text, &fill("desk.receipt.text", &args));
    });
    dom::set(&page.receipt_root, &of_root(&receipt));
    scope.click(&page.receipt_print, || {
        let _ = dom::window().print();
    });
    let name = format!("receipt-{}.json", receipt.index);
    scope.click(&page.receipt_save, move || {
        file::save(&name, "application/json", receipt.to_json().as_bytes());
    });
}

/// The root of the tree in hexadecimal digits, in groups that can be compared by eye.
fn of_root(receipt: &Receipt) -> String {
    base16ct::lower::encode_string(&receipt.root.0)
}
