//! What people have to its verdict, in the verifying worker: pasted text and files, whatever is around a presentation.

use envelope::MAX_INFLATED;
use mdoc::SessionTranscript;
use protocol::received::{Received, unwrap};
use signature::RustCrypto;
use verdict::{OneWayPresentation, Verdict, VerifierContext, is_document, verify_in_session};
use wasm_bindgen::prelude::*;

use super::other::Other;
use super::question::Questions;
use super::verify::{Context, Verifier, handed};

/// What is known beside bytes that were received.
pub(super) struct Around<'a> {
    /// The question of this page.
    pub(super) questions: &'a Questions,
    /// The session in which a document was shown to another system.
    pub(super) session: Option<SessionTranscript>,
}

impl Verifier {
    /// Judges what people have, such as pasted text or a file: what is around a presentation is taken off first.
    ///
    /// While there is a question that waits for its answer, no payload is taken but that. A DeviceResponse is judged in the
    /// session that is given; without one, and for other documents, it is undetermined who presents it.
    ///
    /// Returns the code of what is no presentation, or nothing where nothing is known about it. Such input is not judged.
    ///
    /// # Errors
    /// Fails if the bundle cannot be read: a fault of the page. Nothing is judged then.
    pub(super) async fn judge_received(
        &self,
        bytes: &[u8],
        Around { questions, session }: Around<'_>,
        context: &Context,
        lists: Option<&[u8]>,
    ) -> Result<Result<Verdict, Option<Other>>, JsError> {
        let received = match unwrap(bytes) {
            Ok(received) => received,
            Err(other) => return Ok(Err(Some(Other(other)))),
        };
        let bytes = received.bytes();
        let deflated = envelope::inflate(bytes).is_ok_and(|inner| is_array(&inner));
        match &received {
            Received::Payload(_) if deflated && questions.waits() => {
                questions.judge_reply(bytes, self, context, lists).map(Ok)
            }
            Received::Payload(_) if deflated => self.judge(bytes, context, lists).await.map(Ok),
            Received::Payload(_) if is_array(bytes) && !questions.waits() => {
                let decoded = OneWayPresentation::decode_inflated(bytes);
                self.judge_decoded(bytes, decoded, context, lists).await.map(Ok)
            }
            Received::DeviceResponse(_) | Received::IssuerData(_) if is_document(bytes) => {
                let trust = self.trusted(context, lists)?;
                let session = session.filter(|_| matches!(received, Received::DeviceResponse(_)));
                let judge = |context: &VerifierContext<'_>| match session {
                    Some(transcript) => verify_in_session(bytes, transcript, None, context),
                    None => handed(bytes, context),
                };
                Ok(Ok(self.in_context(context, &trust, &RustCrypto, judge)))
            }
            _ => Ok(Err(None)),
        }
    }
}

/// Whether this may be an Envelope before it is deflated.
fn is_array(bytes: &[u8]) -> bool {
    bytes.len() <= MAX_INFLATED && cbor::decode_foreign(bytes).is_ok_and(|item| item.as_array().is_some())
}
