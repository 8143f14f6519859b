//! The demo's calendar, which a trial may set back: what is claimed only later is not there yet.

use std::rc::Rc;

use licence::shanghai_day;

use super::app::App;
use super::problem::Problem;
use super::{application, deleting};
use crate::ui::format;

/// Deletes a licence and an application of a later day than today.
pub(super) async fn forget_later(app: &Rc<App>) -> Result<(), Problem> {
    let today = shanghai_day(format::now());
    let licence = app.store.licence().await?;
    let licence = licence.and_then(|stored| application::record_of(&stored).ok());
    let waits = application::read(app).await.ok().flatten();
    let days = [
        licence.map(|record| record.claimed_on()),
        waits.map(|waits| waits.application.claim().claimed_on()),
    ];
    if days.into_iter().flatten().any(|day| today < day) {
        deleting::delete(app).await?;
    }
    Ok(())
}
