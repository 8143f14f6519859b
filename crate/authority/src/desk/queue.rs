//! The queue: applications with their age, in the order of their arrival.

use cbor::{Date, Timestamp};
use licence::{SHANGHAI_OFFSET_SECONDS, shanghai_day};
use serde::{Deserialize, Serialize};

use crate::application::{Application, Occasion};
use crate::hex;
use crate::photo::Sha256Digest;

/// Seconds in which a decision can be undone.
pub const UNDO_SECONDS: i64 = 30;

/// The id of an application: 16 random bytes of the wallet; in JSON 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApplicationId(#[serde(with = "hex")] [u8; 16]);

impl ApplicationId {
    /// Creates an id of its bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the id of this text; `None` for other than 32 hexadecimal digits in lower case.
    pub fn from_hex(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }

    /// Returns the text.
    pub fn to_hex(self) -> String {
        hex::encode(&self.0)
    }

    /// Returns the first eight digits in two groups, by which a driver and a clerk tell applications apart.
    pub fn spoken(self) -> String {
        let digits = self.to_hex();
        let (first, rest) = digits.split_at_checked(4).unwrap_or_default();
        format!("{first} {}", rest.get(..4).unwrap_or_default())
    }

    /// Returns the bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Who decided an application, and what was before: so that it can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The clerk.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The state before.
    pub before: Application,
    /// The driver's open claim before.
    #[serde(default)]
    pub claim_before: Option<Application>,
}

/// Why nothing more happens with an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closed {
    /// Its answer was handed over.
    Answered {
        /// When.
        at: Timestamp,
    },
    /// A newer application of the same driver took its place.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// An application in the queue. The bytes of its photo are kept beside it by the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queued {
    /// Its id.
    pub id: ApplicationId,
    /// The driver, by the register's reference.
    pub reference: String,
    /// What it is for.
    pub occasion: Occasion,
    /// When the wallet made it.
    pub made_at: Timestamp,
    /// When the desk received it.
    pub received_at: Timestamp,
    /// The key that the licence is bound to: a point of P-256, uncompressed.
    #[serde(with = "hex")]
    pub device_key: [u8; 65],
    /// The key for which the answer is sealed: a point of P-256, uncompressed.
    #[serde(with = "hex")]
    pub answer_key: [u8; 65],
    /// The hash of the licence that the wallet says it holds.
    #[serde(default)]
    pub held: Option<Sha256Digest>,
    /// Where it stands.
    pub state: Application,
    /// Who decided it.
    #[serde(default)]
    pub decided: Option<Decided>,
    /// Whether it is done.
    #[serde(default)]
    pub closed: Option<Closed>,
}

/// What is to be done with an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Its photo is to be reviewed.
    ToReview,
    /// Its answer is to be handed over.
    ToAnswer,
    /// Nothing.
    Done,
}

impl Queued {
    /// Returns what is to be done.
    pub fn stage(&self) -> Stage {
        match (&self.closed, &self.state) {
            (Some(_), _) => Stage::Done,
            (None, Application::PhotoSubmitted(_)) => Stage::ToReview,
            (None, _) => Stage::ToAnswer,
        }
    }

    /// Returns the seconds since it was received; 0 for a clock that went back.
    pub fn age(&self, now: Timestamp) -> i64 {
        now.seconds_since(self.received_at).max(0)
    }

    /// Returns when its review is due; see [`due`].
    pub fn due(&self) -> Timestamp {
        due(self.received_at)
    }

    /// Whether its photo should have been reviewed.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.stage() == Stage::ToReview && self.due() < now
    }

    /// Returns until when this clerk can undo the decision; `None` if not at all.
    pub fn undo_until(&self, clerk: &str) -> Option<Timestamp> {
        let decided = self.decided.as_ref().filter(|decided| decided.by == clerk && self.closed.is_none())?;
        Some(decided.at.plus_seconds(UNDO_SECONDS))
    }

    /// Returns the SHA-256 of the large and the small portrait, if there is a photo of the applicant's own.
    pub fn photo(&self) -> Option<(Sha256Digest, Sha256Digest)> {
        let before = self.decided.as_ref().map(|decided| &decided.before);
        [Some(&self.state), before]
            .into_iter()
            .flatten()
            .find_map(|state| match state {
                Application::PhotoSubmitted(submitted) => Some(submitted.photo()),
                Application::Approved(approved) => Some(approved.photo()),
                _ => None,
            })
            .map(|photo| (photo.large_sha256, photo.small_sha256))
    }
}

/// Which applications are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Only those of this stage.
    pub stage: Option<Stage>,
    /// Only those for this.
    pub occasion: Option<Occasion>,
    /// Only those whose review is overdue.
    pub overdue: bool,
    /// Only those of drivers with this in their number or name.
    pub text: String,
}

/// Whether a day is a working day. Public holidays, and weekends on which people work for them, are not known here.
pub fn is_working_day(day: Date) -> bool {
    // 1970-01-01 was a Thursday.
    !matches!(day.days().saturating_add(3).rem_euclid(7), 5 | 6)
}

/// Returns when a photo that was received at this time is to be reviewed: by the end of the next working day in Shanghai \[S\]. The
/// day of its arrival does not count (民法典, article 201).
pub fn due(received_at: Timestamp) -> Timestamp {
    let received = shanghai_day(received_at);
    let days = (1..=7).map(|days| received.plus_days(days));
    let working = days.into_iter().find(|day| is_working_day(*day)).unwrap_or(received);
    working.plus_days(1).start_at(SHANGHAI_OFFSET_SECONDS)
}
