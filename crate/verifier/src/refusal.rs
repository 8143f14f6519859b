//! What the caller gave that cannot be used: an error of the call, and no verdict on a person.

use serde::Serialize;
use trust::ImportError;
use verdict::{CaseError, PolicyError};

/// Why a call is refused. It becomes a `LiangzhengError` of the script, by its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Refusal {
    /// The stable code, in kebab case.
    pub(crate) code: String,
    /// What it is about, for the log of a developer; no value of a licence.
    pub(crate) detail: String,
}

impl Refusal {
    pub(crate) fn new(code: &str, detail: impl Into<String>) -> Self {
        Self { code: code.to_owned(), detail: detail.into() }
    }

    /// Returns it as the text that the script reads.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<PolicyError> for Refusal {
    fn from(error: PolicyError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<CaseError> for Refusal {
    fn from(error: CaseError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<ImportError> for Refusal {
    fn from(error: ImportError) -> Self {
        Self::new(error.code().unwrap_or("trust-file"), error.to_string())
    }
}
