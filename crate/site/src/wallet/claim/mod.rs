//! Claiming: welcome, person, photo, licence. Every state is stored, so that leaving or reloading loses
//! nothing.

mod camera;
mod crop;
mod in_app;
mod make;
mod people;
mod photo;
mod picture;
mod review;
mod structure;

use std::rc::Rc;

use authority::application::Application;

use super::app::App;
use super::application;
use super::issuer::Issuer;
use super::problem::{Own, Problem};
use super::route::Claim;
use super::screen::Screen;

/// The screen of a step.
pub(super) async fn screen(app: &Rc<App>, issuer: impl Issuer, step: Claim) -> Result<Screen, Problem> {
    match step {
        Claim::Welcome => people::welcome(app),
        Claim::People(why) => people::screen(app, issuer, why),
        Claim::Resume(why) => resume(app, issuer, why).await,
        Claim::Camera => match camera::open().await {
            Ok(stream) => camera::screen(app, stream),
            // A camera that is refused or missing leads back, where a file can be chosen.
            Err(problem) => resume(app, issuer, Some(problem)).await,
        },
        Claim::Crop(source, from) => crop::screen(app, issuer, source, from),
        Claim::Make(approved, portraits) => make::screen(app, issuer, approved, portraits),
    }
}

/// The screen on which the application that waits goes on.
async fn resume(app: &Rc<App>, issuer: impl Issuer, why: Option<Problem>) -> Result<Screen, Problem> {
    let waiting = match application::read(app).await {
        Ok(Some(waiting)) => waiting,
        Ok(None) => return people::screen(app, issuer, why),
        // An application that cannot be read is dropped, and that is said: the person is chosen again in two touches.
        Err(unread @ Problem::Own(Own::Application)) => {
            application::forget(app).await?;
            return people::screen(app, issuer, why.or(Some(unread)));
        }
        Err(problem) => return Err(problem),
    };
    match &waiting.application {
        Application::PhotoOnFile(on_file) => people::on_file(app, issuer, on_file.clone(), why),
        Application::PhotoNeeded(_) => photo::screen(app, &issuer, &waiting, why),
        Application::Approved(approved) if why.is_none() => {
            let portraits = waiting.photo.clone().ok_or(Problem::Unexpected)?;
            make::screen(app, issuer, approved.clone(), portraits)
        }
        Application::PhotoSubmitted(_) | Application::AtCounter(_) | Application::Approved(_) => {
            review::screen(app, issuer, waiting, why)
        }
    }
}
