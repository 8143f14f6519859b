//! The context of verdicts, and the row of one presentation.

use std::sync::Arc;

use cbor::Timestamp;
use envelope::ReplayMemory;
use mdoc::TrustAnchors;
use mdoc::status_list::StatusLists;
use signature::VerifySignature;
use verdict::{Terms, VerifierContext};

use crate::code::LineCode;
use crate::item::{Content, Item, Unread};
use crate::judged::{How, Judged};
use crate::partner::Partner;
use crate::row::Row;

/// The context of verdicts: whom to trust, when it is, and what is asked.
#[derive(Clone, Debug)]
pub struct Judge {
    /// The time of verdicts whose item has none of its own.
    pub now: Timestamp,
    /// A lower bound of the true time.
    pub clock_floor: Timestamp,
    /// The lower bound for times that an item has.
    pub given_floor: Timestamp,
    /// The trusted issuers.
    pub trust: TrustAnchors,
    /// The status lists that are at hand.
    pub status_lists: StatusLists,
    /// The name by which holders may address this verifier.
    pub audience: Option<String>,
    /// What is asked.
    pub terms: Terms,
    /// Whether every departure of the issuer's certificates from Annex B is refused.
    pub strict: bool,
    /// The policy of a partner, which then decides.
    pub partner: Option<Partner>,
    /// The implementation that verifies signatures.
    pub signatures: Arc<dyn VerifySignature + Send + Sync>,
}

static NOTHING_SEEN: ReplayMemory = ReplayMemory::new();

impl Judge {
    /// Returns the context at this judge's time, or at an item's own time with the terms of that day.
    #[must_use]
    pub fn context<'a>(&'a self, at: Option<(Timestamp, &'a Terms)>) -> VerifierContext<'a> {
        let (now, terms) = at.unwrap_or((self.now, &self.terms));
        VerifierContext {
            now,
            clock_floor: if at.is_some() { self.given_floor } else { self.clock_floor },
            trust: &self.trust,
            memory: &NOTHING_SEEN,
            audience: self.audience.as_deref(),
            status_lists: &self.status_lists,
            terms,
            signatures: &*self.signatures,
            strict: self.strict,
        }
    }

    /// Returns the terms with the days that are the policy's at another time.
    fn terms_at(&self, at: Timestamp) -> Terms {
        if let Some(partner) = &self.partner {
            return partner.terms(at);
        }
        let today = at.date_at(self.terms.utc_offset_seconds);
        let Terms { from, until, .. } = Terms::default_for(self.terms.purpose, today);
        Terms { from, until, ..self.terms.clone() }
    }

    /// Judges one presentation of many.
    #[must_use]
    pub fn row(&self, item: Item, how: &How) -> Row {
        match &item.content {
            Err(unread) => {
                let unread = *unread;
                Row::unread(item.into_id(), unread)
            }
            Ok(Content { case: Some(_), .. }) if self.partner.is_none() => {
                Row::unread(item.into_id(), Unread::Line(LineCode::NoPolicy))
            }
            Ok(content) => {
                let terms = content.at.map(|at| self.terms_at(at));
                let context = self.context(content.at.zip(terms.as_ref()));
                let judged = Judged::of(&content.presentation, how, &context);
                let decide =
                    |partner: &Partner| partner.decide(&judged.read(), content.case.as_ref(), context.now);
                let decision = self.partner.as_ref().map(decide);
                Row::judged(item.into_id(), &judged, decision.as_ref())
            }
        }
    }
}
