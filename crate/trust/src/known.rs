//! Providers that this build knows, whose fingerprint the user need not compare.

use cbor::Timestamp;

use crate::floor::VicalFloor;

/// A provider whose root this build knows. It is not trusted until a user adds one of its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownProvider {
    /// The provider's name, as its lists write it.
    pub provider: &'static str,
    /// SHA-256 of its root certificate.
    pub root_sha256: [u8; 32],
    /// The date of the newest version known to this build.
    pub date: Timestamp,
    /// That version's number.
    pub issue_id: u64,
}

/// Every known provider.
pub const KNOWN_PROVIDERS: [KnownProvider; 1] = [KnownProvider {
    provider: "AAMVA",
    // CN=AAMVA DTS Root CA, 2023-03-31 to 2043-03-31
    root_sha256: [
        0x3b, 0x54, 0x56, 0x14, 0xbe, 0x42, 0xef, 0x01, 0x8b, 0x1c, 0x10, 0x50, 0xeb, 0xce, 0x9b, 0x96, 0xfa,
        0x33, 0xec, 0xec, 0x0c, 0x71, 0x15, 0xb8, 0xe7, 0x06, 0x64, 0xc6, 0x45, 0x4c, 0x51, 0x04,
    ],
    // 2025-11-18T18:38:12Z
    date: Timestamp::from_unix(1_763_491_092),
    issue_id: 227_602,
}];

impl KnownProvider {
    /// Returns the provider with this root and this name.
    #[must_use]
    pub fn find(provider: &str, root_sha256: &[u8; 32]) -> Option<&'static Self> {
        KNOWN_PROVIDERS.iter().find(|known| known.provider == provider && known.root_sha256 == *root_sha256)
    }

    /// Returns the least version that this build accepts.
    #[must_use]
    pub fn floor(&self) -> VicalFloor {
        VicalFloor {
            provider: self.provider.to_owned(),
            root_sha256: self.root_sha256,
            date: self.date,
            issue_id: Some(self.issue_id),
        }
    }
}
