//! The silent refresh: a licence whose facts are older than 12 h gets the current ones, with the same device key.

use std::rc::Rc;

use authority::error::DeskCode;
use mdoc::Outcome;

use super::app::App;
use super::application::record_of;
use super::clock::{self, ClockProblem};
use super::holder::Wallet;
use super::issuer::{Issuer, PortraitFiles};
use super::issuing::issue;
use super::problem::Problem;
use crate::storage::{self, Said, Sentinel, Store, StoreError, StoredLicence};
use crate::ui::format;

/// Age of the facts from which they are fetched anew, in seconds.
const OLD: i64 = 12 * 3600;

/// Refreshes a loaded licence whose facts are old, or from the future. A failure leaves the old one; its age is on the screen.
pub(super) async fn when_old(app: &App) {
    let Some(wallet) = app.wallet() else {
        return;
    };
    let age = format::now().unix() - wallet.facts_as_of().unix();
    if !(0..=OLD).contains(&age) || !matches!(wallet.credential.issued().mso_validity(), Outcome::Pass) {
        let _ = now(app).await;
    }
}

/// Refreshes the loaded licence.
pub(super) async fn now(app: &App) -> Result<(), Problem> {
    clock::check()?;
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let issuer = app.issuer.ok_or(Problem::Unexpected)?;
    let store = app.store.clone();
    let renewed = storage::exclusive(async move { renew(&issuer, &store, &wallet).await }).await??;
    app.set_wallet(renewed);
    app.tabs.announce();
    Ok(())
}

async fn renew(issuer: &impl Issuer, store: &Store, wallet: &Rc<Wallet>) -> Result<Wallet, Problem> {
    let slot = wallet.stored.slot;
    let stored = store.licence(slot).await?.ok_or(StoreError::Changed)?;
    if stored.generation != wallet.stored.generation {
        // Another tab was faster: what it stored is taken.
        return Wallet::verify(stored, format::now());
    }
    // A licence that has ended is claimed again, which the holder does by hand.
    if store.said(slot).await? == Some(Said::Ended) {
        return Err(Problem::coded(DeskCode::LicenceEnded.info()));
    }
    let fresh = fresh(issuer, &stored).await?;
    store.put_licence(&fresh.stored, stored.generation).await?;
    Sentinel::raise(slot, fresh.stored.generation);
    Ok(fresh)
}

async fn fresh(issuer: &impl Issuer, stored: &StoredLicence) -> Result<Wallet, Problem> {
    let portraits = PortraitFiles { large: stored.large.clone(), small: stored.small.clone() };
    let record = record_of(stored)?;
    let next = Sentinel::next(stored.slot, stored.generation);
    let fresh = issue(issuer, &record, portraits, stored.key.clone(), (stored.slot, next)).await?;
    Wallet::verify(fresh, format::now())
}

/// Returns a licence that the clock of now verifies, in place of one that it does not: its issuer's certificate has ended
/// since it was last opened, or the clock was ahead when it was refreshed. Its record and portraits are enough for a new one;
/// without an issuer the newest of those before it is taken. Every other fault is shown and nothing is overwritten.
pub(super) async fn by_the_clock(app: &App, stored: StoredLicence) -> StoredLicence {
    let by_clock = |stored: &StoredLicence| Wallet::verify(stored.clone(), format::now()).err();
    if !matches!(by_clock(&stored), Some(Problem::Clock(_))) || clock::check().is_err() {
        return stored;
    }
    let (store, old, issuer) = (app.store.clone(), stored.clone(), app.issuer);
    let renewed = storage::exclusive(async move {
        let renewed = match issuer {
            Some(issuer) => fresh(&issuer, &old).await.map(|fresh| fresh.stored),
            None => Err(Problem::Unexpected),
        };
        let renewed = match renewed {
            Ok(renewed) => renewed,
            Err(_) => before(&store, &old).await?,
        };
        store.put_licence(&renewed, old.generation).await?;
        Ok::<_, Problem>(renewed)
    });
    renewed.await.unwrap_or_else(|error| Err(error.into())).unwrap_or(stored)
}

/// Returns the newest of the licences before this one that the clock of now verifies, to be stored in its place.
async fn before(store: &Store, stored: &StoredLicence) -> Result<StoredLicence, Problem> {
    let now = format::now();
    let earlier = store.earlier(stored).await?.into_iter();
    let verified = earlier.filter_map(|licence| Wallet::verify(licence, now).ok());
    let newest = verified.filter(|wallet| wallet.facts_as_of() <= now).max_by_key(Wallet::facts_as_of);
    let mut licence = newest.ok_or(ClockProblem::Behind)?.stored;
    licence.generation = Sentinel::next(stored.slot, stored.generation);
    Ok(licence)
}
