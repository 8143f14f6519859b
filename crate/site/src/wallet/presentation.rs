//! A presentation: the chosen elements, signed for one minute.

use std::collections::BTreeSet;
use std::rc::Rc;

use cbor::Timestamp;
use envelope::{Info, PreparedOneWay};
use mdoc::holder::Disclosure;
use protocol::error::ConsentError;
use verdict::Purpose;

use super::holder::Wallet;
use super::problem::{Own, Problem};
use crate::browser::{host, key};
use crate::ui::format;

/// Life of a signature, in seconds.
pub(super) const LIFE: i64 = 60;

/// What the holder chose to show.
#[derive(Clone)]
pub(crate) struct Choice {
    /// The purpose.
    pub(crate) purpose: Purpose,
    /// Whether the portrait goes along, where it may be left out.
    pub(crate) portrait: bool,
    /// Whether it is the still answer: less, and without the portrait.
    pub(crate) still: bool,
    /// The identifiers that were ticked, where the holder chooses one by one.
    pub(crate) ticked: BTreeSet<&'static str>,
}

impl Choice {
    /// What leaves the device by this choice.
    pub(super) fn disclosure(&self, wallet: &Wallet) -> Disclosure {
        let one_by_one = self.purpose.is_chosen_by_holder();
        let mut elements = match self.still {
            true => self.purpose.still_elements(),
            false => self.purpose.elements(self.portrait || one_by_one),
        };
        elements.retain(|(_, id)| !one_by_one || self.ticked.contains(id));
        Disclosure::select(&wallet.credential, &elements)
    }
}

/// One signed presentation.
pub(crate) struct Signed {
    /// The payload of the QR link.
    pub(super) payload: Vec<u8>,
    /// When it was signed.
    pub(super) at: Timestamp,
}

impl Signed {
    /// A new nonce, a new signature.
    pub(super) async fn new(wallet: &Wallet, choice: &Choice) -> Result<Self, Problem> {
        let at = format::now();
        let mut nonce = [0; 16];
        if !key::random(&mut nonce) {
            return Err(Problem::Own(Own::NoRandom));
        }
        let purpose = choice.purpose.signed().map(str::to_owned);
        let info = Info { iat: at, exp: at.plus_seconds(LIFE), nonce, aud: None, purpose };
        let prepared = PreparedOneWay::prepare(choice.disclosure(wallet), info);
        let prepared = prepared.map_err(|error| Problem::coded(error.kind().info()))?;
        let signature = wallet.stored.key.sign(prepared.to_be_signed()).await?;
        let completed = prepared.complete(&signature).map_err(|error| Problem::coded(error.kind().info()))?;
        Ok(Self { payload: completed.payload().to_vec(), at })
    }

    /// Milliseconds since it was signed.
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
    pub(super) fn age(&self) -> f64 {
        host::now_ms() - self.at.unix() as f64 * 1000.0
    }

    /// When its life ends, in milliseconds since 1970.
    pub(super) fn ends_ms(&self) -> u64 {
        u64::try_from(self.at.plus_seconds(LIFE).unix()).unwrap_or(0).saturating_mul(1000)
    }
}

/// A presentation that is signed and ready to be drawn.
pub(crate) struct Presentation {
    /// What was chosen.
    pub(super) choice: Choice,
    /// The licence that is shown.
    pub(super) wallet: Rc<Wallet>,
    /// The identifiers of what it shows.
    pub(super) elements: Vec<String>,
    /// The first signature.
    pub(super) signed: Signed,
}

impl Presentation {
    /// Signs the first code, before the screen changes.
    pub(super) async fn new(wallet: Rc<Wallet>, choice: Choice) -> Result<Self, Problem> {
        let disclosure = choice.disclosure(&wallet);
        if disclosure.shown().is_empty() {
            return Err(Problem::coded(ConsentError::Empty.kind().info()));
        }
        let elements = disclosure.shown().iter().map(|name| name.identifier.clone()).collect();
        let signed = Signed::new(&wallet, &choice).await?;
        Ok(Self { choice, wallet, elements, signed })
    }
}
