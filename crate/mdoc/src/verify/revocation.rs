//! Which DS certificates are revoked, and how certain it is that one is not.
//!
//! A certificate is revoked by its fingerprint, as a trust list may say it, or by its number on a list that its IACA
//! signed. A list that has once revoked a certificate revokes it for ever, however old the list is. Where lists are at
//! hand and none of them is current, nothing is known of a certificate that they do not name: that is undetermined and
//! never a pass. Where there is no list at all, that is a note and no outcome.

use std::collections::BTreeSet;

use crate::verify::outcome::{Outcome, Reason};
use crate::verify::step;
use cbor::{CodeInfo, Timestamp};
use x509::{Certificate, VerifiedCrl};

/// What revokes certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Revocation {
    /// One certificate, by SHA-256 of all its bytes.
    Certificate([u8; 32]),
    /// A list that an IACA signed.
    List(Box<VerifiedCrl>),
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

/// All revocations that a verifier knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Revocations {
    certificates: BTreeSet<[u8; 32]>,
    lists: Vec<VerifiedCrl>,
}

impl Revocations {
    pub(crate) const fn new() -> Self {
        Self { certificates: BTreeSet::new(), lists: Vec::new() }
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
        }
    }

    /// What is known of a DS certificate directly under `iaca`; `None` where it is revoked.
    pub(crate) fn check(&self, ds: &Certificate, iaca: &Certificate, now: Timestamp) -> Option<DsRevocation> {
        let lists = || self.lists.iter().filter(|list| list.is_of(iaca));
        if self.certificates.contains(&ds.fingerprint()) || lists().any(|list| list.lists(ds.serial())) {
            return None;
        }
        let best = lists().map(|list| (age(list, now), list.next_update()));
        let best = best.max_by_key(|(age, until)| (age.is_pass(), *until));
        Some(DsRevocation(best.map(|(age, _)| age)))
    }
}

const OLD: CodeInfo = CodeInfo::new("ds-revocation-old", step::ISSUER_TRUSTED, "RFC 5280, 6.3.3");
const AHEAD: CodeInfo = CodeInfo::new("ds-revocation-ahead", step::ISSUER_TRUSTED, "RFC 5280, 6.3.3");

/// What a list says at `now` of a certificate that it does not name.
fn age(list: &VerifiedCrl, now: Timestamp) -> Outcome {
    let (from, until) = (list.this_update(), list.next_update());
    if now < from {
        Outcome::Undetermined(Reason::with_seconds(AHEAD, from.seconds_since(now)))
    } else if now > until {
        Outcome::Undetermined(Reason::with_seconds(OLD, now.seconds_since(until)))
    } else {
        Outcome::Pass
    }
}

/// The outcome of the revocation of a DS certificate; one that is revoked has none, it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DsRevocation(Option<Outcome>);

impl DsRevocation {
    /// The codes of this outcome alone.
    pub(crate) const CODES: &'static [CodeInfo] = &[OLD, AHEAD];

    /// The outcome: pass where a current list of its authority does not have it, undetermined where all lists of its
    /// authority are old or from the future. `None` where no list of its authority is at hand: a note, no outcome.
    pub const fn outcome(&self) -> Option<&Outcome> {
        self.0.as_ref()
    }
}
