//! What a person sees on every page: languages, words for values, and codes on a canvas.

pub(crate) mod format;
pub mod i18n;
pub(crate) mod markup;
pub(crate) mod painter;
pub(crate) mod portrait;
pub(crate) mod preflight;
pub(crate) mod projector;
pub(crate) mod scope;
pub(crate) mod words;
