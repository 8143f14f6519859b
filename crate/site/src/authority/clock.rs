//! The desk's clock: the page's, or the demo's calendar.

use std::cell::Cell;

use cbor::{Date, Timestamp};
use licence::shanghai_day;

use crate::ui::format;

const DAY_S: i64 = 86_400;

/// The days of the roll-out, to which the calendar can be set: year, month, day.
pub(super) const DAYS: [&str; 4] = ["2021-06-01", "2021-09-01", "2021-10-20", "2021-12-10"];

/// The desk's clock.
#[derive(Default)]
pub(super) struct Clock {
    /// The day of the demo's calendar, and by how many seconds its clock is ahead.
    set: Cell<Option<(Date, i64)>>,
}

impl Clock {
    /// The moment now.
    pub(super) fn now(&self) -> Timestamp {
        format::now().plus_seconds(self.set.get().map_or(0, |(_, ahead)| ahead))
    }

    /// Today.
    pub(super) fn today(&self) -> Date {
        shanghai_day(self.now())
    }

    /// The day to which the calendar was set; it goes on from there.
    pub(super) fn is_set_to(&self) -> Option<Date> {
        self.set.get().map(|(day, _)| day)
    }

    /// Sets the calendar to a day, at the time of day that it is; to the page's own clock without a day.
    pub(super) fn set(&self, day: Option<Date>) {
        let ahead = |day: Date| {
            let today = shanghai_day(format::now());
            i64::from(day.days() - today.days()) * DAY_S
        };
        self.set.set(day.map(|day| (day, ahead(day))));
    }
}
