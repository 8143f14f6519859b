//! An application arrives: it is opened, its signature is verified, and it is queued, or answered at once.

use std::rc::Rc;

use authority::desk::{Action, ApplicationId, Effects, Received};
use authority::post::{ApplicationError, PendingApplication};
use signature::RustCrypto;

use super::offer::own_key;
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
    let key = own_key(app).await?;
    let pending = PendingApplication::decode(payload, key.public())?;
    let shared = key.agree(pending.point()).await.map_err(|_| Problem::Own("no-key"))?;
    let known = |id: &[u8; 16]| app.desk().application(ApplicationId::new(*id)).is_some();
    let received = pending.step(&shared)?.verify(app.clock.now(), known, &RustCrypto)?;
    let id = ApplicationId::new(received.body().id);
    let name = received.body().name.clone();
    let effects = app.act(Action::Receive(Box::new(Received::from(&received)))).await?;
    Ok(Taken { id, name, effects })
}
