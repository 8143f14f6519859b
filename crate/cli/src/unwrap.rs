//! Presentations inside what people have: JSON with the text of one, and CBOR tags around its bytes.

use cbor::decode_foreign;
use serde_json::Value as Json;

use crate::input;

/// Most tags around a presentation, and deepest JSON around its text.
const DEPTH: u8 = 8;
/// Tag of self-described CBOR (RFC 8949, 3.4.6).
const SELF_DESCRIBED: u64 = 55799;

/// Returns the presentation that is inside, if there is exactly one; otherwise the bytes unchanged.
///
/// Read: JSON with a DeviceResponse or IssuerSigned as text in hexadecimal or base64, such as an OpenID4VP answer with its
/// `vp_token`, or one of the Digital Credentials API; bytes as Node writes a Buffer in JSON; a data URI; tags 24 and 55799
/// of CBOR.
pub(crate) fn unwrap(bytes: Vec<u8>) -> Vec<u8> {
    let of_text = input::text(&bytes).and_then(|text| of_text(text.trim()));
    untagged(of_text.unwrap_or(bytes))
}

fn of_text(text: &str) -> Option<Vec<u8>> {
    if let Some((_, data)) = text.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,")) {
        return input::base64url(data);
    }
    let json: Json = text.starts_with(['{', '[', '"']).then(|| serde_json::from_str(text).ok())??;
    let mut found = Vec::new();
    collect(&json, DEPTH, &mut found);
    let [one] = <[_; 1]>::try_from(found).ok()?;
    Some(one)
}

/// Adds every presentation in a value, each once.
fn collect(json: &Json, depth: u8, found: &mut Vec<Vec<u8>>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let bytes = match json {
        Json::String(text) => input::hex(text).or_else(|| input::base64url(text)),
        Json::Object(fields) if fields.get("type").and_then(Json::as_str) == Some("Buffer") => {
            fields.get("data").and_then(Json::as_array).and_then(|octets| octets.iter().map(octet).collect())
        }
        Json::Object(fields) => return fields.values().for_each(|value| collect(value, depth, found)),
        Json::Array(values) => return values.iter().for_each(|value| collect(value, depth, found)),
        _ => None,
    };
    let presentation = bytes.map(untagged).filter(|bytes| is_presentation(bytes));
    found.extend(presentation.filter(|new| !found.contains(new)).into_iter().collect::<Vec<_>>());
}

fn octet(json: &Json) -> Option<u8> {
    json.as_u64().and_then(|octet| u8::try_from(octet).ok())
}

/// Whether this is a map with a key that only a DeviceResponse or an IssuerSigned has.
fn is_presentation(bytes: &[u8]) -> bool {
    let item = decode_foreign(bytes).ok();
    item.is_some_and(|item| ["documents", "issuerAuth"].iter().any(|key| item.get_text(key).is_some()))
}

/// Removes the tags around CBOR; returns other bytes unchanged.
fn untagged(mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..DEPTH {
        let inner = match decode_foreign(&bytes) {
            Ok(item) => match (item.as_encoded_cbor(), item.as_tag()) {
                (Some(inner), _) => inner.to_vec(),
                (None, Some((SELF_DESCRIBED, inner))) => inner.raw().to_vec(),
                _ => break,
            },
            Err(_) => break,
        };
        bytes = inner;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
    use cbor::{Value, encode};

    use super::unwrap;

    fn response() -> Vec<u8> {
        encode(&Value::map([("version", Value::text("1.0")), ("documents", Value::array([]))]))
    }

    #[test]
    fn a_presentation_is_found_in_what_is_around_it() {
        let (response, tag) = (response(), |tag, content| encode(&Value::tagged(tag, content)));
        let url = Base64UrlUnpadded::encode_string(&response);
        let octets = response.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
        let whole = cbor::decode_foreign(&response).unwrap().to_value();
        for around in [
            response.clone(),
            tag(24, Value::bytes(response.as_slice())),
            tag(55799, whole),
            tag(55799, Value::tagged(24, Value::bytes(response.as_slice()))),
            format!(r#"{{"vp_token": {{"mdl": ["{url}"]}}}}"#).into(),
            format!(r#"{{"vp_token": "{url}", "state": "af0ifjsldkj"}}"#).into(),
            format!(r#"{{"protocol": "org-iso-mdoc", "data": {{"response": "{url}"}}}}"#).into(),
            format!("\u{feff} {{\"pid\": [\"{url}\"]}}\n").into(),
            format!(r#"{{"type": "Buffer", "data": [{octets}]}}"#).into(),
            format!("data:application/cbor;base64,{}", Base64::encode_string(&response)).into(),
        ] {
            assert_eq!(unwrap(around.clone()), response, "{}", String::from_utf8_lossy(&around));
        }
    }

    #[test]
    fn what_holds_none_or_several_is_left_alone() {
        let url = Base64UrlUnpadded::encode_string(&response());
        let other = Base64UrlUnpadded::encode_string(&encode(&Value::map([(
            "documents",
            Value::array([Value::Null]),
        )])));
        for left in [
            r#"{"vp_token": {}}"#.to_owned(),
            r#"{"vp_token": "eyJhbGciOiJFUzI1NiJ9"}"#.to_owned(),
            format!(r#"{{"vp_token": ["{url}", "{other}"]}}"#),
            format!("{}\"{url}\"{}", "[".repeat(20), "]".repeat(20)),
            "{".to_owned(),
            "data:text/plain,licence".to_owned(),
        ] {
            assert_eq!(unwrap(left.clone().into()), left.as_bytes());
        }
    }
}
