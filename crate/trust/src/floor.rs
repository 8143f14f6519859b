//! Floors: the newest version seen of a provider, below which none is accepted.

use cbor::Timestamp;
use mdoc::vical::{VerifiedVical, VicalError};
use serde::{Deserialize, Serialize};

/// The newest version of a provider's list that was seen, or that the build knows.
///
/// A provider is identified by its name *and* its root: another root's list of the same name does not move its floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VicalFloor {
    /// The provider's name.
    pub provider: String,
    /// SHA-256 of the pinned root certificate.
    pub root_sha256: [u8; 32],
    /// The date of that version.
    pub date: Timestamp,
    /// Its number, if it has one.
    pub issue_id: Option<u64>,
}

/// Proof that a list is not older than the floors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct NotOlder(());

impl VicalFloor {
    /// Returns the floor that this version sets.
    #[must_use]
    pub fn of(list: &VerifiedVical) -> Self {
        Self {
            provider: list.provider().to_owned(),
            root_sha256: list.root_sha256(),
            date: list.date(),
            issue_id: list.issue_id(),
        }
    }

    /// Whether this floor is of that list's provider.
    fn is_of(&self, list: &VerifiedVical) -> bool {
        self.provider == list.provider() && self.root_sha256 == list.root_sha256()
    }

    /// Whether a version with this date and number is older.
    fn is_above(&self, date: Timestamp, issue_id: Option<u64>) -> bool {
        date < self.date || issue_id.zip(self.issue_id).is_some_and(|(own, seen)| own < seen)
    }

    /// Checks a list by the floors: a version older than one of its provider's is refused, the same version passes.
    ///
    /// # Errors
    /// [`VicalError::Rollback`] if its date, or its number if both have one, is below a floor's.
    pub fn check<'a>(
        list: &VerifiedVical,
        floors: impl IntoIterator<Item = &'a Self>,
    ) -> Result<NotOlder, VicalError> {
        let above = |floor: &Self| floor.is_of(list) && floor.is_above(list.date(), list.issue_id());
        if floors.into_iter().any(above) {
            return Err(VicalError::Rollback);
        }
        Ok(NotOlder(()))
    }

    /// Returns the floor after `newer`, a version of the same provider. Keeps the number if `newer` has none.
    ///
    /// # Errors
    /// [`VicalError::Rollback`] if `newer` is below this floor.
    pub fn raise(&self, newer: &Self) -> Result<Self, VicalError> {
        if self.is_above(newer.date, newer.issue_id) {
            return Err(VicalError::Rollback);
        }
        Ok(Self { issue_id: newer.issue_id.or(self.issue_id), ..newer.clone() })
    }

    /// Raises the floor of `newer`'s provider among `floors`, or adds it.
    ///
    /// # Errors
    /// [`VicalError::Rollback`] if `newer` is below one of them, without changing any.
    pub fn raise_in(floors: &mut Vec<Self>, newer: &Self) -> Result<(), VicalError> {
        let same =
            |floor: &&mut Self| floor.provider == newer.provider && floor.root_sha256 == newer.root_sha256;
        match floors.iter_mut().find(same) {
            Some(floor) => *floor = floor.raise(newer)?,
            None => floors.push(newer.clone()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_without_a_number_takes_no_number_away() {
        let floor = |seconds, issue_id| VicalFloor {
            provider: "Test lists".to_owned(),
            root_sha256: [1; 32],
            date: Timestamp::from_unix(seconds),
            issue_id,
        };
        let unnumbered = floor(10, Some(5)).raise(&floor(20, None)).unwrap();
        assert_eq!(unnumbered, floor(20, Some(5)));
        assert_eq!(unnumbered.raise(&floor(30, Some(4))), Err(VicalError::Rollback));
        assert_eq!(unnumbered.raise(&floor(19, Some(6))), Err(VicalError::Rollback));
        assert_eq!(unnumbered.raise(&floor(20, Some(5))), Ok(floor(20, Some(5))));

        let other = VicalFloor { root_sha256: [2; 32], ..floor(1, None) };
        let mut floors = vec![floor(10, Some(5)), other.clone()];
        assert_eq!(VicalFloor::raise_in(&mut floors, &floor(9, Some(9))), Err(VicalError::Rollback));
        assert_eq!(VicalFloor::raise_in(&mut floors, &floor(20, None)), Ok(()));
        assert_eq!(floors, [floor(20, Some(5)), other]);
    }
}
