//! `docs/record.schema.json`.

use super::policies::with_others;

/// Returns the JSON Schema of a record, with that of a payload and of a receipt under `$defs`.
pub fn record_schema() -> String {
    let payload = ("Payload", schemars::schema_for!(record::Payload));
    let receipt = ("Receipt", schemars::schema_for!(record::Receipt));
    with_others(schemars::schema_for!(record::Record), [payload, receipt])
}
