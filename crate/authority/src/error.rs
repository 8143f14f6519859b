//! What can be refused, with a stable code for each reason.
//!
//! Errors contain days and status letters, and never names or numbers.

use cbor::Date;
use cbor::coded;
use licence::{PortraitError, StatusLetters};
use record::{RecordCode, RecordError};
use verdict::{Arg, Message};
use x509::CertificateError;

/// Adds to an error its plain reason, `code.<code>`, with its placeholders; and `Display` by its code.
macro_rules! said {
    ($error:ty) => {
        impl $error {
            /// Returns the plain reason, `code.<code>`, with its placeholders.
            pub fn message(&self) -> Message {
                Message::of_code(self.kind().info(), self.args())
            }
        }

        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::error::Error for $error {}
    };
}
pub(crate) use said;

/// Why a claim cannot be made today.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimError {
    /// The roll-out reaches the issuing office only later.
    NotRolledOut {
        /// The first day.
        from: Date,
    },
    /// The licence must not be used for driving at present (the red group).
    StatusRed(StatusLetters),
    /// The issuing office must be asked first.
    StatusAbnormal(StatusLetters),
    /// The licence has ended.
    StatusGone(StatusLetters),
    /// An unknown status letter, or no letter.
    StatusUnknown(StatusLetters),
    /// The extension is over.
    ExtensionOver(StatusLetters),
    /// No person has this id.
    PersonUnknown,
    /// No licence has this number and this name.
    NumberName,
    /// A photo is on file: it is confirmed first, and may be replaced then.
    PhotoOnFile,
    /// No photo is on file, and none was sent.
    PhotoNeeded,
}

coded!(ClaimError as ClaimCode {
    NotRolledOut [date] => "claim-not-rolled-out", "claim", "roll-out table";
    StatusRed [letters] => "claim-status-red", "claim", "status groups";
    StatusAbnormal [letters] => "claim-status-abnormal", "claim", "status groups";
    StatusGone [letters] => "claim-status-gone", "claim", "status groups";
    StatusUnknown => "claim-status-unknown", "claim", "status groups";
    ExtensionOver [letters] => "claim-extension-over", "claim", "status groups";
    PersonUnknown => "claim-person-unknown", "claim", "demo people";
    NumberName => "claim-number-name", "claim", "number and name of the licence";
    PhotoOnFile => "claim-photo-on-file", "claim", "photo on file";
    PhotoNeeded => "claim-photo-needed", "claim", "photo on file";
});

impl ClaimError {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        if let ClaimError::NotRolledOut { from } = self {
            return vec![("date", Arg::Date(*from))];
        }
        self.letters().map(|letters| ("letters", Arg::Letters(letters.text()))).into_iter().collect()
    }

    /// The letters that barred the claim.
    pub fn letters(&self) -> Option<&StatusLetters> {
        match self {
            ClaimError::StatusRed(letters)
            | ClaimError::StatusAbnormal(letters)
            | ClaimError::StatusGone(letters)
            | ClaimError::StatusUnknown(letters)
            | ClaimError::ExtensionOver(letters) => Some(letters),
            ClaimError::NotRolledOut { .. }
            | ClaimError::PersonUnknown
            | ClaimError::NumberName
            | ClaimError::PhotoOnFile
            | ClaimError::PhotoNeeded => None,
        }
    }
}
said!(ClaimError);

/// Why a photo is refused before it is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhotoError {
    /// Not a JPEG.
    NotJpeg,
    /// A JPEG that is truncated or malformed.
    Broken,
    /// More bytes, pixels or scans than a portrait may have.
    TooBig,
    /// Less than 520 pixels wide.
    TooNarrow {
        /// Its width in pixels.
        width: u16,
    },
    /// Not between 2:3 and 3:4.
    Ratio,
    /// The small portrait is less than 120 x 174 pixels, or not upright.
    SmallSize,
    /// The small portrait has more than 2,600 bytes.
    SmallBytes,
    /// Not the photo that the authority has on file.
    NotOnFile,
}

coded!(PhotoError as PhotoCode {
    NotJpeg => "photo-not-jpeg", "photo", "electronic photo";
    Broken => "photo-broken", "photo", "electronic photo";
    TooBig => "photo-too-big", "photo", "electronic photo";
    TooNarrow [width] => "photo-too-narrow", "photo", "electronic photo: 520 pixels wide";
    Ratio => "photo-ratio", "photo", "electronic photo: 2:3 to 3:4";
    SmallSize => "photo-small-size", "photo", "portrait_small: 120 x 174 pixels";
    SmallBytes => "photo-small-bytes", "photo", "portrait_small: 2,600 bytes";
    NotOnFile => "photo-not-on-file", "photo", "photo on file";
});

impl PhotoError {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            PhotoError::TooNarrow { width } => vec![("width", Arg::Number((*width).into()))],
            _ => Vec::new(),
        }
    }
}
said!(PhotoError);

impl From<PortraitError> for PhotoError {
    fn from(error: PortraitError) -> Self {
        match error {
            PortraitError::NotJpeg => PhotoError::NotJpeg,
            PortraitError::TooLong | PortraitError::Dimensions | PortraitError::Scans => PhotoError::TooBig,
            _ => PhotoError::Broken,
        }
    }
}

/// Why the photo cannot be replaced today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplaceError {
    /// The driver's own photo can be replaced only six months after its approval.
    TooEarly {
        /// The first day on which it can.
        from: Date,
    },
}

coded!(ReplaceError as ReplaceCode {
    TooEarly [date] => "replace-too-early", "replace", "six months after a photo of one's own";
});

impl ReplaceError {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        let ReplaceError::TooEarly { from } = self;
        vec![("date", Arg::Date(*from))]
    }
}
said!(ReplaceError);

/// Why no licence was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssueError {
    /// The authority's certificates are not valid on this day.
    OutsideAuthority,
    /// The portrait is not the one that was approved.
    PhotoMismatch,
    /// A portrait breaks the photo rules.
    Photo(PhotoError),
    /// The record is of another schema, or its person is unknown.
    Record,
    /// The facts do not make a licence.
    Facts,
    /// The certificate or the signature cannot be made.
    Signing,
}

coded!(IssueError as IssueCode {
    OutsideAuthority => "issue-outside-authority", "issue", "ISO/IEC 18013-5 B.1.2";
    PhotoMismatch => "photo-mismatch", "issue", "portrait digests of the record";
    Record => "issue-record", "issue", "record of the demo authority";
    Facts => "issue-facts", "issue", "ISO/IEC 18013-5 7.2";
    Signing => "issue-signing", "issue", "ISO/IEC 18013-5 9.1.2.4";
} via [Photo(PhotoCode)]);

impl IssueError {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            IssueError::Photo(error) => error.args(),
            _ => Vec::new(),
        }
    }
}
said!(IssueError);

impl From<PhotoError> for IssueError {
    fn from(error: PhotoError) -> Self {
        IssueError::Photo(error)
    }
}

impl From<CertificateError> for IssueError {
    fn from(_: CertificateError) -> Self {
        IssueError::Signing
    }
}

/// Why a table of the roll-out is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RolloutError {
    /// It is too long, or no JSON of the form.
    Form,
    /// Its rows are not in order, do not end with `all`, or name a batch or a city twice.
    Rows,
}

coded!(RolloutError as RolloutCode {
    Form => "rollout-form", "claim", "roll-out table";
    Rows => "rollout-rows", "claim", "roll-out table";
});

impl RolloutError {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        Vec::new()
    }
}
said!(RolloutError);

/// Why a desk refuses a step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeskError {
    /// The application was received before.
    Replayed,
    /// It was made at another time than now: the clocks of the two devices differ, or it is old.
    Time,
    /// No application has this id.
    ApplicationUnknown,
    /// No driver has this reference.
    DriverUnknown,
    /// The application is not in a state from which this step leads.
    Step,
    /// The application was withdrawn by a newer one.
    Withdrawn,
    /// The time for undoing is over.
    UndoLate,
    /// Another clerk decided.
    UndoOther,
    /// The answer was handed over.
    UndoAnswered,
    /// The name of the clerk is empty, too long, or has control characters.
    Clerk,
    /// The note is too long or has control characters.
    Note,
    /// A changed fact is one that no licence can have; names the fact.
    Change(&'static str),
    /// A desk suspends with D, K or U.
    SuspendLetter,
    /// It is suspended already.
    Suspended,
    /// It is not suspended by a desk.
    NotSuspended,
    /// Nothing is changed at the counter.
    NothingToDo,
    /// The driver's application does not wait at the counter.
    NotAtCounter,
    /// No proof of identity was shown to whoever takes a photo in at the counter.
    IdentityNotShown,
    /// The driver holds no licence that could be changed.
    NoLicence,
    /// The licence has ended, and must be claimed again.
    LicenceEnded,
    /// Nothing of the licence changed, so that it is not claimed again.
    NothingChanged,
    /// The licence is bound to the key of another device.
    DeviceKey,
    /// The device key is no point of P-256.
    DeviceKeyForm,
    /// The photo is not there any more.
    PhotoMissing,
    /// No entry of the status list is free.
    ListFull,
    /// The claim is not open.
    Claim(ClaimError),
    /// The photo breaks a rule.
    Photo(PhotoError),
    /// The photo cannot be replaced.
    Replace(ReplaceError),
    /// No licence was issued.
    Issue(IssueError),
    /// The journal takes no more steps.
    Journal(RecordError),
}

const STATES: &str = "states of an application";
const LICENCE: &str = "states of a licence";
const DESK: &str = "steps of a desk";

coded!(DeskError as DeskCode {
    Replayed => "application-replayed", "desk", STATES;
    Time => "application-time", "desk", STATES;
    ApplicationUnknown => "application-unknown", "desk", STATES;
    DriverUnknown => "desk-driver-unknown", "desk", DESK;
    Step => "desk-step", "desk", STATES;
    Withdrawn => "application-withdrawn", "desk", STATES;
    UndoLate => "undo-late", "desk", DESK;
    UndoOther => "undo-other-clerk", "desk", DESK;
    UndoAnswered => "undo-answered", "desk", DESK;
    Clerk => "desk-clerk", "desk", DESK;
    Note => "desk-note", "desk", DESK;
    Change [element] => "desk-change", "desk", DESK;
    SuspendLetter => "suspend-letter", "desk", LICENCE;
    Suspended => "suspend-again", "desk", LICENCE;
    NotSuspended => "reinstate-not-suspended", "desk", LICENCE;
    NothingToDo => "desk-nothing-to-do", "desk", DESK;
    NotAtCounter => "desk-not-at-counter", "desk", STATES;
    IdentityNotShown => "desk-identity-not-shown", "desk", DESK;
    NoLicence => "licence-none", "desk", LICENCE;
    LicenceEnded => "licence-ended", "desk", LICENCE;
    NothingChanged => "reclaim-nothing-changed", "desk", LICENCE;
    DeviceKey => "licence-device-key", "desk", LICENCE;
    DeviceKeyForm => "application-device-key", "desk", STATES;
    PhotoMissing => "desk-photo-missing", "desk", DESK;
    ListFull => "desk-list-full", "desk", DESK;
} via [Claim(ClaimCode), Photo(PhotoCode), Replace(ReplaceCode), Issue(IssueCode), Journal(RecordCode)]);

impl DeskError {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            DeskError::Claim(error) => error.args(),
            DeskError::Photo(error) => error.args(),
            DeskError::Replace(error) => error.args(),
            DeskError::Issue(error) => error.args(),
            DeskError::Change(fact) => vec![("element", Arg::Key(format!("desk.fact.{fact}").into()))],
            _ => Vec::new(),
        }
    }
}
said!(DeskError);

macro_rules! wraps {
    ($($variant:ident($inner:ty)),*) => { $(
        impl From<$inner> for DeskError {
            fn from(error: $inner) -> Self {
                DeskError::$variant(error)
            }
        }
    )* };
}

wraps!(Claim(ClaimError), Photo(PhotoError), Replace(ReplaceError), Issue(IssueError), Journal(RecordError));
