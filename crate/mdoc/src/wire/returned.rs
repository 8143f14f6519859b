//! What a response reports as not returned.

use crate::wire::element_name::ElementName;

/// A document that the device did not return: one of `documentErrors`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    /// The type of the document.
    pub doc_type: String,
    /// Why, by the standard's Table 9: 0 is "not returned"; others are the application's own or reserved.
    pub code: i64,
}

/// An element that the device did not return: one of a document's `errors`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementError {
    /// Which element.
    pub name: ElementName,
    /// Why, as in [`DocumentError::code`].
    pub code: i64,
}

/// What the response reports as not returned; no signature covers it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reported {
    pub(crate) documents: Vec<DocumentError>,
    pub(crate) elements: Vec<ElementError>,
}
