//! A query as JSON.

use mdoc::wire::RequestedElement;

use super::{Asked, AskedDocument, CredentialQuery, CredentialSet, FORMAT, Query};
use crate::json::Json;

impl Query {
    pub(crate) fn to_json(&self) -> Json {
        let credentials = self.credentials.iter().map(credential).collect();
        let mut query = Json::object([("credentials", Json::Array(credentials))]);
        if let Json::Object(members) = &mut query
            && !self.sets.is_empty()
        {
            let sets = self.sets.iter().map(|set| self.credential_set(set)).collect();
            members.insert("credential_sets".to_owned(), Json::Array(sets));
        }
        query
    }

    fn credential_set(&self, set: &CredentialSet) -> Json {
        let id = |index: &usize| self.credentials.get(*index).map(|query| Json::text(query.id.as_str()));
        let option = |option: &Vec<usize>| Json::Array(option.iter().filter_map(id).collect());
        Json::object([("options", Json::Array(set.options.iter().map(option).collect()))])
    }
}

fn credential(query: &CredentialQuery) -> Json {
    let AskedDocument { doc_type, elements, sets } = match &query.asked {
        Asked::Document(document) => document,
        Asked::Other(other) => {
            let format = Json::text(other.format.as_str());
            return Json::object([("id", Json::text(query.id.as_str())), ("format", format)]);
        }
    };
    // Only sets need the ids of claims.
    let id = |index: usize| if sets.is_empty() { None } else { Some(index.to_string()) };
    let claims = elements.iter().enumerate().map(|(index, element)| claim(element, id(index))).collect();
    let mut credential = Json::object([
        ("id", Json::text(query.id.as_str())),
        ("format", Json::text(FORMAT)),
        ("meta", Json::object([("doctype_value", Json::text(doc_type.as_str()))])),
        ("claims", Json::Array(claims)),
    ]);
    if let Json::Object(members) = &mut credential
        && !sets.is_empty()
    {
        let set = |set: &Vec<usize>| Json::Array(set.iter().map(|at| Json::text(at.to_string())).collect());
        members.insert("claim_sets".to_owned(), Json::Array(sets.iter().map(set).collect()));
    }
    credential
}

fn claim(element: &RequestedElement, id: Option<String>) -> Json {
    let path = [element.name.namespace.as_str(), &element.name.identifier];
    let retain = Json::Bool(element.intent_to_retain);
    let mut claim = Json::object([("path", Json::texts(&path)), ("intent_to_retain", retain)]);
    if let (Json::Object(members), Some(id)) = (&mut claim, id) {
        members.insert("id".to_owned(), Json::text(id));
    }
    claim
}
