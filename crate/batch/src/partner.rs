//! The policy of a partner, and what the partner knows.

use licence::Vehicle;
use verdict::{Case, Decision, Flip, Judged, Policy, Terms, Timestamp};

/// A policy with its case. A line may have a case of its own, which takes the place of this one.
#[derive(Clone, Debug)]
pub struct Partner {
    policy: Policy,
    /// The vehicle that takes the place of a case's.
    vehicle: Option<Vehicle>,
    automatic: bool,
    case: Case,
    utc_offset: i32,
}

impl Partner {
    /// Creates it for a place whose clocks are ahead of UTC by these seconds; without a case nothing is known.
    #[must_use]
    pub fn new(policy: Policy, case: Case, utc_offset: i32) -> Self {
        Self { policy, vehicle: None, automatic: false, case, utc_offset }
    }

    /// Sets the vehicle that takes the place of each case's, and whether its gearbox is automatic.
    #[must_use]
    pub fn with_vehicle(self, vehicle: Option<Vehicle>, automatic: bool) -> Self {
        Self { vehicle, automatic, ..self }
    }

    /// Returns the policy.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Returns the case of all lines, with the vehicle that was set.
    #[must_use]
    pub fn case(&self) -> Case {
        self.case_of(None)
    }

    /// Returns the terms with which a presentation is verified at a time.
    #[must_use]
    pub fn terms(&self, now: Timestamp) -> Terms {
        self.policy.terms(now, self.utc_offset)
    }

    /// Returns what the policy decides about a verdict at this time, by a line's own case or that of all lines.
    #[must_use]
    pub fn decide(&self, judged: &Judged<'_>, case: Option<&Case>, now: Timestamp) -> Decision {
        self.policy.decide(judged, &self.case_of(case), now, self.utc_offset)
    }

    /// Returns which rules would say something else within so many days.
    #[must_use]
    pub fn what_if(&self, judged: &Judged<'_>, now: Timestamp, days: u16) -> Vec<Flip> {
        self.policy.what_if(judged, &self.case_of(None), now, self.utc_offset, days)
    }

    fn case_of(&self, own: Option<&Case>) -> Case {
        let mut case = own.unwrap_or(&self.case).clone();
        let chosen = self.vehicle.or(case.vehicle);
        case.vehicle = chosen.map(|vehicle| vehicle.with_automatic(vehicle.automatic || self.automatic));
        case
    }
}
