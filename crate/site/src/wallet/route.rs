//! Where the wallet can go.

use authority::application::Approved;
use authority::photo::PhotoSource;
use web_sys::HtmlCanvasElement;

use super::answering::{Answer, Question};
use super::issuer::PortraitFiles;
use super::presentation::Presentation;
use super::problem::Problem;

/// A screen to go to, with what it needs.
pub(crate) enum Route {
    /// The card, or what stands for it: "lost", the application that waits, the welcome.
    Home,
    /// Every field, the photo, the storage; with what went wrong.
    Details(Option<Problem>),
    /// What was shown.
    History,
    /// What to show; with why the last code ended.
    Purpose(Option<Problem>),
    /// The code.
    Present(Presentation),
    /// A verifier's question is looked for; with why the last one was not answered.
    Question(Option<Problem>),
    /// What of it is answered.
    Consent(Box<Question>),
    /// The answer's code.
    Answer(Answer),
    /// A step of a claim.
    Claim(Claim),
    /// What went wrong.
    Problem(Problem),
}

/// A step of a claim, where somebody issues into this wallet.
pub(crate) enum Claim {
    /// What this is.
    Welcome,
    /// Who can claim; with why somebody cannot.
    People(Option<Problem>),
    /// Where the application that waits goes on; with what went wrong.
    Resume(Option<Problem>),
    /// The camera.
    Camera,
    /// The cut of a picture.
    Crop(HtmlCanvasElement, PhotoSource),
    /// The licence is made.
    Make(Approved, PortraitFiles),
}
