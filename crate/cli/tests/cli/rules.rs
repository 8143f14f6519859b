//! What a verifier knows and demands beyond the policy: classes of states, a status, its time zone.

use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, Judged, hex};

fn file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(name).display().to_string()
}

/// The clock of a vector, as RFC 3339.
fn at(rule: &str) -> String {
    let expect: Value =
        serde_json::from_slice(&std::fs::read(file(&format!("{rule}/expect.json"))).unwrap()).unwrap();
    cbor::Timestamp::from_unix(expect["at"].as_i64().unwrap()).format_tdate()
}

/// Judges a vector of another country for a policy, with more arguments.
fn judged(rule: &str, country: &str, policy: &str, more: &[&str]) -> Judged {
    let (payload, trust) = (file(&format!("{rule}/presentation.bin")), file(&format!("trust/{country}.der")));
    let at = at(rule);
    let args = ["verify", &payload, "--trust", &trust, "--at", &at, "--policy", policy];
    Folder::new().judge(&[&args[..], more].concat())
}

#[test]
fn a_class_of_a_state_covers_what_the_verifier_names() {
    let class = |more: &[&str]| judged("abroad-state-class", "united-states", "rental", more);
    let review = class(&[]);
    assert!(review.is("undetermined", Some("state-class")));
    let words = review.json["reasons"][0]["text"].as_str().unwrap();
    assert!(words.contains("D (Operator)"), "{words}");
    let named = class(&["--state-class", "US-UT:D=car"]);
    assert!(named.is("verified", None), "{:?}", named.codes);
    let restrictions = named.json["subline"].as_str().unwrap();
    assert!(restrictions.contains("Corrective lenses"), "{restrictions}");
    let several = ["--state-class", "US-NY:D=car", "--state-class", "US-UT:D=car"];
    assert!(class(&several).is("verified", None));
    for other in ["US-NY:D=car", "US-UT:C=car", "US-UT:D=motorcycle"] {
        let other = class(&["--state-class", other]);
        assert!(other.is("undetermined", Some("state-class")), "{:?}", other.codes);
    }
    // Its ISO category is C, which is no car's.
    assert!(class(&["--iso-state", "US-UT"]).is("refused", Some("class-not-covered")));
}

#[test]
fn a_document_without_a_status_is_undetermined_where_one_is_needed() {
    for policy in ["none", "rental", "counter"] {
        let judged = |more: &[&str]| judged("abroad-rental", "germany", policy, more);
        assert!(judged(&[]).is("verified", None), "{policy}");
        let needed = judged(&["--status-needed"]);
        assert!(needed.is("undetermined", Some("status-needed")), "{policy}: {:?}", needed.codes);
    }
    assert!(judged("abroad-pid-age", "germany", "age", &["--status-needed"]).is("verified", None));
    // A licence that has a status has it.
    let (valid, trust, at) = (file("valid/presentation.bin"), file("valid/iaca.der"), at("valid"));
    let args = ["verify", &valid, "--trust", &trust, "--at", &at, "--status-needed"];
    assert!(Folder::new().judge(&args).is("verified", None));
}

#[test]
fn the_day_is_that_of_the_verifier() {
    // In Shanghai it is the birthday, and the day before in the United States.
    let age = |more: &[&str]| judged("abroad-birthday-today", "united-states", "age", more);
    assert!(age(&[]).is("undetermined", Some("day-undecided")));
    assert!(age(&["--utc-offset", "+08:00"]).is("undetermined", Some("day-undecided")));
    assert!(age(&["--utc-offset", "-07:00"]).is("refused", Some("age-below")));
    assert!(age(&["--utc-offset=-07:00"]).is("refused", Some("age-below")));
}

#[test]
fn an_archive_is_judged_by_the_same_rules() {
    let folder = Folder::new();
    let line = |rule: &str| {
        let presentation = hex(&std::fs::read(file(&format!("{rule}/presentation.bin"))).unwrap());
        serde_json::json!({ "id": rule, "presentation": presentation, "at": at(rule) }).to_string() + "\n"
    };
    folder.write("archive", line("abroad-state-class") + &line("abroad-birthday-today"));
    let trust = file("trust/united-states.der");
    let run = |policy: &str, more: &[&str]| {
        let args = ["verify", "archive", "--batch", "--jobs", "1", "--trust", &trust, "--policy", policy];
        String::from_utf8(folder.run(&[&args[..], more].concat()).stdout).unwrap()
    };
    let verdict = |out: &str, rule: &str| {
        let mut lines = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.find(|line| line["id"] == rule).unwrap()
    };
    let class = verdict(&run("rental", &["--state-class", "US-UT:D=car"]), "abroad-state-class");
    assert_eq!(class["verdict"], "verified", "{class}");
    let class =
        verdict(&run("rental", &["--state-class", "US-UT:D=car", "--status-needed"]), "abroad-state-class");
    assert_eq!(class["reasons"], serde_json::json!(["status-needed"]));
    let age = verdict(&run("age", &["--utc-offset", "-07:00"]), "abroad-birthday-today");
    assert_eq!(age["reasons"], serde_json::json!(["age-below"]));
}

#[test]
fn a_rule_that_cannot_be_read_is_wrong_usage() {
    let folder = Folder::new();
    for (flag, value, said) in [
        ("--state-class", "D", "STATE:CLASS=VEHICLE"),
        ("--state-class", "Utah:D=car", "ISO 3166-2"),
        ("--state-class", "US-UT:D=boat", "unknown vehicle"),
        ("--iso-state", "Utah", "ISO 3166-2"),
        ("--utc-offset", "Asia/Shanghai", "+08:00"),
    ] {
        let output = folder.run(&["verify", "nowhere", flag, value]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(3) && error.contains(said), "{flag} {value}: {error}");
    }
    let help = folder.done(&["verify", "--help"]);
    for flag in ["--state-class", "--iso-state", "--status-needed", "--utc-offset", "US-UT:D=car"] {
        assert!(help.contains(flag), "{flag}");
    }
}
