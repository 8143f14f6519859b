//! The views of the desk, each at an address of its own: a reload and the browser's Back button lead to what was shown.

/// A view of the desk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Route {
    /// From which day licences of which office can be claimed, and the demo's calendar.
    Rollout,
}

impl Route {
    /// The first view.
    pub(super) const FIRST: Self = Self::Rollout;

    /// Returns the view of the part of an address after `#`; `None` if it names none.
    pub(super) fn of_hash(hash: &str) -> Option<Self> {
        match hash.trim_start_matches('#') {
            "" => Some(Self::FIRST),
            "rollout" => Some(Self::Rollout),
            _ => None,
        }
    }

    /// The entry of the navigation to which it belongs.
    pub(super) fn entry(&self) -> &'static str {
        match self {
            Self::Rollout => "rollout",
        }
    }
}
