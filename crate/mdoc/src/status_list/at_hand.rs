//! The lists that a verifier has at hand, by name.

use std::collections::BTreeMap;

use super::error::StatusListError;
use super::token::VerifiedStatusList;
use cbor::Timestamp;

/// Verified lists by their URI, and why others are not at hand.
#[derive(Clone, Debug, Default)]
pub struct StatusLists {
    lists: BTreeMap<String, Result<VerifiedStatusList, StatusListError>>,
}

/// What became of a list that was put to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// There was none of this name.
    New,
    /// It is newer than the one of this name, which is gone.
    Replaced,
    /// It is as old as the one that is there.
    Same,
}

impl StatusLists {
    /// No list at all.
    #[must_use]
    pub const fn new() -> Self {
        Self { lists: BTreeMap::new() }
    }

    /// Puts a list to the others; a newer one takes the place of the one of its name.
    ///
    /// # Errors
    /// `status-rollback` for a list that is older than the one at hand, `status-signer` for one of another signer: the
    /// one at hand stays.
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

    /// Remembers that the list of this name was had and refused; one that is at hand stays.
    pub fn refuse(&mut self, uri: &str, error: StatusListError) {
        if !matches!(self.lists.get(uri), Some(Ok(_))) {
            self.lists.insert(uri.to_owned(), Err(error));
        }
    }

    /// Forgets the list of this name.
    pub fn remove(&mut self, uri: &str) {
        self.lists.remove(uri);
    }

    /// The list of this name, or why it was refused; none where it was never had.
    #[must_use]
    pub fn find(&self, uri: &str) -> Option<Result<&VerifiedStatusList, StatusListError>> {
        self.lists.get(uri).map(|held| held.as_ref().map_err(|error| *error))
    }

    /// All lists at hand, by name.
    pub fn iter(&self) -> impl Iterator<Item = &VerifiedStatusList> {
        self.lists.values().flatten()
    }

    /// When the newest of them was made: the true time is not before that.
    #[must_use]
    pub fn newest(&self) -> Option<Timestamp> {
        self.iter().map(VerifiedStatusList::issued_at).max()
    }
}
