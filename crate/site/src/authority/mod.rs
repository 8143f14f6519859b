//! The authority's desk, a page of demo builds: the clerk's side of a claim.
//!
//! ```text
//! start -> load -> { review | carriers | drivers -> driver -> photograph | status | journal | rollout }
//! ```
//! A view is built from a template and ends with everything that it started. It knows the [`app`] and the [`route`]s, and no
//! other view. Every step is one `authority::desk::Action`, whose effects are stored in one transaction ([`store`]) before
//! anything of them is shown.

mod app;
mod carriers;
mod clock;
mod drivers;
mod file;
mod journal;
mod measures;
mod photograph;
mod practice;
mod problem;
mod register;
mod review;
mod rollout;
mod route;
mod sealing;
mod settings;
mod start;
mod status;
mod steps;
mod store;
mod tabs;
mod trouble;
mod typing;
mod view;
mod words;

pub(crate) use start::start;
