//! A verifier's memory of presentations.

use std::collections::BTreeMap;

use cbor::Timestamp;
use cbor::cose::CoseKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::info::CLOCK_TOLERANCE_SECONDS;

/// The most presentations that a [`ReplayMemory`] keeps.
pub const REPLAY_CAPACITY: usize = 1024;

/// Identifies a presentation: SHA-256(device key ‖ SHA-256(bytes of Info)).
///
/// It does not depend on the signature: a presentation whose Info is signed again, or whose s is replaced by n - s, has the
/// same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplayKey([u8; 32]);

impl ReplayKey {
    /// Creates the key for a device key (hashed as uncompressed SEC 1 point) and the received bytes of Info.
    pub(crate) fn new(device_key: &CoseKey, info_bytes: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(device_key.to_sec1());
        hash.update(Sha256::digest(info_bytes));
        Self(hash.finalize().into())
    }

    /// Returns the 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn to_hex(self) -> String {
        base16ct::lower::encode_string(&self.0)
    }

    fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0_u8; 32];
        if base16ct::mixed::decode(text, &mut bytes).ok()?.len() != 32 {
            return None;
        }
        Some(Self(bytes))
    }
}

impl Serialize for ReplayKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for ReplayKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("64 hexadecimal digits"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sighting {
    at: Timestamp,
    forget_after: Timestamp,
}

/// The presentations that this verifier has seen, each until a minute after its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<StoredSighting>", into = "Vec<StoredSighting>")]
pub struct ReplayMemory {
    sightings: BTreeMap<ReplayKey, Sighting>,
}

#[derive(Clone, Serialize, Deserialize)]
struct StoredSighting {
    key: ReplayKey,
    at: Timestamp,
    forget_after: Timestamp,
}

impl From<ReplayMemory> for Vec<StoredSighting> {
    fn from(memory: ReplayMemory) -> Self {
        memory
            .sightings
            .into_iter()
            .map(|(key, seen)| StoredSighting { key, at: seen.at, forget_after: seen.forget_after })
            .collect()
    }
}

impl From<Vec<StoredSighting>> for ReplayMemory {
    fn from(stored: Vec<StoredSighting>) -> Self {
        let mut memory = Self::new();
        for seen in stored {
            memory.insert(seen.key, Sighting { at: seen.at, forget_after: seen.forget_after });
        }
        memory
    }
}

impl ReplayMemory {
    /// Creates an empty memory.
    pub const fn new() -> Self {
        Self { sightings: BTreeMap::new() }
    }

    /// Returns when this presentation was first seen.
    pub fn seen(&self, key: &ReplayKey) -> Option<Timestamp> {
        self.sightings.get(key).map(|sighting| sighting.at)
    }

    /// Remembers a verified presentation, seen at `at` and valid until `exp`; keeps the first time for a known key.
    /// If the memory is full, removes the one whose life ends first.
    pub fn remember(&mut self, key: ReplayKey, at: Timestamp, exp: Timestamp) {
        let forget_after = exp.plus_seconds(CLOCK_TOLERANCE_SECONDS);
        self.insert(key, Sighting { at, forget_after });
    }

    /// Adds what another memory of this verifier has; keeps the first time for a known key.
    pub fn merge(&mut self, other: Self) {
        for (key, sighting) in other.sightings {
            let first = self.sightings.get(&key).is_none_or(|known| sighting.at < known.at);
            if first {
                self.sightings.remove(&key);
                self.insert(key, sighting);
            }
        }
    }

    /// Removes presentations whose life ended more than 60 s before `now`.
    pub fn forget_before(&mut self, now: Timestamp) {
        self.sightings.retain(|_, sighting| sighting.forget_after >= now);
    }

    /// Returns the number of remembered presentations.
    pub fn len(&self) -> usize {
        self.sightings.len()
    }

    /// Returns whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.sightings.is_empty()
    }

    fn insert(&mut self, key: ReplayKey, sighting: Sighting) {
        self.sightings.entry(key).or_insert(sighting);
        if self.sightings.len() > REPLAY_CAPACITY {
            let first =
                self.sightings.iter().min_by_key(|(_, sighting)| sighting.forget_after).map(|(key, _)| *key);
            if let Some(first) = first {
                self.sightings.remove(&first);
            }
        }
    }
}
