//! Verifies a question as the wallet does, and an answer as the verifier of its question does.

use std::sync::LazyLock;

use ::verdict::{Verdict as Judged, VerifierContext};
use cbor::Timestamp;
use cbor::decode_own;
use envelope::inflate;
use protocol::{
    Challenge, DEFAULT_LIFE_SECONDS, PreparedChallenge, Question, Requester, UnverifiedRequest, judge_answer,
};

use super::found::{Found, reader_anchors};
use crate::challenge::{decode_base64url, json_of};
use crate::draft::NOW;
use crate::holder::TestHolder;
use crate::hostile::bytes::unhex;
use crate::hostile::{Expectation, Verdict};
use crate::issuer::TestIssuer;

/// Returns the result of a wallet with a driving licence for a question.
pub(super) fn question(expect: &Expectation, bytes: &[u8]) -> Found {
    static HOLDER: LazyLock<TestHolder> = LazyLock::new(|| TestHolder::new(&TestIssuer::default(), NOW));
    let request = UnverifiedRequest::decode(bytes)
        .and_then(|request| request.verify(&reader_anchors(), expect.at, &signature::RustCrypto))
        .and_then(|request| request.asked_of(HOLDER.credential()).map(|_| request));
    match request.as_ref().map(protocol::CheckedRequest::requester) {
        Ok(Requester::Verified(_)) => Found::accepted(),
        Ok(Requester::NotVerified(_)) => Found::doubt(Verdict::Undetermined, &[]),
        Err(error) => Found::refused(error.code()),
    }
}

/// Returns the verdict on an answer to its question.
pub(super) fn answer(
    expect: &Expectation,
    bytes: &[u8],
    read: &dyn Fn(&str) -> Vec<u8>,
    context: &VerifierContext<'_>,
) -> Judged {
    let question = read(expect.given.question.as_deref().expect("a question"));
    let key = unhex(expect.given.reader_key.as_deref().expect("the question's key"));
    let mut challenge = asked(&question, key, expect.at);
    if let Some(seen) = &expect.given.seen_answer {
        let _first = challenge.open(&read(seen), context.now).expect("an answer that was taken");
    }
    judge_answer(&mut challenge, bytes, context)
}

/// Returns the question as its verifier stores it: created again with its key and nonce as random bytes and, if it is
/// signed, its signature. An unsigned one has no time: it is asked at `at`.
fn asked(payload: &[u8], key: Vec<u8>, at: Timestamp) -> Challenge {
    let json = json_of(payload);
    let at = json["iat"].as_i64().map_or(at, Timestamp::from_unix);
    let request = UnverifiedRequest::decode(payload).expect("a question");
    let request =
        request.verify(&reader_anchors(), at, &signature::RustCrypto).expect("a question that holds");
    let question = Question {
        purpose: request.purpose().and_then(|asked| asked.purpose),
        text: None,
        documents: request.documents().cloned().collect(),
        response_uri: request.response_uri().clone(),
        life_seconds: request.until().map_or(DEFAULT_LIFE_SECONDS, |until| until.unix() - at.unix()),
    };
    let nonce = decode_base64url(json["nonce"].as_str().expect("a nonce"));
    let mut bytes = key.into_iter().chain(nonce);
    let random = &mut |buffer: &mut [u8]| buffer.fill_with(|| bytes.next().expect("a key and a nonce"));
    let challenge = match request.requester() {
        Requester::Verified(reader) => {
            PreparedChallenge::new(&question, reader.certificate().clone(), at, random)
                .and_then(|prepared| prepared.complete(&signature(payload)))
        }
        Requester::NotVerified(_) => Challenge::unsigned(&question, at, random),
    };
    let challenge = challenge.expect("the question");
    assert_eq!(challenge.payload(), payload, "another question");
    challenge
}

/// Returns the signature of a signed question.
fn signature(payload: &[u8]) -> Vec<u8> {
    let envelope = inflate(payload).expect("deflate");
    let item = decode_own(&envelope).expect("CBOR");
    let parts = item.as_array().and_then(|items| items[1].as_array()).expect("three parts");
    parts[2].as_bytes().expect("a signature").to_vec()
}
