//! What is stored, read and verified.

use super::app::App;
use super::holder::Wallet;
use super::problem::Problem;
use super::refresh;
use crate::storage::{self, Sentinel, StoreError};
use crate::ui::format;

/// Reads and verifies what is stored. While the store cannot be reached, what was loaded before stays.
pub(super) async fn load(app: &App) -> Result<(), Problem> {
    let stored = app.store.licence().await.inspect_err(|error| {
        if !error.is_passing() {
            app.set_wallet(None);
        }
    })?;
    if let Ok((shown, unreadable)) = app.store.shown().await {
        app.shown.replace(shown);
        app.unreadable.set(unreadable);
    }
    let Some(stored) = stored else {
        app.set_wallet(None);
        return forget_deleted(app).await;
    };
    let stored = refresh::by_the_clock(app, stored).await;
    let wallet = Wallet::verify(stored, format::now()).inspect_err(|_| app.set_wallet(None))?;
    let generation = wallet.stored.generation;
    app.set_wallet(Some(wallet));
    if Sentinel::read().is_none_or(|mark| mark.generation < generation) {
        mark(app, generation).await;
    }
    Ok(())
}

/// What the holder deleted is not lost: the mark may have come back with a crash.
async fn forget_deleted(app: &App) -> Result<(), Problem> {
    if let Some(mark) = Sentinel::read() {
        let deleted = app.store.deleted().await?;
        if deleted > 0 && mark.generation <= deleted {
            Sentinel::clear();
        }
    }
    Ok(())
}

/// Marks a generation while it is stored, and no other tab deletes it.
async fn mark(app: &App, generation: u32) {
    let store = app.store.clone();
    let marked = storage::exclusive(async move {
        if store.licence().await?.is_some_and(|stored| stored.generation == generation) {
            Sentinel::raise(generation);
        }
        Ok::<_, StoreError>(())
    });
    // A mark that is not set is set by the next load.
    let _ = marked.await;
}
