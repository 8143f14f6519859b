//! VICAL (ISO/IEC 18013-5, Annex C): a signed list of IACA certificates that its provider has verified.
//!
//! ```text
//! VICAL      = COSE_Sign1, untagged, certificates in the unprotected header, payload = bstr .cbor VICALMap
//! VICALMap   = {"version": "1.0", "vicalProvider": tstr, "date": tdate, ? "vicalIssueID": uint, ? "nextUpdate": tdate,
//!               "certificateInfos": [* CertificateInfo], …}
//! CertificateInfo = {"certificate": bstr, "serialNumber": biguint, "ski": bstr, "docType": [+ tstr], …}
//! ```
//! bytes → [`UnverifiedVical`] → the signer's chain to a pinned root ([`VicalTrust`]) and the signature →
//! [`VerifiedVical`] → anchors, with the list's age as an outcome.
//!
//! **Checked**: bounds; the signer's certificate and purpose; its chain, link by link, to a root that the caller pinned;
//! that all of it held on the list's own date; the signature; of each entry that its certificate is a self-signed IACA
//! certificate of the profile and the one that the entry describes. **Left to the caller**: to pin a root, to accept
//! no version older than one that was seen (the crate `trust` does both), and not to accept an issuer whose list's age is
//! undetermined.
//!
//! **Real lists have entries outside the profile** (AAMVA's of November 2025): a `ski` wrapped in DER, keys in other
//! capitals, times twelve hours off, a root valid for half an hour more than 20 years. An entry outside the profile is
//! listed with its reason and not trusted; the other entries are. Fields that repeat the certificate are often wrong and
//! not compared: names and times are read from the certificate only.

mod age;
mod decode;
mod entry;
mod error;
mod signer;
mod verify;
#[cfg(feature = "issue")]
mod write;

pub use age::{GRACE_SECONDS, MAX_AGE_SECONDS};
pub use decode::{MAX_VICAL, MAX_VICAL_CERTIFICATES, UnverifiedVical};
pub use entry::{VicalEntry, label as certificate_label};
pub use error::{VicalCode, VicalEntryCode, VicalEntryError, VicalError, VicalIssueCode, VicalIssueError};
pub use signer::VicalTrust;
pub use verify::VerifiedVical;
#[cfg(feature = "issue")]
pub use write::{PreparedVical, VicalEntryRequest, VicalRequest, VicalSigner};
