//! The verifier page: camera and pictures in, verdict out.
//!
//! `page` makes the parts and connects them. A part owns its elements and its state, gets data from the page, and sends
//! it events: `reading` and `judging` (a worker each) a payload and a verdict, the panels (`asking`, `lists`, `trust`,
//! `typed`) what a person does. No part knows the page or calls another panel; `judging` and `lists` read what `trust`
//! holds.

mod asking;
mod judging;
mod lists;
mod lists_panel;
mod memory;
mod page;
mod pictures;
mod reading;
mod rules;
mod screen;
mod seen;
mod session;
mod signal;
mod terms;
mod trust;
mod typed;
mod verdicts;

pub(crate) use page::start;
