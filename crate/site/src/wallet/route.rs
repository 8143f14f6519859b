//! The routes of the wallet.

use authority::application::Approved;
use authority::photo::PhotoSource;
use authority::post::VerifiedDesk;
use web_sys::HtmlCanvasElement;

use super::answering::{Answer, Question};
use super::issuer::PortraitFiles;
use super::presentation::Presentation;
use super::problem::Problem;

/// A screen to go to, with what it needs.
pub(crate) enum Route {
    /// The card, or in its place "lost", the application that waits, or the welcome.
    Home,
    /// Every field, the photo, the storage; with what went wrong.
    Details,
    /// What was shown.
    History,
    /// What to show; with why the last code ended.
    Purpose(Option<Problem>),
    /// The code.
    Present(Presentation),
    /// The reading of a verifier's question; with why the last one was not answered.
    Question(Option<Problem>),
    /// The consent to an answer.
    Consent(Box<Question>),
    /// The answer's code.
    Answer(Answer),
    /// A step of a claim.
    Claim(Claim),
    /// A problem.
    Problem(Problem),
}

/// A step of a claim, in a build with an issuer.
pub(crate) enum Claim {
    /// The welcome.
    Welcome,
    /// The people who can claim; with the problem of the last choice.
    People(Option<Problem>),
    /// The licence that was found, or why it cannot be claimed.
    Found,
    /// Where the application that waits goes on; with what went wrong.
    Resume(Option<Problem>),
    /// The camera.
    Camera,
    /// The cropping of a picture.
    Crop(HtmlCanvasElement, PhotoSource),
    /// An authority's desk.
    Desk(Desk),
    /// The licence is issued.
    Make(Approved, PortraitFiles),
}

/// A step at an authority's desk.
pub(crate) enum Desk {
    /// The reading of its offer or its answer; with what went wrong.
    Read(DeskMessage, Option<Problem>),
    /// Whose offer was read.
    Confirm(Box<VerifiedDesk>),
    /// The sealed application as codes.
    Show,
}

/// What a desk gives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum DeskMessage {
    /// Its offer.
    Offer,
    /// Its answer.
    Answer,
}
