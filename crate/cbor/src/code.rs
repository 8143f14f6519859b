//! Codes: one enum for each stage, from one macro.
//!
//! A code is a value to match on, to store and to compare. Its text, in kebab case, exists where it is rendered or
//! serialised. Crates of this workspace that build on this one declare theirs by [`coded!`](crate::coded) too.

/// What a code stands for: one row of the table of its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo<S = &'static str> {
    /// Stable name in kebab case; texts for people are kept under `code.<code>`.
    pub code: &'static str,
    /// Where the check belongs: the step of a verification, or the layer of a verdict.
    pub step: S,
    /// The clause of the standard, or the rule of this project, that asks for the check.
    pub clause: &'static str,
    /// The placeholders of its text.
    pub args: &'static [&'static str],
    /// Whether there is something to do next, under `code.<code>.next`.
    pub next: bool,
}

/// Declares the codes of a stage: an enum without fields, with `code()`, `step()`, `clause()` and `from_code()`.
///
/// Four forms:
/// - `coded!(SomeError as SomeCode { Variant => "some-code", "step", "clause"; } via [Inner(InnerCode)])` for an error
///   enum that is written out elsewhere. It gets `kind()`, `code()`, `step()` and `clause()`. `via` names the variants
///   that wrap the error of an inner stage and pass its code on. A row that begins `Variant [name]` has placeholders.
/// - `coded!(SomeError with SomeCode { Variant, … } via [Inner])` for an error enum whose codes another crate declares, with
///   variants of the same names.
/// - `coded!(pub enum SomeCode { … } via […])` for codes without an error of their own.
/// - `coded!(pub enum Reason as ReasonCode: Step, Arg { Variant { name: Type } => …; })` for reasons whose text has
///   placeholders: the fields are the placeholders, each of a type that is `Into<Arg>`. A row that ends in `, next` has
///   something to do next; in the other two forms each has but those that end in `, plain`.
///
/// A code that is in no table does not compile:
/// ```compile_fail,E0599
/// liangzheng_cbor::coded!(pub enum DoorCode { Locked => "door-locked", "door", "house rule"; });
/// let misspelt = DoorCode::Loked;
/// ```
#[macro_export]
macro_rules! coded {
    ($error:ident as $code:ident {
        $($variant:ident $([$($arg:ident),*])? => $text:literal, $step:expr, $clause:expr $(, $plain:ident)?;)*
    } $(via [$($inner:ident($inner_code:ty)),* $(,)?])?) => {
        $crate::coded!(
            #[doc = concat!("The codes of [`", stringify!($error), "`], to match on.")]
            pub enum $code { $(
                #[doc = concat!("See [`", stringify!($error), "::", stringify!($variant), "`].")]
                $variant $([$($arg),*])? => $text, $step, $clause $(, $plain)?;
            )* } $(via [$($inner($inner_code)),*])?
        );

        $crate::coded!($error with $code { $($variant),* } $(via [$($inner),*])?);
    };

    ($error:ident with $code:ident { $($variant:ident),* $(,)? } $(via [$($inner:ident),* $(,)?])?) => {
        impl $error {
            /// The rows of this stage, without those of inner stages.
            pub const CODES: &'static [$crate::CodeInfo] = $code::CODES;

            /// Returns the code as a value to match on.
            #[must_use]
            pub const fn kind(&self) -> $code {
                match self {
                    $(Self::$variant { .. } => $code::$variant,)*
                    $($(Self::$inner(inner) => $code::$inner(inner.kind()),)*)?
                }
            }

            /// Returns the stable code in kebab case.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                self.kind().code()
            }

            /// Returns the step that refuses.
            #[must_use]
            pub const fn step(&self) -> &'static str {
                self.kind().step()
            }

            /// Returns the clause that asks for the check.
            #[must_use]
            pub const fn clause(&self) -> &'static str {
                self.kind().clause()
            }
        }
    };

    ($(#[$meta:meta])* pub enum $code:ident {
        $($(#[$doc:meta])* $variant:ident $([$($arg:ident),*])?
            => $text:literal, $step:expr, $clause:expr $(, $plain:ident)?;)*
    } $(via [$($inner:ident($inner_code:ty)),* $(,)?])?) => {
        $crate::coded!(@enum [$(#[$meta])*] $code [&'static str]
            [$([$(#[$doc])*] $variant, $text, $step, $clause, [$($(stringify!($arg)),*)?], $crate::coded!(@next_unless $($plain)?);)*] [$($($inner($inner_code)),*)?]);
    };

    ($(#[$meta:meta])* pub enum $reason:ident as $code:ident: $Step:ty, $arg:ident {
        $($(#[$doc:meta])* $variant:ident $({$($field:ident: $field_type:ty),* $(,)?})?
            => $text:literal, $step:expr, $clause:expr $(, $next:ident)?;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $reason {
            $(
                #[doc = concat!("`", $text, "`")]
                $(#[$doc])*
                $variant $({$(
                    #[doc = concat!("The placeholder `{", stringify!($field), "}`.")]
                    $field: $field_type,
                )*})?,
            )*
        }

        impl $reason {
            /// Returns the code, without the values of its placeholders.
            #[must_use]
            pub const fn kind(&self) -> $code {
                match self {
                    $(Self::$variant { .. } => $code::$variant,)*
                }
            }

            /// Returns the values of the placeholders, by name.
            #[must_use]
            #[allow(clippy::clone_on_copy, reason = "some placeholders are Copy and some are not")]
            pub fn args(&self) -> Vec<(&'static str, $arg)> {
                match self {
                    $(Self::$variant $({$($field),*})? => {
                        vec![$($((stringify!($field), $arg::from($field.clone()))),*)?]
                    })*
                }
            }
        }

        $crate::coded!(@enum [#[doc = concat!("The codes of [`", stringify!($reason), "`], to match on.")]]
            $code [$Step]
            [$(
                [#[doc = concat!("See [`", stringify!($reason), "::", stringify!($variant), "`].")]]
                $variant, $text, $step, $clause, [$($(stringify!($field)),*)?], $crate::coded!(@next $($next)?);
            )*] []);
    };

    (@next next) => { true };
    (@next) => { false };
    (@next_unless plain) => { false };
    (@next_unless) => { true };

    (@enum [$($meta:tt)*] $code:ident [$Step:ty]
        [$([$($doc:tt)*] $variant:ident, $text:literal, $step:expr, $clause:expr, [$($arg:expr),*], $next:expr;)*]
        [$($inner:ident($inner_code:ty)),*]
    ) => {
        $($meta)*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $code {
            $(
                #[doc = concat!("`", $text, "`.")]
                $($doc)*
                $variant,
            )*
            $(#[doc = "A code of an inner stage."] $inner($inner_code),)*
        }

        impl $code {
            /// Every code of this stage, without those of inner stages.
            pub const OWN: &'static [Self] = &[$(Self::$variant),*];

            /// The rows of this stage, without those of inner stages.
            pub const CODES: &'static [$crate::CodeInfo<$Step>] = &[$(Self::$variant.info()),*];

            /// Returns the row of this code.
            #[must_use]
            pub const fn info(self) -> $crate::CodeInfo<$Step> {
                match self {
                    $(Self::$variant => $crate::CodeInfo {
                        code: $text, step: $step, clause: $clause, args: &[$($arg),*], next: $next,
                    },)*
                    $(Self::$inner(inner) => inner.info(),)*
                }
            }

            /// Returns the stable code in kebab case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                self.info().code
            }

            /// Where the check belongs.
            #[must_use]
            pub const fn step(self) -> $Step {
                self.info().step
            }

            /// Returns the clause that asks for the check.
            #[must_use]
            pub const fn clause(self) -> &'static str {
                self.info().clause
            }

            /// Returns the code with this text, of this stage or of an inner one.
            #[must_use]
            pub fn from_code(text: &str) -> Option<Self> {
                let own = Self::OWN.iter().copied().find(|code| code.code() == text);
                $(let own = own.or_else(|| <$inner_code>::from_code(text).map(Self::$inner));)*
                own
            }
        }

        impl core::fmt::Display for $code {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

/// A signature that the provider could not verify: it may be right or wrong, and what depends on it is undetermined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureNotChecked {
    step: &'static str,
}

impl SignatureNotChecked {
    /// The row of the table of codes.
    pub const CODES: &'static [CodeInfo] = NotCheckedCode::CODES;

    /// Creates the error for a signature that is verified at this step.
    #[must_use]
    pub const fn at(step: &'static str) -> Self {
        Self { step }
    }

    /// Returns the code as a value to match on.
    #[must_use]
    pub const fn kind(&self) -> NotCheckedCode {
        NotCheckedCode { step: self.step }
    }
}

/// The code of [`SignatureNotChecked`]: one text for every signature, and the step at which this one is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NotCheckedCode {
    step: &'static str,
}

impl NotCheckedCode {
    /// The row of this code in the table, with the first step that may return it.
    pub const CODES: &'static [CodeInfo] = &[Self { step: "issuer-trusted" }.info()];

    /// Returns the row of this code, with its step.
    #[must_use]
    pub const fn info(self) -> CodeInfo {
        CodeInfo {
            code: "signature-not-checked",
            step: self.step,
            clause: "ISO/IEC 18013-5, 9.1.5.2",
            args: &[],
            next: true,
        }
    }

    /// Returns the step at which the signature is verified.
    #[must_use]
    pub const fn step(self) -> &'static str {
        self.step
    }

    /// Returns the code with this text, at the step of the table.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::CODES.iter().find(|row| row.code == text).map(|row| Self { step: row.step })
    }
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
