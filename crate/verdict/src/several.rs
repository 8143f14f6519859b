//! An answer with several documents: which one is judged, and what is said of the others.
//!
//! The documents are judged one by one, and no fact passes from one to another. Of a document that is not judged a verdict
//! says its type, its issuer, and whether it is valid, and nothing else.

use cbor::Date;
use licence::{DOC_TYPE, DocumentKind, Facts, ISO_TEXT_MAX, ShownText, shanghai_day};
use mdoc::{IssuerVerified, Outcome, UnknownDocument, VerifiedAnswer, VerifyError};

use crate::check::{CheckState, Finding};
use crate::checked::{Checked, NotALicence, Outcomes, check_proven, facts};
use crate::context::VerifierContext;
use crate::layer::LayerId;
use crate::message::{DocumentName, Message};
use crate::policy;
use crate::proven::Proven;
use crate::purpose::{Purpose, Terms};
use crate::reason::Reason;
use crate::verdict::Layer;
use crate::words::Note;

/// What the other documents of an answer add to the verdict on one of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    /// Findings of layer 1.
    pub(crate) findings: Vec<Finding>,
    /// Findings of layer 5.
    pub(crate) rules: Vec<Finding>,
    pub(crate) notes: Vec<Message>,
}

/// What is judged of an answer.
pub(crate) enum Choice<P> {
    /// The documents that answer the purpose, at least one; the first is the one that it is about. Only *age only* and *none*
    /// have further ones.
    Documents(Vec<(Checked<P>, Beside)>),
    /// Two documents of one type answer the purpose.
    Several,
    /// No document answers the purpose.
    NotALicence(NotALicence),
    /// The issuer of the only licence is unknown.
    Unknown(VerifyError),
}

/// Chooses the documents of an answer that answer the purpose.
pub(crate) fn choose<P: Proven>(answer: VerifiedAnswer<P>, context: &VerifierContext<'_>) -> Choice<P> {
    let &VerifierContext { now, status_lists, terms, .. } = context;
    let unknown = answer.unknown().to_vec();
    let other_proofs = answer.has_other_proofs();
    let verified = answer.into_verified();
    // Nothing is said of the only document.
    let is_remarked = verified.len() > 1;
    let mut remarks: Vec<Message> = Vec::new();
    let mut answering: Vec<(usize, Checked<P>)> = Vec::new();
    let mut refusal = NotALicence::AnotherDocument;
    for (index, document) in verified.into_iter().enumerate() {
        let facts = Facts::of(document.issued());
        if is_remarked {
            remarks.push(remark(document.issued(), facts.as_ref(), context).into());
        }
        match check_proven(document, facts, status_lists, terms, now) {
            Ok(checked) => answering.push((index, checked)),
            Err(other) => refusal = other,
        }
    }
    let is_licence = |checked: &Checked<P>| doc_type(checked) == DOC_TYPE;
    let is_unknown = |document: &&UnknownDocument| document.claimed_type == DOC_TYPE;
    // Only a licence says what its holder may drive.
    if !matches!(terms.purpose, Purpose::None | Purpose::AgeOnly) {
        if answering.iter().any(|(_, checked)| is_licence(checked)) {
            answering.retain(|(_, checked)| is_licence(checked));
        } else if let Some(document) = unknown.iter().find(is_unknown) {
            return Choice::Unknown(document.error.clone());
        } else {
            answering.truncate(1);
        }
    }
    let types: Vec<&str> = answering.iter().map(|(_, checked)| kind(doc_type(checked))).collect();
    if types.iter().enumerate().any(|(index, one)| types.iter().skip(index + 1).any(|other| other == one)) {
        return Choice::Several;
    }
    if answering.is_empty() {
        let licence = unknown.iter().find(is_unknown);
        return licence
            .map_or(Choice::NotALicence(refusal), |document| Choice::Unknown(document.error.clone()));
    }
    // A licence before any other document, which otherwise keep their order.
    answering.sort_by_key(|(_, checked)| doc_type(checked) != DOC_TYPE);
    let findings: Vec<Finding> = unknown
        .iter()
        .map(|document| {
            Finding::undetermined(Reason::BesideUnknown {
                document: DocumentName::of(&document.claimed_type),
            })
        })
        .collect();
    let differ = terms.purpose == Purpose::AgeOnly && ages_differ(&answering, context);
    let rules: Vec<Finding> =
        differ.then(|| Finding::undetermined(Reason::AgeDocumentsDiffer)).into_iter().collect();
    let beside = |index: usize| Beside {
        findings: findings.clone(),
        rules: rules.clone(),
        notes: remarks
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, remark)| remark.clone())
            .chain(other_proofs.then(|| Note::OtherProofs.into()))
            .collect(),
    };
    Choice::Documents(answering.into_iter().map(|(index, checked)| (checked, beside(index))).collect())
}

/// Returns the verdict on an answer from the verdicts on its documents: that on the first one, unless another one refuses
/// the age. Of ages that disagree the worse counts.
pub(crate) fn decisive<V>(
    verdicts: Vec<V>,
    purpose: Purpose,
    layers: impl Fn(&V) -> &[Layer; 5],
) -> Option<V> {
    let refuses = |verdict: &V| {
        let rules = layers(verdict).iter().find(|layer| layer.id == LayerId::Policy);
        purpose == Purpose::AgeOnly && rules.is_some_and(|layer| layer.state == CheckState::Fail)
    };
    let index = verdicts.iter().position(refuses).unwrap_or_default();
    verdicts.into_iter().nth(index)
}

/// Whether documents disagree about the date of birth, or about whether the age is reached: two people may have made the answer.
fn ages_differ<P: Proven>(answering: &[(usize, Checked<P>)], context: &VerifierContext<'_>) -> bool {
    let facts: Vec<&Facts> = answering.iter().filter_map(|(_, checked)| facts(checked)).collect();
    let born: Vec<Date> = facts.iter().filter_map(|facts| facts.birth_date).collect();
    let reached: Vec<CheckState> =
        facts.iter().map(|facts| policy::age_state(facts, context.terms, context.now)).collect();
    born.windows(2).any(|pair| pair.first() != pair.last())
        || (reached.contains(&CheckState::Pass) && reached.contains(&CheckState::Fail))
}

/// Returns what documents of this type are: issuers write the type of a photo ID in several forms.
fn kind(doc_type: &str) -> &str {
    DocumentKind::of(doc_type).map_or(doc_type, |kind| kind.code())
}

fn doc_type<P: Proven>(checked: &Checked<P>) -> &str {
    checked.proven().issued().doc_type()
}

/// Returns what is said of a document that is not judged.
fn remark(document: &IssuerVerified, facts: Option<&Facts>, context: &VerifierContext<'_>) -> Note {
    let terms = Terms::default_for(Purpose::None, shanghai_day(context.now));
    let outcomes = Outcomes::of(document, facts, context.status_lists, &terms, context.now);
    let failed = |state: CheckState| state == CheckState::Fail;
    let name = DocumentName::of(document.doc_type());
    let issuer = ShownText::new(&document.issuer().label, ISO_TEXT_MAX);
    if failed(outcomes.status.state()) {
        Note::BesideRevoked { document: name, issuer }
    } else if matches!(document.mso_validity(), Outcome::Fail(_))
        || outcomes.validity.checks().iter().any(|check| failed(check.state))
    {
        Note::BesideNotValid { document: name, issuer }
    } else {
        Note::Beside { document: name, issuer }
    }
}
