//! Signatures verified by WebCrypto: several times as fast as in Wasm.
//!
//! The core is synchronous; WebCrypto answers later. So the browser is asked first, about all
//! signatures of a presentation at once ([`Certificates::confirm`]), and then the core is given its answers ([`Confirmed`]). They
//! hold for exactly these bytes: algorithm, key, message and signature. Nothing else can be among them, since only what
//! the browser was asked about and called right gets into [`Confirmed`]. They are for one verdict; a certificate's, which
//! comes again with the next licence, is remembered. What is not there is verified by the core's
//! own code: where there is no WebCrypto, where it knows no such curve, and what it calls wrong. So no refusal rests
//! on a browser's word.

use std::cell::RefCell;

use js_sys::{Array, Uint8Array};
use signature::{
    Curve, HashAlgorithm, RustCrypto, UnverifiedSignature, VerifiedSignatureCache, VerifySignature,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::browser::subtle::{ecdsa, subtle};

/// Certificates whose signatures are remembered at most: many authorities' of a day, in less than 100 kB.
const REMEMBERED: usize = 64;

/// Signatures of certificates that WebCrypto verified: they are needed again with the next licence.
pub(super) struct Certificates(RefCell<VerifiedSignatureCache>);

impl Default for Certificates {
    fn default() -> Self {
        Self(RefCell::new(VerifiedSignatureCache::new(REMEMBERED)))
    }
}

/// Signatures that WebCrypto verified. As a provider it accepts these; the core's own code verifies every other.
#[derive(Debug, Default)]
pub(super) struct Confirmed(Vec<UnverifiedSignature>);

impl Certificates {
    /// Has WebCrypto verify these signatures at once, except certificates that it verified before.
    pub(super) async fn confirm(&self, signatures: Vec<UnverifiedSignature>) -> Confirmed {
        let Some(subtle) = subtle() else {
            return Confirmed::default();
        };
        let (known, signatures): (Vec<_>, Vec<_>) = {
            let right = self.0.borrow();
            signatures.into_iter().partition(|signature| right.contains(signature))
        };
        // A promise works while others are waited for.
        let importing: Vec<_> = signatures.iter().map(|signature| import(&subtle, signature)).collect();
        let mut verifying = Vec::new();
        for (signature, key) in signatures.into_iter().zip(importing) {
            let answer = match answered(key).await {
                Some(key) => verify(&subtle, &key.unchecked_into(), &signature),
                None => None,
            };
            verifying.push((signature, answer));
        }
        let mut confirmed = Confirmed(known);
        for (signature, answer) in verifying {
            if answered(answer).await == Some(JsValue::TRUE) {
                self.0.borrow_mut().insert(&signature);
                confirmed.0.push(signature);
            }
        }
        confirmed
    }
}

/// The value of a promise that was made and kept.
async fn answered(promise: Option<JsFuture<JsValue>>) -> Option<JsValue> {
    promise?.await.ok()
}

const fn curve_name(curve: Curve) -> Option<&'static str> {
    match curve {
        Curve::P256 => Some("P-256"),
        Curve::P384 => Some("P-384"),
        Curve::P521 => Some("P-521"),
        _ => None,
    }
}

const fn hash_name(hash: HashAlgorithm) -> &'static str {
    match hash {
        HashAlgorithm::Sha256 => "SHA-256",
        HashAlgorithm::Sha384 => "SHA-384",
        HashAlgorithm::Sha512 => "SHA-512",
    }
}

fn import(subtle: &SubtleCrypto, signature: &UnverifiedSignature) -> Option<JsFuture<JsValue>> {
    let curve = curve_name(signature.curve())?;
    let point = Uint8Array::from(signature.key().as_slice());
    let usages = Array::of1(&"verify".into());
    let promise = subtle.import_key_with_object("raw", &point, &ecdsa("namedCurve", curve), false, &usages);
    // Handled from now on: an unhandled rejection would be an error of the worker.
    promise.ok().map(JsFuture::from)
}

fn verify(
    subtle: &SubtleCrypto,
    key: &CryptoKey,
    signature: &UnverifiedSignature,
) -> Option<JsFuture<JsValue>> {
    let message = Uint8Array::from(signature.message());
    let raw = Uint8Array::from(signature.signature());
    let hash = ecdsa("hash", hash_name(signature.hash()));
    let promise = subtle.verify_with_object_and_js_u8_array_and_js_u8_array(&hash, key, &raw, &message);
    promise.ok().map(JsFuture::from)
}

impl VerifySignature for Confirmed {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        if self.0.contains(signature) { Some(true) } else { RustCrypto.verify(signature) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use signature::{Algorithm, PublicKey, sign_es256};

    use super::*;

    /// The public key of the scalar 07…07 on brainpoolP256r1.
    #[rustfmt::skip]
    const BRAINPOOL_KEY: [u8; 65] = [
        0x04,
        0x02, 0x8e, 0xc4, 0xff, 0xd1, 0xf9, 0x89, 0x08, 0x3b, 0x4d, 0xea, 0x15, 0x42, 0xe8, 0xf6, 0x1d,
        0x15, 0xc2, 0x8d, 0xeb, 0x3a, 0x61, 0xdd, 0xad, 0xff, 0xba, 0x11, 0xab, 0x76, 0xd1, 0xd8, 0xd7,
        0x5e, 0xb8, 0xe2, 0xd4, 0x6e, 0xc7, 0xc2, 0x33, 0x53, 0x46, 0x9b, 0xd0, 0xed, 0x08, 0xc2, 0x92,
        0x15, 0x29, 0x87, 0xe4, 0x36, 0x7f, 0x97, 0x7a, 0x3f, 0xf8, 0x0e, 0x1a, 0x08, 0x6c, 0x43, 0x48,
    ];
    /// Its signature of `message` with SHA-256.
    #[rustfmt::skip]
    const BRAINPOOL_SIGNATURE: [u8; 64] = [
        0x93, 0x08, 0x47, 0x84, 0xd9, 0x85, 0x4c, 0x30, 0x1c, 0x8a, 0x31, 0x04, 0x44, 0xdc, 0x6c, 0xee,
        0x48, 0x1d, 0x04, 0x3a, 0xc7, 0xec, 0x67, 0xd4, 0x63, 0xeb, 0x24, 0xe6, 0x60, 0xb5, 0xf8, 0xa5,
        0x2f, 0x44, 0x92, 0x22, 0xd6, 0x5c, 0x3c, 0x62, 0x22, 0x19, 0x5d, 0xb8, 0x9e, 0xe2, 0x01, 0xc3,
        0x81, 0x83, 0x54, 0x88, 0xb7, 0x66, 0x5f, 0xb3, 0x5f, 0x51, 0x90, 0xc1, 0x69, 0x72, 0x16, 0xf7,
    ];

    #[test]
    fn curves_that_no_browser_has_are_verified_here() {
        for curve in [Curve::BrainpoolP256r1, Curve::BrainpoolP384r1] {
            assert_eq!(curve_name(curve), None, "the browser is not asked");
        }
        let key = PublicKey::from_sec1(Curve::BrainpoolP256r1, &BRAINPOOL_KEY).unwrap();
        let of = |message: &[u8]| {
            UnverifiedSignature::raw(Algorithm::Esb256, &key, message.to_vec(), &BRAINPOOL_SIGNATURE).unwrap()
        };
        let answers =
            [b"message".as_slice(), b"another"].map(|message| Confirmed::default().verify(&of(message)));
        assert_eq!(answers, [Some(true), Some(false)]);
    }

    #[test]
    fn an_answer_is_for_the_very_signature_and_for_one_time() {
        let [key, other] =
            [[7; 32], [8; 32]].map(|scalar| p256::ecdsa::SigningKey::from_slice(&scalar).unwrap());
        let of = |key: &p256::ecdsa::SigningKey, message: &[u8], signed: &[u8]| {
            let signature = sign_es256(key, signed);
            UnverifiedSignature::raw(Algorithm::Es256, &PublicKey::from(key), message.to_vec(), &signature)
                .unwrap()
        };
        // A wrong one, which no other verifier accepts.
        let wrong = of(&key, b"message", b"another");
        let others = [
            of(&other, b"message", b"another"),
            of(&key, b"messages", b"another"),
            of(&key, b"message", b"others"),
        ];
        let right = |by: &dyn VerifySignature, signature: &UnverifiedSignature| signature.verify(by).is_ok();
        assert!(!right(&RustCrypto, &wrong));
        let confirmed = Confirmed(vec![wrong.clone()]);
        assert!(right(&confirmed, &wrong), "the browser's answer is what counts");
        assert!(!others.iter().any(|other| right(&confirmed, other)));
        let own = of(&key, b"message", b"message");
        assert!(right(&confirmed, &own), "what it was not asked about is verified here");
        assert!(!right(&Confirmed::default(), &wrong), "and it is forgotten");
    }
}
