//! What can be refused, with a stable code for each reason.
//!
//! Errors carry codes, days and status letters of the one who asks, never names or numbers.

use cbor::{CodeInfo, Date};
use licence::jpeg::PortraitError;
use licence::status::StatusLetters;
use verdict::message::{Arg, Message};
use x509::CertificateError;

/// Every code of this crate but those of rejected photos ([`crate::photo::RejectReason`]).
pub const CODES: &[CodeInfo] = &[
    CodeInfo::new("claim-not-rolled-out", "claim", "roll-out table"),
    CodeInfo::new("claim-status-red", "claim", "status groups"),
    CodeInfo::new("claim-status-abnormal", "claim", "status groups"),
    CodeInfo::new("claim-status-gone", "claim", "status groups"),
    CodeInfo::new("claim-status-unknown", "claim", "status groups"),
    CodeInfo::new("claim-extension-over", "claim", "status groups"),
    CodeInfo::new("claim-person-unknown", "claim", "demo people"),
    CodeInfo::new("photo-not-jpeg", "photo", "electronic photo"),
    CodeInfo::new("photo-broken", "photo", "electronic photo"),
    CodeInfo::new("photo-too-big", "photo", "electronic photo"),
    CodeInfo::new("photo-too-narrow", "photo", "electronic photo: 520 pixels wide"),
    CodeInfo::new("photo-ratio", "photo", "electronic photo: 2:3 to 3:4"),
    CodeInfo::new("photo-small-size", "photo", "portrait_small: 120 x 174 pixels"),
    CodeInfo::new("photo-small-bytes", "photo", "portrait_small: 2,600 bytes"),
    CodeInfo::new("photo-not-on-file", "photo", "photo on file"),
    CodeInfo::new("photo-mismatch", "issue", "portrait digests of the record"),
    CodeInfo::new("replace-too-early", "replace", "six months after a photo of one's own"),
    CodeInfo::new("issue-outside-authority", "issue", "ISO/IEC 18013-5 B.1.2"),
    CodeInfo::new("issue-record", "issue", "record of the demo authority"),
    CodeInfo::new("issue-facts", "issue", "ISO/IEC 18013-5 7.2"),
    CodeInfo::new("issue-signing", "issue", "ISO/IEC 18013-5 9.1.2.4"),
];

fn info(code: &str) -> CodeInfo {
    // Every code of the enums below is in the table; a test checks it.
    CODES.iter().copied().find(|info| info.code == code).unwrap_or(CodeInfo::new("issue-record", "", ""))
}

macro_rules! coded {
    ($error:ty) => {
        impl $error {
            /// The step that refused.
            pub fn step(&self) -> &'static str {
                info(self.code()).step
            }

            /// The plain reason, `code.<code>`, with its placeholders.
            pub fn message(&self) -> Message {
                let args = self.args().into_iter().map(|(name, arg)| (name.into(), arg)).collect();
                Message { code: format!("code.{}", self.code()).into(), args }
            }

            /// The rule that asks for it.
            pub fn clause(&self) -> &'static str {
                info(self.code()).clause
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
    /// The extension on which the licence lived is over.
    ExtensionOver(StatusLetters),
    /// Nobody with this id is known.
    PersonUnknown,
}

impl ClaimError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ClaimError::NotRolledOut { .. } => "claim-not-rolled-out",
            ClaimError::StatusRed(_) => "claim-status-red",
            ClaimError::StatusAbnormal(_) => "claim-status-abnormal",
            ClaimError::StatusGone(_) => "claim-status-gone",
            ClaimError::StatusUnknown(_) => "claim-status-unknown",
            ClaimError::ExtensionOver(_) => "claim-extension-over",
            ClaimError::PersonUnknown => "claim-person-unknown",
        }
    }

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
            ClaimError::NotRolledOut { .. } | ClaimError::PersonUnknown => None,
        }
    }
}
coded!(ClaimError);

/// Why a photo is refused before anybody looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhotoError {
    /// Not a JPEG.
    NotJpeg,
    /// A JPEG that is cut off or malformed.
    Broken,
    /// More bytes, pixels or scans than a portrait may have.
    TooBig,
    /// Less than 520 pixels wide.
    TooNarrow {
        /// Pixels that it has.
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

impl PhotoError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PhotoError::NotJpeg => "photo-not-jpeg",
            PhotoError::Broken => "photo-broken",
            PhotoError::TooBig => "photo-too-big",
            PhotoError::TooNarrow { .. } => "photo-too-narrow",
            PhotoError::Ratio => "photo-ratio",
            PhotoError::SmallSize => "photo-small-size",
            PhotoError::SmallBytes => "photo-small-bytes",
            PhotoError::NotOnFile => "photo-not-on-file",
        }
    }

    fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            PhotoError::TooNarrow { width } => vec![("width", Arg::Number((*width).into()))],
            _ => Vec::new(),
        }
    }
}
coded!(PhotoError);

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
    /// A photo of one's own can be replaced again only after six months.
    TooEarly {
        /// The first day on which it can.
        from: Date,
    },
}

impl ReplaceError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ReplaceError::TooEarly { .. } => "replace-too-early",
        }
    }

    fn args(&self) -> Vec<(&'static str, Arg)> {
        let ReplaceError::TooEarly { from } = self;
        vec![("date", Arg::Date(*from))]
    }
}
coded!(ReplaceError);

/// Why no licence was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssueError {
    /// The authority's certificates do not reach this day.
    OutsideAuthority,
    /// The portrait is not the one that was approved.
    PhotoMismatch,
    /// A portrait breaks the photo rules.
    Photo(PhotoError),
    /// The record is of another schema, or its person is unknown.
    Record,
    /// The facts do not make a licence.
    Facts,
    /// The certificate or the signature could not be made.
    Signing,
}

impl IssueError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            IssueError::OutsideAuthority => "issue-outside-authority",
            IssueError::PhotoMismatch => "photo-mismatch",
            IssueError::Photo(error) => error.code(),
            IssueError::Record => "issue-record",
            IssueError::Facts => "issue-facts",
            IssueError::Signing => "issue-signing",
        }
    }

    fn args(&self) -> Vec<(&'static str, Arg)> {
        match self {
            IssueError::Photo(error) => error.args(),
            _ => Vec::new(),
        }
    }
}
coded!(IssueError);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_in_the_table_once() {
        let letters = StatusLetters::parse("D");
        let from = Date::new(2026, 1, 1).unwrap();
        let mut codes = vec![
            ClaimError::NotRolledOut { from }.code(),
            ClaimError::StatusRed(letters.clone()).code(),
            ClaimError::StatusAbnormal(letters.clone()).code(),
            ClaimError::StatusGone(letters.clone()).code(),
            ClaimError::StatusUnknown(letters.clone()).code(),
            ClaimError::ExtensionOver(letters).code(),
            ClaimError::PersonUnknown.code(),
            PhotoError::NotJpeg.code(),
            PhotoError::Broken.code(),
            PhotoError::TooBig.code(),
            PhotoError::TooNarrow { width: 1 }.code(),
            PhotoError::Ratio.code(),
            PhotoError::SmallSize.code(),
            PhotoError::SmallBytes.code(),
            PhotoError::NotOnFile.code(),
            IssueError::PhotoMismatch.code(),
            ReplaceError::TooEarly { from }.code(),
            IssueError::OutsideAuthority.code(),
            IssueError::Record.code(),
            IssueError::Facts.code(),
            IssueError::Signing.code(),
        ];
        let mut table: Vec<_> = CODES.iter().map(|info| info.code).collect();
        codes.sort_unstable();
        table.sort_unstable();
        assert_eq!(codes, table);
        for (code, next) in codes.iter().zip(codes.iter().skip(1)) {
            assert_ne!(code, next);
        }
    }
}
