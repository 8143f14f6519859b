//! SHA-256 of files, as names and pages have it.

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

/// Returns the hash for `integrity` attributes and `fetch`.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", Base64::encode_string(&Sha256::digest(bytes)))
}

/// Returns the first 16 hexadecimal digits of a SHA-256, for names.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(bytes)).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_the_known_hash_of_the_empty_file() {
        assert_eq!(integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
