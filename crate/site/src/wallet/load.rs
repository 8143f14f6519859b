//! What is stored, read and verified.

use std::rc::Rc;

use super::app::{App, Licences};
use super::holder::Wallet;
use super::problem::Problem;
use super::refresh;
use crate::storage::{self, Sentinel, Slot, StoreError};
use crate::ui::format;

/// Reads and verifies what is stored, licence by licence. While the store cannot be reached, what was loaded before stays.
///
/// Fails if the licence on top cannot be read and none can take its place.
pub(super) async fn load(app: &App) -> Result<(), Problem> {
    let forget = |error: &StoreError| {
        if !error.is_passing() {
            app.set_licences(Licences::new());
        }
    };
    let slots = app.store.slots().await.inspect_err(forget)?;
    if let Ok((shown, unreadable)) = app.store.shown().await {
        app.shown.replace(shown);
        app.unreadable.set(unreadable);
    }
    let mut licences = Licences::new();
    for slot in slots {
        match one(app, slot).await {
            // Another tab deleted it meanwhile.
            Ok(None) => {}
            Ok(Some(wallet)) => drop(licences.insert(slot, Ok(Rc::new(wallet)))),
            Err(Problem::Store(error)) if error.is_passing() => return Err(error.into()),
            Err(problem) => drop(licences.insert(slot, Err(problem))),
        }
    }
    let top = top(app, &licences).await;
    app.set_licences(licences);
    app.set_top(top);
    for (slot, licence) in app.licences() {
        if let Ok(wallet) = licence
            && Sentinel::read(slot).is_none_or(|mark| mark.generation < wallet.stored.generation)
        {
            mark(app, slot, wallet.stored.generation).await;
        }
    }
    forget_deleted(app).await?;
    match app.licences().remove(&top) {
        Some(Err(problem)) => Err(problem),
        _ => Ok(()),
    }
}

/// The licence at a place.
async fn one(app: &App, slot: Slot) -> Result<Option<Wallet>, Problem> {
    let Some(stored) = app.store.licence(slot).await? else {
        return Ok(None);
    };
    let stored = refresh::by_the_clock(app, stored).await;
    Wallet::verify(stored, format::now()).map(Some)
}

/// Which licence lies on top: the one that does in this tab, the one that was put there last, or the first that can be shown.
async fn top(app: &App, licences: &Licences) -> Slot {
    let last = app.store.top().await.unwrap_or_default();
    let shown_here = app.top();
    let here = Some(shown_here).filter(|_| app.licences().contains_key(&shown_here));
    let can_be_shown = |slot: &Slot| licences.get(slot).is_some_and(Result::is_ok);
    let mut wanted = here.into_iter().chain([last]).filter(can_be_shown);
    let first = licences.iter().find(|(_, licence)| licence.is_ok()).or(licences.iter().next());
    wanted.next().or(first.map(|(slot, _)| *slot)).unwrap_or_default()
}

/// What the holder deleted is not lost: the mark may have come back with a crash.
async fn forget_deleted(app: &App) -> Result<(), Problem> {
    let there = app.licences();
    for (slot, generation) in Sentinel::marked().filter(|(slot, _)| !there.contains_key(slot)) {
        let deleted = app.store.deleted(slot).await?;
        if deleted > 0 && generation <= deleted {
            Sentinel::clear(slot);
        }
    }
    Ok(())
}

/// Marks a generation while it is stored, and no other tab deletes it.
async fn mark(app: &App, slot: Slot, generation: u32) {
    let store = app.store.clone();
    let marked = storage::exclusive(async move {
        if store.licence(slot).await?.is_some_and(|stored| stored.generation == generation) {
            Sentinel::raise(slot, generation);
        }
        Ok::<_, StoreError>(())
    });
    // A mark that is not set is set by the next load.
    let _ = marked.await;
}
