//! The issuer: signs an MSO over its elements.

pub(crate) mod issue;
