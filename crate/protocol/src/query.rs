//! The query: DCQL for an mdoc, with alternatives (OpenID4VP 1.0, 6 and B.2).
//!
//! ```json
//! {"credentials":[{"id":"licence","format":"mso_mdoc","meta":{"doctype_value":"org.iso.18013.5.1.mDL"},
//!   "claims":[{"id":"0","path":["org.iso.18013.5.1","age_over_18"],"intent_to_retain":false},
//!     {"id":"1","path":["org.iso.18013.5.1","portrait"],"intent_to_retain":false}],
//!   "claim_sets":[["0","1"],["0"]]}]}
//! ```
//!
//! Licences of several kinds share one document type: `claim_sets` name what each kind has, the richest first. Documents of
//! other types are queries of their own, any of which `credential_sets` lets answer. A query for a credential of another format
//! is kept by its name only: a wallet passes over the options that need it.

mod select;
mod write;

use licence::ShownText;
use mdoc::ElementName;
use mdoc::wire::RequestedElement;

use crate::error::{MakeError, RequestError};
use crate::json::Json;

/// Most elements of one requested document.
pub const MAX_ELEMENTS: usize = 64;
/// Most `claim_sets` of one requested document.
pub const MAX_CLAIM_SETS: usize = 16;
/// Most requested documents.
pub const MAX_CREDENTIALS: usize = 8;
/// Most `credential_sets`, and most options of one.
pub const MAX_CREDENTIAL_SETS: usize = 8;
/// Longest namespace, identifier or document type, in bytes.
const MAX_NAME: usize = 128;
/// Longest id of a query or of a claim, in bytes.
const MAX_ID: usize = 64;
const FORMAT: &str = "mso_mdoc";
/// The id of this project's own query for a licence.
const OWN_ID: &str = "licence";

/// A document type with the elements that are asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedDocument {
    /// The document type.
    pub doc_type: String,
    /// The elements, at most [`MAX_ELEMENTS`], each once.
    pub elements: Vec<RequestedElement>,
    /// The sets of which one suffices, by index into the elements, the richest first; empty if all elements are asked.
    pub sets: Vec<Vec<usize>>,
}

impl AskedDocument {
    /// Returns a document of which any one of these sets of (namespace, identifier) suffices, without intent to retain.
    pub fn any_of(doc_type: &str, sets: &[&[(&str, &str)]]) -> Self {
        let mut document = Self { doc_type: doc_type.to_owned(), elements: Vec::new(), sets: Vec::new() };
        for set in sets {
            let mut indices = Vec::new();
            for (namespace, identifier) in *set {
                let name = ElementName::new(namespace, identifier);
                let known = document.elements.iter().position(|element| element.name == name);
                indices.push(known.unwrap_or(document.elements.len()));
                if known.is_none() {
                    document.elements.push(RequestedElement { name, intent_to_retain: false });
                }
            }
            document.sets.push(indices);
        }
        if let [_] = document.sets.as_slice() {
            document.sets.clear();
        }
        document
    }

    /// Returns the elements of a set; of all elements if there are no sets.
    fn set(&self, index: usize) -> Vec<RequestedElement> {
        match self.sets.get(index) {
            Some(set) => set.iter().filter_map(|at| self.elements.get(*at)).cloned().collect(),
            None => self.elements.clone(),
        }
    }

    /// Whether it has 1 to [`MAX_ELEMENTS`] different elements, all names are within their bounds, and each set has different
    /// elements of these.
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
            && self.sets.len() <= MAX_CLAIM_SETS
            && self.sets.iter().all(|set| is_set(set) && set.iter().all(|at| *at < self.elements.len()))
    }
}

/// Whether a set names at least one item, and none twice.
fn is_set(set: &[usize]) -> bool {
    !set.is_empty()
        && set.iter().enumerate().all(|(index, at)| !set.iter().take(index).any(|other| other == at))
}

/// A credential of another format, which no wallet of this project has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFormat {
    /// The format, such as `dc+sd-jwt`.
    pub format: ShownText,
    /// What it is: its first `vct_values`, or the id of its query.
    pub what: ShownText,
}

impl OtherFormat {
    /// The key of its sentence in `www/strings/protocol.json`, with the placeholders `{what}` and `{format}`.
    pub const KEY: &str = "request.other-format";
}

/// What one query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Document(AskedDocument),
    Other(OtherFormat),
}

/// One query for a credential, under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CredentialQuery {
    id: String,
    asked: Asked,
}

impl CredentialQuery {
    const fn document(&self) -> Option<&AskedDocument> {
        match &self.asked {
            Asked::Document(document) => Some(document),
            Asked::Other(_) => None,
        }
    }
}

/// One of `credential_sets`: any option answers it. An option is a list of queries by index.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CredentialSet {
    options: Vec<Vec<usize>>,
    required: bool,
}

/// What is requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    credentials: Vec<CredentialQuery>,
    /// Empty if all of them are requested, which is one.
    sets: Vec<CredentialSet>,
}

impl Query {
    /// A query of this project's verifier: any one of these documents.
    pub(crate) fn new(documents: &[AskedDocument]) -> Result<Self, MakeError> {
        let id = |index: usize| if index == 0 { OWN_ID.to_owned() } else { format!("{OWN_ID}-{index}") };
        let credentials: Vec<_> = documents
            .iter()
            .enumerate()
            .map(|(index, document)| CredentialQuery {
                id: id(index),
                asked: Asked::Document(document.clone()),
            })
            .collect();
        let right = (1..=MAX_CREDENTIALS).contains(&credentials.len())
            && documents.iter().all(AskedDocument::is_right);
        if !right {
            return Err(MakeError::Question);
        }
        let options = (0..credentials.len()).map(|index| vec![index]).collect();
        let sets =
            if credentials.len() == 1 { Vec::new() } else { vec![CredentialSet { options, required: true }] };
        Ok(Self { credentials, sets })
    }

    /// Returns the ids under which an answer may stand.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.credentials.iter().map(|credential| credential.id.as_str())
    }

    /// Returns the documents.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &AskedDocument> {
        self.credentials.iter().filter_map(CredentialQuery::document)
    }

    /// Returns the credentials of other formats, which are not answered.
    pub(crate) fn others(&self) -> impl Iterator<Item = &OtherFormat> {
        self.credentials.iter().filter_map(|credential| match &credential.asked {
            Asked::Document(_) => None,
            Asked::Other(other) => Some(other),
        })
    }

    /// Returns the elements of the richest set of the first document.
    pub(crate) fn richest(&self) -> Vec<RequestedElement> {
        self.documents().next().map(|document| document.set(0)).unwrap_or_default()
    }

    /// Whether an element is in any of its sets.
    pub(crate) fn asks(&self, name: &ElementName) -> bool {
        let mut elements = self.documents().flat_map(|document| &document.elements);
        elements.any(|element| element.name == *name)
    }

    /// Reads a query. Refuses members that would change its meaning and are not supported; ignores unknown ones.
    pub(crate) fn from_json(json: &Json) -> Result<Self, RequestError> {
        let credentials = json.get("credentials").and_then(Json::as_array).ok_or(RequestError::Query)?;
        let sets = json.get("credential_sets");
        match credentials.len() {
            0 => return Err(RequestError::Query),
            1..=MAX_CREDENTIALS => {}
            _ => return Err(RequestError::CredentialSets),
        }
        if credentials.len() > 1 && sets.is_none() {
            return Err(RequestError::Several);
        }
        let credentials = credentials.iter().map(credential).collect::<Result<Vec<_>, _>>()?;
        let twice = |index: usize, id: &str| credentials.iter().take(index).any(|other| other.id == id);
        if credentials.iter().enumerate().any(|(index, credential)| twice(index, &credential.id)) {
            return Err(RequestError::Query);
        }
        let query = Self { sets: Vec::new(), credentials };
        if query.documents().next().is_none() {
            return Err(RequestError::Format);
        }
        match sets {
            None => Ok(query),
            Some(sets) => Ok(Self { sets: query.sets(sets)?, ..query }),
        }
    }

    fn sets(&self, json: &Json) -> Result<Vec<CredentialSet>, RequestError> {
        const WRONG: RequestError = RequestError::CredentialSets;
        let ids: Vec<&str> = self.ids().collect();
        let list = |json: &Json| -> Result<Vec<Json>, RequestError> {
            match json.as_array() {
                Some(list) if (1..=MAX_CREDENTIAL_SETS).contains(&list.len()) => Ok(list.to_vec()),
                _ => Err(WRONG),
            }
        };
        let set = |json: &Json| -> Result<CredentialSet, RequestError> {
            let required = match json.get("required") {
                None => true,
                Some(required) => required.as_bool().ok_or(WRONG)?,
            };
            let options = json.get("options").map(&list).ok_or(WRONG)??;
            let options = options.iter().map(|option| references(option, &ids).ok_or(WRONG));
            Ok(CredentialSet { options: options.collect::<Result<_, _>>()?, required })
        };
        list(json)?.iter().map(set).collect()
    }
}

/// Reads a list of ids as indices; `None` if it is empty, or names one twice or one that is not there.
fn references(json: &Json, ids: &[&str]) -> Option<Vec<usize>> {
    let named = json.as_array().filter(|named| named.len() <= ids.len())?;
    let index = |name: &Json| ids.iter().position(|id| name.as_text() == Some(id));
    let set = named.iter().map(index).collect::<Option<Vec<_>>>()?;
    is_set(&set).then_some(set)
}

/// Reads an id: letters, digits, `_` and `-`.
fn id(json: Option<&Json>) -> Option<&str> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    json.and_then(Json::as_text).filter(|id| !id.is_empty() && id.len() <= MAX_ID && id.bytes().all(part))
}

/// Reads one query. Of another format only its name is read: what else it has belongs to that format.
fn credential(json: &Json) -> Result<CredentialQuery, RequestError> {
    let format = json.get("format").and_then(Json::as_text).ok_or(RequestError::Query)?;
    if format != FORMAT {
        let id = id(json.get("id")).ok_or(RequestError::Query)?;
        let types = json.get("meta").and_then(|meta| meta.get("vct_values")).and_then(Json::as_array);
        let what = types.and_then(|types| types.first()).and_then(Json::as_text).unwrap_or(id);
        let shown = |text: &str| ShownText::new(text, MAX_NAME);
        let other = OtherFormat { format: shown(format), what: shown(what) };
        return Ok(CredentialQuery { id: id.to_owned(), asked: Asked::Other(other) });
    }
    match json.get("multiple") {
        None | Some(Json::Bool(false)) => {}
        Some(Json::Bool(true)) => return Err(RequestError::Several),
        Some(_) => return Err(RequestError::Query),
    }
    let id = id(json.get("id")).ok_or(RequestError::Query)?.to_owned();
    let doc_type = json.get("meta").and_then(|meta| meta.get("doctype_value"));
    let claims = json.get("claims").and_then(Json::as_array).ok_or(RequestError::Query)?;
    if claims.len() > MAX_ELEMENTS {
        return Err(RequestError::Query);
    }
    let mut document = AskedDocument {
        doc_type: doc_type.and_then(Json::as_text).ok_or(RequestError::Query)?.to_owned(),
        elements: claims.iter().map(element).collect::<Result<_, _>>()?,
        sets: Vec::new(),
    };
    if !document.is_right() {
        return Err(RequestError::Query);
    }
    if let Some(sets) = json.get("claim_sets") {
        document.sets = claim_sets(sets, claims).ok_or(RequestError::ClaimSets)?;
    }
    Ok(CredentialQuery { id, asked: Asked::Document(document) })
}

/// Reads `claim_sets`: lists of the ids of claims, each of which has one then.
fn claim_sets(json: &Json, claims: &[Json]) -> Option<Vec<Vec<usize>>> {
    let ids = claims.iter().map(|claim| id(claim.get("id"))).collect::<Option<Vec<_>>>()?;
    if ids.iter().enumerate().any(|(index, id)| ids.iter().take(index).any(|other| other == id)) {
        return None;
    }
    let sets = json.as_array().filter(|sets| (1..=MAX_CLAIM_SETS).contains(&sets.len()))?;
    sets.iter().map(|set| references(set, &ids)).collect()
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
