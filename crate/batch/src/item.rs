//! One presentation of an archive, as a line of NDJSON or a row of a table has it.

use cbor::Timestamp;
use protocol::received::{OtherCode, Received, unwrap};
use serde::Deserialize;
use serde_json::value::RawValue;
use verdict::Case;

use crate::code::LineCode;

/// Most bytes of an Envelope that is not deflated.
pub const MAX_PRESENTATION: usize = 128 * 1024;
/// Most bytes of a line of NDJSON: a presentation in hexadecimal digits, its name and a case.
pub const MAX_LINE: usize = 2 * MAX_PRESENTATION + 8192;

/// Returns the presentation without what is around it, or what it is instead. A longer one than [`MAX_PRESENTATION`] is not
/// returned.
///
/// # Errors
/// As [`unwrap`], or [`OtherCode::Size`].
pub fn received(bytes: &[u8]) -> Result<Received, OtherCode> {
    let received = unwrap(bytes)?;
    if received.bytes().len() > MAX_PRESENTATION { Err(OtherCode::Size) } else { Ok(received) }
}

/// Why an item is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no presentation, but this.
    Other(OtherCode),
    /// The line or the row cannot be read.
    Line(LineCode),
}

impl Unread {
    /// Returns the code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Other(code) => code.code(),
            Self::Line(code) => code.code(),
        }
    }
}

/// One presentation of an archive.
#[derive(Debug)]
pub struct Item {
    id: String,
    pub(crate) content: Result<Content, Unread>,
}

/// What is judged of an item.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) presentation: Received,
    pub(crate) at: Option<Timestamp>,
    pub(crate) case: Option<Case>,
}

/// A line of an NDJSON archive. Other members are the caller's.
#[derive(Deserialize)]
struct Line<'a> {
    id: Option<String>,
    presentation: String,
    at: Option<String>,
    #[serde(borrow)]
    case: Option<&'a RawValue>,
}

/// The name of a line whose other members are not as they should be.
#[derive(Deserialize)]
struct Named {
    id: Option<String>,
}

impl Item {
    /// Creates the item of a row; `case` is JSON.
    #[must_use]
    pub fn new(id: String, presentation: &[u8], at: Option<Timestamp>, case: Option<&[u8]>) -> Self {
        let case = case.map(Case::from_json).transpose();
        let content = match (case, received(presentation)) {
            (Err(error), _) => Err(Unread::Line(LineCode::Case(error.kind()))),
            (_, Err(other)) => Err(Unread::Other(other)),
            (Ok(case), Ok(presentation)) => Ok(Content { presentation, at, case }),
        };
        Self { id, content }
    }

    /// Creates the item of what cannot be read.
    #[must_use]
    pub fn unread(id: String, unread: Unread) -> Self {
        Self { id, content: Err(unread) }
    }

    /// Reads a line of NDJSON without its end; `number` counts from 1 and names a line without an id.
    #[must_use]
    pub fn of_line(number: u64, line: &[u8]) -> Self {
        let fail = |id: Option<String>, code| {
            Self::unread(id.unwrap_or_else(|| Self::name_of(number)), Unread::Line(code))
        };
        if line.trim_ascii().is_empty() {
            return fail(None, LineCode::Empty);
        }
        if line.len() > MAX_LINE {
            return fail(None, LineCode::Long);
        }
        let Ok(text) = str::from_utf8(line) else {
            return fail(None, LineCode::Text);
        };
        let Ok(line) = serde_json::from_str::<Line<'_>>(text) else {
            let named = serde_json::from_str::<Named>(text).ok();
            return fail(named.and_then(|named| named.id), LineCode::Json);
        };
        let at = line.at.as_deref().map(Timestamp::parse_rfc3339);
        if at == Some(None) {
            return fail(line.id, LineCode::Time);
        }
        let id = line.id.unwrap_or_else(|| Self::name_of(number));
        let case = line.case.map(|case| case.get().as_bytes());
        Self::new(id, line.presentation.as_bytes(), at.flatten(), case)
    }

    /// Returns the name of a line or row that has none; the first has number 1.
    #[must_use]
    pub fn name_of(number: u64) -> String {
        format!("line {number}")
    }

    /// Returns the name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn into_id(self) -> String {
        self.id
    }
}
