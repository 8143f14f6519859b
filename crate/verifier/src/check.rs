//! One presentation to its decision.

use cbor::Timestamp;
use envelope::ReplayMemory;
use mdoc::SessionTranscript;
use serde::Serialize;
use verdict::{
    AnswerCode, Case, Decision, Face, Flip, IssuerVerdict, Judged, OneWayPresentation, Presenter, Verdict,
    VerifierContext, answer_refused, is_document, one_way_refused, verify_in_session, verify_issuer_data,
};
use wasm_bindgen::prelude::*;

use crate::answers::{Answers, Question};
use crate::context::Context;
use crate::engine::{Engine, Step};
use crate::facts::{self, Facts};
use crate::refusal::Refusal;

/// A presentation on its way to a decision.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Check {
    presentation: Vec<u8>,
    context: Context,
    transcript: Option<SessionTranscript>,
    answers: Answers,
    /// What the replay store said: when it was seen before, if it was.
    replay: Option<Option<Timestamp>>,
    verdict: Option<Judgement>,
}

/// A verdict of either kind.
#[derive(Debug)]
enum Judgement {
    Presentation(Box<Verdict>),
    /// Of a DeviceResponse without its session: who presents it is undetermined.
    IssuerData(Box<IssuerVerdict>),
}

impl Judgement {
    fn judged(&self) -> Judged<'_> {
        match self {
            Self::Presentation(verdict) => Judged::from(verdict.as_ref()),
            Self::IssuerData(verdict) => Judged::from(verdict.as_ref()),
        }
    }
}

/// What the script gets.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Output<'a> {
    #[serde(flatten)]
    decision: &'a Decision,
    colour: verdict::Colour,
    headline: &'a verdict::Message,
    notes: &'a [verdict::Message],
    demo: bool,
    issuer: Option<Issuer<'a>>,
    /// Whether a person has to compare a portrait.
    face: bool,
    facts: Option<Facts>,
    what_if: Option<Vec<Flip>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Issuer<'a> {
    name: &'a str,
    country: &'a str,
    lists: Vec<&'a str>,
    key_sha256: String,
}

#[wasm_bindgen]
impl Check {
    /// Returns the open questions.
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        self.answers.questions()
    }

    /// Takes the answers to the open questions in their order: 1 right, 0 wrong, 2 cannot be answered.
    pub fn answer(&mut self, answers: &[u8]) {
        self.answers.answer(answers);
    }

    /// Returns what identifies a one-way presentation, in hexadecimal; it is equal for re-signed copies of the same code.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn replay_key(&self) -> Option<String> {
        self.replay_of().map(|replay| base16ct::lower::encode_string(replay.key.as_bytes()))
    }

    /// Returns until when it must be remembered, in seconds since 1970.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn replay_until(&self) -> Option<f64> {
        self.replay_of().map(|replay| replay.exp.unix() as f64)
    }

    /// Takes the answer of the replay store: when the same presentation was received before, in seconds since 1970.
    pub fn seen(&mut self, before: Option<f64>) {
        self.replay = Some(before.map(crate::engine::seconds));
    }

    /// Returns the presentation as received.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn presentation(&self) -> Vec<u8> {
        self.presentation.clone()
    }

    /// Returns the encoded `SessionTranscript`, if a session was given.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn transcript(&self) -> Option<Vec<u8>> {
        self.transcript.as_ref().map(|transcript| transcript.bytes().to_vec())
    }

    /// Returns the portrait that was shown, a JPEG file, if the policy asks for it.
    #[must_use]
    pub fn portrait(&self, engine: &Engine) -> Option<Vec<u8>> {
        facts::portrait(self.verdict.as_ref()?.judged().view()?, &engine.policy)
    }
}

impl Check {
    fn replay_of(&self) -> Option<verdict::Replay> {
        match self.verdict.as_ref()? {
            Judgement::Presentation(verdict) => verdict.replay,
            Judgement::IssuerData(_) => None,
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// Begins to check a presentation: the payload of the QR link, or a DeviceResponse. `context` is JSON.
    ///
    /// # Errors
    /// The code of what is wrong with the context. Any presentation is taken.
    pub fn check(&self, presentation: &[u8], context: &str) -> Result<Check, String> {
        let context = Context::from_json(context).map_err(|refusal| refusal.text())?;
        let transcript = context.session.as_ref().map(|session| session.transcript()).transpose();
        Ok(Check {
            presentation: presentation.to_vec(),
            transcript: transcript.map_err(|refusal| refusal.text())?,
            context,
            answers: Answers::default(),
            replay: None,
            verdict: None,
        })
    }

    /// Goes on with a check.
    pub fn step(&self, check: &mut Check) -> Step {
        let verdict = self.judge(check);
        if check.answers.is_waiting() {
            return Step::Signatures;
        }
        check.answers.remember_in(&self.certificates);
        check.verdict = Some(verdict);
        match check.replay_of() {
            Some(_) if check.context.replay_store && check.replay.is_none() => Step::Replay,
            _ => Step::Done,
        }
    }

    /// Decides about a check that is done, and returns the decision as JSON. Another case, or another answer about the face, is
    /// decided without verifying anew: freshness was judged at receipt.
    ///
    /// # Errors
    /// The code of what is wrong with the case, or `check-not-done`.
    pub fn decide(&self, check: &Check, case: Option<String>) -> Result<String, String> {
        let Decided { verdict, judged, case, decision } = self.decided(check, case)?;
        let Context { now, utc_offset, what_if_days, .. } = check.context;
        let flips = |days| self.policy.what_if(&judged, &case, now, utc_offset, days);
        let (colour, headline, notes, demo, issuer, face) = match verdict {
            Judgement::Presentation(verdict) => (
                verdict.colour,
                &verdict.headline,
                &verdict.notes,
                verdict.demo,
                &verdict.issuer,
                verdict.face == Face::ToCompare,
            ),
            Judgement::IssuerData(verdict) => {
                (verdict.colour, &verdict.headline, &verdict.notes, verdict.demo, &verdict.issuer, false)
            }
        };
        let output = Output {
            decision: &decision,
            colour,
            headline,
            notes,
            demo,
            issuer: issuer.as_ref().map(|issuer| Issuer {
                name: issuer.label.as_str(),
                country: issuer.country.as_str(),
                lists: issuer.lists.iter().map(|list| list.as_str()).collect(),
                key_sha256: base16ct::lower::encode_string(&issuer.anchor_spki_sha256),
            }),
            face,
            facts: judged.view().map(|view| Facts::of(view, &self.policy)),
            what_if: what_if_days.map(flips),
        };
        json(&output)
    }

    /// Returns what a record is made of, as JSON for `@liangzheng/verifier/record`.
    ///
    /// # Errors
    /// As [`Engine::decide`].
    pub fn recordable(&self, check: &Check, case: Option<String>) -> Result<String, String> {
        let Decided { verdict, case, decision, .. } = self.decided(check, case)?;
        let (issuer, form) = match verdict {
            Judgement::Presentation(verdict) if check.transcript.is_some() => (&verdict.issuer, "session"),
            Judgement::Presentation(verdict) => (&verdict.issuer, "one-way"),
            Judgement::IssuerData(verdict) => (&verdict.issuer, "unbound"),
        };
        let Context { utc_offset, audience, clock_floor, .. } = &check.context;
        json(&serde_json::json!({
            "decision": decision,
            "issuer": issuer,
            "case": case,
            "form": form,
            "settings": {
                "utc_offset_seconds": utc_offset,
                "audience": audience,
                "clock_floor": clock_floor.map(Timestamp::format_tdate),
            },
        }))
    }
}

/// A decision, and what it is about.
struct Decided<'a> {
    verdict: &'a Judgement,
    judged: Judged<'a>,
    case: Case,
    decision: Decision,
}

impl Engine {
    fn decided<'a>(&self, check: &'a Check, case: Option<String>) -> Result<Decided<'a>, String> {
        let not_done = || Refusal::new("check-not-done", "").text();
        let verdict = check.verdict.as_ref().ok_or_else(not_done)?;
        let case = match case {
            Some(case) => Case::from_json(case.as_bytes()).map_err(|error| Refusal::from(error).text())?,
            None => check.context.case.clone(),
        };
        let Context { now, utc_offset, replay_store, .. } = check.context;
        let judged = match replay_store {
            true => verdict.judged(),
            false => verdict.judged().without_replay_store(),
        };
        let decision = self.policy.decide(&judged, &case, now, utc_offset);
        Ok(Decided { verdict, judged, case, decision })
    }
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| Refusal::new("json", error.to_string()).text())
}

impl Engine {
    fn judge(&self, check: &Check) -> Judgement {
        let Check { presentation, context, transcript, answers, replay, .. } = check;
        let now = context.now;
        let trust = self.anchors(now);
        let provider = answers.with(&self.certificates);
        let status_lists = self.status(&trust, now, &provider);
        let terms = self.policy.terms(now, context.utc_offset);
        let floor = context.clock_floor.into_iter().chain(self.newest()).max();
        let mut memory = ReplayMemory::new();
        if let Some((Some(at), seen)) = replay.as_ref().copied().zip(check.replay_of()) {
            memory.remember(seen.key, at, seen.exp);
        }
        let context = VerifierContext {
            now,
            clock_floor: floor.unwrap_or(now),
            trust: &trust,
            memory: &memory,
            audience: context.audience.as_deref(),
            status_lists: &status_lists,
            terms: &terms,
            signatures: &provider,
            strict: false,
        };
        let is_document = is_document(presentation);
        if let Some(transcript) = transcript {
            return Judgement::Presentation(Box::new(match is_document {
                true => verify_in_session(presentation, transcript.clone(), None, &context),
                // A code of the wallet that answers no question is not of this session.
                false => answer_refused(AnswerCode::OtherRequest, &context),
            }));
        }
        match OneWayPresentation::decode(presentation) {
            Ok(one_way) => {
                answers.ask(one_way.signatures(&trust), &self.certificates);
                Judgement::Presentation(Box::new(one_way.verify(&context)))
            }
            Err(_) if is_document => {
                let verdict = verify_issuer_data(presentation, Presenter::Undetermined, &context);
                Judgement::IssuerData(Box::new(verdict))
            }
            Err(error) => Judgement::Presentation(Box::new(one_way_refused(&error, &context))),
        }
    }
}
