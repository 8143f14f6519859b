//! Several tabs of one desk: each reads again what another one changed.

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "liangzheng.desk";
const CHANGED: &str = "changed";

/// The channel to the other tabs of this desk.
pub(super) struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Listens; `changed` is called when another tab changed what is stored.
    pub(super) fn listen(mut changed: impl FnMut() + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| changed());
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // Lives as long as the page.
            heard.forget();
        }
        Self(channel)
    }

    /// Notifies the other tabs. The message contains none of what changed.
    pub(super) fn announce(&self) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&CHANGED.into());
        }
    }
}
