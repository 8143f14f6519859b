//! An encrypted answer: JWE with ECDH-ES in direct agreement (RFC 7518, 4.6) and AES-GCM, its parts as bytes.
//!
//! ```text
//! AnswerEnvelope = [3, protected: bstr, iv: bstr .size 12, ciphertext: bstr, tag: bstr .size 16]
//! ```
//! Each part in base64url, with an empty encrypted key between the first two, is the JWE's compact serialization. It is
//! not compressed before it is encrypted (RFC 8725, 3.6).

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes128Gcm, Aes256Gcm, Nonce, Tag};
use cbor::{Item, Value};
use envelope::{EnvelopeError, KIND_ANSWER};
use sha2::{Digest as _, Sha256};

use crate::base64url;
use crate::error::{AnswerError, MakeError};
use crate::json::Json;
use crate::key::{EphemeralKey, PublicJwk, Random};

/// Longest protected header that is read, in bytes.
const MAX_HEADER: usize = 2 * 1024;
const ALG: &str = "ECDH-ES";
const IV: usize = 12;
const TAG: usize = 16;

/// The content encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enc {
    A128Gcm,
    A256Gcm,
}

impl Enc {
    /// What this project's verifier offers and its wallet accepts, in order of preference.
    pub(crate) const ALL: [Self; 2] = [Self::A128Gcm, Self::A256Gcm];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|enc| enc.name() == name)
    }

    const fn key_length(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A256Gcm => 32,
        }
    }
}

/// The recipient of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recipient {
    pub(crate) key: PublicJwk,
    pub(crate) kid: String,
    pub(crate) enc: Enc,
}

/// An encrypted message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Jwe {
    protected: Vec<u8>,
    iv: [u8; IV],
    ciphertext: Vec<u8>,
    tag: [u8; TAG],
}

impl Jwe {
    /// Encrypts to `recipient` with a fresh key and a fresh initialisation vector.
    pub(crate) fn encrypt(
        recipient: &Recipient,
        plaintext: &[u8],
        random: Random<'_>,
    ) -> Result<Self, MakeError> {
        let ephemeral = EphemeralKey::new(random)?;
        let mut iv = [0; IV];
        random(&mut iv);
        let Recipient { key, kid, enc } = recipient;
        let header = Json::object([
            ("alg", Json::text(ALG)),
            ("enc", Json::text(enc.name())),
            ("epk", ephemeral.public().to_json()),
            ("kid", Json::text(kid.as_str())),
        ]);
        let protected = header.encode().into_bytes();
        let content_key = concat_kdf(&ephemeral.agree(key), *enc, &[], &[]);
        let mut ciphertext = plaintext.to_vec();
        let aad = base64url::encode(&protected);
        let tag = seal(*enc, &content_key, &iv, aad.as_bytes(), &mut ciphertext).ok_or(MakeError::Encrypt)?;
        Ok(Self { protected, iv, ciphertext, tag })
    }

    /// Reads the inflated Envelope.
    pub(crate) fn decode(envelope: &[u8]) -> Result<Self, AnswerError> {
        if envelope::kind(envelope)? != KIND_ANSWER {
            return Err(EnvelopeError::Kind.into());
        }
        let value = cbor::decode_own(envelope).map_err(EnvelopeError::Cbor)?;
        let Some([_, protected, iv, ciphertext, tag]) = value.as_array() else {
            return Err(AnswerError::Form);
        };
        let bytes = |item: &Item<'_>| item.as_bytes().map(<[u8]>::to_vec).ok_or(AnswerError::Form);
        let (iv, tag) = (bytes(iv)?, bytes(tag)?);
        Ok(Self {
            protected: bytes(protected)?,
            iv: iv.try_into().map_err(|_| AnswerError::Form)?,
            ciphertext: bytes(ciphertext)?,
            tag: tag.try_into().map_err(|_| AnswerError::Form)?,
        })
    }

    /// The Envelope, before it is deflated.
    pub(crate) fn encode(&self) -> Vec<u8> {
        cbor::encode(&Value::array([
            Value::Unsigned(KIND_ANSWER),
            Value::bytes(self.protected.as_slice()),
            Value::bytes(self.iv),
            Value::bytes(self.ciphertext.as_slice()),
            Value::bytes(self.tag),
        ]))
    }

    /// Decrypts with the key of `kid`.
    pub(crate) fn decrypt(mut self, key: &EphemeralKey, kid: &str) -> Result<Vec<u8>, AnswerError> {
        let header = Header::decode(&self.protected, kid)?;
        let content_key = concat_kdf(&key.agree(&header.epk), header.enc, &header.apu, &header.apv);
        let aad = base64url::encode(&self.protected);
        open(header.enc, &content_key, &self.iv, aad.as_bytes(), &mut self.ciphertext, &self.tag)
            .ok_or(AnswerError::Decryption)?;
        Ok(self.ciphertext)
    }
}

/// The protected header, not authenticated yet.
struct Header {
    enc: Enc,
    epk: PublicJwk,
    apu: Vec<u8>,
    apv: Vec<u8>,
}

impl Header {
    fn decode(bytes: &[u8], own_kid: &str) -> Result<Self, AnswerError> {
        if bytes.len() > MAX_HEADER {
            return Err(AnswerError::Header);
        }
        let header =
            Json::parse(bytes).filter(|json| json.as_object().is_some()).ok_or(AnswerError::Header)?;
        let text = |name| header.get(name).and_then(Json::as_text);
        if text("alg") != Some(ALG) {
            return Err(AnswerError::Algorithm);
        }
        let enc = text("enc").and_then(Enc::from_name).ok_or(AnswerError::Enc)?;
        // Compression leaks lengths, and no critical parameter is supported.
        if header.get("zip").is_some() || header.get("crit").is_some() {
            return Err(AnswerError::Header);
        }
        if text("kid") != Some(own_kid) {
            return Err(AnswerError::OtherRequest);
        }
        let party = |name| match header.get(name) {
            None => Ok(Vec::new()),
            Some(info) => info.as_text().and_then(base64url::decode).ok_or(AnswerError::Header),
        };
        Ok(Self {
            enc,
            epk: header.get("epk").and_then(PublicJwk::from_json).ok_or(AnswerError::Key)?,
            apu: party("apu")?,
            apv: party("apv")?,
        })
    }
}

/// Concat KDF with SHA-256 in one round (RFC 7518, 4.6.2): both keys are at most as long as the hash.
fn concat_kdf(shared: &[u8; 32], enc: Enc, apu: &[u8], apv: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    // lengths here are bounded by that of the header
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
    hash.update(1_u32.to_be_bytes());
    hash.update(shared);
    for part in [enc.name().as_bytes(), apu, apv] {
        hash.update(length(part));
        hash.update(part);
    }
    let bits: u32 = match enc {
        Enc::A128Gcm => 128,
        Enc::A256Gcm => 256,
    };
    hash.update(bits.to_be_bytes());
    hash.finalize().into()
}

fn seal(enc: Enc, key: &[u8; 32], iv: &[u8; IV], aad: &[u8], content: &mut [u8]) -> Option<[u8; TAG]> {
    let key = key.get(..enc.key_length())?;
    let iv = Nonce::from(*iv);
    let tag = match enc {
        Enc::A128Gcm => Aes128Gcm::new_from_slice(key).ok()?.encrypt_inout_detached(&iv, aad, content.into()),
        Enc::A256Gcm => Aes256Gcm::new_from_slice(key).ok()?.encrypt_inout_detached(&iv, aad, content.into()),
    };
    Some(tag.ok()?.into())
}

fn open(
    enc: Enc,
    key: &[u8; 32],
    iv: &[u8; IV],
    aad: &[u8],
    content: &mut [u8],
    tag: &[u8; TAG],
) -> Option<()> {
    let key = key.get(..enc.key_length())?;
    let (iv, tag) = (Nonce::from(*iv), Tag::from(*tag));
    let opened = match enc {
        Enc::A128Gcm => {
            Aes128Gcm::new_from_slice(key).ok()?.decrypt_inout_detached(&iv, aad, content.into(), &tag)
        }
        Enc::A256Gcm => {
            Aes256Gcm::new_from_slice(key).ok()?.decrypt_inout_detached(&iv, aad, content.into(), &tag)
        }
    };
    opened.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(scalar: &str) -> EphemeralKey {
        let scalar = base64url::decode_32(scalar).unwrap();
        EphemeralKey::new(&mut |buffer| buffer.copy_from_slice(&scalar)).unwrap()
    }

    /// RFC 7518, appendix C: Alice's key, Bob's key, and what they derive.
    #[test]
    fn the_published_derivation() {
        let alice = key("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo");
        let bob = key("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw");
        let shared = alice.agree(&bob.public());
        assert_eq!(shared, bob.agree(&alice.public()));
        let derived = concat_kdf(&shared, Enc::A128Gcm, b"Alice", b"Bob");
        assert_eq!(base64url::encode(&derived[..16]), "VqqN6vgjbSBcIijNcacQGg");
    }

    #[test]
    fn what_is_encrypted_is_read_by_that_key_alone() {
        let mut next = 1_u8;
        let mut random = |buffer: &mut [u8]| {
            buffer.fill(next);
            next += 1;
        };
        let (own, other) = (EphemeralKey::new(&mut random).unwrap(), EphemeralKey::new(&mut random).unwrap());
        for enc in Enc::ALL {
            let recipient = Recipient { key: own.public(), kid: "k".into(), enc };
            let sealed = Jwe::encrypt(&recipient, b"answer", &mut random).unwrap();
            assert_eq!(Jwe::decode(&sealed.encode()), Ok(sealed.clone()));
            assert_eq!(sealed.clone().decrypt(&own, "k").as_deref(), Ok(b"answer".as_slice()));
            assert_eq!(sealed.clone().decrypt(&other, "k"), Err(AnswerError::Decryption));
            assert_eq!(sealed.decrypt(&own, "l"), Err(AnswerError::OtherRequest));
        }
    }
}
