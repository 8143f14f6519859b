//! The form of the bytes of a presentation.

use envelope::Envelope;

/// The form of the bytes of a presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The payload of the QR link.
    QrLink,
    /// The same before it was deflated: an array of CBOR.
    Inflated,
    /// A CBOR map: a DeviceResponse or an IssuerSigned.
    Map,
}

impl Form {
    /// Detects the form of bytes for which no option gives it.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        // If neither form decodes, the first byte of DeviceResponses in practice decides which decoder refuses it, and so
        // with which code.
        match cbor::decode_foreign(bytes) {
            Ok(item) if item.as_map().is_some() => Self::Map,
            Ok(item) if item.as_array().is_some() => Self::Inflated,
            Ok(_) => Self::QrLink,
            Err(_) if !matches!(bytes.first(), Some(0xa2..=0xa4 | 0xb8..=0xbb | 0xbf)) => Self::QrLink,
            Err(_) if Envelope::decode(bytes).is_ok() => Self::QrLink,
            Err(_) => Self::Map,
        }
    }

    /// Returns the DeviceResponse of a QR link's payload, and other bytes unchanged.
    pub(crate) fn issuer_part(self, bytes: &[u8]) -> Vec<u8> {
        let envelope = match self {
            Self::Map => return bytes.to_vec(),
            Self::Inflated => Envelope::decode_inflated(bytes),
            Self::QrLink => Envelope::decode(bytes),
        };
        envelope.map_or_else(|_| bytes.to_vec(), |envelope| envelope.device_response().to_vec())
    }
}
