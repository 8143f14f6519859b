//! Writes a list: entries, then a token in two steps, so that an asynchronous key can sign.

use miniz_oxide::deflate::compress_to_vec_zlib;

use super::error::StatusListError;
use super::list::{Bits, Status};
use super::{HEADER_TYPE, MAX_LIST, MAX_TOKEN, MEDIA_TYPE, TAG_SIGN1, claim};
use crate::issuer::issue::IssuerSigner;
use cbor::Timestamp;
use cbor::Value;
use cbor::cose::sig_structure;
use signature::Algorithm;

const DEFLATE_LEVEL: u8 = 9;
/// COSE: the algorithm.
const ALGORITHM: i64 = 1;
/// COSE: the certificates.
const X5CHAIN: i64 = 33;

/// The claims of a token except its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusListClaims {
    /// The name of the list.
    pub uri: String,
    /// The time of its content.
    pub issued_at: Timestamp,
    /// When it expires.
    pub expires: Option<Timestamp>,
    /// Its time to live in seconds.
    pub time_to_live: Option<u32>,
    /// The URI of the issuer's list aggregation.
    pub aggregation_uri: Option<String>,
}

/// A list under construction; every entry is 0 (valid) until it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusListBuilder {
    bits: Bits,
    bytes: Vec<u8>,
}

impl StatusListBuilder {
    /// Creates a list of at least this many entries, rounded up to a whole byte.
    ///
    /// # Errors
    /// `status-size` for more than 4 MiB of entries.
    pub fn new(bits: Bits, entries: u64) -> Result<Self, StatusListError> {
        let bytes = entries.div_ceil(u64::from(bits.per_byte()));
        let bytes = usize::try_from(bytes).ok().filter(|bytes| *bytes <= MAX_LIST);
        Ok(Self { bits, bytes: vec![0; bytes.ok_or(StatusListError::Size)?] })
    }

    /// How many entries there are.
    #[must_use]
    pub fn entries(&self) -> u64 {
        (self.bytes.len() as u64).saturating_mul(u64::from(self.bits.per_byte()))
    }

    /// Sets an entry.
    ///
    /// # Errors
    /// `status-index` if there is no such entry, `status-bits` for a value that is too wide.
    pub fn set(&mut self, index: u64, status: Status) -> Result<(), StatusListError> {
        let (value, mask) = (status.value(), self.bits.mask());
        if value & !mask != 0 {
            return Err(StatusListError::Bits);
        }
        let (at, shift) = self.bits.place(index).ok_or(StatusListError::Index)?;
        let byte = self.bytes.get_mut(at).ok_or(StatusListError::Index)?;
        *byte = (*byte & !(mask << shift)) | (value << shift);
        Ok(())
    }

    /// Returns a stand-alone `{"bits", "lst"}`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(&self.to_value(None))
    }

    /// Returns the token without its signature, for a key of this algorithm.
    #[must_use]
    pub fn prepare(&self, claims: &StatusListClaims, algorithm: Algorithm) -> PreparedStatusList {
        let seconds = |moment: Timestamp| Value::integer(moment.unix());
        let mut pairs = vec![
            (claim::SUBJECT, Value::text(&*claims.uri)),
            (claim::ISSUED_AT, seconds(claims.issued_at)),
            (claim::STATUS_LIST, self.to_value(claims.aggregation_uri.as_deref())),
        ];
        pairs.extend(claims.expires.map(|end| (claim::EXPIRES, seconds(end))));
        pairs.extend(claims.time_to_live.map(|ttl| (claim::TIME_TO_LIVE, Value::Unsigned(ttl.into()))));
        let algorithm = Value::integer(algorithm.cose());
        let protected = [(ALGORITHM, algorithm), (HEADER_TYPE, Value::text(MEDIA_TYPE))];
        PreparedStatusList {
            protected: cbor::encode(&Value::integer_map(protected)),
            payload: cbor::encode(&Value::integer_map(pairs)),
        }
    }

    /// Returns the token, signed by an issuer's document signer.
    ///
    /// # Errors
    /// As [`PreparedStatusList::complete`].
    pub fn sign(&self, claims: &StatusListClaims, signer: &IssuerSigner) -> Result<Vec<u8>, StatusListError> {
        let prepared = self.prepare(claims, signer.algorithm());
        let signature = signer.sign_bytes(&prepared.to_be_signed());
        prepared.complete(signature, Some(signer.ds_certificate().as_der()))
    }

    fn to_value(&self, aggregation_uri: Option<&str>) -> Value {
        let stream = compress_to_vec_zlib(&self.bytes, DEFLATE_LEVEL);
        let mut pairs =
            vec![("bits", Value::Unsigned(self.bits.width().into())), ("lst", Value::Bytes(stream))];
        pairs.extend(aggregation_uri.map(|uri| ("aggregation_uri", Value::text(uri))));
        Value::map(pairs)
    }
}

/// A token without its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedStatusList {
    protected: Vec<u8>,
    payload: Vec<u8>,
}

impl PreparedStatusList {
    /// Returns the bytes to be signed.
    #[must_use]
    pub fn to_be_signed(&self) -> Vec<u8> {
        sig_structure(&self.protected, &self.payload)
    }

    /// Returns the token, with the signer's certificate, or without one for a pinned key.
    ///
    /// # Errors
    /// `status-size` if it is longer than 1 MiB.
    pub fn complete(
        self,
        signature: impl Into<Vec<u8>>,
        certificate: Option<&[u8]>,
    ) -> Result<Vec<u8>, StatusListError> {
        let chain = certificate.map(|der| (X5CHAIN, Value::bytes(der)));
        let message = Value::array([
            Value::Bytes(self.protected),
            Value::integer_map(chain),
            Value::Bytes(self.payload),
            Value::Bytes(signature.into()),
        ]);
        let token = cbor::encode(&Value::tagged(TAG_SIGN1, message));
        if token.len() > MAX_TOKEN { Err(StatusListError::Size) } else { Ok(token) }
    }
}
