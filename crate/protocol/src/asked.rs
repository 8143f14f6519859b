//! What a purpose asks for: of licences of each kind, and of other documents that answer it.
//!
//! A licence of China, of a state of the United States or of another country has one document type. The question has one set
//! of elements for each kind, the richest first, and a wallet answers with the first that its licence has.

use std::iter;

use licence::elements::id;
use licence::mdoc::document_type::{
    AADHAAR, EU_AGE, EU_PHOTO_ID, EU_PHOTO_ID_NAMESPACE, PID, SHARED_NAMESPACE,
};
use licence::{AAMVA_NAMESPACE, DOC_TYPE, DocumentKind, ISO_NAMESPACE};
use verdict::Purpose;

use crate::query::AskedDocument;

type Elements = &'static [(&'static str, &'static str)];

const I: &str = ISO_NAMESPACE;
const ISO_ROADSIDE: Elements = &[
    (I, id::PORTRAIT),
    (I, id::FAMILY_NAME),
    (I, id::GIVEN_NAME),
    (I, id::BIRTH_DATE),
    (I, id::DOCUMENT_NUMBER),
    (I, id::ISSUING_COUNTRY),
    (I, id::DRIVING_PRIVILEGES),
    (I, id::EXPIRY_DATE),
];

const ISO_RENTAL: Elements = &[
    (I, id::PORTRAIT),
    (I, id::FAMILY_NAME),
    (I, id::GIVEN_NAME),
    (I, id::BIRTH_DATE),
    (I, id::ISSUING_COUNTRY),
    (I, id::DRIVING_PRIVILEGES),
    (I, id::EXPIRY_DATE),
];

const ISO_INSURANCE: Elements = &[
    (I, id::FAMILY_NAME),
    (I, id::GIVEN_NAME),
    (I, id::BIRTH_DATE),
    (I, id::ISSUING_COUNTRY),
    (I, id::DRIVING_PRIVILEGES),
    (I, id::EXPIRY_DATE),
];

/// Returns the elements that a licence of a state of the United States has beside those of ISO/IEC 18013-5: which state issued
/// it, and its classes.
fn of_state(iso: Elements) -> Vec<(&'static str, &'static str)> {
    let beside = |identifier| match identifier {
        id::ISSUING_COUNTRY => Some((I, id::ISSUING_JURISDICTION)),
        id::DRIVING_PRIVILEGES => Some((AAMVA_NAMESPACE, id::DOMESTIC_DRIVING_PRIVILEGES)),
        _ => None,
    };
    iso.iter().flat_map(|element| iter::once(*element).chain(beside(element.1))).collect()
}

/// Returns the documents of which any one answers a purpose.
pub(crate) fn documents(purpose: Purpose) -> Vec<AskedDocument> {
    let chinese = purpose.all_elements();
    let licence = |iso: Elements| AskedDocument::any_of(DOC_TYPE, &[chinese, &of_state(iso), iso]);
    match purpose {
        Purpose::Roadside | Purpose::Freight | Purpose::Passenger => vec![licence(ISO_ROADSIDE)],
        // The holder ticks what the licence has of all of them.
        Purpose::Counter => vec![AskedDocument::any_of(DOC_TYPE, &[chinese])],
        Purpose::Rental => vec![licence(ISO_RENTAL)],
        Purpose::Insurance => vec![licence(ISO_INSURANCE)],
        Purpose::AgeOnly => {
            let licence = [chinese, &[(I, id::AGE_OVER_18), (I, id::PORTRAIT)], &[(I, id::AGE_OVER_18)]];
            let licence = AskedDocument::any_of(DOC_TYPE, &licence);
            let others = DocumentKind::ALL.into_iter().flat_map(proofs_of_age);
            iter::once(licence).chain(others).collect()
        }
        Purpose::None => Vec::new(),
    }
}

/// Returns the questions for the age to documents of this kind; none for licences, whose question has what a Chinese licence
/// shows.
fn proofs_of_age(kind: DocumentKind) -> Vec<AskedDocument> {
    let asked = |sets: &[&[(&str, &str)]]| {
        kind.doc_types().iter().map(|doc_type| AskedDocument::any_of(doc_type, sets)).collect()
    };
    match kind {
        DocumentKind::DrivingLicence => Vec::new(),
        DocumentKind::PhotoId => kind.doc_types().iter().map(|doc_type| photo_id(doc_type)).collect(),
        DocumentKind::Pid => {
            asked(&[&[(PID, id::BIRTH_DATE), (PID, id::PORTRAIT)], &[(PID, id::BIRTH_DATE)]])
        }
        DocumentKind::IdPass => {
            asked(&[&[(I, id::AGE_OVER_18), (I, id::PORTRAIT)], &[(I, id::BIRTH_DATE), (I, id::PORTRAIT)]])
        }
        DocumentKind::EuAge => asked(&[&[(EU_AGE, id::AGE_OVER_18)]]),
        DocumentKind::Aadhaar => asked(&[&[(AADHAAR, id::AGE_ABOVE_18)]]),
    }
}

/// Returns the question for the age to a photo ID of this type.
fn photo_id(doc_type: &str) -> AskedDocument {
    // The reference issuer of the European Union has no shared namespace.
    let namespace = if doc_type == EU_PHOTO_ID { EU_PHOTO_ID_NAMESPACE } else { SHARED_NAMESPACE };
    let with_portrait = |identifier| [(namespace, identifier), (namespace, id::PORTRAIT)];
    AskedDocument::any_of(doc_type, &[&with_portrait(id::AGE_OVER_18), &with_portrait(id::BIRTH_DATE)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_asks_first_for_what_a_chinese_licence_has() {
        for purpose in Purpose::ALL {
            let documents = documents(purpose);
            let first = &documents[0];
            let chinese = purpose.all_elements();
            let richest: Vec<usize> = (0..chinese.len()).collect();
            assert!(first.sets.first().is_none_or(|set| *set == richest), "{purpose:?}");
            for (element, (namespace, identifier)) in first.elements.iter().zip(chinese) {
                assert_eq!(
                    (element.name.namespace.as_str(), &*element.name.identifier),
                    (*namespace, *identifier)
                );
            }
            assert!(crate::query::Query::new(&documents).is_ok(), "{purpose:?}");
        }
    }

    #[test]
    fn only_an_age_can_be_answered_by_what_is_no_licence() {
        for purpose in Purpose::ALL {
            let others = documents(purpose).into_iter().filter(|asked| asked.doc_type != DOC_TYPE).count();
            assert_eq!(others > 0, purpose == Purpose::AgeOnly, "{purpose:?}");
        }
    }

    #[test]
    fn an_age_is_asked_of_documents_of_every_type() {
        let asked = documents(Purpose::AgeOnly);
        for doc_type in DocumentKind::ALL.into_iter().flat_map(DocumentKind::doc_types) {
            assert!(asked.iter().any(|asked| asked.doc_type == *doc_type), "{doc_type}");
        }
        for asked in asked {
            let own = DocumentKind::of(&asked.doc_type).map_or(&[][..], DocumentKind::namespaces);
            let elements = asked.elements.iter().filter(|_| asked.doc_type != DOC_TYPE);
            for element in elements {
                assert!(own.contains(&element.name.namespace.as_str()), "{}", asked.doc_type);
            }
        }
    }
}
