//! A journal that was tampered with: found, and where (`T-record-rewritten`).

use liangzheng_record::{
    Checkpoint, Journal, JournalCode, JournalFinding, PayloadState, Receipt, ReceiptError, Record,
    RecordError,
};

use crate::support::{Meeting, NOW, file, journal, rental};

fn read(text: &str) -> Journal {
    Journal::read(text.as_bytes()).expect("not too long")
}

fn codes(findings: &[JournalFinding]) -> Vec<(JournalCode, Option<usize>)> {
    findings.iter().map(|finding| (finding.code, finding.line)).collect()
}

fn signed(journal: &Journal) -> Checkpoint {
    journal.checkpoint("rental.example/desk-7")
}

#[test]
fn what_was_written_is_whole() {
    let (journal, appended) = journal(9);
    let again = read(&file(&appended));
    assert!(again.is_whole());
    assert!(again.findings().is_empty());
    assert_eq!(again.root(), journal.root());
    assert_eq!(again.against_checkpoint(&signed(&journal)), None);
    for (index, appended) in appended.iter().enumerate() {
        let record = Record::from_line(appended.line.as_bytes()).expect("a record");
        assert_eq!((record.sequence, &record), (index as u64, &appended.record));
        let payload = appended.payload.as_deref();
        assert_eq!(again.payload_state(index, payload), PayloadState::Whole);
    }
    // A file without its last line feed, or with the ends of another system, is the same journal.
    let text = file(&appended);
    for same in [text.trim_end().to_owned(), text.replace('\n', "\r\n")] {
        assert_eq!(read(&same).root(), journal.root());
    }
    assert_eq!(read("").len(), 0);
}

/// Whatever byte is changed, something is found: by the next line, or by the checkpoint.
#[test]
fn one_byte_changed_is_found_in_every_place() {
    let (journal, appended) = journal(4);
    let text = file(&appended).into_bytes();
    let mut start = 0;
    for (line, record) in appended.iter().enumerate() {
        for at in (0..record.line.len()).step_by(7) {
            let mut bytes = text.clone();
            bytes[start + at] ^= 1;
            let tampered = Journal::read(&bytes).expect("not too long");
            let findings = tampered.findings();
            let place = format!("line {} byte {at}: {findings:?}", line + 1);
            if line + 1 < appended.len() {
                assert!(!findings.is_empty(), "{place}");
                let named = |finding: &JournalFinding| {
                    finding.line == Some(line + 1) || finding.line == Some(line + 2)
                };
                assert!(findings.iter().any(named), "{place}");
            }
            let told = tampered.against_checkpoint(&signed(&journal)).expect("another root");
            // A byte that became a line feed makes two lines of one.
            assert_eq!(told.code, JournalCode::Rewritten, "{place}");
        }
        start += record.line.len() + 1;
    }
}

#[test]
fn a_changed_record_is_named() {
    let (_, appended) = journal(6);
    for line in 0..5 {
        let mut lines: Vec<String> = appended.iter().map(|appended| appended.line.clone()).collect();
        lines[line] = lines[line].replace("desk-7", "desk-8");
        let findings = read(&lines.join("\n")).findings();
        assert_eq!(codes(&findings), [(JournalCode::Changed, Some(line + 1))]);
        assert_eq!(findings[0].record_id, Some(appended[line].record.record_id));
    }
    // Two neighbours, and the link of one.
    let mut lines: Vec<String> = appended.iter().map(|appended| appended.line.clone()).collect();
    lines[1] = lines[1].replace("desk-7", "desk-8");
    lines[2] = lines[2].replace("desk-7", "desk-8");
    let findings = read(&lines.join("\n")).findings();
    assert!(codes(&findings).contains(&(JournalCode::Changed, Some(3))), "{findings:?}");
    // A number of its own.
    let mut lines: Vec<String> = appended.iter().map(|appended| appended.line.clone()).collect();
    lines[2] = lines[2].replace("\"sequence\":2", "\"sequence\":9");
    assert_eq!(codes(&read(&lines.join("\n")).findings()), [(JournalCode::Changed, Some(3))]);
}

#[test]
fn a_removed_line_is_found() {
    let (_, appended) = journal(6);
    for gone in 0..5 {
        let mut left = appended.clone();
        left.remove(gone);
        let findings = read(&file(&left)).findings();
        assert_eq!(codes(&findings), [(JournalCode::Missing, Some(gone + 1))]);
        assert_eq!(findings[0].count, 1);
    }
    let findings = read(&file(&appended[3..])).findings();
    assert_eq!(codes(&findings), [(JournalCode::Missing, Some(1))]);
    assert_eq!(findings[0].count, 3);
}

#[test]
fn two_swapped_lines_are_found() {
    let (_, appended) = journal(6);
    for first in 0..5 {
        let mut swapped = appended.clone();
        swapped.swap(first, first + 1);
        let expected = [first + 1, first + 2].map(|line| (JournalCode::Reordered, Some(line)));
        assert_eq!(codes(&read(&file(&swapped)).findings()), expected);
    }
    let mut swapped = appended;
    swapped.swap(1, 4);
    let expected = [2, 5].map(|line| (JournalCode::Reordered, Some(line)));
    assert_eq!(codes(&read(&file(&swapped)).findings()), expected);
}

#[test]
fn a_line_that_is_there_twice_is_found() {
    let (_, appended) = journal(4);
    let mut twice = appended.clone();
    twice.insert(2, appended[1].clone());
    assert_eq!(codes(&read(&file(&twice)).findings()), [(JournalCode::Repeated, Some(3))]);
}

#[test]
fn a_line_that_is_no_record_is_found() {
    let (_, appended) = journal(3);
    let mut lines: Vec<String> = appended.iter().map(|appended| appended.line.clone()).collect();
    lines[1] = "{}".to_owned();
    assert_eq!(codes(&read(&lines.join("\n")).findings()), [(JournalCode::Unreadable, Some(2))]);
}

/// Nothing inside says that the end is gone; a checkpoint or a receipt does.
#[test]
fn a_cut_off_end_is_found_by_checkpoint_and_receipt() {
    let (whole, appended) = journal(6);
    let checkpoint = signed(&whole);
    let receipt = whole.receipt(appended[5].line.as_bytes(), "a note").expect("a receipt");
    let cut = read(&file(&appended[..4]));
    assert!(cut.findings().is_empty());
    let found = cut.against_checkpoint(&checkpoint).expect("a finding");
    assert_eq!((found.code, found.count), (JournalCode::CutOff, 2));
    let found = cut.against_receipt(&receipt).expect("a finding");
    assert_eq!((found.code, found.count), (JournalCode::CutOff, 2));
    let early = whole.receipt(appended[1].line.as_bytes(), "a note").expect("a receipt");
    assert_eq!(cut.against_receipt(&early), None);
}

/// A journal that was written anew fits together; it is not what was signed.
#[test]
fn a_rewritten_chain_is_found_by_checkpoint_and_receipt() {
    let (whole, appended) = journal(5);
    let checkpoint = signed(&whole);
    let receipt = whole.receipt(appended[2].line.as_bytes(), "a note").expect("a receipt");
    let meeting = Meeting::new(rental(), NOW);
    let mut rewritten = Journal::new();
    for number in 0..7 {
        let mut draft = meeting.draft(&format!("record {number}"));
        draft.operator = Some(if number == 2 { "nobody" } else { "desk-7" });
        rewritten.append(&draft).expect("a record");
    }
    assert!(rewritten.findings().is_empty());
    let found = rewritten.against_checkpoint(&checkpoint).expect("a finding");
    assert_eq!(found.code, JournalCode::Rewritten);
    let found = rewritten.against_receipt(&receipt).expect("a finding");
    assert_eq!((found.code, found.line), (JournalCode::Changed, Some(3)));
    // A journal that went on is the same one.
    let (longer, _) = journal_of(8);
    assert_eq!(longer.against_checkpoint(&checkpoint), None);
}

fn journal_of(count: usize) -> (Journal, Vec<liangzheng_record::Appended>) {
    journal(count)
}

#[test]
fn an_erased_payload_leaves_the_journal_whole() {
    let (whole, appended) = journal(3);
    let again = read(&file(&appended));
    assert_eq!(again.payload_state(1, None), PayloadState::Erased);
    assert!(again.findings().is_empty());
    assert_eq!(again.against_checkpoint(&signed(&whole)), None);
    let mut payload = appended[1].payload.clone().expect("a payload");
    payload[40] ^= 1;
    assert_eq!(again.payload_state(1, Some(&payload)), PayloadState::Changed);
    // Due when its time has come, and not before.
    let until = appended[1].record.keep_until.expect("kept").0;
    assert!(again.due(until.plus_seconds(-1)).is_empty());
    assert_eq!(again.due(until).len(), 3);
}

#[test]
fn nothing_is_appended_to_what_is_not_whole_and_no_id_twice() {
    let (mut journal, appended) = journal(3);
    let meeting = Meeting::new(rental(), NOW);
    assert_eq!(journal.append(&meeting.draft("record 1")), Err(RecordError::Repeated));
    let mut broken = read(&file(&appended[1..]));
    assert_eq!(broken.append(&meeting.draft("another")), Err(RecordError::Journal));
}

#[test]
fn a_line_that_is_not_in_the_journal_has_no_receipt() {
    let (whole, appended) = journal(3);
    let line = &appended[1].line;
    let other = line.replacen("\"sequence\":1", "\"sequence\":2", 1);
    assert_ne!(&other, line);
    for line in [other.as_str(), "{}", "", &format!(" {line}")] {
        assert!(whole.receipt(line.as_bytes(), "a note").is_none(), "{line}");
    }
}

#[test]
fn a_receipt_fits_in_a_qr_code_and_proves_its_record() {
    let (whole, appended) = journal(5);
    let checkpoint = signed(&whole);
    for appended in &appended {
        let receipt = whole.receipt(appended.line.as_bytes(), "a note").expect("a receipt");
        let read = Receipt::from_json(receipt.to_json().as_bytes()).expect("its own JSON");
        assert_eq!(read, receipt);
        assert_eq!(read.verify(&checkpoint), Ok(()));
        assert_eq!(read.verify_line(appended.line.as_bytes()), Ok(()));
        let mut other = read.clone();
        other.index = (other.index + 1) % 5;
        assert_eq!(other.verify(&checkpoint), Err(ReceiptError::Proof));
        let changed = appended.line.replace("desk-7", "desk-8");
        assert_eq!(read.verify_line(changed.as_bytes()), Err(ReceiptError::Record));
    }
    assert!(whole.receipt(appended[0].line.as_bytes(), "a note").expect("a receipt").to_json().len() < 1500);
}

#[test]
fn line_of_another_kind_is_added_at_its_place_and_no_other() {
    use liangzheng_record::{Hash, RecordId, includes};
    let line = |id: RecordId, sequence: u64, prev: Option<Hash>| {
        let prev = prev.map_or_else(|| "null".to_owned(), |hash| format!("\"{}\"", hash.to_hex()));
        let id = id.to_hex();
        format!(r#"{{"schema_version":1,"record_id":"{id}","sequence":{sequence},"prev":{prev},"step":"x"}}"#)
    };
    let mut journal = Journal::new();
    for number in 0..5 {
        let id = RecordId([number; 16]);
        let text = journal.append_line(id, |sequence, prev| line(id, sequence, prev)).expect("added");
        assert_eq!(journal.line_hash(number.into()), Some(Hash::of(text.as_bytes())));
    }
    assert!(journal.is_whole());
    let whole = journal.clone();
    let id = RecordId([9; 16]);
    let refused = |journal: &mut Journal, id, make: &dyn Fn(u64, Option<Hash>) -> String| {
        journal.append_line(id, make).expect_err("refused")
    };
    assert_eq!(
        refused(&mut journal, RecordId([1; 16]), &|s, p| line(RecordId([1; 16]), s, p)),
        RecordError::Repeated
    );
    assert_eq!(refused(&mut journal, id, &|s, p| line(id, s + 1, p)), RecordError::Form);
    assert_eq!(refused(&mut journal, id, &|s, _| line(id, s, None)), RecordError::Form);
    assert_eq!(refused(&mut journal, id, &|s, p| line(RecordId([8; 16]), s, p)), RecordError::Form);
    assert_eq!(
        refused(&mut journal, id, &|s, p| line(id, s, p).replace("\"x\"", "\n\"x\"")),
        RecordError::Form
    );
    assert_eq!(refused(&mut journal, id, &|_, _| String::new()), RecordError::Form);
    assert_eq!((journal.len(), journal.root()), (whole.len(), whole.root()));

    let leaf = journal.line_hash(3).expect("a leaf");
    assert_eq!(journal.against_leaf(RecordId([3; 16]), 3, leaf), None);
    let changed = journal.against_leaf(RecordId([3; 16]), 3, Hash([0; 32])).expect("found");
    assert_eq!((changed.code, changed.line), (JournalCode::Changed, Some(4)));
    let proof = |index| {
        <base64ct::Base64 as base64ct::Encoding>::decode_vec(&journal.proof(index).expect("a proof"))
            .expect("base64")
    };
    assert!(includes(journal.root(), 5, 3, leaf, &proof(3)));
    assert!(!includes(journal.root(), 5, 2, leaf, &proof(3)));
    assert!(!includes(Hash([0; 32]), 5, 3, leaf, &proof(3)));
}
