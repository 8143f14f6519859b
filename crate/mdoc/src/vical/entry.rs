//! One entry of a list: a certificate and what it is trusted for, or why it is not.

use super::error::VicalEntryError;
use crate::verify::outcome::Outcome;
use crate::verify::trust::Anchor;
use crate::verify::trust_error::TrustError;
use cbor::{Item, ItemValue, Timestamp};
use signature::VerifySignature;
use x509::{Certificate, CertificateError};

/// The most document types of an entry.
const MAX_DOC_TYPES: usize = 32;
/// The longest label, in characters.
const MAX_LABEL: usize = 120;

/// An entry as received.
#[derive(Clone, Debug)]
pub(super) struct RawEntry(Result<Described, VicalEntryError>);

/// What an entry states in addition to its certificate.
#[derive(Clone, Debug)]
struct Described {
    certificate: Result<Certificate, CertificateError>,
    serial: Vec<u8>,
    ski: Vec<u8>,
    doc_types: Vec<String>,
}

impl RawEntry {
    pub(super) fn read(item: &Item<'_>) -> Self {
        Self(Described::read(item))
    }

    /// Checks the entry's certificate as an anchor; `list` is the list's name, `date` when it was made.
    pub(super) fn judge(&self, list: &str, date: Timestamp, by: &dyn VerifySignature) -> VicalEntry {
        let (certificate, doc_types) = match &self.0 {
            Ok(Described { certificate: Ok(certificate), doc_types, .. }) => {
                (Some(certificate.clone()), doc_types.clone())
            }
            Ok(Described { doc_types, .. }) => (None, doc_types.clone()),
            Err(_) => (None, Vec::new()),
        };
        let anchor = self.0.as_ref().map_err(Clone::clone).and_then(|described| described.anchor(list, by));
        let anchor = anchor.map(|anchor| anchor.of_date(date));
        VicalEntry { certificate, doc_types, anchor }
    }
}

impl Described {
    fn read(item: &Item<'_>) -> Result<Self, VicalEntryError> {
        let field = |key| item.get_text(key).ok_or(VicalEntryError::Shape(key));
        let bytes = |key| field(key)?.as_bytes().ok_or(VicalEntryError::Shape(key));
        let doc_types = field("docType")?.as_array().ok_or(VicalEntryError::Shape("docType"))?;
        let doc_types: Option<Vec<_>> = doc_types.iter().map(|t| t.as_text().map(str::to_owned)).collect();
        let doc_types = doc_types.filter(|types| !types.is_empty() && types.len() <= MAX_DOC_TYPES);
        Ok(Self {
            certificate: Certificate::decode(bytes("certificate")?),
            serial: number(field("serialNumber")?).ok_or(VicalEntryError::Shape("serialNumber"))?,
            ski: bytes("ski")?.to_vec(),
            doc_types: doc_types.ok_or(VicalEntryError::Shape("docType"))?,
        })
    }

    fn anchor(&self, list: &str, by: &dyn VerifySignature) -> Result<Anchor, VicalEntryError> {
        let refused = |error: &CertificateError| VicalEntryError::Trust(TrustError::Certificate(*error));
        let certificate = self.certificate.as_ref().map_err(refused)?;
        if significant(certificate.serial()) != significant(&self.serial) {
            return Err(VicalEntryError::Mismatch("serialNumber"));
        }
        if certificate.ski().is_some_and(|own| own != self.ski.as_slice() && own != unwrapped(&self.ski)) {
            return Err(VicalEntryError::Mismatch("ski"));
        }
        Anchor::iaca(certificate.clone(), label(certificate), list, by).map_err(VicalEntryError::Trust)
    }
}

/// A bignum (tag 2), or a small number written as an integer.
fn number(item: &Item<'_>) -> Option<Vec<u8>> {
    match item.value() {
        ItemValue::Unsigned(small) => Some(small.to_be_bytes().to_vec()),
        ItemValue::Tag(2, content) => content.as_bytes().map(<[u8]>::to_vec),
        _ => None,
    }
}

/// A number's octets without zeros in front.
fn significant(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    octets.get(zeros..).unwrap_or_default()
}

/// Returns the identifier inside the OCTET STRING, once or twice, in which real lists wrap it.
fn unwrapped(ski: &[u8]) -> &[u8] {
    let mut inner = ski;
    while let [0x04, length, rest @ ..] = inner
        && usize::from(*length) == rest.len()
    {
        inner = rest;
    }
    inner
}

/// Returns the name of a certificate's subject for display: organisation and common name, if present.
#[must_use]
pub fn label(certificate: &Certificate) -> String {
    let name = certificate.subject();
    let label = match (name.organization(), name.common_name()) {
        (Some(organization), Some(common)) => format!("{organization} ({common})"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => name.country().unwrap_or_default().to_owned(),
    };
    label.chars().take(MAX_LABEL).collect()
}

/// One entry of a verified list.
#[derive(Clone, Debug)]
pub struct VicalEntry {
    certificate: Option<Certificate>,
    doc_types: Vec<String>,
    anchor: Result<Anchor, VicalEntryError>,
}

impl VicalEntry {
    /// Returns the certificate, if it can be read.
    #[must_use]
    pub const fn certificate(&self) -> Option<&Certificate> {
        self.certificate.as_ref()
    }

    /// Returns the types of documents for which the provider vouches.
    #[must_use]
    pub fn doc_types(&self) -> &[String] {
        &self.doc_types
    }

    /// Returns the name of its subject for display; empty if the certificate cannot be read.
    #[must_use]
    pub fn label(&self) -> String {
        self.certificate.as_ref().map(label).unwrap_or_default()
    }

    /// Returns the anchor for the entry's document types, marked as in doubt if the list's age is not a pass, or as of a list
    /// whose next version is due; `None` for an entry that is refused.
    pub(super) fn anchor_of_age(&self, age: &Outcome, due: Option<Timestamp>) -> Option<Anchor> {
        let anchor = self.anchor.as_ref().ok()?.clone().for_doc_types(&self.doc_types);
        Some(match (age.reason(), due) {
            (Some(reason), _) => anchor.in_doubt(reason),
            (None, Some(since)) => anchor.due_since(since),
            (None, None) => anchor,
        })
    }

    /// Returns the anchor without the entry's document types and the list's age.
    ///
    /// # Errors
    /// Returns why this entry is not trusted.
    pub const fn anchor(&self) -> Result<&Anchor, &VicalEntryError> {
        self.anchor.as_ref()
    }
}
