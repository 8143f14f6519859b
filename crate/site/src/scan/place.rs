//! Where codes are read: the camera's picture, what is said below it, and its controls. The verifier has it on its page, the
//! wallet in the screen that looks for a question.

use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlSelectElement, HtmlVideoElement};

#[cfg(feature = "demo")]
use crate::ui::markup::authority;
use crate::ui::markup::{verify, wallet};

/// The elements of the place.
pub(crate) struct Place {
    /// Around all of it; says the state to the style.
    pub(crate) scan: HtmlElement,
    pub(crate) stage: HtmlElement,
    pub(crate) video: HtmlVideoElement,
    /// Around a code that is seen.
    pub(crate) outline: Element,
    /// What is said while the camera is not open.
    pub(crate) title: HtmlElement,
    pub(crate) about: HtmlElement,
    /// Opens the camera.
    pub(crate) start: HtmlButtonElement,
    /// The line below the picture, with its icon and the frames that were read.
    pub(crate) status: HtmlElement,
    pub(crate) status_icon: Element,
    pub(crate) status_text: HtmlElement,
    pub(crate) segments: HtmlElement,
    /// What the wallet does not offer.
    pub(crate) controls: Option<Controls>,
}

/// The controls of an open camera.
pub(crate) struct Controls {
    pub(crate) stop: HtmlButtonElement,
    pub(crate) stop_words: HtmlElement,
    pub(crate) choice: HtmlElement,
    pub(crate) device: HtmlSelectElement,
    pub(crate) torch: HtmlButtonElement,
}

impl From<&verify::Page> for Place {
    fn from(page: &verify::Page) -> Self {
        Self {
            scan: page.scan.clone(),
            stage: page.stage.clone(),
            video: page.video.clone(),
            outline: page.outline.clone(),
            title: page.invite.title.clone(),
            about: page.invite.about.clone(),
            start: page.camera_start.clone(),
            status: page.status.clone(),
            status_icon: page.status_icon.clone(),
            status_text: page.status_text.clone(),
            segments: page.segments.clone(),
            controls: Some(Controls {
                stop: page.camera_stop.root.clone(),
                stop_words: page.camera_stop.words.clone(),
                choice: page.camera_choice.clone(),
                device: page.camera_device.clone(),
                torch: page.torch.clone(),
            }),
        }
    }
}

/// Of a screen that reads by camera, from pictures and from files, and does nothing else with the camera.
macro_rules! of_reader {
    ($screen:ty) => {
        impl From<&$screen> for Place {
            fn from(screen: &$screen) -> Self {
                Self {
                    scan: screen.scan.clone(),
                    stage: screen.stage.clone(),
                    video: screen.video.clone(),
                    outline: screen.outline.clone(),
                    title: screen.invite.title.clone(),
                    about: screen.invite.about.clone(),
                    start: screen.camera_start.clone(),
                    status: screen.status.clone(),
                    status_icon: screen.status_icon.clone(),
                    status_text: screen.status_text.clone(),
                    segments: screen.segments.clone(),
                    controls: None,
                }
            }
        }
    };
}

of_reader!(wallet::PostRead);
of_reader!(wallet::Question);
#[cfg(feature = "demo")]
of_reader!(authority::Carriers);
