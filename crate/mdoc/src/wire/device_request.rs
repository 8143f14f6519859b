//! `DeviceRequest`: what a reader asks for (ISO/IEC 18013-5, 8.3.2.1.2.1).
//!
//! ```text
//! DeviceRequest = {"version": tstr, "docRequests": [+ DocRequest]}
//! DocRequest    = {"itemsRequest": ItemsRequestBytes, ? "readerAuth": COSE_Sign1}
//! ItemsRequest  = {"docType": tstr, "nameSpaces": {+ NameSpace => {+ Identifier => IntentToRetain}}, ? "requestInfo": {…}}
//! ```
//! The received ItemsRequestBytes are kept, because the reader signs over those. [`DocRequest::verify_reader`] verifies who
//! asks.

use crate::wire::element_name::ElementName;
use crate::wire::mso::is_version_1;
use cbor::coded;
use cbor::cose::{CoseError, CoseSign1};
use cbor::stage_error;
use cbor::{CborError, Item, Value};

/// The longest request that is read, in bytes.
pub const MAX_REQUEST: usize = 64 * 1024;
/// The most documents in one request.
pub const MAX_DOC_REQUESTS: usize = 16;

/// Why a DeviceRequest is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// Not CBOR, or not within its bounds.
    Cbor(CborError),
    /// The reader's authentication is not COSE as accepted here.
    Cose(CoseError),
    /// More than 64 KiB, or more than 16 documents.
    Size,
    /// A field is missing or has another type; the name of the structure or field.
    Shape(&'static str),
    /// The DeviceRequest is not of version 1.x.
    Version,
    /// It requests no document, or no element of a document.
    Empty,
}

coded!(RequestError as RequestCode {
    Size => "request-size", "reader", "project limit: 64 KiB";
    Shape => "request-shape", "reader", "ISO/IEC 18013-5, 8.3.2.1.2.1";
    Version => "request-version", "reader", "ISO/IEC 18013-5, 8.3.2.1.2.1";
    Empty => "request-empty", "reader", "ISO/IEC 18013-5, 8.3.2.1.2.1";
} via [Cbor(cbor::CborCode), Cose(cbor::cose::CoseCode)]);
stage_error!(RequestError);

impl From<CborError> for RequestError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

/// A decoded DeviceRequest. Its reader is not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceRequest {
    doc_requests: Vec<DocRequest>,
}

impl DeviceRequest {
    /// Decodes an encoded DeviceRequest; unknown keys (second edition) are ignored.
    ///
    /// # Errors
    /// A [`RequestError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, RequestError> {
        const WHERE: RequestError = RequestError::Shape("DeviceRequest");
        if bytes.len() > MAX_REQUEST {
            return Err(RequestError::Size);
        }
        let request = cbor::decode_foreign(bytes)?;
        request.as_map().ok_or(WHERE)?;
        let version = request.get_text("version").and_then(Item::as_text);
        if !is_version_1(version.ok_or(WHERE)?) {
            return Err(RequestError::Version);
        }
        let doc_requests = request.get_text("docRequests").and_then(Item::as_array).ok_or(WHERE)?;
        if doc_requests.is_empty() {
            return Err(RequestError::Empty);
        }
        if doc_requests.len() > MAX_DOC_REQUESTS {
            return Err(RequestError::Size);
        }
        let doc_requests = doc_requests.iter().map(DocRequest::from_item).collect::<Result<_, _>>()?;
        Ok(Self { doc_requests })
    }

    /// Returns the requested documents, in received order.
    pub fn doc_requests(&self) -> &[DocRequest] {
        &self.doc_requests
    }
}

/// One requested document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocRequest {
    items_request_bytes: Vec<u8>,
    doc_type: String,
    elements: Vec<RequestedElement>,
    reader_auth: Option<CoseSign1>,
}

/// One requested element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestedElement {
    /// Which one.
    pub name: ElementName,
    /// Whether the reader states that it will keep the value (`IntentToRetain`).
    pub intent_to_retain: bool,
}

impl DocRequest {
    fn from_item(item: &Item<'_>) -> Result<Self, RequestError> {
        let items_item = item.get_text("itemsRequest").ok_or(RequestError::Shape("DocRequest"))?;
        let encoded = items_item.as_encoded_cbor().ok_or(RequestError::Shape("ItemsRequestBytes"))?;
        let request = cbor::decode_foreign(encoded)?;
        let doc_type = request.get_text("docType").and_then(Item::as_text);
        let reader_auth = item.get_text("readerAuth").map(CoseSign1::from_item);
        Ok(Self {
            items_request_bytes: items_item.raw().to_vec(),
            doc_type: doc_type.ok_or(RequestError::Shape("ItemsRequest"))?.to_owned(),
            elements: requested(&request)?,
            reader_auth: reader_auth.transpose().map_err(RequestError::Cose)?,
        })
    }

    /// Returns the type of the document.
    pub fn doc_type(&self) -> &str {
        &self.doc_type
    }

    /// Returns the requested elements, in received order.
    pub fn elements(&self) -> &[RequestedElement] {
        &self.elements
    }

    /// Returns the received `ItemsRequestBytes`, tag and head included.
    pub fn items_request_bytes(&self) -> &[u8] {
        &self.items_request_bytes
    }

    /// Returns the reader's signature, not verified; `None` if the request is not signed.
    pub const fn reader_auth(&self) -> Option<&CoseSign1> {
        self.reader_auth.as_ref()
    }
}

fn requested(request: &Item<'_>) -> Result<Vec<RequestedElement>, RequestError> {
    const WHERE: RequestError = RequestError::Shape("ItemsRequest");
    let mut elements = Vec::new();
    let name_spaces = request.get_text("nameSpaces").and_then(Item::as_map).ok_or(WHERE)?;
    for (namespace, identifiers) in name_spaces {
        let namespace = namespace.as_text().ok_or(WHERE)?;
        for (identifier, retain) in identifiers.as_map().ok_or(WHERE)? {
            elements.push(RequestedElement {
                name: ElementName::new(namespace, identifier.as_text().ok_or(WHERE)?),
                intent_to_retain: retain.as_bool().ok_or(WHERE)?,
            });
        }
    }
    if elements.is_empty() { Err(RequestError::Empty) } else { Ok(elements) }
}

/// Encodes the `ItemsRequest` for elements of a document.
pub fn encode_items_request(doc_type: &str, elements: &[RequestedElement]) -> Vec<u8> {
    let mut name_spaces: Vec<(&str, Vec<(Value, Value)>)> = Vec::new();
    for element in elements {
        let pair = (Value::text(element.name.identifier.as_str()), Value::Bool(element.intent_to_retain));
        match name_spaces.iter_mut().find(|(namespace, _)| *namespace == element.name.namespace) {
            Some((_, pairs)) => pairs.push(pair),
            None => name_spaces.push((&element.name.namespace, vec![pair])),
        }
    }
    let name_spaces = Value::map(name_spaces.into_iter().map(|(name, pairs)| (name, Value::Map(pairs))));
    cbor::encode(&Value::map([("docType", Value::text(doc_type)), ("nameSpaces", name_spaces)]))
}

/// Encodes a DeviceRequest of version 1.0 from encoded ItemsRequests, each with its `readerAuth` if it has one.
pub fn encode_device_request(doc_requests: &[(Vec<u8>, Option<CoseSign1>)]) -> Vec<u8> {
    let doc_requests = doc_requests.iter().map(|(items, reader_auth)| {
        let items = ("itemsRequest", Value::encoded_cbor(items.as_slice()));
        let reader_auth = reader_auth.as_ref().map(|auth| ("readerAuth", auth.to_value()));
        Value::map(core::iter::once(items).chain(reader_auth))
    });
    cbor::encode(&Value::map([
        ("version", Value::text("1.0")),
        ("docRequests", Value::array(doc_requests.collect::<Vec<_>>())),
    ]))
}
