//! The codes that were seen in the last two minutes, for all tabs and over a reload: their hashes and times, in localStorage.

use cbor::Timestamp;
use envelope::ReplayMemory;

use crate::storage::settings::SEEN_CODES;

/// Returns what any tab has seen; nothing where it cannot be read.
pub(super) fn read(now: Timestamp) -> ReplayMemory {
    let stored: Option<ReplayMemory> = SEEN_CODES.read().and_then(|text| serde_json::from_str(&text).ok());
    let mut seen = stored.unwrap_or_default();
    seen.forget_before(now);
    seen
}

/// Stores what was seen; what any other tab has seen is in it.
pub(super) fn write(seen: &ReplayMemory) {
    match serde_json::to_string(seen) {
        Ok(text) if !seen.is_empty() => SEEN_CODES.write(text),
        _ => SEEN_CODES.remove(),
    }
}
