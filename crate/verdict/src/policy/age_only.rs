//! 仅证明年龄: whether the holder has reached an age.

use cbor::Date;
use licence::Facts;

use super::rules;
use crate::check::Finding;
use crate::purpose::Terms;

/// Returns the findings of a proof of age, as of `today`.
pub(super) fn judge(fields: &Facts, terms: &Terms, today: Date) -> Vec<Finding> {
    vec![rules::age(fields, terms.age_at_least, today)]
}
