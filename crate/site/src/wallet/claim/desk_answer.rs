//! A desk's answer: opened, checked and applied. Whatever fails leaves everything as it was.

use std::rc::Rc;

use authority::application::Application;
use authority::error::DeskCode;
use authority::post::{AnswerError, DeskOutcome, PendingAnswer};
use licence::shanghai_day;
use verdict::Arg;

use super::desk_sent::{Sent, is_answered, remember_answered};
use super::make;
use crate::browser::host;
use crate::composition;
use crate::post::mailbox::Mailbox;
use crate::storage::{Said, Sentinel, StoreError, StoredLicence};
use crate::ui::format;
use crate::ui::i18n::{has, tr};
use crate::wallet::app::App;
use crate::wallet::application::{self, Pending};
use crate::wallet::changes;
use crate::wallet::holder::Wallet;
use crate::wallet::load;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};

fn refused(error: &AnswerError) -> Problem {
    match error {
        AnswerError::Verify(error) => error.clone().into(),
        _ => Problem::coded(error.kind().info()),
    }
}

/// Opens and applies an answer. Returns where that leads.
pub(super) async fn apply(app: &Rc<App>, payload: &[u8]) -> Result<Route, Problem> {
    let Some(sent) = Sent::read(app).await? else {
        return Err(without_application(payload));
    };
    let awaited = sent.awaited();
    let pending = PendingAnswer::decode(payload, &awaited, is_answered).map_err(|error| refused(&error))?;
    let shared = sent.answer_key().agree(pending.point()).await?;
    let answer = pending.step(&shared).map_err(|error| refused(&error))?;
    let verified = answer
        .verify(&awaited, &composition::trust(), format::now(), &signature::RustCrypto)
        .map_err(|error| refused(&error))?;
    let Some(waiting) = application::read(app).await? else {
        return Err(Problem::Store(StoreError::Changed));
    };
    let route = match (verified.outcome().clone(), verified.licence()) {
        (DeskOutcome::Issued { credential, record }, Some(licence)) => {
            let (large, small) = (licence.large.clone(), licence.small.clone());
            let again = app.wallet_at(waiting.slot).filter(|_| waiting.is_reclaim());
            keep(app, &sent, credential, record, (large, small), again.as_deref()).await?;
            load::load(app).await?;
            app.set_top(waiting.slot);
            app.say(&tr("making.done"));
            Route::Home
        }
        (DeskOutcome::Rejected { reason, note, .. }, _) => {
            let after = reject(waiting.application, Some(reason), note.as_deref(), false)?;
            settle(app, &after, waiting.photo).await?;
            Route::Claim(Claim::Resume(reason_of(reason, &after)))
        }
        (DeskOutcome::Counter { reason, note, .. }, _) => {
            // What sealed it stays: the licence that follows from the visit answers the same application. Who was sent there
            // before is sent there again.
            if !matches!(waiting.application, Application::AtCounter(_)) {
                let after = reject(waiting.application, reason, note.as_deref(), true)?;
                application::keep(app, &after, waiting.photo).await?;
            }
            clear_mailbox(&sent).await;
            return Ok(Route::Claim(Claim::Resume(None)));
        }
        (DeskOutcome::Refused { code, args, .. }, _) => {
            // What the desk says of a licence that is held is said on its card until it is claimed again.
            if waiting.is_of_held() && code == DeskCode::LicenceEnded.info().code {
                app.store.put_said(waiting.slot, Some(&Said::Ended)).await?;
                app.store.drop_application().await?;
                load::load(app).await?;
                app.tabs.announce();
                return Ok(finish(&sent, Route::Home).await);
            }
            // The application can be made again; the same one is not received twice.
            app.store.put_sealing(&wasm_bindgen::JsValue::UNDEFINED).await?;
            app.tabs.announce();
            Route::Claim(Claim::Resume(Some(refusal(&code, &args))))
        }
        (DeskOutcome::Issued { .. }, None) => return Err(Problem::Unexpected),
    };
    Ok(finish(&sent, route).await)
}

/// The answer was applied: it is not applied again.
async fn finish(sent: &Sent, route: Route) -> Route {
    remember_answered(&sent.id());
    clear_mailbox(sent).await;
    route
}

/// Takes the answer out of the post box, where it was applied already.
async fn clear_mailbox(sent: &Sent) {
    if let Ok(mailbox) = Mailbox::open().await {
        let _ = mailbox.remove_answer(&sent.id()).await;
    }
}

/// Why an answer is of no use where no application waits.
fn without_application(payload: &[u8]) -> Problem {
    let sealed = envelope::sealed::SealedAnswer::decode(payload);
    match sealed {
        Ok(sealed) if is_answered(sealed.application_id()) => refused(&AnswerError::Seen),
        Ok(_) => Problem::coded(envelope::sealed::SealedCode::OtherApplication.info()),
        Err(error) => Problem::coded(error.kind().info()),
    }
}

/// Stores the licence of an answer, with the device key that signed the application; and with what changed of the one that was
/// claimed `again`.
async fn keep(
    app: &App,
    sent: &Sent,
    credential: Vec<u8>,
    record: String,
    (large, small): (Vec<u8>, Vec<u8>),
    again: Option<&Wallet>,
) -> Result<(), Problem> {
    let slot = application::slot(app).await?;
    let held = app.store.licence(slot).await?;
    let expected = held.as_ref().map_or(0, |held| held.generation);
    let before = if held.is_none() { app.store.deleted(slot).await? } else { expected };
    let mut stored = StoredLicence {
        slot,
        generation: Sentinel::next(slot, before),
        key: sent.key.clone(),
        credential,
        record,
        large,
        small,
        checked_at: host::now_ms(),
        settles_application: true,
        said: None,
    };
    let licence = Wallet::verify(stored.clone(), format::now())?;
    stored.said = again.map(|before| changes::said(before, &licence));
    make::keep(app, held.is_some(), &stored, expected).await
}

/// Stores the application as it is after an answer without a licence; what sealed it is over.
async fn settle(
    app: &App,
    after: &Application,
    photo: Option<crate::wallet::issuer::PortraitFiles>,
) -> Result<(), Problem> {
    app.store.put_sealing(&wasm_bindgen::JsValue::UNDEFINED).await?;
    application::keep(app, after, photo).await
}

/// The application after a rejection; `counter` if the desk sends the applicant to the counter.
fn reject(
    application: Application,
    reason: Option<authority::photo::RejectReason>,
    note: Option<&str>,
    counter: bool,
) -> Result<Application, Problem> {
    let Application::PhotoSubmitted(submitted) = application else {
        return Err(Problem::Store(StoreError::Changed));
    };
    let day = shanghai_day(format::now());
    Ok(match reason {
        Some(reason) if !counter => submitted.reject(reason, note, day).into(),
        _ => submitted.to_counter(reason, note, day).into(),
    })
}

fn reason_of(reason: authority::photo::RejectReason, after: &Application) -> Option<Problem> {
    let said = has(&format!("code.{}", reason.code())) && matches!(after, Application::PhotoNeeded(_));
    said.then_some(Problem::Rejected(reason))
}

/// A desk's refusal in words: by its code, if this build knows it.
fn refusal(code: &str, args: &[(String, Arg)]) -> Problem {
    let info = authority::codes().find(|info| info.code == code).copied();
    let Some(info) = info else {
        return Problem::Own(crate::wallet::problem::Own::DeskRefused);
    };
    let known = args.iter().filter_map(|(name, arg)| {
        let name = info.args.iter().find(|known| **known == name.as_str())?;
        Some((*name, arg.clone()))
    });
    Problem::Coded(info, known.collect())
}

/// Looks for the answer in the post box of this browser. Returns where it leads, if there is one.
pub(super) async fn of_mailbox(app: &Rc<App>) -> Option<Result<Route, Problem>> {
    let sent = Sent::read(app).await.ok()??;
    let payload = Mailbox::open().await.ok()?.answer(&sent.id()).await.ok()??;
    Some(apply(app, &payload).await)
}

/// Whether an application can be sealed for a desk: it has a photo to be reviewed, asks for the one on file, or claims a licence
/// again.
pub(super) fn can_be_sent(waiting: &Pending) -> bool {
    match waiting.application {
        Application::PhotoSubmitted(_) => waiting.photo.is_some(),
        Application::PhotoOnFile(_) => true,
        _ => waiting.is_reclaim(),
    }
}
