//! A presentation to its verdict, in the verifying worker and in Node.

use std::cell::RefCell;

use ::trust::bundle::VerifiedLists;
use cbor::Timestamp;
use envelope::{EnvelopeError, KIND_ANSWER, OneWayError, ReplayMemory};
use mdoc::TrustAnchors;
use protocol::error::AnswerError;
use serde::{Deserialize, Serialize};
use signature::{RustCrypto, VerifySignature};
use verdict::{
    Face, OneWayPresentation, Presenter, Terms, Verdict, VerifierContext, answer_refused, is_document,
    one_way_refused, verify_issuer_data,
};
use wasm_bindgen::prelude::*;

use super::browser_crypto::Certificates;
use super::lists::HeldLists;
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

/// Judges presentations, and keeps what need not be verified again for the next one.
#[derive(Default)]
pub(super) struct Verifier {
    /// The status lists.
    pub(super) lists: HeldLists,
    imported: RefCell<VerifiedLists>,
    certificates: Certificates,
}

impl Verifier {
    /// Judges the payload of the QR link, or a document that was handed in as it is. `lists` are the imported trust lists, as
    /// the page bundled them; each is verified here before it is trusted.
    ///
    /// Signatures are verified by the browser where it can, and else here; all other judging is done in one go afterwards.
    ///
    /// # Errors
    /// Fails if the bundle cannot be read: a fault of the page, not of the payload. Nothing is judged then.
    pub(super) async fn judge(
        &self,
        payload: &[u8],
        context: &Context,
        lists: Option<&[u8]>,
    ) -> Result<Verdict, JsError> {
        self.judge_decoded(payload, OneWayPresentation::decode(payload), context, lists).await
    }

    /// As [`Verifier::judge`], of a payload that was decoded.
    pub(super) async fn judge_decoded(
        &self,
        payload: &[u8],
        decoded: Result<OneWayPresentation, OneWayError>,
        context: &Context,
        lists: Option<&[u8]>,
    ) -> Result<Verdict, JsError> {
        let trust = self.trusted(context, lists)?;
        let refused = |refuse: &dyn Fn(&VerifierContext<'_>) -> Verdict| {
            Ok(self.in_context(context, &trust, &RustCrypto, refuse))
        };
        let presentation = match decoded {
            Ok(presentation) => presentation,
            Err(OneWayError::Envelope(EnvelopeError::Kind)) if is_answer(payload) => {
                // Its question was asked elsewhere, or before this page was loaded again.
                return refused(&|context| answer_refused(AnswerError::OtherRequest.kind(), context));
            }
            Err(OneWayError::Envelope(_)) if is_document(payload) => {
                return refused(&|context| handed(payload, context));
            }
            Err(error) => return refused(&|context| one_way_refused(&error, context)),
        };
        let confirmed = self.certificates.confirm(presentation.signatures(&trust)).await;
        Ok(self.in_context(context, &trust, &confirmed, |context| presentation.verify(context)))
    }

    /// Returns the anchors that are built in, and those on the imported lists of the bundle.
    ///
    /// # Errors
    /// Fails if the bundle cannot be read.
    pub(super) fn trusted(&self, context: &Context, lists: Option<&[u8]>) -> Result<TrustAnchors, JsError> {
        let mut trust = composition::trust();
        if let Some(lists) = lists {
            let added = self.imported.borrow_mut().add_bundle(lists, &mut trust, context.now, &RustCrypto);
            added.ok_or_else(|| JsError::new("no bundle of trust lists"))?;
        }
        Ok(trust)
    }

    /// Judges with the status lists of the day.
    pub(super) fn in_context(
        &self,
        context: &Context,
        trust: &TrustAnchors,
        signatures: &dyn VerifySignature,
        judge: impl FnOnce(&VerifierContext<'_>) -> Verdict,
    ) -> Verdict {
        let lists = self.lists.on(context.now, trust);
        judge(&VerifierContext {
            now: context.now,
            clock_floor: lists.newest.map_or(context.clock_floor, |made| made.max(context.clock_floor)),
            trust,
            memory: &context.memory,
            audience: context.audience.as_deref(),
            status_lists: &lists.lists,
            terms: &context.terms,
            signatures,
            strict: false,
        })
    }
}

fn is_answer(payload: &[u8]) -> bool {
    envelope::inflate(payload).and_then(|envelope| envelope::kind(&envelope)) == Ok(KIND_ANSWER)
}

/// Judges a document that was handed in without the session in which it was shown: who presented it is undetermined, and
/// nothing of what it says is shown.
pub(super) fn handed(bytes: &[u8], context: &VerifierContext<'_>) -> Verdict {
    let judged = verify_issuer_data(bytes, Presenter::Undetermined, context);
    Verdict {
        colour: judged.colour,
        headline: judged.headline,
        subline: judged.subline,
        layers: judged.layers,
        view: None,
        face: Face::NotShown,
        notes: judged.notes,
        demo: judged.demo,
        issuer: judged.issuer,
        replay: None,
        signed_purpose: None,
        facts_as_of: None,
        terms: Some(context.terms.clone()),
        at: Some(judged.at),
    }
}
