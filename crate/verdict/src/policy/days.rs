//! Which day it is: at the verifier's place, and where the document was issued.

use cbor::{Date, Timestamp};
use licence::{Facts, Profile, SHANGHAI_OFFSET_SECONDS, issuer_day};

use crate::purpose::Terms;

/// The days of a verdict.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days {
    /// The time of the verdict.
    pub(crate) now: Timestamp,
    /// The day at the verifier's place; in Shanghai for a Chinese licence.
    pub(crate) local: Date,
    /// The day in the westernmost part of the issuing country.
    pub(crate) issuer: Date,
    /// Seconds by which the verifier's place is ahead of UTC.
    offset: i32,
}

impl Days {
    pub(crate) fn of(facts: &Facts, terms: &Terms, now: Timestamp) -> Days {
        if facts.profile == Profile::Cn {
            let local = now.date_at(SHANGHAI_OFFSET_SECONDS);
            return Days { now, local, issuer: local, offset: SHANGHAI_OFFSET_SECONDS };
        }
        let offset = terms.utc_offset_seconds;
        let issuer = issuer_day(facts.country().map(AsRef::as_ref), now);
        Days { now, local: now.date_at(offset), issuer, offset }
    }

    /// Returns the day at the verifier's place at another time.
    pub(crate) fn day_of(&self, time: Timestamp) -> Date {
        time.date_at(self.offset)
    }

    /// Returns the end of a day at the verifier's place: its last second.
    pub(crate) fn end_of(&self, day: Date) -> Timestamp {
        day.plus_days(1).start_at(self.offset).plus_seconds(-1)
    }

    /// Returns what holds on the day `on` at the verifier's place; `None` if it does not hold alike on the day that it is then
    /// where the document was issued.
    pub(crate) fn decide<T: PartialEq>(&self, on: Date, holds: impl Fn(Date) -> T) -> Option<T> {
        let there = on.plus_days(self.issuer.days().saturating_sub(self.local.days()));
        let here = holds(on);
        (here == holds(there)).then_some(here)
    }
}
