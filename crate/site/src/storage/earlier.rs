//! The licences before the current one of a place. A clock may be wrong several times before it is right again, so more than
//! one is kept; each without its device key, since every copy of that is one more on the disk.

use super::error::StoreError;
use super::idb::Transaction;
use super::record::{self, StoredLicence};
use super::slot::{PREVIOUS, Slot};

/// Milliseconds between two licences from which the older one is kept: the clock may have jumped between them.
const JUMP_MS: f64 = 86_400_000.0;

/// Writes which licences were before `next`, which is about to take the place of `old`: `old` first, if it is a day older or newer
/// by the clock, then those that were kept. One that `next` brings back is not kept beside it. Those of another device key,
/// which a new claim made, are of no use without it and are removed.
pub(super) async fn keep(
    t: &Transaction,
    old: Option<&StoredLicence>,
    next: &StoredLicence,
) -> Result<(), StoreError> {
    let (slot, store) = (next.slot, next.slot.store());
    let same_key = old.is_some_and(|old| old.key.public() == next.key.public());
    let old = old.filter(|old| same_key && (old.checked_at - next.checked_at).abs() > JUMP_MS);
    if same_key && old.is_none() {
        return Ok(());
    }
    let mut kept = Vec::new();
    if let Some(old) = old {
        kept.push(old.to_js_without_key().into());
    }
    for part in PREVIOUS {
        let value = t.value(store, &slot.key(part)).await?;
        if record::is_of_key(&value, &next.key) && !record::is_credential(&value, &next.credential) {
            kept.push(value);
        }
    }
    let mut kept = kept.iter();
    for part in PREVIOUS {
        match kept.next() {
            Some(value) => t.put(store, &slot.key(part), value)?,
            None => t.remove(store, &slot.key(part))?,
        }
    }
    Ok(())
}

/// Returns the licences before `current`, with its key, the last one first. One that is not whole is left out.
pub(super) async fn read(t: &Transaction, current: &StoredLicence) -> Result<Vec<StoredLicence>, StoreError> {
    let (slot, store) = (current.slot, current.slot.store());
    let mut licences = Vec::new();
    for part in PREVIOUS {
        let value = t.value(store, &slot.key(part)).await?;
        licences.extend(StoredLicence::from_js_without_key(&value, slot, &current.key).ok());
    }
    Ok(licences)
}

/// Removes the licences before the current one of a place.
pub(super) fn remove(t: &Transaction, slot: Slot) -> Result<(), StoreError> {
    PREVIOUS.iter().try_for_each(|part| t.remove(slot.store(), &slot.key(part)))
}
