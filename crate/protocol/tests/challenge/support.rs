//! A verifier, a reader's certificate, a holder; and messages made by hand, to be wrong.

use liangzheng_protocol::{
    Answer, Challenge, CheckedRequest, Consent, PreparedChallenge, Question, ResponseUri, UnverifiedRequest,
    judge_answer,
};
use licence::purpose::{Purpose, Terms};
use licence::verdict::{Verdict, VerifierContext};
use mdoc::cbor::{Value, encode};
use mdoc::error::ElementName;
use mdoc::freshness::ReplayMemory;
use mdoc::one_way::{deflate, inflate};
use mdoc::signature::sign_es256;
use mdoc::status_list::StatusLists;
use mdoc::time::Timestamp;
use p256::ecdsa::SigningKey;
use serde_json::{Value as Json, json};
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::issuer::TestIssuer;
use testkit::random::TestRandom;
use testkit::reader::TestReader;
use testkit::sample::licence_elements;

pub(crate) const PAGE: &str = "https://verifier.example/verify/";

pub(crate) fn page() -> ResponseUri {
    ResponseUri::parse(PAGE).expect("an address")
}

pub(crate) fn question(purpose: Purpose) -> Question {
    Question::for_purpose(purpose, page())
}

pub(crate) fn unsigned(purpose: Purpose, label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    Challenge::unsigned(&question(purpose), NOW, &mut |buffer| random.fill(buffer)).expect("a question")
}

pub(crate) fn signed(purpose: Purpose, label: &str) -> Challenge {
    signed_by(&TestReader::default(), purpose, label)
}

pub(crate) fn signed_by(reader: &TestReader, purpose: Purpose, label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    let certificate = reader.certificate().clone();
    let prepared =
        PreparedChallenge::new(&question(purpose), certificate, NOW, &mut |buffer| random.fill(buffer));
    prepared.expect("a question").sign(reader.key()).expect("a signed question")
}

pub(crate) fn read(payload: &[u8]) -> Result<CheckedRequest, &'static str> {
    read_at(payload, NOW)
}

pub(crate) fn read_at(payload: &[u8], now: Timestamp) -> Result<CheckedRequest, &'static str> {
    let checked = UnverifiedRequest::decode(payload)
        .and_then(|request| request.verify(&TestReader::default().anchors(), now));
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
        terms: &Terms::default_for(purpose, now.date_at(8 * 3600)),
    };
    judge_answer(challenge, payload, &context)
}

pub(crate) fn has(verdict: &Verdict, code: &str) -> bool {
    verdict.checks().any(|check| check.code == code)
}

/// The JSON of an unsigned request.
pub(crate) fn json_of(challenge: &Challenge) -> Json {
    let envelope = inflate(challenge.payload()).expect("deflate");
    let item = mdoc::cbor::decode_own(&envelope).expect("CBOR");
    let [_, request] = item.as_array().expect("an array") else { panic!("two items") };
    match request.as_array() {
        Some([_, payload, _]) => serde_json::from_slice(payload.as_bytes().expect("bytes")).expect("JSON"),
        _ => serde_json::from_str(request.as_text().expect("text")).expect("JSON"),
    }
}

/// The payload of the link for a request of any content.
pub(crate) fn envelope(request: Value) -> Vec<u8> {
    deflate(&encode(&Value::array([Value::Unsigned(2), request]))).expect("a payload")
}

/// An unsigned request, as text.
pub(crate) fn unsigned_text(text: &str) -> Vec<u8> {
    envelope(Value::text(text))
}

/// A signed request of any header and any claims.
pub(crate) fn signed_parts(header: &Json, claims: &str, key: &SigningKey) -> Vec<u8> {
    let (header, claims) = (header.to_string().into_bytes(), claims.as_bytes().to_vec());
    let message = format!("{}.{}", base64url(&header), base64url(&claims));
    let signature = sign_es256(key, message.as_bytes());
    envelope(Value::array([Value::bytes(header), Value::bytes(claims), Value::bytes(signature)]))
}

/// The right header of a reader.
pub(crate) fn header(reader: &TestReader) -> Json {
    let chain = [base64(reader.certificate().as_der())];
    json!({"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": chain})
}

/// The right claims of a reader, of the purpose *age only*.
pub(crate) fn claims(reader: &TestReader) -> Json {
    json_of(&signed_by(reader, Purpose::AgeOnly, "claims"))
}

pub(crate) fn base64url(bytes: &[u8]) -> String {
    base64_with(bytes, b"-_")
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    let text = base64_with(bytes, b"+/");
    let padding = (4 - text.len() % 4) % 4;
    text + &"=".repeat(padding)
}

/// Without the crate that is tested.
fn base64_with(bytes: &[u8], last: &[u8; 2]) -> String {
    let digit = |value: u32| match value & 63 {
        value @ 0..=25 => b'A' + value as u8,
        value @ 26..=51 => b'a' + value as u8 - 26,
        value @ 52..=61 => b'0' + value as u8 - 52,
        value => last[value as usize - 62],
    };
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        let digits = [18, 12, 6, 0].map(|shift| char::from(digit(group >> shift)));
        text.extend(&digits[..=chunk.len()]);
    }
    text
}

/// A raw deflate stream of one stored block: any bytes as they are, and quickly.
pub(crate) fn stored(envelope: &[u8]) -> Vec<u8> {
    let length = u16::try_from(envelope.len()).expect("one block");
    let mut payload = vec![1];
    payload.extend(length.to_le_bytes());
    payload.extend((!length).to_le_bytes());
    payload.extend_from_slice(envelope);
    payload
}

/// An encrypted answer made by hand, from the standard's text and without the code that is tested.
pub(crate) struct Sealed {
    pub(crate) header: Json,
    pub(crate) content: Vec<u8>,
    secret: p256::SecretKey,
    recipient: Json,
}

impl Sealed {
    /// The right answer of anybody to a question, with this content.
    pub(crate) fn to(challenge: &Challenge, content: &[u8]) -> Self {
        let recipient = json_of(challenge)["client_metadata"]["jwks"]["keys"][0].clone();
        let secret = p256::SecretKey::from_slice(&TestRandom::new("by hand").array::<32>()).expect("a key");
        let point = mdoc::signature::PublicKey::from(&SigningKey::from(&secret)).to_sec1().expect("a point");
        let epk =
            json!({"kty": "EC", "crv": "P-256", "x": base64url(&point[1..33]), "y": base64url(&point[33..])});
        let header = json!({"alg": "ECDH-ES", "enc": "A256GCM", "epk": epk, "kid": recipient["kid"]});
        Self { header, content: content.to_vec(), secret, recipient }
    }

    /// As [`Sealed::to`], with a DeviceResponse.
    pub(crate) fn presentation(challenge: &Challenge, device_response: &[u8]) -> Self {
        let content = json!({"vp_token": {"licence": [base64url(device_response)]}});
        Self::to(challenge, content.to_string().as_bytes())
    }

    /// `[protected, iv, ciphertext, tag]`, by the header's `enc` where that is one of the two.
    pub(crate) fn parts(&self) -> [Vec<u8>; 4] {
        self.parts_under(self.header.to_string().as_bytes())
    }

    pub(crate) fn parts_under(&self, protected: &[u8]) -> [Vec<u8>; 4] {
        use aes_gcm::aead::{AeadInOut as _, KeyInit as _};
        use sha2::Digest as _;
        let coordinate = |name: &str| decode_base64url(self.recipient[name].as_str().expect("a coordinate"));
        let point = [vec![4], coordinate("x"), coordinate("y")].concat();
        let recipient = p256::PublicKey::from_sec1_bytes(&point).expect("a point");
        let shared = p256::ecdh::diffie_hellman(self.secret.to_nonzero_scalar(), recipient.as_affine());
        let enc = if self.header["enc"] == "A128GCM" { "A128GCM" } else { "A256GCM" };
        let bits = if enc == "A128GCM" { 128_u32 } else { 256 };
        let mut hash = sha2::Sha256::new();
        hash.update([0, 0, 0, 1]);
        hash.update(shared.raw_secret_bytes());
        for part in [enc.as_bytes(), &self.party("apu"), &self.party("apv")] {
            hash.update((part.len() as u32).to_be_bytes());
            hash.update(part);
        }
        hash.update(bits.to_be_bytes());
        let key = hash.finalize();
        let (iv, aad) = ([5; 12], base64url(protected));
        let mut content = self.content.clone();
        let (nonce, buffer) = (aes_gcm::Nonce::from(iv), content.as_mut_slice().into());
        let tag = if bits == 128 {
            aes_gcm::Aes128Gcm::new_from_slice(&key[..16]).expect("a key").encrypt_inout_detached(
                &nonce,
                aad.as_bytes(),
                buffer,
            )
        } else {
            aes_gcm::Aes256Gcm::new_from_slice(&key).expect("a key").encrypt_inout_detached(
                &nonce,
                aad.as_bytes(),
                buffer,
            )
        };
        [protected.to_vec(), iv.to_vec(), content, tag.expect("sealed").to_vec()]
    }

    fn party(&self, name: &str) -> Vec<u8> {
        self.header[name].as_str().map(decode_base64url).unwrap_or_default()
    }

    pub(crate) fn payload(&self) -> Vec<u8> {
        payload_of(&self.parts())
    }
}

/// The payload of the link for the parts of an answer.
pub(crate) fn payload_of(parts: &[Vec<u8>]) -> Vec<u8> {
    let parts = parts.iter().map(|part| Value::bytes(part.as_slice()));
    stored(&encode(&Value::Array([Value::Unsigned(3)].into_iter().chain(parts).collect())))
}

fn decode_base64url(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let group = chunk.iter().fold(0_u32, |sum, byte| (sum << 6) | u32::from(value(*byte)));
        let group = group << (6 * (4 - chunk.len()));
        bytes.extend_from_slice(&group.to_be_bytes()[1..chunk.len()]);
    }
    bytes
}
