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

/// Gives an error enum its table: `CODES`, `info()`, `code()`, `step()` and `clause()`, one line a variant.
///
/// `via` names the variants that wrap the error of an inner stage and pass its line on. Crates of this workspace that
/// build on this one use it too.
#[macro_export]
macro_rules! coded {
    ($error:ident {
        $($variant:ident => $code:literal, $step:literal, $clause:literal;)*
    } $(via [$($inner:ident),*])?) => {
        impl $error {
            /// The lines of this stage in the table of codes, without those of inner stages.
            pub const CODES: &'static [$crate::CodeInfo] =
                &[$($crate::CodeInfo::new($code, $step, $clause)),*];

            /// The line of the table for this error.
            #[must_use]
            pub const fn info(&self) -> $crate::CodeInfo {
                match self {
                    $(Self::$variant { .. } => $crate::CodeInfo::new($code, $step, $clause),)*
                    $($(Self::$inner(inner) => inner.info(),)*)?
                }
            }

            /// The stable code in kebab case.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                self.info().code
            }

            /// The step that refuses.
            #[must_use]
            pub const fn step(&self) -> &'static str {
                self.info().step
            }

            /// The clause that asks for the check.
            #[must_use]
            pub const fn clause(&self) -> &'static str {
                self.info().clause
            }
        }
    };
}

/// `Display` and `Error` for an error with `code()`, `step()` and `clause()`.
#[macro_export]
macro_rules! stage_error {
    ($error:ty) => {
        impl core::fmt::Display for $error {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{} ({}; {})", self.code(), self.step(), self.clause())
            }
        }

        impl core::error::Error for $error {}
    };
}
