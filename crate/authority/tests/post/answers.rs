//! Answers: what a wallet applies, and what it refuses.

use cbor::cose::CoseKey;
use cbor::{Date, Value};
use envelope::sealed::{AnswerBinding, SealedAnswer};
use liangzheng_authority::photo::RejectReason;
use liangzheng_authority::post::{
    AnswerError, Awaited, DeskOutcome, Office, PendingAnswer, ReceivedApplication, VerifiedAnswer,
};
use mdoc::issuer::IssueRequest;
use mdoc::{KeyAuthorizations, TrustAnchors, ValidityInfo};
use signature::RustCrypto;
use testkit::issuer::TestIssuer;
use verdict::Arg;

use crate::support::*;

/// A wallet that waits for the answer of a desk.
struct Waiting {
    desk: Desk,
    wallet: Wallet,
    received: ReceivedApplication,
    awaited: Awaited,
}

impl Waiting {
    fn new(name: &'static str, device: u8) -> Self {
        let (desk, wallet) = (Desk::new("desk"), Wallet::new(name, device));
        let sent = wallet.send(&desk.verified()).unwrap();
        let received = desk.receive(&sent.payload).unwrap();
        let awaited = wallet.awaited(&sent);
        Self { desk, wallet, received, awaited }
    }

    fn open(&self, payload: &[u8], answered: bool) -> Result<VerifiedAnswer, AnswerError> {
        self.open_trusting(&trust(), payload, answered)
    }

    fn open_trusting(
        &self,
        trust: &TrustAnchors,
        payload: &[u8],
        answered: bool,
    ) -> Result<VerifiedAnswer, AnswerError> {
        let pending = PendingAnswer::decode(payload, &self.awaited, |_| answered)?;
        let shared = self.wallet.answer.agree(pending.point());
        pending.step(&shared)?.verify(&self.awaited, trust, now(), &RustCrypto)
    }

    fn code(&self, payload: &[u8]) -> &'static str {
        self.open(payload, false).map_or_else(|error| error.code(), |_| "applied")
    }

    /// The code for an outcome that the desk seals as it should.
    fn code_of(&self, outcome: DeskOutcome) -> &'static str {
        self.code(&self.desk.answer(&self.received, outcome))
    }

    /// Seals any content for this wallet, as its desk can.
    fn forge(&self, content: &Value) -> Vec<u8> {
        self.forge_for(&self.awaited.binding, content)
    }

    fn forge_for(&self, binding: &AnswerBinding, content: &Value) -> Vec<u8> {
        let body = cbor::encode(content);
        let sealed = SealedAnswer::seal(&self.awaited.answer_key, binding, &body, &mut random("forge"));
        sealed.unwrap().encode().unwrap()
    }

    /// The items of an answer's body.
    fn parts(&self, outcome: Value) -> Vec<Value> {
        vec![
            Value::Unsigned(1),
            Value::bytes(self.awaited.binding.application_id),
            Value::integer(now().unix()),
            Value::array([Value::Unsigned(7), Value::bytes([3; 32])]),
            outcome,
        ]
    }
}

fn rejected() -> DeskOutcome {
    DeskOutcome::Rejected { reason: RejectReason::Ears, note: Some("请露出双耳".into()), rejections: 2 }
}

#[test]
fn a_licence_arrives_with_its_portraits() {
    let waiting = Waiting::new("wallet", 7);
    let payload = waiting.desk.answer(&waiting.received, Desk::licence(&waiting.wallet.body.device_key));
    assert!(payload.len() <= 65_536);
    let answer = waiting.open(&payload, false).unwrap();
    assert_eq!((answer.answered_at(), answer.receipt().size, answer.receipt().root), (now(), 7, [3; 32]));
    let licence = answer.licence().unwrap();
    assert_eq!(licence.large, large(PERSON));
    assert_eq!(licence.small, DEMO.small_portrait(PERSON).unwrap());
    assert!(licence.record.contains(PERSON));
    let DeskOutcome::Issued { credential, .. } = answer.outcome() else { panic!("a licence") };
    assert_eq!(credential, licence.credential.bytes());
}

#[test]
fn the_other_outcomes_arrive_as_they_were_sent() {
    let waiting = Waiting::new("wallet", 7);
    let args = vec![
        ("count".to_owned(), Arg::Number(-3)),
        ("date".to_owned(), Arg::Date(Date::parse("2026-11-22").unwrap())),
        ("letters".to_owned(), Arg::Letters("DM".to_owned())),
        ("office".to_owned(), Arg::Text(licence::ShownText::new("廊坊", 150))),
    ];
    for outcome in [
        rejected(),
        DeskOutcome::Rejected { reason: RejectReason::Mask, note: None, rejections: 1 },
        DeskOutcome::Counter { reason: Some(RejectReason::Old), note: None, office: office() },
        DeskOutcome::Counter { reason: None, note: None, office: office() },
        DeskOutcome::Refused { code: "claim-status-red".to_owned(), args, office: Some(office()) },
        DeskOutcome::Refused { code: "replace-too-early".to_owned(), args: Vec::new(), office: None },
    ] {
        let answer = waiting.open(&waiting.desk.answer(&waiting.received, outcome.clone()), false).unwrap();
        assert_eq!(answer.outcome(), &outcome);
        assert!(answer.licence().is_none());
    }
}

fn office() -> Office {
    Office { name: "演示发证机关".into(), name_latin: "Demo office".into() }
}

#[test]
fn answers_that_are_swapped_are_refused() {
    let (one, other) = (Waiting::new("wallet", 7), Waiting::new("another wallet", 8));
    let for_one = one.desk.answer(&one.received, Desk::licence(&one.wallet.body.device_key));
    let for_other = other.desk.answer(&other.received, Desk::licence(&other.wallet.body.device_key));
    assert_eq!(one.code(&for_one), "applied");
    assert_eq!(one.code(&for_other), "sealed-other-application");
    assert_eq!(other.code(&for_one), "sealed-other-application");
    // With the identifier of the other application on it.
    let mut parts = items(&envelope::inflate(&for_other).unwrap());
    parts[1] = Value::bytes(one.awaited.binding.application_id);
    let relabelled = envelope::deflate(&cbor::encode(&Value::Array(parts))).unwrap();
    assert_eq!(one.code(&relabelled), "sealed-opening");
    // Two applications of one wallet: the answer to the first, sealed for the same key, is none to the second.
    let mut second = Waiting::new("wallet", 7);
    second.awaited.binding.application_id = [9; 16];
    assert_eq!(second.code(&for_one), "sealed-other-application");
    // Of another desk, with the same words.
    let mut moved = Waiting::new("wallet", 7);
    moved.awaited.binding.desk_spki_sha256 = [9; 32];
    assert_eq!(moved.code(&for_one), "sealed-opening");
    // The identifier inside is another than outside.
    let mut parts =
        one.parts(Value::array([Value::Unsigned(3), Value::text("x"), Value::Map(vec![]), Value::Null]));
    assert_eq!(one.code(&one.forge(&Value::Array(parts.clone()))), "applied");
    parts[1] = Value::bytes([9; 16]);
    assert_eq!(one.code(&one.forge(&Value::Array(parts))), "desk-answer-other-application");
}

#[test]
fn nobody_but_the_wallet_reads_an_answer_and_nobody_but_the_desk_makes_one() {
    let (waiting, eve) = (Waiting::new("wallet", 7), Wallet::new("attacker", 9));
    let payload = waiting.desk.answer(&waiting.received, rejected());
    let pending = PendingAnswer::decode(&payload, &waiting.awaited, |_| false).unwrap();
    let shared = eve.answer.agree(pending.point());
    assert_eq!(pending.step(&shared).err().map(|error| error.code()), Some("sealed-opening"));
    // Who knows the identifier and the device key, and not the answer key, seals for a key of their own.
    let forged =
        body(rejected()).seal(&eve.answer.public(), &waiting.awaited.binding, &mut random("f")).unwrap();
    assert_eq!(waiting.code(&forged), "sealed-opening");
}

#[test]
fn an_answer_is_applied_once() {
    let waiting = Waiting::new("wallet", 7);
    let payload = waiting.desk.answer(&waiting.received, rejected());
    assert!(waiting.open(&payload, false).is_ok());
    assert_eq!(waiting.open(&payload, true).err().map(|error| error.code()), Some("desk-answer-seen"));
}

#[test]
fn a_changed_answer_is_refused() {
    let waiting = Waiting::new("wallet", 7);
    let inflated = envelope::inflate(&waiting.desk.answer(&waiting.received, rejected())).unwrap();
    for at in 0..inflated.len() {
        let mut altered = inflated.clone();
        altered[at] ^= 1;
        assert_ne!(waiting.code(&envelope::deflate(&altered).unwrap()), "applied", "{at}");
    }
}

#[test]
fn a_licence_of_another_device_person_or_issuer_is_refused() {
    let waiting = Waiting::new("wallet", 7);
    let own = waiting.wallet.body.device_key;
    assert_eq!(waiting.code_of(Desk::licence(&own)), "applied");
    assert_eq!(waiting.code_of(Desk::licence(&point(&signing_key(8)))), "desk-answer-other-device-key");
    assert_eq!(waiting.code_of(licence_of("zhao", &own)), "desk-answer-other-person");
    let DeskOutcome::Issued { mut credential, record } = Desk::licence(&own) else { panic!("a licence") };
    let foreign = testkit::draft::Draft::new(&TestIssuer::default()).issuer_signed();
    let of_a_stranger = DeskOutcome::Issued { credential: foreign, record: record.clone() };
    assert_eq!(waiting.code_of(of_a_stranger), "issuer-unknown");
    let place = credential.len() - 300;
    credential[place] ^= 1;
    let code = waiting.code_of(DeskOutcome::Issued { credential, record: record.clone() });
    assert_ne!(code, "applied");
    let none = DeskOutcome::Issued { credential: b"no credential".to_vec(), record };
    assert_ne!(waiting.code_of(none), "applied");
}

#[test]
fn a_trusted_issuers_document_that_is_no_whole_licence_is_refused() {
    let mut waiting = Waiting::new("wallet", 7);
    waiting.awaited.number = "a number".into();
    let issuer = TestIssuer::default();
    let code = |doc_type: &str, lacking: &str| {
        let portrait = Value::bytes(*b"a portrait");
        let mut elements = vec![
            (licence::ISO_NAMESPACE, "document_number", Value::text("a number")),
            (licence::ISO_NAMESPACE, "portrait", portrait.clone()),
            (licence::DOMESTIC_NAMESPACE, "portrait_small", portrait),
        ];
        elements.retain(|(_, name, _)| *name != lacking);
        let (signed, day) = (now().floor_to_day(), DAY);
        let request = IssueRequest {
            doc_type,
            elements,
            device_key: CoseKey::from_sec1(&waiting.wallet.body.device_key).unwrap(),
            validity_info: ValidityInfo {
                signed,
                valid_from: signed,
                valid_until: signed.plus_seconds(30 * day),
                expected_update: None,
            },
            key_authorizations: KeyAuthorizations::default(),
            status: None,
        };
        let credential = issuer.signer().issue(&request, &mut random("issue")).unwrap();
        let outcome = DeskOutcome::Issued { credential, record: "{}".into() };
        let opened =
            waiting.open_trusting(&issuer.trust(), &waiting.desk.answer(&waiting.received, outcome), false);
        opened.map_or_else(|error| error.code(), |_| "applied")
    };
    assert_eq!(code(licence::DOC_TYPE, ""), "applied");
    assert_eq!(code(licence::DOC_TYPE, "portrait"), "desk-answer-portrait");
    assert_eq!(code(licence::DOC_TYPE, "portrait_small"), "desk-answer-portrait");
    assert_eq!(code(licence::DOC_TYPE, "document_number"), "desk-answer-other-person");
    assert_eq!(code("org.iso.23220.photoid.1", ""), "desk-answer-not-a-licence");
}

#[test]
fn bodies_that_are_none() {
    let waiting = Waiting::new("wallet", 7);
    let refused = || Value::array([Value::Unsigned(3), Value::text("x"), Value::Map(vec![]), Value::Null]);
    let with = |change: fn(&mut Vec<Value>)| {
        let mut parts = waiting.parts(refused());
        change(&mut parts);
        waiting.code(&waiting.forge(&Value::Array(parts)))
    };
    assert_eq!(with(|_| ()), "applied");
    assert_eq!(with(|parts| parts[0] = Value::Unsigned(2)), "desk-answer-newer");
    assert_eq!(with(|parts| parts.push(Value::Null)), "desk-answer-newer");
    assert_eq!(with(|parts| drop(parts.pop())), "desk-answer-form");
    for place in 1..5 {
        let mut parts = waiting.parts(refused());
        parts[place] = Value::text("no such item");
        assert_eq!(waiting.code(&waiting.forge(&Value::Array(parts))), "desk-answer-form", "{place}");
    }
    let outcome =
        |items: Vec<Value>| waiting.code(&waiting.forge(&Value::Array(waiting.parts(Value::Array(items)))));
    let (text, null) = (|text: &str| Value::text(text), Value::Null);
    assert_eq!(
        outcome(vec![Value::Unsigned(1), text("rejected-ears"), null.clone(), Value::Unsigned(1)]),
        "applied"
    );
    assert_eq!(
        outcome(vec![Value::Unsigned(1), text("rejected-new"), null.clone(), Value::Unsigned(1)]),
        "desk-answer-newer"
    );
    assert_eq!(
        outcome(vec![Value::Unsigned(1), text("rejected-ears"), null.clone(), Value::Unsigned(256)]),
        "desk-answer-form"
    );
    assert_eq!(
        outcome(vec![Value::Unsigned(1), text("rejected-ears"), text(&"x".repeat(801)), Value::Unsigned(1)]),
        "desk-answer-form"
    );
    assert_eq!(outcome(vec![Value::Unsigned(2), text("rejected-ears")]), "desk-answer-form");
    assert_eq!(
        outcome(vec![Value::Unsigned(2), text("rejected-ears"), null.clone(), null.clone(), null.clone()]),
        "desk-answer-newer"
    );
    assert_eq!(
        outcome(vec![Value::Unsigned(3), text("No Code"), Value::Map(vec![]), Value::Null]),
        "desk-answer-form"
    );
    assert_eq!(outcome(vec![Value::Unsigned(4)]), "desk-answer-newer");
    assert_eq!(outcome(vec![]), "desk-answer-form");
}

#[test]
fn envelopes_that_are_none() {
    let waiting = Waiting::new("wallet", 7);
    let payload = waiting.desk.answer(&waiting.received, rejected());
    let envelope = items(&envelope::inflate(&payload).unwrap());
    let with = |change: fn(&mut Vec<Value>)| {
        let mut parts = envelope.clone();
        change(&mut parts);
        waiting.code(&envelope::deflate(&cbor::encode(&Value::Array(parts))).unwrap())
    };
    assert_eq!(with(|_| ()), "applied");
    assert_eq!(with(|parts| parts.push(Value::Null)), "sealed-newer");
    assert_eq!(with(|parts| drop(parts.pop())), "sealed-form");
    assert_eq!(with(|parts| parts[0] = Value::Unsigned(4)), "envelope-kind");
    assert_eq!(with(|parts| parts[1] = Value::bytes([0; 15])), "sealed-form");
    assert_eq!(with(|parts| parts[2] = Value::bytes([4; 65])), "sealed-point");
    assert_eq!(waiting.code(&[0; 65_537]), "size");
}
