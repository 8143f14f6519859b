//! The same decision again, from what was kept: years later, with the same policy and lists.

use licence::{Fact, Profile};
use mdoc::{ReaderKey, SessionTranscript};
use verdict::{
    Decision, DecisionOutcome, IssuerVerdict, Judged, OneWayPresentation, Policy, Presenter, Terms, Verdict,
    VerifierContext, one_way_refused, verify_answer, verify_in_session, verify_issuer_data,
};

use crate::error::ReplayCode;
use crate::hash::Hash;
use crate::payload::Payload;
use crate::presentation::Presentation;
use crate::record::{Form, Lists, Record, RecordedRule};
use crate::retention::{facts_of, facts_read};

/// The code of a presentation that was seen before: the memory of that is in no record.
const SEEN: &str = "seen";
/// The reason of a verifier that did not remember one-way codes.
const UNREMEMBERED: &str = "replay";

/// How a rule of a replay is to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleReplay {
    /// The same outcome, by the same code.
    Same,
    /// What it rests on is gone, and it is taken from the record.
    Gone,
    /// Another outcome or another code.
    Different,
}

/// One rule of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayedRule {
    /// As it was recorded; absent for one that the record does not have.
    pub recorded: Option<RecordedRule>,
    /// As it is now; absent for one that the replay does not have.
    pub replayed: Option<RecordedRule>,
    /// How they are to each other.
    pub state: RuleReplay,
}

/// What a replay found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// Each rule, in the order of the record.
    pub rules: Vec<ReplayedRule>,
    /// The facts that were seen and are not kept, on which a rule rests.
    pub gone: Vec<Fact>,
    /// What is to be said, worst first; empty if every rule is the same.
    pub codes: Vec<ReplayCode>,
    /// What the policy decides now, from the kept elements alone; `None` if nothing is kept.
    pub decision: Option<DecisionOutcome>,
}

impl Replayed {
    /// Whether no rule gave something else.
    pub fn holds(&self) -> bool {
        !self.codes.iter().any(|code| {
            matches!(
                code,
                ReplayCode::Different
                    | ReplayCode::PayloadOther
                    | ReplayCode::PolicyOther
                    | ReplayCode::FileMissing
                    | ReplayCode::FileOther
            )
        })
    }

    fn of(code: ReplayCode) -> Self {
        Self { rules: Vec::new(), gone: Vec::new(), codes: vec![code], decision: None }
    }
}

impl Lists {
    /// Returns the codes of files that are missing or are others, if these were given.
    pub fn compare(&self, given: &Lists) -> Vec<ReplayCode> {
        let pairs = [
            (&self.trust, &given.trust),
            (&self.status, &given.status),
            (&self.revocation, &given.revocation),
        ];
        let lacks = |have: &[Hash], wanted: &[Hash]| wanted.iter().any(|hash| !have.contains(hash));
        let missing = pairs.iter().any(|(recorded, given)| lacks(given, recorded));
        let other = pairs.iter().any(|(recorded, given)| lacks(recorded, given));
        let codes = [(missing, ReplayCode::FileMissing), (other, ReplayCode::FileOther)];
        codes.into_iter().filter(|(found, _)| *found).map(|(_, code)| code).collect()
    }
}

/// A presentation is verified with these terms for a replay.
pub fn replay_terms(record: &Record, policy: &Policy) -> Terms {
    policy.terms(record.event_time.0, record.settings.utc_offset_seconds)
}

/// Decides again. `context` has the lists of the record, its time as `now` and [`replay_terms`]; a reader key is needed for a
/// device MAC.
///
/// A rule whose facts are gone is taken from the record, and so is a code that was seen before. What a person said of the face
/// is in the case.
pub fn replay(
    record: &Record,
    payload: Option<&[u8]>,
    policy: &Policy,
    reader_key: Option<&ReaderKey>,
    context: &VerifierContext<'_>,
) -> Replayed {
    if Hash(*policy.sha256()).to_hex() != record.policy.sha256 {
        return Replayed::of(ReplayCode::PolicyOther);
    }
    let (Some(bytes), Some(hash)) = (payload, record.payload_sha256) else {
        return Replayed::of(ReplayCode::PayloadGone);
    };
    let read = (Hash::of(bytes) == hash).then(|| Payload::from_bytes(bytes).ok()).flatten();
    let Some(payload) = read.filter(|payload| payload.record_id == record.record_id) else {
        return Replayed::of(ReplayCode::PayloadOther);
    };
    if payload.case_digest().ok() != Some(record.case_digest) {
        return Replayed::of(ReplayCode::PayloadOther);
    }
    let Some(presentation) = payload.presentation() else {
        return Replayed::of(ReplayCode::PayloadGone);
    };
    let Some(judged) = judge(&presentation, reader_key, context) else {
        return Replayed::of(ReplayCode::PayloadOther);
    };
    let offset = record.settings.utc_offset_seconds;
    let judged = match record.rules.iter().any(|rule| rule.rule == UNREMEMBERED) {
        true => judged.read().without_replay_store(),
        false => judged.read(),
    };
    let decision = policy.decide(&judged, &payload.case, record.event_time.0, offset);
    compare(record, &decision, &gone(record, &presentation), policy)
}

/// A verdict of either kind.
enum Again {
    Presented(Box<Verdict>),
    Issued(Box<IssuerVerdict>),
}

impl Again {
    fn read(&self) -> Judged<'_> {
        match self {
            Self::Presented(verdict) => verdict.as_ref().into(),
            Self::Issued(verdict) => verdict.as_ref().into(),
        }
    }
}

fn judge(
    presentation: &Presentation<'_>,
    reader_key: Option<&ReaderKey>,
    context: &VerifierContext<'_>,
) -> Option<Again> {
    let transcript = || SessionTranscript::from_bytes(presentation.transcript?).ok();
    let bytes = presentation.bytes;
    let verdict = match presentation.form {
        Form::OneWay => match OneWayPresentation::decode_inflated(bytes) {
            Ok(one_way) => one_way.verify(context),
            Err(error) => one_way_refused(&error, context),
        },
        Form::Session => verify_in_session(bytes, transcript()?, reader_key, context),
        Form::Answer => verify_answer(bytes, transcript()?, context),
        Form::IssuerData | Form::Unbound => {
            let asked = presentation.form == Form::Unbound;
            let presenter = if asked { Presenter::Undetermined } else { Presenter::NotAsked };
            return Some(Again::Issued(Box::new(verify_issuer_data(bytes, presenter, context))));
        }
    };
    Some(Again::Presented(Box::new(verdict)))
}

/// Returns the facts of elements that were seen and are not kept.
fn gone(record: &Record, kept: &Presentation<'_>) -> Vec<Fact> {
    let kept = kept.documents();
    let mut gone: Vec<Fact> = Vec::new();
    for seen in &record.documents {
        let left = kept.iter().find(|shown| shown.doc_type == seen.doc_type);
        let namespaces = seen.pii_information.iter().map(|of| of.namespace.as_str());
        let profile =
            left.and_then(|shown| shown.profile).or_else(|| Profile::of(&seen.doc_type, namespaces));
        for of in &seen.pii_information {
            let names = left.and_then(|shown| {
                shown
                    .elements
                    .iter()
                    .find(|(namespace, _)| *namespace == of.namespace)
                    .map(|(_, names)| names)
            });
            let lost = of.pii_types.iter().filter(|name| names.is_none_or(|names| !names.contains(name)));
            gone.extend(
                lost.flat_map(|name| profile.map_or_else(Vec::new, |profile| facts_of(profile, name))),
            );
        }
    }
    gone.sort_unstable();
    gone.dedup();
    gone
}

fn compare(record: &Record, decision: &Decision, gone: &[Fact], policy: &Policy) -> Replayed {
    let now: Vec<RecordedRule> = decision
        .reasons
        .iter()
        .map(|reason| RecordedRule {
            rule: reason.rule.clone().into_owned(),
            outcome: reason.outcome,
            code: reason.code.map(|code| code.text().to_owned()),
            effect: reason.effect,
        })
        .collect();
    let rests_on_gone = |rule: &str| match rule {
        // What is missing, what contradicts, and remarks about elements are of all that was shown.
        "facts" | "document" | "policy" | "strict" => !gone.is_empty(),
        rule => facts_read(policy, rule).iter().any(|fact| gone.contains(fact)),
    };
    let mut rules: Vec<ReplayedRule> = Vec::new();
    let state = |rule: &str, same: bool, code: Option<&str>| {
        let memory = rule == "presenter" && code == Some(SEEN);
        match (same, memory || rests_on_gone(rule)) {
            (true, _) => RuleReplay::Same,
            (false, true) => RuleReplay::Gone,
            (false, false) => RuleReplay::Different,
        }
    };
    // A name may be there twice, as of what is no rule: each is held against the next one of its name.
    let mut left: Vec<Option<&RecordedRule>> = now.iter().map(Some).collect();
    for recorded in &record.rules {
        let slot = left.iter_mut().find(|slot| slot.is_some_and(|rule| rule.rule == recorded.rule));
        let replayed = slot.and_then(Option::take);
        let state = state(&recorded.rule, replayed == Some(recorded), recorded.code.as_deref());
        rules.push(ReplayedRule { recorded: Some(recorded.clone()), replayed: replayed.cloned(), state });
    }
    for replayed in left.into_iter().flatten() {
        let state = state(&replayed.rule, false, None);
        rules.push(ReplayedRule { recorded: None, replayed: Some(replayed.clone()), state });
    }
    let any = |wanted| rules.iter().any(|rule| rule.state == wanted);
    let same_decision = decision.outcome == record.decision || any(RuleReplay::Gone);
    let mut codes = Vec::new();
    if any(RuleReplay::Different) || !same_decision {
        codes.push(ReplayCode::Different);
    }
    if any(RuleReplay::Gone) {
        codes.push(ReplayCode::FactsGone);
    }
    let read = |fact: &&Fact| {
        let of_rule = |rule: &ReplayedRule| {
            let name = rule.recorded.as_ref().or(rule.replayed.as_ref()).map_or("", |rule| &rule.rule);
            rule.state == RuleReplay::Gone && facts_read(policy, name).contains(fact)
        };
        rules.iter().any(of_rule)
    };
    let gone = gone.iter().filter(read).copied().collect();
    Replayed { rules, gone, codes, decision: Some(decision.outcome) }
}
