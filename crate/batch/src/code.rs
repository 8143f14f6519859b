//! Why a line or a row is not judged.

use cbor::coded;
use verdict::CaseCode;

coded!(
    /// Why a line or a row of an archive is not judged. The codes of a case that is wrong are passed on.
    pub enum LineCode {
        /// It has no content.
        Empty => "line-empty", "line", "docs/batch.md", plain;
        /// It is longer than [`MAX_LINE`](crate::MAX_LINE).
        Long => "line-long", "line", "docs/batch.md", plain;
        /// It is not UTF-8.
        Text => "line-utf8", "line", "RFC 8259, 8.1", plain;
        /// It is no JSON object with a text as `presentation`.
        Json => "line-json", "line", "docs/batch.md", plain;
        /// `at` is no time.
        Time => "line-at", "line", "RFC 3339, 5.6", plain;
        /// It has a case, and there is no policy that could read it.
        NoPolicy => "line-no-policy", "line", "docs/batch.md", plain;
        /// The file cannot be opened or read.
        File => "line-file", "line", "docs/batch.md", plain;
        /// The row has no presentation: its value is null.
        Null => "line-null", "line", "docs/batch.md", plain;
    } via [Case(CaseCode)]
);
