//! A verifier's stored lists, verified when they are loaded, and the import of a file.

use cbor::Timestamp;
use mdoc::vical::{VerifiedVical, certificate_label};
use mdoc::{Revocation, TrustAnchors};
use signature::VerifySignature;

use crate::admission::Admission;
use crate::bundle;
use crate::error::ImportError;
use crate::file::{ListKind, ReceivedList};
use crate::floor::VicalFloor;
use crate::list::{Content, Currency, VerifiedList};
use crate::remembered::RememberedList;

/// A stored list with the result of verifying it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key under which it is stored.
    pub key: String,
    /// The list as received.
    pub received: ReceivedList,
    /// The verified list, or why it was refused.
    pub verified: Result<VerifiedList, ImportError>,
}

/// A list of a file that may be imported if the user agrees.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The list as received.
    pub received: ReceivedList,
    /// The verified list.
    pub list: VerifiedList,
    /// Whether it replaces a stored one.
    pub replaces: bool,
}

impl Candidate {
    /// The key under which it is to be stored.
    #[must_use]
    pub fn key(&self) -> String {
        self.list.key(&self.received.pin)
    }

    /// Returns the floor that it sets; only trust lists have one.
    #[must_use]
    pub fn floor(&self) -> Option<VicalFloor> {
        self.list.vical().map(VicalFloor::of)
    }

    /// Whether the user must agree before it is stored. A revocation list adds no trust, and its signer is trusted already.
    #[must_use]
    pub fn needs_consent(&self) -> bool {
        self.received.kind != ListKind::Crl
    }

    /// Checks that it may replace `held`, which is stored under the same key, unless `held` no longer verifies. Trust lists are
    /// checked by their floor.
    ///
    /// # Errors
    /// [`ImportError::CrlOlder`].
    pub fn check_replaces(
        &self,
        held: &ReceivedList,
        anchors: &TrustAnchors,
        signatures: &dyn VerifySignature,
    ) -> Result<(), ImportError> {
        let held = held.verify(anchors, signatures).ok();
        match self.list.crl().zip(held.as_ref().and_then(VerifiedList::crl)) {
            Some((new, held)) if new.is_older_than(held) => Err(ImportError::CrlOlder),
            _ => Ok(()),
        }
    }
}

/// What a file offers.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// What may be imported; at least one.
    pub candidates: Vec<Candidate>,
    /// What may not be.
    pub refused: Vec<RefusedPart>,
}

/// A part of a file that is not imported.
#[derive(Clone, Debug)]
pub struct RefusedPart {
    /// Its place in the file, from 1.
    pub number: usize,
    /// The subject of its certificate, for display, if it can be read.
    pub label: Option<String>,
    /// Why it is not imported.
    pub error: ImportError,
}

/// All lists of a verifier.
#[derive(Clone, Debug)]
pub struct TrustLists {
    built_in: TrustAnchors,
    floors: Vec<VicalFloor>,
    entries: Vec<Entry>,
    missing: Vec<RememberedList>,
}

impl TrustLists {
    /// Creates it with the built-in anchors only.
    #[must_use]
    pub const fn new(built_in: TrustAnchors) -> Self {
        Self { built_in, floors: Vec::new(), entries: Vec::new(), missing: Vec::new() }
    }

    /// Verifies stored lists, revocation lists last, by the built-in anchors and those of the lists.
    #[must_use]
    pub fn load(
        built_in: TrustAnchors,
        mut stored: Vec<(String, ReceivedList)>,
        floors: Vec<VicalFloor>,
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> Self {
        bundle::revocations_last(&mut stored, |(_, list)| list.kind);
        let (admission, mut anchors) = (Admission::new(floors.iter().cloned()), built_in.clone());
        let entry = |(key, received): (String, ReceivedList)| {
            let verified = received.verify(&anchors, signatures).and_then(|list| {
                if let Some(vical) = list.vical() {
                    let _not_older = admission.check_floor(vical)?;
                }
                Ok(list)
            });
            if let Ok(list) = &verified {
                list.add_to(&mut anchors, now);
            }
            Entry { key, received, verified }
        };
        let entries: Vec<_> = stored.into_iter().map(entry).collect();
        let missing = Self::unusable(&entries, &anchors);
        Self { built_in, floors, entries, missing }
    }

    /// Adds what is remembered of the imported lists: those that are damaged, gone, or replaced by an older one are
    /// [`missing`](Self::missing).
    #[must_use]
    pub fn expecting(mut self, remembered: impl IntoIterator<Item = RememberedList>) -> Self {
        for list in remembered {
            let held =
                |entry: &Entry| entry.verified.as_ref().is_ok_and(|held| list.is_held_by(&entry.key, held));
            let is_held = self.entries.iter().any(held);
            self.missing.retain(|other| other.key != list.key);
            if !is_held {
                self.missing.push(list);
            }
        }
        self
    }

    /// Returns the stored revocation lists of trusted authorities that do not verify.
    fn unusable(entries: &[Entry], anchors: &TrustAnchors) -> Vec<RememberedList> {
        let unread = entries.iter().filter(|entry| entry.verified.is_err());
        let unread = unread.map(|entry| RememberedList::unread(entry.key.clone()));
        let is_trusted = |hash| anchors.iter().any(|anchor| anchor.spki_sha256() == hash);
        unread.filter(|list| list.authority().is_some_and(is_trusted)).collect()
    }

    /// Returns the lists that were imported and cannot be used: they are damaged or gone. What a revocation list among them
    /// revoked is not known: certificates of its authority are undetermined.
    #[must_use]
    pub fn missing(&self) -> &[RememberedList] {
        &self.missing
    }

    /// Returns what is to be remembered of the verified lists.
    pub fn to_remember(&self) -> impl Iterator<Item = RememberedList> {
        let verified = self.entries.iter().filter_map(|e| Some((&e.key, e.verified.as_ref().ok()?)));
        verified.map(|(key, list)| RememberedList::of(key, list))
    }

    fn missing_authorities(&self) -> impl Iterator<Item = [u8; 32]> {
        self.missing.iter().filter_map(RememberedList::authority)
    }

    /// Returns all lists: trust lists and certificates first, revocation lists last.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn verified(&self) -> impl Iterator<Item = &VerifiedList> {
        self.entries.iter().filter_map(|entry| entry.verified.as_ref().ok())
    }

    /// Returns the verified lists, and the authorities of missing revocation lists, for a worker ([`bundle`]).
    #[must_use]
    pub fn bundle(&self) -> Vec<u8> {
        let verified = self.entries.iter().filter(|entry| entry.verified.is_ok());
        bundle::encode(verified.map(|entry| &entry.received), self.missing_authorities())
    }

    /// Returns the built-in anchors and those of the lists, with the revocations, as of `now`.
    #[must_use]
    pub fn anchors(&self, now: Timestamp) -> TrustAnchors {
        let mut anchors = self.built_in.clone();
        self.verified().for_each(|list| list.add_to(&mut anchors, now));
        self.missing_authorities().for_each(|authority| anchors.revoke(Revocation::Missing(authority)));
        anchors
    }

    /// Returns when the newest trust list was made: a lower bound of the true time.
    #[must_use]
    pub fn newest(&self) -> Option<Timestamp> {
        self.verified().filter_map(|list| list.vical().map(VerifiedVical::date)).max()
    }

    /// Reads and verifies a file, and checks each of its lists by those that are there. What cannot be imported is named, and
    /// keeps nothing else out.
    ///
    /// # Errors
    /// Returns the first error if nothing of the file may be imported.
    pub fn offer(
        &self,
        file: &[u8],
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> Result<Offer, ImportError> {
        let anchors = self.anchors(now);
        let mut offer = Offer::default();
        for (part, number) in ReceivedList::read_each(file)?.into_iter().zip(1..) {
            let certificate = part.as_ref().ok().and_then(|list| list.certificate().ok());
            match part.and_then(|list| self.judge(list, &anchors, now, signatures)) {
                Ok(candidate) => offer.candidates.push(candidate),
                Err(error) => {
                    let label = certificate.as_ref().map(certificate_label);
                    offer.refused.push(RefusedPart { number, label, error });
                }
            }
        }
        match offer.refused.first() {
            Some(refused) if offer.candidates.is_empty() => Err(refused.error.clone()),
            _ => Ok(offer),
        }
    }

    /// As [`Self::offer`], for a list that was stored before.
    ///
    /// # Errors
    /// As [`Self::offer`].
    pub fn offer_again(
        &self,
        list: ReceivedList,
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> Result<Candidate, ImportError> {
        self.judge(list, &self.anchors(now), now, signatures)
    }

    fn judge(
        &self,
        received: ReceivedList,
        anchors: &TrustAnchors,
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> Result<Candidate, ImportError> {
        let list = received.verify(anchors, signatures)?;
        match &list.content {
            Content::Vical { list, .. } => {
                let _not_older = self.admission().check_import(list, now)?;
            }
            Content::Crl { .. } if list.currency(now) == Currency::Ahead => {
                return Err(ImportError::CrlAhead);
            }
            Content::Certificate(_) | Content::Crl { .. } => {}
        }
        let key = list.key(&received.pin);
        let replaces = self.entries.iter().any(|entry| entry.key == key);
        Ok(Candidate { received, list, replaces })
    }

    fn admission(&self) -> Admission {
        let mut admission = Admission::new(self.floors.iter().cloned());
        for list in self.verified().filter_map(VerifiedList::vical) {
            admission.hold(list.provider(), list.root_sha256());
        }
        admission
    }
}
