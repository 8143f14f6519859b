//! A verifier's question and the encrypted answer to it.

use std::rc::Rc;

use cbor::Timestamp;
use envelope::EnvelopeError;
use mdoc::ElementName;
use protocol::error::{ConsentError, RequestError};
use protocol::{AskedElement, CheckedRequest, Consent, DEFAULT_LIFE_SECONDS, Requester, UnverifiedRequest};

use super::fields;
use super::holder::Wallet;
use super::problem::{Own, Problem};
use crate::browser::key;
use crate::composition;
use crate::storage::Asker;
use crate::ui::format;

/// A question that this wallet can answer.
pub(crate) struct Question {
    /// The requester and its purpose.
    pub(super) request: CheckedRequest,
    /// What is asked for.
    pub(super) elements: Vec<AskedElement>,
    /// Whether the licence has what an answer needs.
    pub(super) answerable: bool,
    /// The licence that answers.
    pub(super) wallet: Rc<Wallet>,
    /// Every licence of this wallet, with whether it could answer; the one on top first.
    pub(super) licences: Vec<(Rc<Wallet>, bool)>,
}

impl Question {
    /// Reads a payload of the QR link, as a question to these licences. The first that has what an answer needs is to answer;
    /// the holder may choose another.
    pub(super) fn read(payload: &[u8], wallets: Vec<Rc<Wallet>>) -> Result<Self, Problem> {
        let request = UnverifiedRequest::decode(payload)?.verify(
            &composition::readers(),
            format::now(),
            &signature::RustCrypto,
        )?;
        let can = |wallet: &Rc<Wallet>| request.is_answerable_with(&wallet.credential);
        let licences: Vec<_> = wallets.into_iter().map(|wallet| (wallet.clone(), can(&wallet))).collect();
        let fits = licences.iter().find(|(_, can)| *can).or(licences.first());
        let wallet = fits.map(|(wallet, _)| wallet.clone()).ok_or(Problem::Unexpected)?;
        Self::to(request, wallet, licences)
    }

    /// The same question to another licence.
    pub(super) fn turned_to(&self, wallet: &Rc<Wallet>) -> Result<Self, Problem> {
        Self::to(self.request.clone(), wallet.clone(), self.licences.clone())
    }

    fn to(
        request: CheckedRequest,
        wallet: Rc<Wallet>,
        licences: Vec<(Rc<Wallet>, bool)>,
    ) -> Result<Self, Problem> {
        let elements = request.asked_of(&wallet.credential)?;
        let answerable = request.is_answerable_with(&wallet.credential);
        Ok(Self { request, elements, answerable, wallet, licences })
    }

    /// The value of an element of the licence in words, where it has words.
    pub(super) fn value(&self, id: &str) -> Option<String> {
        fields::value(&self.wallet.view.fields, id)
    }

    /// Signs and encrypts the answer.
    pub(super) async fn answer(&self, chosen: &[ElementName]) -> Result<Answer, Problem> {
        let coded = |error: ConsentError| Problem::coded(error.kind().info());
        let now = format::now();
        // A question may have ended while it was read.
        if self.request.until().is_some_and(|until| now > until) {
            return Err(Problem::Own(Own::AnswerEnded));
        }
        let prepared = Consent::new(self.request.clone(), chosen)
            .and_then(|consent| consent.prepare(&self.wallet.credential))
            .map_err(coded)?;
        let signature = self.wallet.stored.key.sign(prepared.to_be_signed()).await?;
        let mut failed = false;
        let made = prepared.complete(&signature, &mut |bytes| failed |= !key::random(bytes));
        if failed {
            return Err(Problem::Own(Own::NoRandom));
        }
        let made = made.map_err(coded)?;
        Ok(Answer {
            payload: made.payload().to_vec(),
            shown: made.shown().iter().map(|name| name.identifier.clone()).collect(),
            // An answer to a question without an end is shown as long as one to a question of ours.
            until: self.request.until().unwrap_or_else(|| now.plus_seconds(DEFAULT_LIFE_SECONDS)),
            wallet: self.wallet.clone(),
            asker: self.asker(made.shown()),
        })
    }

    /// Who asked, and what of the licence is not among `shown`.
    fn asker(&self, shown: &[ElementName]) -> Asker {
        let refused = self.elements.iter().filter(|element| element.held && !shown.contains(&element.name));
        let purpose = self.request.purpose().and_then(|purpose| {
            let known = purpose.purpose.map(|known| known.code().to_owned());
            known.or_else(|| purpose.text.as_ref().map(|text| text.as_str().to_owned()))
        });
        let (name, vouched_by) = match self.request.requester() {
            Requester::Verified(requester) => {
                (requester.name(), Some(requester.authority().as_str().to_owned()))
            }
            Requester::NotVerified(requester) => (requester.says.clone(), None),
        };
        Asker {
            name: name.as_str().to_owned(),
            vouched_by,
            purpose,
            refused: refused.map(|element| element.name.identifier.clone()).collect(),
        }
    }
}

/// An answer that is signed, encrypted and ready to be drawn.
pub(crate) struct Answer {
    /// The payload of the QR link.
    pub(super) payload: Vec<u8>,
    /// The identifiers of what it shows.
    pub(super) shown: Vec<String>,
    /// The last second in which the question can be answered.
    pub(super) until: Timestamp,
    /// The licence that answers.
    pub(super) wallet: Rc<Wallet>,
    /// Who asked.
    pub(super) asker: Asker,
}

impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Self {
        match error {
            // A licence, or an answer: not what is asked for here.
            RequestError::Envelope(EnvelopeError::Kind) => Self::Own(Own::NotAQuestion),
            error => Self::coded(error.kind().info()),
        }
    }
}
