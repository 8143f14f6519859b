//! The parts of the JSON Schema that are made from tables of other crates.

use schemars::{Schema, SchemaGenerator, json_schema};

use licence::Fact;

use crate::purpose::Purpose;

pub(super) fn fact(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": Fact::ALL.map(Fact::code) })
}

pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": Purpose::ALL.map(Purpose::code) })
}

pub(super) fn date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date" })
}
