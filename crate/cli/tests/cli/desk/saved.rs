//! The files of a desk: commands that run at once, that are killed, that cannot write, or that find what they did not write
//! (`T-two-tabs`, `T-torn-write`).

use std::process::{Command, Stdio};

use super::wallet::Applies;
use super::{AT, is, journal_holds, office, queue, received, reviewed, run, said};
use crate::support::Folder;

fn read(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.file(name)).unwrap()
}

fn answers(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.file("desk/answers")).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn commands_that_run_at_once_do_each_step_once() {
    let folder = office();
    let people = ["lin", "he", "tang", "bai", "tang", "lin"];
    let sent: Vec<_> = (1..)
        .zip(people)
        .map(|(number, who)| Applies::first(number, who, AT).send(&folder, "desk"))
        .collect();
    let children: Vec<_> = sent
        .iter()
        .chain(&sent)
        .map(|sent| {
            Command::new(env!("CARGO_BIN_EXE_liangzheng"))
                .args(["authority", "receive", &sent.file, "--desk", "desk", "--at", AT])
                .current_dir(folder.file("."))
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let texts: Vec<String> =
        children.into_iter().map(|child| said(&child.wait_with_output().unwrap())).collect();
    // Each was received by one of its two commands; the other says that it was.
    let seen = texts.iter().filter(|text| text.contains("[application-seen]")).count();
    assert_eq!(seen, sent.len(), "{texts:?}");
    assert_eq!(queue(&folder, &["--all"], AT).len(), sent.len());
    let journal = folder.run(&["authority", "journal", "desk/journal.ndjson"]);
    assert!(journal.status.success(), "{}", said(&journal));
    for sent in sent.iter().filter(|sent| folder.file(&sent.receipt_file()).exists()) {
        assert!(journal_holds(&folder, sent, AT));
    }
}

#[test]
fn step_that_cannot_be_saved_did_not_happen() {
    let folder = office();
    let sent = Applies::first(1, "lin", AT).send(&folder, "desk");
    // What writes the state finds something in its way.
    std::fs::create_dir_all(folder.file("desk/desk.json.new/in-the-way")).unwrap();
    let output = run(&folder, "receive", &[&sent.file], AT);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(!folder.file(&sent.answer_file()).exists());
    assert_eq!(answers(&folder).len(), 2, "the answer waits for its step");
    std::fs::remove_dir_all(folder.file("desk/desk.json.new")).unwrap();
    // The next command removes it, and the application is as new.
    is(&received(&folder, "desk/desk.pem", AT), 1, "not-done", Some("envelope-deflate"));
    assert_eq!(answers(&folder), Vec::<String>::new());
    assert!(!folder.file("desk/journal.ndjson").exists());
    is(&received(&folder, &sent.file, AT), 0, "issued", None);
    assert!(journal_holds(&folder, &sent, AT));
}

#[test]
fn command_that_was_killed_after_its_step_is_finished_by_the_next() {
    let folder = office();
    let sent = Applies::first(1, "he", AT).send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 0, "to-review", None);
    let (journal, photo) =
        (read(&folder, "desk/journal.ndjson"), queue(&folder, &[], AT)[0]["photo"].clone());
    let photo = photo.as_str().unwrap();
    let bytes = read(&folder, photo);
    is(&reviewed(&folder, &["01", "--reject", "ears"], AT), 0, "rejected", Some("rejected-ears"));
    let whole = read(&folder, "desk/journal.ndjson");
    // As a kill right after the state was written leaves it.
    let rename = |from: &str, to: &str| std::fs::rename(folder.file(from), folder.file(to)).unwrap();
    for name in [sent.answer_file(), sent.receipt_file()] {
        rename(&name, &format!("{name}.3.pending"));
    }
    folder.write("desk/journal.ndjson", journal);
    folder.write(photo, bytes);

    is(&received(&folder, &sent.file, AT), 1, "not-done", Some("application-seen"));
    assert!(journal_holds(&folder, &sent, AT));
    assert_eq!(read(&folder, "desk/journal.ndjson"), whole);
    assert!(!folder.file(photo).exists(), "the photo is erased");
}

#[test]
fn what_a_desk_did_not_write_is_said_and_changes_nothing() {
    let folder = office();
    let other = Applies::first(2, "lin", AT).send(&folder, "desk");
    is(&received(&folder, &other.file, AT), 0, "issued", None);
    let sent = Applies::first(1, "he", AT).send(&folder, "desk");
    is(&received(&folder, &sent.file, AT), 0, "to-review", None);
    let state = String::from_utf8(read(&folder, "desk/desk.json")).unwrap();
    let photo = queue(&folder, &[], AT)[0]["photo"].as_str().unwrap().to_owned();
    let large = read(&folder, &photo);

    // Another photo in the place of the one that was sent, or none, is never issued.
    folder.write(&photo, b"another");
    assert!(said(&run(&folder, "queue", &[], AT)).contains("not measured"));
    is(&reviewed(&folder, &["01", "--approve"], AT), 1, "not-done", Some("photo-mismatch"));
    std::fs::remove_file(folder.file(&photo)).unwrap();
    is(&reviewed(&folder, &["01", "--approve"], AT), 1, "not-done", Some("desk-photo-missing"));
    folder.write(&photo, large);

    let edited = [
        (
            state.replace("\"schema_version\":1,\"drivers\"", "\"schema_version\":2,\"drivers\""),
            "Another version",
        ),
        (state.replacen("desk-1", "desk-2", 1), "[record-changed]"),
        (state[..state.len() / 2].to_owned(), "is no JSON"),
        (String::new(), "is no JSON"),
    ];
    for (text, says) in edited {
        folder.write("desk/desk.json", &text);
        for (command, args) in [("review", &["01", "--approve"][..]), ("queue", &[])] {
            let output = run(&folder, command, args, AT);
            let told = said(&output);
            let refused = matches!(output.status.code(), Some(1 | 3));
            assert!(
                refused && (told.contains(says) || told.contains("journal-not-whole")),
                "{command}: {told}"
            );
        }
        assert_eq!(read(&folder, "desk/desk.json"), text.as_bytes());
    }
    folder.write("desk/desk.json", &state);
    is(&reviewed(&folder, &["01", "--approve"], AT), 0, "issued", None);

    // A folder without a desk.
    let output = folder.run(&["authority", "queue", "--desk", "nowhere"]);
    assert!(
        output.status.code() == Some(3) && said(&output).contains("desk-key nowhere"),
        "{}",
        said(&output)
    );
    assert!(!folder.file("nowhere").exists());
}
