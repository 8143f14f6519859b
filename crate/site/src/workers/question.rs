//! The verifier's question and the answers to it, in the verifying worker: the private key of a question never leaves it.
//!
//! One question at a time. A worker that is replaced forgets its question, and the page asks anew.

use std::cell::RefCell;

use cbor::Timestamp;
use protocol::{Challenge, OpenedAnswer, Question, ResponseUri};
use sha2::{Digest as _, Sha256};
use verdict::{Purpose, Verdict, VerifierContext, answer_refused, verify_answer};
use wasm_bindgen::prelude::*;

use super::verify::{Context, Verifier};
use crate::composition;

/// The question that waits for its answer, and the answer that came.
#[derive(Default)]
struct Asked {
    challenge: Option<Challenge>,
    /// The answer by its hash, so that the same one can be judged by other terms.
    opened: Option<([u8; 32], OpenedAnswer)>,
}

/// The question of this worker.
#[derive(Default)]
pub(super) struct Questions(RefCell<Asked>);

impl Questions {
    /// Asks for what a purpose needs, in place of any earlier question. Returns the payload of the QR link. `at` is in
    /// seconds since 1970; `page` is the address to which the answer is bound.
    ///
    /// A demo build signs as the demo's reader; a production build has no reader's key, and its questions are not signed.
    ///
    /// # Errors
    /// Fails if the purpose is unknown, the address cannot be answered to, or the browser has no random bytes.
    pub(super) fn ask(&self, at: f64, purpose: &str, page: &str) -> Result<Vec<u8>, JsError> {
        let at = Timestamp::from_unix(at as i64);
        let purpose = Purpose::from_code(purpose).ok_or_else(|| JsError::new("no such purpose"))?;
        let page = ResponseUri::parse(page).ok_or_else(|| JsError::new("no address to answer to"))?;
        let challenge = challenge(&Question::for_purpose(purpose, page), at)?;
        let payload = challenge.payload().to_vec();
        *self.0.borrow_mut() = Asked { challenge: Some(challenge), opened: None };
        Ok(payload)
    }

    /// Whether a question waits for its answer.
    pub(super) fn waits(&self) -> bool {
        self.0.borrow().challenge.is_some()
    }

    /// Forgets the question: no answer to it is taken any more.
    pub(super) fn end(&self) {
        self.0.take();
    }

    /// Judges an answer to the question; context and lists as for [`Verifier::judge`].
    ///
    /// # Errors
    /// Fails if the bundle cannot be read: a fault of the page, not of the answer. Nothing is judged then.
    pub(super) fn judge_reply(
        &self,
        payload: &[u8],
        verifier: &Verifier,
        context: &Context,
        lists: Option<&[u8]>,
    ) -> Result<Verdict, JsError> {
        let trust = verifier.trusted(context, lists)?;
        let judge = |context: &VerifierContext<'_>| self.judge(payload, context);
        Ok(verifier.in_context(context, &trust, &signature::RustCrypto, judge))
    }

    fn judge(&self, payload: &[u8], context: &VerifierContext<'_>) -> Verdict {
        let hash = Sha256::digest(payload).into();
        let mut asked = self.0.borrow_mut();
        if let Some((_, opened)) = asked.opened.as_ref().filter(|(of, _)| *of == hash) {
            return verify_answer(opened.device_response(), opened.transcript().clone(), context);
        }
        let Some(challenge) = asked.challenge.as_mut() else {
            return Verdict::interrupted();
        };
        match challenge.open(payload, context.now) {
            Ok(opened) => {
                let verdict = verify_answer(opened.device_response(), opened.transcript().clone(), context);
                asked.opened = Some((hash, opened));
                verdict
            }
            Err(error) => answer_refused(error.kind(), context),
        }
    }
}

/// Makes the question, with the browser's random bytes or not at all.
fn challenge(question: &Question, at: Timestamp) -> Result<Challenge, JsError> {
    let mut failed = false;
    let mut random = |bytes: &mut [u8]| failed |= getrandom::fill(bytes).is_err();
    let made = composition::challenge(question, at, &mut random);
    if failed {
        return Err(JsError::new("no random bytes"));
    }
    made.map_err(|error| JsError::new(error.code()))
}
