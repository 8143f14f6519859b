//! `liangzheng record replay`.

use ::record::{
    Record, RecordedRule, ReplayCode, Replayed, ReplayedRule, RuleReplay, decision_name, replay, replay_terms,
};
use anyhow::Result;
use cbor::Timestamp;
use envelope::ReplayMemory;
use mdoc::{ReaderKey, TrustAnchors};
use native::Ring;
use serde_json::{Value, json};
use verdict::{Colour, Policy, VerifierContext};

use super::files::Files;
use super::lists::Hashed;
use crate::args::record::RecordReplayArgs;
use crate::exit::Exit;
use crate::output::Output;
use crate::say::{fill, moment, reason};
use crate::{judge, policy, revocation, status, trust, trust_file};

/// Runs the command.
pub(crate) fn run(args: &RecordReplayArgs, out: &mut Output) -> Result<Exit> {
    let files = Files::of(&args.journal);
    let read = files.read()?;
    let policies = args.policy.iter().map(|file| policy::read(file)).collect::<Result<Vec<Policy>>>()?;
    let reader_key = args.reader_key.as_deref().map(judge::reader_key).transpose()?;
    let given = Hashed::of(&args.trust)?;
    let indices = match &args.id {
        Some(id) => vec![read.find(id)?],
        None => (0..read.journal.len()).collect(),
    };
    let mut worst = Exit::Done;
    for index in indices {
        let (record, _) = read.record(index)?;
        let payload = files.read_payload(record.record_id)?;
        let replayed = again(&record, payload.as_deref(), &policies, &given, reader_key.as_ref())?;
        let exit = exit_of(&replayed);
        worst = match (worst, exit) {
            (Exit::Refused, _) | (_, Exit::Refused) => Exit::Refused,
            (Exit::Undetermined, _) | (_, Exit::Undetermined) => Exit::Undetermined,
            _ => Exit::Done,
        };
        if args.json {
            out.json(&to_json(&record, &replayed))?
        } else {
            print(&record, &replayed, exit, out)?
        }
    }
    Ok(worst)
}

fn exit_of(replayed: &Replayed) -> Exit {
    match replayed.codes.as_slice() {
        [] => Exit::Done,
        codes if codes.contains(&ReplayCode::Different) || codes.contains(&ReplayCode::PayloadOther) => {
            Exit::Refused
        }
        _ => Exit::Undetermined,
    }
}

fn again(
    record: &Record,
    payload: Option<&[u8]>,
    policies: &[Policy],
    given: &Hashed,
    reader_key: Option<&ReaderKey>,
) -> Result<Replayed> {
    let is_its = |policy: &&Policy| crate::input::to_hex(policy.sha256()) == record.policy.sha256;
    let hashed = given.of_record(&record.lists);
    let (now, signatures) = (record.event_time.0, Ring::default());
    let mut missing = record.lists.compare(&hashed.lists());
    let Some(policy) = policies.iter().find(is_its) else {
        missing.insert(0, ReplayCode::PolicyOther);
        return Ok(stopped(missing));
    };
    if !missing.is_empty() {
        return Ok(stopped(missing));
    }
    let trust = anchors(&hashed, now, &signatures)?;
    let status: Vec<_> = hashed.status.into_values().collect();
    let (lists, memory) = (status::at_hand(&status, &trust, now, &signatures)?, ReplayMemory::new());
    let terms = replay_terms(record, policy);
    let settings = &record.settings;
    let context = VerifierContext {
        now,
        clock_floor: settings.clock_floor.map_or(Timestamp::from_unix(0), |floor| floor.0),
        trust: &trust,
        memory: &memory,
        audience: settings.audience.as_deref(),
        status_lists: &lists,
        terms: &terms,
        signatures: &signatures,
        strict: settings.strict,
    };
    Ok(replay(record, payload, policy, reader_key, &context))
}

fn stopped(codes: Vec<ReplayCode>) -> Replayed {
    Replayed { rules: Vec::new(), gone: Vec::new(), codes, decision: None }
}

/// Returns the trust of then.
fn anchors(hashed: &Hashed, now: Timestamp, signatures: &Ring) -> Result<TrustAnchors> {
    let paths =
        |map: &std::collections::BTreeMap<_, std::path::PathBuf>| map.values().cloned().collect::<Vec<_>>();
    let roots = trust_file::roots(&paths(&hashed.roots))?;
    let files = trust::Files {
        trusted: &paths(&hashed.trust),
        signers: &paths(&hashed.signers),
        demo: hashed.demo.is_some(),
        roots: &roots,
        strict: false,
    };
    let mut trust = trust::anchors(&files, now, signatures)?;
    for file in hashed.crl.values() {
        revocation::of_file(file)?.add_to(&mut trust, signatures);
    }
    hashed.revoked.iter().for_each(|hash| trust.revoke(hash.0));
    Ok(trust)
}

fn state(rule: &ReplayedRule) -> &'static str {
    match rule.state {
        RuleReplay::Same => "same",
        RuleReplay::Gone => "gone",
        RuleReplay::Different => "different",
    }
}

fn to_json(record: &Record, replayed: &Replayed) -> Value {
    let rules = replayed
        .rules
        .iter()
        .map(|rule| json!({ "recorded": rule.recorded, "replayed": rule.replayed, "state": state(rule) }));
    json!({
        "record_id": record.record_id,
        "recorded": record.decision,
        "replayed": replayed.decision,
        "codes": replayed.codes.iter().map(|code| code.code()).collect::<Vec<_>>(),
        "gone": replayed.gone.iter().map(|fact| fact.code()).collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
    })
}

fn print(record: &Record, replayed: &Replayed, exit: Exit, out: &mut Output) -> Result<()> {
    let (id, at) = (record.record_id.to_hex(), moment(record.event_time.0));
    let values = [("id", id.as_str()), ("at", &at), ("decision", decision_name(record.decision))];
    let (colour, key) = match exit {
        Exit::Done => (Colour::Green, "cli.replay.same"),
        Exit::Refused => (Colour::Red, "cli.replay.different"),
        Exit::Undetermined | Exit::Usage => (Colour::Amber, "cli.replay.open"),
    };
    out.verdict(colour, &fill(key, &values))?;
    for code in &replayed.codes {
        let facts: Vec<&str> = replayed.gone.iter().map(|fact| fact.code()).collect();
        let facts = match code {
            ReplayCode::FactsGone => format!(" {}", facts.join(", ")),
            _ => String::new(),
        };
        out.line(&format!("  {}{facts} [{}]", reason(code.code()), code.code()))?;
    }
    // Codes alone: the values of their sentences are not in a record.
    let code = |rule: Option<&RecordedRule>| {
        let code = rule.and_then(|rule| rule.code.as_deref()).unwrap_or("-");
        licence::ShownText::new(code, 64)
    };
    for rule in &replayed.rules {
        let name = rule.recorded.as_ref().or(rule.replayed.as_ref()).map_or("", |rule| rule.rule.as_str());
        let name = licence::ShownText::new(name, 64);
        let (was, is) = (code(rule.recorded.as_ref()), code(rule.replayed.as_ref()));
        let values = [("rule", name.as_str()), ("was", was.as_str()), ("is", is.as_str())];
        match rule.state {
            RuleReplay::Gone if rule.recorded.is_some() => {
                out.line(&format!("  ? {}", fill("cli.replay.rule-gone", &values)))?;
            }
            RuleReplay::Different => {
                out.line(&format!("  x {}", fill("cli.replay.rule-different", &values)))?
            }
            RuleReplay::Same | RuleReplay::Gone => {}
        }
    }
    Ok(())
}
