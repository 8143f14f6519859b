//! How applications come to the desk and answers leave it: as codes, as files, and by the post box of this browser.
//!
//! ```text
//! the desk's offer -> wallet -> application -> receive -> queue -> (review) -> answer -> wallet
//! ```
//! All that travels is sealed, or public. Answers leave by themselves once their decision cannot be undone any more; a clerk can
//! hand one over before.

mod answers;
mod letters;
mod offer;
mod receive;
mod view;

pub(super) use letters::{attend, deliver};
pub(super) use offer::own_key;
pub(super) use view::view;
