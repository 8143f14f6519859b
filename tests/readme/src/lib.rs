//! Compiles the example of README.md as a crate outside of this workspace would: by the name of the package.

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
