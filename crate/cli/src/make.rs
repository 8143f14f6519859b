//! Elements of a licence from JSON.
//!
//! JSON has no dates and no bytes: they are written `{"date": …}`, `{"tdate": …}`, `{"hex": …}` and `{"base64": …}`. For an
//! element that the standard defines as a date, plain text is read as one.

use cbor::Value;
use cbor::{Date, Timestamp};
use serde_json::Value as Json;

use crate::exit::{Wrong, wrong};
use crate::input;

/// Elements of type `full-date`.
const DATES: [&str; 6] =
    ["birth_date", "issue_date", "expiry_date", "portrait_capture_date", "first_issue_date", "from"];
/// Elements of type `bstr`.
const BYTES: [&str; 3] = ["portrait", "portrait_small", "signature_usual_mark"];
/// Most levels of nesting.
const MAX_DEPTH: usize = 8;

/// Returns every element as (namespace, identifier, value).
pub(crate) fn elements(json: &Json) -> Result<Vec<(String, String, Value)>, Wrong> {
    let shape = || wrong("cli.wrong.elements", &[]);
    let mut elements = Vec::new();
    for (namespace, of_namespace) in json.as_object().ok_or_else(shape)? {
        for (identifier, value) in of_namespace.as_object().ok_or_else(shape)? {
            let converted = convert(identifier, value, 0).ok_or_else(|| {
                wrong("cli.wrong.element", &[("element", &format!("{namespace}/{identifier}"))])
            })?;
            elements.push((namespace.clone(), identifier.clone(), converted));
        }
    }
    if elements.is_empty() { Err(shape()) } else { Ok(elements) }
}

fn convert(name: &str, json: &Json, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Value::Unsigned(number),
            (None, Some(number)) => Value::integer(number),
            (None, None) => Value::Float(number.as_f64()?),
        },
        Json::String(text) if DATES.contains(&name) || (name.ends_with("_date") && depth > 0) => {
            Value::date(Date::parse(text)?)
        }
        Json::String(text) if BYTES.contains(&name) => Value::bytes(input::base64(text)?),
        Json::String(text) => Value::text(text.as_str()),
        Json::Array(items) => {
            Value::Array(items.iter().map(|item| convert(name, item, depth + 1)).collect::<Option<_>>()?)
        }
        Json::Object(pairs) => match special(pairs) {
            Some(value) => value?,
            None => {
                let pairs =
                    pairs.iter().map(|(key, value)| Some((key.as_str(), convert(key, value, depth + 1)?)));
                Value::map(pairs.collect::<Option<Vec<_>>>()?)
            }
        },
    })
}

/// Reads an object that represents a value without a JSON type; the inner `None` if its text is malformed.
fn special(pairs: &serde_json::Map<String, Json>) -> Option<Option<Value>> {
    let mut all = pairs.iter();
    let (Some((kind, Json::String(text))), None) = (all.next(), all.next()) else {
        return None;
    };
    match kind.as_str() {
        "date" => Some(Date::parse(text).map(Value::date)),
        "tdate" => Some(Timestamp::parse_tdate(text).map(Value::tdate)),
        "hex" => Some(input::hex(text).map(Value::Bytes)),
        "base64" => Some(input::base64(text).map(Value::Bytes)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<Value> {
        let json: Json = serde_json::from_str(text).unwrap();
        elements(&json).ok().and_then(|mut elements| elements.pop()).map(|element| element.2)
    }

    #[test]
    fn json_becomes_the_types_of_the_standard() {
        let day = Value::date(Date::parse("1990-03-07").unwrap());
        assert_eq!(one(r#"{"ns": {"birth_date": "1990-03-07"}}"#), Some(day.clone()));
        assert_eq!(one(r#"{"ns": {"other": {"date": "1990-03-07"}}}"#), Some(day.clone()));
        assert_eq!(one(r#"{"ns": {"other": "1990-03-07"}}"#), Some(Value::text("1990-03-07")));
        assert_eq!(one(r#"{"ns": {"portrait": "_9j_"}}"#), Some(Value::bytes([0xff, 0xd8, 0xff])));
        assert_eq!(one(r#"{"ns": {"x": {"hex": "00ff"}}}"#), Some(Value::bytes([0, 0xff])));
        assert_eq!(one(r#"{"ns": {"x": -3}}"#), Some(Value::integer(-3)));
        let privilege = Value::map([("vehicle_category_code", Value::text("B")), ("issue_date", day)]);
        let list =
            r#"{"ns": {"driving_privileges": [{"vehicle_category_code": "B", "issue_date": "1990-03-07"}]}}"#;
        assert_eq!(one(list), Some(Value::array([privilege])));
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "[]",
            "{}",
            r#"{"ns": {}}"#,
            r#"{"ns": 1}"#,
            r#"{"ns": {"birth_date": "7 March"}}"#,
            r#"{"ns": {"x": {"hex": "0"}}}"#,
            r#"{"ns": {"x": [[[[[[[[[[[1]]]]]]]]]]]}}"#,
        ] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}
