//! The vectors of `docs/challenge.json`.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use cbor::{Item, Value, decode_own, encode};
use envelope::ReplayMemory;
use envelope::{deflate, inflate};
use liangzheng_protocol as protocol;
use mdoc::status_list::StatusLists;
use p256::ecdsa::SigningKey;
use protocol::{
    Challenge, Consent, PreparedChallenge, Question, ResponseUri, UnverifiedRequest, judge_answer,
};
use serde_json::{Value as Json, json};
use signature::{PublicKey, sign_es256};
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::issuer::TestIssuer;
use testkit::random::TestRandom;
use testkit::reader::TestReader;
use verdict::{Purpose, Terms, VerifierContext};

const PURPOSE: Purpose = Purpose::AgeOnly;
const LABEL: &str = "vector";

/// The signed and the unsigned question, each with its key, and the answer to each.
pub(crate) fn all() -> Json {
    let reader = TestReader::default();
    json!({
        "now": NOW.unix(),
        "reader_certificate": Base64::encode_string(reader.certificate().as_der()),
        "reader_authority": Base64::encode_string(reader.authority().as_der()),
        "iaca": Base64::encode_string(TestIssuer::default().iaca().as_der()),
        "signed": vector(&signed()),
        "unsigned": vector(&unsigned()),
    })
}

/// What the verifier of the signed question says to an answer: a compact JWE.
pub(crate) fn open(jwe: &str) -> Json {
    let parts: Vec<_> =
        jwe.split('.').map(|part| Base64UrlUnpadded::decode_vec(part).unwrap_or_default()).collect();
    let [protected, _, iv, ciphertext, tag] = parts.as_slice() else { return json!("not five parts") };
    let items = [protected, iv, ciphertext, tag].map(|part| Value::bytes(part.as_slice()));
    let envelope = Value::Array([Value::Unsigned(3)].into_iter().chain(items).collect());
    let payload = deflate(&encode(&envelope)).expect("a payload");
    let issuer = TestIssuer::default();
    let context = VerifierContext {
        now: NOW,
        clock_floor: NOW,
        trust: &issuer.trust(),
        memory: &ReplayMemory::new(),
        audience: None,
        status_lists: &StatusLists::new(),
        terms: &Terms::default_for(PURPOSE, NOW.date_at(8 * 3600)),
        signatures: &signature::RustCrypto,
        strict: false,
    };
    let verdict = judge_answer(&mut signed(), &payload, &context);
    let codes: Vec<_> = verdict.checks().map(|check| check.code.to_string()).collect();
    json!({"colour": verdict.colour, "codes": codes})
}

fn question() -> Question {
    Question::for_purpose(
        PURPOSE,
        ResponseUri::parse("https://verifier.example/verify/").expect("an address"),
    )
}

fn signed() -> Challenge {
    let (reader, mut random) = (TestReader::default(), TestRandom::new(LABEL));
    let certificate = reader.certificate().clone();
    let prepared = PreparedChallenge::new(&question(), certificate, NOW, &mut |buffer| random.fill(buffer));
    prepared.expect("a question").sign(reader.key()).expect("a signature")
}

fn unsigned() -> Challenge {
    let mut random = TestRandom::new(LABEL);
    Challenge::unsigned(&question(), NOW, &mut |buffer| random.fill(buffer)).expect("a question")
}

fn vector(challenge: &Challenge) -> Json {
    // the first random bytes of a question are its key
    let secret = TestRandom::new(LABEL).array::<32>();
    let key = SigningKey::from_slice(&secret).expect("a key");
    let point = PublicKey::from(&key).to_sec1().expect("a point");
    let payload = answer(challenge);
    json!({
        "payload": hex(challenge.payload()),
        "request": request(challenge.payload()),
        "key": {
            "kty": "EC", "crv": "P-256", "x": base64url(&point[1..33]), "y": base64url(&point[33..]),
            "d": base64url(&secret),
        },
        "transcript": hex(opened(challenge.payload(), &payload).transcript().bytes()),
        "answer": {
            "payload": hex(&payload),
            "jwe": jwe(&payload),
        },
    })
}

/// Everything that is asked, shown by the test holder.
fn answer(challenge: &Challenge) -> Vec<u8> {
    let holder = TestHolder::new(&TestIssuer::default(), NOW);
    let request = UnverifiedRequest::decode(challenge.payload()).expect("a request");
    let request =
        request.verify(&TestReader::default().anchors(), NOW, &signature::RustCrypto).expect("a requester");
    let chosen: Vec<_> = request.elements().iter().map(|element| element.name.clone()).collect();
    let prepared = Consent::new(request, &chosen).expect("a consent").prepare(holder.credential());
    let prepared = prepared.expect("something to sign");
    let signature = sign_es256(holder.key(), prepared.to_be_signed());
    let mut random = TestRandom::new("answer");
    let answer = prepared.complete(&signature, &mut |buffer| random.fill(buffer)).expect("an answer");
    answer.payload().to_vec()
}

fn opened(question: &[u8], answer: &[u8]) -> protocol::OpenedAnswer {
    let mut challenge = if signed().payload() == question { signed() } else { unsigned() };
    challenge.open(answer, NOW).expect("an answer")
}

/// The JSON of an unsigned request, or the compact JWS of a signed one.
fn request(payload: &[u8]) -> Json {
    let envelope = inflate(payload).expect("deflate");
    let item = decode_own(&envelope).expect("CBOR");
    let [_, request] = item.as_array().expect("an array") else { return Json::Null };
    match request.as_array() {
        Some(parts) => json!(joined(parts)),
        None => json!(request.as_text()),
    }
}

/// The compact serialization of an answer: its encrypted key is empty.
fn jwe(payload: &[u8]) -> String {
    let envelope = inflate(payload).expect("deflate");
    let item = decode_own(&envelope).expect("CBOR");
    let [_, protected, rest @ ..] = item.as_array().expect("an array") else { return String::new() };
    format!("{}..{}", joined(std::slice::from_ref(protected)), joined(rest))
}

fn joined(parts: &[Item<'_>]) -> String {
    let parts: Vec<_> = parts.iter().filter_map(Item::as_bytes).map(base64url).collect();
    parts.join(".")
}

fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}
