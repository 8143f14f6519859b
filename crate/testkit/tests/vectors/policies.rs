//! No policy accepts a hostile file: every file of `tests/vectors` against policies with random rules, parameters and effects.

use std::collections::BTreeMap;
use std::fs;

use liangzheng_testkit::guide;
use liangzheng_testkit::hostile::{Expectation, Verdict, judge::decide};
use liangzheng_testkit::random::TestRandom;
use serde_json::{Value, json};
use verdict::{Case, DecisionOutcome, LayerId, Policy, READY_POLICIES, Rule};

use crate::{expectations, folder};

/// Random policies for each file.
const POLICIES: usize = 24;

/// Picks an index below `count`.
fn pick(random: &mut TestRandom, count: usize) -> usize {
    usize::from(random.array::<1>()[0]) % count
}

fn effect(random: &mut TestRandom, harmless: bool) -> &'static str {
    let all = ["note", "review", "refuse"];
    all[if harmless { pick(random, 3) } else { 1 + pick(random, 2) }]
}

/// Returns a rule with random parameters, as a line of a policy.
fn line(random: &mut TestRandom, name: &str) -> Value {
    let when = ["now", "start", "period"][pick(random, 3)];
    let number = pick(random, 12) as u64;
    let rule = match name {
        "age" => json!({"name": name, "at_least": 1 + number * 4, "on": when}),
        "birth-year" => json!({"name": name, "on": when}),
        "vehicle" => {
            let vehicle = ["car", "lorry", "bus", "motorcycle", "car-light-trailer"][pick(random, 5)];
            json!({"name": name, "when": when, "vehicle": vehicle, "state_classes": ["US-UT:D=car"]})
        }
        "years-held" if number > 0 => json!({"name": name, "when": when, "at_least": number}),
        "years-held" | "valid-through" => json!({"name": name, "when": when}),
        "novice" => {
            let accept = ["without-trailer", "never"][pick(random, 2)];
            json!({"name": name, "when": when, "accept": accept})
        }
        "status" => {
            let accept = ["may-drive", "good", "normal"][pick(random, 3)];
            json!({"name": name, "when": when, "accept": accept, "needed": number > 6})
        }
        "status-age" => json!({"name": name, "at_most_hours": 1 + number * 700}),
        "points" => json!({"name": name, "below": 1 + number}),
        "points-bands" => json!({"name": name, "bands": [{"from": 0, "to": 5}, {"from": 6, "to": 11}]}),
        "booking" => json!({"name": name, "compare_name": true, "compare_number": number > 6}),
        "trusted-issuer" => json!({"name": name, "countries": ["CN", "DE", "US", "KR"]}),
        _ => json!({"name": name}),
    };
    let harmless = name != "status";
    json!({
        "rule": rule, "on_fail": effect(random, harmless), "on_undetermined": effect(random, harmless),
    })
}

const RULES: [&str; 15] = [
    "age",
    "birth-year",
    "vehicle",
    "years-held",
    "novice",
    "valid-through",
    "status",
    "status-age",
    "points",
    "points-bands",
    "booking",
    "face",
    "professional-certificate",
    "trusted-issuer",
    "strict",
];

/// Returns a policy with random rules that asks for what they read.
fn policy(random: &mut TestRandom) -> Policy {
    let driving = pick(random, 2) == 0;
    let mut names: Vec<&str> = RULES.into_iter().filter(|_| pick(random, 3) == 0).collect();
    if !driving {
        names.retain(|name| !["vehicle", "years-held", "novice"].contains(name));
    } else if !names.contains(&"status") {
        names.push("status");
    }
    if names.is_empty() {
        names.push("age");
    }
    let rules: Vec<Value> = names.iter().map(|name| line(random, name)).collect();
    let read = rules.iter().flat_map(|line| {
        let rule: Rule = serde_json::from_value(line["rule"].clone()).unwrap();
        rule.uses()
    });
    let mut facts: Vec<&str> = read.map(|fact| fact.code()).collect();
    facts.extend(driving.then_some("expiry-date"));
    facts.sort_unstable();
    facts.dedup();
    let facts: Vec<Value> = facts
        .iter()
        .map(|fact| json!({"fact": fact, "intent_to_retain": false, "optional": pick(random, 2) == 0}))
        .collect();
    let kind = ["rental", "insurance", "roadside", "age-only", "freight", "counter"][pick(random, 6)];
    let words = json!({"zh-CN": "测试", "en": "test"});
    let document = json!({
        "id": "random", "version": "1", "valid_from": "2000-01-01", "valid_to": "2099-12-31", "kind": kind,
        "purpose": words, "contact": words, "facts": facts, "rules": rules,
    });
    Policy::from_json(document.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error:?}: {document}"))
}

/// The layers by code. What is wrong with a status list is of the status.
fn layers() -> BTreeMap<String, LayerId> {
    let layer = |line: &guide::Line| if line.kind == "status" { Some(LayerId::Status) } else { line.layer };
    guide::lines().into_iter().filter_map(|line| Some((line.code.clone(), layer(&line)?))).collect()
}

/// Whether no policy may accept the file: its proofs fail or are in doubt, or the document is not valid.
fn is_hostile(expect: &Expectation, layers: &BTreeMap<String, LayerId>) -> bool {
    let layer = expect.code.as_ref().and_then(|code| layers.get(code));
    // A document without an end, of a policy that does not ask for it, is as right as it says.
    let asked = expect.code.as_deref() != Some("validity-missing");
    match expect.verdict {
        Verdict::Accepted => false,
        Verdict::Refused => true,
        Verdict::Fail | Verdict::Undetermined => {
            asked && matches!(layer, Some(LayerId::Issuer | LayerId::Presenter | LayerId::Validity))
        }
    }
}

/// A case in which everything is filled in, so that nothing is missing that would stop a policy from accepting.
fn case(expect: &Expectation) -> Case {
    let today = expect.at.date_at(8 * 3600);
    let names = json!({
        "vehicle": "car", "from": today.to_string(), "until": today.to_string(), "face": "same",
    });
    Case::from_json(names.to_string().as_bytes()).unwrap()
}

#[test]
fn no_random_policy_accepts_a_hostile_file() {
    let layers = layers();
    let mut random = TestRandom::new("policies");
    let ready = READY_POLICIES.iter().map(|(_, json)| Policy::from_json(json.as_bytes()).unwrap());
    let mut policies: Vec<Policy> = ready.collect();
    policies.extend((0..POLICIES).map(|_| policy(&mut random)));
    let (mut hostile, mut accepted_right, mut decided) = (0, 0, 0);
    for (rule, expect) in expectations() {
        let read = |name: &str| fs::read(folder().join(&rule).join(name)).unwrap();
        let decisions = decide(&expect, &read, &policies, &case(&expect));
        decided += decisions.len();
        let accepted: Vec<_> =
            decisions.iter().filter(|decision| decision.outcome == DecisionOutcome::Accept).collect();
        if is_hostile(&expect, &layers) && !decisions.is_empty() {
            hostile += 1;
            assert!(accepted.is_empty(), "{rule} ({:?}): {accepted:#?}", expect.code);
        } else {
            accepted_right += accepted.len();
        }
        // A status that is bad or in doubt is never accepted by a policy that reads it.
        let of_status = expect.code.as_ref().and_then(|code| layers.get(code)) == Some(&LayerId::Status);
        let by_age = ["status-old", "status-list-old", "status-needed"];
        let is_bad = of_status && !by_age.contains(&expect.code.as_deref().unwrap_or_default());
        for (policy, decision) in policies.iter().zip(&decisions).filter(|_| is_bad) {
            let reads = policy.document().rules.iter().any(|line| matches!(line.rule, Rule::Status { .. }));
            assert!(!reads || decision.outcome != DecisionOutcome::Accept, "{rule}: {decision:#?}");
        }
    }
    println!("{hostile} hostile files, {decided} decisions, {accepted_right} acceptances of right files");
    assert!(hostile > 200, "{hostile}");
    assert!(accepted_right > 100, "{accepted_right}: the policies accept nothing, so the test says nothing");
}
