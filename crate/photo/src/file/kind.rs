//! A picture file, as far as its head tells.

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF with one picture.
    Gif,
    /// BMP.
    Bmp,
    /// AVIF, which most browsers decode.
    Avif,
    /// HEIC, which few browsers decode.
    Heic,
}

/// A picture that may be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureFile {
    /// The format.
    pub kind: Kind,
    /// Width in pixels, as stored.
    pub width: u32,
    /// Height in pixels, as stored.
    pub height: u32,
    /// Orientation of Exif, 1 to 8; 1 where none is told.
    pub orientation: u8,
    /// Whether a film follows the picture (a motion photo).
    pub motion: bool,
    /// Components of a pixel of a JPEG: 4 is CMYK.
    pub components: u8,
    /// Whether a channel has 16 bits.
    pub deep: bool,
}

impl PictureFile {
    pub(super) const fn new(kind: Kind, width: u32, height: u32) -> Self {
        Self { kind, width, height, orientation: 1, motion: false, components: 3, deep: false }
    }

    /// Returns width and height as they are shown: exchanged where the orientation is a quarter turn.
    pub const fn upright(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }
}
