//! Errors as an exception with a code.

use cbor::coded;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use strings::Language;

create_exception!(liangzheng, Error, PyValueError, "What is wrong with an argument or a column: `code`.");

coded!(
    /// The codes of the wheel's own errors.
    pub enum WheelCode {
        ColumnMissing [column] => "column-missing", "table", "docs/batch.md", plain;
        ColumnType [column, r#type] => "column-type", "table", "docs/batch.md", plain;
        ColumnZone [column] => "column-zone", "table", "docs/batch.md", plain;
        Time [argument] => "argument-time", "argument", "RFC 3339, 5.6", plain;
        Offset [argument] => "argument-offset", "argument", "docs/batch.md", plain;
        Hash [argument] => "argument-hash", "argument", "docs/batch.md", plain;
        NoPolicy [argument] => "argument-policy", "argument", "docs/batch.md", plain;
        TrustEmpty => "trust-empty", "trust", "docs/batch.md", plain;
        TrustMixed => "trust-mixed", "trust", "docs/trust-lists.md", plain;
        TrustKind [argument] => "trust-kind", "trust", "docs/batch.md", plain;
        Worker => "worker-ended", "table", "docs/batch.md", plain;
    }
);

/// What is wrong with an argument or a column.
#[derive(Debug)]
pub(crate) enum Failure {
    /// With a code, and the values of the placeholders of its text.
    Coded(&'static str, Vec<(&'static str, String)>),
    /// A policy.
    Policy(verdict::PolicyError),
    /// What Arrow says.
    Arrow(String),
}

impl Failure {
    pub(crate) const fn new(code: &'static str) -> Self {
        Self::Coded(code, Vec::new())
    }

    pub(crate) fn with(code: WheelCode, name: &'static str, value: &str) -> Self {
        Self::Coded(code.code(), vec![(name, value.to_owned())])
    }

    pub(crate) fn arrow(error: impl ToString) -> Self {
        Self::Arrow(error.to_string())
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Coded(code, _) => code,
            Self::Policy(error) => error.code(),
            Self::Arrow(_) => "arrow",
        }
    }

    /// Returns the exception, with its sentence in this language.
    pub(crate) fn raised(&self, language: Language) -> PyErr {
        let code = self.code();
        let sentence = match self {
            Self::Coded(_, args) => {
                let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                strings::fill(strings::find(&format!("code.{code}"), language).unwrap_or(code), &args)
            }
            Self::Policy(error) => strings::say(&error.message(), &Plain(language)),
            Self::Arrow(reason) => reason.clone(),
        };
        let error = Error::new_err(format!("{sentence} [{code}]"));
        Python::attach(|py| {
            // If it cannot be set, the text has it.
            let _ = error.value(py).setattr("code", code);
        });
        error
    }
}

/// Formats values by ISO 8601.
struct Plain(Language);

impl strings::Locale for Plain {
    fn language(&self) -> Language {
        self.0
    }

    fn day(&self, day: cbor::Date) -> String {
        day.to_string()
    }

    fn moment(&self, at: cbor::Timestamp) -> String {
        at.format_tdate()
    }

    fn text(&self, text: &str) -> String {
        text.to_owned()
    }
}
