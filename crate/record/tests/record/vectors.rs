//! `tests/records`: a journal with what lies beside it, for other implementations to read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use liangzheng_record::{Hash, Journal, NoteKey, PayloadState, Receipt, SignedNote, lines, sign};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use signature::{Signer as _, sign_es256};
use testkit::random::signing_key;

use crate::note::check;
use crate::support::{Meeting, NOW, keeps_all, rental};

const ORIGIN: &str = "rental.example/desk-7";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/records")
}

/// Five records of two policies; the second one's payload is erased.
fn made() -> BTreeMap<String, String> {
    let (keeps, rents) = (Meeting::new(keeps_all(), NOW), Meeting::new(rental(), NOW));
    let authority =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/trust/test-authority.der");
    let authority = std::fs::read(authority).expect("a certificate");
    let mut files = BTreeMap::new();
    let (mut journal, mut roots, mut text) = (Journal::new(), vec![Journal::new().root()], String::new());
    let mut records = Vec::new();
    for number in 0..5 {
        let meeting = if number % 2 == 0 { &keeps } else { &rents };
        let mut draft = meeting.draft(&format!("vector {number}"));
        draft.lists.trust = vec![Hash::of(&authority)];
        let appended = journal.append(&draft).expect("a record");
        text += &format!("{}\n", appended.line);
        roots.push(journal.root());
        if number != 1 {
            let payload = String::from_utf8(appended.payload.expect("kept")).expect("text");
            files.insert(
                format!("journal.ndjson.payloads/{}.json", appended.record.record_id.to_hex()),
                payload,
            );
        }
        records.push(appended.record);
    }
    let secret = signing_key("checkpoints");
    let key = NoteKey::p256(ORIGIN, &secret.public_key().to_sec1().expect("a point")).expect("a key");
    let checkpoint = journal.checkpoint(ORIGIN).text();
    let note = sign(&checkpoint, &key, &sign_es256(&secret, checkpoint.as_bytes())).expect("a note");
    let receipt = journal.receipt(text.lines().nth(2).expect("a line").as_bytes(), &note).expect("a receipt");
    let lines: Vec<Hash> = (0..5).filter_map(|index| journal.line_hash(index)).collect();
    let leaf = |line: &Hash| Hash(Sha256::new().chain_update([0]).chain_update(line.0).finalize().into());
    let expected = json!({
        "about": "docs/records.md. lines: SHA-256 of each line. leaves: SHA-256(0x00 || line hash). roots: the root of the first 0, 1, … records. proofs: the inclusion proof of each record in the tree of all, hashes one after the other, base64. erased: records whose payload is gone. decisions: what was decided.",
        "lines": lines,
        "leaves": lines.iter().map(leaf).collect::<Vec<_>>(),
        "roots": roots,
        "proofs": (0..5).map(|index| journal.proof(index)).collect::<Vec<_>>(),
        "erased": [records[1].record_id],
        "decisions": records.iter().map(|record| record.decision).collect::<Vec<_>>(),
        "checkpoint": checkpoint,
    });
    let mut expected: Value = expected;
    expected.sort_all_objects();
    files.insert("journal.ndjson".into(), text);
    files.insert("journal.ndjson.checkpoint".into(), note);
    files.insert("journal.ndjson.vkey".into(), format!("{}\n", key.vkey()));
    files.insert("receipt.json".into(), format!("{}\n", receipt.to_json()));
    files.insert("expected.json".into(), serde_json::to_string_pretty(&expected).expect("JSON") + "\n");
    let policy = |meeting: &Meeting| {
        let mut json = serde_json::to_value(meeting.policy.document()).expect("JSON");
        json.sort_all_objects();
        serde_json::to_string_pretty(&json).expect("JSON") + "\n"
    };
    files.insert("keeps-all.json".into(), policy(&keeps));
    files.insert("rental-car.json".into(), policy(&rents));
    files
}

/// The files are what this program writes; `LIANGZHENG_WRITE_VECTORS=1` writes them anew.
#[test]
fn the_vectors_are_what_is_written() {
    let folder = folder();
    for (name, text) in made() {
        let path = folder.join(&name);
        if std::env::var_os("LIANGZHENG_WRITE_VECTORS").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(&path, &text).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "{name} is another; fix: LIANGZHENG_WRITE_VECTORS=1 cargo test -p liangzheng-record"
        );
    }
}

/// Read again from the files alone, as another implementation would.
#[test]
fn the_vectors_hold() {
    let read = |name: &str| std::fs::read_to_string(folder().join(name)).expect("a vector");
    let expected: Value = serde_json::from_str(&read("expected.json")).expect("JSON");
    let text = read("journal.ndjson");
    let journal = Journal::read(text.as_bytes()).expect("a journal");
    assert!(journal.findings().is_empty());
    let hashes: Vec<Hash> = lines(text.as_bytes()).map(Hash::of).collect();
    assert_eq!(expected["lines"], json!(hashes));
    assert_eq!(expected["roots"][5], json!(journal.root()));
    let key = NoteKey::from_vkey(&read("journal.ndjson.vkey")).expect("a key");
    let note = SignedNote::parse(&read("journal.ndjson.checkpoint")).expect("a note");
    let checkpoint = note.verify(&key, ORIGIN, &check).expect("signed");
    assert_eq!(expected["checkpoint"], note.text());
    assert_eq!(journal.against_checkpoint(checkpoint.checkpoint()), None);
    let receipt = Receipt::from_json(read("receipt.json").as_bytes()).expect("a receipt");
    assert_eq!(receipt.verify(checkpoint.checkpoint()), Ok(()));
    let states: Vec<PayloadState> = journal
        .ids()
        .map(|(id, index)| {
            let path = folder().join(format!("journal.ndjson.payloads/{}.json", id.to_hex()));
            journal.payload_state(index, std::fs::read(path).ok().as_deref())
        })
        .collect();
    assert_eq!(states.iter().filter(|state| **state == PayloadState::Whole).count(), 4);
    assert_eq!(states.iter().filter(|state| **state == PayloadState::Erased).count(), 1);
}
