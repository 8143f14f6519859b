//! `Info`: the time, the audience and the purpose of a presentation.

use cbor::{Item, ItemValue, Timestamp, Value};

use mdoc::SessionTranscript;

use crate::error::EnvelopeError;

/// The most seconds by which the holder's clock may be ahead of the verifier's.
pub const CLOCK_TOLERANCE_SECONDS: i64 = 60;

/// The longest lifetime of a presentation, in seconds.
pub const MAX_LIFE_SECONDS: i64 = 60;

/// The longest purpose, in bytes.
pub const MAX_PURPOSE_BYTES: usize = 64;

/// The time, the audience and the purpose of a presentation.
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
    /// The code of what the holder chose to show it for, of at most 64 bytes; `None` in version 1 of the profile, which has none.
    pub purpose: Option<String>,
}

impl Info {
    /// Encodes it deterministically; the transcript contains the hash of this encoding.
    ///
    /// # Errors
    /// `envelope-life` if the lifetime is negative or longer than 60 s, `envelope-info` for times before 1970 and for a purpose that
    /// is empty or longer than 64 bytes.
    pub fn encode(&self) -> Result<Vec<u8>, EnvelopeError> {
        self.check_life()?;
        if self.purpose.as_deref().is_some_and(|purpose| !is_purpose(purpose)) {
            return Err(EnvelopeError::Info);
        }
        let moment = |time: Timestamp| {
            u64::try_from(time.unix()).map(Value::Unsigned).map_err(|_| EnvelopeError::Info)
        };
        let aud = self.aud.as_deref().map_or(Value::Null, Value::text);
        let mut items = vec![moment(self.iat)?, moment(self.exp)?, Value::Bytes(self.nonce.to_vec()), aud];
        items.extend(self.purpose.as_deref().map(Value::text));
        Ok(cbor::encode(&Value::Array(items)))
    }

    /// Decodes the received bytes of Info: four items, or five with a purpose.
    ///
    /// # Errors
    /// A CBOR code, `envelope-info`, `envelope-info-newer` for more than five items, or `envelope-life`.
    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let value = cbor::decode_own(bytes)?;
        let (iat, exp, nonce, aud, purpose) = match value.as_array() {
            Some([iat, exp, nonce, aud]) => (iat, exp, nonce, aud, None),
            Some([iat, exp, nonce, aud, purpose]) => (iat, exp, nonce, aud, Some(purpose)),
            Some([_, _, _, _, _, _, ..]) => return Err(EnvelopeError::InfoNewer),
            Some(_) | None => return Err(EnvelopeError::Info),
        };
        let text = |item: &Item<'_>| match item.value() {
            ItemValue::Text(text) => Ok(text.clone().into_owned()),
            _ => Err(EnvelopeError::Info),
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
                _ => Some(text(aud)?),
            },
            purpose: purpose.map(text).transpose()?,
        };
        if info.purpose.as_deref().is_some_and(|purpose| !is_purpose(purpose)) {
            return Err(EnvelopeError::Info);
        }
        info.check_life()?;
        Ok(info)
    }

    /// Returns the transcript that the device signs for this encoded Info.
    pub(crate) fn transcript(&self, encoded: &[u8]) -> SessionTranscript {
        match self.purpose {
            Some(_) => SessionTranscript::one_way_with_purpose(encoded),
            None => SessionTranscript::one_way(encoded),
        }
    }

    fn check_life(&self) -> Result<(), EnvelopeError> {
        match self.exp.unix().checked_sub(self.iat.unix()) {
            Some(0..=MAX_LIFE_SECONDS) => Ok(()),
            _ => Err(EnvelopeError::Life),
        }
    }
}

/// Whether a text can be the code of a purpose, known or not.
const fn is_purpose(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_PURPOSE_BYTES
}
