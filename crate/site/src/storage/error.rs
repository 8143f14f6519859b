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
    /// The browser dropped the connection to the store, and did not open it again.
    Dropped,
    /// The browser does not answer: another page may hold the store.
    Silent,
    /// The browser has not confirmed a write.
    Unconfirmed,
    /// Another tab works on the licence, and does not end.
    Busy,
    /// This mode of the browser keeps no keys.
    NoKeys,
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
            Self::Dropped => "store-dropped",
            Self::Silent => "store-silent",
            Self::Unconfirmed => "store-unconfirmed",
            Self::Busy => "store-busy",
            Self::NoKeys => "store-no-keys",
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
            Self::Dropped => "problem.store-dropped",
            Self::Silent => "problem.store-silent",
            Self::Unconfirmed => "problem.store-unconfirmed",
            Self::Busy => "problem.store-busy",
            Self::NoKeys => "problem.store-no-keys",
        }
    }

    /// Whether the store could not be reached, which says nothing of what it holds.
    pub(crate) const fn is_passing(self) -> bool {
        matches!(
            self,
            Self::Unavailable
                | Self::Full
                | Self::NotSaved
                | Self::Dropped
                | Self::Silent
                | Self::Unconfirmed
                | Self::Busy
        )
    }

    /// Of a transaction, by the name of the DOMException.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "QuotaExceededError" => Self::Full,
            // A store that is missing is made when the database is opened again.
            "InvalidStateError" | "UnknownError" | "NotFoundError" => Self::Dropped,
            "DataCloneError" => Self::NoKeys,
            _ => Self::NotSaved,
        }
    }

    /// Of a request that reads, by the name of the DOMException.
    pub(super) fn reading(name: &str) -> Self {
        match Self::of(name) {
            Self::Dropped => Self::Dropped,
            _ => Self::Unreadable,
        }
    }

    /// Of opening the database, by the name of the DOMException.
    pub(super) fn opening(name: &str) -> Self {
        match name {
            "VersionError" => Self::Newer,
            "QuotaExceededError" => Self::Full,
            "DataError" => Self::Unreadable,
            "UnknownError" | "AbortError" => Self::Dropped,
            _ => Self::Unavailable,
        }
    }
}
