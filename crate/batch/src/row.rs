//! The line that is written for one presentation. Its members have the order of `docs/batch.schema.json`, whatever build
//! writes it.

use serde::{Serialize, Serializer};
use strings::Language;
use verdict::{CheckState, Code, Colour, Decision, DecisionOutcome, Effect, RuleOutcome};

use crate::item::Unread;
use crate::judged::Judged;

/// What was found about one presentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    id: String,
    found: Result<Found, Unread>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    colour: Colour,
    reasons: Vec<Code>,
    decision: Option<RowDecision>,
}

/// What a policy decides about one presentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowDecision {
    /// The decision.
    pub outcome: DecisionOutcome,
    /// The rules that decide against it, failures first.
    pub reasons: Vec<RowReason>,
}

/// A rule that decides against a presentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowReason {
    /// The rule's name.
    pub rule: String,
    /// Its outcome: fail or undetermined.
    pub outcome: RuleOutcome,
    /// The code of the finding that decides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// What the outcome does to the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// How it ends: for exit statuses and counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Verified, or accepted by the policy.
    Good,
    /// Refused.
    Refused,
    /// Undetermined, or for a person to review.
    Open,
    /// Not judged.
    Unread,
}

impl Row {
    /// Returns the row of what is not judged.
    pub(crate) const fn unread(id: String, unread: Unread) -> Self {
        Self { id, found: Err(unread) }
    }

    /// Returns the row of a verdict, with what the policy decides.
    pub(crate) fn judged(id: String, judged: &Judged, decision: Option<&Decision>) -> Self {
        let of = |state| {
            let checks = judged.layers().iter().flat_map(|layer| &layer.checks);
            checks.filter(move |check| check.state == state).map(|check| check.code)
        };
        let reasons = of(CheckState::Fail).chain(of(CheckState::Undetermined)).collect();
        let decision = decision.map(RowDecision::of);
        Self { id, found: Ok(Found { colour: judged.colour(), reasons, decision }) }
    }

    /// Returns the name of the presentation.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the verdict in the words of the command line; `None` if it was not judged.
    #[must_use]
    pub fn verdict(&self) -> Option<&'static str> {
        self.found.as_ref().ok().map(|found| word(found.colour))
    }

    /// Returns what the policy decides; `None` without a policy, or if it was not judged.
    #[must_use]
    pub fn decision(&self) -> Option<&RowDecision> {
        self.found.as_ref().ok()?.decision.as_ref()
    }

    /// Returns why it is not better: the codes of the rules that decide against it, without a policy those of the checks
    /// that fail or are undetermined, or the one code of why it was not judged.
    #[must_use]
    pub fn codes(&self) -> Vec<&'static str> {
        match &self.found {
            Err(unread) => vec![unread.code()],
            Ok(Found { decision: Some(decision), .. }) => {
                decision.reasons.iter().filter_map(|reason| Some(reason.code?.text())).collect()
            }
            Ok(found) => found.reasons.iter().map(|code| code.text()).collect(),
        }
    }

    /// Returns why it was not judged, if it was not.
    #[must_use]
    pub fn why_unread(&self) -> Option<Unread> {
        self.found.as_ref().err().copied()
    }

    /// Returns how it ends: by the decision, if a policy decides.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match &self.found {
            Err(_) => Outcome::Unread,
            Ok(Found { decision: Some(decision), .. }) => match decision.outcome {
                DecisionOutcome::Accept => Outcome::Good,
                DecisionOutcome::Review => Outcome::Open,
                DecisionOutcome::Refuse => Outcome::Refused,
            },
            Ok(found) => match found.colour {
                Colour::Green => Outcome::Good,
                Colour::Amber => Outcome::Open,
                Colour::Red => Outcome::Refused,
            },
        }
    }

    /// Returns the line, without its end. Only `text` is in the language; everything else is the same in every one.
    #[must_use]
    pub fn to_json(&self, language: Language) -> String {
        let line = match &self.found {
            Ok(found) => Line::Judged {
                id: &self.id,
                verdict: word(found.colour),
                reasons: &found.reasons,
                decision: found.decision.as_ref(),
            },
            Err(unread) => {
                let code = unread.code();
                let text = strings::find(&format!("code.{code}"), language).unwrap_or(code);
                match unread {
                    Unread::Other(_) => Line::Other { id: &self.id, other: code, text },
                    Unread::Line(_) => Line::Error { id: &self.id, error: code, text },
                }
            }
        };
        // Texts as keys and no numbers: it cannot fail.
        serde_json::to_string(&line).unwrap_or_default()
    }
}

const fn word(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "verified",
        Colour::Amber => "undetermined",
        Colour::Red => "refused",
    }
}

impl RowDecision {
    fn of(decision: &Decision) -> Self {
        let of = |outcome| decision.reasons.iter().filter(move |reason| reason.outcome == outcome);
        let against = of(RuleOutcome::Fail).chain(of(RuleOutcome::Undetermined));
        let reasons = against.map(|reason| RowReason {
            rule: reason.rule.clone().into_owned(),
            outcome: reason.outcome,
            code: reason.code,
            effect: reason.effect,
        });
        Self { outcome: decision.outcome, reasons: reasons.collect() }
    }

    /// Returns the decision as one word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.outcome {
            DecisionOutcome::Accept => "accept",
            DecisionOutcome::Review => "review",
            DecisionOutcome::Refuse => "refuse",
        }
    }
}

/// The members of a line in their order.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Judged {
        id: &'a str,
        verdict: &'a str,
        #[serde(serialize_with = "texts")]
        reasons: &'a [Code],
        #[serde(skip_serializing_if = "Option::is_none")]
        decision: Option<&'a RowDecision>,
    },
    Other {
        id: &'a str,
        other: &'a str,
        text: &'a str,
    },
    Error {
        id: &'a str,
        error: &'a str,
        text: &'a str,
    },
}

fn texts<S: Serializer>(codes: &&[Code], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(codes.iter().map(|code| code.text()))
}
