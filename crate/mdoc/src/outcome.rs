//! Outcomes: what a check that cannot be left out found, in three values.
//!
//! A failed proof ends the way with an error. An outcome does not: an expired credential still
//! shows whose it is, in red. "Could not be checked" is a value of its own and is never read as
//! "failed" or as "passed".

use crate::error::outcome_info;
use crate::mso::ValidityInfo;
use crate::time::Timestamp;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The check was made and holds.
    Pass,
    /// The check was made and does not hold.
    Fail(Reason),
    /// The check could not be made, or its result proves nothing either way.
    Undetermined(Reason),
}

impl Outcome {
    /// The reason, unless it is a pass.
    pub const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Pass => None,
            Self::Fail(reason) | Self::Undetermined(reason) => Some(reason),
        }
    }

    /// Whether it is a pass.
    pub const fn is_pass(&self) -> bool {
        matches!(self, Self::Pass)
    }
}

/// Why an outcome is not a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    code: &'static str,
    seconds: Option<i64>,
}

impl Reason {
    /// A reason of one of the table's codes.
    pub(crate) const fn new(code: &'static str) -> Self {
        Self { code, seconds: None }
    }

    pub(crate) const fn with_seconds(code: &'static str, seconds: i64) -> Self {
        Self { code, seconds: Some(seconds) }
    }

    /// The stable code.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The step of the way.
    pub fn step(&self) -> &'static str {
        outcome_info(self.code).step
    }

    /// The clause of the standard or of this project's profile.
    pub fn clause(&self) -> &'static str {
        outcome_info(self.code).clause
    }

    /// How many seconds, where the reason has a time: since the first scan (`seen`), since the
    /// end of the life (`stale`, `mso-expired`), until the start (`clock-ahead`, `mso-not-yet`).
    pub const fn seconds(&self) -> Option<i64> {
        self.seconds
    }
}

/// The outcome of the MSO's own validity (ISO/IEC 18013-5, 9.3.1): `validFrom <= now <= validUntil`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MsoValidity(Outcome);

impl MsoValidity {
    /// Judges the validity at `now`; with a clock that is behind `floor`, only what is certain.
    pub(crate) fn judge(validity: &ValidityInfo, now: Timestamp, floor: Timestamp) -> Self {
        // The true time is never before the floor, so what has expired there has expired.
        let latest = now.max(floor);
        // `validFrom` is never before `signed` (9.1.2.4): what is yet to be signed does not hold yet, whatever it says.
        let from = validity.valid_from.max(validity.signed);
        Self(if latest > validity.valid_until {
            let late = latest.unix().saturating_sub(validity.valid_until.unix());
            Outcome::Fail(Reason::with_seconds("mso-expired", late))
        } else if now < floor {
            Outcome::Undetermined(Reason::new("clock-floor"))
        } else if now < from {
            let early = from.unix().saturating_sub(now.unix());
            Outcome::Fail(Reason::with_seconds("mso-not-yet", early))
        } else {
            Outcome::Pass
        })
    }

    /// The outcome.
    pub const fn outcome(&self) -> &Outcome {
        &self.0
    }
}

/// The outcome of the freshness of a presentation ([`crate::freshness`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness(pub(crate) Outcome);

impl Freshness {
    /// The outcome.
    pub const fn outcome(&self) -> &Outcome {
        &self.0
    }
}
