//! The verdict on one presentation, whatever the bytes are.

use mdoc::{ReaderKey, SessionTranscript};
use protocol::received::Received;
use verdict::{
    Code, IssuerVerdict, OneWayPresentation, Presenter, Verdict, VerifierContext, one_way_refused,
    verify_in_session, verify_issuer_data, verify_one_way,
};

use crate::form::Form;

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
