//! Something that happens before every repaint, until it is dropped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::browser::dom;

/// Calls `act` before every repaint until it answers false or the returned guard is dropped.
pub(crate) fn each_frame(mut act: impl FnMut(f64) -> bool + 'static) -> Frames {
    let inner = Rc::new(Inner::default());
    let going = Rc::downgrade(&inner);
    let closure = Closure::<dyn FnMut(f64)>::new(move |at: f64| {
        let Some(inner) = going.upgrade() else {
            return;
        };
        if act(at) {
            inner.request();
        }
    });
    *inner.closure.borrow_mut() = Some(closure);
    inner.request();
    Frames(inner)
}

type OnFrame = Closure<dyn FnMut(f64)>;

#[derive(Default)]
struct Inner {
    closure: RefCell<Option<OnFrame>>,
    asked: Cell<i32>,
}

impl Inner {
    fn request(&self) {
        if let Some(closure) = self.closure.borrow().as_ref() {
            let asked = dom::window().request_animation_frame(closure.as_ref().unchecked_ref());
            self.asked.set(asked.unwrap_or(0));
        }
    }
}

/// Ends an [`each_frame`] when it is dropped.
pub(crate) struct Frames(Rc<Inner>);

impl Drop for Frames {
    fn drop(&mut self) {
        // A repaint that was requested would call a closure that is dropped.
        let _ = dom::window().cancel_animation_frame(self.0.asked.get());
    }
}
