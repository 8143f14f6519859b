//! Whether a verified list may stand beside what is known: nobody else's name, not older, not from the future.

use cbor::Timestamp;
use mdoc::vical::VerifiedVical;

use crate::error::ImportError;
use crate::floor::{NotOlder, VicalFloor};
use crate::known::{KNOWN_PROVIDERS, KnownProvider};
use crate::list::Currency;

/// Whose name is taken, and below which version no list is accepted. Known providers are in it from the beginning.
#[derive(Clone, Debug)]
pub struct Admission {
    floors: Vec<VicalFloor>,
    /// Providers' names, each with the SHA-256 of its root.
    names: Vec<(String, [u8; 32])>,
}

impl Default for Admission {
    fn default() -> Self {
        Self::new([])
    }
}

impl Admission {
    /// What this build knows, and the floors of lists that were seen before.
    #[must_use]
    pub fn new(floors: impl IntoIterator<Item = VicalFloor>) -> Self {
        let names = KNOWN_PROVIDERS.iter().map(|known| (known.provider.to_owned(), known.root_sha256));
        let known = KNOWN_PROVIDERS.iter().map(KnownProvider::floor);
        Self { floors: known.chain(floors).collect(), names: names.collect() }
    }

    /// A list of this provider, under the root of this SHA-256, is there: its name is taken.
    pub fn hold(&mut self, provider: impl Into<String>, root_sha256: [u8; 32]) {
        self.names.push((provider.into(), root_sha256));
    }

    /// Holds a list against the floors.
    ///
    /// # Errors
    /// [`ImportError::List`] with `vical-rollback`.
    pub fn check_floor(&self, list: &VerifiedVical) -> Result<NotOlder, ImportError> {
        Ok(VicalFloor::check(list, &self.floors)?)
    }

    /// Whether a trust list may be used beside those that are there: it is not older than a version that was seen, and its
    /// provider's name is not taken by another root.
    ///
    /// # Errors
    /// As [`Self::check_floor`], or [`ImportError::NameTaken`].
    pub fn check(&self, list: &VerifiedVical) -> Result<NotOlder, ImportError> {
        let not_older = self.check_floor(list)?;
        let root = list.root_sha256();
        if self.names.iter().any(|(name, of)| name == list.provider() && *of != root) {
            return Err(ImportError::NameTaken);
        }
        Ok(not_older)
    }

    /// Whether a trust list may be imported at `now`: as [`Self::check`], and it is not dated in the future.
    ///
    /// # Errors
    /// As [`Self::check`], or [`ImportError::ListAhead`].
    pub fn check_import(&self, list: &VerifiedVical, now: Timestamp) -> Result<NotOlder, ImportError> {
        let _not_older = self.check_floor(list)?;
        if Currency::of_vical(list, now) == Currency::Ahead {
            return Err(ImportError::ListAhead);
        }
        self.check(list)
    }
}
