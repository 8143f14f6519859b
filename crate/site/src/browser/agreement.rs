//! A key that agrees and does nothing else: made by WebCrypto (ECDH on P-256), never extractable, kept as a handle.

use authority::post::AgreementKey;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

use super::key::{KeyError, generate_pair};
use super::subtle::subtle;

/// Bits of the value that two keys agree on: the x coordinate of the shared point.
const BITS: u32 = 256;

/// A key for opening sealed messages, whose private half stays with the browser.
#[derive(Clone)]
pub(crate) struct OpeningKey {
    private: CryptoKey,
    public: AgreementKey,
}

impl OpeningKey {
    /// Generates a key whose private half is not extractable.
    pub(crate) async fn generate() -> Result<Self, KeyError> {
        let usages = Array::of1(&"deriveBits".into());
        let (private, public) = generate_pair(&ecdh("namedCurve", &"P-256".into()), &usages).await?;
        let public = AgreementKey::from_sec1(&public).map_err(|_| KeyError::Unavailable)?;
        Ok(Self { private, public })
    }

    /// The key as it was stored; `None` when it is not one of ours.
    pub(crate) fn from_stored(private: JsValue, public: &[u8]) -> Option<Self> {
        let private: CryptoKey = private.dyn_into().ok()?;
        let ours = private.type_() == "private" && !private.extractable();
        Some(Self { private, public: AgreementKey::from_sec1(public).ok()? }).filter(|_| ours)
    }

    /// The handle that is stored.
    pub(crate) fn handle(&self) -> &CryptoKey {
        &self.private
    }

    /// The public half.
    pub(crate) fn public(&self) -> &AgreementKey {
        &self.public
    }

    /// Agrees with a point: the 32 bytes that a sealed message is opened with.
    pub(crate) async fn agree(&self, point: &AgreementKey) -> Result<[u8; 32], KeyError> {
        let subtle = subtle().ok_or(KeyError::Unavailable)?;
        let point = Uint8Array::from(point.to_sec1().as_slice());
        let imported = subtle
            .import_key_with_object("raw", &point, &ecdh("namedCurve", &"P-256".into()), false, &Array::new())
            .map_err(|_| KeyError::Refused)?;
        let imported = JsFuture::from(imported).await.map_err(|_| KeyError::Refused)?;
        let promise = subtle
            .derive_bits_with_object(&ecdh("public", &imported), &self.private, BITS)
            .map_err(|_| KeyError::Refused)?;
        let shared = JsFuture::from(promise).await.map_err(|_| KeyError::Refused)?;
        Uint8Array::new(&shared).to_vec().try_into().map_err(|_| KeyError::Refused)
    }
}

/// `{name: "ECDH", [parameter]: value}`: of keys the parameter is `namedCurve`, of an agreement `public`.
fn ecdh(parameter: &str, value: &JsValue) -> Object {
    let algorithm = Object::new();
    let _ = Reflect::set(&algorithm, &"name".into(), &"ECDH".into());
    let _ = Reflect::set(&algorithm, &parameter.into(), value);
    algorithm
}
