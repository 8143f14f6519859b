//! The licence on this device: from stored bytes, through verification, to what may be drawn.

use cbor::Timestamp;
use licence::{LicenceView, shanghai_day};
use mdoc::holder::{UnverifiedCredential, VerifiedCredential, verify_credential};
use verdict::card::{CardLine, CardStatus, card_status};

use super::problem::{Own, Problem};
use crate::composition;
use crate::storage::StoredLicence;
use crate::ui::i18n::fill;
use crate::ui::{format, words};

/// A licence that was loaded and verified.
pub(crate) struct Wallet {
    /// What is stored.
    pub(crate) stored: StoredLicence,
    /// Its proofs and elements.
    pub(crate) credential: VerifiedCredential,
    /// What may be drawn.
    pub(crate) view: LicenceView,
}

impl Wallet {
    /// Verifies a stored licence; it is unverified until then.
    pub(crate) fn verify(stored: StoredLicence, now: Timestamp) -> Result<Self, Problem> {
        let unverified = UnverifiedCredential::decode(&stored.credential)
            .map_err(|error| Problem::coded(error.kind().info()))?;
        let credential = verify_credential(&unverified, &composition::trust(), now, &signature::RustCrypto)?;
        if credential.device_key().to_sec1() != *stored.key.public() {
            return Err(Problem::Own(Own::OtherKey));
        }
        let view = LicenceView::of(credential.issued())
            .unwrap_or_else(|| LicenceView::from_elements(credential.issued().elements()));
        Ok(Self { stored, credential, view })
    }

    /// The holder's name: in Chinese characters, else in Latin letters.
    pub(crate) fn name(&self) -> Option<String> {
        self.view.national_name().or_else(|| self.view.latin_name())
    }

    /// What the card says today.
    pub(crate) fn card_status(&self) -> CardStatus {
        card_status(&self.view.fields, shanghai_day(format::now()))
    }

    /// The status in words, without the word "status" before it.
    pub(crate) fn status_words(&self) -> String {
        match self.card_status().line {
            CardLine::Status { letters } => words::letters(&letters.text()),
            line => words::say(&line.into()),
        }
    }

    /// The sentence around the code of a licence that must not be used.
    pub(crate) fn warning(&self) -> String {
        match self.card_status().line {
            CardLine::Status { letters } => {
                fill("present.warning", &[("letters", &words::letters(&letters.text()))])
            }
            line => words::say(&line.into()),
        }
    }

    /// When the facts were received from the issuer: by the status, otherwise by the store.
    pub(crate) fn facts_as_of(&self) -> Timestamp {
        match &self.view.fields.status {
            Some(status) => status.as_of,
            None => format::of_ms(self.stored.checked_at),
        }
    }
}
