//! What the desk remembers beside its records.

use authority::photo::Sha256Digest;
use cbor::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// The clerk of a new desk.
const CLERK: &str = "desk-1";

/// When the status list was published last.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Published {
    /// When.
    pub(super) at: Timestamp,
    /// The number of lines of the journal then.
    pub(super) lines: u64,
    /// SHA-256 of the token.
    pub(super) sha256: Sha256Digest,
}

/// The settings of the desk.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub(super) struct Settings {
    /// Who works here.
    pub(super) clerk: String,
    /// The day of the demo's calendar.
    pub(super) calendar: Option<Date>,
    /// Whether single keys act.
    pub(super) keys: bool,
    /// How many drivers are invented for practice.
    pub(super) practice: u32,
    /// The last publication of the status list.
    pub(super) published: Option<Published>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { clerk: CLERK.to_owned(), calendar: None, keys: true, practice: 0, published: None }
    }
}
