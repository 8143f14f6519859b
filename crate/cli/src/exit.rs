//! How the command ends: 0 verified, 1 refused, 2 undetermined, 3 wrong usage.

use core::fmt;
use std::process::ExitCode;

use verdict::Colour;

use crate::say::fill;

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Verified, or done.
    Done,
    /// Refused.
    Refused,
    /// Neither could be settled.
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

/// Something in the call or in its files is wrong: one sentence that names the way out.
#[derive(Debug)]
pub(crate) struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for Wrong {}

/// The sentence of this key.
pub(crate) fn wrong(key: &str, args: &[(&str, &str)]) -> Wrong {
    Wrong(fill(key, args))
}

/// A sentence on a file that cannot be read or written, with the system's trouble.
pub(crate) fn wrong_io(key: &str, file: &str, error: &std::io::Error) -> Wrong {
    wrong(key, &[("file", file), ("reason", &crate::say::trouble(error))])
}

/// A sentence that ends with the plain reason of a code.
pub(crate) fn wrong_code(key: &str, file: &str, code: &str) -> Wrong {
    wrong(key, &[("file", file), ("reason", &crate::say::reason(code)), ("code", code)])
}

/// A sentence on a file that counts for a verdict, with the plain reason of a code. What to do is the sentence's own: the
/// catalogue's advice is for whoever stands before a holder.
pub(crate) fn wrong_file(key: &str, file: &str, code: &str) -> Wrong {
    wrong(key, &[("file", file), ("reason", &crate::say::plain(code)), ("code", code)])
}
