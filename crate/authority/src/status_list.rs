//! An authority's own status list, from licence to licence: entries are taken at random, set by letters, published.

use std::collections::BTreeMap;

use cbor::Timestamp;
use mdoc::issuer::IssuerSigner;
use mdoc::status_list::{Bits, Status, StatusListBuilder, StatusListClaims, StatusListError, StatusListInfo};
use serde::{Deserialize, Serialize};

/// Most tries for a free entry; far more than a half-full list needs.
const TRIES: u32 = 10_000;

/// The state of a list: which entries are assigned, and the status of each (0, 1 or 2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusListState {
    uri: String,
    entries: u64,
    taken: BTreeMap<u64, u8>,
}

impl StatusListState {
    /// Creates a list of this many entries, all unassigned.
    pub fn new(uri: impl Into<String>, entries: u64) -> Self {
        Self { uri: uri.into(), entries, taken: BTreeMap::new() }
    }

    /// Returns the URI of the list.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Assigns a free entry to a new licence; `random` fills a buffer with random bytes.
    ///
    /// # Errors
    /// `status-index` if none is found, because the list is nearly full.
    pub fn take(&mut self, random: &mut dyn FnMut(&mut [u8])) -> Result<StatusListInfo, StatusListError> {
        for _ in 0..TRIES {
            let mut bytes = [0; 8];
            random(&mut bytes);
            // 64 bits over a million entries: the bias is below 2^-40
            let index = u64::from_be_bytes(bytes).checked_rem(self.entries).ok_or(StatusListError::Index)?;
            if let std::collections::btree_map::Entry::Vacant(free) = self.taken.entry(index) {
                free.insert(Status::Valid.value());
                return Ok(StatusListInfo::new(index, &*self.uri));
            }
        }
        Err(StatusListError::Index)
    }

    /// Sets the status of a licence; an invalid entry (1) cannot be changed.
    ///
    /// # Errors
    /// `status-index` for an entry that no licence has, or one that has ended.
    pub fn set(&mut self, index: u64, status: Status) -> Result<(), StatusListError> {
        let entry = self.taken.get_mut(&index).ok_or(StatusListError::Index)?;
        if *entry == Status::Invalid.value() && status != Status::Invalid {
            return Err(StatusListError::Index);
        }
        *entry = status.value();
        Ok(())
    }

    /// Returns the signed list as of `now`, with 2 bits for each entry.
    ///
    /// # Errors
    /// `status-size` for more entries than a list can have, `status-bits` for a value above 3.
    pub fn publish(
        &self,
        signer: &IssuerSigner,
        now: Timestamp,
        life_seconds: u32,
    ) -> Result<Vec<u8>, StatusListError> {
        let mut list = StatusListBuilder::new(Bits::Two, self.entries)?;
        for (index, value) in &self.taken {
            list.set(*index, Status::from_value(*value))?;
        }
        let claims = StatusListClaims {
            uri: self.uri.clone(),
            issued_at: now,
            expires: Some(now.plus_seconds(life_seconds.into())),
            time_to_live: Some(life_seconds),
            aggregation_uri: None,
        };
        list.sign(&claims, signer)
    }
}
