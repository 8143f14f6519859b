//! Entry points of records: what an attacker writes in a journal or beside it, and what is kept of a presentation.

use std::collections::BTreeSet;

use licence::Profile;
use mdoc::wire::DeviceResponse;
use record::{Checkpoint, Form, Journal, Payload, Presentation, Receipt, SignedNote};
use testkit::draft::NOW;
use testkit::hostile;
use verdict::{OneWayPresentation, Purpose, Terms, VerifierContext};

/// A journal, a record, a payload, a receipt or a note. A journal is whole if nothing is found in it; it has its own
/// checkpoint, and the proofs of its records lead to it.
pub fn record_journal(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(checkpoint) = SignedNote::parse(&text).and_then(|note| note.unverified_checkpoint()) {
        assert_eq!(Checkpoint::from_text(&checkpoint.text()).as_ref(), Ok(&checkpoint));
    }
    if let Ok(payload) = Payload::from_bytes(bytes) {
        let _ = (payload.case_digest().is_ok(), payload.presentation().is_some());
    }
    let receipt = Receipt::from_json(bytes);
    let Ok(journal) = Journal::read(bytes) else { return };
    assert_eq!(journal.findings().is_empty(), journal.is_whole());
    let checkpoint = journal.checkpoint("a");
    assert_eq!(journal.against_checkpoint(&checkpoint), None);
    if let Ok(receipt) = &receipt {
        let _ = (receipt.verify(&checkpoint).is_ok(), journal.against_receipt(receipt));
    }
    for line in record::lines(bytes).take(64) {
        let Some(receipt) = journal.receipt(line, "") else { continue };
        assert_eq!(receipt.verify(&checkpoint), Ok(()));
        assert_eq!(receipt.verify_line(line), Ok(()));
        assert_eq!(journal.against_receipt(&receipt), None);
    }
}

/// What is kept of an Envelope has fewer elements, each as received, and the same signatures: a presentation that verifies does
/// so still.
pub fn record_kept(bytes: &[u8]) {
    let presentation = Presentation { form: Form::OneWay, bytes, transcript: None };
    let keeps = |_: Profile, _: &str, identifier: &str| identifier.len().is_multiple_of(2);
    let Some(kept) = presentation.redacted(&keeps) else { return };
    let (all, left) = (parts(bytes), parts(&kept));
    assert!(!left.is_empty() && left.is_subset(&all), "bytes that were not received");
    let trust = hostile::trust();
    let terms = Terms::default_for(Purpose::None, NOW.date_at(8 * 3600));
    let context = VerifierContext::new(NOW, trust, &terms);
    let proven = |bytes: &[u8]| {
        OneWayPresentation::decode_inflated(bytes).is_ok_and(|one| one.verify(&context).issuer.is_some())
    };
    assert!(!proven(bytes) || proven(&kept), "a signature does not verify any more");
}

/// Returns the elements, the issuer's signatures and the devices' elements of an Envelope.
fn parts(inflated: &[u8]) -> BTreeSet<Vec<u8>> {
    let envelope =
        envelope::Envelope::decode_inflated(inflated).or_else(|_| envelope::Envelope::decode(inflated));
    let response = envelope.ok().and_then(|envelope| DeviceResponse::decode(envelope.device_response()).ok());
    let mut parts = BTreeSet::new();
    for document in response.iter().flat_map(DeviceResponse::documents) {
        let items = document.issuer_signed().name_spaces().iter().flat_map(|(_, items)| items);
        parts.extend(items.map(|item| item.bytes().to_vec()));
        parts.extend(document.issuer_signed().issuer_auth().payload().map(<[u8]>::to_vec));
        parts.insert(document.device_signed().name_spaces_bytes().to_vec());
    }
    parts
}
