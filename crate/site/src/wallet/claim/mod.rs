//! Claiming, one question a screen. Every state is stored, so that leaving, reloading or a crash loses nothing, and each
//! screen is left by Back.
//!
//! ```text
//! welcome -> 1 people -> 2 found -> 3 on_file | photo (camera, crop) -> 4 confirm -> 5 make | review -> home
//! ```

mod camera;
mod checks;
mod confirm;
mod crop;
mod desk_answer;
mod desk_carriers;
mod desk_read;
mod desk_sent;
mod desk_show;
mod found;
mod in_app;
mod make;
mod on_file;
mod people;
mod photo;
mod review;
mod welcome;

use std::rc::Rc;

use authority::application::Application;

use super::app::App;
use super::application;
use super::issuer::Issuer;
use super::problem::{Own, Problem};
use super::route::{Claim, Desk};
use super::screen::Screen;

/// The screen of a step.
pub(super) async fn screen(app: &Rc<App>, issuer: impl Issuer, step: Claim) -> Result<Screen, Problem> {
    match step {
        Claim::Welcome => welcome::screen(app),
        Claim::People(why) => people::screen(app, issuer, why).await,
        Claim::Found => found::screen(app, issuer).await,
        Claim::Resume(why) => resume(app, issuer, why).await,
        Claim::Camera => match crate::photograph::camera::open(true).await {
            Ok(stream) => camera::screen(app, stream),
            // A camera that is refused or missing leads back, where a file can be chosen.
            Err(problem) => resume(app, issuer, Some(problem.into())).await,
        },
        Claim::Crop(source, from) => crop::screen(app, source, from),
        Claim::Desk(Desk::Read(what, why)) => desk_read::screen(app, what, why),
        Claim::Desk(Desk::Confirm(desk)) => desk_show::confirm(app, issuer, &Rc::new(*desk)).await,
        Claim::Desk(Desk::Show) => desk_show::show(app).await,
        Claim::Make(approved, portraits) => make::screen(app, issuer, approved, portraits),
    }
}

/// Where a claim goes on that was begun: the application that waits, the licence that was found, or who claims; nothing if
/// none was begun.
pub(super) async fn begun(app: &App) -> Result<Option<Claim>, Problem> {
    if app.store.application().await?.is_some() {
        return Ok(Some(Claim::Resume(None)));
    }
    Ok(app.store.draft().await?.map(|draft| match draft.reference {
        Some(_) => Claim::Found,
        None => Claim::People(None),
    }))
}

/// The screen on which the application that waits goes on.
async fn resume(app: &Rc<App>, issuer: impl Issuer, why: Option<Problem>) -> Result<Screen, Problem> {
    let waiting = match application::read(app).await {
        Ok(Some(waiting)) => waiting,
        Ok(None) => return people::screen(app, issuer, why).await,
        // An application that cannot be read is dropped, and that is said: the person is chosen again in two touches.
        Err(unread @ Problem::Own(Own::Application)) => {
            application::forget(app).await?;
            return people::screen(app, issuer, why.or(Some(unread))).await;
        }
        Err(problem) => return Err(problem),
    };
    let to_confirm = match waiting.application {
        Application::PhotoOnFile(_) => waiting.confirming.is_some(),
        Application::PhotoNeeded(_) => waiting.confirming.is_some() && waiting.photo.is_some(),
        _ => false,
    };
    if to_confirm {
        return confirm::screen(app, issuer, waiting, why).await;
    }
    match &waiting.application {
        Application::PhotoOnFile(on_file) => on_file::screen(app, issuer, on_file.clone(), why),
        Application::PhotoNeeded(_) => photo::screen(app, &issuer, &waiting, why),
        // Only a desk knows what changed of it.
        Application::Approved(_) if waiting.is_reclaim() => review::screen(app, issuer, waiting, why).await,
        Application::Approved(approved) if why.is_none() => {
            let portraits = waiting.photo.clone().ok_or(Problem::Unexpected)?;
            make::screen(app, issuer, approved.clone(), portraits)
        }
        Application::PhotoSubmitted(_) | Application::AtCounter(_) | Application::Approved(_) => {
            review::screen(app, issuer, waiting, why).await
        }
    }
}
