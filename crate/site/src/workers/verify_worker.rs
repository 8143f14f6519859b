//! The worker that verifies: the messages of its page, and its answers.

use mdoc::SessionTranscript;
use wasm_bindgen::prelude::*;

use super::messages::{FromVerify, Json, Message, ToVerify, answered, tell};
use super::question::Questions;
use super::received::Around;
use super::verify::{Context, Verifier};

/// What the worker remembers.
///
/// Its methods borrow it only while they run, so that the script may call one while another waits for the browser.
#[derive(Default)]
pub struct VerifyWorker {
    verifier: Verifier,
    questions: Questions,
}

impl VerifyWorker {
    /// A worker without lists and without a question.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a message of the page and answers it.
    ///
    /// # Errors
    /// Fails if page and worker are of different builds, or the answer cannot be posted. A verdict that cannot be given is
    /// no error of the payload: the page says that nothing was judged.
    pub async fn hear(&self, message: JsValue) -> Result<(), JsValue> {
        if answered(&message)? {
            return Ok(());
        }
        match ToVerify::from_js(&message).ok_or_else(|| JsError::new("no message to this worker"))? {
            ToVerify::Lists { lists, now } => {
                self.verifier.lists.set(lists.into_iter());
                self.verifier.lists.prepare(now);
                Ok(())
            }
            ToVerify::Verify { id, payload, context: Json(context), trust } => {
                let verdict = self.verifier.judge(&payload, &context, Some(&trust)).await?;
                tell(FromVerify::Verdict { id, verdict: Json(Box::new(verdict)) })
            }
            ToVerify::Received { id, bytes, session, context: Json(context), trust } => {
                let around = Around {
                    questions: &self.questions,
                    session: SessionTranscript::from_bytes(&session).ok(),
                };
                match self.verifier.judge_received(&bytes, around, &context, Some(&trust)).await? {
                    Ok(verdict) => tell(FromVerify::Verdict { id, verdict: Json(Box::new(verdict)) }),
                    Err(other) => tell(FromVerify::Other { id, other: Json(other) }),
                }
            }
            ToVerify::Reply { id, payload, context: Json(context), trust } => {
                let verdict = self.questions.judge_reply(&payload, &self.verifier, &context, Some(&trust))?;
                tell(FromVerify::Verdict { id, verdict: Json(Box::new(verdict)) })
            }
            ToVerify::Ask { id, at, purpose, page } => {
                // A question that cannot be asked is an empty one: the page says so, and this worker goes on.
                let payload = self.questions.ask(at, &purpose, &page).unwrap_or_default();
                tell(FromVerify::Question { id, payload })
            }
            ToVerify::EndQuestion {} => {
                self.questions.end();
                Ok(())
            }
        }
    }

    /// Judges the payload of the QR link by a context as JSON. Returns the verdict as JSON. `lists` are the imported
    /// trust lists, as the page bundles them.
    ///
    /// # Errors
    /// Fails if the context or the bundle cannot be read. Nothing is judged then.
    pub async fn verify(
        &self,
        payload: Vec<u8>,
        context: String,
        lists: Option<Vec<u8>>,
    ) -> Result<String, JsError> {
        let context: Context = serde_json::from_str(&context)?;
        let verdict = self.verifier.judge(&payload, &context, lists.as_deref()).await?;
        Ok(serde_json::to_string(&verdict)?)
    }

    /// Replaces the status lists by these, as they were received.
    pub fn set_status_lists(&self, tokens: Vec<js_sys::Uint8Array>) {
        self.verifier.lists.set(tokens.iter().map(js_sys::Uint8Array::to_vec));
    }
}
