//! The places of a wallet's licences. The first is where earlier builds kept their only one: what they stored is read where it
//! lies, and nothing of it is moved. Every further licence lies in a store that they do not know, so that none of their
//! writes and deletions reaches it.

/// The place of a licence in the wallet.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Slot(u8);

/// The store of the first licence.
pub(super) const LICENCE: &str = "licence";
/// The store of every further licence, and of which one lies on top.
pub(super) const FURTHER: &str = "further";

/// The key of a licence.
pub(super) const CURRENT: &str = "current";
/// The keys of the licences before the current one, the last one first. Earlier builds know the first key alone.
pub(super) const PREVIOUS: [&str; 3] = ["previous", "previous-2", "previous-3"];
/// The key of the generation that the holder deleted.
pub(super) const DELETED: &str = "deleted";

impl Slot {
    /// The place of the licence of a wallet that never had more than one.
    pub(crate) const FIRST: Self = Self(1);
    /// Most licences of a wallet.
    pub(crate) const MOST: u8 = 6;

    /// All places, in order.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (1..=Self::MOST).map(Self)
    }

    /// The place of this number, if there is one.
    pub(crate) fn of(number: u8) -> Option<Self> {
        (1..=Self::MOST).contains(&number).then_some(Self(number))
    }

    /// The number of the place, from 1.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// The place as an index from 0.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0.saturating_sub(1))
    }

    /// The store of the licence.
    pub(super) fn store(self) -> &'static str {
        if self == Self::FIRST { LICENCE } else { FURTHER }
    }

    /// The key of a part of the licence in its store.
    pub(super) fn key(self, part: &str) -> String {
        if self == Self::FIRST { part.to_owned() } else { format!("{part}:{}", self.0) }
    }
}

impl Default for Slot {
    fn default() -> Self {
        Self::FIRST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_is_that_of_earlier_builds() {
        assert_eq!((Slot::FIRST.store(), Slot::FIRST.key(CURRENT)), (LICENCE, "current".to_owned()));
        let second = Slot::of(2).unwrap();
        assert_eq!((second.store(), second.key(DELETED)), (FURTHER, "deleted:2".to_owned()));
        assert_eq!(Slot::all().count(), usize::from(Slot::MOST));
        assert!(Slot::of(0).is_none() && Slot::of(Slot::MOST + 1).is_none());
    }
}
