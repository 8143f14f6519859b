//! The Wasm half of the npm package `@liangzheng/verifier`: verifies a presentation and decides about it by a partner's policy.
//!
//! The core is synchronous, and signatures are verified by WebCrypto, which answers later. So each operation is asked to
//! [`step`](Engine::step) until it is done: a step that needs answers lists its questions ([`Question`]), the script has
//! them answered, and steps again. Nothing is kept between steps but the input and the answers, and every step runs the same pure
//! functions as the command line.
//!
//! The module has no curve code, no clock, no randomness and no network. `crate/verifier/npm` has the script around it.

mod answers;
mod check;
mod context;
mod engine;
mod facts;
mod refusal;

pub use answers::Question;
pub use check::Check;
pub use engine::{Engine, Step};

use wasm_bindgen::prelude::*;

/// Returns the version of the module, that of the package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
