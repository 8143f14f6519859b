//! From a checked licence, or from the failure on the way to it, to the five layers.

use cbor::CodeInfo;
use cbor::Timestamp;
use envelope::EnvelopeError;
use mdoc::Outcome;
use mdoc::VerifiedPresentation;
use mdoc::VerifyError;

use crate::check::{Check, State};
use crate::checked::{CheckedIssuerData, CheckedLicence, NotALicence, Outcomes};
use crate::codes::{LayerId, layer_of_step};
use crate::demo_anchor::is_demo_anchor;
use crate::headline;
use crate::message::{Arg, Message};
use crate::policy::{self, Listed};
use crate::purpose::{Purpose, Terms};
use crate::verdict::{Colour, Face, Issuer, IssuerVerdict, Layer, Presenter, Replay, Verdict};
use licence::calendar::shanghai_day;
use licence::elements::{DOC_TYPE, LicenceFields};
use licence::text::{ISO_TEXT_MAX, ShownText};
use licence::validity::{self, End};
use licence::view::{LicenceView, PortraitState};
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
    let presentation = licence.presentation();
    let issued = presentation.issued();
    let issuer = issuer(issued);
    let view = licence.view();
    let layers = match &view {
        Some(view) => {
            let presenter = presenter_layer(presentation, session);
            let judged = Judged { document: issued, outcomes: licence.outcomes(), issuer: &issuer };
            judged.layers(presenter, view, terms, now)
        }
        // Another document, as *none* allows: its own proofs and its own validity.
        None if presentation.freshness().is_pass() => {
            let judged = Judged { document: issued, outcomes: licence.outcomes(), issuer: &issuer };
            judged.document_layers(presenter_layer(presentation, session))
        }
        None => unfresh_layers(presentation, session, &issuer),
    };
    let fields = view.as_ref().map(|view| &view.fields);
    let (headline, subline) = headline::of(&layers, fields, terms);
    let (headline, subline) = named(headline, subline, issued);
    let mut notes = notes(&layers, Some(&issuer));
    notes.extend(reported(presentation, now));
    let face = match view.as_ref().map(|view| view.portrait_state) {
        Some(PortraitState::Shown) => Face::ToCompare,
        _ => Face::NotShown,
    };
    if face == Face::ToCompare {
        notes.push(Message::plain("note.compare-portrait"));
    }
    if let Some(fields) = fields {
        notes.extend(policy::notes(fields, terms.purpose));
    }
    Verdict {
        colour: Colour::of(layers.iter().map(|layer| layer.state)),
        headline,
        subline,
        face,
        notes,
        demo: is_demo_anchor(&issuer.anchor_spki_sha256),
        facts_as_of: fields.and_then(|fields| status_as_of(fields, licence.outcomes().status.listed())),
        replay: match session {
            Session::OneWay(replay) => Some(replay),
            Session::Given | Session::Answered => None,
        },
        layers,
        view,
        issuer: Some(issuer),
        terms: Some(terms.clone()),
        at: Some(now),
    }
}

/// A proof failed: its reason, and no element.
pub(crate) fn unproven(error: &VerifyError, terms: &Terms, now: Timestamp) -> Verdict {
    // What could not be checked is never called wrong.
    let state = if error.is_undetermined() { State::Undetermined } else { State::Fail };
    let check = Check::foreign(state, error.code(), error.clause(), None);
    let layers = if layer_of_step(error.step()) == LayerId::Presenter {
        // The device is checked last: what comes before it was proven.
        let proven =
            [Check::new(State::Pass, "issuer-signed", []), Check::new(State::Pass, "digests-match", [])];
        let issuer = layer(LayerId::Issuer, proven.into(), Message::plain("summary.issuer.signed"));
        after(vec![issuer, failed(LayerId::Presenter, vec![check])])
    } else {
        stopped_at(check)
    };
    without_elements(layers, headline::of_code(error.code()), terms, now)
}

/// The payload is no presentation at all.
pub(crate) fn not_a_code(error: &EnvelopeError, terms: &Terms, now: Timestamp) -> Verdict {
    let layers = stopped_at(Check::foreign(State::Fail, error.code(), error.clause(), None));
    without_elements(layers, "headline.not-a-licence", terms, now)
}

/// The answer to a question is refused before its presentation is looked at.
pub(crate) fn refused(reason: CodeInfo, terms: &Terms, now: Timestamp) -> Verdict {
    let layers = stopped_at(Check::foreign(State::Fail, reason.code, reason.clause, None));
    without_elements(layers, headline::of_code(reason.code), terms, now)
}

/// The document is proven, and it is no licence.
pub(crate) fn another_document(error: NotALicence, terms: &Terms, now: Timestamp) -> Verdict {
    let layers = stopped_at(Check::new(State::Fail, error.code(), []));
    without_elements(layers, "headline.not-a-licence", terms, now)
}

/// The way ended before anything was proven: the same rows for issuer data.
pub(crate) fn without_issuer_data(verdict: Verdict, now: Timestamp) -> IssuerVerdict {
    let mut notes = verdict.notes;
    notes.retain(|note| note.code != "note.relay");
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

fn without_elements(layers: [Layer; 5], headline: &'static str, terms: &Terms, now: Timestamp) -> Verdict {
    Verdict {
        colour: Colour::of(layers.iter().map(|layer| layer.state)),
        headline: Message::plain(headline),
        subline: None,
        notes: notes(&layers, None),
        layers,
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
        let check = Check::new(State::Undetermined, "interrupted", []);
        let layers = stopped_at(check);
        Verdict {
            colour: Colour::of(layers.iter().map(|layer| layer.state)),
            headline: Message::plain("headline.interrupted"),
            subline: None,
            layers,
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
    fn layers(&self, presenter: Layer, view: &LicenceView, terms: &Terms, now: Timestamp) -> [Layer; 5] {
        let mut validity = vec![mso_check(self.document, true)];
        validity.extend_from_slice(self.outcomes.validity.checks());
        let (status, listed) = (self.outcomes.status.checks().to_vec(), self.outcomes.status.listed());
        let rules = policy::judge(&view.fields, view.portrait_state, listed, terms, now);
        after(vec![
            issuer_layer(self.document, self.issuer),
            presenter,
            layer(LayerId::Validity, validity, validity_pass(self.document, &view.fields, terms.purpose)),
            layer(LayerId::Status, status, status_pass(Some(&view.fields), listed)),
            layer(LayerId::Policy, rules, Message::plain(policy_pass(terms.purpose))),
        ])
    }

    /// The five rows of another document.
    fn document_layers(&self, presenter: Layer) -> [Layer; 5] {
        let mut validity = vec![mso_check(self.document, true)];
        validity.extend_from_slice(self.outcomes.validity.checks());
        let (status, listed) = (self.outcomes.status.checks().to_vec(), self.outcomes.status.listed());
        after(vec![
            issuer_layer(self.document, self.issuer),
            presenter,
            layer(LayerId::Validity, validity, copy_until(self.document)),
            layer(LayerId::Status, status, status_pass(None, listed)),
            layer(LayerId::Policy, Vec::new(), Message::plain("summary.not-asked")),
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
    let data = checked.data();
    let issuer = issuer(data);
    let row = match presenter {
        Presenter::NotAsked => Check::new(State::NotAsked, "device-not-asked", []),
        Presenter::Undetermined => Check::new(State::Undetermined, "device-unchecked", []),
    };
    let row = layer(LayerId::Presenter, vec![row], Message::plain("summary.not-asked"));
    let judged = Judged { document: data, outcomes: checked.outcomes(), issuer: &issuer };
    let view = (data.doc_type() == DOC_TYPE).then(|| LicenceView::from_elements(data.elements()));
    let layers = match &view {
        Some(view) => judged.layers(row, view, terms, now),
        None => judged.document_layers(row),
    };
    let fields = view.as_ref().map(|view| &view.fields);
    let (headline, subline) = headline::of(&layers, fields, terms);
    let (headline, subline) = match (headline.code.as_ref(), presenter) {
        ("headline.none.pass", _) => (Message::plain("headline.none.issuer-only"), subline),
        (_, Presenter::NotAsked) if Colour::of(layers.iter().map(|layer| layer.state)) == Colour::Green => {
            (headline, Some(Message::plain("headline.none.issuer-only")))
        }
        _ => (headline, subline),
    };
    let (headline, subline) = named(headline, subline, data);
    let mut notes = notes(&layers, Some(&issuer));
    notes.retain(|note| note.code != "note.relay");
    if let Some(fields) = fields {
        notes.extend(policy::notes(fields, terms.purpose));
    }
    IssuerVerdict {
        colour: Colour::of(layers.iter().map(|layer| layer.state)),
        headline,
        subline,
        demo: is_demo_anchor(&issuer.anchor_spki_sha256),
        notes,
        layers,
        issuer: Some(issuer),
        view: view.filter(|_| presenter == Presenter::NotAsked),
        at: now,
    }
}

/// Under *none*, another document than a licence says what it is.
fn named(
    headline: Message,
    subline: Option<Message>,
    document: &IssuerVerified,
) -> (Message, Option<Message>) {
    if document.doc_type() == DOC_TYPE || subline.is_some() {
        return (headline, subline);
    }
    let kind = Arg::Text(ShownText::new(document.doc_type(), ISO_TEXT_MAX));
    (headline, Some(Message::new("subline.other-document", [("type", kind)])))
}

fn copy_until(document: &IssuerVerified) -> Message {
    let until = shanghai_day(document.mso().validity_info.valid_until);
    Message::new("summary.validity.copy", [("date", Arg::Date(until))])
}

/// Without freshness nothing of the licence is judged: even its status is a fact about its holder.
fn unfresh_layers(presentation: &VerifiedPresentation, session: Session, issuer: &Issuer) -> [Layer; 5] {
    let clock_is_right = !matches!(
        presentation.freshness().reason().map(|reason| reason.code()),
        Some("clock-ahead" | "clock-floor")
    );
    let issued = presentation.issued();
    let mso = mso_check(issued, clock_is_right);
    after(vec![
        issuer_layer(issued, issuer),
        presenter_layer(presentation, session),
        layer(LayerId::Validity, vec![mso], copy_until(issued)),
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
fn issuer_layer(document: &IssuerVerified, issuer: &Issuer) -> Layer {
    let label = || ("issuer", Arg::Text(issuer.label.clone()));
    let lists = ("lists", Arg::List(issuer.lists.clone()));
    let vouched = match document.issuer().list_age {
        Outcome::Pass => Check::new(State::Pass, "issuer-trusted", [label(), lists]),
        Outcome::Fail(reason) | Outcome::Undetermined(reason) => {
            Check::foreign(State::Undetermined, reason.code(), reason.clause(), None)
        }
    };
    // a revoked certificate never comes as far as this
    let not_revoked = document.ds_revocation().map(|outcome| match outcome {
        Outcome::Pass => Check::new(State::Pass, "issuer-not-revoked", []),
        Outcome::Fail(reason) | Outcome::Undetermined(reason) => {
            Check::foreign(State::Undetermined, reason.code(), reason.clause(), reason.seconds())
        }
    });
    let mut checks = vec![vouched];
    checks.extend(not_revoked);
    checks.push(Check::new(State::Pass, "issuer-signed", []));
    checks.push(Check::new(State::Pass, "digests-match", []));
    layer(LayerId::Issuer, checks, Message::new("summary.issuer.pass", [label()]))
}

fn presenter_layer(presentation: &VerifiedPresentation, session: Session) -> Layer {
    let freshness = match presentation.freshness() {
        Outcome::Pass => match session {
            Session::OneWay(_) => Check::new(State::Pass, "fresh", []),
            // Only the one-way profile signs a time; another session is fresh by the word of whoever held it.
            Session::Given => Check::new(State::NotAsked, "fresh-by-session", []),
            Session::Answered => Check::new(State::Pass, "fresh-by-answer", []),
        },
        Outcome::Fail(reason) => {
            Check::foreign(State::Fail, reason.code(), reason.clause(), reason.seconds())
        }
        Outcome::Undetermined(reason) => {
            Check::foreign(State::Undetermined, reason.code(), reason.clause(), reason.seconds())
        }
    };
    let checks = vec![Check::new(State::Pass, "device-signed", []), freshness];
    let pass = match session {
        Session::OneWay(_) => "summary.presenter.pass",
        Session::Given => "summary.presenter.session",
        Session::Answered => "summary.presenter.answer",
    };
    layer(LayerId::Presenter, checks, Message::plain(pass))
}

/// The life of the signed copy. A clock that is wrong cannot say that it has not begun.
fn mso_check(document: &IssuerVerified, clock_is_right: bool) -> Check {
    match document.mso_validity() {
        Outcome::Pass => {
            let until = shanghai_day(document.mso().validity_info.valid_until);
            Check::new(State::Pass, "mso-current", [("date", Arg::Date(until))])
        }
        Outcome::Fail(reason) => {
            let doubtful = !clock_is_right && reason.code() == "mso-not-yet";
            let state = if doubtful { State::Undetermined } else { State::Fail };
            Check::foreign(state, reason.code(), reason.clause(), reason.seconds())
        }
        Outcome::Undetermined(reason) => {
            Check::foreign(State::Undetermined, reason.code(), reason.clause(), reason.seconds())
        }
    }
}

fn validity_pass(document: &IssuerVerified, fields: &LicenceFields, purpose: Purpose) -> Message {
    match (purpose, validity::end(fields)) {
        (Purpose::AgeOnly, _) | (_, End::Unknown) => copy_until(document),
        (_, End::LongTerm) => Message::plain("summary.validity.long-term"),
        (_, End::On(date)) => Message::new("summary.validity.pass", [("date", Arg::Date(date))]),
    }
}

fn status_pass(fields: Option<&LicenceFields>, listed: Listed) -> Message {
    match (listed, fields.and_then(|fields| fields.status.as_ref())) {
        (Listed::Decided { status, as_of }, Some(signed)) if policy::letters_agree(status, signed) => {
            let letters = ("letters", Arg::Letters(signed.letters.text()));
            Message::new("summary.status.listed", [letters, ("moment", Arg::Moment(as_of))])
        }
        (Listed::Decided { as_of, .. }, _) => {
            Message::new("summary.status.list", [("moment", Arg::Moment(as_of))])
        }
        (_, Some(status)) => Message::new(
            "summary.status.pass",
            [("letters", Arg::Letters(status.letters.text())), ("moment", Arg::Moment(status.as_of))],
        ),
        (_, None) => Message::plain("summary.not-asked"),
    }
}

/// The moment of the status that was judged.
fn status_as_of(fields: &LicenceFields, listed: Listed) -> Option<Timestamp> {
    match listed {
        Listed::Decided { as_of, .. } => Some(as_of),
        Listed::NotNamed | Listed::Unknown => Some(fields.status.as_ref()?.as_of),
    }
}

fn policy_pass(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Roadside => "summary.roadside.pass",
        Purpose::Rental => "summary.rental.pass",
        Purpose::Insurance => "summary.insurance.pass",
        Purpose::AgeOnly => "summary.age-only.pass",
        Purpose::None => "summary.not-asked",
    }
}

/// A row: its state from its checks, its sentence from the check that decides.
fn layer(id: LayerId, mut checks: Vec<Check>, pass: Message) -> Layer {
    if checks.is_empty() {
        checks.push(Check::new(State::NotAsked, "not-asked", []));
    }
    let state = State::worst(checks.iter().map(|check| check.state));
    let deciding = checks.iter().find(|check| check.state == state);
    let summary = match (state, deciding) {
        (State::Pass, _) => pass,
        (State::NotAsked, _) | (_, None) => Message::plain("summary.not-asked"),
        (_, Some(check)) => check.message.clone(),
    };
    Layer { id, state, summary, checks }
}

fn failed(id: LayerId, checks: Vec<Check>) -> Layer {
    layer(id, checks, Message::plain("summary.not-reached"))
}

/// The way ended at its first step.
pub(crate) fn stopped_at(check: Check) -> [Layer; 5] {
    after(vec![failed(LayerId::Issuer, vec![check])])
}

/// The rows that were reached, then the others as not reached.
fn after(reached: Vec<Layer>) -> [Layer; 5] {
    let mut reached = reached.into_iter();
    LayerId::ALL.map(|id| match reached.next() {
        Some(layer) => layer,
        None => Layer {
            id,
            state: State::NotAsked,
            summary: Message::plain("summary.not-reached"),
            checks: vec![Check::new(State::NotAsked, "not-reached", [])],
        },
    })
}

/// Codes that are right or wrong only as this device's clock is.
const BY_THE_CLOCK: [&str; 6] =
    ["stale", "mso-expired", "mso-not-yet", "licence-expired", "ds-expired", "iaca-expired"];

fn notes(layers: &[Layer; 5], issuer: Option<&Issuer>) -> Vec<Message> {
    let mut notes = Vec::new();
    if issuer.is_some_and(|issuer| is_demo_anchor(&issuer.anchor_spki_sha256)) {
        notes.push(Message::plain("note.demo"));
    }
    let by_the_clock =
        |check: &Check| check.state == State::Fail && BY_THE_CLOCK.contains(&check.code.as_ref());
    if layers.iter().flat_map(|layer| &layer.checks).any(by_the_clock) {
        notes.push(Message::plain("note.clock-right"));
    }
    notes.push(Message::plain("note.relay"));
    let listed =
        |check: &Check| check.code == "issuer-not-revoked" || check.code.starts_with("ds-revocation-");
    if issuer.is_some() && !layers.iter().flat_map(|layer| &layer.checks).any(listed) {
        notes.push(Message::plain("note.no-revocation-list"));
    }
    notes
}

/// What the holder's device says that it did not return, and that the issuer announced a newer copy: said, never hidden.
fn reported(presentation: &VerifiedPresentation, now: Timestamp) -> Vec<Message> {
    let count = |name, count: usize| {
        let number = i64::try_from(count).unwrap_or(i64::MAX);
        (count > 0).then(|| Message::new(name, [("count", Arg::Number(number))]))
    };
    let due = presentation.issued().mso().validity_info.expected_update_passed(now);
    let documents = count("note.documents-not-returned", presentation.document_errors().len());
    let elements = count("note.elements-not-returned", presentation.element_errors().len());
    let update = due.then(|| Message::plain("note.update-due"));
    [documents, elements, update].into_iter().flatten().collect()
}
