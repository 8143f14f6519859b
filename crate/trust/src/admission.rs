//! Whether a verified list may be added: its name is not taken, and it is neither older nor from the future.

use cbor::Timestamp;
use mdoc::vical::VerifiedVical;

use crate::error::ImportError;
use crate::floor::{NotOlder, VicalFloor};
use crate::known::{KNOWN_PROVIDERS, KnownProvider};
use crate::list::Currency;

/// The providers' names that are taken, and the least accepted versions. Contains the known providers from the start.
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
    /// Creates it from the providers known to this build and the floors of lists seen before.
    #[must_use]
    pub fn new(floors: impl IntoIterator<Item = VicalFloor>) -> Self {
        let names = KNOWN_PROVIDERS.iter().map(|known| (known.provider.to_owned(), known.root_sha256));
        let known = KNOWN_PROVIDERS.iter().map(KnownProvider::floor);
        Self { floors: known.chain(floors).collect(), names: names.collect() }
    }

    /// Records a list of this provider under the root with this SHA-256: its name is taken.
    pub fn hold(&mut self, provider: impl Into<String>, root_sha256: [u8; 32]) {
        self.names.push((provider.into(), root_sha256));
    }

    /// Checks a list by the floors.
    ///
    /// # Errors
    /// [`ImportError::List`] with `vical-rollback`.
    pub fn check_floor(&self, list: &VerifiedVical) -> Result<NotOlder, ImportError> {
        Ok(VicalFloor::check(list, &self.floors)?)
    }

    /// Checks that a trust list may be used: it is not older than a version seen before, and its provider's name is not taken
    /// by another root.
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

    /// Checks that a trust list may be imported at `now`: as [`Self::check`], and not dated in the future.
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
