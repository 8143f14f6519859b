//! The name of an element.

use core::fmt;

/// The name of an element, for errors and lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementName {
    /// The namespace.
    pub namespace: String,
    /// The element's identifier.
    pub identifier: String,
}

impl ElementName {
    /// Creates the name of an element.
    pub fn new(namespace: &str, identifier: &str) -> Self {
        Self { namespace: namespace.to_owned(), identifier: identifier.to_owned() }
    }
}

impl fmt::Display for ElementName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.namespace, self.identifier)
    }
}
