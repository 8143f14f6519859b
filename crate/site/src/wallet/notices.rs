//! Where a screen says what went wrong, in a live region, in the language that is shown.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlElement;

use super::problem::Problem;
use crate::browser::dom;
use crate::ui::markup::wallet::Notice;
use crate::ui::scope::Scope;

/// The place of a screen for one problem at a time.
#[derive(Clone)]
pub(crate) struct Notices {
    place: HtmlElement,
    said: Rc<RefCell<Option<(Notice, Problem)>>>,
}

impl Notices {
    /// Those of a screen's live region.
    pub(crate) fn new(place: &HtmlElement, scope: &Scope) -> Self {
        let said: Rc<RefCell<Option<(Notice, Problem)>>> = Rc::default();
        let again = said.clone();
        scope.text(move || {
            if let Some((notice, problem)) = again.borrow().as_ref() {
                write(notice, problem);
            }
        });
        Self { place: place.clone(), said }
    }

    /// Shows a problem in place of the last one.
    pub(crate) fn say(&self, problem: Problem) {
        let Ok(notice) = Notice::new() else {
            return;
        };
        write(&notice, &problem);
        let _ = notice.root.set_attribute("data-problem", problem.code());
        dom::put(&self.place, &notice.root);
        notice.root.scroll_into_view_with_bool(false);
        self.said.replace(Some((notice, problem)));
    }

    /// Shows none.
    pub(crate) fn clear(&self) {
        self.said.take();
        self.place.set_text_content(None);
    }
}

fn write(notice: &Notice, problem: &Problem) {
    dom::set(&notice.title, &problem.title());
    dom::set(&notice.text, &problem.next());
}
