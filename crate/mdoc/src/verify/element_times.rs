//! Whether the times in elements are written as ISO/IEC 18013-5, 7.2.1 asks.

use cbor::Value;

use crate::document_type::ISO_NAMESPACE;
use crate::verify::elements::Elements;
use crate::wire::error::ProfileError;

/// The element that is a `full-date` and never a `tdate`.
const BIRTH_DATE: &str = "birth_date";

/// Checks, for a strict verification, that every `tdate` is in UTC without a fraction, that every `full-date` is one, and that
/// the birth date is a `full-date`.
///
/// # Errors
/// `profile-time` with the identifier of the element.
pub(super) fn check_element_times(elements: &Elements) -> Result<(), ProfileError> {
    for (namespace, identifier, value) in elements.iter() {
        let no_day = (namespace, identifier) == (ISO_NAMESPACE, BIRTH_DATE) && value.as_date().is_none();
        if no_day || has_other_time(value) {
            return Err(ProfileError::Time(identifier.to_owned()));
        }
    }
    Ok(())
}

/// Returns whether a time in this value is in another form. CBOR of others is decoded to a bounded depth.
fn has_other_time(value: &Value) -> bool {
    match value {
        Value::Tag(0, _) => value.as_tdate().is_none(),
        Value::Tag(1004, _) => value.as_date().is_none(),
        Value::Tag(_, content) => has_other_time(content),
        Value::Array(items) => items.iter().any(has_other_time),
        Value::Map(pairs) => pairs.iter().any(|(_, value)| has_other_time(value)),
        _ => false,
    }
}
