//! Records on the command line: added, checked (`T-record-rewritten`), found again, decided again, erased.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};

use crate::support::{Folder, validate};

const AT: &str = "2026-11-22T12:00:00Z";
const NAME: &str = "rental.example/desk-7";

fn repository(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name).display().to_string()
}

/// A desk that records what it decides about a European licence.
struct Desk {
    folder: Folder,
    policy: String,
    case: String,
}

impl Desk {
    fn new() -> Self {
        Self::with(&repository("crate/verdict/policies/rental-car.json"))
    }

    /// A desk whose policy keeps whatever it reads but the face.
    fn that_keeps_all() -> Self {
        let text = std::fs::read_to_string(repository("crate/verdict/policies/rental-car.json")).unwrap();
        let mut json: Value = serde_json::from_str(&text).unwrap();
        json["facts"].as_array_mut().unwrap().remove(0);
        json["rules"].as_array_mut().unwrap().pop();
        for fact in json["facts"].as_array_mut().unwrap() {
            fact["intent_to_retain"] = true.into();
        }
        let folder = Folder::new();
        let policy = folder.write("policy.json", json.to_string()).display().to_string();
        Self { policy, ..Self::with("") }.moved(folder)
    }

    fn with(policy: &str) -> Self {
        Self { folder: Folder::new(), policy: policy.into(), case: String::new() }.moved(Folder::new())
    }

    fn moved(self, folder: Folder) -> Self {
        let case = json!({
            "vehicle": "car", "from": "2026-11-22", "until": "2026-11-25", "name": "Erika Mustermann",
            "number_end": "0129", "face": "same",
        });
        let case = folder.write("case.json", case.to_string()).display().to_string();
        // A private key of tests alone.
        folder.write("key.hex", "07".repeat(32));
        Self { folder, case, ..self }
    }

    fn decides(&self, more: &[&str]) -> Output {
        let payload = repository("tests/vectors/abroad-rental/presentation.bin");
        let trust = repository("tests/vectors/trust/germany.der");
        let args = ["verify", &payload, "--trust", &trust, "--at", AT, "--policy", &self.policy];
        self.folder.run(&[&args[..], &["--case", &self.case, "--record", "desk.ndjson"], more].concat())
    }

    /// Adds a record that keeps, and signs; returns its id.
    fn records(&self, more: &[&str]) -> String {
        let before = self.lines();
        let kept = ["--keep", "180", "--operator", "desk-7", "--record-key", "key.hex", "--origin", NAME];
        let output = self.decides(&[&kept, more].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("Recorded in desk.ndjson"), "{said}");
        let lines = self.lines();
        assert_eq!(lines.len(), before.len() + 1);
        let json: Value = serde_json::from_str(lines.last().unwrap()).unwrap();
        json["record_id"].as_str().unwrap().to_owned()
    }

    fn lines(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.file("desk.ndjson")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn write(&self, lines: &[String]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        self.folder.write("desk.ndjson", text);
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.file(name)
    }

    /// Checks the journal: the exit status, and the codes with their lines.
    fn verifies(&self, more: &[&str]) -> (i32, Vec<(String, Option<u64>)>, Value) {
        let args = [&["record", "verify", "desk.ndjson", "--json"], more].concat();
        let output = self.folder.run(&args);
        let json: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        let of = |finding: &Value| {
            (finding["code"].as_str().unwrap().to_owned(), finding.get("line").and_then(Value::as_u64))
        };
        let codes = json["findings"].as_array().unwrap().iter().map(of).collect();
        (output.status.code().unwrap(), codes, json)
    }

    fn replays(&self, more: &[&str]) -> (i32, Vec<Value>) {
        let trust = repository("tests/vectors/trust/germany.der");
        let args = ["record", "replay", "desk.ndjson", "--json", "--policy", &self.policy, "--trust", &trust];
        let output = self.folder.run(&[&args[..], more].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        let values = serde_json::Deserializer::from_str(&text).into_iter().collect::<Result<_, _>>();
        (output.status.code().unwrap(), values.unwrap())
    }
}

fn found(code: &str, line: u64) -> (String, Option<u64>) {
    (code.to_owned(), Some(line))
}

#[test]
fn a_decision_is_recorded_and_the_journal_is_whole() {
    let desk = Desk::new();
    let id = desk.records(&["--place", "上海虹桥店", "--receipt", "receipt.json"]);
    desk.records(&[]);
    let (exit, codes, json) = desk.verifies(&[]);
    assert_eq!((exit, codes.len()), (0, 0), "{json:#}");
    assert_eq!((&json["records"], &json["payloads"], &json["erased"]), (&2.into(), &2.into(), &0.into()));
    assert_eq!(json["signed"], 2);
    let text = desk.folder.done(&["record", "verify", "desk.ndjson"]);
    assert!(text.starts_with("[+] Whole: records 2, payloads kept 2, erased 0"), "{text}");
    // What is written is of the published schema, and small.
    let line: Value = serde_json::from_str(&desk.lines()[0]).unwrap();
    validate(&line, "record.schema.json");
    assert_eq!((&line["decision"], &line["entity_id"]), (&"accept".into(), &"desk-7".into()));
    let receipt = std::fs::read_to_string(desk.file("receipt.json")).unwrap();
    validate(&serde_json::from_str(&receipt).unwrap(), "record.schema.json#/$defs/Receipt");
    assert!(receipt.len() < 1500, "{}", receipt.len());
    let payload =
        std::fs::read_to_string(desk.file("desk.ndjson.payloads").join(format!("{id}.json"))).unwrap();
    validate(&serde_json::from_str(&payload).unwrap(), "record.schema.json#/$defs/Payload");
    // No value of an element.
    for secret in ["Erika", "Mustermann", "\"0129", "0129\""] {
        assert!(!desk.lines()[0].contains(secret), "{secret}");
    }
}

#[test]
fn each_kind_of_tampering_has_its_code() {
    let desk = Desk::new();
    for _ in 0..4 {
        desk.records(&["--receipt", "receipt.json"]);
        std::fs::rename(desk.file("receipt.json"), desk.file("last.json")).unwrap();
    }
    let whole = desk.lines();
    let is = |lines: &[String], more: &[&str]| {
        desk.write(lines);
        let (exit, codes, _) = desk.verifies(more);
        assert_eq!(exit, 1, "{codes:?}");
        codes
    };
    let mut changed = whole.clone();
    changed[1] = changed[1].replace("desk-7", "desk-8");
    assert!(is(&changed, &[]).contains(&found("record-changed", 2)));
    let mut removed = whole.clone();
    removed.remove(1);
    assert!(is(&removed, &[]).contains(&found("record-missing", 2)));
    let mut swapped = whole.clone();
    swapped.swap(1, 2);
    assert!(is(&swapped, &[]).contains(&found("record-reordered", 2)));
    let cut = is(&whole[..3], &[]);
    assert!(cut.contains(&("journal-cut-off".to_owned(), None)), "{cut:?}");
    // Without the checkpoint the receipt tells it.
    std::fs::remove_file(desk.file("desk.ndjson.checkpoint")).unwrap();
    desk.write(&whole[..3]);
    assert!(
        desk.verifies(&[]).1.iter().all(|(code, _)| code == "payload-stray"),
        "what was kept is left over"
    );
    let last: Value = serde_json::from_str(&whole[3]).unwrap();
    let left = format!("desk.ndjson.payloads/{}.json", last["record_id"].as_str().unwrap());
    let kept = std::fs::read(desk.file(&left)).unwrap();
    std::fs::remove_file(desk.file(&left)).unwrap();
    assert_eq!(desk.verifies(&[]).0, 0);
    let cut = is(&whole[..3], &["--receipt", "last.json"]);
    assert!(cut.contains(&("journal-cut-off".to_owned(), None)), "{cut:?}");
    // And that the last record was changed.
    let mut changed = whole.clone();
    changed[3] = changed[3].replace("desk-7", "desk-8");
    assert!(is(&changed, &["--receipt", "last.json"]).contains(&found("record-changed", 4)));
    desk.write(&whole);
    desk.folder.write(&left, kept);
    assert_eq!(desk.verifies(&["--receipt", "last.json"]).0, 0);
    // Nothing is added to what is not whole.
    desk.write(&removed);
    let output = desk.decides(&[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("[journal-not-whole]"));
    assert_eq!(desk.lines(), removed);
}

#[test]
fn a_journal_that_was_written_anew_is_not_what_was_signed() {
    let (desk, other) = (Desk::new(), Desk::new());
    (0..3).for_each(|_| drop(desk.records(&[])));
    (0..3).for_each(|_| drop(other.records(&["--place", "elsewhere"])));
    desk.write(&other.lines());
    let (exit, codes, _) = desk.verifies(&[]);
    assert_eq!(exit, 1);
    assert!(codes.contains(&("journal-rewritten".to_owned(), None)), "{codes:?}");
}

#[test]
fn a_checkpoint_counts_by_its_key() {
    let desk = Desk::new();
    desk.records(&["--receipt", "receipt.json"]);
    let key = std::fs::read_to_string(desk.file("desk.ndjson.vkey")).unwrap();
    assert!(key.starts_with("rental.example/desk-7+"), "{key}");
    assert_eq!(desk.verifies(&["--key", key.trim(), "--receipt", "receipt.json"]).0, 0);
    // Another key of the same name has not signed it.
    let other = Desk::new();
    other.folder.write("key.hex", "08".repeat(32));
    other.records(&[]);
    let other = std::fs::read_to_string(other.file("desk.ndjson.vkey")).unwrap();
    let (exit, codes, _) = desk.verifies(&["--key", other.trim()]);
    assert_eq!((exit, codes[0].0.as_str()), (1, "note-unsigned"));
    // Without a key it is not checked, and what it says still counts.
    std::fs::remove_file(desk.file("desk.ndjson.vkey")).unwrap();
    let (exit, codes, _) = desk.verifies(&[]);
    assert_eq!((exit, codes[0].0.as_str()), (2, "note-not-checked"));
    let bad = desk.folder.run(&["record", "verify", "desk.ndjson", "--key", "a+b+c"]);
    assert_eq!(bad.status.code(), Some(3));
    assert!(String::from_utf8(bad.stderr).unwrap().contains("[note-key]"));
    // A number in the note is changed.
    let note = std::fs::read_to_string(desk.file("desk.ndjson.checkpoint")).unwrap();
    desk.folder.write("desk.ndjson.checkpoint", note.replace("\n1\n", "\n2\n"));
    let (exit, codes, _) = desk.verifies(&["--key", key.trim()]);
    assert_eq!((exit, codes[0].0.as_str()), (1, "note-signature"));
}

#[test]
fn what_is_erased_leaves_the_journal_whole() {
    let desk = Desk::new();
    let ids = [desk.records(&[]), desk.records(&[])];
    let said = desk.folder.done(&["record", "erase", "desk.ndjson", &ids[0][..12]]);
    assert!(said.contains(&ids[0]) && said.contains("payloads erased: 1"), "{said}");
    let (exit, codes, json) = desk.verifies(&[]);
    assert_eq!((exit, codes.len()), (0, 0));
    assert_eq!((&json["payloads"], &json["erased"]), (&1.into(), &1.into()));
    let text = desk.folder.done(&["record", "verify", "desk.ndjson"]);
    assert!(text.contains("erased 1"), "{text}");
    // The other is due after 180 days.
    let due = |at: &str| desk.folder.done(&["record", "erase", "desk.ndjson", "--due", "--at", at]);
    assert!(due("2027-05-20T00:00:00Z").contains("payloads erased: 0"));
    assert!(due("2027-05-22T00:00:00Z").contains("payloads erased: 1"));
    assert_eq!(desk.verifies(&[]).2["erased"], 2);
    // What is changed and what is left over is told.
    let id = desk.records(&[]);
    let folder = desk.file("desk.ndjson.payloads");
    let path = folder.join(format!("{id}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("2026-11-25", "2026-11-26")).unwrap();
    std::fs::write(folder.join("left.json"), "{}").unwrap();
    let (exit, codes, _) = desk.verifies(&[]);
    assert_eq!(exit, 1);
    assert!(codes.contains(&found("payload-changed", 3)), "{codes:?}");
    assert!(codes.iter().any(|(code, _)| code == "payload-stray"));
}

#[test]
fn the_same_decision_years_later() {
    let desk = Desk::that_keeps_all();
    let id = desk.records(&[]);
    let (exit, replayed) = desk.replays(&[]);
    assert_eq!((exit, replayed.len()), (0, 1), "{replayed:#?}");
    assert_eq!((&replayed[0]["recorded"], &replayed[0]["replayed"]), (&"accept".into(), &"accept".into()));
    assert!(replayed[0]["rules"].as_array().unwrap().iter().all(|rule| rule["state"] == "same"));
    let policy = desk.policy.clone();
    let trust = repository("tests/vectors/trust/germany.der");
    let text = desk.folder.done(&["record", "replay", "desk.ndjson", "--policy", &policy, "--trust", &trust]);
    assert!(text.starts_with(&format!("[+] {id} ")) && text.contains("the same decision, accept"), "{text}");
    // A list that was not used is passed over; one that is missing is said.
    let other = repository("tests/vectors/trust/test-authority.der");
    assert_eq!(desk.replays(&["--trust", &other]).0, 0);
    let run = |policy: &str, trust: &str| {
        let output =
            desk.folder.run(&["record", "replay", "desk.ndjson", "--policy", policy, "--trust", trust]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (exit, said) = run(&policy, &other);
    assert!(exit == Some(2) && said.contains("[replay-file-missing]"), "{said}");
    let (exit, said) = run(&repository("crate/verdict/policies/rental-car.json"), &trust);
    assert!(exit == Some(2) && said.contains("[replay-policy-other]"), "{said}");
    desk.folder.done(&["record", "erase", "desk.ndjson", &id]);
    let (exit, replayed) = desk.replays(&["--id", &id]);
    assert_eq!((exit, &replayed[0]["codes"]), (2, &json!(["replay-payload-gone"])));
}

#[test]
fn a_replay_says_which_facts_are_gone() {
    let desk = Desk::new();
    desk.records(&[]);
    let (exit, replayed) = desk.replays(&[]);
    assert_eq!((exit, &replayed[0]["codes"]), (2, &json!(["replay-facts-gone"])), "{replayed:#?}");
    let trust = repository("tests/vectors/trust/germany.der");
    let args = ["record", "replay", "desk.ndjson", "--policy", &desk.policy, "--trust", &trust];
    let said = String::from_utf8(desk.folder.run(&args).stdout).unwrap();
    assert!(said.contains("  ? vehicle: as recorded [category-covers]") && !said.contains('{'), "{said}");
    let gone = replayed[0]["gone"].as_array().unwrap();
    for fact in ["portrait", "privileges", "expiry-date"] {
        assert!(gone.contains(&fact.into()), "{fact}: {gone:?}");
    }
    assert!(!gone.contains(&"name".into()));
}

#[test]
fn a_person_overrides_with_a_reason() {
    let desk = Desk::new();
    let case = json!({ "vehicle": "car", "from": "2026-11-22", "until": "2032-01-01", "name": "Erika Mustermann",
        "number_end": "0129", "face": "same" });
    desk.folder.write("case.json", case.to_string());
    let output = desk.decides(&["--override", "accept", "--operator", "desk-7"]);
    assert_eq!(output.status.code(), Some(3), "a reason is needed");
    desk.records(&["--override", "accept", "--override-reason", "=returned earlier, by phone"]);
    let line: Value = serde_json::from_str(&desk.lines()[0]).unwrap();
    assert_eq!((&line["decision"], &line["override"]["decision"]), (&"refuse".into(), &"accept".into()));
    assert_eq!(line["override"]["by"], "desk-7");
    let listed = desk.folder.done(&["record", "list", "desk.ndjson"]);
    assert!(listed.contains("refuse → accept") && listed.contains("term-too-short"), "{listed}");
    let csv = desk.folder.done(&["record", "export", "desk.ndjson", "--csv"]);
    assert!(csv.contains("\"'=returned earlier, by phone\""), "{csv}");
    // What is not trusted cannot be overridden, and nothing is written.
    let payload = repository("tests/vectors/abroad-rental/presentation.bin");
    let trust = repository("tests/vectors/trust/test-authority.der");
    let args = ["verify", &payload, "--trust", &trust, "--at", AT, "--policy", &desk.policy];
    let more =
        ["--record", "desk.ndjson", "--operator", "x", "--override", "accept", "--override-reason", "y"];
    let output = desk.folder.run(&[&args[..], &more].concat());
    assert!(String::from_utf8(output.stderr).unwrap().contains("[override-not-allowed]"));
    assert_eq!(desk.lines().len(), 1);
}

#[test]
fn records_are_listed_shown_and_exported() {
    let desk = Desk::new();
    let id = desk.records(&["--place", "Hongqiao"]);
    desk.records(&["--place", "Pudong"]);
    let count = |more: &[&str]| {
        let listed = desk.folder.done(&[&["record", "list", "desk.ndjson", "--json"], more].concat());
        for line in listed.lines() {
            validate(&serde_json::from_str(line).unwrap(), "record.schema.json");
        }
        listed.lines().count()
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--text", "hongqiao RENTAL-CAR"]), 1);
    assert_eq!(count(&["--decision", "refuse"]), 0);
    assert_eq!(count(&["--from", AT, "--to", "2026-11-22T12:00:01Z"]), 2);
    assert_eq!(count(&["--to", AT]), 0);
    let shown = desk.folder.done(&["record", "show", "desk.ndjson", &id[..8]]);
    for text in [
        id.as_str(),
        "accept",
        "Hongqiao",
        "rental-car 1",
        "kept until 2027-05-21",
        "+ vehicle: class-covers",
    ] {
        assert!(shown.contains(text) || text.contains("class-covers"), "{text}: {shown}");
    }
    let line = desk.folder.done(&["record", "show", "desk.ndjson", &id, "--json"]);
    assert_eq!(line.trim_end(), desk.lines()[0]);
    let receipt = desk.folder.done(&["record", "receipt", "desk.ndjson", &id]);
    desk.folder.write("receipt.json", receipt);
    assert_eq!(desk.verifies(&["--receipt", "receipt.json"]).0, 0);
    let array: Value =
        serde_json::from_str(&desk.folder.done(&["record", "export", "desk.ndjson", "--json"])).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 2);
    let csv = desk.folder.done(&["record", "export", "desk.ndjson", "--csv", "--text", "pudong"]);
    assert_eq!((csv.lines().count(), csv.starts_with("\u{feff}sequence,record_id,")), (2, true));
    for wrong in [vec!["record", "show", "desk.ndjson", "ffff"], vec!["record", "show", "desk.ndjson", ""]] {
        assert_eq!(desk.folder.run(&wrong).status.code(), Some(3));
    }
}

/// Several desks of one journal: each waits for the other.
#[test]
fn records_that_are_added_at_once_are_all_there() {
    let desk = Desk::new();
    desk.records(&[]);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| drop(desk.decides(&["--keep", "1", "--record-key", "key.hex"])));
        }
    });
    let (exit, codes, json) = desk.verifies(&[]);
    assert_eq!((exit, codes.len(), &json["records"], &json["signed"]), (0, 0, &7.into(), &7.into()));
}

/// A session of a verifier's own, and what the issuer signed alone, are decided again as well.
#[test]
fn presentations_of_other_forms_are_decided_again() {
    let desk = Desk::that_keeps_all();
    let at = ["--at", AT];
    let done = |args: &[&str]| desk.folder.done(&[args, &at].concat());
    done(&["authority", "init", "authority"]);
    done(&["authority", "issue", "authority", "--demo", "lin", "--out", "lin.mdoc"]);
    let session =
        ["--openid4vp", "x509_san_dns:rental.example", "n-0S6_WzA2Mj", "https://rental.example/answer"];
    let present =
        ["present", "lin.mdoc", "--key", "lin.key.pem", "--trust", "authority/iaca.pem", "--out", "a.cbor"];
    done(&[&present[..], &session].concat());
    let run = |file: &str, more: &[&str]| {
        let args =
            ["verify", file, "--trust", "authority/iaca.pem", "--policy", &desk.policy, "--case", &desk.case];
        let record = ["--record", "desk.ndjson", "--keep", "30"];
        let output = desk.folder.run(&[&args[..], &record, &at, more].concat());
        assert!(output.status.code().unwrap() < 3, "{}", String::from_utf8_lossy(&output.stderr));
    };
    run("a.cbor", &session);
    run("a.cbor", &["--issuer-only"]);
    run("a.cbor", &[]);
    run("lin.mdoc", &["--issuer-only"]);
    let forms: Vec<Value> = desk
        .lines()
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["collection_method"].clone())
        .collect();
    assert_eq!(forms, ["session", "issuer-data", "unbound", "issuer-data"]);
    let (_, replayed) = desk.replays(&["--trust", "authority/iaca.pem"]);
    for (replayed, form) in replayed.iter().zip(&forms) {
        let codes = &replayed["codes"];
        // More was shown than was asked, and what no rule reads is gone; nothing is decided otherwise.
        assert!(*codes == json!([]) || *codes == json!(["replay-facts-gone"]), "{form}: {replayed:#}");
        let rules = replayed["rules"].as_array().unwrap();
        let state = |name: &str| {
            let of = |rule: &&Value| rule["recorded"]["rule"] == name;
            rules.iter().find(of).map(|rule| rule["state"].clone())
        };
        assert_eq!((state("integrity"), state("presenter")), (Some("same".into()), Some("same".into())));
    }
}

/// The public vectors, as anybody checks them.
#[test]
fn the_public_journal_is_whole_and_decides_the_same() {
    let desk = Desk::new();
    let of = |name: &str| repository(&format!("tests/records/{name}"));
    let key = std::fs::read_to_string(of("journal.ndjson.vkey")).unwrap();
    let args =
        ["record", "verify", &of("journal.ndjson"), "--key", key.trim(), "--receipt", &of("receipt.json")];
    let said = desk.folder.done(&args);
    assert!(said.starts_with("[+] Whole: records 5, payloads kept 4, erased 1"), "{said}");
    let trust = repository("tests/vectors/trust/test-authority.der");
    let (kept, rental) = (of("keeps-all.json"), of("rental-car.json"));
    let args = ["record", "replay", &of("journal.ndjson"), "--json", "--trust", &trust, "--policy", &kept];
    let output = desk.folder.run(&[&args[..], &["--policy", &rental]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    let codes = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let codes: Vec<Value> = codes.map(|replayed| replayed.unwrap()["codes"].clone()).collect();
    let (same, gone, erased) = (json!([]), json!(["replay-facts-gone"]), json!(["replay-payload-gone"]));
    assert_eq!(codes, [same.clone(), erased, same.clone(), gone, same]);
}

/// Without a policy there is no decision to record; and texts of both languages.
#[test]
fn what_cannot_be_recorded_is_said() {
    let desk = Desk::with("rental");
    let payload = repository("tests/vectors/abroad-rental/presentation.bin");
    let trust = repository("tests/vectors/trust/germany.der");
    let output = desk
        .folder
        .run(&["verify", &payload, "--trust", &trust, "--policy", "rental", "--record", "a.ndjson"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("--record"));
    assert!(!desk.file("a.ndjson").exists());
    let policy = repository("crate/verdict/policies/rental-car.json");
    let output = desk.folder.run(&["verify", &payload, "--policy", &policy, "--record", "a.ndjson"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("Nothing is trusted"));
    assert!(!desk.file("a.ndjson").exists());
    let desk = Desk::new();
    desk.records(&[]);
    let chinese = desk.folder.done(&["--lang", "zh-CN", "record", "verify", "desk.ndjson"]);
    assert!(chinese.starts_with("[+] 完整：1 条记录"), "{chinese}");
    let missing = desk.folder.run(&["record", "verify", "none.ndjson"]);
    assert_eq!(missing.status.code(), Some(3));
}
