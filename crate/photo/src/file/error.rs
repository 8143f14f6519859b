//! Why a file is not opened, with its codes.

use cbor::coded;

/// Why a file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// No picture of a known format.
    NotPicture,
    /// The end of the file is missing.
    Truncated,
    /// Several pictures after each other.
    Animated,
    /// More than [`super::PIXELS_MAX`] pixels, or [`super::SIDE_MAX`] of a side.
    TooManyPixels,
    /// A film.
    Film,
    /// A PDF document.
    Pdf,
    /// A raw file of a camera, or TIFF.
    Raw,
    /// A format that this browser does not decode.
    NotDecoded,
    /// HEIC, which this browser does not decode.
    Heic,
}

coded!(FileError as FileCode {
    NotPicture => "picture-not", "photo", "electronic photo";
    Truncated => "picture-truncated", "photo", "electronic photo";
    Animated => "picture-animated", "photo", "electronic photo";
    TooManyPixels => "picture-too-many-pixels", "photo", "electronic photo";
    Film => "picture-film", "photo", "electronic photo";
    Pdf => "picture-pdf", "photo", "electronic photo";
    Raw => "picture-raw", "photo", "electronic photo";
    NotDecoded => "picture-not-decoded", "photo", "electronic photo";
    Heic => "picture-heic", "photo", "electronic photo";
});
