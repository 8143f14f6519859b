//! Every sentence for users, in zh-CN and en, by its key, and how a message becomes a sentence.
//!
//! The sentences are in `www/strings/*.json`. The build script merges them into one table, and fails if a key lacks a
//! language.
//!
//! | feature | adds |
//! |---|---|
//! | `say` | [`say`] and [`next_step`]: a [`Message`](verdict::Message) to a sentence; [`facts`]: the facts of a licence in words |
//! | `codes` | [`codes`]: every code of every stage; the build fails when one lacks its text |
//! | `authority` | an authority's codes as well |
//! | `cli` | the command line's own sentences |
//! | `batch` | those of the lines of an archive |
//! | `record` | the codes of records, with their texts |
//! | `uses` | for build scripts that check the keys in markup and source |
//!
//! Pure: the language is an argument.

mod catalogue;
#[cfg(feature = "codes")]
pub mod codes;
#[cfg(feature = "say")]
pub mod facts;
#[cfg(all(test, feature = "say"))]
mod plain;
#[cfg(feature = "say")]
pub mod privileges;
#[cfg(feature = "say")]
mod say;
#[cfg(feature = "uses")]
pub mod uses;

pub use catalogue::{Language, fill, find, list};
#[cfg(feature = "say")]
pub use say::{Locale, letters, next_step, say};
