//! A limit for what the browser may never answer.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use crate::browser::js::Timer;

/// Milliseconds for which a page waits before it says that it does.
pub(crate) const LIMIT_MS: i32 = 5_000;

/// Waits for this many milliseconds.
pub(crate) async fn pause(milliseconds: i32) {
    within(milliseconds, std::future::pending::<()>()).await;
}

/// Returns the result of `work`, or `None` if it is not there after this many milliseconds; the work is dropped then.
pub(crate) async fn within<T>(milliseconds: i32, work: impl Future<Output = T>) -> Option<T> {
    let (over, waiting): (Rc<Cell<bool>>, Rc<RefCell<Option<Waker>>>) = Default::default();
    let (rings, wakes) = (over.clone(), waiting.clone());
    let _timer = Timer::once(milliseconds, move || {
        rings.set(true);
        if let Some(waker) = wakes.take() {
            waker.wake();
        }
    });
    let mut work = pin!(work);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if over.get() => Poll::Ready(None),
        Poll::Pending => {
            waiting.replace(Some(context.waker().clone()));
            Poll::Pending
        }
    })
    .await
}
