//! The device key: made by WebCrypto, never extractable, kept as a handle.

use js_sys::{Array, Object, Reflect, Uint8Array};
use signature::{Algorithm, PublicKey, RustCrypto};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::browser::subtle::ecdsa;

/// Why the key could not be made or used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum KeyError {
    /// The browser offers no WebCrypto here, or not this curve.
    Unavailable,
    /// The browser refused to sign: the key is gone or damaged.
    Refused,
}

/// What a key signs to show that it can: no presentation begins with it.
const PROBE: &[u8] = b"org.liangzheng.KeyProbe.v1";

/// A P-256 key whose private half stays with the browser.
#[derive(Clone)]
pub(crate) struct DeviceKey {
    private: CryptoKey,
    public: [u8; 65],
}

impl DeviceKey {
    /// Generates a key whose private half is not extractable.
    pub(crate) async fn generate() -> Result<Self, KeyError> {
        let usages = Array::of2(&"sign".into(), &"verify".into());
        let (private, public) = generate_pair(&ecdsa("namedCurve", "P-256"), &usages).await?;
        let public = public.try_into().map_err(|_| KeyError::Unavailable)?;
        Ok(Self { private, public })
    }

    /// The key as it was stored; `None` when it is not one of ours.
    pub(crate) fn from_stored(private: JsValue, public: &[u8]) -> Option<Self> {
        let private: CryptoKey = private.dyn_into().ok()?;
        let ours = private.type_() == "private" && !private.extractable();
        Some(Self { private, public: public.try_into().ok()? }).filter(|_| ours)
    }

    /// The handle that is stored.
    pub(crate) fn handle(&self) -> &CryptoKey {
        &self.private
    }

    /// The public half, SEC1 uncompressed, 65 bytes.
    pub(crate) fn public(&self) -> &[u8; 65] {
        &self.public
    }

    /// Returns whether it signs, and the signature is that of its public half.
    pub(crate) async fn works(&self) -> bool {
        let Some(key) = PublicKey::p256_from_sec1(&self.public) else {
            return false;
        };
        match self.sign(PROBE).await {
            Ok(made) => signature::verify(Algorithm::Es256, &key, PROBE, &made, &RustCrypto).is_ok(),
            Err(_) => false,
        }
    }

    /// Signs with ES256: 64 bytes, r and s.
    pub(crate) async fn sign(&self, message: &[u8]) -> Result<[u8; 64], KeyError> {
        let promise = subtle()?
            .sign_with_object_and_u8_array(&ecdsa("hash", "SHA-256"), &self.private, message)
            .map_err(|_| KeyError::Refused)?;
        let signature = JsFuture::from(promise).await.map_err(|_| KeyError::Refused)?;
        Uint8Array::new(&signature).to_vec().try_into().map_err(|_| KeyError::Refused)
    }
}

/// Generates a pair of keys, of which the private half is not extractable. Returns that half and the public one, SEC1
/// uncompressed.
pub(super) async fn generate_pair(
    algorithm: &Object,
    usages: &Array,
) -> Result<(CryptoKey, Vec<u8>), KeyError> {
    let subtle = subtle()?;
    let promise =
        subtle.generate_key_with_object(algorithm, false, usages).map_err(|_| KeyError::Unavailable)?;
    let pair = JsFuture::from(promise).await.map_err(|_| KeyError::Unavailable)?;
    let half = |name: &str| {
        Reflect::get(&pair, &name.into())
            .ok()
            .and_then(|key| key.dyn_into::<CryptoKey>().ok())
            .ok_or(KeyError::Unavailable)
    };
    let exported = subtle.export_key("raw", &half("publicKey")?).map_err(|_| KeyError::Unavailable)?;
    let raw = JsFuture::from(exported).await.map_err(|_| KeyError::Unavailable)?;
    Ok((half("privateKey")?, Uint8Array::new(&raw).to_vec()))
}

fn subtle() -> Result<SubtleCrypto, KeyError> {
    crate::browser::subtle::subtle().ok_or(KeyError::Unavailable)
}

/// Fills a buffer with random bytes; false when the browser has none to give, and nothing may be made then.
pub(crate) fn random(buffer: &mut [u8]) -> bool {
    getrandom::fill(buffer).is_ok()
}
