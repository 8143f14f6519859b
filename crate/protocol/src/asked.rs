//! What a purpose or a policy asks for: of licences of each kind, and of other documents that answer it.
//!
//! A licence of China, of a state of the United States or of another country has one document type. The question has one set
//! of elements for each kind, the richest first, and a wallet answers with the first that its licence has.

use std::iter;

use licence::elements::id;
use licence::mdoc::document_type::{
    AADHAAR, EU_AGE, EU_PHOTO_ID, EU_PHOTO_ID_NAMESPACE, PID, SHARED_NAMESPACE,
};
use licence::{AAMVA_NAMESPACE, DOC_TYPE, DocumentKind, Fact, ISO_NAMESPACE, Profile};
use verdict::{AskedElement as PolicyElement, Policy, Purpose, Rule};

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

/// Returns the documents of which any one answers a policy: a licence of each profile with the elements that the policy asks of
/// it, and for an age alone the other documents that prove it.
///
/// Of each profile there is a set with all elements, and one without those that the holder may leave out. An age is asked by
/// the issuer's answer first, and by the date of birth of licences that have none.
pub(crate) fn documents_of_policy(policy: &Policy) -> Vec<AskedDocument> {
    let mut sets: Vec<Vec<PolicyElement>> = Vec::new();
    for profile in [Profile::Cn, Profile::Us, Profile::Iso] {
        for by_answer in [true, false] {
            let all = policy.elements(profile, by_answer);
            let needed = all.iter().filter(|element| !element.optional).cloned().collect();
            for set in [all, needed] {
                if !set.is_empty() && !sets.contains(&set) {
                    sets.push(set);
                }
            }
        }
    }
    let names: Vec<Vec<(&str, &str)>> = sets
        .iter()
        .map(|set| set.iter().map(|element| (element.namespace, element.identifier.as_str())).collect())
        .collect();
    let mut once: Vec<&[(&str, &str)]> = Vec::new();
    for set in &names {
        if !once.contains(&set.as_slice()) {
            once.push(set);
        }
    }
    let mut licence = AskedDocument::any_of(DOC_TYPE, &once);
    for element in &mut licence.elements {
        let name = (&element.name.namespace, &*element.name.identifier);
        element.intent_to_retain = sets
            .iter()
            .flatten()
            .any(|asked| asked.intent_to_retain && name.0 == asked.namespace && name.1 == asked.identifier);
    }
    let of_age = |fact: &Fact| matches!(fact, Fact::Age | Fact::Portrait);
    let rules = &policy.document().rules;
    let is_adult = rules.iter().any(|line| matches!(line.rule, Rule::Age { at_least: 18, .. }));
    let facts = &policy.document().facts;
    // The other documents answer for 18 years only.
    let by_others = is_adult
        && facts.iter().all(|asked| of_age(&asked.fact) && !asked.intent_to_retain)
        && !policy.is_about_driving();
    let others = DocumentKind::ALL.into_iter().filter(|_| by_others).flat_map(proofs_of_age);
    iter::once(licence).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use verdict::READY_POLICIES;

    use super::*;

    fn ready(id: &str) -> Policy {
        let (_, json) = READY_POLICIES.into_iter().find(|(have, _)| *have == id).unwrap();
        Policy::from_json(json.as_bytes()).unwrap()
    }

    fn named(document: &AskedDocument, set: usize) -> Vec<&str> {
        document.sets[set].iter().map(|at| &*document.elements[*at].name.identifier).collect()
    }

    #[test]
    fn a_policy_asks_for_what_its_facts_are_in_each_profile() {
        for (id, json) in READY_POLICIES {
            let documents = documents_of_policy(&Policy::from_json(json.as_bytes()).unwrap());
            assert!(crate::query::Query::new(&documents).is_ok(), "{id}");
            assert_eq!(documents.len() > 1, id == "age-only", "{id}");
        }
        let documents = documents_of_policy(&ready("rental-car"));
        let licence = &documents[0];
        let chinese = named(licence, 0);
        assert_eq!(
            chinese,
            [
                "portrait_small",
                "family_name_national_character",
                "given_name_national_character",
                "number_last4",
                "age_over_18",
                "classes",
                "status_letters",
                "expiry_date",
                "long_term",
                "novice_until",
                "issuing_country",
            ]
        );
        let abroad = ["portrait", "family_name", "given_name", "age_over_18"];
        let iso = (0..licence.sets.len()).map(|set| named(licence, set));
        let of = |set: &Vec<&str>| abroad.iter().all(|id| set.contains(id));
        assert!(iso.clone().any(|set| of(&set) && set.contains(&"domestic_driving_privileges")));
        assert!(iso.clone().any(|set| of(&set) && !set.contains(&"issuing_jurisdiction")));
        assert!(iso.clone().any(|set| set.contains(&"birth_date") && !set.contains(&"age_over_18")));
        assert!(iso.clone().all(|set| !set.contains(&"document_number")), "no rule reads it");
        let kept: Vec<&str> = licence
            .elements
            .iter()
            .filter(|element| element.intent_to_retain)
            .map(|element| &*element.name.identifier)
            .collect();
        assert_eq!(
            kept,
            [
                "family_name_national_character",
                "given_name_national_character",
                "number_last4",
                "family_name",
                "given_name",
            ]
        );
    }

    #[test]
    fn a_stop_age_is_asked_of_chinese_licences_only() {
        let documents = documents_of_policy(&ready("rental-motorhome"));
        let licence = &documents[0];
        assert!(named(licence, 0).contains(&"age_birth_year") && named(licence, 0).contains(&"age_over_25"));
        let others = (1..licence.sets.len()).map(|set| named(licence, set));
        assert!(others.filter(|set| set.contains(&"portrait")).all(|set| !set.contains(&"age_birth_year")));
    }

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
