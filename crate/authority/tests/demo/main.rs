//! The demo authority as a wallet meets it: every person, on days over twenty years.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod certificates;
mod people;
mod photo;
mod status;
mod support;
mod verdicts;
