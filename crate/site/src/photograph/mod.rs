//! A new photo, for a wallet and for an authority's desk: from the camera or a file, cropped and measured, to the two JPEGs of a
//! licence.
//!
//! ```text
//! camera | picture::of_file -> crop (hint, report) -> picture::portraits
//! ```

pub(crate) mod camera;
pub(crate) mod crop;
pub(crate) mod hint;
pub(crate) mod picture;
mod problem;
mod structure;

pub(crate) use problem::PhotoProblem;

/// The two JPEGs of a portrait.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PortraitFiles {
    /// The large one.
    pub(crate) large: Vec<u8>,
    /// The small one.
    pub(crate) small: Vec<u8>,
}
