//! Answers to one question, whose private key is published with it.

use mdoc::ElementName;
use mdoc::SessionTranscript;
use protocol::{Challenge, Consent, UnverifiedRequest};
use serde_json::json;
use signature::sign_es256;

use super::questions::{signed, unsigned};
use crate::challenge::{Sealed, base64url, json_of, payload_of};
use crate::draft::{Draft, NOW};
use crate::holder::TestHolder;
use crate::hostile::bytes::hex;
use crate::hostile::judge::reader_anchors;
use crate::hostile::{Given, Hostile, Kind, Threat, deflate};
use crate::issuer::TestIssuer;
use crate::random::TestRandom;
use crate::sample::ISO;

const LABEL: &str = "answered question";

/// Returns the holder's choice of the question's elements.
fn chosen() -> ElementName {
    ElementName::new(ISO, "age_over_18")
}

/// Returns the wallet's own answer; its key comes from `label`.
fn answer(question: &Challenge, label: &str) -> Vec<u8> {
    let holder = TestHolder::new(&TestIssuer::default(), NOW);
    let request = UnverifiedRequest::decode(question.payload()).expect("a request");
    let request = request.verify(&reader_anchors(), NOW, &signature::RustCrypto).expect("a requester");
    let consent = Consent::new(request, &[chosen()]).expect("a consent");
    let prepared = consent.prepare(holder.credential()).expect("something to sign");
    let signature = sign_es256(holder.key(), prepared.to_be_signed());
    let mut random = TestRandom::new(label);
    let answer = prepared.complete(&signature, &mut |buffer| random.fill(buffer));
    answer.expect("an answer").payload().to_vec()
}

/// Returns the DeviceResponse of the wallet's answer to this question.
fn device_response(mut question: Challenge) -> Vec<u8> {
    let answer = answer(&question, "answer");
    question.open(&answer, NOW).expect("an answer").device_response().to_vec()
}

/// Returns the payload of an answer's parts, deflated.
fn payload(parts: &[Vec<u8>]) -> Vec<u8> {
    deflate(&envelope::inflate(&payload_of(parts)).expect("a payload"))
}

/// Adds the question to an answer, and the key that decrypts answers.
fn to(question: &Challenge, file: Hostile) -> Hostile {
    let key = hex(&TestRandom::new(LABEL).array::<32>());
    let given = Given {
        question: Some("question.bin".to_owned()),
        reader_key: Some(key),
        ..file.expect.given.clone()
    };
    file.kind(Kind::Answer).given(given).with("question.bin", question.payload().to_vec())
}

pub(super) fn all() -> Vec<Hostile> {
    let question = signed(LABEL);
    let response = device_response(signed(LABEL));
    let mut all = right(&question, &response);
    all.extend(
        sealed(&question, &response)
            .into_iter()
            .chain(of_parts(&question, &response))
            .chain(contents(&question, &response))
            .map(|(rule, code, description, bytes)| {
                to(&question, Hostile::refused(rule, Threat::OldAnswer, "answer", code, description, bytes))
            }),
    );
    all.extend(times(&question));
    all.extend(other_sessions(&question));
    all
}

fn right(question: &Challenge, response: &[u8]) -> Vec<Hostile> {
    let codes = ["device-signed", "fresh-by-answer"];
    let file = |rule, description, bytes| {
        Hostile::accepted(rule, Threat::OldAnswer, description, bytes).also(&codes)
    };
    let mut parties = Sealed::presentation(question.payload(), response);
    parties.header["apu"] = json!("QWxpY2U");
    parties.header["apv"] = json!("Qm9i");
    let asked = unsigned(LABEL);
    let unsigned = file(
        "answer-to-unsigned",
        "A right answer to a question that is not signed.",
        answer(&asked, "answer"),
    );
    vec![
        to(question, file("answer-right", "A right answer.", answer(question, "answer"))),
        to(&asked, unsigned),
        to(
            question,
            file("answer-parties", "A256GCM; apu and apv are in the key.", payload(&parties.parts())),
        ),
        to(
            question,
            file("answer-last-second", "The last second of the question's life.", {
                answer(question, "answer")
            }),
        )
        .at(NOW.plus_seconds(300)),
    ]
}

/// Rule, code, description, payload.
type Case = (&'static str, &'static str, &'static str, Vec<u8>);

/// Returns answers with wrong protected headers.
fn sealed(question: &Challenge, response: &[u8]) -> Vec<Case> {
    let right = Sealed::presentation(question.payload(), response);
    let with = |path: &str, value: serde_json::Value| {
        let mut sealed = right.clone();
        crate::challenge::put(&mut sealed.header, path, value);
        payload(&sealed.parts())
    };
    let twice = right.protected().replacen('{', r#"{"enc":"A128GCM","#, 1);
    vec![
        ("answer-alg-none", "answer-alg", "The algorithm is none.", with("alg", json!("none"))),
        ("answer-alg-wrap", "answer-alg", "The content's key would be wrapped.", {
            with("alg", json!("ECDH-ES+A128KW"))
        }),
        ("answer-enc", "answer-enc", "AES-CBC with HMAC.", with("enc", json!("A128CBC-HS256"))),
        ("answer-zip", "answer-header", "Compressed before it was encrypted.", with("zip", json!("DEF"))),
        ("answer-crit", "answer-header", "A critical header.", with("crit", json!(["exp"]))),
        ("answer-enc-twice", "answer-header", "Two content encryptions in one header.", {
            payload(&right.parts_under(twice.as_bytes()))
        }),
        ("answer-key-missing", "answer-key", "No ephemeral key.", with("epk", serde_json::Value::Null)),
        ("answer-key-off-curve", "answer-key", "An ephemeral key whose point is not on the curve.", {
            with("epk/y", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
        }),
        ("answer-key-private", "answer-key", "The ephemeral private key is sent along.", {
            with("epk/d", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"))
        }),
        ("answer-kid-missing", "answer-other-request", "Nobody says for which key.", {
            with("kid", serde_json::Value::Null)
        }),
    ]
}

/// Returns answers with wrong parts, or parts of other answers.
fn of_parts(question: &Challenge, response: &[u8]) -> Vec<Case> {
    let other = signed("another question");
    let mut foreign = Sealed::presentation(other.payload(), &device_response(signed("another question")));
    foreign.header["kid"] = json_of(question.payload())["client_metadata"]["jwks"]["keys"][0]["kid"].clone();
    let parts = Sealed::presentation(question.payload(), response).parts();
    let with = |index: usize, part: &[u8]| {
        let mut parts = parts.clone();
        parts[index] = part.to_vec();
        payload(&parts)
    };
    let mut altered = parts[2].clone();
    altered[0] ^= 1;
    vec![
        ("answer-three-parts", "answer-form", "The tag is missing.", payload(&parts[..3])),
        ("answer-iv-long", "answer-form", "An initialisation vector of 13 bytes.", with(1, &[5; 13])),
        ("answer-tag-short", "answer-form", "A tag of 15 bytes.", with(3, &parts[3][..15])),
        ("answer-altered", "answer-decryption", "A changed bit.", with(2, &altered)),
        ("answer-tag-zero", "answer-decryption", "A tag of zeros.", with(3, &[0; 16])),
        (
            "answer-other-key",
            "answer-decryption",
            "The name of this question's key, and encrypted to another.",
            payload(&foreign.parts()),
        ),
        (
            "answer-other-question",
            "answer-other-request",
            "A right answer to another question of the same verifier.",
            answer(&other, "answer"),
        ),
    ]
}

/// What is encrypted.
fn contents(question: &Challenge, response: &[u8]) -> Vec<Case> {
    let response = base64url(response);
    let with = |content: &str| payload(&Sealed::to(question.payload(), content.as_bytes()).parts());
    let one = format!(r#"["{response}"]"#);
    vec![
        ("answer-error", "answer-content", "An error instead of a presentation.", {
            with(r#"{"error":"access_denied"}"#)
        }),
        (
            "answer-presentation-none",
            "answer-content",
            "No presentation.",
            with(r#"{"vp_token":{"licence":[]}}"#),
        ),
        (
            "answer-token-twice",
            "answer-content",
            "The query is answered twice: two readers would read different ones.",
            { with(&format!(r#"{{"vp_token":{{"licence":{one},"licence":["AA"]}}}}"#)) },
        ),
        ("answer-query-other", "answer-query", "Another query is answered.", {
            with(&format!(r#"{{"vp_token":{{"pid":{one}}}}}"#))
        }),
        ("answer-query-two", "answer-query", "A query is answered that was not asked.", {
            with(&format!(r#"{{"vp_token":{{"licence":{one},"pid":{one}}}}}"#))
        }),
        ("answer-several", "answer-several", "Two presentations.", {
            with(&format!(r#"{{"vp_token":{{"licence":["{response}","{response}"]}}}}"#))
        }),
    ]
}

fn times(question: &Challenge) -> [Hostile; 3] {
    let file = |rule, code, description, bytes| {
        to(question, Hostile::refused(rule, Threat::OldAnswer, "answer", code, description, bytes))
    };
    let answered = |rule, description, label| {
        let mut file = file(rule, "answer-seen", description, answer(question, label));
        file.expect.given.seen_answer = Some("first.bin".to_owned());
        file.with("first.bin", answer(question, "answer"))
    };
    [
        file("answer-late", "answer-late", "A second after the question's life.", answer(question, "answer"))
            .at(NOW.plus_seconds(301)),
        answered("answer-again", "The same answer once more.", "answer"),
        answered("answer-second", "A second answer to the same question.", "another answer"),
    ]
}

/// Returns answers with device signatures for other sessions, encrypted to this question by an attacker.
fn other_sessions(question: &Challenge) -> Vec<Hostile> {
    let json = json_of(question.payload());
    let text = |name: &str| json[name].as_str().expect("a text");
    let dc_api = SessionTranscript::openid4vp_dc_api("https://verifier.example", text("nonce"), None);
    let draft = Draft::new(&TestIssuer::default());
    let holder = TestHolder::new(&TestIssuer::default(), NOW);
    let one_way = holder.present(&[(ISO, "age_over_18")], NOW, "one way");
    let file = |rule, threat, description, response: &[u8]| {
        let bytes = payload(&Sealed::presentation(question.payload(), response).parts());
        to(question, Hostile::refused(rule, threat, "device-signed", "device-signature", description, bytes))
    };
    vec![
        file(
            "answer-reencrypted",
            Threat::OldAnswer,
            "An old answer, encrypted anew to this question.",
            &device_response(signed("another question")),
        ),
        file(
            "answer-of-one-way",
            Threat::CrossProtocol,
            "A signature of the one-way code as the answer to a question.",
            one_way.device_response(),
        ),
        file(
            "answer-of-dc-api",
            Threat::CrossProtocol,
            "The nonce of this question in the handover of the Digital Credentials API.",
            &draft.device_response_for(&dc_api.expect("a transcript")),
        ),
    ]
}
