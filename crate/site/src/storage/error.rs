//! Why something could not be stored or read back.

/// Why the store could not do what was asked. Nothing is ever half done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub(crate) enum StoreError {
    /// The browser offers no storage here: private mode, or switched off.
    Unavailable,
    /// The device or the browser's share of it is full.
    Full,
    /// The write was not completed; what was there before is still there.
    NotSaved,
    /// The stored data cannot be read back.
    Unreadable,
    /// The stored data are not what was written.
    Damaged,
    /// The data were written by a newer version of this site.
    Newer,
    /// Another tab changed the licence in the meantime.
    Changed,
}

impl StoreError {
    /// The stable code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unavailable => "store-unavailable",
            Self::Full => "store-full",
            Self::NotSaved => "store-not-saved",
            Self::Unreadable => "store-unreadable",
            Self::Damaged => "store-damaged",
            Self::Newer => "store-newer",
            Self::Changed => "store-changed",
        }
    }

    /// The key of the sentence that says it; `<key>.next` says what to do.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Unavailable => "problem.store-unavailable",
            Self::Full => "problem.store-full",
            Self::NotSaved => "problem.store-not-saved",
            Self::Unreadable => "problem.store-unreadable",
            Self::Damaged => "problem.store-damaged",
            Self::Newer => "problem.store-newer",
            Self::Changed => "problem.store-changed",
        }
    }

    /// By the name of the DOMException.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "QuotaExceededError" => Self::Full,
            "InvalidStateError" => Self::Unavailable,
            _ => Self::NotSaved,
        }
    }

    pub(super) fn opening(name: &str) -> Self {
        match name {
            "VersionError" => Self::Newer,
            "QuotaExceededError" => Self::Full,
            "UnknownError" | "DataError" => Self::Unreadable,
            _ => Self::Unavailable,
        }
    }
}
