//! `COSE_Mac0` (RFC 9052, 6.2) and the keys that ISO/IEC 18013-5 derives for it (9.1.1.5, 9.1.3.5).

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
#[cfg(feature = "rustcrypto")]
use p256::SecretKey;
use sha2::{Digest as _, Sha256};

use super::error::CoseError;
use super::header::{self, ChainPlace, Protected};
use super::sign1::{context_structure, payload_bytes};
use crate::Item;
#[cfg(feature = "rustcrypto")]
use signature::PublicKey;

/// HMAC 256/256 (RFC 9053, 3.1).
const HMAC_256: i64 = 5;

/// `COSE_Mac0 = [protected: bstr, unprotected: map, payload: bstr / nil, tag: bstr]`, untagged, not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoseMac0 {
    protected: Protected,
    payload: Option<Vec<u8>>,
    tag: Vec<u8>,
}

/// Proof that a MAC was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct MacValid(());

impl CoseMac0 {
    /// Decodes an encoded message.
    ///
    /// # Errors
    /// Returns a [`CoseError`] if the bytes are not CBOR, the headers break the rules, or the algorithm is not HMAC 256/256.
    pub fn decode(bytes: &[u8]) -> Result<Self, CoseError> {
        Self::from_item(&crate::decode_foreign(bytes)?)
    }

    /// Reads a message within a larger structure.
    ///
    /// # Errors
    /// As [`CoseMac0::decode`].
    pub fn from_item(item: &Item<'_>) -> Result<Self, CoseError> {
        let Some([protected, unprotected, payload, tag]) = item.as_array() else {
            return Err(CoseError::Structure);
        };
        let payload = payload_bytes(payload)?;
        let tag = tag.as_bytes().ok_or(CoseError::Structure)?.to_vec();
        let (protected, _) = header::read(protected, unprotected, ChainPlace::Unprotected)?;
        if protected.algorithm() != HMAC_256 {
            return Err(CoseError::AlgUnsupported);
        }
        Ok(Self { protected, payload, tag })
    }

    /// Verifies the tag over a detached payload, in constant time.
    ///
    /// # Errors
    /// [`CoseError::Payload`] if a payload is attached, [`CoseError::Mac`] if the tag does not match.
    pub fn verify_detached(&self, key: &[u8; 32], payload: &[u8]) -> Result<MacValid, CoseError> {
        if self.payload.is_some() {
            return Err(CoseError::Payload);
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| CoseError::Mac)?;
        mac.update(&mac_structure(self.protected.raw(), payload));
        mac.verify_slice(&self.tag).map(|()| MacValid(())).map_err(|_| CoseError::Mac)
    }
}

/// Returns the bytes that a `COSE_Mac0` authenticates: `["MAC0", protected, h'', payload]` (RFC 9052, 6.3).
#[must_use]
pub fn mac_structure(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    context_structure("MAC0", protected, payload)
}

/// Derives a key of the session: HKDF-SHA256 of the shared secret, salted with SHA-256 of
/// `SessionTranscriptBytes` (tag 24 included); `info` is `EMacKey`, `SKReader` or `SKDevice`.
#[must_use]
pub fn derive_session_key(shared_secret: &[u8; 32], session_transcript_bytes: &[u8], info: &str) -> [u8; 32] {
    let salt = Sha256::digest(session_transcript_bytes);
    let mut key = [0; 32];
    // 32 bytes are below HKDF's limit of 255 blocks, so that expansion cannot fail
    let expanded = Hkdf::<Sha256>::new(Some(&salt), shared_secret).expand(info.as_bytes(), &mut key);
    debug_assert!(expanded.is_ok());
    key
}

/// Derives `EMacKey` from a shared secret (ISO/IEC 18013-5, 9.1.3.5).
#[must_use]
pub fn derive_emac_key(shared_secret: &[u8; 32], session_transcript_bytes: &[u8]) -> [u8; 32] {
    derive_session_key(shared_secret, session_transcript_bytes, "EMacKey")
}

/// Derives the reader's `EMacKey`: ECDH of its ephemeral key with the device key of the MSO.
///
/// # Errors
/// [`CoseError::KeyCurve`] if the device key is not on P-256, the curve of readers' ephemeral keys.
#[cfg(feature = "rustcrypto")]
pub fn emac_key(
    device_key: &PublicKey,
    reader_key: &SecretKey,
    session_transcript_bytes: &[u8],
) -> Result<[u8; 32], CoseError> {
    let device_key = device_key.to_p256().ok_or(CoseError::KeyCurve)?;
    let shared = p256::ecdh::diffie_hellman(reader_key.to_nonzero_scalar(), device_key.as_affine());
    let secret: [u8; 32] = (*shared.raw_secret_bytes()).into();
    Ok(derive_emac_key(&secret, session_transcript_bytes))
}
