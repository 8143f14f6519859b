//! The portraits of the demo people: the small ones, and the digests of the large ones, which the site serves.

use crate::photo::Sha256Digest;

/// SHA-256 of each large portrait, by id.
const DIGESTS: &str = include_str!("../../portraits/digests.txt");

/// Returns the digest of the large portrait of a person.
pub(super) fn large_sha256(id: &str) -> Option<Sha256Digest> {
    let digest = DIGESTS.lines().find_map(|line| line.strip_prefix(id)?.strip_prefix(' '))?;
    Sha256Digest::from_hex(digest)
}

/// Whether this is the photo on file, by its digest.
pub(super) fn is_on_file(id: &str, large: &[u8]) -> bool {
    large_sha256(id) == Some(Sha256Digest::of(large))
}

macro_rules! small_portraits {
    ($($id:literal),*) => {
        /// Returns the small portrait of a person.
        pub(super) fn small(id: &str) -> Option<&'static [u8]> {
            match id {
                $($id => Some(include_bytes!(concat!("../../portraits/", $id, ".jpg"))),)*
                _ => None,
            }
        }
    };
}

small_portraits!("lin", "zhao", "xu", "gao", "wei", "cheng", "shen", "he", "tang", "shangguan", "bai", "qin");
