//! From a checked licence, or from the failure that ended verification, to a verdict.

mod notes;
mod rows;

use cbor::Timestamp;
use envelope::{EnvelopeCode, EnvelopeError};
use licence::{DOC_TYPE, Facts, ISO_TEXT_MAX, PortraitState, ShownText, shanghai_day};
use mdoc::codes::{TrustCode, VerifyCode};
use mdoc::{IssuerVerified, TrustError, VerifyError};

use crate::check::{CheckState, Finding};
use crate::checked::{CheckedIssuerData, CheckedLicence, NotALicence, read};
use crate::code::{AnswerCode, Code};
use crate::demo_anchor::is_demo_anchor;
use crate::headline;
use crate::layer::LayerId;
use crate::message::{DocumentName, Message};
use crate::policy::{self, Listed};
use crate::purpose::{Purpose, Terms};
use crate::reason::{Reason, ReasonCode};
use crate::row::{Row, after, shown};
use crate::several::Beside;
use crate::verdict::{Colour, Face, Issuer, IssuerVerdict, Layer, Presenter, Verdict};
use crate::words::{Headline, Note, Subline, Summary};

use notes::{list_due, notes, reported};
pub(crate) use rows::Session;
use rows::{Judged, presenter_row, stopped_at, unfresh_rows};

/// Judges a checked licence, of a presentation in a session of this kind, for the verifier's terms.
pub(crate) fn judge(
    licence: &CheckedLicence,
    session: Session,
    beside: &Beside,
    terms: &Terms,
    now: Timestamp,
) -> Verdict {
    let presentation = licence.proven();
    let issued = presentation.issued();
    let issuer = issuer(issued);
    let view = licence.view();
    let mut rows = match &view {
        Some(view) => {
            let presenter = presenter_row(presentation, session);
            let judged = Judged { document: issued, outcomes: licence.outcomes(), issuer: &issuer, session };
            judged.rows(presenter, view, terms, now)
        }
        // Another document, which *none* allows: its proofs and its validity.
        None if presentation.freshness().is_pass() => {
            let judged = Judged { document: issued, outcomes: licence.outcomes(), issuer: &issuer, session };
            judged.document_rows(presenter_row(presentation, session))
        }
        None => unfresh_rows(presentation, session, &issuer),
    };
    rows[0].add(&beside.findings);
    // What documents that are not shown say about an age is not said either.
    if view.is_some() {
        rows[4].add(&beside.rules);
    }
    let fields = view.as_ref().map(|view| &view.fields);
    if let (Session::OneWay(_, signed), Some(fields)) = (session, fields)
        && let Some(other) = policy::other_purpose(signed, fields, terms.purpose)
    {
        rows[4].findings.retain(|finding| !finding.is(ReasonCode::ElementMissing));
        rows[4].put_first(other);
    }
    let (headline, subline) = headline::of(&rows, fields, terms);
    let subline = named(subline, issued, terms);
    let is_licence =
        !rows.iter().flat_map(|row| &row.findings).any(|finding| finding.is(ReasonCode::GenuineNotLicence));
    // Whether the portrait of another document is this person decides nothing.
    let face = match view.as_ref().map(|view| view.portrait_state) {
        Some(PortraitState::Shown) if is_licence => Face::ToCompare,
        _ => Face::NotShown,
    };
    let mut notes: Vec<Note> = notes(&rows, Some(&issuer));
    if !is_licence {
        notes.retain(|note| *note != Note::Relay);
    } else if view.is_some() && face == Face::NotShown {
        notes
            .iter_mut()
            .filter(|note| **note == Note::Relay)
            .for_each(|note| *note = Note::RelayWithoutPortrait);
    }
    let mut notes: Vec<Message> = notes.into_iter().map(Message::from).collect();
    notes.extend(list_due(issued));
    notes.extend(reported(presentation, now));
    notes.extend_from_slice(&beside.notes);
    if face == Face::ToCompare {
        notes.push(Note::ComparePortrait.into());
    }
    if let Some(fields) = fields {
        notes.extend(policy::notes(fields, terms.purpose));
    }
    Verdict {
        colour: colour(&rows),
        headline: headline.into(),
        subline,
        face,
        notes,
        demo: is_demo_anchor(&issuer.anchor_spki_sha256),
        facts_as_of: fields.and_then(|fields| status_as_of(fields, licence.outcomes().status.listed())),
        replay: match session {
            Session::OneWay(replay, _) => Some(replay),
            Session::Given | Session::Answered => None,
        },
        layers: shown(&rows),
        view,
        issuer: Some(issuer),
        signed_purpose: None,
        terms: Some(terms.clone()),
        at: Some(now),
    }
}

/// Returns the verdict on a failed proof, without any element.
pub(crate) fn unproven(error: &VerifyError, terms: &Terms, now: Timestamp) -> Verdict {
    let code = error.kind();
    // What could not be checked did not fail.
    let state = if error.is_undetermined() { CheckState::Undetermined } else { CheckState::Fail };
    let finding = Finding::new(state, code);
    let rows = match code {
        // The device is checked last: the issuer was proven before.
        VerifyCode::DocType
        | VerifyCode::DeviceSignature
        | VerifyCode::DeviceMac
        | VerifyCode::DeviceMacUnexpected
        | VerifyCode::DeviceNotChecked(_)
        | VerifyCode::DeviceElements => {
            let proven = vec![Finding::pass(Reason::IssuerSigned), Finding::pass(Reason::DigestsMatch)];
            let issuer = Row::new(LayerId::Issuer, proven, Summary::IssuerSigned);
            after(vec![issuer, Row::ended(LayerId::Presenter, finding)])
        }
        VerifyCode::Profile(_)
        | VerifyCode::Trust(_)
        | VerifyCode::MsoSignedOutsideDs
        | VerifyCode::IssuingCountry
        | VerifyCode::IssuingJurisdiction
        | VerifyCode::IssuerSignature
        | VerifyCode::IssuerNotChecked(_)
        | VerifyCode::DigestMismatch
        | VerifyCode::DigestMissing => stopped_at(finding),
    };
    let mut verdict = without_elements(&rows, headline::of_proof(code), terms, now);
    if let VerifyError::Trust(TrustError::KeyUnknown(Some(date))) = error {
        verdict.notes.push(Note::ListOfDate { date: shanghai_day(*date) }.into());
    }
    verdict
}

/// As [`unproven`], in a session whose values the caller gave: they may be another session's, so a device signature that does
/// not fit accuses nobody.
pub(crate) fn unproven_in_given_session(error: &VerifyError, terms: &Terms, now: Timestamp) -> Verdict {
    let mut verdict = unproven(error, terms, now);
    if matches!(error.kind(), VerifyCode::DeviceSignature | VerifyCode::DeviceMac) {
        verdict.headline = Headline::OtherSession.into();
    }
    verdict
}

/// Returns the verdict on a payload that is no presentation.
pub(crate) fn not_a_code(error: &EnvelopeError, terms: &Terms, now: Timestamp) -> Verdict {
    let code = error.kind();
    // What a newer wallet made may well be a licence.
    let newer = code == EnvelopeCode::InfoNewer;
    let state = if newer { CheckState::Undetermined } else { CheckState::Fail };
    let headline = if newer { headline::of_envelope(code) } else { Headline::NotALicence };
    without_elements(&stopped_at(Finding::new(state, code)), headline, terms, now)
}

/// Returns the verdict on an answer that is refused before its presentation is verified.
pub(crate) fn refused(code: AnswerCode, terms: &Terms, now: Timestamp) -> Verdict {
    without_elements(&stopped_at(Finding::fail(code)), headline::of_answer(code), terms, now)
}

/// Returns the verdict on a proven document that is no licence.
pub(crate) fn another_document(error: NotALicence, terms: &Terms, now: Timestamp) -> Verdict {
    without_elements(&stopped_at(Finding::fail(error.reason())), Headline::NotALicence, terms, now)
}

/// Returns the verdict on an answer with two documents of one type that both answer the purpose.
pub(crate) fn several(terms: &Terms, now: Timestamp) -> Verdict {
    let rows = stopped_at(Finding::undetermined(Reason::SeveralDocuments));
    without_elements(&rows, Headline::SeveralDocuments, terms, now)
}

/// Converts the verdict on a failure to one on issuer data.
pub(crate) fn without_issuer_data(verdict: Verdict, now: Timestamp) -> IssuerVerdict {
    let mut notes = verdict.notes;
    let relay = Message::from(Note::Relay);
    notes.retain(|note| *note != relay);
    IssuerVerdict {
        colour: verdict.colour,
        headline: verdict.headline,
        subline: verdict.subline,
        demo: verdict.demo,
        notes,
        layers: verdict.layers,
        issuer: None,
        view: None,
        at: now,
    }
}

fn without_elements(rows: &[Row; 5], headline: Headline, terms: &Terms, now: Timestamp) -> Verdict {
    Verdict {
        colour: colour(rows),
        headline: headline.into(),
        subline: None,
        notes: notes(rows, None).into_iter().map(Message::from).collect(),
        layers: shown(rows),
        view: None,
        face: Face::NotShown,
        demo: false,
        issuer: None,
        replay: None,
        signed_purpose: None,
        facts_as_of: None,
        terms: Some(terms.clone()),
        at: Some(now),
    }
}

/// Makes the unknown issuer of a verifier who trusts nobody undetermined; returns the headline if it did.
fn vouched_by_nobody(layers: &mut [Layer; 5], signer: &str) -> Option<Message> {
    let unknown = Code::Proof(VerifyCode::Trust(TrustCode::IssuerUnknown));
    let layer = layers.iter_mut().find(|layer| layer.id == LayerId::Issuer)?;
    let check = layer.checks.iter_mut().find(|check| check.code == unknown)?;
    check.state = CheckState::Undetermined;
    layer.state = CheckState::Undetermined;
    Some(Headline::NobodyVouches { issuer: ShownText::new(signer, ISO_TEXT_MAX) }.into())
}

impl IssuerVerdict {
    /// As [`Verdict::without_trust`].
    #[must_use]
    pub fn without_trust(mut self, signer: &str) -> Self {
        if let Some(headline) = vouched_by_nobody(&mut self.layers, signer) {
            (self.headline, self.colour) = (headline, Colour::Amber);
        }
        self
    }
}

impl Verdict {
    /// Returns the verdict for a verifier who has no trust anchor at all: that the issuer is unknown is undetermined then, and
    /// the headline says whom the certificate names as `signer`. Other verdicts are returned unchanged.
    #[must_use]
    pub fn without_trust(mut self, signer: &str) -> Self {
        if let Some(headline) = vouched_by_nobody(&mut self.layers, signer) {
            (self.headline, self.colour) = (headline, Colour::Amber);
        }
        self
    }

    /// Returns the verdict for a fault of this program, such as a worker that died or took too long: undetermined.
    pub fn interrupted() -> Verdict {
        let rows = stopped_at(Finding::undetermined(Reason::Interrupted));
        Verdict {
            colour: colour(&rows),
            headline: Headline::Interrupted.into(),
            subline: None,
            layers: shown(&rows),
            view: None,
            face: Face::NotShown,
            notes: Vec::new(),
            demo: false,
            issuer: None,
            replay: None,
            signed_purpose: None,
            facts_as_of: None,
            terms: None,
            at: None,
        }
    }
}

/// Judges issuer data. Its fields are returned only if nothing was asked about the presenter.
pub(crate) fn judge_issuer_data(
    checked: &CheckedIssuerData,
    presenter: Presenter,
    beside: &Beside,
    terms: &Terms,
    now: Timestamp,
) -> IssuerVerdict {
    let data = checked.proven();
    let issuer = issuer(data);
    let row = match presenter {
        Presenter::NotAsked => Finding::not_asked(Reason::DeviceNotAsked),
        Presenter::Undetermined => Finding::undetermined(Reason::DeviceUnchecked),
    };
    let row = Row::new(LayerId::Presenter, vec![row], Summary::NotAsked);
    let judged =
        Judged { document: data, outcomes: checked.outcomes(), issuer: &issuer, session: Session::Given };
    let view = read(checked);
    let mut rows = match &view {
        Some(view) => judged.rows(row, view, terms, now),
        None => judged.document_rows(row),
    };
    rows[0].add(&beside.findings);
    // What documents that are not shown say about an age is not said either.
    if view.is_some() {
        rows[4].add(&beside.rules);
    }
    let fields = view.as_ref().map(|view| &view.fields);
    let (headline, subline) = headline::of(&rows, fields, terms);
    let (headline, subline) = match (headline, presenter) {
        (Headline::NonePass, _) => (Headline::NoneIssuerOnly, subline),
        (headline, Presenter::NotAsked) if colour(&rows) == Colour::Green => {
            (headline, Some(Headline::NoneIssuerOnly.into()))
        }
        (headline, _) => (headline, subline),
    };
    let subline = named(subline, data, terms);
    let notes = notes(&rows, Some(&issuer)).into_iter().filter(|note| *note != Note::Relay);
    let mut notes: Vec<Message> = notes.map(Message::from).collect();
    notes.extend(list_due(data));
    notes.extend_from_slice(&beside.notes);
    if let Some(fields) = fields {
        notes.extend(policy::notes(fields, terms.purpose));
    }
    IssuerVerdict {
        colour: colour(&rows),
        headline: headline.into(),
        subline,
        demo: is_demo_anchor(&issuer.anchor_spki_sha256),
        notes,
        layers: shown(&rows),
        issuer: Some(issuer),
        view: view.filter(|_| presenter == Presenter::NotAsked),
        at: now,
    }
}

/// Returns the subline, which for another document than a licence is its type. Any document may prove an age.
fn named(subline: Option<Message>, document: &IssuerVerified, terms: &Terms) -> Option<Message> {
    if document.doc_type() == DOC_TYPE || subline.is_some() || terms.purpose == Purpose::AgeOnly {
        return subline;
    }
    Some(Subline::OtherDocument { document: DocumentName::of(document.doc_type()) }.into())
}

fn colour(rows: &[Row; 5]) -> Colour {
    Colour::of(rows.iter().map(Row::state))
}

fn issuer(document: &IssuerVerified) -> Issuer {
    let info = document.issuer();
    let text = |text: &str| ShownText::new(text, ISO_TEXT_MAX);
    Issuer {
        label: text(&info.label),
        lists: info.lists.iter().map(|list| text(list)).collect(),
        country: text(&info.country),
        anchor_spki_sha256: info.anchor_spki_sha256,
        ds_sha256: info.ds_fingerprint,
    }
}

/// Returns the time of the status that was judged.
fn status_as_of(fields: &Facts, listed: Listed) -> Option<Timestamp> {
    match listed {
        Listed::Decided { as_of, .. } => Some(as_of),
        Listed::NotNamed | Listed::Unknown => Some(fields.status.as_ref()?.as_of),
    }
}
