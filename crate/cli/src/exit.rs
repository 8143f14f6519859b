//! How the command ends: 0 verified, 1 refused, 2 undetermined, 3 wrong usage.

use core::fmt;
use std::process::ExitCode;

use verdict::Colour;

use crate::say::fill;

/// The exit status. The worst of several is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Verified, or done.
    Done,
    /// Refused.
    Refused,
    /// Undetermined.
    Undetermined,
    /// Wrong usage, or a file that cannot be opened or written.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Undetermined => 2,
            Exit::Usage => 3,
        })
    }
}

impl From<Colour> for Exit {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Green => Self::Done,
            Colour::Amber => Self::Undetermined,
            Colour::Red => Self::Refused,
        }
    }
}

impl Exit {
    /// Returns the name of a verdict.
    pub(crate) const fn verdict(self) -> &'static str {
        match self {
            Self::Done => "verified",
            Self::Refused => "refused",
            Self::Undetermined | Self::Usage => "undetermined",
        }
    }
}

/// An error in the arguments or files, as one sentence that says what to do.
#[derive(Debug)]
pub(crate) struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for Wrong {}

/// Returns the error with the sentence of this key.
pub(crate) fn wrong(key: &str, args: &[(&str, &str)]) -> Wrong {
    Wrong(fill(key, args))
}

/// Returns the error for a file that cannot be read or written, with the system's reason.
pub(crate) fn wrong_io(key: &str, file: &str, error: &std::io::Error) -> Wrong {
    wrong(key, &[("file", file), ("reason", &crate::say::trouble(error))])
}

/// Returns an error whose sentence ends with the plain reason of a code.
pub(crate) fn wrong_code(key: &str, file: &str, code: &str) -> Wrong {
    wrong(key, &[("file", file), ("reason", &crate::say::reason(code)), ("code", code)])
}

/// Returns the error for a file of trust or status, with the plain reason of a code. The catalogue's next step is left out,
/// because it is for a verifier in front of a holder.
pub(crate) fn wrong_file(key: &str, file: &str, code: &str) -> Wrong {
    wrong(key, &[("file", file), ("reason", &crate::say::plain(code)), ("code", code)])
}
