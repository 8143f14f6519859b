//! Revocation of DS certificates.
//!
//! A certificate is revoked by its fingerprint, as in a trust list, or by its serial number on a list that its IACA
//! signed. A list revokes a certificate however old the list is. If there are lists and none is current, a certificate
//! that they do not contain is undetermined, never a pass. So it is where a list that was in use is missing. Without any
//! list there is no outcome.

use std::collections::BTreeSet;

use crate::verify::outcome::{Outcome, OutcomeCode, Reason};
use cbor::Timestamp;
use x509::{Certificate, VerifiedCrl};

/// A revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Revocation {
    /// One certificate, by SHA-256 of all its bytes.
    Certificate([u8; 32]),
    /// A list that an IACA signed.
    List(Box<VerifiedCrl>),
    /// A list that was in use and is damaged or gone, by SHA-256 of its authority's `SubjectPublicKeyInfo`: what it revoked is
    /// not known.
    Missing([u8; 32]),
}

impl From<[u8; 32]> for Revocation {
    fn from(fingerprint: [u8; 32]) -> Self {
        Self::Certificate(fingerprint)
    }
}

impl From<VerifiedCrl> for Revocation {
    fn from(list: VerifiedCrl) -> Self {
        Self::List(Box::new(list))
    }
}

/// All revocations known to a verifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Revocations {
    certificates: BTreeSet<[u8; 32]>,
    lists: Vec<VerifiedCrl>,
    /// Authorities of lists that were in use and are damaged or gone.
    missing: BTreeSet<[u8; 32]>,
}

impl Revocations {
    pub(crate) const fn new() -> Self {
        Self { certificates: BTreeSet::new(), lists: Vec::new(), missing: BTreeSet::new() }
    }

    pub(crate) fn add(&mut self, revocation: Revocation) {
        match revocation {
            Revocation::Certificate(fingerprint) => {
                self.certificates.insert(fingerprint);
            }
            Revocation::List(list) => {
                if !self.lists.contains(&list) {
                    self.lists.push(*list);
                }
            }
            Revocation::Missing(authority) => {
                self.missing.insert(authority);
            }
        }
    }

    /// Returns the outcome for a DS certificate directly under `iaca`; `None` if it is revoked.
    pub(crate) fn check(&self, ds: &Certificate, iaca: &Certificate, now: Timestamp) -> Option<DsRevocation> {
        let lists = || self.lists.iter().filter(|list| list.is_of(iaca));
        if self.certificates.contains(&ds.fingerprint()) || lists().any(|list| list.lists(ds.serial())) {
            return None;
        }
        if self.missing.contains(&iaca.spki_sha256()) {
            return Some(DsRevocation(Some(Outcome::Undetermined(Reason::new(
                OutcomeCode::DsRevocationMissing,
            )))));
        }
        let best = lists().map(|list| (age(list, now), list.next_update()));
        let best = best.max_by_key(|(age, until)| (age.is_pass(), *until));
        Some(DsRevocation(best.map(|(age, _)| age)))
    }
}

/// Returns the outcome at `now` for a certificate that the list does not contain.
fn age(list: &VerifiedCrl, now: Timestamp) -> Outcome {
    let (from, until) = (list.this_update(), list.next_update());
    if now < from {
        Outcome::Undetermined(Reason::with_seconds(OutcomeCode::DsRevocationAhead, from.seconds_since(now)))
    } else if now > until {
        Outcome::Undetermined(Reason::with_seconds(OutcomeCode::DsRevocationOld, now.seconds_since(until)))
    } else {
        Outcome::Pass
    }
}

/// The outcome of the revocation of a DS certificate that is not revoked; a revoked one is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DsRevocation(Option<Outcome>);

impl DsRevocation {
    /// Returns the outcome: a pass if a current list of its authority does not contain the certificate, undetermined if every
    /// list of its authority is out of date or from the future, or one that was in use is missing. `None` if no list of its authority was added.
    pub const fn outcome(&self) -> Option<&Outcome> {
        self.0.as_ref()
    }
}
