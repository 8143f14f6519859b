//! A verifier, a reader's certificate, a holder.

use cbor::Timestamp;
use cbor::Value;
use envelope::ReplayMemory;
use liangzheng_protocol::{
    Answer, AskedDocument, Challenge, CheckedRequest, Consent, PreparedChallenge, Question, ResponseUri,
    UnverifiedRequest, judge_answer,
};
use licence::DOC_TYPE;
use mdoc::ElementName;
use mdoc::status_list::StatusLists;
use serde_json::Value as Json;
use signature::sign_es256;
use testkit::challenge::json_of;
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::issuer::TestIssuer;
use testkit::random::TestRandom;
use testkit::reader::TestReader;
use testkit::sample::licence_elements;
use verdict::{Purpose, Terms, Vehicle, Verdict, VerifierContext};

pub(crate) const PAGE: &str = "https://verifier.example/verify/";

pub(crate) fn page() -> ResponseUri {
    ResponseUri::parse(PAGE).expect("an address")
}

pub(crate) fn question(purpose: Purpose) -> Question {
    Question::for_purpose(purpose, page())
}

/// The question of a purpose to a Chinese licence alone.
pub(crate) fn plain(purpose: Purpose) -> Question {
    let documents = vec![AskedDocument::any_of(DOC_TYPE, &[purpose.all_elements()])];
    Question { documents, ..question(purpose) }
}

pub(crate) fn unsigned(purpose: Purpose, label: &str) -> Challenge {
    asking(&question(purpose), label)
}

/// An unsigned question.
pub(crate) fn asking(question: &Question, label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    Challenge::unsigned(question, NOW, &mut |buffer| random.fill(buffer)).expect("a question")
}

pub(crate) fn signed(purpose: Purpose, label: &str) -> Challenge {
    signed_by(&TestReader::default(), purpose, label)
}

pub(crate) fn signed_by(reader: &TestReader, purpose: Purpose, label: &str) -> Challenge {
    asking_signed(reader, &question(purpose), label)
}

/// A signed question.
pub(crate) fn asking_signed(reader: &TestReader, question: &Question, label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    let certificate = reader.certificate().clone();
    let prepared = PreparedChallenge::new(question, certificate, NOW, &mut |buffer| random.fill(buffer));
    prepared.expect("a question").sign(reader.key()).expect("a signed question")
}

pub(crate) fn read(payload: &[u8]) -> Result<CheckedRequest, &'static str> {
    read_at(payload, NOW)
}

pub(crate) fn read_at(payload: &[u8], now: Timestamp) -> Result<CheckedRequest, &'static str> {
    let checked = UnverifiedRequest::decode(payload)
        .and_then(|request| request.verify(&TestReader::default().anchors(), now, &signature::RustCrypto));
    checked.map_err(|error| error.code())
}

pub(crate) fn everything(request: &CheckedRequest) -> Vec<ElementName> {
    request.elements().iter().map(|element| element.name.clone()).collect()
}

/// A holder's whole way: everything that is asked is shown.
pub(crate) fn answer(challenge: &Challenge, label: &str) -> Answer {
    let request = read(challenge.payload()).expect("a request");
    let chosen = everything(&request);
    answer_with(request, &chosen, label)
}

pub(crate) fn answer_with(request: CheckedRequest, chosen: &[ElementName], label: &str) -> Answer {
    let holder = holder();
    let prepared = Consent::new(request, chosen).expect("a consent").prepare(holder.credential());
    let prepared = prepared.expect("something to sign");
    let signature = sign_es256(holder.key(), prepared.to_be_signed());
    let mut random = TestRandom::new(label);
    prepared.complete(&signature, &mut |buffer| random.fill(buffer)).expect("an answer")
}

pub(crate) fn holder() -> TestHolder {
    let mut elements = licence_elements();
    // the sample's letters are two days old
    for (_, identifier, value) in &mut elements {
        if *identifier == "status_letters" {
            *value = Value::map([("letters", Value::text("A")), ("as_of", Value::tdate(NOW))]);
        }
    }
    TestHolder::with_elements(&TestIssuer::default(), NOW, elements)
}

/// The verifier's verdict, for the sample licence's purpose.
pub(crate) fn judge(challenge: &mut Challenge, payload: &[u8], purpose: Purpose) -> Verdict {
    judge_at(challenge, payload, purpose, NOW)
}

pub(crate) fn judge_at(
    challenge: &mut Challenge,
    payload: &[u8],
    purpose: Purpose,
    now: Timestamp,
) -> Verdict {
    let context = VerifierContext {
        now,
        clock_floor: NOW.plus_seconds(-86_400),
        trust: &TestIssuer::default().trust(),
        memory: &ReplayMemory::new(),
        audience: None,
        status_lists: &StatusLists::new(),
        // The sample licence is for a car.
        terms: &Terms { vehicle: Some(Vehicle::CAR), ..Terms::default_for(purpose, now.date_at(8 * 3600)) },
        signatures: &signature::RustCrypto,
        strict: false,
    };
    judge_answer(challenge, payload, &context)
}

pub(crate) fn has(verdict: &Verdict, code: &str) -> bool {
    verdict.checks().any(|check| check.code.text() == code)
}

/// The right claims of a reader, of the purpose *age only*.
pub(crate) fn claims(reader: &TestReader) -> Json {
    json_of(asking_signed(reader, &plain(Purpose::AgeOnly), "claims").payload())
}
