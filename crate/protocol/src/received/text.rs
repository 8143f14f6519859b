//! Bytes that are text, and text that is bytes.

use std::borrow::Cow;

use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding as _};

/// Returns the text of bytes without its byte order mark: UTF-16 by its mark, or UTF-8; `None` if they are neither.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (units, odd) = rest.as_chunks::<2>();
        let text = char::decode_utf16(units.iter().copied().map(unit)).collect::<Result<String, _>>().ok()?;
        odd.is_empty().then_some(Cow::Owned(text))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => core::str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => core::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// As [`text`], of text without control characters: bytes that a person could read.
pub(super) fn readable(bytes: &[u8]) -> Option<Cow<'_, str>> {
    text(bytes).filter(|text| !text.chars().any(|c| c.is_control() && !c.is_whitespace()))
}

/// Returns the content of a data URI (RFC 2397): base64, or hexadecimal digits after `%`.
pub(super) fn data_uri(text: &str) -> Option<Vec<u8>> {
    let (scheme, rest) = text.split_at_checked(5)?;
    if !scheme.eq_ignore_ascii_case("data:") {
        return None;
    }
    let (head, body) = rest.split_once(',')?;
    let body = percent_decoded(body)?;
    if head.to_ascii_lowercase().ends_with(";base64") {
        let body: String = core::str::from_utf8(&body).ok()?.split_ascii_whitespace().collect();
        return base64(&body);
    }
    Some(body)
}

pub(super) fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        let mut decoded = [0];
        base16ct::mixed::decode(digits, &mut decoded).ok()?;
        bytes.extend(decoded);
    }
    Some(bytes)
}

/// Returns what is between the quotes of a byte string as programs print it: `h'…'` and `b64'…'` of CBOR's diagnostic
/// notation (RFC 8949, 8.1), or quotes alone.
fn unquoted(text: &str) -> &str {
    let body =
        text.strip_prefix("h'").or_else(|| text.strip_prefix("b64'")).or_else(|| text.strip_prefix('\''));
    body.and_then(|body| body.strip_suffix('\'')).unwrap_or(text)
}

/// Decodes hexadecimal digits or base64, with any white space between.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    /// Words that are base64 by chance are shorter than any presentation.
    const MIN_BASE64: usize = 48;
    let text: String = unquoted(text).split_whitespace().collect();
    let known = |bytes: &Vec<u8>| bytes.len() >= MIN_BASE64 || cbor::decode_foreign(bytes).is_ok();
    hex(&text).or_else(|| base64(&text).filter(known))
}

/// Decodes hexadecimal digits, with or without `0x` and colons.
#[must_use]
pub fn hex(text: &str) -> Option<Vec<u8>> {
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    base16ct::mixed::decode_vec(digits).ok()
}

/// Decodes base64 of either alphabet, padded or not.
#[must_use]
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    if body.len() != text.len() && (!text.len().is_multiple_of(4) || text.len() - body.len() > 2) {
        return None;
    }
    Base64UrlUnpadded::decode_vec(body).or_else(|_| Base64Unpadded::decode_vec(body)).ok()
}
