//! Many presentations: a line of NDJSON or a row of a table in, one line of JSON out.
//!
//! The command line (`liangzheng verify --batch`) and the Python wheel (`crate/python`) call this crate, so that both write
//! the same bytes for the same presentation. Pure: time, trust and the implementation that verifies signatures are values
//! of [`Judge`]; reading and writing is left to the caller.
//!
//! ```text
//! line → Item::of_line ─┐
//! row  → Item::new ─────┴→ Item → Judge::row → Row → Row::to_json → line
//! ```
//!
//! A line or row that cannot be read is a [`Row`] as well, with the code of the reason ([`LineCode`]): it never ends a
//! stream. The line that is written is described by `docs/batch.schema.json`.

mod argument;
mod code;
mod form;
mod item;
mod judge;
mod judged;
mod partner;
mod row;

pub use argument::{CLOCK_FLOOR, offset_seconds, sha256, utc_offset};
pub use code::LineCode;
pub use form::Form;
pub use item::{Item, MAX_LINE, MAX_PRESENTATION, Unread, received};
pub use judge::Judge;
pub use judged::{How, Judged, Session};
pub use partner::Partner;
pub use row::{Outcome, Row, RowDecision, RowReason};
