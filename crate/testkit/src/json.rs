//! JSON with the same bytes in every build.

use serde_json::Value;

/// Sorts the keys of all objects: the order of serde_json depends on features that other crates of the build enable.
#[must_use]
pub fn in_order(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(in_order).collect(),
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().map(|(key, value)| (key, in_order(value))).collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(fields.into_iter().collect())
        }
        other => other,
    }
}
