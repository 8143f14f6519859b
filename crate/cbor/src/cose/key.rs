//! `COSE_Key` (RFC 9052, 7; RFC 9053, 7.1.1): the public keys of devices and readers.

use super::error::CoseError;
use crate::{Item, ItemValue, Value};
use signature::{Algorithm, Curve, PublicKey};

const KTY: i64 = 1;
const ALG: i64 = 3;
const KEY_OPS: i64 = 4;
const CRV: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const D: i64 = -4;
const EC2: i64 = 2;
/// The operation of `key_ops` that verifies signatures (RFC 9052, 7.1).
const VERIFY: i64 = 2;

/// A public key on a supported [`Curve`]: `{1: 2, -1: crv, -2: x, -3: y}`. Its point is on the curve.
///
/// y may be a sign bit (RFC 9053, 7.1.1). The structure around the key determines its use; `alg` and `key_ops` can only
/// restrict it ([`CoseKey::verifying_key`]). `kid` is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoseKey {
    key: PublicKey,
    /// Whether its `alg` and `key_ops` allow verifying signatures.
    verifies: bool,
}

impl CoseKey {
    /// Decodes an encoded key.
    ///
    /// # Errors
    /// [`CoseError::Cbor`], `KeyForm`, `KeyCurve`, `Brainpool` or `KeyPoint`.
    pub fn decode(bytes: &[u8]) -> Result<Self, CoseError> {
        Self::from_item(&crate::decode_foreign(bytes)?)
    }

    /// Reads a key within a larger structure.
    ///
    /// # Errors
    /// As [`CoseKey::decode`]; a private key (label -4) is refused as `KeyForm`.
    pub fn from_item(item: &Item<'_>) -> Result<Self, CoseError> {
        item.as_map().ok_or(CoseError::KeyForm)?;
        let integer = |label| item.get_integer(label).and_then(Item::as_integer);
        if integer(KTY) != Some(EC2) || item.get_integer(D).is_some() {
            return Err(CoseError::KeyForm);
        }
        let curve = Curve::from_cose(integer(CRV).ok_or(CoseError::KeyForm)?);
        let length = curve.coordinate_length().ok_or(match curve {
            Curve::Brainpool => CoseError::Brainpool,
            _ => CoseError::KeyCurve,
        })?;
        let x = item.get_integer(X).and_then(Item::as_bytes).ok_or(CoseError::KeyForm)?;
        let (form, y) = match item.get_integer(Y).map(Item::value) {
            Some(ItemValue::Bytes(y)) if y.len() == length => (4, y.as_ref()),
            Some(ItemValue::Bool(sign)) => (2 + u8::from(*sign), [].as_slice()),
            _ => return Err(CoseError::KeyForm),
        };
        if x.len() != length {
            return Err(CoseError::KeyForm);
        }
        let key = PublicKey::from_sec1(curve, &[&[form], x, y].concat()).ok_or(CoseError::KeyPoint)?;
        Ok(Self { key, verifies: may_verify(item, curve) })
    }

    /// Creates a key on P-256, P-384 or P-521 from its uncompressed SEC 1 point, as WebCrypto exports it (`raw`): 65, 97 or
    /// 133 bytes.
    ///
    /// # Errors
    /// [`CoseError::KeyForm`] for another form, [`CoseError::KeyPoint`] for a point off the curve.
    pub fn from_sec1(bytes: &[u8]) -> Result<Self, CoseError> {
        let curve = match (bytes.first(), bytes.len()) {
            (Some(4), 65) => Curve::P256,
            (Some(4), 97) => Curve::P384,
            (Some(4), 133) => Curve::P521,
            _ => return Err(CoseError::KeyForm),
        };
        PublicKey::from_sec1(curve, bytes).map(Self::unrestricted).ok_or(CoseError::KeyPoint)
    }

    const fn unrestricted(key: PublicKey) -> Self {
        Self { key, verifies: true }
    }

    /// Returns the key, whatever its permitted use.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// Returns the key for verifying signatures.
    ///
    /// # Errors
    /// [`CoseError::KeyForm`] if its `alg` is not the algorithm of its curve, or its `key_ops` lack "verify" (RFC 9053,
    /// 2.1).
    pub const fn verifying_key(&self) -> Result<&PublicKey, CoseError> {
        if self.verifies { Ok(&self.key) } else { Err(CoseError::KeyForm) }
    }

    /// Returns the uncompressed SEC 1 point of 65, 97 or 133 bytes, without the name of its curve: one form for each key.
    #[must_use]
    pub fn to_sec1(&self) -> Vec<u8> {
        self.key.to_sec1().unwrap_or_default()
    }

    /// Returns the key as a value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let sec1 = self.to_sec1();
        let (_, point) = sec1.split_first().unwrap_or((&0, &[]));
        let (x, y) = point.split_at(point.len() / 2);
        Value::integer_map([
            (KTY, Value::integer(EC2)),
            (CRV, Value::integer(self.key.curve().cose().unwrap_or_default())),
            (X, Value::bytes(x)),
            (Y, Value::bytes(y)),
        ])
    }
}

fn may_verify(key: &Item<'_>, curve: Curve) -> bool {
    let own = |alg: &Item<'_>| alg.as_integer().is_some_and(|alg| Algorithm::from_cose(alg, curve).is_some());
    let verify = |op: &Item<'_>| op.as_integer() == Some(VERIFY) || op.as_text() == Some("verify");
    let listed = |ops: &Item<'_>| ops.as_array().is_some_and(|ops| ops.iter().any(verify));
    key.get_integer(ALG).is_none_or(own) && key.get_integer(KEY_OPS).is_none_or(listed)
}

impl TryFrom<&PublicKey> for CoseKey {
    type Error = CoseError;

    fn try_from(key: &PublicKey) -> Result<Self, CoseError> {
        if key.is_supported() { Ok(Self::unrestricted(*key)) } else { Err(CoseError::KeyCurve) }
    }
}
