//! `Envelope`: an Info and a DeviceResponse, or other content of the QR link, by its kind.

use cbor::{Item, Value};

use crate::deflate::{MAX_INFLATED, deflate, inflate};
use crate::error::EnvelopeError;
use crate::info::Info;

/// The kind of an Envelope with a presentation.
pub const KIND_PRESENTATION: u64 = 1;
/// The kind of an Envelope with a verifier's request (crate `protocol`).
pub const KIND_REQUEST: u64 = 2;
/// The kind of an Envelope with an encrypted answer to a request (crate `protocol`).
pub const KIND_ANSWER: u64 = 3;
/// The kind of an Envelope with a sealed application for a licence (feature `sealed`).
pub const KIND_APPLICATION: u64 = 4;
/// The kind of an Envelope with a desk's sealed answer to an application (feature `sealed`).
pub const KIND_ISSUED: u64 = 5;
/// The kind of an Envelope with the certificates of a desk (feature `sealed`).
pub const KIND_DESK_OFFER: u64 = 6;

/// A presentation on the wire; both parts keep their received bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    info: Info,
    info_bytes: Vec<u8>,
    device_response: Vec<u8>,
}

impl Envelope {
    /// Creates an Envelope from an Info and an encoded DeviceResponse.
    ///
    /// # Errors
    /// As [`Info::encode`].
    pub fn new(info: Info, device_response: Vec<u8>) -> Result<Self, EnvelopeError> {
        Ok(Self { info_bytes: info.encode()?, info, device_response })
    }

    /// Returns the decoded Info.
    pub const fn info(&self) -> &Info {
        &self.info
    }

    /// Returns the bytes of Info as received.
    pub fn info_bytes(&self) -> &[u8] {
        &self.info_bytes
    }

    /// Returns the bytes of the DeviceResponse as received.
    pub fn device_response(&self) -> &[u8] {
        &self.device_response
    }

    /// Encodes the Envelope without deflating it.
    pub fn encode_inflated(&self) -> Vec<u8> {
        cbor::encode(&Value::Array(vec![
            Value::Unsigned(KIND_PRESENTATION),
            Value::Bytes(self.info_bytes.clone()),
            Value::Bytes(self.device_response.clone()),
        ]))
    }

    /// Returns the payload of the QR link: the deflated Envelope.
    ///
    /// # Errors
    /// `size` if it is longer than 64 KiB deflated or 128 KiB inflated.
    pub fn encode(&self) -> Result<Vec<u8>, EnvelopeError> {
        deflate(&self.encode_inflated())
    }

    /// Inflates and decodes a payload of the QR link.
    ///
    /// # Errors
    /// `size`, `envelope-deflate`, or what [`Envelope::decode_inflated`] refuses.
    pub fn decode(payload: &[u8]) -> Result<Self, EnvelopeError> {
        Self::decode_inflated(&inflate(payload)?)
    }

    /// Decodes an Envelope that was not deflated.
    ///
    /// # Errors
    /// A CBOR code, `envelope-kind`, `envelope-shape`, `envelope-info`, `envelope-info-newer` or `envelope-life`.
    pub fn decode_inflated(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > MAX_INFLATED {
            return Err(EnvelopeError::Size);
        }
        let value = cbor::decode_own(bytes)?;
        let items = value.as_array().ok_or(EnvelopeError::Kind)?;
        if items.first().and_then(Item::as_unsigned) != Some(KIND_PRESENTATION) {
            return Err(EnvelopeError::Kind);
        }
        let [_, info_bytes, device_response] = items else {
            return Err(EnvelopeError::Shape);
        };
        let (Some(info_bytes), Some(device_response)) = (info_bytes.as_bytes(), device_response.as_bytes())
        else {
            return Err(EnvelopeError::Shape);
        };
        Ok(Self {
            info: Info::decode(info_bytes)?,
            info_bytes: info_bytes.to_vec(),
            device_response: device_response.to_vec(),
        })
    }
}

/// Returns the kind of an encoded Envelope: its first item, which determines the others.
///
/// # Errors
/// A CBOR code, or `envelope-kind` if there is no such item.
pub fn kind(envelope: &[u8]) -> Result<u64, EnvelopeError> {
    let value = cbor::decode_own(envelope)?;
    value.as_array().and_then(|items| items.first()?.as_unsigned()).ok_or(EnvelopeError::Kind)
}
