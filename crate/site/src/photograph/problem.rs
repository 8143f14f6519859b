//! Why there is no photo.

use cbor::CodeInfo;

/// Why there is no photo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PhotoProblem {
    /// Another program uses the camera, or there is no picture.
    CameraBusy,
    /// There is no camera.
    CameraNone,
    /// The browser or the person does not allow the camera.
    CameraRefused,
    /// A file that the browser does not decode as a picture.
    FileNotPicture,
    /// More bytes or pixels than are decoded.
    FileTooBig,
    /// One colour or a gradient.
    PictureEmpty,
    /// Too few pixels for a portrait.
    PictureTooSmall,
    /// A refusal of one of the crates, by its code (`code.<code>` in the catalogue).
    Coded(CodeInfo),
    /// The browser gave no canvas, or nothing that was drawn on it.
    Unexpected,
}

impl PhotoProblem {
    /// The stable code: `problem.<code>` in the catalogue, but for a refusal.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::CameraBusy => "camera-busy",
            Self::CameraNone => "camera-none",
            Self::CameraRefused => "camera-refused",
            Self::FileNotPicture => "file-not-picture",
            Self::FileTooBig => "file-too-big",
            Self::PictureEmpty => "picture-empty",
            Self::PictureTooSmall => "picture-too-small",
            Self::Coded(info) => info.code,
            Self::Unexpected => "unexpected",
        }
    }
}
