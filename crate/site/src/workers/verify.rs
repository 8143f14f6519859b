//! One presentation to one verdict, in the verifying worker and in Node.

use std::cell::RefCell;

use ::trust::bundle::VerifiedLists;
use cbor::Timestamp;
use envelope::{EnvelopeError, KIND_ANSWER, OneWayError, ReplayMemory};
use mdoc::TrustAnchors;
use protocol::error::AnswerError;
use serde::{Deserialize, Serialize};
use signature::{RustCrypto, VerifySignature};
use verdict::{OneWayPresentation, Terms, Verdict, VerifierContext, answer_refused, one_way_refused};
use wasm_bindgen::prelude::*;

use super::{browser_crypto, lists};
use crate::composition;

/// What the page sends along with a payload, as JSON. Nothing of it has a default: the worker knows no clock.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Context {
    /// The time of the verdict, in seconds since 1970.
    pub now: Timestamp,
    /// A lower bound of the true time: that of the build, or of the newest verified list.
    pub clock_floor: Timestamp,
    /// The presentations seen before.
    pub memory: ReplayMemory,
    /// The name by which holders may address this verifier, if it has one.
    pub audience: Option<String>,
    /// The verifier's terms.
    pub terms: Terms,
}

/// Judges the payload of the QR link by a [`Context`] as JSON; the verdict comes as JSON. `lists` are the imported
/// trust lists, as the page bundled them; each is verified here before it is trusted.
///
/// Signatures are verified by the browser where it can, and else here; all other judging is done in one go afterwards.
///
/// # Errors
/// When the context or the bundle cannot be read: a fault of the page, not of the payload. Nothing is judged then.
#[wasm_bindgen]
pub async fn verify(payload: Vec<u8>, context: String, lists: Option<Vec<u8>>) -> Result<String, JsError> {
    let context: Context = serde_json::from_str(&context)?;
    let verdict = judge(&payload, &context, lists.as_deref()).await?;
    Ok(serde_json::to_string(&verdict)?)
}

/// As [`verify`].
pub(super) async fn judge(
    payload: &[u8],
    context: &Context,
    lists: Option<&[u8]>,
) -> Result<Verdict, JsError> {
    let trust = trusted(context, lists)?;
    let presentation = match OneWayPresentation::decode(payload) {
        Ok(presentation) => presentation,
        Err(OneWayError::Envelope(EnvelopeError::Kind)) if is_answer(payload) => {
            // Its question was asked elsewhere, or before this page was loaded again.
            let code = AnswerError::OtherRequest.kind();
            return Ok(in_context(context, &trust, &RustCrypto, |context| answer_refused(code, context)));
        }
        Err(error) => {
            return Ok(in_context(context, &trust, &RustCrypto, |context| one_way_refused(&error, context)));
        }
    };
    let confirmed = browser_crypto::confirm(presentation.signatures(&trust)).await;
    Ok(in_context(context, &trust, &confirmed, |context| presentation.verify(context)))
}

fn is_answer(payload: &[u8]) -> bool {
    envelope::inflate(payload).and_then(|envelope| envelope::kind(&envelope)) == Ok(KIND_ANSWER)
}

thread_local! {
    static VERIFIED: RefCell<VerifiedLists> = const { RefCell::new(VerifiedLists::new()) };
}

/// Whom to trust: who is built in, and who is on the imported lists of the bundle.
pub(super) fn trusted(context: &Context, lists: Option<&[u8]>) -> Result<TrustAnchors, JsError> {
    let mut trust = composition::trust();
    if let Some(lists) = lists {
        VERIFIED
            .with_borrow_mut(|verified| verified.add_bundle(lists, &mut trust, context.now, &RustCrypto))
            .ok_or_else(|| JsError::new("no bundle of trust lists"))?;
    }
    Ok(trust)
}

/// Judges with the status lists of the day.
pub(super) fn in_context(
    context: &Context,
    trust: &TrustAnchors,
    signatures: &dyn VerifySignature,
    judge: impl FnOnce(&VerifierContext<'_>) -> Verdict,
) -> Verdict {
    let at_hand = lists::on(context.now, trust);
    judge(&VerifierContext {
        now: context.now,
        clock_floor: at_hand.newest.map_or(context.clock_floor, |made| made.max(context.clock_floor)),
        trust,
        memory: &context.memory,
        audience: context.audience.as_deref(),
        status_lists: &at_hand.lists,
        terms: &context.terms,
        signatures,
    })
}
