//! A desk from a shell: what a wallet sends becomes a licence, a rejection or a refusal that the wallet opens
//! (`T-claim-counted`, `T-desk-rewritten`).

mod saved;
mod wallet;

use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use authority::post::{Asks, DeskOutcome};
use serde_json::Value;

use self::wallet::{Applies, Sent, verified_desk};
use crate::support::Folder;

/// A Tuesday in Shanghai.
const AT: &str = "2026-11-24T04:00:00Z";
const HOUR_LATER: &str = "2026-11-24T05:20:00Z";
/// The review of what came on Tuesday is due at the end of Wednesday.
const LATE: &str = "2026-11-26T04:00:00Z";

/// A folder with a desk.
fn office() -> Folder {
    let folder = Folder::new();
    folder.done(&["authority", "desk-key", "desk", "--at", AT]);
    folder
}

fn run(folder: &Folder, command: &str, args: &[&str], at: &str) -> Output {
    folder.run(&[&["authority", command, "--desk", "desk", "--at", at], args].concat())
}

fn said(output: &Output) -> String {
    [&*output.stdout, &*output.stderr]
        .iter()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect()
}

/// The exit status, and what is printed with `--json`.
fn told(folder: &Folder, command: &str, args: &[&str], at: &str) -> (i32, Value) {
    let output = run(folder, command, &[args, &["--json"]].concat(), at);
    let json = serde_json::from_slice(&output.stdout);
    (output.status.code().unwrap(), json.unwrap_or_else(|error| panic!("{error}: {}", said(&output))))
}

/// The exit status, state and code of one file that is received.
fn received(folder: &Folder, file: &str, at: &str) -> (i32, String, Option<String>) {
    let (exit, json) = told(folder, "receive", &[file], at);
    outcome(exit, &json["applications"][0])
}

fn reviewed(folder: &Folder, args: &[&str], at: &str) -> (i32, String, Option<String>) {
    let (exit, json) = told(folder, "review", args, at);
    outcome(exit, &json)
}

fn outcome(exit: i32, json: &Value) -> (i32, String, Option<String>) {
    (exit, json["state"].as_str().unwrap().to_owned(), json["code"].as_str().map(str::to_owned))
}

fn is(got: &(i32, String, Option<String>), exit: i32, state: &str, code: Option<&str>) {
    assert_eq!((got.0, got.1.as_str(), got.2.as_deref()), (exit, state, code));
}

fn queue(folder: &Folder, more: &[&str], at: &str) -> Vec<Value> {
    let (exit, json) = told(folder, "queue", more, at);
    assert_eq!(exit, 0);
    json["applications"].as_array().unwrap().clone()
}

/// Holds the journal against the receipt of an answer, and against what the answer itself says.
fn journal_holds(folder: &Folder, sent: &Sent, at: &str) -> bool {
    let receipt = *sent.opened(folder, &sent.answer_file(), at).receipt();
    let state = format!("{}:{}", receipt.size, crate::support::hex(&receipt.root));
    let args = ["authority", "journal", "desk/journal.ndjson", "--state", &state, "--receipt"];
    folder.run(&[&args[..], &[&sent.receipt_file()]].concat()).status.success()
}

/// What a camera reads from a picture of one code.
fn scanned(folder: &Folder, name: &str) -> Vec<u8> {
    let file = std::fs::File::open(folder.file(name)).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    let mut luma = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut luma).unwrap();
    let (width, height) = (frame.width as usize, frame.height as usize);
    let codes = optical::scan_still(&luma, width, height, width);
    match optical::Sessions::new().accept(&codes[0].bytes, 0) {
        optical::Progress::Complete(payload) => payload,
        other => panic!("{other:?}"),
    }
}

#[test]
fn desk_is_made_for_its_owner_and_shown_to_wallets() {
    let folder = office();
    let mode = |name: &str| std::fs::metadata(folder.file(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("desk"), mode("desk/desk.key.pem")), (0o700, 0o600));
    let first = verified_desk(&folder, "desk", AT);
    let key = || std::fs::read(folder.file("desk/desk.key.pem")).unwrap();
    let before = key();

    // A month later the certificate is over; the key stays, so that what was sealed before can still be opened.
    let later = "2026-12-24T04:00:00Z";
    let args = ["authority", "desk-key", "desk", "--at", later, "--png", "code.png", "--qr"];
    let said = folder.done(&args);
    assert!(said.contains("stays") && said.contains('▀'), "{said}");
    let second = verified_desk(&folder, "desk", later);
    assert_eq!((before, first.key()), (key(), second.key()));
    assert_ne!(first.certificate(), second.certificate());
    assert_eq!(scanned(&folder, "code.png"), std::fs::read(folder.file("desk/desk.lzdesk")).unwrap());
    // A picture that is there stays, and nothing is done.
    let again = folder.run(&args);
    assert_eq!(again.status.code(), Some(3));
    assert_eq!(verified_desk(&folder, "desk", later).certificate(), second.certificate());
}

#[test]
fn photo_on_file_is_answered_at_once() {
    let folder = office();
    let sent = Applies::first(1, "lin", AT).send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 0, "issued", None);
    let answer = sent.opened(&folder, &sent.answer_file(), AT);
    assert!(answer.licence().is_some());
    assert!(journal_holds(&folder, &sent, AT));
    assert!(queue(&folder, &[], AT).is_empty());
    let all = queue(&folder, &["--all"], AT);
    assert_eq!((all[0]["state"].as_str(), all[0]["driver"].as_str()), (Some("done"), Some("lin")));
    assert_eq!(all[0]["answer"].as_str(), Some(&*sent.answer_file()));
    // What is left to review is none, and says so.
    is(&reviewed(&folder, &[&sent.id, "--approve"], AT), 1, "not-done", Some("desk-step"));
}

#[test]
fn photo_waits_for_its_review_and_is_approved_once() {
    let folder = office();
    let sent = Applies::first(2, "he", AT).send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 0, "to-review", None);

    let waiting = queue(&folder, &[], HOUR_LATER);
    let one = &waiting[0];
    assert_eq!((one["id"].as_str(), one["state"].as_str()), (Some(&*sent.id), Some("to-review")));
    assert_eq!((one["age_seconds"].as_i64(), one["overdue"].as_bool()), (Some(4800), Some(false)));
    assert_eq!(one["occasion"], "first-claim");
    assert_eq!(one["number_last4"].as_str().map(str::len), Some(4));
    let photo = one["photo"].as_str().unwrap();
    let large = std::fs::read(folder.file(photo)).unwrap();
    assert_eq!(
        large,
        std::fs::read(format!("{}/../../www/demo/portraits/he.jpg", env!("CARGO_MANIFEST_DIR"))).unwrap()
    );
    assert_eq!(std::fs::metadata(folder.file(photo)).unwrap().permissions().mode() & 0o777, 0o600);
    let measured = one["measured"].as_array().unwrap();
    assert_eq!(measured.len(), photo::Check::ALL.len());
    let ground = measured.iter().find(|finding| finding["check"] == "ground").unwrap();
    assert_eq!((ground["outcome"].as_str(), ground["code"].as_str()), (Some("pass"), None));
    assert!(measured.iter().all(|finding| finding["outcome"] != "fail"), "{measured:?}");
    let listed = said(&run(&folder, "queue", &[], HOUR_LATER));
    assert!(listed.contains("waiting 1 h 20 min") && listed.contains(&sent.id), "{listed}");
    assert!(said(&run(&folder, "queue", &[], LATE)).contains("! late by 12 h 0 min"));
    assert_eq!(queue(&folder, &[], LATE)[0]["overdue"], true);

    let approve = ["0202", "--approve", "--out", "answer.lzissued"];
    is(&reviewed(&folder, &approve, HOUR_LATER), 0, "issued", None);
    assert!(sent.opened(&folder, "answer.lzissued", HOUR_LATER).licence().is_some());
    assert!(journal_holds(&folder, &sent, HOUR_LATER));
    let steps = std::fs::read_to_string(folder.file("desk/journal.ndjson")).unwrap();
    assert_eq!(steps.lines().count(), 3, "{steps}");
    assert!(queue(&folder, &[], HOUR_LATER).is_empty());

    // Twice is refused, and changes nothing; a file that is there is not overwritten, and nothing is done for it.
    let answer = std::fs::read(folder.file(&sent.answer_file())).unwrap();
    is(&reviewed(&folder, &["02", "--approve"], HOUR_LATER), 1, "not-done", Some("desk-step"));
    is(&reviewed(&folder, &["02", "--reject", "ears"], HOUR_LATER), 1, "not-done", Some("desk-step"));
    assert_eq!(run(&folder, "review", &approve, HOUR_LATER).status.code(), Some(3));
    assert_eq!(std::fs::read(folder.file(&sent.answer_file())).unwrap(), answer);
    assert_eq!(std::fs::read_to_string(folder.file("desk/journal.ndjson")).unwrap(), steps);
}

#[test]
fn three_rejections_lead_to_the_counter() {
    let folder = office();
    for number in 1..=3_u8 {
        let sent = Applies::first(number, "he", AT).send(&folder, "desk");
        is(&received(&folder, &sent.file, AT), 0, "to-review", None);
        let note = format!("第 {number} 张");
        let args = [&*sent.id, "--reject", "rejected-ears", "--note", &note];
        let state = if number < 3 { "rejected" } else { "counter" };
        is(&reviewed(&folder, &args, AT), 0, state, Some("rejected-ears"));
        match sent.opened(&folder, &sent.answer_file(), AT).outcome() {
            DeskOutcome::Rejected { note: Some(read), rejections, .. } => {
                assert_eq!((read, *rejections), (&note, number));
            }
            DeskOutcome::Counter { note: Some(read), .. } => assert_eq!((read, number), (&note, 3)),
            other => panic!("{other:?}"),
        }
        assert!(journal_holds(&folder, &sent, AT));
    }
    // The desk counts, whatever a wallet says; the photos are gone with their answers.
    let sent = Applies::first(4, "he", AT).send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 1, "counter", Some("rejected-ears"));
    let opened = sent.opened(&folder, &sent.answer_file(), AT);
    assert!(matches!(opened.outcome(), DeskOutcome::Counter { .. }));
    assert_eq!(std::fs::read_dir(folder.file("desk/photos")).unwrap().count(), 0);
}

#[test]
fn what_was_rejected_before_is_listed_and_a_note_has_its_bounds() {
    let folder = office();
    let sent = Applies::first(1, "he", AT).send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 0, "to-review", None);
    let long = "长".repeat(201);
    let refused = reviewed(&folder, &[&sent.id, "--reject", "ears", "--note", &long], AT);
    is(&refused, 1, "not-done", Some("desk-note"));
    for (args, says) in [
        (&["01", "--reject", "ugly"][..], "rejected-ears"),
        (&["01"], "--approve"),
        (&["01", "--approve", "--reject", "ears"], "cannot be used with"),
        (&["01", "--approve", "--note", "x"], "cannot be used with"),
        (&["7f", "--approve"], "7f"),
        (&["", "--approve"], "no application"),
    ] {
        let output = run(&folder, "review", args, AT);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        assert!(said(&output).contains(says), "{args:?}: {}", said(&output));
    }
    assert_eq!(queue(&folder, &[], AT)[0]["rejections"], serde_json::json!([]));
    is(
        &reviewed(&folder, &["01", "--reject", "ears", "--note", "左耳"], AT),
        0,
        "rejected",
        Some("rejected-ears"),
    );
    let sent = Applies::first(2, "he", AT).send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 0, "to-review", None);
    let before = &queue(&folder, &[], AT)[0]["rejections"];
    assert_eq!(before, &serde_json::json!([{ "code": "rejected-ears", "note": "左耳" }]));
    assert!(said(&run(&folder, "queue", &[], AT)).contains("左耳"));
}

#[test]
fn replaced_photo_is_reviewed_and_a_licence_that_ended_is_in_the_list() {
    let folder = office();
    let first = Applies::first(1, "lin", AT).send(&folder, "desk");
    is(&received(&folder, &first.file, AT), 0, "issued", None);
    let licence = first.licence(&folder, AT);
    let replacement = Applies {
        number: 2,
        asks: Asks::Replacement,
        photo: Some("gao"),
        held: Some(&licence),
        ..Applies::first(1, "lin", AT)
    };
    let sent = replacement.send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 0, "to-review", None);
    is(&reviewed(&folder, &["02", "--approve"], AT), 0, "issued", None);
    let replaced = sent.licence(&folder, AT);
    assert_ne!(replaced, licence);

    // Claimed anew by another device: the licence before ends, and the list says so once it is published.
    let again = Applies { device: 9, ..Applies::first(3, "lin", AT) }.send(&folder, "desk");
    let (exit, json) = told(&folder, "receive", &[&again.file], AT);
    let done = &json["applications"][0];
    assert_eq!(
        (exit, done["state"].as_str(), done["status_changed"].as_bool()),
        (0, Some("issued"), Some(true))
    );
    folder.done(&["authority", "status", "publish", "desk", "--out", "list.cwt", "--at", AT]);
    folder.write("before.mdoc", replaced);
    folder.write("now.mdoc", again.licence(&folder, AT));
    let judged = |licence| {
        folder.judge(&["verify", licence, "--issuer-only", "--demo", "--status", "list.cwt", "--at", AT])
    };
    assert!(
        judged("before.mdoc").is("refused", Some("status-list-invalid")),
        "{:?}",
        judged("before.mdoc").codes
    );
    assert_eq!(judged("now.mdoc").verdict, "verified", "{:?}", judged("now.mdoc").codes);
}

#[test]
fn what_is_no_application_for_this_desk_is_refused_by_its_code() {
    let folder = office();
    folder.done(&["authority", "desk-key", "other", "--at", AT]);
    let sent = Applies::first(1, "he", AT).send(&folder, "desk");
    let elsewhere = Applies::first(2, "he", AT).send(&folder, "other");
    let mut changed = std::fs::read(folder.file(&sent.file)).unwrap();
    *changed.last_mut().unwrap() ^= 1;
    folder.write("changed", changed);
    folder.write("noise", [0x5a; 64]);
    folder.write("empty", b"");
    for (file, at, code) in [
        ("changed", AT, "sealed-opening"),
        (&*elsewhere.file, AT, "sealed-other-desk"),
        ("noise", AT, "envelope-deflate"),
        ("empty", AT, "envelope-deflate"),
        (&*sent.file, "2026-12-26T04:00:00Z", "application-old"),
        (&*sent.file, "2026-11-22T04:00:00Z", "application-ahead"),
    ] {
        is(&received(&folder, file, at), 1, "not-done", Some(code));
    }
    assert!(!folder.file("desk/answers").exists());

    is(&received(&folder, &sent.file, AT), 0, "to-review", None);
    is(&received(&folder, &sent.file, AT), 1, "not-done", Some("application-seen"));
    // Nobody has this number and name: that is answered.
    let nobody = Applies::first(3, "nobody", AT).send(&folder, "desk");
    is(&received(&folder, &nobody.file, AT), 1, "refused", Some("claim-number-name"));
    let opened = nobody.opened(&folder, &nobody.answer_file(), AT);
    assert!(matches!(opened.outcome(), DeskOutcome::Refused { code, .. } if code == "claim-number-name"));

    // Of several files each is received, and the exit status is the worst.
    let good = Applies::first(4, "lin", AT).send(&folder, "desk");
    let (exit, json) = told(&folder, "receive", &["nowhere", &good.file, "noise"], AT);
    let states: Vec<_> =
        json["applications"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!((exit, states), (3, vec!["not-done", "issued", "not-done"]));
}

#[test]
fn every_line_is_in_the_language_of_the_clerk() {
    for (language, waits, fine) in
        [("zh-CN", "已等 1 小时 20 分 · 首次申领 · 何", "答复在"), ("en", "First claim", "The answer is")]
    {
        let folder = office();
        let run = |args: &[&str]| said(&folder.run(&[&["--lang", language], args].concat()));
        let desk = ["--desk", "desk", "--at", HOUR_LATER];
        let mut all = vec![run(&["authority", "desk-key", "desk", "--at", AT])];
        let sent = Applies::first(1, "he", AT).send(&folder, "desk");
        let received = ["authority", "receive", &sent.file, "--desk", "desk", "--at", AT];
        all.push(run(&received));
        all.push(run(&received));
        all.push(run(&[&["authority", "queue"][..], &desk].concat()));
        assert!(all.last().unwrap().contains(waits), "{all:?}");
        all.push(run(&[&["authority", "review", "01", "--reject", "ears"][..], &desk].concat()));
        assert!(all.last().unwrap().contains(fine), "{all:?}");
        all.push(run(&[&["authority", "review", "01", "--approve"][..], &desk].concat()));
        all.push(run(&[&["authority", "queue"][..], &desk].concat()));
        let nobody = Applies::first(2, "nobody", AT).send(&folder, "desk");
        all.push(run(&["authority", "receive", &nobody.file, "--desk", "desk", "--at", AT]));
        all.push(run(&["authority", "queue", "--desk", "."]));
        for text in all {
            let raw = ["cli.", "desk.age", "desk.stage", "photo.", "code.", "{"];
            assert!(!text.trim().is_empty() && raw.iter().all(|key| !text.contains(key)), "{text}");
            let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(language == "en" || text.chars().any(chinese), "{text}");
        }
    }
}
