//! Files of other inputs than the one-way presentation.

mod answers;
mod frames;
mod questions;
mod requests;
mod responses;
mod revocation_lists;
mod sessions;
mod status_lists;
mod trust_lists;

pub use requests::authority as reader_authority;
pub use sessions::Session;

use mdoc::vical::{VicalEntryRequest, VicalRequest};

use super::{Hostile, Threat, world};
use crate::draft::NOW;
use crate::sample::DOC_TYPE;
use crate::vical::{TestVicalProvider, request};

pub(super) fn all() -> Vec<Hostile> {
    let mut all = responses::all();
    all.extend(trust_lists::all());
    all.extend(status_lists::all());
    all.extend(revocation_lists::all());
    all.extend(requests::all());
    all.extend(questions::all());
    all.extend(answers::all());
    all.extend(sessions::all());
    all.extend(frames::all());
    all
}

/// The provider of the files' trust lists, whose root is pinned.
pub fn list_provider() -> TestVicalProvider {
    TestVicalProvider::new("Test lists")
}

/// A list of every authority that a verifier of the files trusts, each for its types of documents, for programs that
/// take lists alone.
///
/// # Panics
/// When the list cannot be made.
pub fn authorities_list() -> Vec<u8> {
    let (plain, _) = world::brainpool();
    let entry = |certificate, doc_type: Option<&'static str>| VicalEntryRequest {
        certificate,
        doc_types: vec![doc_type.unwrap_or(DOC_TYPE)],
    };
    let entries = world::authorities().iter().map(|one| entry(one.issuer.iaca(), one.doc_type));
    let entries = entries.chain([entry(&plain, None)]).collect();
    let date = NOW.plus_seconds(-10 * 86_400);
    let request = VicalRequest { entries, ..request("Test lists", date, 1, &[]) };
    list_provider().signer().issue(&request).expect("a list")
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}
