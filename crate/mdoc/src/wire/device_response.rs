//! `DeviceResponse`: what a holder sends (ISO/IEC 18013-5, 8.3.2.1.2.2).
//!
//! ```text
//! DeviceResponse = {"version": tstr, ? "documents": [+ Document], ? "documentErrors": […], "status": uint}
//! Document       = {"docType": tstr, "issuerSigned": IssuerSigned, "deviceSigned": DeviceSigned, ? "errors": {…}}
//! DeviceSigned   = {"nameSpaces": #6.24(bstr .cbor DeviceNameSpaces), "deviceAuth": DeviceAuth}
//! DeviceAuth     = {"deviceSignature": COSE_Sign1 // "deviceMac": COSE_Mac0}
//! ```
//! The fields that no signature covers are pinned: version 1.x, status 0, at least one document and at most
//! [`MAX_DOCUMENTS`]. What a device reports as not returned (`documentErrors`, `errors`) is read and returned with the result.
//! A status other than 0 without documents is the wallet's error, and has a code of its own. `zkDocuments` and
//! `encryptedDocuments` (version 1.1) are recognised and not read.

use crate::session::transcript::SessionTranscript;
use crate::wire::element_name::ElementName;
use crate::wire::error::ProfileError;
use crate::wire::issuer_signed::IssuerSigned;
use crate::wire::mso::is_version_1;
use crate::wire::returned::{DocumentError, ElementError, Reported};
#[cfg(feature = "rustcrypto")]
use crate::wire::write::MAP;
use crate::wire::write::{ARRAY, head, text};
use cbor::cose::{CoseMac0, CoseSign1};
use cbor::{Item, Value};

/// The version that is written.
#[cfg(feature = "rustcrypto")]
pub(crate) const VERSION: &str = "1.0";

/// The most `documentErrors`, and the most `errors` of a document.
pub const MAX_ERRORS: usize = 256;

/// The most documents of a DeviceResponse.
pub const MAX_DOCUMENTS: usize = 8;

/// A decoded DeviceResponse, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceResponse {
    /// At least one.
    documents: Vec<Document>,
    document_errors: Vec<DocumentError>,
    other_proofs: bool,
}

impl DeviceResponse {
    /// Decodes an encoded DeviceResponse.
    ///
    /// # Errors
    /// A CBOR or COSE code, `profile-shape`, `profile-version`, `profile-status`, `profile-documents`, `profile-elements`, or
    /// what [`IssuerSigned::decode`] refuses. Without documents: `wallet-error…`, `document-errors` or `proof-not-read`.
    pub fn decode(bytes: &[u8]) -> Result<Self, ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("DeviceResponse");
        let response = cbor::decode_foreign(bytes)?;
        response.as_map().ok_or(WHERE)?;
        let version = response.get_text("version").and_then(Item::as_text);
        if !is_version_1(version.ok_or(WHERE)?) {
            return Err(ProfileError::Version);
        }
        let documents = match response.get_text("documents") {
            Some(documents) => documents.as_array().ok_or(ProfileError::Documents)?,
            None => &[],
        };
        let status = response.get_text("status").and_then(Item::as_unsigned);
        match (status.ok_or(WHERE)?, documents.is_empty()) {
            (0, _) => {}
            (status, true) => return Err(wallet_error(status)),
            (_, false) => return Err(ProfileError::Status),
        }
        let document_errors = match response.get_text("documentErrors") {
            Some(errors) => decode_document_errors(errors)?,
            None => Vec::new(),
        };
        let other_proofs =
            OTHER_PROOFS.iter().any(|key| response.get_text(key).is_some_and(|proofs| !is_empty(proofs)));
        if documents.is_empty() {
            return Err(match (other_proofs, document_errors.is_empty()) {
                (true, _) => ProfileError::ProofNotRead,
                (false, false) => ProfileError::DocumentErrors(document_errors),
                (false, true) => ProfileError::Documents,
            });
        }
        if documents.len() > MAX_DOCUMENTS {
            return Err(ProfileError::Documents);
        }
        let documents = documents.iter().map(Document::from_item).collect::<Result<_, _>>()?;
        Ok(Self { documents, document_errors, other_proofs })
    }

    /// Returns the documents, at least one.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Returns the documents that the device reports as not returned.
    pub fn document_errors(&self) -> &[DocumentError] {
        &self.document_errors
    }

    /// Whether there are `zkDocuments` or `encryptedDocuments` beside the documents. They are not read.
    pub const fn has_other_proofs(&self) -> bool {
        self.other_proofs
    }

    /// Returns the documents by value, each with what the device reports as not returned.
    pub(crate) fn into_documents(self) -> impl Iterator<Item = (Document, Reported)> {
        let documents = self.document_errors;
        self.documents.into_iter().map(move |document| {
            let elements = document.element_errors.clone();
            (document, Reported { documents: documents.clone(), elements })
        })
    }
}

/// The kinds of proof of version 1.1 beside documents.
const OTHER_PROOFS: [&str; 2] = ["zkDocuments", "encryptedDocuments"];

fn is_empty(item: &Item<'_>) -> bool {
    item.as_array().is_some_and(<[_]>::is_empty)
}

/// Returns the error of a status that is not 0 (Table 8), where there is no document.
const fn wallet_error(status: u64) -> ProfileError {
    match status {
        10 => ProfileError::WalletGeneralError,
        11 => ProfileError::WalletCborDecodingError,
        12 => ProfileError::WalletCborValidationError,
        _ => ProfileError::WalletError,
    }
}

/// A decoded Document, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    doc_type: String,
    issuer_signed: IssuerSigned,
    device_signed: DeviceSigned,
    element_errors: Vec<ElementError>,
}

impl Document {
    fn from_item(item: &Item<'_>) -> Result<Self, ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("Document");
        let field = |key: &str| item.get_text(key).ok_or(WHERE);
        let issuer_signed = IssuerSigned::from_item(field("issuerSigned")?)?;
        // No signature covers which elements are shown: without this, one flipped bit in the key
        // `nameSpaces` would turn a presentation into a valid one of nothing.
        if issuer_signed.name_spaces().iter().all(|(_, items)| items.is_empty()) {
            return Err(ProfileError::NoElements);
        }
        Ok(Self {
            doc_type: field("docType")?.as_text().ok_or(WHERE)?.to_owned(),
            issuer_signed,
            device_signed: DeviceSigned::from_item(field("deviceSigned")?)?,
            element_errors: match item.get_text("errors") {
                Some(errors) => decode_element_errors(errors)?,
                None => Vec::new(),
            },
        })
    }

    /// Returns the document's docType, which no signature covers; the MSO's is signed.
    pub fn doc_type(&self) -> &str {
        &self.doc_type
    }

    /// Returns the issuer's part.
    pub const fn issuer_signed(&self) -> &IssuerSigned {
        &self.issuer_signed
    }

    /// Returns the device's part.
    pub const fn device_signed(&self) -> &DeviceSigned {
        &self.device_signed
    }
}

/// `[* {DocType => int}]`, one pair in each map. The standard has at least one; an empty list says nothing.
fn decode_document_errors(item: &Item<'_>) -> Result<Vec<DocumentError>, ProfileError> {
    const WHERE: ProfileError = ProfileError::Shape("documentErrors");
    let errors = item.as_array().filter(|errors| errors.len() <= MAX_ERRORS);
    let one = |item: &Item<'_>| match item.as_map() {
        Some([(doc_type, code)]) => {
            Some(DocumentError { doc_type: doc_type.as_text()?.to_owned(), code: code.as_integer()? })
        }
        _ => None,
    };
    errors.ok_or(WHERE)?.iter().map(|error| one(error).ok_or(WHERE)).collect()
}

/// `{* ns => {* id => int}}`. The standard has at least one of each; an empty map says nothing.
fn decode_element_errors(item: &Item<'_>) -> Result<Vec<ElementError>, ProfileError> {
    const WHERE: ProfileError = ProfileError::Shape("errors");
    let mut errors = Vec::new();
    for (namespace, elements) in item.as_map().ok_or(WHERE)? {
        let namespace = namespace.as_text().ok_or(WHERE)?;
        for (identifier, code) in elements.as_map().ok_or(WHERE)? {
            let name = ElementName::new(namespace, identifier.as_text().ok_or(WHERE)?);
            errors.push(ElementError { name, code: code.as_integer().ok_or(WHERE)? });
        }
    }
    if errors.len() > MAX_ERRORS {
        return Err(WHERE);
    }
    Ok(errors)
}

/// A decoded DeviceSigned, not verified.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceSigned {
    name_spaces_bytes: Vec<u8>,
    elements: Vec<ElementName>,
    device_auth: DeviceAuth,
}

/// How the device authenticates.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DeviceAuth {
    /// A signature, for every verifier.
    Signature(CoseSign1),
    /// An HMAC with a key agreed with one reader.
    Mac(CoseMac0),
}

impl DeviceSigned {
    fn from_item(item: &Item<'_>) -> Result<Self, ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("DeviceSigned");
        let name_spaces_item = item.get_text("nameSpaces").ok_or(WHERE)?;
        let encoded =
            name_spaces_item.as_encoded_cbor().ok_or(ProfileError::Shape("DeviceNameSpacesBytes"))?;
        let device_auth = item.get_text("deviceAuth").ok_or(WHERE)?;
        let signature = device_auth.get_text("deviceSignature");
        let mac = device_auth.get_text("deviceMac");
        Ok(Self {
            name_spaces_bytes: name_spaces_item.raw().to_vec(),
            elements: element_names(&cbor::decode_foreign(encoded)?)?,
            device_auth: match (signature, mac) {
                (Some(item), None) => {
                    DeviceAuth::Signature(CoseSign1::from_item(item).map_err(ProfileError::Cose)?)
                }
                (None, Some(item)) => DeviceAuth::Mac(CoseMac0::from_item(item).map_err(ProfileError::Cose)?),
                _ => return Err(ProfileError::Shape("deviceAuth")),
            },
        })
    }

    /// Returns the received `DeviceNameSpacesBytes`.
    pub fn name_spaces_bytes(&self) -> &[u8] {
        &self.name_spaces_bytes
    }

    /// Returns the names of the elements that the device signed; their values are never shown.
    pub fn elements(&self) -> &[ElementName] {
        &self.elements
    }

    /// Returns the bytes that the device's signature or MAC is over, for this transcript and docType.
    pub(crate) fn authentication_bytes(&self, transcript: &SessionTranscript, doc_type: &str) -> Vec<u8> {
        device_authentication_bytes(transcript, doc_type, &self.name_spaces_bytes)
    }

    /// Returns the signature or MAC.
    pub const fn device_auth(&self) -> &DeviceAuth {
        &self.device_auth
    }
}

fn element_names(name_spaces: &Item<'_>) -> Result<Vec<ElementName>, ProfileError> {
    const WHERE: ProfileError = ProfileError::Shape("DeviceNameSpaces");
    let mut names = Vec::new();
    for (namespace, elements) in name_spaces.as_map().ok_or(WHERE)? {
        let namespace = namespace.as_text().ok_or(WHERE)?;
        for (identifier, _) in elements.as_map().ok_or(WHERE)? {
            let identifier = identifier.as_text().ok_or(WHERE)?;
            names.push(ElementName::new(namespace, identifier));
        }
    }
    Ok(names)
}

/// `DeviceAuthenticationBytes`, the detached payload of the device's signature or MAC
/// (ISO/IEC 18013-5, 9.1.3.4).
///
/// ```text
/// DeviceAuthentication = ["DeviceAuthentication", SessionTranscript, DocType, DeviceNameSpacesBytes]
/// ```
pub(crate) fn device_authentication_bytes(
    transcript: &SessionTranscript,
    doc_type: &str,
    name_spaces_bytes: &[u8],
) -> Vec<u8> {
    let mut inner = Vec::new();
    head(&mut inner, ARRAY, 4);
    inner.extend(text("DeviceAuthentication"));
    inner.extend_from_slice(transcript.bytes());
    inner.extend(text(doc_type));
    inner.extend_from_slice(name_spaces_bytes);
    cbor::encode(&Value::encoded_cbor(inner))
}

/// `DeviceNameSpacesBytes` with no elements.
#[cfg(feature = "rustcrypto")]
pub(crate) fn empty_name_spaces_bytes() -> Vec<u8> {
    cbor::encode(&Value::encoded_cbor(cbor::encode(&Value::Map(Vec::new()))))
}

/// Encodes a DeviceResponse with one document from its encoded parts.
#[cfg(feature = "rustcrypto")]
pub(crate) fn encode(
    doc_type: &str,
    issuer_signed: &[u8],
    name_spaces_bytes: &[u8],
    device_signature: &[u8],
) -> Vec<u8> {
    let mut out = Vec::new();
    // Keys in bytewise order of their encoding: shorter names first.
    head(&mut out, MAP, 3);
    out.extend(text("status"));
    head(&mut out, 0, 0);
    out.extend(text("version"));
    out.extend(text(VERSION));
    out.extend(text("documents"));
    head(&mut out, ARRAY, 1);
    head(&mut out, MAP, 3);
    out.extend(text("docType"));
    out.extend(text(doc_type));
    out.extend(text("deviceSigned"));
    head(&mut out, MAP, 2);
    out.extend(text("deviceAuth"));
    head(&mut out, MAP, 1);
    out.extend(text("deviceSignature"));
    out.extend_from_slice(device_signature);
    out.extend(text("nameSpaces"));
    out.extend_from_slice(name_spaces_bytes);
    out.extend(text("issuerSigned"));
    out.extend_from_slice(issuer_signed);
    out
}
