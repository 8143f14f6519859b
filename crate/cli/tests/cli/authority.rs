//! Our own way from an authority to a verdict, over every session; the journal of its desk (`T-desk-rewritten`).

use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Folder, hex};

const AT: &str = "2026-11-22T12:00:00Z";

/// A folder with an authority `a` and Lin's licence.
fn issued() -> Folder {
    let folder = Folder::new();
    folder.done(&["authority", "init", "a", "--at", AT]);
    folder.done(&["authority", "issue", "a", "--demo", "lin", "--out", "lin.mdoc", "--at", AT]);
    folder
}

fn present(folder: &Folder, more: &[&str]) {
    let base = ["present", "lin.mdoc", "--key", "lin.key.pem", "--trust", "a/iaca.pem", "--at", AT];
    folder.done(&[&base, more].concat());
}

fn verify(folder: &Folder, more: &[&str]) -> crate::support::Judged {
    folder.judge(&[&["verify", "out", "--trust", "a/iaca.pem", "--at", AT], more].concat())
}

#[test]
fn each_session_is_verified_and_no_other_one() {
    let folder = issued();
    let engagement = hex(&cbor::encode(&cbor::Value::integer_map([(0, "1.0".into())])));
    let key = cbor::encode(&testkit::random::cose_key(&testkit::random::signing_key("reader")).to_value());
    let key = hex(&key);
    let thumbprint = "42".repeat(32);
    let sessions: [&[&str]; 7] = [
        &["--one-way"],
        &["--transcript", "83f6f6826161f6"],
        &["--openid4vp", "x509_san_dns:a.example", "nonce", "https://a.example/r"],
        &[
            "--openid4vp",
            "x509_san_dns:a.example",
            "nonce",
            "https://a.example/r",
            "--thumbprint",
            &thumbprint,
        ],
        &["--dc-api", "https://a.example", "nonce"],
        &["--org-iso-mdoc", "gmVkY2FwaaA", "https://a.example"],
        &["--proximity", &engagement, &key],
    ];
    for signed in sessions {
        let out = [signed, &["--out", "out"]].concat();
        present(&folder, &out);
        for given in sessions {
            let judged = verify(&folder, given);
            match (signed == given, signed == ["--one-way"], given == ["--one-way"]) {
                (true, _, _) => assert!(judged.is("verified", None), "{signed:?}: {:?}", judged.codes),
                (_, false, false) => {
                    assert!(judged.is("refused", Some("device-signature")), "{signed:?} as {given:?}");
                }
                // a payload of the QR link is no DeviceResponse, nor the reverse
                _ => assert_eq!(judged.verdict, "refused", "{signed:?} as {given:?}"),
            }
        }
        std::fs::remove_file(folder.file("out")).unwrap();
    }
}

#[test]
fn a_one_way_code_is_fresh_for_a_minute() {
    let folder = issued();
    present(&folder, &["--out", "out", "--audience", "Checkpoint 7"]);
    let at = |at: &str| {
        let args = ["verify", "out", "--trust", "a/iaca.pem", "--at", at, "--audience", "Checkpoint 7"];
        folder.judge(&args)
    };
    assert!(at("2026-11-22T12:01:00Z").is("verified", None));
    assert!(at("2026-11-22T20:01:00+08:00").is("verified", None));
    assert!(at("2026-11-22T12:01:01Z").is("refused", Some("stale")));
    assert!(verify(&folder, &[]).is("refused", Some("audience")));
}

#[test]
fn frames_as_pictures_are_scanned_back() {
    let folder = issued();
    present(&folder, &["--png", "frames", "--purpose", "roadside", "--qr-version", "20"]);
    let scan = |what: &str| {
        folder.judge(&["scan", what, "--trust", "a/iaca.pem", "--at", AT, "--policy", "roadside"])
    };
    let judged = scan("frames");
    assert!(judged.is("verified", None), "{:?}", judged.codes);
    assert_eq!(judged.json["licence"]["family_name_national"], "林");
    let count = std::fs::read_dir(folder.file("frames")).unwrap().count();
    // parity stands in for data: of K + 8 frames any K are enough
    let k = count - 8;
    assert!(k > 2, "{k} data frames");
    let remove = |index: usize| std::fs::remove_file(folder.file(&format!("frames/frame-{index:03}.png")));
    for index in core::iter::once(0).chain(k..k + 7) {
        remove(index).unwrap();
    }
    let judged = scan("frames");
    assert!(judged.is("verified", None), "{:?}", judged.codes);

    // a frame too few proves nothing, and a picture that is none cannot be opened
    remove(1).unwrap();
    let scan = || folder.run(&["scan", "frames", "--trust", "a/iaca.pem", "--at", AT]);
    let output = scan();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    let all = format!("Pictures: {0}; codes in them: {0}; of a licence: {0}", k - 1);
    assert!(said.contains(&all), "{said}");
    folder.write("frames/frame-000.png", b"\x89PNG nothing");
    assert_eq!(scan().status.code(), Some(3));
    std::fs::create_dir(folder.file("none")).unwrap();
    let output = folder.run(&["scan", "none", "--trust", "a/iaca.pem", "--at", AT]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no pictures"), "{output:?}");
}

#[test]
fn pictures_of_another_code_before_it_cost_no_frame() {
    let folder = issued();
    present(&folder, &["--png", "frames", "--purpose", "roadside", "--qr-version", "20", "--parity", "0"]);
    present(&folder, &["--png", "other", "--purpose", "rental", "--qr-version", "20"]);
    std::fs::copy(folder.file("other/frame-000.png"), folder.file("frames/a-frame-of-another.png")).unwrap();
    let args = ["scan", "frames", "--trust", "a/iaca.pem", "--at", AT, "--policy", "roadside"];
    let judged = folder.judge(&args);
    assert!(judged.is("verified", None), "{:?}", judged.codes);
}

#[test]
fn parity_is_as_much_as_one_asks_for_and_none_where_one_picture_carries_all() {
    let folder = issued();
    let count = |name: &str, more: &[&str]| {
        present(&folder, &[&["--png", name, "--qr-version", "20"], more].concat());
        std::fs::read_dir(folder.file(name)).unwrap().count()
    };
    let k = count("none", &["--purpose", "roadside", "--parity", "0"]);
    assert_eq!(count("three", &["--purpose", "roadside", "--parity", "3"]), k + 3);
    assert_eq!(count("most", &["--purpose", "roadside", "--parity", "255"]), 255);
    let said = folder.run(&[
        "present",
        "lin.mdoc",
        "--key",
        "lin.key.pem",
        "--trust",
        "a/iaca.pem",
        "--parity",
        "3",
    ]);
    assert!(
        said.status.code() == Some(3) && String::from_utf8_lossy(&said.stderr).contains("--png"),
        "{said:?}"
    );
}

#[test]
fn the_terminal_shows_every_frame() {
    let folder = issued();
    let args = ["present", "lin.mdoc", "--key", "lin.key.pem", "--trust", "a/iaca.pem", "--at", AT];
    let said = folder.done(&[&args[..], &["--show", "age_over_18", "--qr"]].concat());
    assert!(said.contains("1 / ") && said.contains('▀'), "{said}");
}

#[test]
fn elements_of_a_file_are_issued_and_only_chosen_ones_shown() {
    let folder = issued();
    folder.write(
        "facts.json",
        r#"{"org.iso.18013.5.1": {"family_name": "Ceshi", "birth_date": "1990-03-07", "issue_date": "2020-01-01",
            "expiry_date": "2030-01-01", "issuing_country": "CN", "age_over_18": true}}"#,
    );
    folder.done(&["authority", "issue", "a", "--elements", "facts.json", "--out", "c.mdoc", "--at", AT]);
    let args =
        ["present", "c.mdoc", "--key", "c.key.pem", "--trust", "a/iaca.pem", "--at", AT, "--out", "out"];
    folder.done(&[&args[..], &["--show", "age_over_18,org.iso.18013.5.1/expiry_date"]].concat());
    let judged = verify(&folder, &[]);
    assert!(judged.is("verified", None), "{:?}", judged.codes);
    assert_eq!(judged.json["licence"]["shown"], serde_json::json!(["age_over_18", "expiry_date"]));
    assert_eq!(judged.json["licence"]["expiry_date"], "2030-01-01");
    assert_eq!(judged.json["layers"][3]["state"], "not-asked", "neither list nor letters");
    assert!(verify(&folder, &["--policy", "age"]).is("undetermined", Some("portrait-left-out")));
    let roadside = verify(&folder, &["--policy", "roadside", "--vehicle", "car"]);
    // Without domestic elements it is a licence by ISO, which has no status letters.
    assert!(roadside.is("undetermined", Some("class-unreadable")), "{:?}", roadside.codes);
    assert!(!roadside.codes.iter().any(|code| code == "status-missing"));

    // a key of another holder cannot show it
    let args =
        ["present", "c.mdoc", "--key", "lin.key.pem", "--trust", "a/iaca.pem", "--at", AT, "--out", "no"];
    let output = folder.run(&args);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("sign-other-key"));
    assert!(!folder.file("no").exists());
}

#[test]
fn a_name_that_is_not_there_is_said() {
    let said = |family: &str, given: &str, show: &str, policy: &[&str]| {
        let folder = issued();
        let elements = serde_json::json!({"org.iso.18013.5.1": {
            "family_name": family, "given_name": given, "expiry_date": "2030-01-01", "age_over_18": true,
            "driving_privileges": [{"vehicle_category_code": "B"}],
        }});
        folder.write("facts.json", elements.to_string());
        folder.done(&["authority", "issue", "a", "--elements", "facts.json", "--out", "c.mdoc", "--at", AT]);
        let args = ["present", "c.mdoc", "--key", "c.key.pem", "--trust", "a/iaca.pem", "--at", AT];
        folder.done(&[&args[..], &["--out", "out", "--show", show]].concat());
        let verify = ["--lang", "en", "verify", "out", "--trust", "a/iaca.pem", "--at", AT];
        String::from_utf8(folder.run(&[&verify[..], policy].concat()).stdout).unwrap()
    };
    let all = "family_name,given_name,expiry_date,age_over_18,driving_privileges";
    let without = "expiry_date,age_over_18,driving_privileges";
    let [none, unreadable] = ["No name shown", "The name cannot be read"];
    assert!(said("Ceshi", "", all, &[]).contains("  Ceshi\n"), "one name alone");
    assert!(said("Ceshi", "Yi", without, &[]).contains(none));
    assert!(said(" ", "", all, &[]).contains(unreadable));
    let rental = said(" ", "", all, &["--policy", "rental"]);
    assert!(
        rental.contains(unreadable) && rental.contains("[?]") && rental.contains("element-malformed"),
        "{rental}"
    );
    let age = said("Ceshi", "Yi", "age_over_18", &["--policy", "age"]);
    assert!(!age.contains("name"), "{age}");
}

#[test]
fn a_key_of_another_tool_may_be_the_holder_s() {
    let folder = issued();
    let jwk = r#"{"kty":"EC","crv":"P-256","x":"DxiH5Q4Yx3UrukE2lWCErq8N8bqC9CHLLrAwLz5BmE0","y":"XtLM4-3h5o3HUH0MHVJV0kyq0iBlrBwlh8qEDMZ4-Pc"}"#;
    folder.write("wallet.jwk", jwk);
    let args = [
        "authority",
        "issue",
        "a",
        "--demo",
        "lin",
        "--device-key",
        "wallet.jwk",
        "--out",
        "w.mdoc",
        "--at",
        AT,
    ];
    folder.done(&args);
    assert!(!folder.file("w.key.pem").exists());
    let judged = folder.judge(&["verify", "w.mdoc", "--issuer-only", "--trust", "a/iaca.pem", "--at", AT]);
    assert!(judged.is("verified", None));
}

#[test]
fn secrets_are_for_their_owner_alone_and_never_overwritten() {
    let folder = issued();
    for key in ["a/iaca.key.pem", "a/ds.key.pem", "lin.key.pem"] {
        let mode = std::fs::metadata(folder.file(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{key}");
    }
    assert_eq!(folder.run(&["authority", "init", "a"]).status.code(), Some(3));
    let before = std::fs::read(folder.file("lin.mdoc")).unwrap();
    let again = folder.run(&["authority", "issue", "a", "--demo", "lin", "--out", "lin.mdoc", "--at", AT]);
    assert_eq!(again.status.code(), Some(3));
    assert_eq!(std::fs::read(folder.file("lin.mdoc")).unwrap(), before);
    let two = [folder.done(&["authority", "init", "b"]), folder.done(&["authority", "init", "c"])];
    assert_eq!(two.len(), 2);
    let key = |name: &str| std::fs::read(folder.file(name)).unwrap();
    assert_ne!(key("b/iaca.key.pem"), key("c/iaca.key.pem"));
}

#[test]
fn an_authority_that_breaks_the_profile_is_not_made() {
    let folder = Folder::new();
    let output = folder.run(&["authority", "init", "x", "--country", "cn"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cert-profile-country"));
    assert!(!folder.file("x").exists());
    let said = folder.run(&["authority", "issue", "x", "--demo", "lin", "--out", "l"]);
    assert_eq!(said.status.code(), Some(3));
}

#[test]
fn trust_show_lists_authorities_and_refuses_what_is_none() {
    let folder = issued();
    let json: serde_json::Value =
        serde_json::from_str(&folder.done(&["trust", "show", "a/iaca.pem", "--json"])).unwrap();
    let anchor = &json["lists"][0]["anchors"][0];
    assert_eq!((anchor["country"].as_str(), anchor["curve"].as_str()), (Some("CN"), Some("P256")));
    assert!(folder.done(&["trust", "show", "a/iaca.pem"]).contains("Liangzheng test authority"));
    let output = folder.run(&["trust", "show", "a/ds.pem"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cert-profile-"));
}

/// The journal of a desk that suspended and reinstated, and the receipts of its steps.
fn desk() -> (Folder, Vec<String>) {
    use authority::demo::DemoRegister;
    use authority::desk::{Action, Desk, Stored};
    let now = cbor::Timestamp::parse_tdate(AT).unwrap();
    let register = Box::new(DemoRegister::new());
    let mut desk = Desk::load(register, authority::rollout::Rollout::built_in(), Stored::default()).unwrap();
    let folder = Folder::new();
    let mut next = 0;
    for number in 0..4 {
        let reference = "lin".to_owned();
        let action = match number % 2 {
            0 => Action::Suspend { reference, letter: licence::Letter::D },
            _ => Action::Reinstate { reference },
        };
        let mut random = |buffer: &mut [u8]| {
            next += 1;
            buffer.fill(next);
        };
        let effects = desk.act(action, "desk-1", now, &mut random).unwrap();
        folder.write(&format!("{number}.json"), effects.receipt.to_json());
    }
    folder.write("journal", desk.export());
    let lines = desk.journal().to_vec();
    (folder, lines)
}

/// The exit status and the codes with their lines.
fn checked(folder: &Folder, more: &[&str]) -> (i32, Vec<(String, Option<u64>)>) {
    let output = folder.run(&[&["authority", "journal", "journal", "--json"], more].concat());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let found =
        findings.iter().map(|found| (found["code"].as_str().unwrap().to_owned(), found["line"].as_u64()));
    (output.status.code().unwrap(), found.collect())
}

#[test]
fn journal_of_a_desk_is_held_against_its_receipts() {
    let (folder, lines) = desk();
    let receipts = ["--receipt", "0.json", "--receipt", "3.json"];
    assert_eq!(checked(&folder, &[]), (0, vec![]));
    assert_eq!(checked(&folder, &receipts), (0, vec![]));
    let said = folder.done(&["authority", "journal", "journal", "--steps", "--receipt", "3.json"]);
    assert!(said.contains("[+] Whole: steps 4") && said.contains("suspended lin"), "{said}");
    let receipt: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.file("2.json")).unwrap()).unwrap();
    let state = format!("{}:{}", receipt["size"], receipt["root"].as_str().unwrap());
    assert_eq!(checked(&folder, &["--state", &state]), (0, vec![]));

    // Changed, cut off, and written anew so that its lines fit.
    folder.write("journal", lines.join("\n").replacen("reinstated", "suspended", 1));
    assert_eq!(checked(&folder, &[]), (1, vec![("record-changed".into(), Some(2))]));
    folder.write("journal", lines[..2].join("\n"));
    assert_eq!(checked(&folder, &[]), (0, vec![]));
    let (exit, found) = checked(&folder, &receipts);
    assert!(exit == 1 && found.contains(&("journal-cut-off".into(), None)), "{found:?}");
    let mut anew: Vec<String> = Vec::new();
    for line in &lines {
        let mut step = authority::journal::Step::from_line(line).unwrap();
        step.clerk = "desk-2".into();
        step.prev = anew.last().map(|line: &String| record::Hash::of(line.as_bytes()));
        anew.push(serde_json::to_string(&step).unwrap());
    }
    folder.write("journal", anew.join("\n"));
    assert_eq!(checked(&folder, &[]), (0, vec![]));
    for more in [vec!["--receipt", "0.json"], vec!["--state", state.as_str()]] {
        let (exit, found) = checked(&folder, &more);
        assert!(exit == 1 && found.contains(&("journal-rewritten".into(), None)), "{found:?}");
    }
}

#[test]
fn receipt_or_state_that_is_none_is_said() {
    let (folder, lines) = desk();
    folder.write(
        "forged.json",
        std::fs::read_to_string(folder.file("1.json")).unwrap().replace("\"index\":1", "\"index\":0"),
    );
    for (more, says) in [
        (["--receipt", "journal"], "receipt-form"),
        (["--receipt", "forged.json"], "receipt-proof"),
        (["--state", "4:ab"], "SIZE:ROOT"),
    ] {
        let output = folder.run(&[&["authority", "journal", "journal"][..], &more].concat());
        assert_eq!(output.status.code(), Some(3));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(says), "{said}");
    }
    folder.write("journal", format!("{}\n{{}}", lines[0]));
    assert_eq!(checked(&folder, &[]), (1, vec![("record-unreadable".into(), Some(2))]));
}
