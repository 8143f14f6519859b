//! A provider of ECDSA, installed for good: alone in its process, so alone in its file.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test")]

use std::sync::Mutex;

use liangzheng_mdoc::signature::provider::{Provider, install};
use liangzheng_mdoc::signature::{Algorithm, PublicKey, SignatureError, Signer, verify, verify_der};

/// Says no to everything on P-256 and has no other algorithm; keeps what it was asked.
struct Denier(Mutex<Vec<(Algorithm, Vec<u8>, Vec<u8>, Vec<u8>)>>);

impl Provider for Denier {
    fn verify(&self, algorithm: Algorithm, key: &[u8], message: &[u8], signature: &[u8]) -> Option<bool> {
        let asked = (algorithm, key.to_vec(), message.to_vec(), signature.to_vec());
        self.0.lock().expect("one thread").push(asked);
        (algorithm == Algorithm::Es256).then_some(false)
    }
}

static DENIER: Denier = Denier(Mutex::new(Vec::new()));

#[test]
fn an_installed_provider_decides_and_nothing_that_is_malformed_reaches_it() {
    let p256 = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let p384 = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
    let (key, other) = (PublicKey::from(&p256), PublicKey::from(&p384));
    let signature = p256.sign(b"message");
    assert!(verify(Algorithm::Es256, &key, b"message", &signature).is_ok(), "none is installed yet");

    assert!(install(&DENIER).is_ok());
    assert!(install(&DENIER).is_err(), "the first one stays");

    let asked = || std::mem::take(&mut *DENIER.0.lock().expect("one thread"));
    let mismatch = Err(SignatureError::Mismatch);
    assert_eq!(verify(Algorithm::Es256, &key, b"message", &signature), mismatch);
    let der = liangzheng_mdoc::signature::to_der(Algorithm::Es256, &signature).unwrap();
    assert_eq!(verify_der(Algorithm::Es256, &key, b"message", &der), mismatch);
    let expected = (Algorithm::Es256, key.to_sec1().unwrap(), b"message".to_vec(), signature.clone());
    assert_eq!(asked(), [expected.clone(), expected]);

    assert!(verify(Algorithm::Es384, &other, b"message", &p384.sign(b"message")).is_ok(), "its own code");
    assert_eq!(verify(Algorithm::Es384, &other, b"another", &p384.sign(b"message")), mismatch);
    assert_eq!(asked().len(), 2);

    assert_eq!(verify(Algorithm::Es256, &key, b"message", &[0; 64]), Err(SignatureError::Format));
    assert_eq!(verify(Algorithm::Es384, &key, b"message", &signature), Err(SignatureError::Curve));
    assert_eq!(asked(), []);
}
