//! Outcomes: what a check that cannot be left out found, in three values.
//!
//! A failed proof ends the way with an error. An outcome does not: an expired credential still
//! shows whose it is, in red. "Could not be checked" is a value of its own and is never read as
//! "failed" or as "passed".
use crate::verify::step;
use crate::wire::mso::ValidityInfo;
use cbor::{CodeInfo, Timestamp};

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
    info: CodeInfo,
    seconds: Option<i64>,
}

impl Reason {
    /// This clock is behind its floor.
    pub const CLOCK_FLOOR: Self =
        Self::new(CodeInfo::new("clock-floor", step::FRESHNESS, "org.liangzheng.QrPresentation.v1"));

    /// Returns a reason by its line of a table of codes.
    pub const fn new(info: CodeInfo) -> Self {
        Self { info, seconds: None }
    }

    /// As [`Reason::new`], with a time.
    pub const fn with_seconds(info: CodeInfo, seconds: i64) -> Self {
        Self { info, seconds: Some(seconds) }
    }

    /// The line of the table of codes.
    pub const fn info(&self) -> CodeInfo {
        self.info
    }

    /// The stable code.
    pub const fn code(&self) -> &'static str {
        self.info.code
    }

    /// The step of the way.
    pub const fn step(&self) -> &'static str {
        self.info.step
    }

    /// The clause of the standard or of this project's profile.
    pub const fn clause(&self) -> &'static str {
        self.info.clause
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

const EXPIRED: CodeInfo = CodeInfo::new("mso-expired", step::MSO_VALIDITY, "ISO/IEC 18013-5, 9.3.1");
const NOT_YET: CodeInfo = CodeInfo::new("mso-not-yet", step::MSO_VALIDITY, "ISO/IEC 18013-5, 9.3.1");

impl MsoValidity {
    /// The codes of this outcome alone.
    pub(crate) const CODES: &'static [CodeInfo] = &[EXPIRED, NOT_YET];

    /// Judges the validity at `now`; with a clock that is behind `floor`, only what is certain.
    pub(crate) fn judge(validity: &ValidityInfo, now: Timestamp, floor: Timestamp) -> Self {
        // The true time is never before the floor, so what has expired there has expired.
        let latest = now.max(floor);
        // `validFrom` is never before `signed` (9.1.2.4): what is yet to be signed does not hold yet, whatever it says.
        let from = validity.valid_from.max(validity.signed);
        Self(if latest > validity.valid_until {
            let late = latest.unix().saturating_sub(validity.valid_until.unix());
            Outcome::Fail(Reason::with_seconds(EXPIRED, late))
        } else if now < floor {
            Outcome::Undetermined(Reason::CLOCK_FLOOR)
        } else if now < from {
            let early = from.unix().saturating_sub(now.unix());
            Outcome::Fail(Reason::with_seconds(NOT_YET, early))
        } else {
            Outcome::Pass
        })
    }

    /// The outcome.
    pub const fn outcome(&self) -> &Outcome {
        &self.0
    }
}
