//! Answers that a verifier must refuse, each with its code (`T-old-answer`, `T-cross-protocol`): further ones than in
//! `tests/vectors`, what the verdict says, and whether the question is spent.

use envelope::{Envelope, inflate};
use liangzheng_protocol::Challenge;
use mdoc::ElementName;
use mdoc::SessionTranscript;
use serde_json::json;
use testkit::challenge::{Sealed, base64url, json_of, payload_of, stored, unsigned_text};
use testkit::draft::NOW;
use testkit::issuer::TestIssuer;
use testkit::random::TestRandom;
use verdict::{Colour, Purpose, Verdict};

use crate::support::{
    answer, answer_with, asking, everything, has, holder, judge, judge_at, plain, question, read, signed,
    unsigned,
};

const PURPOSE: Purpose = Purpose::AgeOnly;

/// The code with which an answer is refused; nothing of it is in the verdict.
fn refused(challenge: &mut Challenge, payload: &[u8]) -> String {
    let verdict = judge(challenge, payload, PURPOSE);
    hides(&verdict);
    verdict.checks().next().expect("a reason").code.to_string()
}

fn hides(verdict: &Verdict) {
    assert_eq!(verdict.colour, Colour::Red, "{:?}", verdict.headline);
    assert!(verdict.view.is_none() && verdict.issuer.is_none(), "an element of a refused answer");
}

/// What a verifier gets out of the answer to its own question.
fn device_response(label: &str) -> Vec<u8> {
    let mut challenge = signed(PURPOSE, label);
    let answer = answer(&challenge, label);
    challenge.open(answer.payload(), NOW).expect("an answer").device_response().to_vec()
}

#[test]
fn the_hand_made_answer_is_right() {
    for enc in ["A128GCM", "A256GCM"] {
        let mut challenge = signed(PURPOSE, "by hand");
        let real = signed(PURPOSE, "by hand");
        let response = {
            let mut twin = real;
            let answer = answer(&twin, "by hand");
            twin.open(answer.payload(), NOW).expect("an answer").device_response().to_vec()
        };
        let mut sealed = Sealed::presentation(challenge.payload(), &response);
        sealed.header["enc"] = json!(enc);
        let verdict = judge(&mut challenge, &sealed.payload(), PURPOSE);
        assert_eq!(verdict.colour, Colour::Green, "{enc}: {:?}", verdict.headline);
    }
}

#[test]
fn an_answer_is_taken_once() {
    let mut challenge = signed(PURPOSE, "once");
    let first = answer(&challenge, "first");
    assert_eq!(judge(&mut challenge, first.payload(), PURPOSE).colour, Colour::Green);
    let verdict = judge(&mut challenge, first.payload(), PURPOSE);
    assert_eq!(verdict.headline.code, "headline.other-answer");
}

#[test]
fn an_old_answer_does_not_answer_a_new_question() {
    // encrypted again to the new question's key by somebody who could read it: the signature is for the old one
    let mut new = signed(PURPOSE, "new");
    let again = Sealed::presentation(new.payload(), &device_response("old"));
    let verdict = judge(&mut new, &again.payload(), PURPOSE);
    hides(&verdict);
    assert!(has(&verdict, "device-signature"));
    assert_eq!(verdict.headline.code, "headline.not-its-holder");
}

#[test]
fn an_answer_to_another_verifier_is_of_no_use_here() {
    // an attacker asks under its own name and has the answer encrypted to this verifier
    for (name, value) in [
        ("nonce", json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("response_uri", json!("https://evil.example/")),
        ("client_id", json!("redirect_uri:https://evil.example/")),
    ] {
        let mut own = unsigned(PURPOSE, "own");
        let mut request = json_of(own.payload());
        request[name] = value;
        if name != "nonce" {
            request["response_uri"] = json!("https://evil.example/");
            request["client_id"] = json!("redirect_uri:https://evil.example/");
        }
        let request = read(&unsigned_text(&request.to_string())).expect("a request that looks right");
        let chosen = everything(&request);
        let answer = answer_with(request, &chosen, "evil");
        let verdict = judge(&mut own, answer.payload(), PURPOSE);
        hides(&verdict);
        assert!(has(&verdict, "device-signature"), "{name}");
        assert!(own.is_answered(), "a question is spent by whatever could be read");
    }
}

#[test]
fn an_unsigned_request_that_asks_for_more_on_the_way_shows_it_and_is_named_in_the_verdict() {
    let mut own = asking(&plain(PURPOSE), "more");
    let mut request = json_of(own.payload());
    let more = json!({"path": ["org.iso.18013.5.1", "document_number"], "intent_to_retain": true});
    request["dcql_query"]["credentials"][0]["claims"].as_array_mut().expect("claims").push(more);
    let request = read(&unsigned_text(&request.to_string())).expect("a request that looks right");
    let lines = request.asked_of(holder().credential()).expect("a licence");
    let line = lines.last().expect("a line");
    assert!(line.beyond_purpose && line.intent_to_retain);
    let chosen = [ElementName::new("org.iso.18013.5.1", "age_over_18"), line.name.clone()];
    let answer = answer_with(request, &chosen, "more");
    let verdict = judge(&mut own, answer.payload(), PURPOSE);
    assert!(verdict.notes.iter().any(|note| note.code == "note.over-disclosure"));
}

#[test]
fn signatures_of_one_profile_are_worth_nothing_in_another() {
    let elements: Vec<_> = PURPOSE.elements(true);
    let shown = holder().present(&elements, NOW, "one way");
    // the payload of the one-way code itself
    let mut challenge = signed(PURPOSE, "cross");
    assert_eq!(refused(&mut challenge, shown.payload()), "envelope-kind");
    // challenge to one way
    let info = shown.envelope().info().clone();
    let envelope = Envelope::new(info, device_response("cross")).expect("an envelope");
    let context_trust = TestIssuer::default().trust();
    let memory = envelope::ReplayMemory::new();
    let lists = mdoc::status_list::StatusLists::new();
    let terms = verdict::Terms::default_for(PURPOSE, NOW.date_at(8 * 3600));
    let context = verdict::VerifierContext {
        now: NOW,
        clock_floor: NOW,
        trust: &context_trust,
        memory: &memory,
        audience: None,
        status_lists: &lists,
        terms: &terms,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    let verdict = verdict::verify_one_way(&envelope.encode().expect("a payload"), &context);
    hides(&verdict);
    assert!(has(&verdict, "device-signature"));
    // an answer shown as a one-way code
    let answer = answer(&challenge, "cross");
    let verdict = verdict::verify_one_way(answer.payload(), &context);
    assert!(has(&verdict, "envelope-kind"));
    // a transcript without the key
    let request = json_of(challenge.payload());
    let (nonce, client) = (request["nonce"].as_str().unwrap(), request["client_id"].as_str().unwrap());
    let transcript = SessionTranscript::openid4vp_redirect(client, nonce, None, crate::support::PAGE);
    let draft = testkit::draft::Draft::new(&TestIssuer::default());
    let response = draft.device_response_for(&transcript.expect("a transcript"));
    let payload = Sealed::presentation(challenge.payload(), &response).payload();
    let verdict = judge(&mut challenge, &payload, PURPOSE);
    hides(&verdict);
    assert!(has(&verdict, "device-signature"));
}

#[test]
fn headers_that_are_wrong_are_refused() {
    let epk = |name: &str, value: serde_json::Value| {
        let challenge = signed(PURPOSE, "header");
        let mut epk = Sealed::to(challenge.payload(), b"").header["epk"].clone();
        epk[name] = value;
        epk
    };
    for (name, value, code) in [
        ("alg", json!("dir"), "answer-alg"),
        ("alg", json!("RSA1_5"), "answer-alg"),
        ("alg", json!(null), "answer-alg"),
        ("enc", json!("A192GCM"), "answer-enc"),
        ("enc", json!(1), "answer-enc"),
        ("apu", json!("="), "answer-header"),
        ("apv", json!(7), "answer-header"),
        ("kid", json!("other"), "answer-other-request"),
        ("epk", epk("crv", json!("P-384")), "answer-key"),
        ("epk", epk("kty", json!("OKP")), "answer-key"),
        ("epk", epk("x", json!("AA")), "answer-key"),
    ] {
        let mut challenge = signed(PURPOSE, "header");
        let mut sealed = Sealed::presentation(challenge.payload(), &device_response("header"));
        sealed.header[name] = value.clone();
        assert_eq!(refused(&mut challenge, &sealed.payload()), code, "{name}: {value}");
        assert!(!challenge.is_answered(), "what cannot be read spends no question");
    }
}

#[test]
fn headers_that_can_be_read_in_two_ways_are_refused() {
    let mut challenge = signed(PURPOSE, "twice");
    let sealed = Sealed::presentation(challenge.payload(), &device_response("twice"));
    let right = sealed.header.to_string();
    let long = right.replacen('{', &format!(r#"{{"x":"{}","#, "x".repeat(2048)), 1);
    for header in ["[]".into(), String::new(), "{".into(), long] {
        let payload = payload_of(&sealed.parts_under(header.as_bytes()));
        assert_eq!(refused(&mut challenge, &payload), "answer-header", "{header:.40}");
    }
}

#[test]
fn parts_of_another_form_are_refused() {
    let mut challenge = signed(PURPOSE, "form");
    let parts = Sealed::presentation(challenge.payload(), &device_response("form")).parts();
    let with = |index: usize, part: &[u8]| {
        let mut parts = parts.clone();
        parts[index] = part.to_vec();
        payload_of(&parts)
    };
    for (payload, code) in [
        (payload_of(&[parts.as_slice(), &[Vec::new()]].concat()), "answer-form"),
        (with(1, &[5; 11]), "answer-form"),
        (with(1, &[4; 12]), "answer-decryption"),
        (with(2, &[]), "answer-decryption"),
        (with(3, &[]), "answer-form"),
        (stored(&[0x81, 0x03]), "answer-form"),
        (stored(&[0x85, 3, 0x60, 0x60, 0x60, 0x60]), "answer-form"),
        (stored(&[0x80]), "envelope-kind"),
        (stored(b"\xff"), "cbor-profile"),
        (b"https://verifier.example".to_vec(), "envelope-deflate"),
        (Vec::new(), "envelope-deflate"),
        (vec![0; 64 * 1024 + 1], "size"),
    ] {
        assert_eq!(refused(&mut challenge, &payload), code);
    }
    let question = signed(PURPOSE, "question");
    assert_eq!(refused(&mut challenge, question.payload()), "envelope-kind");
    assert!(!challenge.is_answered());
}

#[test]
fn contents_that_answer_something_else_are_refused() {
    let response = base64url(&device_response("content"));
    for (content, code) in [
        (String::new(), "answer-content"),
        ("{}".into(), "answer-content"),
        ("[]".into(), "answer-content"),
        (json!({"vp_token": [response]}).to_string(), "answer-content"),
        (json!({"vp_token": {}}).to_string(), "answer-query"),
        (json!({"vp_token": {"licence": response}}).to_string(), "answer-content"),
        (json!({"vp_token": {"licence": [7]}}).to_string(), "answer-content"),
        (json!({"vp_token": {"licence": ["not base64url!"]}}).to_string(), "answer-content"),
        (json!({"vp_token": {"licence": ["AA"]}}).to_string(), "profile-shape"),
        (json!({"vp_token": {"licence": [""]}}).to_string(), "cbor-length"),
    ] {
        let mut challenge = signed(PURPOSE, "content");
        let sealed = Sealed::to(challenge.payload(), content.as_bytes());
        assert_eq!(refused(&mut challenge, &sealed.payload()), code, "{content:.60}");
        assert!(challenge.is_answered());
    }
}

#[test]
fn an_answer_comes_in_time_or_not_at_all() {
    for (seconds, late) in [(0, false), (300, false), (301, true), (100_000, true)] {
        for make in [signed, unsigned] {
            let mut challenge = make(PURPOSE, "late");
            let answer = answer(&challenge, "late");
            let verdict = judge_at(&mut challenge, answer.payload(), PURPOSE, NOW.plus_seconds(seconds));
            assert_eq!(has(&verdict, "answer-late"), late, "{seconds}");
            assert_eq!(verdict.colour, if late { Colour::Red } else { Colour::Green });
        }
    }
    let mut asked = question(PURPOSE);
    asked.life_seconds = 10;
    let mut random = TestRandom::new("short");
    let mut challenge = Challenge::unsigned(&asked, NOW, &mut |b| random.fill(b)).expect("a question");
    assert_eq!(challenge.until(), NOW.plus_seconds(10));
    let answer = answer(&challenge, "short");
    let late = judge_at(&mut challenge, answer.payload(), PURPOSE, NOW.plus_seconds(11));
    assert!(has(&late, "answer-late"));
}

#[test]
fn no_bit_of_an_answer_can_be_changed() {
    let mut challenge = signed(PURPOSE, "bits");
    let answer = answer(&challenge, "bits");
    let mut bytes = inflate(answer.payload()).expect("deflate");
    let (length, mut flips) = (bytes.len(), 0);
    for at in 0..length {
        // all of what surrounds the ciphertext, one bit of each byte of it
        let bits = if at < 300 || at + 20 > length { 0..8 } else { at % 8..at % 8 + 1 };
        for bit in bits {
            bytes[at] ^= 1 << bit;
            assert!(challenge.open(&stored(&bytes), NOW).is_err(), "byte {at}, bit {bit}");
            bytes[at] ^= 1 << bit;
            flips += 1;
        }
    }
    println!("{flips} of {length} bytes");
    assert!(challenge.open(&stored(&bytes), NOW).is_ok(), "none of them spent the question");
}
