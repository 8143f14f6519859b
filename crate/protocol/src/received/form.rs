//! The fields of a form or of an address, and the body of an HTTP message.

use super::text::percent_decoded;

/// The most fields that are looked at.
const MAX_FIELDS: usize = 64;

/// Returns the value of the first field with one of these names in `application/x-www-form-urlencoded` text, or in the
/// fragment or the query of an address.
pub(super) fn field(text: &str, names: &[&str]) -> Option<String> {
    let parts = match text.split_once("://") {
        Some((_, address)) => [address.split_once('#').map(|(_, fragment)| fragment), query(address)],
        None => [Some(text), None],
    };
    parts.into_iter().flatten().find_map(|part| {
        let mut fields = part.split('&').take(MAX_FIELDS).filter_map(|field| field.split_once('='));
        fields.find(|(name, _)| names.contains(name)).and_then(|(_, value)| decoded(value))
    })
}

fn query(address: &str) -> Option<&str> {
    let before = address.split_once('#').map_or(address, |(before, _)| before);
    before.split_once('?').map(|(_, query)| query)
}

/// Decodes a value. A plus is a space only in JSON: in base64 that was pasted as it is, it is a digit.
fn decoded(value: &str) -> Option<String> {
    let text = String::from_utf8(percent_decoded(value)?).ok()?;
    let is_json = text.starts_with(['{', '[', '"']);
    Some(if is_json && !value.contains(['{', '[', '"']) { spaced(value)? } else { text })
}

fn spaced(value: &str) -> Option<String> {
    String::from_utf8(percent_decoded(&value.replace('+', " "))?).ok()
}

/// Returns the body of an HTTP request or response with its headers.
pub(super) fn http_body(text: &str) -> Option<&str> {
    let (first, _) = text.split_once('\n')?;
    let first = first.trim_end();
    let is_message = first.starts_with("HTTP/") || first.ends_with(" HTTP/1.1") || first.ends_with(" HTTP/2");
    let blank = ["\r\n\r\n", "\n\n"].into_iter().find_map(|blank| text.split_once(blank));
    blank.filter(|_| is_message).map(|(_, body)| body)
}
