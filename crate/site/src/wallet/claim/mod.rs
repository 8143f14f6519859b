//! Claiming at the demo authority: welcome, a demo driver, the photo, the licence. Every state is stored, so that
//! leaving or reloading loses nothing.

mod camera;
mod crop;
pub(super) mod make;
mod people;
mod photo;
mod picture;
mod review;

use std::rc::Rc;

use authority::application::{Application, Occasion, Record};
use authority::demo::DemoAuthority;
use authority::error::{ClaimError, ReplaceError};
use licence::calendar::shanghai_day;
use verdict::message::Arg;

use super::App;
use super::holder::Wallet;
use super::problem::Problem;
use super::screen::Screen;
use crate::storage::{PendingApplication, StoredLicence};
use crate::ui::format;
use crate::ui::i18n::{fill, tr};

/// The screen without a licence: the pending application, or the welcome.
pub(super) async fn first_screen(app: &Rc<App>) -> Result<Screen, Problem> {
    if app.store.application().await?.is_some() { resume(app).await } else { people::welcome(app) }
}

/// An application with the photo that was handed in.
#[derive(Clone)]
struct Pending {
    application: Application,
    photo: Option<(Vec<u8>, Vec<u8>)>,
}

impl Pending {
    fn is_replacement(&self) -> bool {
        self.application.claim().occasion() == Occasion::Replacement
    }
}

/// The stored application, if there is one that this version can read.
async fn pending(app: &Rc<App>) -> Result<Option<Pending>, Problem> {
    let Some(stored) = app.store.application().await? else {
        return Ok(None);
    };
    let application = serde_json::from_str(&stored.application).map_err(|_| Problem::Named("application"))?;
    Ok(Some(Pending { application, photo: stored.photo }))
}

/// Stores an application, and tells the other tabs.
async fn keep(
    app: &Rc<App>,
    application: &Application,
    photo: Option<(Vec<u8>, Vec<u8>)>,
) -> Result<(), Problem> {
    let application = serde_json::to_string(application).map_err(|_| Problem::Unexpected)?;
    app.store.put_application(&PendingApplication { application, photo }).await?;
    app.tabs.announce();
    Ok(())
}

/// Forgets the application that waits.
async fn forget(app: &Rc<App>) -> Result<(), Problem> {
    app.store.drop_application().await?;
    app.tabs.announce();
    Ok(())
}

/// The screen on which the application that waits goes on.
pub(super) async fn resume(app: &Rc<App>) -> Result<Screen, Problem> {
    resume_after(app, None).await
}

/// The same, after something went wrong.
async fn resume_after(app: &Rc<App>, why: Option<Problem>) -> Result<Screen, Problem> {
    let waiting = match pending(app).await {
        Ok(Some(waiting)) => waiting,
        Ok(None) => return people::screen(app).await,
        // One that cannot be read any more is no loss: it is chosen again in two touches.
        Err(Problem::Named("application")) => {
            forget(app).await?;
            return people::screen(app).await;
        }
        Err(problem) => return Err(problem),
    };
    match &waiting.application {
        Application::PhotoOnFile(_) => people::on_file(app, waiting.application.clone(), why).await,
        Application::PhotoNeeded(_) => photo::screen(app, waiting, why),
        Application::PhotoSubmitted(_) | Application::AtCounter(_) => review::screen(app, waiting, why),
        Application::Approved(_) if why.is_some() => review::screen(app, waiting, why),
        Application::Approved(approved) => {
            let portraits = waiting.photo.clone().ok_or(Problem::Unexpected)?;
            make::screen(app, approved.clone(), portraits)
        }
    }
}

/// What a strip on the home screen says of a replacement that waits: its title and its text.
pub(super) async fn waiting(app: &Rc<App>) -> Option<(&'static str, &'static str)> {
    let waiting = pending(app).await.ok()??;
    if !waiting.is_replacement() {
        return None;
    }
    Some(match waiting.application {
        Application::PhotoSubmitted(_) => ("application.photo-submitted", "application.old-photo-serves"),
        Application::AtCounter(_) => ("application.at-counter", "application.old-photo-serves"),
        _ => ("home.photo-begun", "application.old-photo-serves"),
    })
}

/// Begins to replace the photo, or goes on with it.
pub(super) async fn replace(app: &Rc<App>) -> Result<Screen, Problem> {
    if pending(app).await?.is_some_and(|waiting| waiting.is_replacement()) {
        return resume(app).await;
    }
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let needed =
        record_of(&wallet.stored)?.replace_photo(shanghai_day(format::now())).map_err(|error| match error {
            ReplaceError::TooEarly { from } => {
                Problem::Coded(error.code(), vec![("date".into(), Arg::Date(from))])
            }
            _ => Problem::coded(error.code()),
        });
    match needed {
        Ok(needed) => {
            keep(app, &needed.into(), None).await?;
            resume(app).await
        }
        Err(problem) => {
            let screen = super::details::screen(app).await?;
            problem.say_in(&screen.root);
            Ok(screen)
        }
    }
}

/// The authority's record of a stored licence.
pub(super) fn record_of(stored: &StoredLicence) -> Result<Record, Problem> {
    serde_json::from_str(&stored.record).map_err(|_| Problem::coded("issue-record"))
}

/// Where the photo comes from, and from when it may be replaced.
pub(super) fn photo_state(wallet: &Wallet) -> String {
    let Ok(record) = record_of(&wallet.stored) else {
        return String::new();
    };
    let from = record.replaceable_from();
    if from <= shanghai_day(format::now()) {
        tr("details.photo.now")
    } else {
        fill("details.photo.later", &[("date", &format::day(from))])
    }
}

fn claim_problem(error: &ClaimError) -> Problem {
    let mut args = Vec::new();
    if let Some(letters) = error.letters() {
        args.push(("letters".into(), Arg::Letters(letters.text())));
    }
    if let ClaimError::NotRolledOut { from } = error {
        args.push(("date".into(), Arg::Date(*from)));
    }
    Problem::Coded(error.code(), args)
}

/// The demo authority.
const AUTHORITY: DemoAuthority = DemoAuthority::new();
