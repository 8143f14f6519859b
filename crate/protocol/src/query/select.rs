//! Which of the requested documents and which of its sets a wallet answers with (OpenID4VP 1.0, 6.4).

use mdoc::ElementName;
use mdoc::holder::VerifiedCredential;
use mdoc::wire::RequestedElement;

use super::{AskedDocument, CredentialQuery, Query};
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
    /// satisfies, the one of which it lacks the fewest elements. Options with a credential of another format are passed over.
    ///
    /// # Errors
    /// `challenge-document` if no option can be answered by a document of this type; `challenge-credential-format` if every
    /// option of a required set has a credential of another format; `challenge-several` if one more document is required.
    pub(crate) fn select(&self, credential: &VerifiedCredential) -> Result<Selection, RequestError> {
        let (mut needs_more, mut chosen) = (false, None);
        let fits = |query: &&CredentialQuery| {
            query.document().is_some_and(|document| document.doc_type == credential.issued().doc_type())
        };
        let is_document =
            |at: &usize| self.credentials.get(*at).is_some_and(|query| query.document().is_some());
        if self.sets.is_empty() {
            chosen = self.credentials.iter().find(fits);
        }
        for set in self.sets.iter().filter(|set| set.required) {
            let options: Vec<&Vec<usize>> =
                set.options.iter().filter(|option| option.iter().all(is_document)).collect();
            if options.is_empty() {
                return Err(RequestError::Format);
            }
            let alone = options.iter().filter_map(|option| match option.as_slice() {
                [index] => self.credentials.get(*index).filter(fits),
                _ => None,
            });
            let alone: Vec<&CredentialQuery> = alone.collect();
            let together = options.iter().any(|option| {
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
        let chosen = chosen.and_then(|query| Some((query, query.document()?)));
        chosen
            .map(|(query, document)| selection(&query.id, document, credential))
            .ok_or(RequestError::Document)
    }
}

fn selection(id: &str, document: &AskedDocument, credential: &VerifiedCredential) -> Selection {
    let lacks = |elements: &[RequestedElement]| {
        let held = |name: &ElementName| {
            credential.issued().elements().get(&name.namespace, &name.identifier).is_some()
        };
        elements.iter().filter(|element| !held(&element.name)).count()
    };
    let sets = (0..document.sets.len().max(1)).map(|index| document.set(index));
    // `min_by_key` returns the first of several.
    let nearest = sets.map(|elements| (lacks(&elements), elements)).min_by_key(|(lacks, _)| *lacks);
    let (lacks, elements) = nearest.unwrap_or_default();
    let is_satisfied = lacks == 0 || document.sets.is_empty();
    Selection { id: id.to_owned(), elements, is_satisfied }
}
