//! Outcomes: the results of mandatory checks, with three values.
//!
//! A failed proof is an error and returns no element. A failed outcome is part of the result: the elements of an expired
//! credential can still be shown. "Could not be checked" is a value of its own, never read as failed or passed.
use crate::verify::step;
use crate::wire::mso::ValidityInfo;
use cbor::{Timestamp, coded};

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
    /// Returns the reason, unless it is a pass.
    pub const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Pass => None,
            Self::Fail(reason) | Self::Undetermined(reason) => Some(reason),
        }
    }

    /// Returns whether it is a pass.
    pub const fn is_pass(&self) -> bool {
        matches!(self, Self::Pass)
    }
}

coded!(
    /// The codes of outcomes that are not a pass, those of a transport's freshness too.
    pub enum OutcomeCode {
        MsoExpired => "mso-expired", step::MSO_VALIDITY, "ISO/IEC 18013-5, 9.3.1";
        MsoNotYet => "mso-not-yet", step::MSO_VALIDITY, "ISO/IEC 18013-5, 9.3.1";
        TrustListOld => "trust-list-old", step::ISSUER_TRUSTED, "ISO/IEC 18013-5, C.1.7";
        TrustListSignerExpired => "trust-list-signer-expired", step::ISSUER_TRUSTED, "ISO/IEC 18013-5, C.1.7";
        TrustListAhead => "trust-list-ahead", step::ISSUER_TRUSTED, "ISO/IEC 18013-5, C.1.7";
        DsRevocationOld => "ds-revocation-old", step::ISSUER_TRUSTED, "RFC 5280, 6.3.3";
        DsRevocationAhead => "ds-revocation-ahead", step::ISSUER_TRUSTED, "RFC 5280, 6.3.3";
        DsRevocationMissing => "ds-revocation-missing", step::ISSUER_TRUSTED, "RFC 5280, 6.3.3";
        Stale => "stale", step::FRESHNESS, "org.liangzheng.QrPresentation";
        ClockAhead => "clock-ahead", step::FRESHNESS, "org.liangzheng.QrPresentation";
        ClockFloor => "clock-floor", step::FRESHNESS, "org.liangzheng.QrPresentation";
        Seen => "seen", step::FRESHNESS, "org.liangzheng.QrPresentation";
        Audience => "audience", step::FRESHNESS, "org.liangzheng.QrPresentation";
        FreshnessUnproven => "freshness-unproven", step::FRESHNESS, "ISO/IEC 18013-5, 9.1.3";
    }
);

/// Why an outcome is not a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    code: OutcomeCode,
    seconds: Option<i64>,
}

impl Reason {
    /// Returns a reason without a time.
    pub const fn new(code: OutcomeCode) -> Self {
        Self { code, seconds: None }
    }

    /// Returns a reason with a time.
    pub const fn with_seconds(code: OutcomeCode, seconds: i64) -> Self {
        Self { code, seconds: Some(seconds) }
    }

    /// Returns the code as a value to match on.
    pub const fn kind(&self) -> OutcomeCode {
        self.code
    }

    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        self.code.code()
    }

    /// Returns the step of the verification.
    pub const fn step(&self) -> &'static str {
        self.code.step()
    }

    /// Returns the clause of the standard or of this project's profile.
    pub const fn clause(&self) -> &'static str {
        self.code.clause()
    }

    /// Returns the seconds of a reason with a time: since the presentation was first seen (`seen`), since the end of validity
    /// (`stale`, `mso-expired`), or until its start (`clock-ahead`, `mso-not-yet`).
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
        // The true time is never before the floor, so what has expired by then has expired.
        let latest = now.max(floor);
        // `validFrom` is never before `signed` (9.1.2.4): an MSO signed in the future is not valid yet.
        let from = validity.valid_from.max(validity.signed);
        Self(if latest > validity.valid_until {
            let late = latest.unix().saturating_sub(validity.valid_until.unix());
            Outcome::Fail(Reason::with_seconds(OutcomeCode::MsoExpired, late))
        } else if now < floor {
            Outcome::Undetermined(Reason::new(OutcomeCode::ClockFloor))
        } else if now < from {
            let early = from.unix().saturating_sub(now.unix());
            Outcome::Fail(Reason::with_seconds(OutcomeCode::MsoNotYet, early))
        } else {
            Outcome::Pass
        })
    }

    /// Returns the outcome.
    pub const fn outcome(&self) -> &Outcome {
        &self.0
    }
}
