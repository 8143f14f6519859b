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
    let mut days = Vec::new();
    for slot in app.store.slots().await? {
        let licence = app.store.licence(slot).await?;
        let record = licence.and_then(|stored| application::record_of(&stored).ok());
        days.extend(record.map(|record| record.claimed_on()));
    }
    let waits = application::read(app).await.ok().flatten();
    days.extend(waits.map(|waits| waits.application.claim().claimed_on()));
    if days.into_iter().any(|day| today < day) {
        deleting::delete_all(app).await?;
    }
    Ok(())
}
