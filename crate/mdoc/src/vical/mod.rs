//! VICAL (ISO/IEC 18013-5, Annex C): a signed list of the IACA certificates that its provider vouches for.
//!
//! ```text
//! VICAL      = COSE_Sign1, untagged, certificates in the unprotected header, payload = bstr .cbor VICALMap
//! VICALMap   = {"version": "1.0", "vicalProvider": tstr, "date": tdate, ? "vicalIssueID": uint, ? "nextUpdate": tdate,
//!               "certificateInfos": [* CertificateInfo], …}
//! CertificateInfo = {"certificate": bstr, "serialNumber": biguint, "ski": bstr, "docType": [+ tstr], …}
//! ```
//! The way: bytes → [`UnverifiedVical`] → signer's chain to a pinned root ([`VicalTrust`]) and signature → [`VerifiedVical`]
//! → anchors, with the outcome of the list's age.
//!
//! **Checked**: bounds; the signer's certificate and purpose; its chain, link by link, to a root that the caller pinned;
//! that all of it held on the list's own date; the signature; of each entry that its certificate is a self-signed IACA
//! certificate of the profile and the one that the entry describes. **Left to the caller**: to pin a root, to accept
//! no version older than one that was seen (the crate `trust` does both), and not to be green on a list whose age is undetermined.
//!
//! **Real lists have odd entries** (AAMVA's of November 2025): a `ski` wrapped in DER, keys in other capitals, times
//! twelve hours off, a root half an hour older than the profile lets an IACA be. An entry that does not fit is listed
//! with its reason and not trusted; the rest of the list is. Fields that repeat the certificate, which are often wrong,
//! are not compared: names and times are read from the certificate only.

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
