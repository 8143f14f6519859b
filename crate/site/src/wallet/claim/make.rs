//! Issuing: device key, credential, one transaction. A failure leaves everything as it was.

use std::rc::Rc;

use authority::application::{Approved, Record};
use wasm_bindgen_futures::spawn_local;

use crate::browser::key::DeviceKey;
use crate::browser::trial;
use crate::storage::{self, Sentinel, Slot, StoreError, StoredLicence};
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::markup::wallet::Making;
use crate::wallet::app::App;
use crate::wallet::application;
use crate::wallet::holder::Wallet;
use crate::wallet::issuer::{Issuer, PortraitFiles};
use crate::wallet::issuing::issue;
use crate::wallet::load;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// Issues the licence and shows the progress; goes home when it is stored.
pub(super) fn screen(
    app: &Rc<App>,
    issuer: impl Issuer,
    approved: Approved,
    portraits: PortraitFiles,
) -> Result<Screen, Problem> {
    let page = Making::new()?;
    let screen = Screen::new(At::Making, &page.root);
    let app = app.clone();
    spawn_local(async move {
        let maker = app.clone();
        let made =
            storage::exclusive(
                async move { make(&maker, &issuer, &page, &approved.record(), portraits).await },
            );
        let slot = match made.await.map_err(Problem::from).flatten() {
            Ok(slot) => slot,
            Err(problem) => return app.go(Route::Claim(Claim::Resume(Some(problem)))),
        };
        // The browser may ask the holder, so nothing waits for the answer.
        if !trial::is_on() {
            spawn_local(async {
                storage::ask_persistence().await;
            });
        }
        let there = app.clone();
        app.follow(async move {
            load::load(&there).await?;
            there.set_top(slot);
            there.say(&tr("making.done"));
            Ok(Route::Home)
        });
    });
    Ok(screen)
}

async fn make(
    app: &App,
    issuer: &impl Issuer,
    page: &Making,
    record: &Record,
    portraits: PortraitFiles,
) -> Result<Slot, Problem> {
    let slot = application::slot(app).await?;
    let held = app.store.licence(slot).await?;
    let expected = app.wallet_at(slot).map_or(0, |wallet| wallet.stored.generation);
    if held.as_ref().map_or(0, |held| held.generation) != expected {
        return Err(Problem::Store(StoreError::Changed));
    }
    reached(page, 0);
    // A replaced photo keeps the device key; a claim makes one, unless its application was signed by one.
    let device = match (&held, app.store.application_key().await?) {
        (Some(held), _) => held.key.clone(),
        (None, Some(signed_with)) => signed_with,
        (None, None) => DeviceKey::generate().await?,
    };
    reached(page, 1);
    // After a deletion the count goes on: an old mark is never of a newer licence.
    let before = if held.is_none() { app.store.deleted(slot).await? } else { expected };
    let mut stored = issue(issuer, record, portraits, device, (slot, Sentinel::next(slot, before))).await?;
    stored.settles_application = true;
    Wallet::verify(stored.clone(), format::now())?;
    reached(page, 2);
    keep(app, held.is_some(), &stored, expected).await?;
    Ok(slot)
}

/// Stores a licence in place of the generation `expected`, and reads it back; `held` if there was one.
pub(super) async fn keep(
    app: &App,
    held: bool,
    stored: &StoredLicence,
    expected: u32,
) -> Result<(), Problem> {
    app.store.put_licence(stored, expected).await?;
    if !is_kept(app, stored).await {
        // Of a replaced photo the key was kept before.
        if !held {
            app.store.take_back_licence(stored.slot).await?;
        }
        return Err(StoreError::NoKeys.into());
    }
    Sentinel::raise(stored.slot, stored.generation);
    app.tabs.announce();
    Ok(())
}

/// Returns whether the licence can be read back and its key signs: some modes of browsers take a key and lose it.
async fn is_kept(app: &App, stored: &StoredLicence) -> bool {
    let Ok(Some(kept)) = app.store.licence(stored.slot).await else {
        return false;
    };
    kept.generation == stored.generation && kept.key.public() == stored.key.public() && kept.key.works().await
}

/// Marks this step as the current one.
fn reached(page: &Making, now: usize) {
    for (place, line) in [&page.key, &page.issue, &page.save].into_iter().enumerate() {
        let state = match place.cmp(&now) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "later",
        };
        let _ = line.set_attribute("data-state", state);
    }
    let _ = page.bar.set_attribute("aria-valuenow", &(now + 1).to_string());
}
