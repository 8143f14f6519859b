//! Test people, a test authority and hostile files; never published.

pub mod film;
