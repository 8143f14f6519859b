//! Signs a message with ES256 and verifies it, then verifies an altered one.

use liangzheng_signature::{Algorithm, PublicKey, RustCrypto, SignatureError, Signer as _, verify};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A private key for this example only.
    let key = p256::ecdsa::SigningKey::from_slice(&[7; 32])?;
    let public = PublicKey::from(&key);
    let signature = key.sign(b"a message");

    let valid = verify(Algorithm::Es256, &public, b"a message", &signature, &RustCrypto)?;
    println!("{} bytes: {valid:?}", signature.len());
    let refused = verify(Algorithm::Es256, &public, b"another message", &signature, &RustCrypto);
    println!("{refused:?}");
    assert_eq!(refused, Err(SignatureError::Mismatch));
    Ok(())
}
