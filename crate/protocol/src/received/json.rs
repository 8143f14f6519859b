//! The texts and bytes in a JSON value that may be a presentation.

use std::collections::BTreeMap;

use crate::json::Json;

/// The most members that are looked at.
const MAX_CANDIDATES: usize = 64;
/// The most levels of arrays and objects.
const MAX_DEPTH: usize = 8;

/// What may be a presentation.
pub(super) enum Candidate {
    Text(String),
    Bytes(Vec<u8>),
}

/// Members of an object, and fields of a form, that hold the answer; where there is one, the others do not matter.
pub(super) const ANSWERS: [&str; 8] = [
    "vp_token",
    "vpToken",
    "response",
    "deviceResponse",
    "device_response",
    "DeviceResponse",
    "presentation",
    "mdoc",
];

/// Returns the candidates of a JSON text; `None` if it is no JSON, or has a member twice.
pub(super) fn candidates(text: &str) -> Option<Vec<Candidate>> {
    let mut found = Vec::new();
    collect(&Json::parse(text.as_bytes())?, MAX_DEPTH, &mut found);
    Some(found)
}

fn collect(json: &Json, left: usize, found: &mut Vec<Candidate>) {
    if left == 0 || found.len() >= MAX_CANDIDATES {
        return;
    }
    match json {
        Json::Text(text) => found.push(Candidate::Text(text.clone())),
        Json::Array(items) => match bytes(items) {
            Some(bytes) => found.push(Candidate::Bytes(bytes)),
            None => items.iter().for_each(|item| collect(item, left - 1, found)),
        },
        Json::Object(members) => {
            // A Node Buffer: {"type": "Buffer", "data": [...]}.
            if let Some(bytes) = json.get("data").and_then(Json::as_array).and_then(bytes) {
                return found.push(Candidate::Bytes(bytes));
            }
            // A typed array: {"0": 163, "1": 103, ...}.
            if let Some(bytes) = typed_array(members) {
                return found.push(Candidate::Bytes(bytes));
            }
            if let Some(answer) = ANSWERS.iter().find_map(|name| json.get(name)) {
                return collect(answer, left - 1, found);
            }
            // An answer of the Digital Credentials API: {"protocol": ..., "data": {...}}.
            if let Some(data) = json.get("data") {
                return collect(data, left - 1, found);
            }
            members.values().for_each(|member| collect(member, left - 1, found));
        }
        Json::Null | Json::Bool(_) | Json::Integer(_) | Json::OtherNumber => {}
    }
}

/// Returns the bytes of an array of numbers from 0 to 255, at least one.
fn bytes(items: &[Json]) -> Option<Vec<u8>> {
    let bytes: Option<Vec<u8>> = items.iter().map(|item| u8::try_from(item.as_integer()?).ok()).collect();
    bytes.filter(|bytes| !bytes.is_empty())
}

/// Returns the bytes of an object whose members are numbered from 0, as JSON has a typed array.
fn typed_array(members: &BTreeMap<String, Json>) -> Option<Vec<u8>> {
    let items = (0..members.len()).map(|index| members.get(&index.to_string()));
    let bytes: Option<Vec<u8>> = items.map(|item| u8::try_from(item?.as_integer()?).ok()).collect();
    bytes.filter(|bytes| !bytes.is_empty())
}
