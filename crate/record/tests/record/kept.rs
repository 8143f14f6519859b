//! What is kept: as little as the policy says, with both signatures (`T-record-identifies`), and who may overrule what
//! (`T-record-overruled`).

use cbor::{Value, decode_foreign};
use envelope::Envelope;
use liangzheng_record::{
    Form, Journal, Override, Payload, Presentation, RecordError, Retention, may_override,
};
use licence::{Fact, Profile};
use mdoc::wire::DeviceResponse;
use verdict::{DecisionOutcome, Judged};

use crate::support::{
    Meeting, NOW, OFFSET, case, keeps_all, policy, presented, presented_with, rental, verdict,
};

fn names(response: &[u8]) -> Vec<String> {
    let response = DeviceResponse::decode(response).expect("a DeviceResponse");
    let signed = response.documents().iter().flat_map(|document| document.issuer_signed().name_spaces());
    signed.flat_map(|(_, items)| items.iter().map(|item| item.element_identifier().to_owned())).collect()
}

/// A record, and what is kept beside it, has no value of an element that no rule needs later.
#[test]
fn a_record_has_names_and_codes_and_no_value() {
    let meeting = Meeting::new(rental(), NOW);
    let mut journal = Journal::new();
    let appended = journal.append(&meeting.draft("one")).expect("a record");
    for secret in ["Ceshi", "Yiren", "测试一", "试一", "0010", "1990", "C1", "2027-05-10"] {
        assert!(!appended.line.contains(secret), "{secret}: {}", appended.line);
    }
    for name in ["classes", "portrait_small", "number_last4", "status_letters"] {
        assert!(appended.line.contains(name), "{name}");
    }
    assert_eq!(appended.record.face, case().face);
    assert!(appended.line.len() < 4096, "{}", appended.line.len());
}

/// The rental policy keeps names and the end of the number; nothing else of what it asked.
#[test]
fn what_the_policy_does_not_retain_is_gone() {
    let meeting = Meeting::new(rental(), NOW);
    let mut journal = Journal::new();
    let appended = journal.append(&meeting.draft("one")).expect("a record");
    let payload = Payload::from_bytes(&appended.payload.expect("a payload")).expect("its own bytes");
    let envelope =
        Envelope::decode_inflated(&payload.presentation.expect("a presentation")).expect("an Envelope");
    assert_eq!(
        names(envelope.device_response()),
        ["family_name_national_character", "given_name_national_character", "number_last4"]
    );
}

#[test]
fn a_portrait_and_a_whole_number_are_kept_only_if_somebody_says_so() {
    let all = policy("rental-car", |json| {
        for fact in json["facts"].as_array_mut().expect("facts") {
            fact["intent_to_retain"] = true.into();
        }
    });
    let retention = Retention::of(&all);
    let domestic = licence::DOMESTIC_NAMESPACE;
    assert!(retention.keeps(Profile::Cn, domestic, "classes"));
    assert!(!retention.keeps(Profile::Cn, domestic, "portrait_small"));
    assert!(retention.with(&[Fact::Portrait]).keeps(Profile::Cn, domestic, "portrait_small"));
    // Not asked, and so not kept whatever is said.
    assert!(!retention.with(&[Fact::Number]).keeps(Profile::Cn, licence::ISO_NAMESPACE, "document_number"));
    assert!(!retention.keeps(Profile::Cn, domestic, "resident_address_zh"));
    // The policy does not retain it.
    assert!(!Retention::of(&rental()).keeps(Profile::Cn, domestic, "classes"));
}

/// Elements that no rule reads are shown as well; they are gone, and the decision is the same.
#[test]
fn a_redacted_presentation_verifies_with_the_same_decision() {
    let policy = keeps_all();
    let payload = presented_with(&policy, NOW, &["sex", "nationality", "resident_address_zh", "portrait"]);
    let full = verdict(&policy, &payload, NOW);
    let retention = Retention::of(&policy);
    let keeps = |profile: Profile, namespace: &str, id: &str| retention.keeps(profile, namespace, id);
    let presentation = Presentation { form: Form::OneWay, bytes: &payload, transcript: None };
    let kept = presentation.redacted(&keeps).expect("a presentation");
    let envelope = Envelope::decode_inflated(&kept).expect("an Envelope");
    let left = names(envelope.device_response());
    for gone in ["sex", "nationality", "resident_address_zh", "portrait"] {
        assert!(!left.iter().any(|name| name == gone), "{gone}");
    }
    assert!(left.iter().any(|name| name == "classes"));
    let terms = policy.terms(NOW, OFFSET);
    let trust = crate::support::trust();
    let context = verdict::VerifierContext::new(NOW, &trust, &terms);
    let again = verdict::OneWayPresentation::decode_inflated(&kept).expect("an Envelope").verify(&context);
    assert!(full.issuer.is_some());
    assert_eq!(again.issuer, full.issuer);
    let decide = |verdict: &verdict::Verdict| policy.decide(&Judged::from(verdict), &case(), NOW, OFFSET);
    let outcomes = |decision: &verdict::Decision| {
        let of = decision.reasons.iter().map(|reason| (reason.rule.clone(), reason.outcome, reason.code));
        (decision.outcome, of.collect::<Vec<_>>())
    };
    assert_eq!(outcomes(&decide(&again)), outcomes(&decide(&full)));
    // And with one element less that a rule reads, it does not.
    let fewer = presentation.redacted(&|_, _, id| id != "classes").expect("a presentation");
    let again = verdict::OneWayPresentation::decode_inflated(&fewer).expect("an Envelope").verify(&context);
    assert_ne!(outcomes(&decide(&again)), outcomes(&decide(&full)));
}

/// Bytes of others survive: keys in another order, indefinite lengths, keys that nobody knows.
#[test]
fn foreign_bytes_are_kept_as_received() {
    let payload = presented(&rental(), NOW);
    let envelope = Envelope::decode(&payload).expect("an Envelope");
    let response = decode_foreign(envelope.device_response()).expect("CBOR");
    let document = &response.get_text("documents").expect("documents").as_array().expect("an array")[0];
    let (issuer, device) = (
        document.get_text("issuerSigned").expect("issuer"),
        document.get_text("deviceSigned").expect("device"),
    );
    // {_ "x": 1(0), "status": 0, "version": "1.0", "documents": [_ {_ …}]}, lengths indefinite.
    let text = |text: &str| cbor::encode(&Value::text(text));
    let mut foreign = vec![0xbf];
    foreign.extend([text("x"), vec![0xc1, 0x18, 0x00], text("status"), vec![0x00]].concat());
    foreign.extend([text("version"), text("1.0"), text("documents"), vec![0x9f, 0xbf]].concat());
    foreign.extend([text("deviceSigned"), device.raw().to_vec(), text("y"), vec![0x9f, 0xff]].concat());
    foreign.extend([text("issuerSigned"), issuer.raw().to_vec(), text("docType")].concat());
    foreign.extend([text("org.iso.18013.5.1.mDL"), vec![0xff, 0xff, 0xff]].concat());
    let presentation = Presentation { form: Form::Unbound, bytes: &foreign, transcript: None };
    let kept = presentation.redacted(&|_, _, id| id == "classes").expect("a presentation");
    assert_eq!(names(&kept), ["classes"]);
    let whole = |part: &[u8]| kept.windows(part.len()).any(|window| window == part);
    assert!(whole(device.raw()), "DeviceSigned is another");
    assert!(whole(issuer.get_text("issuerAuth").expect("issuerAuth").raw()), "issuerAuth is another");
    assert!(whole(&[0xc1, 0x18, 0x00]), "an unknown key is gone");
    // Nothing left to keep is nothing kept.
    assert_eq!(presentation.redacted(&|_, _, _| false), None);
}

#[test]
fn bytes_that_are_no_presentation_are_recorded_and_not_kept() {
    let meeting = Meeting::of(rental(), b"not a presentation".to_vec(), NOW);
    let mut journal = Journal::new();
    let appended = journal.append(&meeting.draft("one")).expect("a record");
    assert_eq!(appended.record.decision, DecisionOutcome::Refuse);
    assert!(appended.record.documents.is_empty());
    let payload = Payload::from_bytes(&appended.payload.expect("a payload")).expect("its own bytes");
    assert_eq!(payload.presentation, None);
}

/// The same licence twice: nobody sees that from two records.
#[test]
fn two_records_of_one_licence_cannot_be_linked() {
    let meeting = Meeting::new(rental(), NOW);
    let mut journal = Journal::new();
    let [one, two] = ["one", "two"].map(|label| journal.append(&meeting.draft(label)).expect("a record"));
    assert_ne!(one.record.documents[0].credential_digest, two.record.documents[0].credential_digest);
    assert_ne!(one.record.case_digest, two.record.case_digest);
}

#[test]
fn a_person_overrides_a_rule_and_no_proof() {
    let to = |decision| Override { by: "clerk 12".into(), reason: "seen the original".into(), decision };
    let old = Meeting::new(rental(), NOW);
    assert!(may_override(&old.decision));
    let mut journal = Journal::new();
    let mut draft = old.draft("one");
    draft.overridden = Some(to(DecisionOutcome::Accept));
    let record = journal.append(&draft).expect("a record").record;
    assert_eq!(record.final_decision(), DecisionOutcome::Accept);
    // A forged presentation stays refused, whoever says otherwise.
    let mut forged = presented(&rental(), NOW);
    let middle = forged.len() / 2;
    forged[middle] ^= 1;
    let forged = Meeting::of(rental(), forged, NOW);
    let mut draft = forged.draft("two");
    draft.overridden = Some(to(DecisionOutcome::Review));
    assert_eq!(journal.append(&draft), Err(RecordError::Override));
    draft.overridden = Some(to(DecisionOutcome::Refuse));
    assert!(journal.append(&draft).is_ok());
    // What a person writes is one line of text.
    for bad in ["", "  ", "two\nlines", &"x".repeat(201)] {
        let mut draft = old.draft("three");
        draft.overridden = Some(Override { reason: bad.into(), ..to(DecisionOutcome::Accept) });
        assert_eq!(journal.append(&draft), Err(RecordError::Text("override.reason")));
    }
}

/// However many and long the names are that an issuer signs, the decision is recorded.
#[test]
fn names_without_measure_do_not_keep_a_record_out() {
    let issuer = testkit::issuer::TestIssuer::default();
    let mut elements = testkit::sample::licence_elements();
    for number in 0..400 {
        // Each of these characters takes six bytes in JSON.
        let name: &'static str = Box::leak(format!("{number}{}", "\u{1}".repeat(100)).into_boxed_str());
        elements.push((licence::ISO_NAMESPACE, name, Value::Bool(true)));
    }
    let wanted: Vec<(&str, &str)> = elements.iter().map(|(namespace, id, _)| (*namespace, *id)).collect();
    let holder = testkit::holder::TestHolder::with_elements(&issuer, NOW, elements.clone());
    let payload = holder.present_for("rental", &wanted, NOW).payload().to_vec();
    let meeting = Meeting::of(rental(), payload, NOW);
    assert!(meeting.verdict.issuer.is_some());
    let mut journal = Journal::new();
    let appended = journal.append(&meeting.draft("one")).expect("a record");
    assert!(appended.line.len() < liangzheng_record::LINE_MAX / 2, "{}", appended.line.len());
    let names = appended.record.documents[0].pii_information.iter().flat_map(|of| &of.pii_types);
    assert!(names.count() > 10);
}
