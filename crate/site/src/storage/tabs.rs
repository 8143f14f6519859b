//! Several tabs of one wallet: changes are announced, and writes are exclusive by a lock.

use std::future::Future;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{BroadcastChannel, MessageEvent};

use super::sentinel::Sentinel;

const CHANNEL: &str = "liangzheng.wallet";
const LOCK: &str = "liangzheng.wallet";
const CHANGED: &str = "changed";
const DELETED: &str = "deleted";

/// The channel to the other tabs of this wallet.
pub(crate) struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Listens; `changed` is called when another tab changed what is stored. What another tab deleted is not lost:
    /// localStorage reaches this tab later than the message, so the mark is removed here as well.
    pub(crate) fn listen(mut changed: impl FnMut() + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
                if message.data().as_string().as_deref() == Some(DELETED) {
                    Sentinel::clear();
                }
                changed();
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // Lives as long as the page.
            heard.forget();
        }
        Self(channel)
    }

    /// Notifies the other tabs that the stored data changed. They load it again; the message contains none of it.
    pub(crate) fn announce(&self) {
        self.say(CHANGED);
    }

    /// Notifies the other tabs that the holder deleted the wallet.
    pub(crate) fn announce_deleted(&self) {
        self.say(DELETED);
    }

    fn say(&self, what: &str) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&what.into());
        }
    }
}

/// Does `work` while no other tab of this wallet does any. A tab that dies frees the lock. Where the browser
/// has no locks the work is done all the same: every write compares generations in its own transaction.
pub(crate) async fn exclusive<T: 'static>(work: impl Future<Output = T> + 'static) -> T {
    let navigator = crate::browser::dom::window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let request: Result<Function, _> =
        Reflect::get(&locks, &"request".into()).unwrap_or(JsValue::UNDEFINED).dyn_into();
    let Ok(request) = request else {
        return work.await;
    };

    // The lock is held as long as the promise that its callback returned is open.
    let (Some((granted, wait)), Some((release, held))) = (signal(), signal()) else {
        return work.await;
    };
    let callback = Closure::once_into_js(move |_: JsValue| -> Promise {
        let _ = granted.call0(&JsValue::UNDEFINED);
        future_to_promise(async move { JsFuture::from(held).await })
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"mode".into(), &"exclusive".into());
    if request.call3(&locks, &LOCK.into(), &options, &callback).is_ok() {
        let _ = JsFuture::from(wait).await;
    }
    let done = work.await;
    let _ = release.call0(&JsValue::UNDEFINED);
    done
}

/// A promise and the function that resolves it.
fn signal() -> Option<(Function, Promise)> {
    let mut resolve = None;
    let promise = Promise::new(&mut |yes, _| resolve = Some(yes));
    Some((resolve?, promise))
}
