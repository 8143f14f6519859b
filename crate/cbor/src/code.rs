//! One line of the table of stable codes.

/// A stable code, the step that returns it, and the clause that requires the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Stable name in kebab case; its sentences have the key `code.<code>`.
    pub code: &'static str,
    /// The step of verification that returns it.
    pub step: &'static str,
    /// The clause of the standard, or the rule of this project, that requires the check.
    pub clause: &'static str,
}

impl CodeInfo {
    /// A line of the table.
    #[must_use]
    pub const fn new(code: &'static str, step: &'static str, clause: &'static str) -> Self {
        Self { code, step, clause }
    }
}

/// A signature that the provider could not verify: nothing is known of it, and what rests on it is undetermined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureNotChecked;

impl SignatureNotChecked {
    /// The line of the table of codes.
    pub const CODES: &'static [CodeInfo] = &[Self.info()];

    /// The line of the table of codes.
    #[must_use]
    pub const fn info(&self) -> CodeInfo {
        CodeInfo::new("signature-not-checked", "issuer-trusted", "ISO/IEC 18013-5, 9.1.5.2")
    }
}

/// Implements `CODES`, `info()`, `code()`, `step()` and `clause()` for an error enum, one line for each variant.
///
/// `via` lists the variants that wrap the error of an inner stage and return its line.
#[macro_export]
macro_rules! coded {
    ($error:ident {
        $($variant:ident => $code:literal, $step:literal, $clause:literal;)*
    } $(via [$($inner:ident),*])?) => {
        impl $error {
            /// The codes of this stage, without those of inner stages.
            pub const CODES: &'static [$crate::CodeInfo] =
                &[$($crate::CodeInfo::new($code, $step, $clause)),*];

            /// Returns the line of the table for this error.
            #[must_use]
            pub const fn info(&self) -> $crate::CodeInfo {
                match self {
                    $(Self::$variant { .. } => $crate::CodeInfo::new($code, $step, $clause),)*
                    $($(Self::$inner(inner) => inner.info(),)*)?
                }
            }

            /// Returns the stable code in kebab case.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                self.info().code
            }

            /// Returns the step that failed.
            #[must_use]
            pub const fn step(&self) -> &'static str {
                self.info().step
            }

            /// Returns the clause that requires the check.
            #[must_use]
            pub const fn clause(&self) -> &'static str {
                self.info().clause
            }
        }
    };
}

/// Implements `Display` and `Error` for an error with `code()`, `step()` and `clause()`.
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
