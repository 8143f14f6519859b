//! The context of a verdict, and the verdict on one presentation.

use std::sync::Arc;

use cbor::Timestamp;
use envelope::ReplayMemory;
use mdoc::status_list::StatusLists;
use mdoc::{ReaderKey, SessionTranscript, TrustAnchors};
use protocol::received::Received;
use signature::VerifySignature;
use verdict::{
    Code, IssuerVerdict, OneWayPresentation, Presenter, Terms, Verdict, VerifierContext, one_way_refused,
    verify_in_session, verify_issuer_data, verify_one_way,
};

use crate::code::LineCode;
use crate::form::Form;
use crate::item::{Content, Item, Unread};
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

/// The session that a presentation is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// None.
    NotGiven,
    /// The one-way profile.
    OneWay,
    /// The session with this transcript.
    Given(SessionTranscript),
}

/// How presentations are decoded.
#[derive(Debug)]
pub struct How {
    /// The session.
    pub session: Session,
    /// The reader's key, for a device MAC.
    pub reader_key: Option<ReaderKey>,
    /// Whether only the issuer's data is asked, and not who shows it.
    pub issuer_only: bool,
}

/// A verdict of either kind.
#[derive(Clone, Debug)]
pub enum Judged {
    /// On a presentation.
    Presentation(Box<Verdict>),
    /// On what an issuer signed.
    IssuerData(Box<IssuerVerdict>),
}

impl Judged {
    /// Judges what was received.
    #[must_use]
    pub fn of(received: &Received, how: &How, context: &VerifierContext<'_>) -> Self {
        let bytes = received.bytes();
        let issuer_data = |bytes: &[u8], presenter| {
            Self::IssuerData(Box::new(verify_issuer_data(bytes, presenter, context)))
        };
        if matches!(received, Received::IssuerData(_)) {
            // Whatever session is given: who shows issuer data cannot be known.
            let presenter = if how.issuer_only { Presenter::NotAsked } else { Presenter::Undetermined };
            return issuer_data(bytes, presenter);
        }
        match (&how.session, Form::of(bytes)) {
            (_, form) if how.issuer_only => issuer_data(&form.issuer_part(bytes), Presenter::NotAsked),
            (Session::OneWay, form) | (Session::NotGiven, form @ (Form::QrLink | Form::Inflated)) => {
                Self::Presentation(Box::new(one_way(bytes, form, context)))
            }
            (Session::NotGiven, Form::Map) => issuer_data(bytes, Presenter::Undetermined),
            (Session::Given(transcript), _) => Self::Presentation(Box::new(verify_in_session(
                bytes,
                transcript.clone(),
                how.reader_key.as_ref(),
                context,
            ))),
        }
    }

    /// Judges the payload of the QR link, deflated or not.
    #[must_use]
    pub fn one_way(payload: &[u8], context: &VerifierContext<'_>) -> Self {
        Self::Presentation(Box::new(one_way(payload, Form::of(payload), context)))
    }

    /// Returns whether a check failed or is undetermined with this code.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.layers().iter().flat_map(|layer| &layer.checks).any(|check| check.code == code)
    }

    /// Returns the five layers.
    #[must_use]
    pub fn layers(&self) -> &[verdict::Layer; 5] {
        match self {
            Self::Presentation(verdict) => &verdict.layers,
            Self::IssuerData(verdict) => &verdict.layers,
        }
    }

    /// Returns the colour.
    #[must_use]
    pub fn colour(&self) -> verdict::Colour {
        match self {
            Self::Presentation(verdict) => verdict.colour,
            Self::IssuerData(verdict) => verdict.colour,
        }
    }

    /// Returns the verdict of a verifier who trusts nobody: undetermined where the issuer is unknown.
    #[must_use]
    pub fn without_trust(&self, signer: &str) -> Self {
        match self {
            Self::Presentation(verdict) => {
                Self::Presentation(Box::new((**verdict).clone().without_trust(signer)))
            }
            Self::IssuerData(verdict) => {
                Self::IssuerData(Box::new((**verdict).clone().without_trust(signer)))
            }
        }
    }

    /// Returns the verdict as a policy reads it.
    #[must_use]
    pub fn read(&self) -> verdict::Judged<'_> {
        match self {
            Self::Presentation(verdict) => verdict.as_ref().into(),
            Self::IssuerData(verdict) => verdict.as_ref().into(),
        }
    }
}

fn one_way(payload: &[u8], form: Form, context: &VerifierContext<'_>) -> Verdict {
    match form {
        Form::Inflated => match OneWayPresentation::decode_inflated(payload) {
            Ok(presentation) => presentation.verify(context),
            Err(error) => one_way_refused(&error, context),
        },
        Form::QrLink | Form::Map => verify_one_way(payload, context),
    }
}
