//! What is stored, read and verified.

use super::app::App;
use super::holder::Wallet;
use super::problem::Problem;
use super::refresh;
use crate::storage::Sentinel;
use crate::ui::format;

/// Reads and verifies what is stored.
pub(super) async fn load(app: &App) -> Result<(), Problem> {
    let stored = app.store.licence().await.inspect_err(|_| app.set_wallet(None))?;
    *app.shown.borrow_mut() = app.store.shown().await.unwrap_or_default();
    let Some(stored) = stored else {
        app.set_wallet(None);
        return Ok(());
    };
    let stored = refresh::when_ended(app, stored).await;
    let wallet = Wallet::verify(stored, format::now()).inspect_err(|_| app.set_wallet(None))?;
    if Sentinel::read().is_none_or(|mark| mark.generation < wallet.stored.generation) {
        Sentinel::set(wallet.stored.generation);
    }
    app.set_wallet(Some(wallet));
    Ok(())
}
