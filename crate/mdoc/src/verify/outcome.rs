//! Outcomes: the results of mandatory checks, with three values.
//!
//! A failed proof is an error. A failed outcome is not: an expired credential still shows its holder, in red.
//! "Could not be checked" is a separate value, never read as "failed" or "passed".
use crate::verify::step;
use crate::wire::mso::ValidityInfo;
use cbor::{CodeInfo, Timestamp};

/// The result of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The check passed.
    Pass,
    /// The check failed.
    Fail(Reason),
    /// The check could not be made, or is inconclusive.
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
    /// The clock is behind its floor.
    pub const CLOCK_FLOOR: Self =
        Self::new(CodeInfo::new("clock-floor", step::FRESHNESS, "org.liangzheng.QrPresentation.v1"));

    /// Creates a reason from a line of a table of codes.
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

    /// Returns the seconds of a reason with a time: since the first scan (`seen`), since the end of validity
    /// (`stale`, `mso-expired`), or until its start (`clock-ahead`, `mso-not-yet`).
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
    /// The codes of this outcome.
    pub(crate) const CODES: &'static [CodeInfo] = &[EXPIRED, NOT_YET];

    /// Judges the validity at `now`. If the clock is behind `floor`, only what is certain.
    pub(crate) fn judge(validity: &ValidityInfo, now: Timestamp, floor: Timestamp) -> Self {
        // The true time is never before the floor, so what has expired by then has expired.
        let latest = now.max(floor);
        // `validFrom` is never before `signed` (9.1.2.4): an MSO signed in the future is not valid yet.
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
