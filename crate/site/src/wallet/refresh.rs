//! The silent refresh: a licence whose facts are older than 12 h gets the current ones, with the same device key.

use std::rc::Rc;

use mdoc::{Outcome, TrustError, VerifyError};

use super::app::App;
use super::application::record_of;
use super::holder::Wallet;
use super::issuer::{Issuer, PortraitFiles};
use super::issuing::issue;
use super::problem::Problem;
use crate::storage::{self, Sentinel, Store, StoreError, StoredLicence};
use crate::ui::format;

/// Age of the facts from which they are fetched anew, in seconds.
const OLD: i64 = 12 * 3600;

/// Refreshes a loaded licence whose facts are old. A failure leaves the old one; its age is on the screen.
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
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let issuer = app.issuer.ok_or(Problem::Unexpected)?;
    let store = app.store.clone();
    let renewed = storage::exclusive(async move { renew(&issuer, &store, &wallet).await }).await?;
    app.set_wallet(Some(renewed));
    app.tabs.announce();
    Ok(())
}

async fn renew(issuer: &impl Issuer, store: &Store, wallet: &Rc<Wallet>) -> Result<Wallet, Problem> {
    let stored = store.licence().await?.ok_or(StoreError::Changed)?;
    if stored.generation != wallet.stored.generation {
        // Another tab was faster: what it stored is taken.
        return Wallet::verify(stored, format::now());
    }
    let fresh = fresh(issuer, &stored).await?;
    store.put_licence(&fresh.stored, stored.generation).await?;
    Sentinel::set(fresh.stored.generation);
    Ok(fresh)
}

async fn fresh(issuer: &impl Issuer, stored: &StoredLicence) -> Result<Wallet, Problem> {
    let portraits = PortraitFiles { large: stored.large.clone(), small: stored.small.clone() };
    let record = record_of(stored)?;
    let fresh = issue(issuer, &record, portraits, stored.key.clone(), stored.generation + 1).await?;
    Wallet::verify(fresh, format::now())
}

/// A licence whose issuer's certificate has ended since it was last opened can no longer be verified. Its record
/// and portraits are enough for a new one; every other fault is shown and nothing is overwritten.
pub(super) async fn when_ended(app: &App, stored: StoredLicence) -> StoredLicence {
    let Some(issuer) = app.issuer else {
        return stored;
    };
    let ended = Problem::NotVerified(VerifyError::Trust(TrustError::DsExpired));
    if Wallet::verify(stored.clone(), format::now()).err() != Some(ended) {
        return stored;
    }
    let (store, old) = (app.store.clone(), stored.clone());
    let renewed = storage::exclusive(async move {
        let fresh = fresh(&issuer, &old).await?;
        store.put_licence(&fresh.stored, old.generation).await?;
        Ok::<_, Problem>(fresh.stored)
    });
    renewed.await.unwrap_or(stored)
}
