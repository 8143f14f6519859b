//! The views of the desk, each at an address of its own: a reload and the browser's Back button lead to what was shown.

/// A view of the desk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Route {
    /// The queue, and the photo that is reviewed.
    Review,
    /// The desk's code, applications that are taken in, and answers that are handed over.
    Carriers,
    /// The search for a driver.
    Drivers,
    /// A driver, by the register's reference.
    Driver(String),
    /// The status list.
    Status,
    /// The journal.
    Journal,
    /// From which day licences of which office can be claimed; the demo's calendar, and the desk's settings.
    Rollout,
}

/// What the address of a driver begins with.
const DRIVER: &str = "driver-";

impl Route {
    /// The first view.
    pub(super) const FIRST: Self = Self::Review;

    /// Returns the view of the part of an address after `#`; `None` if it names none.
    pub(super) fn of_hash(hash: &str) -> Option<Self> {
        Some(match hash.trim_start_matches('#') {
            "" => Self::FIRST,
            "review" => Self::Review,
            "post" => Self::Carriers,
            "drivers" => Self::Drivers,
            "status" => Self::Status,
            "journal" => Self::Journal,
            "rollout" => Self::Rollout,
            other => Self::Driver(other.strip_prefix(DRIVER)?.to_owned()),
        })
    }

    /// The address of a driver, for a link.
    pub(super) fn driver_link(reference: &str) -> String {
        format!("#{DRIVER}{reference}")
    }

    /// The entry of the navigation to which it belongs.
    pub(super) fn entry(&self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Carriers => "post",
            Self::Drivers | Self::Driver(_) => "drivers",
            Self::Status => "status",
            Self::Journal => "journal",
            Self::Rollout => "rollout",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_has_an_address_and_others_name_none() {
        for route in
            [Route::Review, Route::Carriers, Route::Drivers, Route::Status, Route::Journal, Route::Rollout]
        {
            assert_eq!(Route::of_hash(&format!("#{}", route.entry())), Some(route));
        }
        assert_eq!(Route::of_hash(&Route::driver_link("lin")), Some(Route::Driver("lin".into())));
        assert_eq!(Route::of_hash(""), Some(Route::FIRST));
        assert_eq!(Route::of_hash("#main"), None);
    }
}
