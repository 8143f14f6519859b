//! `Info`: the time and the audience of a presentation.

use cbor::{Item, ItemValue, Timestamp, Value};

use crate::error::EnvelopeError;

/// The most seconds by which the holder's clock may be ahead of the verifier's.
pub const CLOCK_TOLERANCE_SECONDS: i64 = 60;

/// The longest lifetime of a presentation, in seconds.
pub const MAX_LIFE_SECONDS: i64 = 60;

/// The time and the audience of a presentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// The holder's clock when it was signed.
    pub iat: Timestamp,
    /// The end of its life, at most 60 s later.
    pub exp: Timestamp,
    /// 16 random bytes, new for every signature.
    pub nonce: [u8; 16],
    /// The intended verifier, if the holder names one.
    pub aud: Option<String>,
}

impl Info {
    /// Encodes it deterministically; the transcript contains the hash of this encoding.
    ///
    /// # Errors
    /// `envelope-life` if the lifetime is negative or longer than 60 s, `envelope-info` for times before 1970.
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
            aud: match aud.value() {
                ItemValue::Null => None,
                ItemValue::Text(name) => Some(name.clone().into_owned()),
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
