//! What localStorage remembers of the imported lists, apart from the database that holds them: a list that is damaged or gone
//! there is missed.

use ::trust::RememberedList;

use crate::storage::settings::TRUST_LISTS;

/// Returns what is remembered; nothing where it cannot be read.
pub(super) fn read() -> Vec<RememberedList> {
    TRUST_LISTS.read().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Remembers these lists, unless a newer one of the same key is remembered.
pub(super) fn add(lists: impl IntoIterator<Item = RememberedList>) {
    let mut all = read();
    let mut changed = false;
    for list in lists {
        match all.iter_mut().find(|other| other.key == list.key) {
            Some(other) if other.made >= list.made => {}
            Some(other) => (*other, changed) = (list, true),
            None => {
                all.push(list);
                changed = true;
            }
        }
    }
    if changed {
        write(&all);
    }
}

/// Forgets the list of this key: it is no longer expected.
pub(super) fn forget(key: &str) {
    let mut all = read();
    all.retain(|list| list.key != key);
    write(&all);
}

fn write(all: &[RememberedList]) {
    match serde_json::to_string(all) {
        Ok(text) if !all.is_empty() => TRUST_LISTS.write(text),
        _ => TRUST_LISTS.remove(),
    }
}
