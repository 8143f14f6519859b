//! An application arrives: it is opened, its signature is verified, and it is queued, or answered at once.

use std::rc::Rc;

use authority::application::Occasion;
use authority::desk::{Action, ApplicationId, Effects, Received, ReceivedPhoto};
use authority::photo::Sha256Digest;
use authority::post::{ApplicationError, Asks, PendingApplication, ReceivedApplication};
use signature::RustCrypto;

use crate::authority::app::App;
use crate::authority::problem::Problem;

impl From<ApplicationError> for Problem {
    fn from(error: ApplicationError) -> Self {
        Self::Refused(error.code(), error.message())
    }
}

/// An application that was taken in.
pub(super) struct Taken {
    /// Its id.
    pub(super) id: ApplicationId,
    /// Whose it says that it is.
    pub(super) name: String,
    /// What followed.
    pub(super) effects: Effects,
}

/// Takes an application in.
///
/// # Errors
/// Fails with a code for what is no application for this desk, and for one that was received before.
pub(super) async fn receive(app: &Rc<App>, payload: &[u8]) -> Result<Taken, Problem> {
    let key = app.opening().ok_or(Problem::Own("no-key"))?;
    let pending = PendingApplication::decode(payload, key.public())?;
    let shared = key.agree(pending.point()).await.map_err(|_| Problem::Own("no-key"))?;
    let known = |id: &[u8; 16]| app.desk().application(ApplicationId::new(*id)).is_some();
    let received = pending.step(&shared)?.verify(app.clock.now(), known, &RustCrypto)?;
    let id = ApplicationId::new(received.body().id);
    let name = received.body().name.clone();
    let effects = app.act(Action::Receive(Box::new(of(&received)))).await?;
    Ok(Taken { id, name, effects })
}

fn of(received: &ReceivedApplication) -> Received {
    let body = received.body();
    let photo = body.photo.as_ref().map(|sent| ReceivedPhoto {
        source: sent.source,
        large: sent.large.clone(),
        small: sent.small.clone(),
    });
    Received {
        id: ApplicationId::new(body.id),
        occasion: match body.asks {
            Asks::FirstClaim => Occasion::FirstClaim,
            Asks::Replacement => Occasion::Replacement,
            Asks::Reclaim => Occasion::Reclaim,
            Asks::Refresh => Occasion::Refresh,
        },
        number: body.number.clone(),
        name: body.name.clone(),
        device_key: body.device_key,
        answer_key: body.answer_key,
        made_at: body.made_at,
        photo,
        held: body.held.and_then(|held| Sha256Digest::from_hex(&base16ct::lower::encode_string(&held))),
        record: body.record.as_deref().and_then(|record| serde_json::from_str(record).ok()),
    }
}
