//! base64url without padding (RFC 7515, 2), and base64 with padding for `x5c`. Each value has one text: non-zero bits
//! behind the last byte are refused.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};

pub(crate) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

/// The 32 bytes of a coordinate or a hash.
pub(crate) fn decode_32(text: &str) -> Option<[u8; 32]> {
    decode(text)?.try_into().ok()
}

pub(crate) fn encode_padded(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

pub(crate) fn decode_padded(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_text_of_a_value_is_read() {
        assert_eq!(decode("AQ").as_deref(), Some([1].as_slice()));
        for other in ["AR", "AQ==", "AQ=", "A", "A+", "A/", " AQ", "AQ\n"] {
            assert_eq!(decode(other), None, "{other}");
        }
        assert_eq!(decode_padded("AQ==").as_deref(), Some([1].as_slice()));
        assert_eq!(decode_padded("AQ"), None);
        assert_eq!(decode_padded("_w=="), None);
    }
}
