//! The reference to a list in the MSO (`status`).
//!
//! ```text
//! Status = {? "status_list": {"idx": uint, "uri": tstr, ? "certificate": bstr},
//!           ? "identifier_list": {"id": bstr, "uri": tstr, ? "certificate": bstr}, * tstr => any}
//! ```

use super::MAX_URI;
use super::error::StatusListError;
use cbor::Value;

/// An entry of a status list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusListInfo {
    /// The index of the entry.
    pub idx: u64,
    /// The name of the list, which is also where it is published.
    pub uri: String,
    /// The certificate that the issuer names for the list (second edition); stored, but not thereby trusted.
    pub certificate: Option<Vec<u8>>,
}

/// An entry of an identifier list (second edition); recognised, not evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifierListInfo {
    /// What identifies the credential.
    pub id: Vec<u8>,
    /// The name of the list.
    pub uri: String,
    /// The certificate that the issuer names for the list.
    pub certificate: Option<Vec<u8>>,
}

/// How to look up the status of the credential. At least one of the two is present.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusReference {
    /// The entry of a status list.
    pub status_list: Option<StatusListInfo>,
    /// The entry of an identifier list.
    pub identifier_list: Option<IdentifierListInfo>,
}

impl StatusReference {
    /// Reads the MSO's `status`, if it has one.
    ///
    /// Each mechanism is read by itself: one that is unknown or malformed does not spoil another one.
    ///
    /// # Errors
    /// `status-reference` if no mechanism can be read, or the status list's entry is malformed. The MSO remains valid; only
    /// its status cannot be looked up.
    pub fn read(status: Option<&Value>) -> Result<Option<Self>, StatusListError> {
        let Some(status) = status else {
            return Ok(None);
        };
        status.as_map().ok_or(StatusListError::Reference)?;
        let identifier_list = status.get_text("identifier_list").map(IdentifierListInfo::read);
        let reference = match (status.get_text("status_list").map(StatusListInfo::read), identifier_list) {
            (Some(status_list), identifier_list) => Self {
                status_list: Some(status_list?),
                // The status list decides, whatever stands beside it.
                identifier_list: identifier_list.and_then(Result::ok),
            },
            (None, Some(identifier_list)) => {
                Self { status_list: None, identifier_list: Some(identifier_list?) }
            }
            (None, None) => return Err(StatusListError::Reference),
        };
        Ok(Some(reference))
    }
}

impl StatusListInfo {
    /// Creates the reference to an entry by index and URI.
    #[must_use]
    pub fn new(idx: u64, uri: impl Into<String>) -> Self {
        Self { idx, uri: uri.into(), certificate: None }
    }

    /// Returns an MSO `status` with this entry only.
    #[must_use]
    pub fn to_status(&self) -> Value {
        let mut pairs = vec![("idx", Value::Unsigned(self.idx)), ("uri", Value::text(&*self.uri))];
        if let Some(certificate) = &self.certificate {
            pairs.push(("certificate", Value::bytes(&**certificate)));
        }
        Value::map([("status_list", Value::map(pairs))])
    }

    fn read(value: &Value) -> Result<Self, StatusListError> {
        let idx = value.get_text("idx").and_then(Value::as_unsigned).ok_or(StatusListError::Reference)?;
        Ok(Self { idx, uri: uri(value)?, certificate: certificate(value) })
    }
}

impl IdentifierListInfo {
    fn read(value: &Value) -> Result<Self, StatusListError> {
        let id = value.get_text("id").and_then(Value::as_bytes).ok_or(StatusListError::Reference)?;
        Ok(Self { id: id.to_vec(), uri: uri(value)?, certificate: certificate(value) })
    }
}

fn uri(value: &Value) -> Result<String, StatusListError> {
    let uri = value.get_text("uri").and_then(Value::as_text);
    let uri = uri.filter(|uri| !uri.is_empty() && uri.len() <= MAX_URI);
    uri.map(str::to_owned).ok_or(StatusListError::Reference)
}

/// Returns the certificate that the issuer names. It is no trust by itself, so a malformed one counts as none.
fn certificate(value: &Value) -> Option<Vec<u8>> {
    value.get_text("certificate").and_then(Value::as_bytes).map(<[u8]>::to_vec)
}
