//! A partner's policy as a file: what is decided, what is printed, and what is refused.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::support::{Folder, check_schema, validate};

fn repository(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name).display().to_string()
}

/// Judges a European licence that was shown for a rental, by a policy and a case.
fn decided(folder: &Folder, policy: &str, case: &Value, more: &[&str]) -> Output {
    let payload = repository("tests/vectors/abroad-rental/presentation.bin");
    let trust = repository("tests/vectors/trust/germany.der");
    let case = folder.write("case.json", case.to_string()).display().to_string();
    let args = ["verify", &payload, "--trust", &trust, "--at", "2026-11-22T12:00:00Z"];
    folder.run(&[&args[..], &["--policy", policy, "--case", &case], more].concat())
}

fn rented() -> Value {
    json!({
        "vehicle": "car", "from": "2026-11-22", "until": "2026-11-25", "name": "Erika Mustermann",
        "number_end": "0129", "face": "same",
    })
}

fn json_of(output: &Output) -> Value {
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    check_schema(&json);
    json
}

#[test]
fn a_policy_accepts_refuses_or_leaves_it_to_a_person() {
    let (folder, policy) = (Folder::new(), repository("crate/verdict/policies/rental-car.json"));
    let mut late = rented();
    late["until"] = "2032-01-01".into();
    let mut open = rented();
    open["face"] = "not-sure".into();
    for (case, outcome, exit, code) in [
        (rented(), "accept", 0, "face-matches"),
        (late, "refuse", 1, "term-too-short"),
        (open, "review", 2, "face-not-sure"),
    ] {
        let output = decided(&folder, &policy, &case, &["--json"]);
        let json = json_of(&output);
        let decision = &json["decision"];
        assert_eq!(
            (decision["outcome"].as_str(), output.status.code()),
            (Some(outcome), Some(exit)),
            "{json:#}"
        );
        assert_eq!(decision["policy"]["id"], "rental-car");
        let reasons = decision["reasons"].as_array().unwrap();
        assert!(reasons.iter().any(|reason| reason["code"] == code), "{decision:#}");
        // What was verified is the same, whatever is decided.
        assert_eq!((json["verdict"].as_str(), json["policy"].as_str()), (Some("verified"), Some("none")));
    }
    let text = String::from_utf8(decided(&folder, &policy, &rented(), &[]).stdout).unwrap();
    assert!(text.starts_with("[+] Accept (policy rental-car, version 1)\n  + integrity: "), "{text}");
    assert!(text.contains("\n  - novice\n") && text.contains("  + booking: "), "{text}");
}

#[test]
fn what_if_says_on_which_day() {
    let (folder, policy) = (Folder::new(), repository("crate/verdict/policies/rental-car.json"));
    let output = decided(&folder, &policy, &rented(), &["--what-if", "3660", "--json"]);
    let json = json_of(&output);
    let flips = json["decision"]["whatIf"].as_array().unwrap();
    let ends = flips.iter().find(|flip| flip["rule"] == "valid-through").unwrap();
    // Three days' rental, of a licence until 2031-12-31; the policy itself ends before.
    assert_eq!((ends["date"].as_str(), ends["code"].as_str()), (Some("2031-12-29"), Some("term-too-short")));
    let policy_ends = flips.iter().find(|flip| flip["rule"] == "policy").unwrap();
    assert_eq!(policy_ends["date"], "2031-01-01");
    let text = String::from_utf8(decided(&folder, &policy, &rented(), &["--what-if", "10"]).stdout).unwrap();
    assert!(text.contains("No rule says anything else within these days"), "{text}");
}

#[test]
fn a_policy_is_checked() {
    let folder = Folder::new();
    let right = repository("crate/verdict/policies/insurance-proposal.json");
    let said = folder.done(&["policy", "check", &right]);
    assert!(said.contains("insurance-proposal") && said.contains("points (kept)"), "{said}");
    let json: Value = serde_json::from_str(&folder.done(&["policy", "check", &right, "--json"])).unwrap();
    let public: Value =
        serde_json::from_slice(&std::fs::read(repository("tests/vectors/policy-cases.json")).unwrap())
            .unwrap();
    assert_eq!(json["sha256"], public["policies"]["insurance-proposal"]);

    let text = std::fs::read_to_string(&right).unwrap();
    let wrong = folder.write("wrong.json", text.replace("\"birth-year\"", "\"sex\"")).display().to_string();
    let output = folder.run(&["policy", "check", &wrong]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(said.contains("[policy-json]"), "{said}");
    let idle = text.replace(
        "{\"fact\": \"points\"",
        "{\"fact\": \"sex\", \"intent_to_retain\": false},\n    {\"fact\": \"points\"",
    );
    let idle = folder.write("idle.json", idle).display().to_string();
    let said = String::from_utf8(folder.run(&["policy", "check", &idle]).stderr).unwrap();
    assert!(said.contains("The fact sex is asked") && said.contains("[policy-fact-unused]"), "{said}");
}

#[test]
fn what_a_policy_says_is_not_said_twice() {
    let (folder, policy) = (Folder::new(), repository("crate/verdict/policies/rental-car.json"));
    let twice = decided(&folder, &policy, &rented(), &["--state-class", "US-UT:D=car"]);
    assert_eq!(twice.status.code(), Some(3));
    let purpose = decided(&folder, "rental", &rented(), &[]);
    assert_eq!(purpose.status.code(), Some(3));
    assert!(String::from_utf8(purpose.stderr).unwrap().contains("--case"));
    let case = decided(&folder, &policy, &json!({ "name": 1 }), &[]);
    assert!(String::from_utf8(case.stderr).unwrap().contains("[case-form]"));
    let name = decided(&folder, "retnal", &rented(), &[]);
    assert!(String::from_utf8(name.stderr).unwrap().contains("retnal"));
}

#[test]
fn the_published_schema_takes_the_ready_policies_and_no_wrong_one() {
    let documents = std::fs::read_dir(repository("crate/verdict/policies")).unwrap();
    let mut count = 0;
    for document in documents {
        let text = std::fs::read_to_string(document.unwrap().path()).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        validate(&json, "policy.schema.json");
        let fails = |change: &dyn Fn(&mut Value)| {
            let mut json = json.clone();
            change(&mut json);
            std::panic::catch_unwind(|| validate(&json, "policy.schema.json")).is_err()
        };
        assert!(fails(&|json| json["more"] = 1.into()));
        assert!(fails(&|json| json["rules"][0]["rule"]["name"] = "no-such-rule".into()));
        assert!(fails(&|json| json["rules"][0]["rule"]["more"] = 1.into()));
        assert!(fails(&|json| json["facts"][0]["fact"] = "no-such-fact".into()));
        assert!(fails(&|json| drop(json.as_object_mut().unwrap().remove("contact"))));
        count += 1;
    }
    assert_eq!(count, 7);
}
