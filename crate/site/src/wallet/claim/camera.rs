//! The camera: a live preview in the ratio of the photo, what is wrong with it, and one picture of it.

use std::rc::Rc;

use authority::photo::PhotoSource;

use crate::photograph::camera::{self, Stream};
use crate::photograph::picture;
use crate::ui::markup::wallet::Camera;
use crate::wallet::app::App;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// The preview.
pub(super) fn screen(app: &Rc<App>, stream: Stream) -> Result<Screen, Problem> {
    let page = Camera::new()?;
    let screen = Screen::new(At::Camera, &page.root);
    let take = page.take.clone();
    screen.scope.on(&page.video, "loadeddata", move |_| take.set_disabled(false));
    for back in &page.back {
        app.link(&screen.scope, back, || Route::Claim(Claim::Resume(None)));
    }
    let shown = page.video.clone();
    app.link(&screen.scope, &page.take, move || {
        Route::Claim(match picture::of_video(&shown) {
            Ok(source) => Claim::Crop(source, PhotoSource::Camera),
            Err(problem) => Claim::Resume(Some(problem.into())),
        })
    });
    camera::show(&screen.scope, stream, &page.video, &page.hint, "camera.hint");
    Ok(screen)
}
