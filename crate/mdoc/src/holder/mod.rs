//! The holder: keeps a verified credential and presents it.

pub(crate) mod credential;
pub(crate) mod present;
