//! The browser's Back button: from a first screen it leaves the wallet, from any other it does what the arrow on the screen
//! does.

use std::cell::Cell;

use web_sys::History;

use super::screen::At;
use crate::browser::{dom, trial};

/// The wallet's entry in the browser's history: one beyond that of the page, while a screen can be left.
#[derive(Default)]
pub(super) struct Back {
    /// Whether this page is taking its own entry out of the history.
    leaving: Cell<bool>,
}

impl Back {
    /// A screen is shown. `first` is that of a page that was just loaded, which the button leaves.
    pub(super) fn arrived(&self, at: At, first: bool) {
        let Ok(history) = dom::window().history() else {
            return;
        };
        match (at.is_start(), is_away(&history)) {
            (false, false) if !first => {
                let _ = history.push_state_with_url(&"away".into(), "", None);
            }
            // Of a screen that was left by its own arrow, or before a reload.
            (true, true) => self.leave(&history),
            _ => {}
        }
    }

    /// The button was pressed while a screen, if any, is shown. Returns whether that screen is to be left.
    pub(super) fn pressed(&self, at: Option<At>) -> bool {
        if self.leaving.take() {
            // Meanwhile another screen may have come.
            if let Some(at) = at {
                self.arrived(at, false);
            }
            return false;
        }
        let Ok(history) = dom::window().history() else {
            return true;
        };
        let forward = is_away(&history) && at.is_none_or(At::is_start);
        if forward {
            // What it led to was left.
            self.leave(&history);
        }
        !forward
    }

    fn leave(&self, history: &History) {
        // Beside another pane the entry before may be that of the other one.
        if !trial::is_on() && !self.leaving.replace(true) {
            let _ = history.back();
        }
    }
}

fn is_away(history: &History) -> bool {
    history.state().is_ok_and(|state| !state.is_null())
}
