//! One screen of the wallet: a copy of a template with what it started.

use web_sys::HtmlElement;

use crate::ui::scope::Scope;

/// Which screen it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum At {
    /// The card.
    Home,
    /// The welcome, without a licence.
    Welcome,
    /// This build has no issuer.
    Nowhere,
    /// Who claims.
    People,
    /// The licence that was found.
    Found,
    /// The photo on file.
    OnFile,
    /// The two ways to a photo.
    Photo,
    /// The live preview.
    Camera,
    /// The cropping of a picture.
    Crop,
    /// The last question before a licence is made or a photo handed in.
    Confirm,
    /// The photo waits for its review.
    Review,
    /// The reading of what a desk shows.
    DeskRead,
    /// The desk whose offer was read.
    DeskConfirm,
    /// The sealed application.
    DeskShow,
    /// The licence is being made.
    Making,
    /// Every field, the photo, the storage.
    Details,
    /// What was shown.
    History,
    /// The choice of a purpose.
    Purpose,
    /// A code.
    Present,
    /// The reading of a verifier's question.
    Question,
    /// The consent to an answer.
    Consent,
    /// A problem.
    Problem,
}

impl At {
    /// Whether this is a first screen: the browser's back button leaves the wallet.
    pub(crate) fn is_start(self) -> bool {
        matches!(self, Self::Home | Self::Welcome | Self::Nowhere)
    }

    /// Whether another screen may take its place without losing input.
    pub(crate) fn is_idle(self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::History
                | Self::Welcome
                | Self::Found
                | Self::OnFile
                | Self::Photo
                | Self::Confirm
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
