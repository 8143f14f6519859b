//! The verifier's valid questions, and questions with changed parts.

use ::licence::DOC_TYPE;
use ::verdict::Purpose;
use cbor::Value;
use envelope::inflate;
use p256::ecdsa::SigningKey;
use protocol::{AskedDocument, Challenge, PreparedChallenge, Question, ResponseUri};
use serde_json::{Value as Json, json};
use x509::hazmat::CertificateTemplate;
use x509::{Certificate, Name, ids};

use crate::challenge::{envelope, header, json_of, put, signed_parts, unsigned_text};
use crate::draft::NOW;
use crate::hostile::other::requests::{authority_key, reader};
use crate::json::in_order;
use crate::random::{TestRandom, signing_key};

pub(super) const PAGE: &str = "https://verifier.example/verify/";
pub(super) const ENC: &str = "client_metadata/encrypted_response_enc_values_supported";

/// Returns the question of the files' verifier: the elements of the purpose *age only*, of a Chinese licence alone.
fn question() -> Question {
    let page = ResponseUri::parse(PAGE).expect("an address");
    let documents = vec![AskedDocument::any_of(DOC_TYPE, &[Purpose::AgeOnly.all_elements()])];
    Question { documents, ..Question::for_purpose(Purpose::AgeOnly, page) }
}

/// Returns the valid unsigned question; its key and its nonce come from `label`.
pub(in crate::hostile::other) fn unsigned(label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    Challenge::unsigned(&question(), NOW, &mut |buffer| random.fill(buffer)).expect("a question")
}

/// Returns the valid question of the known reader.
pub(in crate::hostile::other) fn signed(label: &str) -> Challenge {
    by(&reader(), label)
}

/// Returns the question of a reader under this certificate, which the readers' authority signs.
pub(super) fn by(template: &CertificateTemplate, label: &str) -> Challenge {
    under(certificate(template, &authority_key()), label)
}

pub(super) fn under(certificate: Certificate, label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    let prepared = PreparedChallenge::new(&question(), certificate, NOW, &mut |buffer| random.fill(buffer));
    prepared.expect("a question").sign(&reader_key()).expect("a signed question")
}

pub(super) fn reader_key() -> SigningKey {
    signing_key("reader")
}

pub(super) fn certificate(template: &CertificateTemplate, key: &SigningKey) -> Certificate {
    Certificate::decode(&template.sign(key)).expect("a certificate")
}

/// Returns the known reader's certificate with another issuer name.
pub(super) fn stranger() -> CertificateTemplate {
    CertificateTemplate { issuer: Name::from_attributes(&[(ids::COMMON_NAME, "A stranger")]), ..reader() }
}

/// Returns the parameters of an unsigned question, with some changed.
pub(super) fn asked(changes: &[(&str, Json)]) -> String {
    changed(json_of(unsigned("question").payload()), changes)
}

/// Returns the claims of a signed question, with some changed.
pub(super) fn claims(changes: &[(&str, Json)]) -> String {
    changed(json_of(signed("question").payload()), changes)
}

fn changed(mut json: Json, changes: &[(&str, Json)]) -> String {
    for (path, value) in changes {
        put(&mut json, path, value.clone());
    }
    in_order(json).to_string()
}

/// Returns an unsigned question with some parameters changed.
pub(super) fn with(changes: &[(&str, Json)]) -> Vec<u8> {
    unsigned_text(&asked(changes))
}

/// Returns a question of the known reader with some claims changed, signed.
pub(super) fn signed_with(changes: &[(&str, Json)]) -> Vec<u8> {
    headed(&[], changes)
}

/// Returns a question of the known reader with fields of its header and claims changed, signed.
pub(super) fn headed(fields: &[(&str, Json)], changes: &[(&str, Json)]) -> Vec<u8> {
    let mut header = header(&certificate(&reader(), &authority_key()));
    for (path, value) in fields {
        put(&mut header, path, value.clone());
    }
    signed_parts(&header, &claims(changes), &reader_key())
}

/// Returns the signed question with its three parts changed.
pub(super) fn parts(change: impl FnOnce([Vec<u8>; 3]) -> Vec<Vec<u8>>) -> Vec<u8> {
    let inflated = inflate(signed("question").payload()).expect("deflate");
    let item = cbor::decode_own(&inflated).expect("CBOR");
    let [_, request] = item.as_array().expect("an array") else { panic!("two items") };
    let [protected, payload, signature] = request.as_array().expect("a signed question") else {
        panic!("three parts")
    };
    let parts = [protected, payload, signature].map(|part| part.as_bytes().expect("bytes").to_vec());
    envelope(Value::array(change(parts).into_iter().map(Value::bytes)))
}

/// Returns a query for a credential of another format, which also has claims of one part and of numbers.
pub(super) fn sd_jwt() -> Json {
    json!({
        "id": "pid-sd-jwt",
        "format": "dc+sd-jwt",
        "multiple": true,
        "meta": {"vct_values": ["urn:eudi:pid:1"]},
        "claims": [{"path": ["birthdate"]}, {"path": ["nationalities", 0], "values": ["DE"]}],
    })
}
