//! Several tabs of one wallet: changes are announced, and writes are exclusive by a lock.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{BroadcastChannel, MessageEvent};

use super::error::StoreError;
use crate::browser::trial;
use crate::browser::wait::{LIMIT_MS, within};

const CHANNEL: &str = "liangzheng.wallet";
const LOCK: &str = "liangzheng.wallet";
const CHANGED: &str = "changed";

/// The channel to the other tabs of this wallet.
pub(crate) struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Listens; `changed` is called when another tab changed what is stored.
    pub(crate) fn listen(mut changed: impl FnMut() + 'static) -> Self {
        let channel = BroadcastChannel::new(&trial::named(CHANNEL)).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| changed());
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // Lives as long as the page.
            heard.forget();
        }
        Self(channel)
    }

    /// Notifies the other tabs that the stored data changed. They load it again; the message contains none of it.
    pub(crate) fn announce(&self) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&CHANGED.into());
        }
    }
}

/// Does `work` while no other tab of this wallet does any. A tab that dies frees the lock. Where the browser
/// has no locks the work is done all the same: every write compares generations in its own transaction.
///
/// Fails if another tab does not end its work; nothing is done then.
pub(crate) async fn exclusive<T: 'static>(work: impl Future<Output = T> + 'static) -> Result<T, StoreError> {
    let navigator = crate::browser::dom::window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let request: Result<Function, _> =
        Reflect::get(&locks, &"request".into()).unwrap_or(JsValue::UNDEFINED).dyn_into();
    let Ok(request) = request else {
        return Ok(work.await);
    };

    // The lock is held as long as the promise that its callback returned is open.
    let (Some((granted, wait)), Some((release, held))) = (signal(), signal()) else {
        return Ok(work.await);
    };
    let gave_up = Rc::new(Cell::new(false));
    let late = gave_up.clone();
    let callback = Closure::once_into_js(move |_: JsValue| -> Promise {
        if late.get() {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        let _ = granted.call0(&JsValue::UNDEFINED);
        future_to_promise(async move { JsFuture::from(held).await })
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"mode".into(), &"exclusive".into());
    if request.call3(&locks, &trial::named(LOCK).into(), &options, &callback).is_ok()
        && within(LIMIT_MS, JsFuture::from(wait)).await.is_none()
    {
        gave_up.set(true);
        return Err(StoreError::Busy);
    }
    let done = work.await;
    let _ = release.call0(&JsValue::UNDEFINED);
    Ok(done)
}

/// A promise and the function that resolves it.
fn signal() -> Option<(Function, Promise)> {
    let mut resolve = None;
    let promise = Promise::new(&mut |yes, _| resolve = Some(yes));
    Some((resolve?, promise))
}
