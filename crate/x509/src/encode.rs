//! DER encoding of one value, for readers and writers of certificates.

use der::asn1::ObjectIdentifier;

/// An OBJECT IDENTIFIER in DER.
pub(crate) fn oid(id: ObjectIdentifier) -> Vec<u8> {
    tlv(0x06, id.as_bytes())
}

/// Encodes tag, length and content in DER; contents are shorter than 64 KiB.
pub(crate) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let [.., high, low] = content.len().to_be_bytes();
    match content.len() {
        0..=0x7f => out.push(low),
        0x80..=0xff => out.extend_from_slice(&[0x81, low]),
        _ => out.extend_from_slice(&[0x82, high, low]),
    }
    out.extend_from_slice(content);
    out
}
