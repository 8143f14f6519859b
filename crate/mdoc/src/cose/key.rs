//! `COSE_Key` (RFC 9052, 7; RFC 9053, 7.1.1): the public keys of devices and readers.

use super::error::CoseError;
use crate::cbor::{self, Item, Value};
use crate::signature::PublicKey;

const KTY: i64 = 1;
const CRV: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const D: i64 = -4;
const EC2: i64 = 2;
const P256: i64 = 1;

/// A public key on P-256: `{1: 2, -1: 1, -2: x, -3: y}`; the point was checked to be on the curve.
///
/// `kid`, `alg` and `key_ops` are ignored: what the key is for is said by its place, not by the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoseKey {
    x: [u8; 32],
    y: [u8; 32],
    key: PublicKey,
}

impl CoseKey {
    /// Reads a key that stands alone.
    ///
    /// # Errors
    /// A [`CoseError`]: no CBOR, `KeyForm`, `KeyCurve` or `KeyPoint`.
    pub fn decode(bytes: &[u8]) -> Result<Self, CoseError> {
        Self::from_item(&cbor::decode_foreign(bytes)?)
    }

    /// Reads a key out of a larger structure.
    ///
    /// # Errors
    /// As [`CoseKey::decode`]; a private key (label -4) is refused as `KeyForm`.
    pub fn from_item(item: &Item<'_>) -> Result<Self, CoseError> {
        item.as_map().ok_or(CoseError::KeyForm)?;
        let integer = |label| item.get_integer(label).and_then(Item::as_integer);
        if integer(KTY) != Some(EC2) || item.get_integer(D).is_some() {
            return Err(CoseError::KeyForm);
        }
        match integer(CRV) {
            Some(P256) => {}
            Some(_) => return Err(CoseError::KeyCurve),
            None => return Err(CoseError::KeyForm),
        }
        let coordinate = |label| -> Option<[u8; 32]> { item.get_integer(label)?.as_bytes()?.try_into().ok() };
        let x = coordinate(X).ok_or(CoseError::KeyForm)?;
        let y = coordinate(Y).ok_or(CoseError::KeyForm)?;
        Self::from_coordinates(x, y)
    }

    /// A key from its point in SEC 1 form, 65 bytes, as WebCrypto exports it (`raw`).
    ///
    /// # Errors
    /// [`CoseError::KeyForm`] for another form, [`CoseError::KeyPoint`] for a point off the curve.
    pub fn from_sec1(bytes: &[u8]) -> Result<Self, CoseError> {
        let (Some((4, x)), 65) = (bytes.split_first().map(|(form, rest)| (*form, rest)), bytes.len()) else {
            return Err(CoseError::KeyForm);
        };
        let (Some(x), Some(y)) = (x.first_chunk(), x.last_chunk()) else {
            return Err(CoseError::KeyForm);
        };
        Self::from_coordinates(*x, *y)
    }

    fn from_coordinates(x: [u8; 32], y: [u8; 32]) -> Result<Self, CoseError> {
        let mut sec1 = vec![4];
        sec1.extend_from_slice(&x);
        sec1.extend_from_slice(&y);
        let key = PublicKey::p256_from_sec1(&sec1).ok_or(CoseError::KeyPoint)?;
        Ok(Self { x, y, key })
    }

    /// The key to verify with.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// The uncompressed point (SEC 1), 65 bytes: one form for one key, whatever the received bytes were.
    #[must_use]
    pub fn to_sec1(&self) -> [u8; 65] {
        let mut sec1 = [4; 65];
        let halves = sec1.iter_mut().skip(1);
        for (to, from) in halves.zip(self.x.iter().chain(&self.y)) {
            *to = *from;
        }
        sec1
    }

    /// The key as a value, to be written into a larger structure.
    #[must_use]
    pub fn to_value(&self) -> Value {
        Value::integer_map([
            (KTY, Value::integer(EC2)),
            (CRV, Value::integer(P256)),
            (X, Value::bytes(self.x)),
            (Y, Value::bytes(self.y)),
        ])
    }
}

impl TryFrom<&PublicKey> for CoseKey {
    type Error = CoseError;

    fn try_from(key: &PublicKey) -> Result<Self, CoseError> {
        Self::from_sec1(&key.to_sec1().ok_or(CoseError::KeyCurve)?)
    }
}
