//! What a verifier imports as trust: a file becomes a verified list, and is held against what is known already.
//!
//! Pure: files, anchors and time are arguments, and where a list is stored is the caller's. The verifier's page and the
//! command line call this crate and print what it says; neither has a rule of its own.
//!
//! ```text
//! file → ReceivedList::read → ReceivedList      kind, bytes as received, fingerprint
//!      → verify             → VerifiedList      signed and well-formed; adds anchors or revocations
//!      → Admission::check   → fits beside the others: not older, nobody else's name, not from the future
//! ```
//!
//! # What may be imported
//!
//! | kind | what it is | what it adds | a person confirms |
//! |---|---|---|---|
//! | [`ListKind::Vical`] | a signed list of authorities (ISO/IEC 18013-5, Annex C) | its anchors, for the types that each entry names | the fingerprint of its root |
//! | [`ListKind::Certificate`] | one authority's root (IACA), PEM or DER | that anchor | the certificate's fingerprint |
//! | [`ListKind::Crl`] | an authority's revocation list, PEM or DER | revocations | nothing: a trusted authority signed it |
//!
//! A PEM text may hold several certificates or several revocation lists, not both: whether a revocation list holds
//! depends on the certificates that were confirmed before ([`ImportError::Mixed`]). Status lists are imported one by one
//! ([`status`]).
//!
//! # Rules
//!
//! - **Floors.** Of a provider (name and root) no version is accepted that is older, by date or by number, than one that
//!   was seen ([`VicalFloor`]). A floor outlives the list that set it. Floors of [`KNOWN_PROVIDERS`] are built in.
//! - **Names.** A provider's name belongs to the root under which it was first accepted; a list of that name under another
//!   root is refused while the first is there ([`Admission`]). Names of [`KNOWN_PROVIDERS`] are always taken.
//! - **The future.** A list that is dated after `now` is not imported: its floor would shut out every right one.
//! - **Revocation lists.** One an authority, by its key; an older one does not replace a newer one.
//! - **Status lists.** One a name (URI); it is replaced only by one of the same signer that is not older.
//! - At most [`MAX_LISTS`] lists are kept.
//!
//! A stored list gets no trust from being stored: it is kept as received, with its fingerprint, and verified again by
//! whoever loads it ([`TrustLists::load`]), and by the worker to which it is handed over ([`bundle`]).
//!
//! # Example
//!
//! ```
//! # use testkit::{draft::NOW, issuer::TestIssuer};
//! use liangzheng_trust::{ImportError, TrustLists, VicalFloor};
//! use mdoc::TrustAnchors;
//!
//! # let (file, now) = (TestIssuer::default().iaca().as_der().to_vec(), NOW);
//! let built_in = TrustAnchors::new();
//! let lists = TrustLists::new(built_in.clone());
//! let (mut stored, mut floors) = (Vec::new(), Vec::new());
//! for candidate in lists.offer(&file, now)? {
//!     assert!(candidate.needs_consent()); // show candidate.received.pin, and ask
//!     if let Some(floor) = candidate.floor() {
//!         VicalFloor::raise_in(&mut floors, &floor)?;
//!     }
//!     stored.push((candidate.key(), candidate.received));
//! }
//! // later: what was stored is verified again
//! let lists = TrustLists::load(built_in, stored, floors, now);
//! assert_eq!(lists.anchors(now).iter().count(), 1);
//! # Ok::<(), ImportError>(())
//! ```
//!
//! # Left to the caller
//!
//! To ask the person who imports a list and to show its fingerprint; to store lists and floors in one transaction; to
//! word what this crate says.

mod admission;
pub mod bundle;
mod error;
mod file;
mod floor;
mod known;
mod list;
mod lists;
pub mod status;

pub use admission::Admission;
pub use error::ImportError;
pub use file::{ListKind, ReceivedList};
pub use floor::{NotOlder, VicalFloor};
pub use known::{KNOWN_PROVIDERS, KnownProvider};
pub use list::{Content, Currency, Issuer, VerifiedList};
pub use lists::{Candidate, Entry, TrustLists};

/// Lists that are kept and handed over at most.
pub const MAX_LISTS: usize = 16;
