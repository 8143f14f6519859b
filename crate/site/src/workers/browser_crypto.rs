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
