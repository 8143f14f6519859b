//! Which of the requested documents and which of its sets a wallet answers with (OpenID4VP 1.0, 6.4).

use mdoc::ElementName;
use mdoc::holder::VerifiedCredential;
use mdoc::wire::RequestedElement;

use super::{CredentialQuery, Query};
use crate::error::RequestError;

/// What a credential answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The id of the query that it answers.
    pub(crate) id: String,
    /// The elements of the set.
    pub(crate) elements: Vec<RequestedElement>,
    /// Whether the credential has each element of the set. Without sets an answer with some of the elements is possible.
    pub(crate) is_satisfied: bool,
}

impl Query {
    /// Returns the first set that the credential satisfies, of the first query of its document type; of none that it
    /// satisfies, the one of which it lacks the fewest elements.
    ///
    /// # Errors
    /// `challenge-document` if no option can be answered by a document of this type; `challenge-several` if one more document
    /// is required.
    pub(crate) fn select(&self, credential: &VerifiedCredential) -> Result<Selection, RequestError> {
        let (mut needs_more, mut chosen) = (false, None);
        let fits = |query: &&CredentialQuery| query.document.doc_type == credential.issued().doc_type();
        if self.sets.is_empty() {
            chosen = self.credentials.iter().find(fits);
        }
        for set in self.sets.iter().filter(|set| set.required) {
            let alone = set.options.iter().filter_map(|option| match option.as_slice() {
                [index] => self.credentials.get(*index).filter(fits),
                _ => None,
            });
            let alone: Vec<&CredentialQuery> = alone.collect();
            let together = set.options.iter().any(|option| {
                option.len() > 1
                    && option.iter().filter_map(|at| self.credentials.get(*at)).any(|query| fits(&query))
            });
            match (alone.first(), chosen) {
                // One document answers one query.
                (Some(_), Some(before)) if !alone.contains(&before) => needs_more = true,
                (Some(first), None) => chosen = Some(*first),
                (Some(_), Some(_)) => {}
                (None, _) if together => needs_more = true,
                (None, Some(_)) => needs_more = true,
                (None, None) => return Err(RequestError::Document),
            }
        }
        if needs_more {
            return Err(RequestError::Several);
        }
        // Nothing is required: whichever option fits.
        let chosen = chosen.or_else(|| self.credentials.iter().find(fits));
        chosen.map(|query| query.selection(credential)).ok_or(RequestError::Document)
    }
}

impl CredentialQuery {
    fn selection(&self, credential: &VerifiedCredential) -> Selection {
        let lacks = |elements: &[RequestedElement]| {
            let held = |name: &ElementName| {
                credential.issued().elements().get(&name.namespace, &name.identifier).is_some()
            };
            elements.iter().filter(|element| !held(&element.name)).count()
        };
        let sets = (0..self.document.sets.len().max(1)).map(|index| self.document.set(index));
        // `min_by_key` returns the first of several.
        let nearest = sets.map(|elements| (lacks(&elements), elements)).min_by_key(|(lacks, _)| *lacks);
        let (lacks, elements) = nearest.unwrap_or_default();
        let is_satisfied = lacks == 0 || self.document.sets.is_empty();
        Selection { id: self.id.clone(), elements, is_satisfied }
    }
}
