//! The journal: a clerk who rewrites history is found by whoever kept a receipt (`T-desk-rewritten`).

use liangzheng_authority::application::Occasion;
use liangzheng_authority::desk::Action;
use liangzheng_authority::journal::{Receipt, Step, verify};
use liangzheng_authority::photo::RejectReason;
use record::{Hash, Journal};

use crate::support::{NOON, Office};

/// A day at the desk: its lines and every receipt.
fn day() -> (Office, Vec<String>, Vec<Receipt>) {
    let mut office = Office::new(NOON);
    let mut receipts = Vec::new();
    for reason in [RejectReason::Ground, RejectReason::Ears] {
        let application = office.application("he", Occasion::FirstClaim, Some("he"));
        receipts.push(office.receive(&application).unwrap().receipt);
        let note = Some(format!("{} 11010519491231002X", application.number));
        let id = application.id;
        receipts.push(office.act(Action::Reject { id, reason, note }).unwrap().receipt);
        receipts.push(office.answer(id).unwrap().receipt);
    }
    for who in ["lin", "zhao"] {
        let application = office.application(who, Occasion::FirstClaim, None);
        receipts.push(office.receive(&application).unwrap().receipt);
        receipts.push(office.answer(application.id).unwrap().receipt);
    }
    let suspend = Action::Suspend { reference: "lin".into(), letter: licence::Letter::D };
    receipts.push(office.act(suspend).unwrap().receipt);
    let lines = office.journal.clone();
    assert_eq!(lines.len(), receipts.len());
    (office, lines, receipts)
}

fn found(lines: &[String], receipts: &[Receipt]) -> Vec<(&'static str, Option<usize>)> {
    let findings = verify(lines.iter().map(String::as_str), receipts).unwrap();
    findings.iter().map(|finding| (finding.code.code(), finding.line)).collect()
}

/// The lines with every number and link made to fit, as a clerk with a good tool would.
fn made_to_fit(lines: &[String]) -> Vec<String> {
    let mut fitting: Vec<String> = Vec::new();
    for line in lines {
        let mut step = Step::from_line(line).unwrap();
        step.sequence = fitting.len() as u64;
        step.prev = fitting.last().map(|line: &String| Hash::of(line.as_bytes()));
        fitting.push(serde_json::to_string(&step).unwrap());
    }
    fitting
}

#[test]
fn whole_journal_agrees_with_every_receipt() {
    let (office, lines, receipts) = day();
    assert_eq!(found(&lines, &receipts), []);
    assert!(office.desk().findings().is_empty());
    for (receipt, line) in receipts.iter().zip(&lines) {
        receipt.verify().unwrap();
        receipt.verify_line(line).unwrap();
        assert_eq!(Receipt::from_json(receipt.to_json().as_bytes()).unwrap(), *receipt);
        assert_eq!(receipt.size, receipt.index + 1);
    }
    assert_eq!(made_to_fit(&lines), lines, "a line is read and written the same");
    // The same tree as the partners' records have.
    let mut journal = Journal::new();
    lines.iter().for_each(|line| journal.push(line.as_bytes()).unwrap());
    assert_eq!(journal.root(), receipts.last().unwrap().root);
    assert_eq!(office.desk().checkpoint(), receipts.last().unwrap().checkpoint());
}

#[test]
fn line_that_is_changed_missing_moved_or_cut_off_is_found_without_a_receipt_too() {
    let (_, lines, receipts) = day();
    let mut changed = lines.clone();
    changed[1] = changed[1].replace("rejected", "approved");
    assert_eq!(found(&changed, &[]), [("record-changed", Some(2))]);
    let mut missing = lines.clone();
    missing.remove(1);
    assert_eq!(found(&missing, &[]), [("record-missing", Some(2))]);
    let mut moved = lines.clone();
    moved.swap(1, 2);
    assert!(found(&moved, &[]).iter().any(|(code, _)| *code == "record-reordered"));
    let mut twice = lines.clone();
    twice.insert(2, lines[1].clone());
    assert!(found(&twice, &[]).contains(&("record-repeated", Some(3))));
    // That the end is cut off, a receipt alone tells.
    let cut = &lines[..lines.len() - 2];
    assert_eq!(found(cut, &[]), []);
    assert!(found(cut, &receipts).contains(&("journal-cut-off", None)));
}

#[test]
fn clerk_who_rewrites_history_is_found_by_every_receipt_from_there_on() {
    let (_, lines, receipts) = day();
    // A rejection becomes an approval, and everything after it is made to fit.
    let mut rewritten = lines.clone();
    rewritten[1] = rewritten[1].replace("\"rejected\"", "\"approved\"");
    let rewritten = made_to_fit(&rewritten);
    assert_eq!(found(&rewritten, &[]), [], "nothing shows in the journal itself");
    for receipt in &receipts {
        let told = found(&rewritten, std::slice::from_ref(receipt));
        let before = receipt.index < 1;
        assert_eq!(told.is_empty(), before, "{}", receipt.index);
        assert_eq!(told.iter().any(|(code, _)| *code == "journal-rewritten"), !before);
    }
    // A step is left out, and what follows is made to fit.
    let mut left_out = lines.clone();
    left_out.remove(3);
    let left_out = made_to_fit(&left_out);
    assert_eq!(found(&left_out, &[]), []);
    assert!(!found(&left_out, &receipts[3..4]).is_empty());
    // A step that never was is put in at the front.
    let mut put_in = lines.clone();
    let mut step = Step::from_line(&lines[0]).unwrap();
    step.record_id = record::RecordId([0xEE; 16]);
    put_in.insert(0, serde_json::to_string(&step).unwrap());
    assert!(!found(&made_to_fit(&put_in), &receipts[..1]).is_empty());
}

#[test]
fn receipt_that_is_changed_is_refused() {
    let (_, lines, receipts) = day();
    let receipt = &receipts[4];
    let refused = |receipt: Receipt| receipt.verify().unwrap_err().code();
    assert_eq!(refused(Receipt { leaf: Hash([0; 32]), ..receipt.clone() }), "receipt-proof");
    assert_eq!(refused(Receipt { root: Hash([0; 32]), ..receipt.clone() }), "receipt-proof");
    assert_eq!(refused(Receipt { index: 9, ..receipt.clone() }), "receipt-index");
    assert_eq!(refused(Receipt { proof: "?".into(), ..receipt.clone() }), "receipt-form");
    assert_eq!(receipt.verify_line(&lines[3]).unwrap_err().code(), "receipt-record");
    assert_eq!(Receipt::from_json(&[b' '; 5000]).unwrap_err().code(), "receipt-form");
    assert!(verify(lines.iter().map(String::as_str), &[Receipt { index: 9, ..receipt.clone() }]).is_err());
}

#[test]
fn desk_whose_journal_is_not_whole_does_nothing_more() {
    let (mut office, _, _) = day();
    office.journal.remove(2);
    let desk = office.desk();
    assert!(!desk.findings().is_empty());
    let error = office.act(Action::Reinstate { reference: "lin".into() }).unwrap_err();
    assert_eq!(error.code(), "journal-not-whole");
}

#[test]
fn journal_holds_no_photo_and_no_whole_number() {
    let (office, lines, _) = day();
    let text = lines.concat();
    for driver in office.desk().search("", office.now) {
        assert!(!text.contains(&driver.facts.number), "{}", driver.reference);
        assert!(!text.contains(&driver.facts.name_zh()), "{}", driver.reference);
    }
    assert!(!text.contains("11010519491231002X") && text.contains("…002X"));
    assert!(lines.iter().all(|line| line.len() < 1000));
    assert_eq!(office.desk().export().lines().count(), lines.len());
}
