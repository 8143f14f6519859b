//! The views of the desk, each at an address of its own: a reload and the browser's Back button lead to what was shown.

use authority::desk::ApplicationId;

/// A view of the desk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Route {
    /// The queue, and the photo that is reviewed.
    Review,
    /// The desk's code, applications that are taken in, and answers that are handed over; with the application whose answer is
    /// shown at once.
    Carriers(Option<ApplicationId>),
    /// The search for a driver.
    Drivers,
    /// A driver, by the register's reference.
    Driver(String),
    /// The photo of a driver who was sent to the counter, by the register's reference.
    Photograph(String),
    /// The status list.
    Status,
    /// The journal.
    Journal,
    /// From which day licences of which office can be claimed; the demo's calendar, and the desk's settings.
    Rollout,
}

/// What the address of a driver begins with.
const DRIVER: &str = "driver-";
/// What the address of a photo at the counter begins with.
const PHOTO: &str = "photograph-";
/// What the address of an answer begins with.
const ANSWER: &str = "post-";

impl Route {
    /// The address of the desk's code and its answers.
    pub(super) const POST: &str = "#post";
    /// The first view.
    pub(super) const FIRST: Self = Self::Review;

    /// Returns the view of the part of an address after `#`; `None` if it names none.
    pub(super) fn of_hash(hash: &str) -> Option<Self> {
        Some(match hash.trim_start_matches('#') {
            "" => Self::FIRST,
            "review" => Self::Review,
            "post" => Self::Carriers(None),
            "drivers" => Self::Drivers,
            "status" => Self::Status,
            "journal" => Self::Journal,
            "rollout" => Self::Rollout,
            other => match (other.strip_prefix(PHOTO), other.strip_prefix(ANSWER)) {
                (Some(reference), _) => Self::Photograph(reference.to_owned()),
                (_, Some(id)) => Self::Carriers(Some(ApplicationId::from_hex(id)?)),
                _ => Self::Driver(other.strip_prefix(DRIVER)?.to_owned()),
            },
        })
    }

    /// The address of a driver, for a link.
    pub(super) fn driver_link(reference: &str) -> String {
        format!("#{DRIVER}{reference}")
    }

    /// The address of the photo of a driver at the counter.
    pub(super) fn photograph_link(reference: &str) -> String {
        format!("#{PHOTO}{reference}")
    }

    /// The address of an answer that is shown at once.
    pub(super) fn answer_link(id: ApplicationId) -> String {
        format!("#{ANSWER}{}", id.to_hex())
    }

    /// The entry of the navigation to which it belongs.
    pub(super) fn entry(&self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Carriers(_) => "post",
            Self::Drivers | Self::Driver(_) | Self::Photograph(_) => "drivers",
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
        for route in [
            Route::Review,
            Route::Carriers(None),
            Route::Drivers,
            Route::Status,
            Route::Journal,
            Route::Rollout,
        ] {
            assert_eq!(Route::of_hash(&format!("#{}", route.entry())), Some(route));
        }
        assert_eq!(Route::of_hash(&Route::driver_link("lin")), Some(Route::Driver("lin".into())));
        let photo = Route::photograph_link("lin");
        assert_eq!(Route::of_hash(&photo), Some(Route::Photograph("lin".into())));
        let id = ApplicationId::new([7; 16]);
        assert_eq!(Route::of_hash(&Route::answer_link(id)), Some(Route::Carriers(Some(id))));
        assert_eq!(Route::of_hash("#post-7"), None);
        assert_eq!(Route::of_hash(""), Some(Route::FIRST));
        assert_eq!(Route::of_hash("#main"), None);
    }
}
