//! What the pages need of the browser: the DOM, timers, repaints, WebCrypto and the page's own script. No rule of a licence.

#[cfg_attr(
    not(feature = "demo"),
    allow(dead_code, reason = "nothing can be claimed in a production build yet")
)]
pub(crate) mod agreement;
pub(crate) mod clipboard;
pub mod dom;
#[cfg_attr(not(feature = "demo"), allow(dead_code, reason = "nothing is fetched in a production build yet"))]
pub(crate) mod fetch;
pub(crate) mod folders;
pub(crate) mod frames;
pub mod host;
pub(crate) mod js;
#[cfg_attr(
    not(feature = "demo"),
    allow(dead_code, reason = "nothing can be claimed in a production build yet")
)]
pub(crate) mod key;
pub(crate) mod name;
pub(crate) mod subtle;
pub(crate) mod trial;
pub(crate) mod wait;
