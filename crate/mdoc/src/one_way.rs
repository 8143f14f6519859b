//! The one-way presentation: `Info`, `Envelope` and its deflated payload (this project's profile).
//!
//! ```text
//! Info     = [iat: uint, exp: uint, nonce: bstr .size 16, aud: tstr / null]
//! Envelope = [1, bstr .cbor Info, bstr .cbor DeviceResponse]     ; then raw deflate (RFC 1951)
//! ```
//! Both are deterministic CBOR and refused otherwise.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use crate::freshness::MAX_LIFE_SECONDS;
use cbor::Timestamp;
use cbor::coded;
use cbor::stage_error;
use cbor::{CborError, Item, Kind, Value};

/// The largest payload, deflated, in bytes.
pub const MAX_DEFLATED: usize = 64 * 1024;
/// The largest Envelope, inflated, in bytes.
pub const MAX_INFLATED: usize = 128 * 1024;
/// The kind of an Envelope that holds a presentation.
pub const KIND_PRESENTATION: u64 = 1;
/// The kind of an Envelope that holds a verifier's request (crate `protocol`).
pub const KIND_REQUEST: u64 = 2;
/// The kind of an Envelope that holds an encrypted answer to a request (crate `protocol`).
pub const KIND_ANSWER: u64 = 3;

const DEFLATE_LEVEL: u8 = 9;
const INFLATE_STEP: usize = 8 * 1024;
/// Blocks of one stream that are inflated. Each costs the making of its Huffman tables, though it
/// holds nothing: 64 KiB have room for 52,000 empty ones. Compressors write one for many kilobytes.
const MAX_BLOCKS: usize = 256;

/// Why an Envelope is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// More than 64 KiB deflated or 128 KiB inflated.
    Size,
    /// Not one complete raw deflate stream, or one of more than 256 blocks.
    Deflate,
    /// Not deterministic CBOR.
    Cbor(CborError),
    /// An Envelope of another kind, or no Envelope at all.
    Kind,
    /// The Envelope's items are not those of a presentation.
    Shape,
    /// Info is not `[iat, exp, nonce, aud]`.
    Info,
    /// Info's life is negative or longer than 60 s.
    Life,
}

coded!(EnvelopeError {
    Size => "size", "envelope", "org.liangzheng.QrPresentation.v1";
    Deflate => "envelope-deflate", "envelope", "org.liangzheng.QrPresentation.v1";
    Kind => "envelope-kind", "envelope", "org.liangzheng.QrPresentation.v1";
    Shape => "envelope-shape", "envelope", "org.liangzheng.QrPresentation.v1";
    Info => "envelope-info", "envelope", "org.liangzheng.QrPresentation.v1";
    Life => "envelope-life", "envelope", "org.liangzheng.QrPresentation.v1";
} via [Cbor]);
stage_error!(EnvelopeError);

impl From<CborError> for EnvelopeError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

/// When and for whom a presentation was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// The holder's clock when it was signed.
    pub iat: Timestamp,
    /// The end of its life, at most 60 s later.
    pub exp: Timestamp,
    /// 16 random bytes, new for every signature.
    pub nonce: [u8; 16],
    /// The verifier it is for, where the holder names one.
    pub aud: Option<String>,
}

impl Info {
    /// The deterministic encoding, over which the transcript's hash is taken.
    ///
    /// # Errors
    /// `envelope-life` when the life is negative or over 60 s, `envelope-info` for times before 1970.
    pub fn encode(&self) -> Result<Vec<u8>, EnvelopeError> {
        self.check_life()?;
        let moment = |time: Timestamp| {
            u64::try_from(time.unix()).map(Value::Unsigned).map_err(|_| EnvelopeError::Info)
        };
        let aud = self.aud.as_deref().map_or(Value::Null, Value::text);
        Ok(cbor::encode(&Value::Array(vec![
            moment(self.iat)?,
            moment(self.exp)?,
            Value::Bytes(self.nonce.to_vec()),
            aud,
        ])))
    }

    /// Decodes the received bytes of Info.
    ///
    /// # Errors
    /// A CBOR code, `envelope-info` or `envelope-life`.
    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let value = cbor::decode_own(bytes)?;
        let Some([iat, exp, nonce, aud]) = value.as_array() else {
            return Err(EnvelopeError::Info);
        };
        let moment = |value: &Item<'_>| {
            value
                .as_unsigned()
                .and_then(|seconds| i64::try_from(seconds).ok())
                .map(Timestamp::from_unix)
                .ok_or(EnvelopeError::Info)
        };
        let info = Self {
            iat: moment(iat)?,
            exp: moment(exp)?,
            nonce: nonce.as_bytes().and_then(|bytes| bytes.try_into().ok()).ok_or(EnvelopeError::Info)?,
            aud: match aud.kind() {
                Kind::Null => None,
                Kind::Text(name) => Some(name.clone().into_owned()),
                _ => return Err(EnvelopeError::Info),
            },
        };
        info.check_life()?;
        Ok(info)
    }

    fn check_life(&self) -> Result<(), EnvelopeError> {
        match self.exp.unix().checked_sub(self.iat.unix()) {
            Some(0..=MAX_LIFE_SECONDS) => Ok(()),
            _ => Err(EnvelopeError::Life),
        }
    }
}

/// A presentation as it travels; both parts keep their bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    info: Info,
    info_bytes: Vec<u8>,
    device_response: Vec<u8>,
}

impl Envelope {
    /// Puts an Info and an encoded DeviceResponse together.
    ///
    /// # Errors
    /// As [`Info::encode`].
    pub fn new(info: Info, device_response: Vec<u8>) -> Result<Self, EnvelopeError> {
        Ok(Self { info_bytes: info.encode()?, info, device_response })
    }

    /// The decoded Info.
    pub const fn info(&self) -> &Info {
        &self.info
    }

    /// The bytes of Info, as received.
    pub fn info_bytes(&self) -> &[u8] {
        &self.info_bytes
    }

    /// The bytes of the DeviceResponse, as received.
    pub fn device_response(&self) -> &[u8] {
        &self.device_response
    }

    /// The Envelope before it is deflated.
    pub fn encode_inflated(&self) -> Vec<u8> {
        cbor::encode(&Value::Array(vec![
            Value::Unsigned(KIND_PRESENTATION),
            Value::Bytes(self.info_bytes.clone()),
            Value::Bytes(self.device_response.clone()),
        ]))
    }

    /// The payload of the QR link: the Envelope, deflated.
    ///
    /// # Errors
    /// `size` when it is over 64 KiB deflated or 128 KiB inflated.
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
    /// A CBOR code, `envelope-kind`, `envelope-shape`, `envelope-info` or `envelope-life`.
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

/// The payload of the QR link for an encoded Envelope of any kind.
///
/// # Errors
/// `size` when it is over 64 KiB deflated or 128 KiB inflated.
pub fn deflate(envelope: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    if envelope.len() > MAX_INFLATED {
        return Err(EnvelopeError::Size);
    }
    let payload = compress_to_vec(envelope, DEFLATE_LEVEL);
    if payload.len() > MAX_DEFLATED {
        return Err(EnvelopeError::Size);
    }
    Ok(payload)
}

/// The kind of an encoded Envelope: its first item, which decides who reads the others.
///
/// # Errors
/// A CBOR code, or `envelope-kind` where there is no such item.
pub fn kind(envelope: &[u8]) -> Result<u64, EnvelopeError> {
    let value = cbor::decode_own(envelope)?;
    value.as_array().and_then(|items| items.first()?.as_unsigned()).ok_or(EnvelopeError::Kind)
}

/// Inflates one complete raw deflate stream, never holding more than 128 KiB of its output.
///
/// # Errors
/// `size` or `envelope-deflate`.
pub fn inflate(payload: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    if payload.len() > MAX_DEFLATED {
        return Err(EnvelopeError::Size);
    }
    let mut state = Box::<DecompressorOxide>::default();
    let mut output = Vec::new();
    let mut rest = payload;
    let (mut written, mut blocks) = (0_usize, 0_usize);
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
        | inflate_flags::TINFL_FLAG_STOP_ON_BLOCK_BOUNDARY;
    loop {
        // The buffer grows a step at a time and never past the limit, whatever the stream claims.
        if written == output.len() {
            if written > MAX_INFLATED {
                return Err(EnvelopeError::Size);
            }
            let room = output.len().saturating_add(INFLATE_STEP);
            // One byte more than the limit tells a full stream from one that is too long.
            output.resize(room.min(MAX_INFLATED + 1), 0);
        }
        let (status, read, wrote) = decompress(&mut state, rest, &mut output, written, flags);
        rest = rest.get(read..).unwrap_or_default();
        written = written.saturating_add(wrote);
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput => {}
            TINFLStatus::BlockBoundary if blocks < MAX_BLOCKS => blocks += 1,
            _ => return Err(EnvelopeError::Deflate),
        }
    }
    if written > MAX_INFLATED {
        return Err(EnvelopeError::Size);
    }
    if !rest.is_empty() {
        return Err(EnvelopeError::Deflate);
    }
    output.truncate(written);
    Ok(output)
}
