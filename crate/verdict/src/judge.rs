//! From a checked licence, or from the failure on the way to it, to the five layers.

use cbor::Timestamp;
use envelope::EnvelopeError;
use mdoc::Outcome;
use mdoc::VerifiedPresentation;
use mdoc::codes::{TrustCode, VerifyCode};
use mdoc::{OutcomeCode, VerifyError};

use crate::check::{CheckState, Finding};
use crate::checked::{CheckedIssuerData, CheckedLicence, NotALicence, Outcomes};
use crate::code::{AnswerCode, Cause};
use crate::demo_anchor::is_demo_anchor;
use crate::headline;
use crate::layer::LayerId;
use crate::message::Message;
use crate::policy::{self, Listed};
use crate::purpose::{Purpose, Terms};
use crate::reason::{Reason, ReasonCode};
use crate::row::{Row, after, shown};
use crate::verdict::{Colour, Face, Issuer, IssuerVerdict, Presenter, Replay, Verdict};
use crate::words::{Headline, Note, Subline, Summary};
use licence::validity::{self, End};
use licence::{shanghai_day, LicenceFields, LicenceView, PortraitState, ShownText, DOC_TYPE, ISO_TEXT_MAX};
use mdoc::IssuerVerified;

/// By what a presentation is one of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Session {
    /// By the time that its holder signed, in the one-way profile.
    OneWay(Replay),
    /// By the word of whoever gave the transcript.
    Given,
    /// It is the first answer to a question that this program made.
    Answered,
}

/// Judges a checked licence, of a presentation in a session of this kind, for the verifier's terms.
pub(crate) fn judge(licence: &CheckedLicence, session: Session, terms: &Terms, now: Timestamp) -> Verdict {
    let presentation = licence.proven();
    let issued = presentation.issued();
    let issuer = issuer(issued);
    let view = licence.view();
    let rows = match &view {
        Some(view) => {
            let presenter = presenter_row(presentation, session);
            let judged = Judged { document: issued, outcomes: licence.outcomes(), issuer: &issuer };
            judged.rows(presenter, view, terms, now)
        }
        // Another document, as *none* allows: its own proofs and its own validity.
        None if presentation.freshness().is_pass() => {
            let judged = Judged { document: issued, outcomes: licence.outcomes(), issuer: &issuer };
            judged.document_rows(presenter_row(presentation, session))
        }
        None => unfresh_rows(presentation, session, &issuer),
    };
    let fields = view.as_ref().map(|view| &view.fields);
    let (headline, subline) = headline::of(&rows, fields, terms);
    let subline = named(subline, issued);
    let mut notes: Vec<Message> = notes(&rows, Some(&issuer)).into_iter().map(Message::from).collect();
    notes.extend(reported(presentation, now));
    let face = match view.as_ref().map(|view| view.portrait_state) {
        Some(PortraitState::Shown) => Face::ToCompare,
        _ => Face::NotShown,
    };
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
            Session::OneWay(replay) => Some(replay),
            Session::Given | Session::Answered => None,
        },
        layers: shown(&rows),
        view,
        issuer: Some(issuer),
        terms: Some(terms.clone()),
        at: Some(now),
    }
}

/// A proof failed: its reason, and no element.
pub(crate) fn unproven(error: &VerifyError, terms: &Terms, now: Timestamp) -> Verdict {
    let code = error.kind();
    // What could not be checked is never called wrong.
    let state = if error.is_undetermined() { CheckState::Undetermined } else { CheckState::Fail };
    let finding = Finding::new(state, code);
    let rows = match code {
        // The device is checked last: what comes before it was proven.
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
    without_elements(&rows, headline::of_proof(code), terms, now)
}

/// The payload is no presentation at all.
pub(crate) fn not_a_code(error: &EnvelopeError, terms: &Terms, now: Timestamp) -> Verdict {
    let rows = stopped_at(Finding::fail(error.kind()));
    without_elements(&rows, Headline::NotALicence, terms, now)
}

/// The answer to a question is refused before its presentation is looked at.
pub(crate) fn refused(code: AnswerCode, terms: &Terms, now: Timestamp) -> Verdict {
    without_elements(&stopped_at(Finding::fail(code)), headline::of_answer(code), terms, now)
}

/// The document is proven, and it is no licence.
pub(crate) fn another_document(error: NotALicence, terms: &Terms, now: Timestamp) -> Verdict {
    without_elements(&stopped_at(Finding::fail(error.reason())), Headline::NotALicence, terms, now)
}

/// The way ended before anything was proven: the same rows for issuer data.
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
        facts_as_of: None,
        terms: Some(terms.clone()),
        at: Some(now),
    }
}

impl Verdict {
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
            facts_as_of: None,
            terms: None,
            at: None,
        }
    }
}

/// A proven document with its outcomes.
struct Judged<'a> {
    document: &'a IssuerVerified,
    outcomes: &'a Outcomes,
    issuer: &'a Issuer,
}

impl Judged<'_> {
    /// The five rows of a licence.
    fn rows(&self, presenter: Row, view: &LicenceView, terms: &Terms, now: Timestamp) -> [Row; 5] {
        let mut validity = vec![mso_check(self.document, true)];
        validity.extend_from_slice(self.outcomes.validity.checks());
        let (status, listed) = (self.outcomes.status.checks().to_vec(), self.outcomes.status.listed());
        let rules = policy::judge(&view.fields, view.portrait_state, listed, terms, now);
        after(vec![
            issuer_row(self.document, self.issuer),
            presenter,
            Row::new(LayerId::Validity, validity, validity_pass(self.document, &view.fields, terms.purpose)),
            Row::new(LayerId::Status, status, status_pass(Some(&view.fields), listed)),
            Row::new(LayerId::Policy, rules, policy_pass(terms.purpose)),
        ])
    }

    /// The five rows of another document.
    fn document_rows(&self, presenter: Row) -> [Row; 5] {
        let mut validity = vec![mso_check(self.document, true)];
        validity.extend_from_slice(self.outcomes.validity.checks());
        let (status, listed) = (self.outcomes.status.checks().to_vec(), self.outcomes.status.listed());
        after(vec![
            issuer_row(self.document, self.issuer),
            presenter,
            Row::new(LayerId::Validity, validity, copy_until(self.document)),
            Row::new(LayerId::Status, status, status_pass(None, listed)),
            Row::new(LayerId::Policy, Vec::new(), Summary::NotAsked),
        ])
    }
}

/// Judges issuer data: who shows it is undetermined or was not asked, and elements are let out only
/// to whoever asked for nothing but them.
pub(crate) fn judge_issuer_data(
    checked: &CheckedIssuerData,
    presenter: Presenter,
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
    let judged = Judged { document: data, outcomes: checked.outcomes(), issuer: &issuer };
    let view = (data.doc_type() == DOC_TYPE).then(|| LicenceView::from_elements(data.elements()));
    let rows = match &view {
        Some(view) => judged.rows(row, view, terms, now),
        None => judged.document_rows(row),
    };
    let fields = view.as_ref().map(|view| &view.fields);
    let (headline, subline) = headline::of(&rows, fields, terms);
    let (headline, subline) = match (headline, presenter) {
        (Headline::NonePass, _) => (Headline::NoneIssuerOnly, subline),
        (headline, Presenter::NotAsked) if colour(&rows) == Colour::Green => {
            (headline, Some(Headline::NoneIssuerOnly.into()))
        }
        (headline, _) => (headline, subline),
    };
    let subline = named(subline, data);
    let notes = notes(&rows, Some(&issuer)).into_iter().filter(|note| *note != Note::Relay);
    let mut notes: Vec<Message> = notes.map(Message::from).collect();
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

/// Under *none*, another document than a licence says what it is.
fn named(subline: Option<Message>, document: &IssuerVerified) -> Option<Message> {
    if document.doc_type() == DOC_TYPE || subline.is_some() {
        return subline;
    }
    Some(Subline::OtherDocument { document: ShownText::new(document.doc_type(), ISO_TEXT_MAX) }.into())
}

fn colour(rows: &[Row; 5]) -> Colour {
    Colour::of(rows.iter().map(Row::state))
}

fn copy_until(document: &IssuerVerified) -> Summary {
    Summary::ValidityCopy { date: shanghai_day(document.mso().validity_info.valid_until) }
}

/// Without freshness nothing of the licence is judged: even its status is a fact about its holder.
fn unfresh_rows(presentation: &VerifiedPresentation, session: Session, issuer: &Issuer) -> [Row; 5] {
    let clock_is_right = !matches!(
        presentation.freshness().reason().map(|reason| reason.kind()),
        Some(OutcomeCode::ClockAhead | OutcomeCode::ClockFloor)
    );
    let issued = presentation.issued();
    let mso = mso_check(issued, clock_is_right);
    after(vec![
        issuer_row(issued, issuer),
        presenter_row(presentation, session),
        Row::new(LayerId::Validity, vec![mso], copy_until(issued)),
    ])
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

/// Who signed, and by whose word that is known here; in doubt where only old lists give it.
fn issuer_row(document: &IssuerVerified, issuer: &Issuer) -> Row {
    let label = || issuer.label.clone();
    let vouched = match document.issuer().list_age {
        Outcome::Pass => {
            Finding::pass(Reason::IssuerTrusted { issuer: label(), lists: issuer.lists.clone() })
        }
        Outcome::Fail(reason) | Outcome::Undetermined(reason) => Finding::undetermined(reason),
    };
    // a revoked certificate never comes as far as this
    let not_revoked = document.ds_revocation().map(|outcome| match outcome {
        Outcome::Pass => Finding::pass(Reason::IssuerNotRevoked),
        Outcome::Fail(reason) | Outcome::Undetermined(reason) => Finding::undetermined(*reason),
    });
    let mut findings = vec![vouched];
    findings.extend(not_revoked);
    findings.push(Finding::pass(Reason::IssuerSigned));
    findings.push(Finding::pass(Reason::DigestsMatch));
    Row::new(LayerId::Issuer, findings, Summary::IssuerPass { issuer: label() })
}

fn presenter_row(presentation: &VerifiedPresentation, session: Session) -> Row {
    let freshness = match presentation.freshness() {
        Outcome::Pass => match session {
            Session::OneWay(_) => Finding::pass(Reason::Fresh),
            // Only the one-way profile signs a time; another session is fresh by the word of whoever held it.
            Session::Given => Finding::not_asked(Reason::FreshBySession),
            Session::Answered => Finding::pass(Reason::FreshByAnswer),
        },
        Outcome::Fail(reason) => Finding::fail(*reason),
        Outcome::Undetermined(reason) => Finding::undetermined(*reason),
    };
    let findings = vec![Finding::pass(Reason::DeviceSigned), freshness];
    let pass = match session {
        Session::OneWay(_) => Summary::PresenterPass,
        Session::Given => Summary::PresenterSession,
        Session::Answered => Summary::PresenterAnswer,
    };
    Row::new(LayerId::Presenter, findings, pass)
}

/// The life of the signed copy. A clock that is wrong cannot say that it has not begun.
fn mso_check(document: &IssuerVerified, clock_is_right: bool) -> Finding {
    match document.mso_validity() {
        Outcome::Pass => {
            let date = shanghai_day(document.mso().validity_info.valid_until);
            Finding::pass(Reason::MsoCurrent { date })
        }
        Outcome::Fail(reason) => {
            let doubtful = !clock_is_right && reason.kind() == OutcomeCode::MsoNotYet;
            if doubtful { Finding::undetermined(*reason) } else { Finding::fail(*reason) }
        }
        Outcome::Undetermined(reason) => Finding::undetermined(*reason),
    }
}

fn validity_pass(document: &IssuerVerified, fields: &LicenceFields, purpose: Purpose) -> Summary {
    match (purpose, validity::end(fields)) {
        (Purpose::AgeOnly, _) | (_, End::Unknown) => copy_until(document),
        (_, End::LongTerm) => Summary::ValidityLongTerm,
        (_, End::On(date)) => Summary::ValidityPass { date },
    }
}

fn status_pass(fields: Option<&LicenceFields>, listed: Listed) -> Summary {
    match (listed, fields.and_then(|fields| fields.status.as_ref())) {
        (Listed::Decided { status, as_of }, Some(signed)) if policy::letters_agree(status, signed) => {
            Summary::StatusListed { letters: signed.letters.clone(), moment: as_of }
        }
        (Listed::Decided { as_of, .. }, _) => Summary::StatusList { moment: as_of },
        (_, Some(status)) => Summary::StatusPass { letters: status.letters.clone(), moment: status.as_of },
        (_, None) => Summary::NotAsked,
    }
}

/// The moment of the status that was judged.
fn status_as_of(fields: &LicenceFields, listed: Listed) -> Option<Timestamp> {
    match listed {
        Listed::Decided { as_of, .. } => Some(as_of),
        Listed::NotNamed | Listed::Unknown => Some(fields.status.as_ref()?.as_of),
    }
}

fn policy_pass(purpose: Purpose) -> Summary {
    match purpose {
        Purpose::Roadside => Summary::RoadsidePass,
        Purpose::Rental => Summary::RentalPass,
        Purpose::Insurance => Summary::InsurancePass,
        Purpose::AgeOnly => Summary::AgeOnlyPass,
        Purpose::None => Summary::NotAsked,
    }
}

/// The way ended at its first step.
fn stopped_at(finding: Finding) -> [Row; 5] {
    after(vec![Row::ended(LayerId::Issuer, finding)])
}

/// Whether the cause is right or wrong only as this device's clock is.
fn is_by_the_clock(cause: &Cause) -> bool {
    match cause {
        Cause::Own(reason) => matches!(reason, Reason::LicenceExpired { .. }),
        Cause::Proof(code) => {
            matches!(code, VerifyCode::Trust(TrustCode::DsExpired | TrustCode::IacaExpired))
        }
        Cause::Outcome(reason) => {
            matches!(reason.kind(), OutcomeCode::Stale | OutcomeCode::MsoExpired | OutcomeCode::MsoNotYet)
        }
        Cause::Envelope(_) | Cause::StatusList(_) | Cause::Answer(_) => false,
    }
}

/// Whether a revocation list of the authority was asked.
fn was_revocation_asked(cause: &Cause) -> bool {
    match cause {
        Cause::Own(reason) => reason.kind() == ReasonCode::IssuerNotRevoked,
        Cause::Outcome(reason) => {
            matches!(reason.kind(), OutcomeCode::DsRevocationOld | OutcomeCode::DsRevocationAhead)
        }
        Cause::Proof(_) | Cause::Envelope(_) | Cause::StatusList(_) | Cause::Answer(_) => false,
    }
}

fn notes(rows: &[Row; 5], issuer: Option<&Issuer>) -> Vec<Note> {
    let findings = || rows.iter().flat_map(|row| &row.findings);
    let mut notes = Vec::new();
    if issuer.is_some_and(|issuer| is_demo_anchor(&issuer.anchor_spki_sha256)) {
        notes.push(Note::Demo);
    }
    if findings().any(|finding| finding.state == CheckState::Fail && is_by_the_clock(&finding.cause)) {
        notes.push(Note::ClockRight);
    }
    notes.push(Note::Relay);
    if issuer.is_some() && !findings().any(|finding| was_revocation_asked(&finding.cause)) {
        notes.push(Note::NoRevocationList);
    }
    notes
}

/// What the holder's device says that it did not return, and that the issuer announced a newer copy: said, never hidden.
fn reported(presentation: &VerifiedPresentation, now: Timestamp) -> Vec<Message> {
    let count = |count: usize| Some(i64::try_from(count).unwrap_or(i64::MAX)).filter(|count| *count > 0);
    let due = presentation.issued().mso().validity_info.expected_update_passed(now);
    let documents =
        count(presentation.document_errors().len()).map(|count| Note::DocumentsNotReturned { count });
    let elements =
        count(presentation.element_errors().len()).map(|count| Note::ElementsNotReturned { count });
    let update = due.then_some(Note::UpdateDue);
    [documents, elements, update].into_iter().flatten().map(Message::from).collect()
}
