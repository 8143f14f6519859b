//! Policies of partners: read from files, checked, and what one decides.

use std::path::Path;

use anyhow::{Context as _, Result};
use batch::Partner;
use serde_json::{Map, Value, json};
use verdict::{Case, Colour, Decision, DecisionOutcome, Flip, Policy, PolicyError, RuleOutcome, RuleReason};

use crate::args::JudgeArgs;
use crate::exit::{Exit, wrong, wrong_code};
use crate::input;
use crate::output::Output;
use crate::say::{fill, next_step, say, tr};

/// Most bytes of a policy or a case that are read: more than either may have, so that it is refused with its own code.
const LIMIT: usize = 256 * 1024;

/// Reads the policy and the case of the arguments; `None` for a named purpose.
pub(crate) fn partner(args: &JudgeArgs) -> Result<Option<Partner>> {
    let Some(file) = args.policy.file() else {
        let lost = [("--case", args.case.is_some()), ("--what-if", args.what_if.is_some())];
        return match lost.into_iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(wrong("cli.wrong.policy-needed", &[("option", option)]).into()),
            None => Ok(None),
        };
    };
    let rules = &args.rules;
    let said = [
        ("--state-class", !rules.state_class.is_empty()),
        ("--iso-state", !rules.iso_state.is_empty()),
        ("--status-needed", rules.status_needed),
    ];
    if let Some((option, _)) = said.into_iter().find(|(_, given)| *given) {
        return Err(wrong("cli.wrong.policy-says", &[("option", option)]).into());
    }
    let policy = read(file)?;
    let case = match &args.case {
        Some(file) => {
            let bytes = input::read(file, LIMIT)?;
            let bytes = input::utf8(&bytes);
            Case::from_json(&bytes)
                .map_err(|error| wrong_code("cli.wrong.case", &input::name(file), error.code()))?
        }
        None => Case::default(),
    };
    Ok(Some(Partner::new(policy, case, rules.utc_offset).with_vehicle(args.vehicle, args.automatic)))
}

/// Reads a policy.
pub(crate) fn read(file: &Path) -> Result<Policy> {
    let bytes = input::read(file, LIMIT)?;
    Policy::from_json(&input::utf8(&bytes)).map_err(|error| refused(file, &error))
}

fn refused(file: &Path, error: &PolicyError) -> anyhow::Error {
    let message = error.message();
    let next = next_step(&message).unwrap_or_default();
    let reason = format!("{} {next}", say(&message));
    let shown = input::name(file);
    wrong("cli.wrong.policy", &[("file", &shown), ("reason", reason.trim()), ("code", error.code())]).into()
}

/// Runs `liangzheng policy check`.
pub(crate) fn check(file: &Path, as_json: bool, out: &mut Output) -> Result<Exit> {
    let policy = read(file)?;
    let (document, hash) = (policy.document(), input::to_hex(policy.sha256()));
    if as_json {
        out.json(&json!({ "id": document.id, "version": document.version, "sha256": hash }))?;
        return Ok(Exit::Done);
    }
    let (from, until) = (document.valid_from.to_string(), document.valid_to.to_string());
    let named = [
        ("id", document.id.as_str()),
        ("version", &document.version),
        ("from", &from),
        ("until", &until),
        ("hash", &hash),
    ];
    out.strong(&fill("cli.policy.right", &named))?;
    let rules: Vec<&str> = document.rules.iter().map(|line| line.rule.name()).collect();
    out.line(&format!("  {} {}", tr("cli.policy.rules"), rules.join(", ")))?;
    let facts = document.facts.iter().map(|asked| {
        let kept = if asked.intent_to_retain { tr("cli.policy.kept") } else { "" };
        format!("{}{kept}", asked.fact.code())
    });
    out.line(&format!("  {} {}", tr("cli.policy.facts"), facts.collect::<Vec<_>>().join(", ")))?;
    Ok(Exit::Done)
}

/// A decision, and what would change it.
pub(crate) struct Decided {
    pub(crate) decision: Decision,
    /// Which rules would say something else, if it was asked.
    pub(crate) flips: Option<Vec<Flip>>,
}

impl Decided {
    /// Returns the exit status: 0 accept, 1 refuse, 2 review.
    pub(crate) fn exit(&self) -> Exit {
        match self.decision.outcome {
            DecisionOutcome::Accept => Exit::Done,
            DecisionOutcome::Review => Exit::Undetermined,
            DecisionOutcome::Refuse => Exit::Refused,
        }
    }

    pub(crate) fn to_json(&self) -> Result<Value> {
        let reasons = self.decision.reasons.iter().map(|reason| {
            let checks = reason.checks.iter().map(|check| {
                json!({ "state": check.state.text(), "code": check.code.text(), "text": say(&check.message) })
            });
            let mut line = Map::new();
            line.insert("rule".into(), reason.rule.as_ref().into());
            line.insert("outcome".into(), json!(reason.outcome));
            line.insert("code".into(), json!(reason.code));
            line.insert("effect".into(), json!(reason.effect));
            line.insert("checks".into(), checks.collect());
            Value::Object(line)
        });
        let mut decision = json!({
            "outcome": self.decision.outcome,
            "policy": self.decision.policy,
            "reasons": reasons.collect::<Vec<_>>(),
        });
        if let Some((flips, decision)) = self.flips.as_ref().zip(decision.as_object_mut()) {
            decision.insert("whatIf".into(), serde_json::to_value(flips).context("JSON")?);
        }
        Ok(decision)
    }

    pub(crate) fn print(&self, out: &mut Output) -> Result<()> {
        let (colour, mark, key) = match self.decision.outcome {
            DecisionOutcome::Accept => (Colour::Green, "[+]", "cli.decision.accept"),
            DecisionOutcome::Review => (Colour::Amber, "[?]", "cli.decision.review"),
            DecisionOutcome::Refuse => (Colour::Red, "[x]", "cli.decision.refuse"),
        };
        let policy = &self.decision.policy;
        let words = fill(key, &[("policy", &policy.id), ("version", &policy.version)]);
        out.verdict(colour, &format!("{mark} {words}"))?;
        for reason in &self.decision.reasons {
            print_reason(reason, out)?;
        }
        for flip in self.flips.iter().flatten() {
            let (date, days) = (flip.date.to_string(), flip.in_days.to_string());
            let code = flip.code.map(|code| code.to_string()).unwrap_or_default();
            let key = match flip.decision {
                DecisionOutcome::Accept => "cli.what-if.accept",
                DecisionOutcome::Review => "cli.what-if.review",
                DecisionOutcome::Refuse => "cli.what-if.refuse",
            };
            let named = [("date", date.as_str()), ("days", &days), ("rule", &flip.rule), ("code", &code)];
            out.line(&format!("  {}", fill(key, &named)))?;
        }
        if self.flips.as_ref().is_some_and(Vec::is_empty) {
            out.line(&format!("  {}", tr("cli.what-if.nothing")))?;
        }
        Ok(())
    }
}

fn print_reason(reason: &RuleReason, out: &mut Output) -> Result<()> {
    let sign = match reason.outcome {
        RuleOutcome::Pass => "+",
        RuleOutcome::Fail => "x",
        RuleOutcome::Undetermined => "?",
        RuleOutcome::NotApplicable => "-",
    };
    let deciding = reason.checks.iter().find(|check| Some(check.code) == reason.code);
    let words = deciding.map(|check| format!(": {} [{}]", say(&check.message), check.code));
    out.line(&format!("  {sign} {}{}", reason.rule, words.unwrap_or_default()))?;
    let next = deciding.filter(|_| reason.effect.is_some()).and_then(|check| next_step(&check.message));
    next.map_or(Ok(()), |next| out.line(&format!("    {next}")))
}
