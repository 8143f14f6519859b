//! Cutting a picture to the ratio of the photo, with what is measured of the piece.

use std::rc::Rc;

use authority::photo::PhotoSource;
use web_sys::HtmlCanvasElement;

use super::checks::Checks;
use crate::browser::dom;
use crate::photograph::crop::{Crop, Tools};
use crate::ui::markup::wallet::Crop as Markup;
use crate::wallet::app::App;
use crate::wallet::application::choose_photo;
use crate::wallet::notices::Notices;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// The stage on which the picture is cut.
pub(super) fn screen(app: &Rc<App>, source: HtmlCanvasElement, from: PhotoSource) -> Result<Screen, Problem> {
    let page = Markup::new()?;
    let screen = Screen::new(At::Crop, &page.root);
    let scope = &screen.scope;
    let notices = Notices::new(&page.problem, scope);
    let checks = Checks::new()?;
    dom::put(&page.checks, checks.root());
    let crop = Crop::start(scope, tools(&page), source, move |report| checks.write(report))?;

    app.link(scope, &page.back, || Route::Claim(Claim::Resume(None)));
    let again = move || match from {
        PhotoSource::Camera => Claim::Camera,
        PhotoSource::File | PhotoSource::OnFile => Claim::Resume(None),
    };
    app.link(scope, &page.again, move || Route::Claim(again()));
    let there = app.clone();
    scope.act(&page.r#use, move || {
        let (app, notices, crop) = (there.clone(), notices.clone(), crop.clone());
        async move {
            notices.clear();
            match choose(&app, &crop, from).await {
                Ok(()) => app.go(Route::Claim(Claim::Resume(None))),
                Err(problem) => notices.say(problem),
            }
        }
    });
    Ok(screen)
}

fn tools(page: &Markup) -> Tools {
    Tools {
        stage: page.crop.clone(),
        hint: page.hint.clone(),
        zoom: page.crop_zoom.clone(),
        tilt: page.crop_tilt.clone(),
        degrees: page.degrees.clone(),
        turn_left: page.turn_left.clone(),
        turn_right: page.turn_right.clone(),
        reset: page.reset.clone(),
    }
}

/// Makes the two portraits, which are confirmed next.
async fn choose(app: &App, crop: &Crop, from: PhotoSource) -> Result<(), Problem> {
    choose_photo(app, crop.portraits().await?, from).await
}
