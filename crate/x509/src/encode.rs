//! DER encoding of one value, for readers and writers of certificates.

use der::asn1::ObjectIdentifier;
use der::{Encode as _, Length};

/// An OBJECT IDENTIFIER in DER.
pub(crate) fn oid(id: ObjectIdentifier) -> Vec<u8> {
    tlv(0x06, id.as_bytes())
}

/// Returns bytes behind their length in eight octets.
pub(crate) fn length_first(content: &[u8]) -> Vec<u8> {
    [&(content.len() as u64).to_be_bytes(), content].concat()
}

/// Encodes tag, length and content in DER; returns no bytes for a content of 256 MiB or more.
pub(crate) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = Length::try_from(content.len()).and_then(|length| length.encode_to_vec(&mut out));
    if length.is_err() {
        return Vec::new();
    }
    out.extend_from_slice(content);
    out
}
