//! The shape of the table of codes: one line for each stable code of this crate.

/// What a code stands for: where it is found out and which clause asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Stable name in kebab case; texts for people are kept under `code.<code>`.
    pub code: &'static str,
    /// The step of the verification that gives it.
    pub step: &'static str,
    /// The clause of the standard, or the rule of this project, that asks for the check.
    pub clause: &'static str,
}

impl CodeInfo {
    /// A line of the table.
    #[must_use]
    pub const fn new(code: &'static str, step: &'static str, clause: &'static str) -> Self {
        Self { code, step, clause }
    }
}
