//! What a policy decides about a verdict: accept, review or refuse, with a reason for each rule.
//!
//! Integrity, issuer, presenter, freshness and validity are no rules: what fails there refuses, and what is undetermined there is
//! for a person to review, whatever the policy says. A decision is never better than its worst deciding rule.

mod case;
mod compare;
mod judged;
mod outcome;
mod what_if;

use std::borrow::Cow;

use cbor::Timestamp;
use licence::{Fact, Facts, LicenceView, Profile};
use serde::{Deserialize, Serialize};

use crate::check::{Check, CheckState, Finding};
use crate::code::Code;
use crate::layer::LayerId;
use crate::policy::{
    self, Days, Effect, Policy, RuleLine, SignedPurpose, contradiction, other_purpose, validity_abroad,
    validity_check,
};
use crate::reason::{Reason, ReasonCode};

pub use case::{Case, FaceCompared, Trailer};
pub use judged::Judged;
use outcome::Partner;
pub use outcome::RuleOutcome;
pub use what_if::Flip;

/// What a policy decides; a later one is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DecisionOutcome {
    /// Every rule that applies passes, or what it found is only said.
    Accept,
    /// A person decides.
    Review,
    /// No. Where the law gives a right to it, a person decides all the same.
    Refuse,
}

/// The reason that one rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleReason {
    /// The rule's name; `integrity`, `presenter`, `validity`, `revocation`, `replay`, `policy`, `purpose`, `document` and `facts` are no
    /// rules of a policy, and cannot be softened.
    pub rule: Cow<'static, str>,
    /// Its outcome.
    pub outcome: RuleOutcome,
    /// The code of the finding that decides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// What the outcome does to the decision; nothing if it passes or does not apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// Everything that it found, with text and values.
    pub checks: Vec<Check>,
}

/// The policy that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its canonical form (RFC 8785), in hexadecimal.
    pub sha256: String,
}

/// What a policy decides, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The decision.
    pub outcome: DecisionOutcome,
    /// The policy.
    pub policy: PolicyRef,
    /// When it was decided.
    pub at: Timestamp,
    /// The reasons: first of what is no rule, then of each rule in the order of the policy, then of facts that are missing.
    pub reasons: Vec<RuleReason>,
}

/// The time at which it is decided, and the days of a partner's place.
#[derive(Clone, Copy)]
struct Moment {
    now: Timestamp,
    utc_offset_seconds: i32,
    /// Whether the same person is thought to present a new copy on that day.
    presented_again: bool,
}

impl Policy {
    /// Decides about a verdict that was made with [`Policy::terms`], at `now`, in a place whose clocks are ahead of UTC by these
    /// seconds. A Chinese licence is judged by the days of Shanghai.
    ///
    /// The verdict must be of now: freshness was judged when the presentation was received.
    pub fn decide(
        &self,
        judged: &Judged<'_>,
        case: &Case,
        now: Timestamp,
        utc_offset_seconds: i32,
    ) -> Decision {
        self.decide_at(judged, case, Moment { now, utc_offset_seconds, presented_again: false })
    }

    fn decide_at(&self, judged: &Judged<'_>, case: &Case, moment: Moment) -> Decision {
        let mut reasons = proofs(judged, moment);
        reasons.extend(self.in_force(moment));
        match judged.view {
            Some(view) => reasons.extend(self.of_document(judged, view, case, moment)),
            None => {
                // Every proof holds, and it is no document that is read.
                let read = reasons.iter().any(|reason| reason.effect.is_some());
                let finding = Finding::fail(Reason::DocumentNotLicence);
                reasons.extend((!read).then(|| fixed("document", vec![(&finding).into()])));
                let unreached = Check::from(&Finding::undetermined(Reason::NotReached));
                let rules = &self.document().rules;
                reasons.extend(rules.iter().map(|line| of_rule(line, vec![unreached.clone()])));
            }
        }
        let effects = reasons.iter().filter_map(|reason| reason.effect);
        let outcome = match effects.max() {
            Some(Effect::Refuse) => DecisionOutcome::Refuse,
            Some(Effect::Review) => DecisionOutcome::Review,
            Some(Effect::Note) | None => DecisionOutcome::Accept,
        };
        Decision { outcome, policy: self.reference(), at: moment.now, reasons }
    }

    fn reference(&self) -> PolicyRef {
        let document = self.document();
        let sha256 = base16ct::lower::encode_string(self.sha256());
        PolicyRef { id: document.id.clone(), version: document.version.clone(), sha256 }
    }

    /// Returns a reason if the policy is not in force on the day.
    fn in_force(&self, moment: Moment) -> Option<RuleReason> {
        let (document, today) = (self.document(), moment.now.date_at(moment.utc_offset_seconds));
        let reason = if today < document.valid_from {
            Reason::PolicyNotYet { date: document.valid_from }
        } else if document.valid_to < today {
            Reason::PolicyEnded { date: document.valid_to }
        } else {
            return None;
        };
        Some(fixed("policy", vec![(&Finding::undetermined(reason)).into()]))
    }

    fn of_document(
        &self,
        judged: &Judged<'_>,
        view: &LicenceView,
        case: &Case,
        moment: Moment,
    ) -> Vec<RuleReason> {
        let facts = &view.fields;
        let terms = self.terms(moment.now, moment.utc_offset_seconds);
        let days = Days::of(facts, &terms, moment.now);
        let mut reasons = Vec::new();
        reasons.extend(validity(self, judged, facts, &days, moment));
        if !judged.is_for_policies() {
            reasons.push(fixed("policy", vec![(&Finding::undetermined(Reason::JudgedOtherwise)).into()]));
        }
        if judged.signed != SignedPurpose::Unsaid
            && let Some(other) = other_purpose(judged.signed, facts, self.document().kind)
        {
            reasons.push(fixed("purpose", vec![(&other).into()]));
        }
        if let Some(contradiction) = contradiction(facts) {
            reasons.push(fixed("document", vec![(&contradiction).into()]));
        }
        let partner = Partner { policy: self, judged, view, case, days: &days, now: moment.now };
        let lines = self.document().rules.iter();
        let asked = lines.filter(|line| !(moment.presented_again && line.rule.is_about_age_of_status()));
        let rules: Vec<RuleReason> = asked.map(|line| of_rule(line, partner.checks(&line.rule))).collect();
        let applies = rules.iter().any(|reason| reason.outcome != RuleOutcome::NotApplicable);
        reasons.extend(rules);
        if !applies {
            reasons.push(fixed("policy", vec![(&Finding::undetermined(Reason::NoRuleApplies)).into()]));
        }
        let missing: Vec<Check> = self.missing(&partner);
        if !missing.is_empty() {
            reasons.push(fixed("facts", missing));
        }
        reasons
    }

    /// Returns a check for each fact that is asked and that was not shown, which no rule reads: a rule says so itself.
    fn missing(&self, partner: &Partner<'_>) -> Vec<Check> {
        let facts = &partner.view.fields;
        let document = self.document();
        let read: Vec<Fact> =
            document.rules.iter().flat_map(|line| line.rule.needs()).flatten().copied().collect();
        let validity = |fact: &Fact| policy::VALIDITY.contains(fact);
        let lines = document.facts.iter().filter(|asked| !asked.optional);
        let asked = lines.filter(|asked| self.is_asked_of(asked, facts.profile)).map(|asked| asked.fact);
        asked
            .filter(|fact| !read.contains(fact) && !validity(fact))
            .filter_map(|fact| partner.not_shown(&[fact]))
            .map(|finding| Check::from(&finding))
            .collect()
    }
}

/// Returns the reasons of layers 1 and 2, of the validity of the signed copy, and of its revocation.
fn proofs(judged: &Judged<'_>, moment: Moment) -> Vec<RuleReason> {
    let of_layer = |id, name| {
        let layer = judged.layer(id);
        let mut checks = layer.checks.clone();
        // What was not asked of the presenter is not known.
        if layer.state == CheckState::NotAsked {
            checks.iter_mut().for_each(|check| check.state = CheckState::Undetermined);
        }
        fixed(name, checks)
    };
    let mut reasons = vec![of_layer(LayerId::Issuer, "integrity"), of_layer(LayerId::Presenter, "presenter")];
    if judged.view.is_none() {
        reasons.push(of_layer(LayerId::Validity, "validity"));
    }
    let ended = |check: &&Check| check.code == Code::Own(ReasonCode::StatusListInvalid);
    let ended: Vec<Check> = judged.checks(LayerId::Status, CheckState::Fail).filter(ended).cloned().collect();
    if !ended.is_empty() && !moment.presented_again {
        reasons.push(fixed("revocation", ended));
    }
    let is_fresh = |check: &Check| check.code == Code::Own(ReasonCode::Fresh);
    let one_way = judged.layer(LayerId::Presenter).checks.iter().any(is_fresh);
    if judged.replay_unchecked && one_way && !moment.presented_again {
        reasons.push(fixed("replay", vec![(&Finding::undetermined(Reason::ReplayNotChecked)).into()]));
    }
    reasons
}

/// Returns the reason of the validity: of the signed copy, and of what the document says.
fn validity(
    policy: &Policy,
    judged: &Judged<'_>,
    facts: &Facts,
    days: &Days,
    moment: Moment,
) -> Option<RuleReason> {
    // What was judged at receipt, unless a new copy is thought to be presented on another day.
    let at_receipt = judged.layer(LayerId::Validity).checks.iter().filter(|_| !moment.presented_again);
    let mut checks: Vec<Check> = at_receipt.cloned().collect();
    let own = match facts.profile {
        Profile::Cn => Some(validity_check(facts, days.local)),
        Profile::Iso | Profile::Us | Profile::Id | Profile::Age => validity_abroad(facts, days),
    };
    let own = own.filter(|own| !own.is(ReasonCode::ValidityMissing) || policy.asks(Fact::ExpiryDate));
    let own = own.map(|own| Check::from(&own)).filter(|own| !checks.contains(own));
    checks.extend(own);
    (!checks.is_empty()).then(|| fixed("validity", checks))
}

/// Returns the reason of what is no rule: a failure refuses, and a doubt is for a person to review.
fn fixed(name: &'static str, checks: Vec<Check>) -> RuleReason {
    reason(name, checks, Effect::Refuse, Effect::Review)
}

fn of_rule(line: &RuleLine, checks: Vec<Check>) -> RuleReason {
    reason(line.rule.name(), checks, line.on_fail, line.on_undetermined)
}

fn reason(name: &'static str, checks: Vec<Check>, on_fail: Effect, on_undetermined: Effect) -> RuleReason {
    let state = CheckState::worst(checks.iter().map(|check| check.state));
    let outcome = RuleOutcome::of(state);
    let effect = match outcome {
        RuleOutcome::Pass | RuleOutcome::NotApplicable => None,
        RuleOutcome::Undetermined => Some(on_undetermined),
        RuleOutcome::Fail => Some(on_fail),
    };
    let code = checks.iter().find(|check| check.state == state).map(|check| check.code);
    RuleReason { rule: Cow::Borrowed(name), outcome, code, effect, checks }
}
