//! Versions only rise: what was seen of a provider, below which no list of it is accepted again.

use serde::{Deserialize, Serialize};

use super::error::VicalError;
use super::verify::VerifiedVical;
use cbor::Timestamp;

/// The newest version of a provider's list that was seen, or that a build knows of.
///
/// A provider is known by its name *and* its root: a stranger's list of the same name moves nobody's floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VicalFloor {
    /// The provider's name.
    pub provider: String,
    /// SHA-256 of the pinned root certificate.
    pub root_sha256: [u8; 32],
    /// The date of that version.
    pub date: Timestamp,
    /// Its number, where it has one.
    pub issue_id: Option<u64>,
}

/// Proof: a list is not older than the floors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct NotOlder(());

impl VicalFloor {
    /// The floor that this version sets.
    #[must_use]
    pub fn of(list: &VerifiedVical) -> Self {
        Self {
            provider: list.provider().to_owned(),
            root_sha256: list.root_sha256(),
            date: list.date(),
            issue_id: list.issue_id(),
        }
    }

    /// Whether this floor is about that list's provider.
    fn is_of(&self, list: &VerifiedVical) -> bool {
        self.provider == list.provider() && self.root_sha256 == list.root_sha256()
    }

    /// Holds a list against the floors: older than any of its provider's is refused, the same version is fine.
    ///
    /// # Errors
    /// [`VicalError::Rollback`] where its date, or its number where both have one, is below a floor's.
    pub fn check<'a>(
        list: &VerifiedVical,
        floors: impl IntoIterator<Item = &'a Self>,
    ) -> Result<NotOlder, VicalError> {
        let below = |floor: &Self| {
            let number = list.issue_id().zip(floor.issue_id).is_some_and(|(own, seen)| own < seen);
            list.date() < floor.date || number
        };
        if floors.into_iter().any(|floor| floor.is_of(list) && below(floor)) {
            return Err(VicalError::Rollback);
        }
        Ok(NotOlder(()))
    }
}
