//! The two sites: demo and production.

/// Which of the two sites is built. They share neither keys nor trust anchors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// With the demo authority and its people, every screen marked.
    Demo,
    /// Without any of it.
    Production,
}

impl Profile {
    /// Returns the name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Production => "production",
        }
    }
}
