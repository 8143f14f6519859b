//! The silent refresh: a licence whose facts are older than 12 h gets those of now, with the same device key.

use std::rc::Rc;

use mdoc::Outcome;

use super::App;
use super::claim::make::issue;
use super::claim::record_of;
use super::holder::Wallet;
use super::problem::Problem;
use crate::storage::{self, Sentinel, Store, StoreError, StoredLicence};
use crate::ui::format;

/// Age of the facts from which they are fetched anew, in seconds.
const OLD: i64 = 12 * 3600;

/// Refreshes a loaded licence whose facts are old. A failure leaves the old one; its age is on the screen.
pub(super) async fn when_old(app: &Rc<App>) {
    let Some(wallet) = app.wallet() else {
        return;
    };
    let age = format::now().unix() - wallet.facts_as_of().unix();
    if !(0..=OLD).contains(&age) || !matches!(wallet.credential.issued().mso_validity(), Outcome::Pass) {
        let _ = now(app).await;
    }
}

/// Refreshes the loaded licence.
pub(super) async fn now(app: &Rc<App>) -> Result<(), Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let store = app.store.clone();
    let renewed = storage::exclusive(async move { renew(&store, &wallet).await }).await?;
    *app.wallet.borrow_mut() = Some(Rc::new(renewed));
    app.tabs.announce();
    Ok(())
}

async fn renew(store: &Store, wallet: &Wallet) -> Result<Wallet, Problem> {
    let stored = store.licence().await?.ok_or(StoreError::Changed)?;
    if stored.generation != wallet.stored.generation {
        // Another tab was faster: what it stored is taken.
        return Wallet::verify(stored, format::now());
    }
    let fresh = fresh(&stored)?;
    store.put_licence(&fresh.stored, stored.generation).await?;
    Sentinel::set(fresh.stored.generation);
    Ok(fresh)
}

fn fresh(stored: &StoredLicence) -> Result<Wallet, Problem> {
    let portraits = (stored.large.clone(), stored.small.clone());
    let fresh = issue(&record_of(stored)?, portraits, stored.key.clone(), stored.generation + 1)?;
    Wallet::verify(fresh, format::now())
}

/// A licence whose issuer's certificate has ended since it was last opened can no longer be verified. Its record
/// and portraits are enough for a new one; every other fault is shown and nothing is overwritten.
pub(super) async fn when_ended(app: &Rc<App>, stored: StoredLicence) -> StoredLicence {
    let ended =
        Wallet::verify(stored.clone(), format::now()).is_err_and(|problem| problem.code() == "ds-expired");
    if !ended {
        return stored;
    }
    let (store, old) = (app.store.clone(), stored.clone());
    let renewed = storage::exclusive(async move {
        let fresh = fresh(&old)?;
        store.put_licence(&fresh.stored, old.generation).await?;
        Ok::<_, Problem>(fresh.stored)
    });
    renewed.await.unwrap_or(stored)
}
