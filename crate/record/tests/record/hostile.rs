//! Journals, payloads, receipts and notes of an attacker: bounded, refused, and never a panic.

use liangzheng_record::{
    Journal, JournalCode, LINE_MAX, PAYLOAD_MAX, Payload, Presentation, RECORDS_MAX, Receipt, ReceiptError,
    Record, RecordCode, RecordError, SignedNote,
};
use proptest::prelude::*;

use crate::support::{file, journal};

#[test]
fn long_deep_and_strange_lines_are_refused() {
    let (_, appended) = journal(1);
    let line = &appended[0].line;
    let deep = "[".repeat(LINE_MAX - 1);
    let object = |member: &str| line.replacen('{', &format!("{{{member},"), 1);
    let long = format!("{line}{}", " ".repeat(LINE_MAX));
    let cases = [
        (long, RecordCode::Size),
        (deep, RecordCode::Form),
        (String::new(), RecordCode::Form),
        ("null".into(), RecordCode::Form),
        (line.replace("\"sequence\":0", "\"sequence\":NaN"), RecordCode::Form),
        (line.replace("\"sequence\":0", "\"sequence\":1e400"), RecordCode::Form),
        (line.replace("\"sequence\":0", "\"sequence\":-1"), RecordCode::Form),
        (line.replace("\"sequence\":0", "\"sequence\":18446744073709551616"), RecordCode::Form),
        (line.replace("\"schema_version\":1", "\"schema_version\":2"), RecordCode::Newer),
        (object("\"sequence\":0"), RecordCode::Form),
        (object("\"another\":1"), RecordCode::Form),
        (line.replace("2026-11-22T12:00:00Z", "2026-11-31T12:00:00Z"), RecordCode::Form),
        (line.replacen("\"prev\":null", "\"prev\":\"00\"", 1), RecordCode::Form),
    ];
    for (line, code) in cases {
        let read = Record::from_line(line.as_bytes()).map_err(|error: RecordError| error.kind());
        assert_eq!(read.map(|_| ()), Err(code), "{}", line.chars().take(200).collect::<String>());
    }
    assert_eq!(Record::from_line(b"\xff\xfe").map(|_| ()), Err(RecordError::Form));
}

/// A line of a newer version is a leaf as any other; only its content is not read.
#[test]
fn a_newer_record_is_in_the_tree() {
    let (_, appended) = journal(1);
    let newer = appended[0].line.replace("\"schema_version\":1", "\"schema_version\":2,\"more\":[{}]");
    let journal = Journal::read(newer.as_bytes()).expect("not too long");
    assert!(journal.findings().is_empty());
}

#[test]
fn numbers_at_their_ends_do_not_overflow() {
    let (_, appended) = journal(3);
    let text = file(&appended);
    for number in ["18446744073709551615", "9223372036854775808", "4294967296"] {
        for at in 0..3 {
            let changed = text.replace(&format!("\"sequence\":{at}"), &format!("\"sequence\":{number}"));
            assert!(!Journal::read(changed.as_bytes()).expect("not too long").findings().is_empty());
        }
        // Without the link as well.
        let last = appended[2].line.replace("\"sequence\":2", &format!("\"sequence\":{number}"));
        let alone = Journal::read(last.as_bytes()).expect("not too long");
        assert_eq!(alone.findings()[0].code, JournalCode::Missing);
    }
}

#[test]
fn a_huge_journal_is_bounded() {
    let lines = "x\n".repeat(RECORDS_MAX + 1);
    assert_eq!(Journal::read(lines.as_bytes()).map(|_| ()), Err(RecordError::Size));
    let garbage = "x\n".repeat(5000);
    assert_eq!(Journal::read(garbage.as_bytes()).expect("not too long").findings().len(), 1000);
}

#[test]
fn payloads_and_receipts_are_bounded() {
    assert_eq!(Payload::from_bytes(&vec![b' '; PAYLOAD_MAX + 1]), Err(RecordError::Size));
    let (whole, appended) = journal(3);
    let payload = String::from_utf8(appended[0].payload.clone().expect("a payload")).expect("text");
    assert!(Payload::from_bytes(payload.as_bytes()).is_ok());
    let cut = payload.replacen("\"salt\":\"", "\"salt\":\"A", 1);
    assert_eq!(Payload::from_bytes(cut.as_bytes()), Err(RecordError::Form));
    assert_eq!(Receipt::from_json(&vec![b' '; 20_000]), Err(ReceiptError::Form));
    let receipt = whole.receipt(appended[1].line.as_bytes(), "a note").expect("a receipt");
    let checkpoint = whole.checkpoint("a");
    for proof in ["", "AAAA", "!", &"A".repeat(8000)] {
        let receipt = Receipt { proof: proof.into(), ..receipt.clone() };
        assert!(receipt.verify(&checkpoint).is_err(), "{proof}");
    }
    let beyond = Receipt { index: 3, ..receipt.clone() };
    assert_eq!(beyond.verify(&checkpoint), Err(ReceiptError::Index));
    for index in [2, 3, u64::MAX] {
        assert!(Receipt { index, ..receipt.clone() }.verify(&checkpoint).is_err());
        assert!(whole.against_receipt(&Receipt { index, ..receipt.clone() }).is_some());
    }
    for size in [0, u64::MAX, 1 << 40] {
        let checkpoint = liangzheng_record::Checkpoint { size, ..checkpoint.clone() };
        assert!(receipt.verify(&checkpoint).is_err());
        assert!(whole.against_checkpoint(&checkpoint).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, form in 0usize..5) {
        let _ = Journal::read(&bytes).map(|journal| journal.findings());
        let _ = (Record::from_line(&bytes).is_ok(), Payload::from_bytes(&bytes).is_ok());
        let _ = (Receipt::from_json(&bytes).is_ok(), SignedNote::parse(&String::from_utf8_lossy(&bytes)).is_ok());
        use liangzheng_record::Form;
        let form = [Form::OneWay, Form::Session, Form::Answer, Form::IssuerData, Form::Unbound][form];
        let _ = Presentation { form, bytes: &bytes, transcript: None }.redacted(&|_, _, _| true);
    }

    /// Any two changes of a journal are found, whatever they are together.
    #[test]
    fn shuffled_journals_are_found(order in Just((0usize..6).collect::<Vec<_>>()).prop_shuffle(), drop in 0usize..3) {
        let (_, appended) = journal(6);
        let kept: Vec<_> = order.iter().take(6 - drop).map(|index| appended[*index].clone()).collect();
        let in_order = order.iter().take(6 - drop).copied().eq(0..6 - drop);
        let read = Journal::read(file(&kept).as_bytes()).expect("not too long");
        prop_assert_eq!(read.findings().is_empty(), in_order);
        prop_assert_eq!(read.is_whole(), in_order);
    }
}
