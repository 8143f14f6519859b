//! The query: DCQL with one credential, an mdoc (OpenID4VP 1.0, 6 and B.2).
//!
//! ```json
//! {"credentials":[{"id":"licence","format":"mso_mdoc","meta":{"doctype_value":"org.iso.18013.5.1.mDL"},
//!   "claims":[{"path":["org.iso.18013.5.1","age_over_18"],"intent_to_retain":false}]}]}
//! ```

use mdoc::ElementName;
use mdoc::wire::RequestedElement;

use crate::error::{MakeError, RequestError};
use crate::json::Json;

/// Most elements in a request.
pub const MAX_ELEMENTS: usize = 64;
/// Longest namespace, identifier or document type, in bytes.
const MAX_NAME: usize = 128;
/// Longest id of a query, in bytes.
const MAX_ID: usize = 64;
const FORMAT: &str = "mso_mdoc";
/// The id of this project's own queries.
const OWN_ID: &str = "licence";

/// One requested credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) id: String,
    pub(crate) doc_type: String,
    pub(crate) elements: Vec<RequestedElement>,
}

impl Query {
    /// A query of this project's verifier.
    pub(crate) fn new(doc_type: &str, elements: &[RequestedElement]) -> Result<Self, MakeError> {
        let query = Self { id: OWN_ID.into(), doc_type: doc_type.into(), elements: elements.to_vec() };
        if query.is_right() { Ok(query) } else { Err(MakeError::Question) }
    }

    /// Whether it has 1 to [`MAX_ELEMENTS`] different elements, and all names are within their bounds.
    fn is_right(&self) -> bool {
        let named = |name: &str| !name.is_empty() && name.len() <= MAX_NAME;
        let once = |index: usize, element: &RequestedElement| {
            !self.elements.iter().take(index).any(|other| other.name == element.name)
        };
        let mut elements = self.elements.iter().enumerate();
        named(&self.doc_type)
            && (1..=MAX_ELEMENTS).contains(&self.elements.len())
            && elements.all(|(index, element)| {
                named(&element.name.namespace) && named(&element.name.identifier) && once(index, element)
            })
    }

    pub(crate) fn to_json(&self) -> Json {
        let claim = |element: &RequestedElement| {
            let path = [element.name.namespace.as_str(), &element.name.identifier];
            let retain = Json::Bool(element.intent_to_retain);
            Json::object([("path", Json::texts(&path)), ("intent_to_retain", retain)])
        };
        let credential = Json::object([
            ("id", Json::text(self.id.as_str())),
            ("format", Json::text(FORMAT)),
            ("meta", Json::object([("doctype_value", Json::text(self.doc_type.as_str()))])),
            ("claims", Json::Array(self.elements.iter().map(claim).collect())),
        ]);
        Json::object([("credentials", Json::Array(vec![credential]))])
    }

    /// Reads a query. Refuses members that would change its meaning and are not supported; ignores unknown ones.
    pub(crate) fn from_json(json: &Json) -> Result<Self, RequestError> {
        if json.get("credential_sets").is_some() {
            return Err(RequestError::Unsupported("credential_sets"));
        }
        let credentials = json.get("credentials").and_then(Json::as_array).ok_or(RequestError::Query)?;
        let credential = match credentials {
            [credential] => credential,
            [] => return Err(RequestError::Query),
            _ => return Err(RequestError::Several),
        };
        let text = |name| credential.get(name).and_then(Json::as_text).ok_or(RequestError::Query);
        if text("format")? != FORMAT {
            return Err(RequestError::Format);
        }
        match credential.get("multiple") {
            None | Some(Json::Bool(false)) => {}
            Some(Json::Bool(true)) => return Err(RequestError::Several),
            Some(_) => return Err(RequestError::Query),
        }
        if credential.get("claim_sets").is_some() {
            return Err(RequestError::Unsupported("claim_sets"));
        }
        let id = text("id")?;
        let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if id.is_empty() || id.len() > MAX_ID || !id.bytes().all(part) {
            return Err(RequestError::Query);
        }
        let doc_type = credential.get("meta").and_then(|meta| meta.get("doctype_value"));
        let claims = credential.get("claims").and_then(Json::as_array).ok_or(RequestError::Query)?;
        if claims.len() > MAX_ELEMENTS {
            return Err(RequestError::Query);
        }
        let query = Self {
            id: id.to_owned(),
            doc_type: doc_type.and_then(Json::as_text).ok_or(RequestError::Query)?.to_owned(),
            elements: claims.iter().map(element).collect::<Result<_, _>>()?,
        };
        if query.is_right() { Ok(query) } else { Err(RequestError::Query) }
    }
}

fn element(claim: &Json) -> Result<RequestedElement, RequestError> {
    if claim.get("values").is_some() {
        return Err(RequestError::Unsupported("values"));
    }
    let Some([namespace, identifier]) = claim.get("path").and_then(Json::as_array) else {
        return Err(RequestError::Query);
    };
    let (Some(namespace), Some(identifier)) = (namespace.as_text(), identifier.as_text()) else {
        return Err(RequestError::Query);
    };
    let intent_to_retain = match claim.get("intent_to_retain") {
        None => false,
        Some(retain) => retain.as_bool().ok_or(RequestError::Query)?,
    };
    Ok(RequestedElement { name: ElementName::new(namespace, identifier), intent_to_retain })
}
