//! The provider of the files' trust lists.

use mdoc::vical::{VicalEntryRequest, VicalRequest};

use crate::draft::NOW;
use crate::hostile::world;
use crate::sample::DOC_TYPE;
use crate::vical::{TestVicalProvider, request};

/// Returns the provider of the files' trust lists, whose root is pinned.
pub fn list_provider() -> TestVicalProvider {
    TestVicalProvider::new("Test lists")
}

/// Returns a list of every authority that a verifier of the files trusts, with its document types, for programs that
/// import only lists.
///
/// # Panics
/// Panics if the list cannot be made.
pub fn authorities_list() -> Vec<u8> {
    let (plain, _) = world::brainpool_p320();
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
