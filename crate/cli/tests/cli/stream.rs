//! `verify --batch -`: a stream from standard input to standard output, one line for each, in order.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Folder, check_line, hex};

fn repository(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name).display().to_string()
}

fn presentation(rule: &str) -> String {
    hex(&std::fs::read(repository(&format!("tests/vectors/{rule}/presentation.bin"))).unwrap())
}

/// The clock of a vector, as RFC 3339.
fn at(rule: &str) -> String {
    let expect = std::fs::read(repository(&format!("tests/vectors/{rule}/expect.json"))).unwrap();
    let expect: Value = serde_json::from_slice(&expect).unwrap();
    cbor::Timestamp::from_unix(expect["at"].as_i64().unwrap()).format_tdate()
}

fn line(id: &str, rule: &str) -> String {
    json!({ "id": id, "presentation": presentation(rule), "at": at(rule) }).to_string()
}

/// Starts it with pipes.
fn start(more: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liangzheng"));
    command.args(["verify", "--batch", "-", "--trust", &repository("tests/vectors/valid/iaca.der")]);
    command.args(["--trust", &repository("tests/vectors/trust/germany.der")]).args(more).env("LC_ALL", "C");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Gives it all lines at once; returns its lines and its exit status.
fn all(input: Vec<u8>, more: &[&str]) -> (Vec<Value>, Option<i32>) {
    let mut child = start(more);
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.iter().for_each(check_line);
    (lines, output.status.code())
}

#[test]
fn the_order_is_that_of_the_input_whatever_each_takes() {
    let rules = ["valid", "digest-missing", "clock-ahead", "stale"];
    let input: String = (0..700).map(|n| line(&n.to_string(), rules[n * 7 % 3]) + "\n").collect();
    let (lines, exit) = all(input.into_bytes(), &["--jobs", "7"]);
    let ids: Vec<usize> = lines.iter().map(|line| line["id"].as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(ids, (0..700).collect::<Vec<_>>());
    assert_eq!(exit, Some(1));
    let verdicts = ["verified", "refused", "undetermined"];
    for (number, line) in lines.iter().enumerate() {
        assert_eq!(line["verdict"], verdicts[number * 7 % 3], "{line}");
    }
}

#[test]
fn each_line_is_answered_before_the_next_one_comes() {
    let mut child = start(&[]);
    let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut answers = BufReader::new(stdout).lines();
    for (id, rule, verdict) in [("a", "valid", "verified"), ("b", "digest-missing", "refused")] {
        stdin.write_all((line(id, rule) + "\n").as_bytes()).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!((answer["id"].as_str(), answer["verdict"].as_str()), (Some(id), Some(verdict)));
    }
    // Half a line waits for its other half, and keeps no answer back.
    let whole = line("d", "valid");
    stdin.write_all(format!("{}\n{}", line("c", "valid"), &whole[..100]).as_bytes()).unwrap();
    assert!(answers.next().unwrap().unwrap().starts_with("{\"id\":\"c\",\"verdict\":\"verified\""));
    stdin.write_all(&whole.as_bytes()[100..]).unwrap();
    drop(stdin);
    assert!(answers.next().unwrap().unwrap().starts_with("{\"id\":\"d\""), "a last line needs no end");
    assert!(answers.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn what_cannot_be_read_is_a_row_and_ends_nothing() {
    let valid = presentation("valid");
    let mut input = Vec::new();
    let deep = format!("{{\"id\":\"deep\",\"more\":{}", "[".repeat(100_000));
    for bad in [
        "".to_owned(),
        "\r".to_owned(),
        "nonsense".to_owned(),
        "[]".to_owned(),
        deep,
        json!({ "id": "no-text", "presentation": 5 }).to_string(),
        json!({ "id": "twice" }).to_string().replace('}', ",\"id\":\"twice\",\"presentation\":\"00\"}"),
        json!({ "id": "when", "presentation": valid, "at": "noon" }).to_string(),
        json!({ "id": "case", "presentation": valid, "case": {} }).to_string(),
        json!({ "id": "web", "presentation": "https://example.com/" }).to_string(),
        format!("{{\"id\":\"long\",\"presentation\":\"{}\"}}", "0".repeat(1_000_000)),
        json!({ "presentation": valid, "at": "2026-11-22T12:00:00.25+00:00", "other": [1] }).to_string(),
    ] {
        input.extend_from_slice(bad.as_bytes());
        input.push(b'\n');
    }
    input.extend_from_slice(b"{\"id\":\"\xff\"}\n");
    input.extend_from_slice(line("last", "valid").as_bytes());
    let (lines, exit) = all(input, &[]);
    assert_eq!(exit, Some(3), "something could not be read");
    let found: Vec<[&str; 2]> = lines
        .iter()
        .map(|line| {
            let what = ["error", "other", "verdict"].iter().find_map(|member| line[*member].as_str());
            [line["id"].as_str().unwrap(), what.unwrap()]
        })
        .collect();
    assert_eq!(
        found,
        [
            ["line 1", "line-empty"],
            ["line 2", "line-empty"],
            ["line 3", "line-json"],
            ["line 4", "line-json"],
            ["line 5", "line-json"],
            ["no-text", "line-json"],
            ["line 7", "line-json"],
            ["when", "line-at"],
            ["case", "line-no-policy"],
            ["web", "other-web"],
            ["line 11", "line-long"],
            ["line 12", "verified"],
            ["line 13", "line-utf8"],
            ["last", "verified"],
        ]
    );
}

#[test]
fn a_policy_decides_by_the_case_of_each_line() {
    let folder = Folder::new();
    let rented = json!({
        "vehicle": "car", "from": "2026-11-22", "until": "2026-11-25", "name": "Erika Mustermann",
        "number_end": "0129", "face": "same",
    });
    let late = |until: &str| {
        let mut case = rented.clone();
        case["until"] = until.into();
        case
    };
    let one = |id: &str, case: Option<Value>| {
        let mut line = json!({ "id": id, "presentation": presentation("abroad-rental") });
        if let Some(case) = case {
            line["case"] = case;
        }
        line.to_string() + "\n"
    };
    let input = one("as-all", None)
        + &one("late", Some(late("2032-01-01")))
        + &one("wrong", Some(late("2026-11-21")))
        + &one("unknown", Some(json!({ "vehicel": "car" })))
        + &one("open", Some(json!({ "vehicle": "car" })));
    let case = folder.write("case.json", rented.to_string()).display().to_string();
    let policy = repository("crate/verdict/policies/rental-car.json");
    let more = ["--policy", &policy, "--case", &case, "--at", "2026-11-22T12:00:00Z"];
    let (lines, exit) = all(input.into_bytes(), &more);
    assert_eq!(exit, Some(3));
    let found: Vec<_> = lines
        .iter()
        .map(|line| (line["verdict"].as_str(), line["decision"]["outcome"].as_str(), line["error"].as_str()))
        .collect();
    let verified = Some("verified");
    assert_eq!(
        found,
        [
            (verified, Some("accept"), None),
            (verified, Some("refuse"), None),
            (None, None, Some("case-dates")),
            (None, None, Some("case-form")),
            (verified, Some("review"), None),
        ]
    );
    let late = &lines[1]["decision"]["reasons"][0];
    assert_eq!(
        *late,
        json!({ "rule": "valid-through", "outcome": "fail", "code": "term-too-short", "effect": "refuse" })
    );
    assert_eq!(lines[0]["decision"]["reasons"], json!([]));
    assert_eq!(lines[1]["reasons"], json!([]), "what was verified is the same");
}

#[test]
fn a_reader_that_has_enough_ends_it_though_more_may_come() {
    let mut child = start(&["--jobs", "4"]);
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let input = line("a", "valid") + "\n";
    stdin.write_all(input.as_bytes()).unwrap();
    assert_eq!(stdout.read(&mut [0; 8]).unwrap(), 8);
    drop(stdout);
    // Standard input stays open. It may be closed at the other end as soon as the line was written in vain.
    let _ = stdin.write_all(input.as_bytes());
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(0), "both were verified");
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.starts_with("2 judged") && said.lines().count() == 1, "{said}");
    drop(stdin);
}

#[test]
fn its_texts_are_in_the_language_of_the_locale_and_its_codes_in_none() {
    let (english, _) = all(b"nonsense\n".to_vec(), &[]);
    let (chinese, _) = all(b"nonsense\n".to_vec(), &["--lang", "zh-CN"]);
    assert_eq!(english[0]["error"], chinese[0]["error"]);
    assert!(
        english[0]["text"].as_str().unwrap().is_ascii() && !chinese[0]["text"].as_str().unwrap().is_ascii()
    );
}
