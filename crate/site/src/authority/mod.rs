//! The authority's desk, a page of demo builds: the clerk's side of a claim.
//!
//! ```text
//! start -> route -> { rollout }
//! ```
//! A view is built from a template and ends with everything that it started. It knows the [`app`] and the [`route`]s, and no
//! other view.

mod app;
mod clock;
mod rollout;
mod route;
mod start;
mod store;
mod trouble;
mod view;

pub(crate) use start::start;
