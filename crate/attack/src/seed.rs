//! The seeds of each entry point: valid and hostile files, in the format that it reads.

use std::collections::BTreeMap;

use cbor::cose::CoseSign1;
use cbor::{Item, decode_foreign};
use envelope::sealed::{SealedAnswer, SealedApplication};
use envelope::{Envelope, Info, inflate};
use mdoc::ElementName;
use mdoc::SessionTranscript;
use mdoc::reader::{ReaderAnchors, reader_to_be_signed};
use mdoc::status_list::{Bits, StatusListBuilder, StatusListClaims};
use mdoc::wire::{self, RequestedElement};
use protocol::{Answer, Challenge, Consent, PreparedChallenge, Question, ResponseUri, UnverifiedRequest};
use signature::sign_es256;
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::hostile;
use testkit::issuer::TestIssuer;
use testkit::random::{TestRandom, signing_key};
use testkit::reader::TestReader;
use testkit::sample::{DOC_TYPE, ROADSIDE};
use testkit::vical::TestVicalProvider;
use verdict::Purpose;

use crate::entry::claim::CLAIM;
use crate::source;

/// Seeds by the name of their entry point, without duplicates.
pub type Seeds = BTreeMap<&'static str, Vec<Vec<u8>>>;

/// Returns the seeds of every entry point that has any, from the generator of `tests/vectors`.
pub fn seeds() -> Seeds {
    let mut seeds = Seeds::new();
    let mut add = |entry: &'static str, bytes: &[u8]| {
        let known: &mut Vec<Vec<u8>> = seeds.entry(entry).or_default();
        // Larger files only slow down a fuzzer.
        if bytes.len() <= 16 * 1024 && !known.iter().any(|seed| seed == bytes) {
            known.push(bytes.to_vec());
        }
    };
    let mut inflated: Vec<Vec<u8>> = vec![source::sample().bytes];
    for file in hostile::all() {
        for entry in ["envelope", "verify_one_way"] {
            add(entry, &file.payload);
        }
        if let Ok(envelope) = Envelope::decode(&file.payload) {
            inflated.push(envelope.encode_inflated());
        }
    }
    for bytes in &inflated {
        for entry in
            ["envelope_inflated", "verify_one_way", "verdict", "record_kept", "cbor_own", "cbor_foreign"]
        {
            add(entry, bytes);
        }
        let Ok(envelope) = Envelope::decode_inflated(bytes) else { continue };
        add("info", envelope.info_bytes());
        parts(envelope.device_response(), &mut add);
    }
    if let Ok(frames) = optical::FrameSet::new(hostile::valid(), 300) {
        [0, 1, 2, 200].iter().for_each(|turn| add("optical_frame", &frames.shown(*turn)));
    }
    add("optical_assembler", &frames_of_two());
    if let Ok(text) = optical::text::encode(b"a small presentation") {
        add("optical_text", text.as_bytes());
    }
    for request in requests() {
        add("device_request", &request);
        add("reader_auth", &request);
    }
    for challenge in [Some(challenge()), signed_challenge()].into_iter().flatten() {
        add("challenge_request", challenge.payload());
        if let Ok(inflated) = inflate(challenge.payload()) {
            add("challenge_request", &inflated);
            add("cbor_own", &inflated);
        }
    }
    for answer in answer().iter().filter_map(|answer| inflate(answer.payload()).ok()) {
        add("challenge_answer", &answer);
        add("cbor_own", &answer);
    }
    claim(&mut add);
    for list in status_lists() {
        add("status_list", &list);
    }
    for file in ["journal.ndjson", "journal.ndjson.checkpoint", "receipt.json"] {
        if let Ok(bytes) = std::fs::read(source::repository(&format!("tests/records/{file}"))) {
            add("record_journal", &bytes);
        }
    }
    let authority = TestVicalProvider::new("fuzz");
    let iaca = TestIssuer::default();
    add("vical", &authority.list("fuzz", NOW, 1, &[iaca.iaca()]));
    let trust = std::fs::read_dir(source::repository("tests/vectors/trust")).into_iter().flatten();
    for file in trust.filter_map(Result::ok).map(|entry| entry.path()) {
        let entry = match file.extension().and_then(|extension| extension.to_str()) {
            Some("crl") => "crl",
            Some("der") => "certificate",
            _ => continue,
        };
        if let Ok(bytes) = std::fs::read(&file) {
            add(entry, &bytes);
        }
    }
    let info = Info {
        iat: NOW,
        exp: NOW.plus_seconds(60),
        nonce: [7; 16],
        aud: None,
        purpose: Some("rental".into()),
    };
    if let Ok(bytes) = info.encode() {
        add("info", &bytes);
    }
    let other = SessionTranscript::openid4vp_dc_api("https://verifier.example", "nonce", None);
    for transcript in [Ok(SessionTranscript::one_way(b"info")), other].into_iter().flatten() {
        add("session_transcript", transcript.bytes());
    }
    seeds
}

/// Returns a request without a signature, and the same request signed by the test authority's DS key, which is not a
/// reader's key.
fn requests() -> Vec<Vec<u8>> {
    let issuer = TestIssuer::default();
    let element = |(namespace, identifier): &(&str, &str)| RequestedElement {
        name: ElementName::new(namespace, identifier),
        intent_to_retain: false,
    };
    let elements: Vec<_> = ROADSIDE.iter().map(element).collect();
    let items = wire::encode_items_request(DOC_TYPE, &elements);
    let transcript = SessionTranscript::one_way(b"info");
    let signature = sign_es256(&signing_key("device"), &reader_to_be_signed(&transcript, &items));
    let chain = vec![issuer.ds_der().to_vec(), issuer.iaca().as_der().to_vec()];
    let signed = CoseSign1::es256(chain, None, signature);
    vec![
        wire::encode_device_request(&[(items.clone(), None)]),
        wire::encode_device_request(&[(items, Some(signed))]),
    ]
}

fn question() -> Option<Question> {
    let page = ResponseUri::parse("https://verifier.example/verify/")?;
    Some(Question::for_purpose(Purpose::AgeOnly, page))
}

/// Returns a fixed question, so that an answer to it can be a seed.
///
/// # Panics
/// Never: the question is valid.
pub fn challenge() -> Challenge {
    let mut random = TestRandom::new("fuzz challenge");
    let unsigned = |question| Challenge::unsigned(&question, NOW, &mut |buffer| random.fill(buffer)).ok();
    #[allow(clippy::expect_used, reason = "a body of a fuzz target: a panic is its finding")]
    question().and_then(unsigned).expect("a question")
}

fn signed_challenge() -> Option<Challenge> {
    let (reader, mut random) = (TestReader::default(), TestRandom::new("fuzz challenge"));
    let certificate = reader.certificate().clone();
    let prepared = PreparedChallenge::new(&question()?, certificate, NOW, &mut |buffer| random.fill(buffer));
    prepared.ok()?.sign(reader.key()).ok()
}

/// Returns the test holder's answer to the fixed question.
fn answer() -> Option<Answer> {
    let holder = TestHolder::new(&TestIssuer::default(), NOW);
    let request = UnverifiedRequest::decode(challenge().payload()).ok()?;
    let request = request.verify(&ReaderAnchors::new(), NOW, &signature::RustCrypto).ok()?;
    let chosen: Vec<_> = request.elements().iter().map(|element| element.name.clone()).collect();
    let prepared = Consent::new(request, &chosen).ok()?.prepare(holder.credential()).ok()?;
    let signature = sign_es256(holder.key(), prepared.to_be_signed());
    let mut random = TestRandom::new("fuzz answer");
    prepared.complete(&signature, &mut |buffer| random.fill(buffer)).ok()
}

/// Adds the messages of a claim, and what is inside of the sealed ones.
fn claim(add: &mut impl FnMut(&'static str, &[u8])) {
    let claim = &*CLAIM;
    for payload in [&claim.offer, &claim.sent.payload].into_iter().chain(&claim.answers) {
        add("claim_message", payload);
        if let Ok(inflated) = inflate(payload) {
            add("claim_message", &inflated);
            add("cbor_own", &inflated);
        }
    }
    let application = SealedApplication::decode(&claim.sent.payload);
    let application = application.and_then(|sealed| sealed.pending(claim.desk.public())?.open(&claim.desk));
    if let Ok(opened) = application {
        add("claim_application", &opened);
    }
    for payload in &claim.answers {
        let pending = SealedAnswer::decode(payload).and_then(|sealed| {
            sealed.pending(claim.awaited.answer_key.clone(), &claim.awaited.binding)?.open(&claim.answer)
        });
        if let Ok(opened) = pending {
            add("claim_answer", &opened);
        }
    }
}

/// Returns status lists of every width, by the test authority.
fn status_lists() -> Vec<Vec<u8>> {
    let signer = TestIssuer::default().signer();
    let claims = StatusListClaims {
        uri: "https://status.test.example/1".to_owned(),
        issued_at: NOW,
        expires: Some(NOW.plus_seconds(86_400)),
        time_to_live: Some(3_600),
        aggregation_uri: None,
    };
    let list = |bits| StatusListBuilder::new(bits, 1_000).and_then(|list| list.sign(&claims, &signer));
    [Bits::One, Bits::Two, Bits::Four, Bits::Eight].into_iter().filter_map(|bits| list(bits).ok()).collect()
}

/// Returns a DeviceResponse, and each of its parts that has its own entry point.
fn parts(response: &[u8], add: &mut impl FnMut(&'static str, &[u8])) {
    add("device_response", response);
    let Ok(response) = decode_foreign(response) else { return };
    let documents = response.get_text("documents").and_then(Item::as_array).unwrap_or_default();
    for document in documents {
        let Some(issuer_signed) = document.get_text("issuerSigned") else { continue };
        add("issuer_signed", issuer_signed.raw());
        add("credential", issuer_signed.raw());
        let device_auth = document.get_text("deviceSigned").and_then(|signed| signed.get_text("deviceAuth"));
        for name in ["deviceSignature", "deviceMac"] {
            if let Some(message) = device_auth.and_then(|auth| auth.get_text(name)) {
                add("cose_sign1", message.raw());
            }
        }
        let Some(issuer_auth) = issuer_signed.get_text("issuerAuth") else { continue };
        add("cose_sign1", issuer_auth.raw());
        let Some([_, unprotected, payload, _]) = issuer_auth.as_array() else { continue };
        if let Some(payload) = payload.as_bytes() {
            add("mso", payload);
        }
        if let Some(chain) = unprotected.get_integer(33) {
            let certificates = chain.as_array().unwrap_or(std::slice::from_ref(chain));
            certificates.iter().filter_map(Item::as_bytes).for_each(|der| add("certificate", der));
        }
    }
}

/// Returns frames of two payloads, as `entry::optical_assembler` reads them, with a forged frame among those of the
/// first.
fn frames_of_two() -> Vec<u8> {
    let mut bytes = vec![30, 100, 100];
    bytes.extend([1; 100]);
    bytes.extend([2; 100]);
    for (how, index, flip) in [(0, 0, 0), (2, 9, 1), (1, 0, 0), (0, 2, 0), (0, 200, 0), (0, 254, 0)] {
        bytes.extend([how, index, 0, 100, 0, 20, flip]);
    }
    (0..5).for_each(|index| bytes.extend([1, index, 1, 0, 0, 0, 0]));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_presentation_is_a_seed() {
        let seeds = seeds();
        for (entry, least) in [
            ("envelope", 80),
            ("verify_one_way", 100),
            ("device_response", 50),
            ("issuer_signed", 40),
            ("mso", 10),
            ("cose_sign1", 10),
            ("certificate", 5),
            ("info", 2),
            ("crl", 5),
            ("vical", 1),
            ("status_list", 4),
            ("device_request", 2),
            ("challenge_request", 4),
            ("challenge_answer", 1),
            ("claim_message", 8),
            ("claim_application", 1),
            ("claim_answer", 2),
            ("optical_frame", 4),
            ("optical_assembler", 1),
            ("optical_text", 1),
        ] {
            let count = seeds.get(entry).map_or(0, Vec::len);
            assert!(count >= least, "{entry}: {count}");
        }
        let answer = answer().expect("an answer");
        assert!(challenge().open(answer.payload(), NOW).is_ok(), "the seed is a right answer");
        for entry in seeds.keys() {
            assert!(crate::entry::ENTRIES.iter().any(|(name, _)| name == entry), "{entry}");
        }
    }
}
