//! Verified elements, by namespace and identifier.

use std::collections::BTreeMap;

use cbor::Value;

/// Elements of a document by namespace and identifier, in order of their names.
///
/// Those of a verified document are issuer-signed, and their digests match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Elements {
    name_spaces: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Elements {
    /// Creates an empty set.
    pub const fn new() -> Self {
        Self { name_spaces: BTreeMap::new() }
    }

    /// Returns the value of an element.
    pub fn get(&self, namespace: &str, identifier: &str) -> Option<&Value> {
        self.name_spaces.get(namespace)?.get(identifier)
    }

    /// Returns every element as (namespace, identifier, value).
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        self.name_spaces.iter().flat_map(|(namespace, elements)| {
            elements.iter().map(|(identifier, value)| (namespace.as_str(), identifier.as_str(), value))
        })
    }

    /// Returns their number.
    pub fn len(&self) -> usize {
        self.name_spaces.values().map(BTreeMap::len).sum()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an element; returns the value that it replaces, if there was one.
    pub fn insert(&mut self, namespace: &str, identifier: &str, value: Value) -> Option<Value> {
        self.name_spaces.entry(namespace.to_owned()).or_default().insert(identifier.to_owned(), value)
    }
}
