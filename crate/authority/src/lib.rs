//! A licensing authority: roll-out, claims, photo review, issuing; and the demo authority with its people.
//!
//! Pure: time, random bytes and pictures are arguments.
//!
//! | module | what it does |
//! |---|---|
//! | [`rollout`] | from which day a licence of which office can be claimed |
//! | [`eligibility`] | who may newly claim, by status letters |
//! | [`login`] | a 证号 and a name, as a person types them |
//! | [`photo`] | photo rules and the reasons of a rejection |
//! | [`application`] | the states of a claim, and the record of a claimed licence |
//! | [`driver`] | the facts of a driver, what a desk changes of them, and what a change ends |
//! | [`desk`] | the queue, the review, the counter: every step of an authority's clerks |
//! | [`journal`] | the steps of a desk, in a tree that proves itself |
//! | [`issuer`] | facts to a signed credential |
//! | [`status_list`] | entries of a status list, from licence to licence |
//! | [`post`] | what travels between an applicant and a desk, sealed |
//! | `demo` | the demo authority: public keys for everybody, invented people (feature `demo`) |
//! | [`error`] | every refusal with its code |
//!
//! # Portraits
//! The faces of the demo people are drawings, made by a program in a workspace of its own that no build of the
//! product touches. Its outputs are committed; to draw them again:
//!
//! ```text
//! cd crate/authority/portraits/draw && cargo run
//! ```
//!
//! It writes the large portraits to `www/demo/portraits`, the small ones and the table of digests to
//! `crate/authority/portraits`.

pub mod application;
mod codes;
#[cfg(feature = "demo")]
pub mod demo;
pub mod desk;
pub mod driver;
pub mod eligibility;
pub mod error;
mod hex;
pub mod issuer;
pub mod journal;
pub mod login;
pub mod photo;
pub mod post;
pub mod rollout;
pub mod status_list;

pub use codes::codes;
