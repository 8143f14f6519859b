//! One screen of the wallet: a copy of a template with what it started.

use web_sys::HtmlElement;

use crate::ui::scope::Scope;

/// Which screen it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum At {
    /// The card.
    Home,
    /// What this is, for somebody without a licence.
    Welcome,
    /// Nobody issues into this build.
    Nowhere,
    /// Who can claim.
    People,
    /// The photo on file.
    OnFile,
    /// The two ways to a photo.
    Photo,
    /// The live preview.
    Camera,
    /// The cut.
    Crop,
    /// The photo waits for its review.
    Review,
    /// The licence is being made.
    Making,
    /// Every field, the photo, the storage.
    Details,
    /// What was shown.
    History,
    /// What for.
    Purpose,
    /// A code.
    Present,
    /// A verifier's question is looked for.
    Question,
    /// What of it is answered.
    Consent,
    /// What went wrong.
    Problem,
}

impl At {
    /// Whether the wallet begins here: the browser's own way back leads out of it.
    pub(crate) fn is_start(self) -> bool {
        matches!(self, Self::Home | Self::Welcome | Self::Nowhere)
    }

    /// Whether nothing that somebody is doing is lost when another screen takes its place.
    pub(crate) fn is_idle(self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::History
                | Self::Welcome
                | Self::People
                | Self::OnFile
                | Self::Photo
                | Self::Review
        )
    }
}

/// A screen. Dropping it ends everything that it started.
pub(crate) struct Screen {
    /// Which it is.
    pub(crate) at: At,
    /// Its markup.
    pub(crate) root: HtmlElement,
    /// What it started.
    pub(crate) scope: Scope,
}

impl Screen {
    /// A screen of this markup.
    pub(crate) fn new(at: At, root: &HtmlElement) -> Self {
        Self { at, root: root.clone(), scope: Scope::new() }
    }
}
