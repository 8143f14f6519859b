//! The five rows of a verdict, from the proofs and the outcomes.

use cbor::Timestamp;
use licence::elements::{DOMESTIC_ELEMENTS, ISO_ELEMENTS};
use licence::validity::{self, End};
use licence::{Facts, LicenceView, shanghai_day};
use mdoc::{IssuerVerified, Outcome, OutcomeCode, VerifiedPresentation};

use crate::check::{CheckState, Finding};
use crate::checked::Outcomes;
use crate::layer::LayerId;
use crate::message::Element;
use crate::policy::{self, Listed, SignedPurpose};
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;
use crate::row::{Row, after};
use crate::verdict::{Issuer, Replay};
use crate::words::Summary;

/// Why a presentation counts as made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Session {
    /// Its holder signed the time, in the one-way profile, and perhaps a purpose.
    OneWay(Replay, SignedPurpose),
    /// The caller that gave the transcript says so.
    Given,
    /// It is the first answer to a question that this program made.
    Answered,
}

/// A proven document with its outcomes.
pub(super) struct Judged<'a> {
    pub(super) document: &'a IssuerVerified,
    pub(super) outcomes: &'a Outcomes,
    pub(super) issuer: &'a Issuer,
    pub(super) session: Session,
}

impl Judged<'_> {
    /// Returns the five rows of a licence.
    pub(super) fn rows(&self, presenter: Row, view: &LicenceView, terms: &Terms, now: Timestamp) -> [Row; 5] {
        let mut validity = vec![mso_check(self.document, true)];
        validity.extend_from_slice(self.outcomes.validity.checks());
        let (status, listed) = (self.outcomes.status.checks().to_vec(), self.outcomes.status.listed());
        let rules = match self.session {
            Session::OneWay(_, signed) if policy::is_still_answer(signed, view, terms.purpose) => {
                policy::judge_still_answer(view, listed, terms, now)
            }
            _ => policy::judge(&view.fields, view.portrait_state, listed, terms, now),
        };
        after(vec![
            issuer_row(self.document, self.issuer, Some(view)),
            presenter,
            Row::new(LayerId::Validity, validity, validity_pass(self.document, &view.fields, terms.purpose)),
            Row::new(LayerId::Status, status, status_pass(Some(&view.fields), listed)),
            Row::new(LayerId::Policy, rules, policy_pass(terms)),
        ])
    }

    /// Returns the five rows of another document.
    pub(super) fn document_rows(&self, presenter: Row) -> [Row; 5] {
        let mut validity = vec![mso_check(self.document, true)];
        validity.extend_from_slice(self.outcomes.validity.checks());
        let (status, listed) = (self.outcomes.status.checks().to_vec(), self.outcomes.status.listed());
        after(vec![
            issuer_row(self.document, self.issuer, None),
            presenter,
            Row::new(LayerId::Validity, validity, copy_until(self.document)),
            Row::new(LayerId::Status, status, status_pass(None, listed)),
            Row::new(LayerId::Policy, Vec::new(), Summary::NotAsked),
        ])
    }
}

/// Returns how the document departs from the standard; it is read all the same, and a strict verification leaves it
/// undetermined.
fn departures(document: &IssuerVerified, view: Option<&LicenceView>) -> Vec<Finding> {
    let mso = document.mso();
    let found = |reason| match document.is_strict() {
        true => Finding::undetermined(reason),
        false => Finding::not_asked(reason),
    };
    let mut departures = Vec::new();
    if mso.untidy_time().is_some() {
        departures.push(Finding::not_asked(Reason::MsoTimeUntidy));
    }
    if mso.validity_info.valid_from < mso.validity_info.signed {
        departures.push(Finding::not_asked(Reason::SignedAfterStart));
    }
    let Some(view) = view else {
        return departures;
    };
    let all = ISO_ELEMENTS.iter().chain(&DOMESTIC_ELEMENTS);
    let known = |id: &String| all.clone().copied().find(|known| known == id);
    let times = view.fields.untidy_times.iter().filter_map(known);
    departures.extend(
        times.map(|id| found(Reason::ElementTimeUntidy { element: Element(view.fields.profile, id) })),
    );
    let trailing = view.portrait.as_ref().map_or(0, |portrait| portrait.info.trailing);
    if trailing > 0 {
        let count = i64::try_from(trailing).unwrap_or(i64::MAX);
        departures.push(found(Reason::PortraitPadded { count }));
    }
    departures
}

fn copy_until(document: &IssuerVerified) -> Summary {
    Summary::ValidityCopy { date: shanghai_day(document.mso().validity_info.valid_until) }
}

/// Returns the rows of a presentation that is not fresh: nothing of the licence is judged, not even its status.
pub(super) fn unfresh_rows(
    presentation: &VerifiedPresentation,
    session: Session,
    issuer: &Issuer,
) -> [Row; 5] {
    let clock_is_right = !matches!(
        presentation.freshness().reason().map(|reason| reason.kind()),
        Some(OutcomeCode::ClockAhead | OutcomeCode::ClockFloor)
    );
    let issued = presentation.issued();
    let mso = mso_check(issued, clock_is_right);
    after(vec![
        issuer_row(issued, issuer, None),
        presenter_row(presentation, session),
        Row::new(LayerId::Validity, vec![mso], copy_until(issued)),
    ])
}

/// Returns the row of the issuer; undetermined if only lists that are out of date vouch for it.
fn issuer_row(document: &IssuerVerified, issuer: &Issuer, view: Option<&LicenceView>) -> Row {
    let label = || issuer.label.clone();
    let vouched = match document.issuer().list_age {
        Outcome::Pass => {
            Finding::pass(Reason::IssuerTrusted { issuer: label(), lists: issuer.lists.clone() })
        }
        Outcome::Fail(reason) | Outcome::Undetermined(reason) => Finding::undetermined(reason),
    };
    // A revoked certificate failed before.
    let not_revoked = document.ds_revocation().map(|outcome| match outcome {
        Outcome::Pass => Finding::pass(Reason::IssuerNotRevoked),
        Outcome::Fail(reason) | Outcome::Undetermined(reason) => Finding::undetermined(*reason),
    });
    let mut findings = vec![vouched];
    findings.extend(not_revoked);
    findings.push(Finding::pass(Reason::IssuerSigned));
    findings.push(Finding::pass(Reason::DigestsMatch));
    let (deviations, departures) = (document.deviations(), departures(document, view));
    let count = i64::try_from(deviations.len() + departures.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Row::new(LayerId::Issuer, findings, Summary::IssuerPass { issuer: label() });
    }
    findings.push(Finding::not_asked(Reason::Deviations { count }));
    findings.extend(deviations.into_iter().map(|deviation| {
        let state = if deviation.is_doubt() { CheckState::Undetermined } else { CheckState::NotAsked };
        Finding::new(state, deviation)
    }));
    findings.extend(departures);
    Row::new(LayerId::Issuer, findings, Summary::IssuerDeviations { issuer: label(), count })
}

pub(super) fn presenter_row(presentation: &VerifiedPresentation, session: Session) -> Row {
    let freshness = match presentation.freshness() {
        Outcome::Pass => match session {
            Session::OneWay(..) => Finding::pass(Reason::Fresh),
            // Only the one-way profile signs a time; other sessions are fresh if the caller says so.
            Session::Given => Finding::not_asked(Reason::FreshBySession),
            Session::Answered => Finding::pass(Reason::FreshByAnswer),
        },
        Outcome::Fail(reason) => Finding::fail(*reason),
        Outcome::Undetermined(reason) => Finding::undetermined(*reason),
    };
    let findings = vec![Finding::pass(Reason::DeviceSigned), freshness];
    let pass = match session {
        Session::OneWay(..) => Summary::PresenterPass,
        Session::Given => Summary::PresenterSession,
        Session::Answered => Summary::PresenterAnswer,
    };
    Row::new(LayerId::Presenter, findings, pass)
}

/// Returns the check of the MSO's validity. With a wrong clock, "not yet valid" is undetermined.
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

fn validity_pass(document: &IssuerVerified, fields: &Facts, purpose: Purpose) -> Summary {
    match (purpose, validity::end(fields)) {
        (Purpose::AgeOnly, _) | (_, End::Unknown) => copy_until(document),
        (_, End::LongTerm) => Summary::ValidityLongTerm,
        (_, End::On(date)) => Summary::ValidityPass { date },
    }
}

fn status_pass(fields: Option<&Facts>, listed: Listed) -> Summary {
    match (listed, fields.and_then(|fields| fields.status.as_ref())) {
        (Listed::Decided { status, as_of }, Some(signed)) if policy::letters_agree(status, signed) => {
            Summary::StatusListed { letters: signed.letters.clone(), moment: as_of }
        }
        (Listed::Decided { as_of, .. }, _) => Summary::StatusList { moment: as_of },
        (_, Some(status)) => Summary::StatusPass { letters: status.letters.clone(), moment: status.as_of },
        (_, None) => Summary::NotAsked,
    }
}

fn policy_pass(terms: &Terms) -> Summary {
    match terms.purpose {
        Purpose::Roadside => match terms.vehicle {
            Some(vehicle) => Summary::RoadsidePass { vehicle },
            None => Summary::RoadsideOpen,
        },
        Purpose::Rental => Summary::RentalPass,
        Purpose::Insurance => Summary::InsurancePass,
        Purpose::AgeOnly => Summary::AgeOnlyPass,
        Purpose::Freight => Summary::FreightPass,
        Purpose::Passenger => Summary::PassengerPass,
        Purpose::Counter => Summary::CounterPass,
        Purpose::None => Summary::NotAsked,
    }
}

/// Returns the rows of a verification that ended at its first step.
pub(super) fn stopped_at(finding: Finding) -> [Row; 5] {
    after(vec![Row::ended(LayerId::Issuer, finding)])
}
