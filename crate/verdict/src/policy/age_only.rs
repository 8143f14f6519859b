//! 仅证明年龄: the answer and nothing else.

use licence::LicenceFields;

use super::rules;
use crate::check::Finding;
use crate::purpose::Terms;

/// The rule of a proof of age.
pub(super) fn judge(fields: &LicenceFields, terms: &Terms) -> Vec<Finding> {
    vec![rules::age(fields, terms.age_at_least)]
}
