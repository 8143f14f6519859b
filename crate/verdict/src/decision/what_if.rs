//! On which day a rule would say something else.

use cbor::{Date, Timestamp};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::judged::Judged;
use super::outcome::RuleOutcome;
use super::{Decision, DecisionOutcome, Moment};
use crate::code::Code;
use crate::policy::Policy;

/// Most days that are looked ahead.
const DAYS_MAX: u16 = 3660;

/// A rule that says something else from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flip {
    /// The first day on which it does.
    pub date: Date,
    /// The days until then.
    pub in_days: u16,
    /// The rule.
    pub rule: String,
    /// Its outcome the day before.
    pub from: RuleOutcome,
    /// Its outcome on that day.
    pub to: RuleOutcome,
    /// The code of that outcome.
    pub code: Option<Code>,
    /// The decision on that day.
    pub decision: DecisionOutcome,
}

impl Policy {
    /// Returns which rules flip within the next days, at most ten years, if the same person presents a new copy of the same
    /// licence and the case begins as many days later.
    ///
    /// Signatures, freshness, revocation and the age of the status are of the presentation, and are not looked ahead. What an
    /// authority may change meanwhile, such as points, is not known.
    pub fn what_if(
        &self,
        judged: &Judged<'_>,
        case: &Case,
        now: Timestamp,
        utc_offset_seconds: i32,
        days: u16,
    ) -> Vec<Flip> {
        let today = now.date_at(utc_offset_seconds);
        let on = |day: u16| -> Decision {
            let now = now.plus_seconds(i64::from(day) * 86_400);
            let moment = Moment { now, utc_offset_seconds, presented_again: true };
            self.decide_at(judged, &case.later(i32::from(day)), moment)
        };
        let mut flips = Vec::new();
        let mut before = on(0);
        for day in 1..=days.min(DAYS_MAX) {
            let after = on(day);
            for reason in &after.reasons {
                let earlier = before.reasons.iter().find(|earlier| earlier.rule == reason.rule);
                let from = earlier.map_or(RuleOutcome::NotApplicable, |earlier| earlier.outcome);
                let same = earlier.is_some_and(|earlier| earlier.code == reason.code);
                if from != reason.outcome || !same {
                    flips.push(Flip {
                        date: today.plus_days(i32::from(day)),
                        in_days: day,
                        rule: reason.rule.clone().into_owned(),
                        from,
                        to: reason.outcome,
                        code: reason.code,
                        decision: after.outcome,
                    });
                }
            }
            before = after;
        }
        flips
    }
}
