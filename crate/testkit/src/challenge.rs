//! Hand-made messages of the challenge, valid or not: questions of any content, and encrypted answers written from the
//! standard, without the tested code.

use cbor::{Value, encode};
use envelope::{deflate, inflate};
use p256::ecdsa::SigningKey;
use serde_json::{Value as Json, json};
use signature::sign_es256;
use x509::Certificate;

use crate::json::in_order;
use crate::random::TestRandom;

/// Sets the value at a path of keys and array indices; `null` removes a member.
///
/// # Panics
/// Panics if the path does not exist.
pub fn put(json: &mut Json, path: &str, value: Json) {
    let (parent, last) = path.rsplit_once('/').unwrap_or(("", path));
    let target = json.pointer_mut(&format!("{}{parent}", if parent.is_empty() { "" } else { "/" }));
    let target = target.unwrap_or_else(|| panic!("no {parent}"));
    match target {
        Json::Array(items) => match last.parse::<usize>() {
            Ok(index) if index < items.len() => items[index] = value,
            _ => items.push(value),
        },
        Json::Object(members) if value.is_null() => {
            members.remove(last).unwrap_or_else(|| panic!("no {path}"));
        }
        Json::Object(members) => {
            members.insert(last.to_owned(), value);
        }
        other => panic!("{other}"),
    }
}

/// Returns the JSON of a question, signed or not.
///
/// # Panics
/// Panics if the payload is not a question.
pub fn json_of(question: &[u8]) -> Json {
    let envelope = inflate(question).expect("deflate");
    let item = cbor::decode_own(&envelope).expect("CBOR");
    let [_, request] = item.as_array().expect("an array") else { panic!("two items") };
    match request.as_array() {
        Some([_, payload, _]) => serde_json::from_slice(payload.as_bytes().expect("bytes")).expect("JSON"),
        _ => serde_json::from_str(request.as_text().expect("text")).expect("JSON"),
    }
}

/// Returns the payload of the link for a request of any content.
///
/// # Panics
/// Panics if it is too large for the link.
pub fn envelope(request: Value) -> Vec<u8> {
    deflate(&encode(&Value::array([Value::Unsigned(2), request]))).expect("a payload")
}

/// Returns an unsigned request, as text.
///
/// # Panics
/// Panics if it is too large for the link.
pub fn unsigned_text(text: &str) -> Vec<u8> {
    envelope(Value::text(text))
}

/// Returns a signed request of any header and any claims.
///
/// # Panics
/// Panics if it is too large for the link.
pub fn signed_parts(header: &Json, claims: &str, key: &SigningKey) -> Vec<u8> {
    let (header, claims) = (in_order(header.clone()).to_string().into_bytes(), claims.as_bytes().to_vec());
    let message = format!("{}.{}", base64url(&header), base64url(&claims));
    let signature = sign_es256(key, message.as_bytes());
    envelope(Value::array([Value::bytes(header), Value::bytes(claims), Value::bytes(signature)]))
}

/// Returns the right header of a signed question, under a reader's certificate.
pub fn header(certificate: &Certificate) -> Json {
    let chain = [base64(certificate.as_der())];
    json!({"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": chain})
}

/// Bytes in base64url without padding.
pub fn base64url(bytes: &[u8]) -> String {
    base64_with(bytes, b"-_")
}

/// Bytes in base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    let text = base64_with(bytes, b"+/");
    let padding = (4 - text.len() % 4) % 4;
    text + &"=".repeat(padding)
}

/// Without the library that the protocol uses.
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

/// Returns a raw deflate stream of one stored block.
///
/// # Panics
/// Panics for more than 65,535 bytes.
pub fn stored(envelope: &[u8]) -> Vec<u8> {
    let length = u16::try_from(envelope.len()).expect("one block");
    let mut payload = vec![1];
    payload.extend(length.to_le_bytes());
    payload.extend((!length).to_le_bytes());
    payload.extend_from_slice(envelope);
    payload
}

/// A hand-made encrypted answer, written from the standard and without the tested code.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The protected header.
    pub header: Json,
    /// What is encrypted.
    pub content: Vec<u8>,
    secret: p256::SecretKey,
    recipient: Json,
}

impl Sealed {
    /// Creates a valid answer to a question, with this content.
    ///
    /// # Panics
    /// Panics if the payload is not a question.
    pub fn to(question: &[u8], content: &[u8]) -> Self {
        let recipient = json_of(question)["client_metadata"]["jwks"]["keys"][0].clone();
        let secret = p256::SecretKey::from_slice(&TestRandom::new("by hand").array::<32>()).expect("a key");
        let point = signature::PublicKey::from(&SigningKey::from(&secret)).to_sec1().expect("a point");
        let epk =
            json!({"kty": "EC", "crv": "P-256", "x": base64url(&point[1..33]), "y": base64url(&point[33..])});
        let header = json!({"alg": "ECDH-ES", "enc": "A256GCM", "epk": epk, "kid": recipient["kid"]});
        Self { header, content: content.to_vec(), secret, recipient }
    }

    /// As [`Sealed::to`], with a DeviceResponse.
    ///
    /// # Panics
    /// Panics if the payload is not a question.
    pub fn presentation(question: &[u8], device_response: &[u8]) -> Self {
        let content = json!({"vp_token": {"licence": [base64url(device_response)]}});
        Self::to(question, content.to_string().as_bytes())
    }

    /// `[protected, iv, ciphertext, tag]`, by the header's `enc` where that is one of the two.
    ///
    /// # Panics
    /// Panics if the question's key is invalid.
    pub fn parts(&self) -> [Vec<u8>; 4] {
        self.parts_under(self.protected().as_bytes())
    }

    /// Returns the protected header, which is authenticated.
    #[must_use]
    pub fn protected(&self) -> String {
        in_order(self.header.clone()).to_string()
    }

    /// Returns the same parts under a protected header of any bytes.
    ///
    /// # Panics
    /// Panics if the question's key is invalid.
    pub fn parts_under(&self, protected: &[u8]) -> [Vec<u8>; 4] {
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

    /// Returns the payload of the link.
    ///
    /// # Panics
    /// Panics if the question's key is invalid.
    pub fn payload(&self) -> Vec<u8> {
        payload_of(&self.parts())
    }
}

/// Returns the payload of the link for the parts of an answer.
///
/// # Panics
/// Panics if it is too large for one block.
pub fn payload_of(parts: &[Vec<u8>]) -> Vec<u8> {
    let parts = parts.iter().map(|part| Value::bytes(part.as_slice()));
    stored(&encode(&Value::Array([Value::Unsigned(3)].into_iter().chain(parts).collect())))
}

/// Decodes valid base64url without padding.
pub fn decode_base64url(text: &str) -> Vec<u8> {
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
