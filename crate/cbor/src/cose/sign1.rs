//! `COSE_Sign1` (RFC 9052, 4.2).

use super::error::CoseError;
use super::header::{self, ChainPlace, Protected};
use crate::{Item, Value};
use signature::{Algorithm, Curve, PublicKey, SignatureValid, UnverifiedSignature, VerifySignature};

/// ECDSA on brainpoolP320r1 with SHA-384 (RFC 9864, 2.1).
const ESB320: i64 = -266;
/// ECDSA on brainpoolP512r1 with SHA-512 (RFC 9864, 2.1).
const ESB512: i64 = -268;
/// The protected header of ES256: `{1: -7}`.
pub const PROTECTED_ES256: [u8; 3] = [0xa1, 0x01, 0x26];

/// `COSE_Sign1 = [protected: bstr, unprotected: map, payload: bstr / nil, signature: bstr]`, untagged, not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoseSign1 {
    protected: Protected,
    x5chain: Vec<Vec<u8>>,
    payload: Option<Vec<u8>>,
    signature: Vec<u8>,
}

impl CoseSign1 {
    /// Decodes an encoded message.
    ///
    /// # Errors
    /// Returns a [`CoseError`] if the bytes are not CBOR, the headers break the rules, or the algorithm is not ES256, ES384,
    /// ES512, or a fully specified name of one of them.
    pub fn decode(bytes: &[u8]) -> Result<Self, CoseError> {
        Self::from_item(&crate::decode_foreign(bytes)?)
    }

    /// Reads a message within a larger structure.
    ///
    /// # Errors
    /// As [`CoseSign1::decode`].
    pub fn from_item(item: &Item<'_>) -> Result<Self, CoseError> {
        Self::read(item, ChainPlace::Unprotected)
    }

    /// Reads a message whose certificates may be in either header, as in status lists.
    ///
    /// # Errors
    /// As [`CoseSign1::decode`].
    pub fn from_item_with_chain_anywhere(item: &Item<'_>) -> Result<Self, CoseError> {
        Self::read(item, ChainPlace::Either)
    }

    fn read(item: &Item<'_>, place: ChainPlace) -> Result<Self, CoseError> {
        let Some([protected, unprotected, payload, signature]) = item.as_array() else {
            return Err(CoseError::Structure);
        };
        let payload = payload_bytes(payload)?;
        let signature = signature.as_bytes().ok_or(CoseError::Structure)?.to_vec();
        let (protected, x5chain) = header::read(protected, unprotected, place)?;
        check_algorithm(&protected)?;
        Ok(Self { protected, x5chain, payload, signature })
    }

    /// Creates an ES256 message; `signature` is over [`sig_structure`] of [`PROTECTED_ES256`].
    #[must_use]
    pub fn es256(x5chain: Vec<Vec<u8>>, payload: Option<Vec<u8>>, signature: [u8; 64]) -> Self {
        Self::signed(Algorithm::Es256, x5chain, payload, signature.to_vec())
    }

    /// Creates a message; `signature` is over [`sig_structure`] of [`protected_header`] for the algorithm.
    #[must_use]
    pub fn signed(
        algorithm: Algorithm,
        x5chain: Vec<Vec<u8>>,
        payload: Option<Vec<u8>>,
        signature: Vec<u8>,
    ) -> Self {
        let protected = Protected::known(&protected_header(algorithm), algorithm.cose());
        Self { protected, x5chain, payload, signature }
    }

    /// Returns the message as a value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let chain = match self.x5chain.as_slice() {
            [] => None,
            [leaf] => Some(Value::bytes(leaf.as_slice())),
            more => Some(Value::array(more.iter().map(|c| Value::bytes(c.as_slice())))),
        };
        Value::array([
            Value::bytes(self.protected.raw()),
            Value::integer_map(chain.map(|c| (33, c))),
            self.payload.clone().map_or(Value::Null, Value::Bytes),
            Value::bytes(self.signature.as_slice()),
        ])
    }

    /// Returns the protected header as received.
    #[must_use]
    pub const fn protected(&self) -> &Protected {
        &self.protected
    }

    /// Returns the certificates, leaf first; empty if there are none.
    #[must_use]
    pub fn x5chain(&self) -> &[Vec<u8>] {
        &self.x5chain
    }

    /// Returns the certificates, leaf first, of which there is at least one.
    ///
    /// # Errors
    /// [`CoseError::X5ChainMissing`].
    pub fn require_x5chain(&self) -> Result<&[Vec<u8>], CoseError> {
        match self.x5chain.as_slice() {
            [] => Err(CoseError::X5ChainMissing),
            chain => Ok(chain),
        }
    }

    /// Returns the payload, if it is attached.
    #[must_use]
    pub fn payload(&self) -> Option<&[u8]> {
        self.payload.as_deref()
    }

    /// Verifies the signature over the attached payload; returns the proof and the payload.
    ///
    /// # Errors
    /// [`CoseError::Payload`] if none is attached; otherwise `AlgCurve`, `SignatureForm`, `Signature` or `NotChecked`.
    pub fn verify(
        &self,
        key: &PublicKey,
        by: &dyn VerifySignature,
    ) -> Result<(SignatureValid, &[u8]), CoseError> {
        let payload = self.payload().ok_or(CoseError::Payload)?;
        Ok((self.unverified(key, payload)?.verify(by)?, payload))
    }

    /// Verifies the signature over a detached payload.
    ///
    /// # Errors
    /// [`CoseError::Payload`] if one is attached; otherwise as [`CoseSign1::verify`].
    pub fn verify_detached(
        &self,
        key: &PublicKey,
        payload: &[u8],
        by: &dyn VerifySignature,
    ) -> Result<SignatureValid, CoseError> {
        if self.payload.is_some() {
            return Err(CoseError::Payload);
        }
        Ok(self.unverified(key, payload)?.verify(by)?)
    }

    /// Returns the signature over a payload, attached or not, with this key, not verified.
    ///
    /// # Errors
    /// As [`CoseSign1::verify`], without [`CoseError::Signature`].
    pub fn unverified(&self, key: &PublicKey, payload: &[u8]) -> Result<UnverifiedSignature, CoseError> {
        let algorithm = algorithm(&self.protected, key.curve())?;
        let signed = sig_structure(self.protected.raw(), payload);
        Ok(UnverifiedSignature::raw(algorithm, key, signed, &self.signature)?)
    }
}

/// Checks that the algorithm is one that is verified, whatever the key.
fn check_algorithm(protected: &Protected) -> Result<(), CoseError> {
    match protected.algorithm() {
        identifier if Algorithm::is_supported(identifier) => Ok(()),
        ESB320 | ESB512 => Err(CoseError::Brainpool),
        _ => Err(CoseError::AlgUnsupported),
    }
}

/// Returns the algorithm with a key on this curve.
fn algorithm(protected: &Protected, curve: Curve) -> Result<Algorithm, CoseError> {
    Algorithm::from_cose(protected.algorithm(), curve).ok_or(match curve {
        Curve::Brainpool => CoseError::Brainpool,
        _ => CoseError::AlgCurve,
    })
}

/// Returns the encoded protected header `{1: alg}`.
#[must_use]
pub fn protected_header(algorithm: Algorithm) -> Vec<u8> {
    crate::encode(&Value::integer_map([(1, Value::integer(algorithm.cose()))]))
}

pub(super) fn payload_bytes(item: &Item<'_>) -> Result<Option<Vec<u8>>, CoseError> {
    if item.is_null() {
        return Ok(None);
    }
    let bytes = item.as_bytes().ok_or(CoseError::Structure)?;
    Ok(Some(bytes.to_vec()))
}

/// Returns the bytes that a `COSE_Sign1` signs: `["Signature1", protected, h'', payload]` (RFC 9052, 4.4).
#[must_use]
pub fn sig_structure(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    context_structure("Signature1", protected, payload)
}

pub(super) fn context_structure(context: &str, protected: &[u8], payload: &[u8]) -> Vec<u8> {
    crate::encode(&Value::array([
        Value::text(context),
        Value::bytes(protected),
        Value::bytes([]),
        Value::bytes(payload),
    ]))
}
