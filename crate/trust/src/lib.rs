//! Imports of trust: a file becomes a verified list, which must fit the lists that are there.
//!
//! Pure: files, anchors, time and the implementation that verifies signatures are arguments; storing lists is left to the
//! caller. The verifier's page and the command line call this crate and show its results; neither has rules of its own.
//!
//! ```text
//! file → ReceivedList::read → ReceivedList      kind, bytes as received, fingerprint
//!      → verify             → VerifiedList      signed and well-formed; adds anchors or revocations
//!      → Admission::check   → fits beside the others: not older, nobody else's name, not from the future
//! ```
//!
//! # What may be imported
//!
//! | kind | content | adds | the user confirms |
//! |---|---|---|---|
//! | [`ListKind::Vical`] | a signed list of authorities (ISO/IEC 18013-5, Annex C) | its anchors, for the types that each entry names | the fingerprint of its root |
//! | [`ListKind::Certificate`] | one authority's root (IACA), PEM or DER | that anchor | the certificate's fingerprint |
//! | [`ListKind::Crl`] | an authority's revocation list, PEM or DER | revocations | nothing: it is signed by a trusted authority |
//!
//! A file is known by its content, and not by its name. A PEM text may contain several certificates or several revocation
//! lists, not both: a revocation list verifies only under certificates that were confirmed before ([`ImportError::Mixed`]).
//! What can be imported of a file is; each of the rest is named with its reason ([`RefusedPart`]). Status lists are imported one by one
//! ([`status`]).
//!
//! # Rules
//!
//! - **Floors.** A version of a provider (name and root) that is older, by date or number, than one seen before is
//!   refused ([`VicalFloor`]). A floor outlives the list that set it. Floors of [`KNOWN_PROVIDERS`] are built in.
//! - **Names.** A provider's name belongs to the root under which it was first accepted; a list of that name under another
//!   root is refused while the first is stored ([`Admission`]). Names of [`KNOWN_PROVIDERS`] are always taken.
//! - **The future.** A list dated after `now` is not imported: its floor would exclude every genuine one.
//! - **Revocation lists.** One for each authority, by its key; an older one does not replace a newer one.
//! - **Status lists.** One for each name (URI); only one of the same signer that is not older replaces it.
//! - At most [`MAX_LISTS`] lists are stored.
//!
//! A stored list is not trusted for being stored: it is kept as received, with its fingerprint, and verified again when it
//! is loaded ([`TrustLists::load`]) and by the worker that receives it ([`bundle`]).
//!
//! # Example
//!
//! ```
//! # use testkit::{draft::NOW, issuer::TestIssuer};
//! use liangzheng_trust::{ImportError, TrustLists, VicalFloor};
//! use mdoc::TrustAnchors;
//! use signature::RustCrypto;
//!
//! # let (file, now) = (TestIssuer::default().iaca().as_der().to_vec(), NOW);
//! let built_in = TrustAnchors::new();
//! let lists = TrustLists::new(built_in.clone());
//! let (mut stored, mut floors) = (Vec::new(), Vec::new());
//! for candidate in lists.offer(&file, now, &RustCrypto)?.candidates {
//!     assert!(candidate.needs_consent()); // show candidate.received.pin, and ask
//!     if let Some(floor) = candidate.floor() {
//!         VicalFloor::raise_in(&mut floors, &floor)?;
//!     }
//!     stored.push((candidate.key(), candidate.received));
//! }
//! // later: what was stored is verified again
//! let lists = TrustLists::load(built_in, stored, floors, now, &RustCrypto);
//! assert_eq!(lists.anchors(now).iter().count(), 1);
//! # Ok::<(), ImportError>(())
//! ```
//!
//! # Left to the caller
//!
//! Showing the fingerprint and asking the user; storing lists and floors in one transaction; remembering
//! ([`RememberedList`]) apart from that store which lists there are; the sentences.

mod admission;
pub mod bundle;
mod error;
mod file;
mod floor;
mod known;
mod list;
mod lists;
mod remembered;
pub mod status;

pub use admission::Admission;
pub use error::{ImportCode, ImportError};
pub use file::{ListKind, ReceivedList};
pub use floor::{NotOlder, VicalFloor};
pub use known::{KNOWN_PROVIDERS, KnownProvider};
pub use list::{Content, Currency, Issuer, VerifiedList};
pub use lists::{Candidate, Entry, Offer, RefusedPart, TrustLists};
pub use remembered::RememberedList;

/// Most lists that are stored.
pub const MAX_LISTS: usize = 64;
