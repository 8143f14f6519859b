//! What is remembered of imported lists apart from the lists themselves, so that one that is damaged or gone is missed.

use cbor::Timestamp;
use serde::{Deserialize, Serialize};

use crate::list::{Content, VerifiedList, authority_of};

/// An imported list, as it is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedList {
    /// The key under which it is stored.
    pub key: String,
    /// Its name, or that of the authority of its revocations, for display; empty if it was never read.
    #[serde(default)]
    pub name: String,
    /// When it was made; `None` for a certificate.
    #[serde(default)]
    pub made: Option<Timestamp>,
}

impl RememberedList {
    /// Returns what is remembered of a verified list that is stored under this key.
    #[must_use]
    pub fn of(key: &str, list: &VerifiedList) -> Self {
        let made = match &list.content {
            Content::Vical { list, .. } => Some(list.date()),
            Content::Crl { list, .. } => Some(list.this_update()),
            Content::Certificate(_) => None,
        };
        Self { key: key.to_owned(), name: list.name.clone(), made }
    }

    /// Returns what is known of a list of which only the key can be read.
    #[must_use]
    pub const fn unread(key: String) -> Self {
        Self { key, name: String::new(), made: None }
    }

    /// Returns whether it is a revocation list.
    #[must_use]
    pub fn is_crl(&self) -> bool {
        self.authority().is_some()
    }

    /// Returns the authority of a revocation list: SHA-256 of its `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn authority(&self) -> Option<[u8; 32]> {
        authority_of(&self.key)
    }

    /// Returns whether the list that is stored under this key is this one, or a newer one in its place.
    pub(crate) fn is_held_by(&self, key: &str, list: &VerifiedList) -> bool {
        key == self.key && Self::of(key, list).made >= self.made
    }
}
