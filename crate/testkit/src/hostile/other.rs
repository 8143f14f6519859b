//! Files of other inputs than the one-way presentation.

mod frames;
mod requests;
mod responses;
mod revocation_lists;
mod sessions;
mod status_lists;
mod trust_lists;

pub use requests::authority as reader_authority;
pub use sessions::Session;

use super::Hostile;
use crate::vical::TestVicalProvider;

pub(super) fn all() -> Vec<Hostile> {
    let mut all = responses::all();
    all.extend(trust_lists::all());
    all.extend(status_lists::all());
    all.extend(revocation_lists::all());
    all.extend(requests::all());
    all.extend(sessions::all());
    all.extend(frames::all());
    all
}

/// The provider of the files' trust lists, whose root is pinned.
pub fn list_provider() -> TestVicalProvider {
    TestVicalProvider::new("Test lists")
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
