//! The worker that verifies: what its page says, and what it answers.

use wasm_bindgen::prelude::*;

use super::messages::{FromVerify, Json, Message, ToVerify, answered, tell};
use super::{lists, question, verify};

/// Takes a message of the page and answers it.
///
/// # Errors
/// When it is none of this build, or the page cannot be told. A verdict that cannot be given is no error of the payload:
/// the page says that nothing was judged.
#[wasm_bindgen]
pub async fn hear_verify(message: JsValue) -> Result<(), JsValue> {
    if answered(&message)? {
        return Ok(());
    }
    match ToVerify::from_js(&message).ok_or_else(|| JsError::new("no message to this worker"))? {
        ToVerify::Lists { lists, now } => {
            lists::set(lists.into_iter());
            lists::prepare(now);
            Ok(())
        }
        ToVerify::Verify { id, payload, context: Json(context), trust } => {
            let verdict = verify::judge(&payload, &context, Some(&trust)).await?;
            tell(FromVerify::Verdict { id, verdict: Json(Box::new(verdict)) })
        }
        ToVerify::Reply { id, payload, context: Json(context), trust } => {
            let verdict = question::judge_reply(&payload, &context, Some(&trust))?;
            tell(FromVerify::Verdict { id, verdict: Json(Box::new(verdict)) })
        }
        ToVerify::Ask { id, at, purpose, page } => {
            // A question that cannot be asked is an empty one: the page says so, and this worker goes on.
            let payload = question::ask(at, &purpose, &page).unwrap_or_default();
            tell(FromVerify::Question { id, payload })
        }
        ToVerify::EndQuestion {} => {
            question::end();
            Ok(())
        }
    }
}
