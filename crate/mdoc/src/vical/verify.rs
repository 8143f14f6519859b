//! A list whose signer and signature are verified.

use super::age;
use super::decode::{Content, UnverifiedVical};
use super::entry::{VicalEntry, label};
use super::error::VicalError;
use super::signer::{SignerTrusted, VicalTrust};
use crate::verify::outcome::Outcome;
use crate::verify::step;
use crate::verify::trust::{Anchor, TrustAnchors};
use cbor::Timestamp;
use cbor::cose::CoseError;
use signature::{SignatureValid, VerifySignature};
use x509::Certificate;

impl UnverifiedVical {
    /// Verifies the list by the pinned roots of `trust`; the module says what is checked and what is left to the caller.
    ///
    /// # Errors
    /// A [`VicalError`]: the signer's certificate, its chain, its dates on the list's own date, or the signature.
    pub fn verify(&self, trust: &VicalTrust, by: &dyn VerifySignature) -> Result<VerifiedVical, VicalError> {
        let signer = SignerTrusted::check(&self.chain, trust, self.content.date, by)?;
        let signed = self.message.verify(signer.signer.public_key(), by).map_err(|error| match error {
            CoseError::Signature => VicalError::Signature,
            other => other.at(step::TRUST_LIST).into(),
        });
        let (signature, _payload) = signed?;
        Ok(VerifiedVical::new(self.content.clone(), signer, signature))
    }
}

/// A list that its provider signed, under a root that the verifier pinned.
#[derive(Clone, Debug)]
pub struct VerifiedVical {
    content: Content,
    signer: SignerTrusted,
    _signature: SignatureValid,
}

impl VerifiedVical {
    const fn new(content: Content, signer: SignerTrusted, signature: SignatureValid) -> Self {
        Self { content, signer, _signature: signature }
    }

    /// Returns the provider's name, as the provider writes it.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.content.provider
    }

    /// Returns when this version was made.
    #[must_use]
    pub const fn date(&self) -> Timestamp {
        self.content.date
    }

    /// Returns the number of this version, if it has one.
    #[must_use]
    pub const fn issue_id(&self) -> Option<u64> {
        self.content.issue_id
    }

    /// Returns when the provider plans the next version, if it says so.
    #[must_use]
    pub const fn next_update(&self) -> Option<Timestamp> {
        self.content.next_update
    }

    /// Returns the last second at which this version is current: grace included.
    #[must_use]
    pub fn current_until(&self) -> Timestamp {
        age::current_until(self.content.date, self.content.next_update).min(self.signer.until)
    }

    /// Returns the certificate that was pinned.
    #[must_use]
    pub const fn root(&self) -> &Certificate {
        &self.signer.root
    }

    /// Returns the SHA-256 of the certificate that was pinned.
    #[must_use]
    pub fn root_sha256(&self) -> [u8; 32] {
        self.signer.root.fingerprint()
    }

    /// Returns the name of the pinned certificate's subject, for display.
    #[must_use]
    pub fn root_label(&self) -> String {
        label(&self.signer.root)
    }

    /// Returns the signer's certificate.
    #[must_use]
    pub const fn signer(&self) -> &Certificate {
        &self.signer.signer
    }

    /// Returns the age of the list at `now`: a pass until its next update and [`GRACE_SECONDS`](super::GRACE_SECONDS) more (or
    /// [`MAX_AGE_SECONDS`](super::MAX_AGE_SECONDS) where it names none), while the signer's certificates hold.
    /// Otherwise undetermined: `trust-list-old`, `trust-list-signer-expired`, or `trust-list-ahead` of this clock.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> Outcome {
        age::judge(self.content.date, self.content.next_update, self.signer.until, now)
    }

    /// Returns every entry in order, each with its anchor or the reason why it is refused; `list` is the name of the list in
    /// its anchors. The signatures of the certificates are verified by this call.
    pub fn entries(&self, list: &str, by: &dyn VerifySignature) -> impl Iterator<Item = VicalEntry> {
        let date = self.content.date;
        self.content.entries.iter().map(move |entry| entry.judge(list, date, by))
    }

    /// Adds the anchors of this list to `trust` under the name `list`, each for the types that its entry names; a list
    /// that is not current at `now` leaves anchors that are on no other list undetermined. Refused entries are left out.
    pub fn add_to(&self, trust: &mut TrustAnchors, list: &str, now: Timestamp, by: &dyn VerifySignature) {
        for entry in self.entries(list, by) {
            if let Some(anchor) = self.anchor(&entry, now) {
                trust.add(anchor);
            }
        }
    }

    /// Returns the anchor of an entry of this list at `now`, for the types that the entry names, with the list's age; `None` for
    /// an entry that is refused.
    #[must_use]
    pub fn anchor(&self, entry: &VicalEntry, now: Timestamp) -> Option<Anchor> {
        entry.anchor_of_age(&self.age(now), self.due_since(now))
    }

    /// Returns the time at which the next version was due, if it is past and the list is still current at `now`.
    #[must_use]
    pub fn due_since(&self, now: Timestamp) -> Option<Timestamp> {
        self.next_update().filter(|next| *next < now && self.age(now).is_pass())
    }

    /// Returns the number of entries, refused ones included.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a list without entries is refused")]
    pub fn len(&self) -> usize {
        self.content.entries.len()
    }
}
