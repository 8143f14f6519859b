//! A verifier's status lists, by name.

use std::collections::BTreeMap;

use super::error::StatusListError;
use super::token::VerifiedStatusList;
use cbor::Timestamp;

/// Verified lists by their URI, and why others were refused.
#[derive(Clone, Debug, Default)]
pub struct StatusLists {
    lists: BTreeMap<String, Result<VerifiedStatusList, StatusListError>>,
}

/// The effect of adding a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// There was no list of this name.
    New,
    /// It replaced an older list of this name.
    Replaced,
    /// It is as old as the stored one.
    Same,
}

impl StatusLists {
    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { lists: BTreeMap::new() }
    }

    /// Adds a list; a newer one replaces the stored one of its name.
    ///
    /// # Errors
    /// `status-rollback` for a list that is older than the stored one, `status-signer` for one of another signer; the
    /// stored one is kept.
    pub fn insert(&mut self, list: VerifiedStatusList) -> Result<Inserted, StatusListError> {
        let inserted = match self.lists.get(list.uri()) {
            Some(Ok(held)) if held.signer() != list.signer() => return Err(StatusListError::Signer),
            Some(Ok(held)) if list.issued_at() < held.issued_at() => return Err(StatusListError::Rollback),
            Some(Ok(held)) if list.issued_at() == held.issued_at() => Inserted::Same,
            Some(Ok(_)) => Inserted::Replaced,
            Some(Err(_)) | None => Inserted::New,
        };
        self.lists.insert(list.uri().to_owned(), Ok(list));
        Ok(inserted)
    }

    /// Records that a list of this name was refused; a stored one is kept.
    pub fn refuse(&mut self, uri: &str, error: StatusListError) {
        if !matches!(self.lists.get(uri), Some(Ok(_))) {
            self.lists.insert(uri.to_owned(), Err(error));
        }
    }

    /// Removes the list of this name.
    pub fn remove(&mut self, uri: &str) {
        self.lists.remove(uri);
    }

    /// Returns the list of this name, or why it was refused; `None` if it was never added.
    #[must_use]
    pub fn find(&self, uri: &str) -> Option<Result<&VerifiedStatusList, StatusListError>> {
        self.lists.get(uri).map(|held| held.as_ref().map_err(|error| *error))
    }

    /// Returns all lists, by name.
    pub fn iter(&self) -> impl Iterator<Item = &VerifiedStatusList> {
        self.lists.values().flatten()
    }

    /// Returns when the newest list was made: a lower bound of the true time.
    #[must_use]
    pub fn newest(&self) -> Option<Timestamp> {
        self.iter().map(VerifiedStatusList::issued_at).max()
    }
}
