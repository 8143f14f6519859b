//! The context of a verdict, read from the arguments, and the verdict on one presentation.

use anyhow::Result;
use cbor::Timestamp;
use envelope::Envelope;
use envelope::ReplayMemory;
use mdoc::ReaderKey;
use mdoc::TrustAnchors;
use mdoc::codes::VerifyCode;
use mdoc::status_list::StatusLists;
use protocol::received::Received;
use verdict::{
    Code, IssuerVerdict, OneWayPresentation, Presenter, Terms, Verdict, VerifierContext, one_way_refused,
    verify_in_session, verify_issuer_data, verify_one_way,
};

use crate::args::{JudgeArgs, VerifyArgs};
use crate::exit::{Exit, wrong};
use crate::output::Output;
use crate::policy::Partner;
use crate::provider::Ring;
use crate::report::Report;
use crate::say::{fill, tr};
use crate::session::{self, Session};
use crate::{clock, input, revocation, signer, status, trust, trust_file};

/// The context of a verdict, read from the arguments.
pub(crate) struct Judge {
    now: Timestamp,
    clock_floor: Timestamp,
    /// The lower bound for times that are given and not read from a clock.
    given_floor: Timestamp,
    trust: TrustAnchors,
    memory: ReplayMemory,
    status_lists: StatusLists,
    audience: Option<String>,
    terms: Terms,
    strict: bool,
    /// The policy of a partner, if it is a file.
    partner: Option<Partner>,
    pub(crate) json: bool,
    signatures: Ring,
}

impl Judge {
    /// Reads the trust files and the clock.
    pub(crate) fn new(args: &JudgeArgs) -> Result<Self> {
        let now = clock::moment(args.at.as_deref())?;
        let partner = Partner::new(args)?;
        let (roots, signatures) = (trust_file::roots(&args.list_root)?, Ring::default());
        let files = trust::Files {
            trusted: &args.trust,
            signers: &args.pin_signer,
            demo: args.demo,
            roots: &roots,
            // a strict verdict refuses them with their code
            strict: false,
        };
        let mut trust = trust::anchors(&files, now, &signatures)?;
        revocation::revoke(&mut trust, &args.crl, &args.revoked, &signatures)?;
        Ok(Self {
            now,
            clock_floor: clock::floor(args.clock_floor.as_deref(), args.at.is_some())?,
            given_floor: clock::floor(args.clock_floor.as_deref(), true)?,
            memory: ReplayMemory::new(),
            status_lists: status::at_hand(&args.status, &trust, now, &signatures)?,
            trust,
            audience: args.audience.clone(),
            terms: partner.as_ref().map_or_else(|| args.terms(now), |partner| partner.terms(now)),
            partner,
            strict: args.strict,
            json: args.json,
            signatures,
        })
    }

    /// Returns the context at this judge's time, or at an item's own time with the terms of that day.
    pub(crate) fn context<'a>(&'a self, at: Option<(Timestamp, &'a Terms)>) -> VerifierContext<'a> {
        let (now, terms) = at.unwrap_or((self.now, &self.terms));
        VerifierContext {
            now,
            clock_floor: if at.is_some() { self.given_floor } else { self.clock_floor },
            trust: &self.trust,
            memory: &self.memory,
            audience: self.audience.as_deref(),
            status_lists: &self.status_lists,
            terms,
            signatures: &self.signatures,
            strict: self.strict,
        }
    }

    /// Returns the terms with the days that are the policy's at another time.
    fn terms_at(&self, at: Timestamp) -> Terms {
        let today = at.date_at(self.terms.utc_offset_seconds);
        let Terms { from, until, .. } = Terms::default_for(self.terms.purpose, today);
        Terms { from, until, ..self.terms.clone() }
    }

    /// Judges the payload of the QR link, deflated or not.
    pub(crate) fn one_way(&self, payload: Vec<u8>, out: &mut Output) -> Result<Exit> {
        let verdict = one_way(&payload, form_of(&payload), &self.context(None));
        let how = How { session: Session::OneWay, reader_key: None, issuer_only: false };
        self.write(&Judged::Presentation(Box::new(verdict)), &Received::Payload(payload), &how, out)
    }

    /// Writes a verdict; without any trust, who signed and that nobody vouches for it.
    pub(crate) fn write(
        &self,
        judged: &Judged,
        received: &Received,
        how: &How,
        out: &mut Output,
    ) -> Result<Exit> {
        let context = self.context(None);
        let vouched;
        let judged = match signer::of(received).filter(|_| self.trust.is_empty()) {
            Some(signer) => {
                vouched = judged.without_trust(&signer);
                &vouched
            }
            None => judged,
        };
        let exit = self.report(judged, &context).write(self.json, out)?;
        if let Some(words) = how.unfit(judged) {
            eprintln!("{words}");
        }
        Ok(exit)
    }

    /// Judges one presentation of many; returns the exit status and the codes of what is not a pass, failures first.
    pub(crate) fn in_short(&self, bytes: &Received, how: &How, at: Option<Timestamp>) -> (Exit, Vec<String>) {
        let terms = at.map(|at| self.terms_at(at));
        let context = self.context(at.zip(terms.as_ref()));
        let judged = judged(bytes, how, &context);
        self.report(&judged, &context).in_short()
    }

    /// Returns the report of what was judged, with what the policy of a partner decides.
    fn report<'a>(&self, judged: &'a Judged, context: &VerifierContext<'_>) -> Report<'a> {
        let decided = self.partner.as_ref().map(|partner| partner.decide(&judged.read(), context.now));
        judged.report(context).decided(decided)
    }
}

/// How presentations are decoded.
pub(crate) struct How {
    session: Session,
    reader_key: Option<ReaderKey>,
    issuer_only: bool,
}

impl How {
    pub(crate) fn new(args: &VerifyArgs) -> Result<Self> {
        Ok(Self {
            session: session::of(&args.session)?,
            reader_key: args.reader_key.as_deref().map(reader_key).transpose()?,
            issuer_only: args.issuer_only,
        })
    }

    /// Returns what to say of a device signature that does not fit a session whose values were given.
    fn unfit(&self, judged: &Judged) -> Option<String> {
        let Session::Given { values, .. } = &self.session else {
            return None;
        };
        let unfit = [VerifyCode::DeviceSignature, VerifyCode::DeviceMac].map(Code::Proof);
        unfit
            .into_iter()
            .any(|code| judged.has(code))
            .then(|| fill("cli.session.unfit", &[("values", tr(values))]))
    }
}

/// A verdict of either kind.
pub(crate) enum Judged {
    Presentation(Box<Verdict>),
    IssuerData(Box<IssuerVerdict>),
}

impl Judged {
    /// Returns whether a check failed or is undetermined with this code.
    pub(crate) fn has(&self, code: Code) -> bool {
        let layers = match self {
            Self::Presentation(verdict) => &verdict.layers,
            Self::IssuerData(verdict) => &verdict.layers,
        };
        layers.iter().flat_map(|layer| &layer.checks).any(|check| check.code == code)
    }

    /// Returns the verdict of a verifier who trusts nobody: undetermined where the issuer is unknown.
    fn without_trust(&self, signer: &str) -> Self {
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
    fn read(&self) -> verdict::Judged<'_> {
        match self {
            Self::Presentation(verdict) => verdict.as_ref().into(),
            Self::IssuerData(verdict) => verdict.as_ref().into(),
        }
    }

    pub(crate) fn report(&self, context: &VerifierContext<'_>) -> Report<'_> {
        match self {
            Self::Presentation(verdict) => {
                Report::of_presentation(verdict, context.terms.purpose, context.now)
            }
            Self::IssuerData(verdict) => Report::of_issuer_data(verdict, context.terms.purpose),
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

pub(crate) fn judged(received: &Received, how: &How, context: &VerifierContext<'_>) -> Judged {
    let bytes = received.bytes();
    let issuer_data =
        |bytes: &[u8], presenter| Judged::IssuerData(Box::new(verify_issuer_data(bytes, presenter, context)));
    if matches!(received, Received::IssuerData(_)) {
        // Whatever session is given: who shows issuer data cannot be known.
        let presenter = if how.issuer_only { Presenter::NotAsked } else { Presenter::Undetermined };
        return issuer_data(bytes, presenter);
    }
    match (&how.session, form_of(bytes)) {
        (_, form) if how.issuer_only => issuer_data(&issuer_part(bytes, form), Presenter::NotAsked),
        (Session::OneWay, form) | (Session::NotGiven, form @ (Form::QrLink | Form::Inflated)) => {
            Judged::Presentation(Box::new(one_way(bytes, form, context)))
        }
        (Session::NotGiven, Form::Map) => issuer_data(bytes, Presenter::Undetermined),
        (Session::Given { transcript, .. }, _) => Judged::Presentation(Box::new(verify_in_session(
            bytes,
            transcript.clone(),
            how.reader_key.as_ref(),
            context,
        ))),
    }
}

fn reader_key(text: &str) -> Result<ReaderKey> {
    let bytes = input::argument("--reader-key", text)?;
    let scalar: Option<[u8; 32]> = bytes.try_into().ok();
    Ok(scalar
        .and_then(|scalar| ReaderKey::from_bytes(&scalar))
        .ok_or_else(|| wrong("cli.wrong.reader-key", &[]))?)
}

/// The form of the bytes of a presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// The payload of the QR link.
    QrLink,
    /// The same before it was deflated: an array of CBOR.
    Inflated,
    /// A CBOR map: a DeviceResponse or an IssuerSigned.
    Map,
}

/// Detects the form of bytes for which no option gives it.
fn form_of(bytes: &[u8]) -> Form {
    // If neither form decodes, the first byte of DeviceResponses in practice decides which decoder refuses it, and so with
    // which code.
    match cbor::decode_foreign(bytes) {
        Ok(item) if item.as_map().is_some() => Form::Map,
        Ok(item) if item.as_array().is_some() => Form::Inflated,
        Ok(_) => Form::QrLink,
        Err(_) if !matches!(bytes.first(), Some(0xa2..=0xa4 | 0xb8..=0xbb | 0xbf)) => Form::QrLink,
        Err(_) if Envelope::decode(bytes).is_ok() => Form::QrLink,
        Err(_) => Form::Map,
    }
}

/// Returns the DeviceResponse of a QR link's payload, and other bytes unchanged.
fn issuer_part(bytes: &[u8], form: Form) -> Vec<u8> {
    let envelope = match form {
        Form::Map => return bytes.to_vec(),
        Form::Inflated => Envelope::decode_inflated(bytes),
        Form::QrLink => Envelope::decode(bytes),
    };
    envelope.map_or_else(|_| bytes.to_vec(), |envelope| envelope.device_response().to_vec())
}
