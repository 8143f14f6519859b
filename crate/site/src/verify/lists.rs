//! Status lists at hand: those that were imported, kept as received, and handed to the verifying worker.

use js_sys::Array;

use super::Handle;
use super::js;
use crate::format;

impl Handle {
    /// Hands the imported lists to the worker, which makes those of the day ready.
    pub(super) fn hand_lists(&self) {
        if let Some(link) = self.0.verifier.get() {
            #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
            let now = format::now().unix() as f64;
            let lists = Array::new();
            link.send(&js::object(&[("kind", "lists".into()), ("lists", lists.into()), ("now", now.into())]));
        }
    }
}
