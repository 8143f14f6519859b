//! Answers are made, and stored with the step that hands them over.

use std::rc::Rc;

use authority::desk::{Action, ApplicationId, PhotoWanted, Queued, Stage};
use authority::photo::Portraits;
use cbor::Timestamp;

use crate::authority::app::App;
use crate::authority::problem::Problem;
use crate::authority::register::practice_index;
use crate::browser::fetch;

/// Whether an answer can leave by itself: nothing is left to decide or to undo, and a wallet waits for it.
pub(super) fn is_due(queued: &Queued, now: Timestamp) -> bool {
    queued.stage() == Stage::ToAnswer
        && practice_index(&queued.reference).is_none()
        && queued
            .decided
            .as_ref()
            .is_none_or(|decided| now.seconds_since(decided.at) > authority::desk::UNDO_SECONDS)
}

/// Makes the answer of an application, and stores it.
pub(super) async fn answer(app: &Rc<App>, id: ApplicationId) -> Result<(), Problem> {
    let wanted = app.desk().photo_wanted(id);
    let photo = match wanted {
        None => None,
        Some(PhotoWanted::OnFile(file)) => {
            let large = fetch::bytes(&file.address).await.ok_or(Problem::Own("photo-fetch"))?;
            Some((large, file.small))
        }
        Some(PhotoWanted::Stored { large, small }) => match app.store.photos([large, small]).await? {
            [Some(large), Some(small)] => Some((large, small)),
            _ => return Err(Problem::Own("photo-gone")),
        },
    };
    let portraits = photo.as_ref().map(|(large, small)| Portraits { large, small });
    app.act(Action::Answer { id, portraits }).await.map(|_| ())
}
