//! What binds a presentation to its session.

pub(crate) mod reader_key;
pub(crate) mod transcript;
