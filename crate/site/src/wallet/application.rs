//! The application that waits, as it is stored, and what else of a claim outlives its screens.

use authority::application::{Application, Occasion, PhotoNeeded, Record};
use authority::error::{IssueCode, ReplaceError};
use authority::photo::PhotoSource;
use licence::shanghai_day;
use verdict::Arg;

use super::app::App;
use super::holder::Wallet;
use super::issuer::PortraitFiles;
use super::problem::{Own, Problem};
use super::route::{Claim, Route};
use crate::storage::{PendingApplication, Slot, StoreError, StoredLicence};
use crate::ui::format;
use crate::ui::i18n::{fill, tr};

/// An application with the photo that was handed in.
#[derive(Clone)]
pub(super) struct Pending {
    /// Its state.
    pub(super) application: Application,
    /// The photo.
    pub(super) photo: Option<PortraitFiles>,
    /// Where the photo comes from that is to be confirmed: the one on file, or the chosen one.
    pub(super) confirming: Option<PhotoSource>,
    /// The place of the licence that it is about, or that it leads to.
    pub(super) slot: Slot,
}

impl Pending {
    /// Where its photo was taken from.
    pub(super) fn source(&self) -> PhotoSource {
        match &self.application {
            Application::PhotoSubmitted(submitted) => submitted.photo().source,
            Application::Approved(approved) => approved.photo().source,
            Application::PhotoOnFile(_) => PhotoSource::OnFile,
            _ => PhotoSource::File,
        }
    }

    /// The photo of the holder's own that it is about; the one on file is the authority's.
    pub(super) fn own_photo(&self) -> Option<&PortraitFiles> {
        self.photo.as_ref().filter(|_| self.source() != PhotoSource::OnFile)
    }

    /// Whether it claims a licence again that is there.
    pub(super) fn is_reclaim(&self) -> bool {
        self.application.claim().occasion() == Occasion::Reclaim
    }

    /// Whether it is about a licence that is there.
    pub(super) fn is_of_held(&self) -> bool {
        self.application.claim().occasion() != Occasion::FirstClaim
    }

    /// Whether it is about the photo of a licence that is there.
    pub(super) fn is_replacement(&self) -> bool {
        self.application.claim().occasion() == Occasion::Replacement
    }
}

/// The stored application, if there is one that this version can read.
pub(super) async fn read(app: &App) -> Result<Option<Pending>, Problem> {
    let Some(stored) = app.store.application().await? else {
        return Ok(None);
    };
    let application =
        serde_json::from_str(&stored.application).map_err(|_| Problem::Own(Own::Application))?;
    let photo = stored.photo.map(|(large, small)| PortraitFiles { large, small });
    let confirming = stored.confirming.and_then(|source| serde_json::from_str(&source).ok());
    Ok(Some(Pending { application, photo, confirming, slot: stored.slot }))
}

/// Stores an application, and notifies the other tabs.
pub(super) async fn keep(
    app: &App,
    application: &Application,
    photo: Option<PortraitFiles>,
) -> Result<(), Problem> {
    keep_to_confirm(app, application, photo, None).await
}

/// As [`keep`], with where the photo comes from that is to be confirmed next.
pub(super) async fn keep_to_confirm(
    app: &App,
    application: &Application,
    photo: Option<PortraitFiles>,
    confirming: Option<PhotoSource>,
) -> Result<(), Problem> {
    let slot = slot(app).await?;
    put(app, application, photo, confirming, slot).await
}

/// Stores an application that is opened for the licence at a place; one that waited is replaced.
pub(super) async fn open(
    app: &App,
    application: &Application,
    confirming: Option<PhotoSource>,
    slot: Slot,
) -> Result<(), Problem> {
    put(app, application, None, confirming, slot).await
}

/// The place of the licence that the application that waits is about, or leads to.
pub(super) async fn slot(app: &App) -> Result<Slot, Problem> {
    Ok(app.store.application().await?.map(|waits| waits.slot).unwrap_or_default())
}

async fn put(
    app: &App,
    application: &Application,
    photo: Option<PortraitFiles>,
    confirming: Option<PhotoSource>,
    slot: Slot,
) -> Result<(), Problem> {
    let application = serde_json::to_string(application).map_err(|_| Problem::Unexpected)?;
    let photo = photo.map(|photo| (photo.large, photo.small));
    let confirming = confirming.and_then(|source| serde_json::to_string(&source).ok());
    app.store.put_application(&PendingApplication { application, photo, confirming, slot }).await?;
    app.tabs.announce();
    Ok(())
}

/// Stores a photo that was taken or chosen, to be confirmed before it is handed in.
pub(super) async fn choose_photo(
    app: &App,
    portraits: PortraitFiles,
    source: PhotoSource,
) -> Result<(), Problem> {
    let needed = still_needed(app).await?;
    keep_to_confirm(app, &needed.into(), Some(portraits), Some(source)).await
}

/// Forgets the application that waits.
pub(super) async fn forget(app: &App) -> Result<(), Problem> {
    app.store.drop_application().await?;
    app.tabs.announce();
    Ok(())
}

/// The application must still wait for a photo: another tab may have handed one in.
pub(super) async fn still_needed(app: &App) -> Result<PhotoNeeded, Problem> {
    match read(app).await? {
        Some(Pending { application: Application::PhotoNeeded(needed), .. }) => Ok(needed),
        _ => Err(Problem::Store(StoreError::Changed)),
    }
}

/// The issuer's record of a stored licence.
pub(super) fn record_of(stored: &StoredLicence) -> Result<Record, Problem> {
    serde_json::from_str(&stored.record).map_err(|_| Problem::coded(IssueCode::Record.info()))
}

/// What a strip on the home screen says of an application that waits: its title, its text, and where it goes on. A replacement
/// is said on the licence that it is about.
pub(super) async fn waiting(app: &App) -> Option<(&'static str, &'static str, Claim)> {
    app.issuer?;
    let Some(waiting) = read(app).await.ok()? else {
        let draft = app.store.draft().await.ok()??;
        let begun = draft.reference.is_some() || !draft.number.is_empty() || !draft.name.is_empty();
        let goes_on = if draft.reference.is_some() { Claim::Found } else { Claim::People(None) };
        return begun.then_some(("stack.claim-begun", "stack.claim-begun.about", goes_on));
    };
    let goes_on = Claim::Resume(None);
    if !waiting.is_of_held() {
        return Some(match waiting.application {
            Application::PhotoSubmitted(_) => ("application.photo-submitted", "stack.another-waits", goes_on),
            Application::AtCounter(_) => ("application.at-counter", "stack.another-waits", goes_on),
            _ => ("stack.claim-begun", "stack.claim-begun.about", goes_on),
        });
    }
    if waiting.slot != app.top() {
        return None;
    }
    let (title, text) = match waiting.application {
        _ if waiting.is_reclaim() => ("reclaim.begun", "reclaim.begun.about"),
        Application::PhotoSubmitted(_) => ("application.photo-submitted", "application.old-photo-serves"),
        Application::AtCounter(_) => ("application.at-counter", "application.old-photo-serves"),
        _ => ("home.photo-begun", "application.old-photo-serves"),
    };
    Some((title, text, goes_on))
}

/// Begins to replace the photo, or goes on with it. Returns where that leads.
pub(super) async fn replace_photo(app: &App) -> Result<Route, Problem> {
    let goes_on = Route::Claim(Claim::Resume(None));
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    if let Some(waits) = read(app).await? {
        if waits.is_replacement() && waits.slot == wallet.stored.slot {
            return Ok(goes_on);
        }
        // One at a time: what waits is finished or withdrawn first.
        return Err(Problem::Own(Own::OtherWaits));
    }
    match record_of(&wallet.stored)?.replace_photo(shanghai_day(format::now())) {
        Ok(needed) => {
            open(app, &needed.into(), None, wallet.stored.slot).await?;
            Ok(goes_on)
        }
        Err(error) => Err(match error {
            ReplaceError::TooEarly { from } => {
                Problem::Coded(error.kind().info(), vec![("date", Arg::Date(from))])
            }
            _ => Problem::coded(error.kind().info()),
        }),
    }
}

/// Begins to claim the licence again, or goes on with it: for the same photo, which needs no review. Returns where that leads.
/// A replacement of the photo that waits is given up: it is of a licence that has ended.
pub(super) async fn reclaim(app: &App) -> Result<Route, Problem> {
    let goes_on = Route::Claim(Claim::Resume(None));
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let slot = wallet.stored.slot;
    if let Some(waits) = read(app).await.ok().flatten() {
        if waits.slot == slot && waits.is_reclaim() {
            return Ok(goes_on);
        }
        if waits.slot != slot {
            return Err(Problem::Own(Own::OtherWaits));
        }
    }
    let approved = record_of(&wallet.stored)?.renew(true);
    let photo = PortraitFiles { large: wallet.stored.large.clone(), small: wallet.stored.small.clone() };
    app.store.drop_application().await?;
    put(app, &approved.into(), Some(photo), None, slot).await?;
    Ok(goes_on)
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
