//! The photo of a licence: automatic checks, and the reasons for which a reviewer rejects it.

use cbor::{Date, coded};
use licence::{PORTRAIT_SMALL_MAX, PORTRAIT_SMALL_MIN, PortraitInfo, check_portrait};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::PhotoError;

/// Least width of an electronic photo, in pixels \[S\].
pub const WIDTH_MIN: u16 = 520;
/// Months until a photo of one's own can be replaced again \[S\].
pub const REPLACE_MONTHS: i32 = 6;
/// Rejections after which the applicant must go to the counter \[S\].
pub const REJECTIONS_MAX: u8 = 3;

/// The source of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhotoSource {
    /// On file at the authority.
    OnFile,
    /// Taken with the camera, by the holder or at the counter.
    Camera,
    /// Chosen from a file, by the holder or at the counter.
    File,
}

impl PhotoSource {
    /// Returns the source of a photo that is handed in: one on file comes from the authority only.
    pub(crate) const fn taken(self) -> Self {
        match self {
            Self::Camera => Self::Camera,
            Self::OnFile | Self::File => Self::File,
        }
    }
}

/// SHA-256, as 64 hexadecimal digits where it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sha256Digest([u8; 32]);

impl Sha256Digest {
    /// The digest with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of this text; `None` for other than 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut digest = [0; 32];
        let decoded = base16ct::mixed::decode(text, &mut digest).ok()?;
        (decoded.len() == 32).then_some(Self(digest))
    }

    /// 64 hexadecimal digits.
    pub fn to_hex(self) -> String {
        base16ct::lower::encode_string(&self.0)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Serialize for Sha256Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for Sha256Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        Self::from_hex(&hex).ok_or_else(|| serde::de::Error::custom("not 64 hexadecimal digits"))
    }
}

/// A large and a small portrait of the same photo, as bytes.
#[derive(Debug, Clone, Copy)]
pub struct Portraits<'a> {
    /// The ISO `portrait`: JPEG, at least 520 pixels wide, 2:3 to 3:4.
    pub large: &'a [u8],
    /// `portrait_small`: JPEG, at least 120 x 174 pixels, at most 2,600 bytes.
    pub small: &'a [u8],
}

/// A photo that passed [`Photo::check`]: its digests, not its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Where it comes from.
    pub source: PhotoSource,
    /// SHA-256 of the large portrait.
    pub large_sha256: Sha256Digest,
    /// SHA-256 of the small portrait.
    pub small_sha256: Sha256Digest,
    /// The day on which it was submitted, or confirmed if it was on file.
    pub submitted_on: Date,
}

impl Photo {
    /// Checks both portraits by the photo rules.
    ///
    /// # Errors
    /// Returns the first rule that is broken.
    pub fn check(portraits: Portraits<'_>, source: PhotoSource, day: Date) -> Result<Self, PhotoError> {
        check_large(portraits.large)?;
        check_small(portraits.small)?;
        Ok(Self {
            source,
            large_sha256: Sha256Digest::of(portraits.large),
            small_sha256: Sha256Digest::of(portraits.small),
            submitted_on: day,
        })
    }

    /// Whether these are the bytes that were checked.
    pub fn is_of(&self, portraits: Portraits<'_>) -> bool {
        self.large_sha256 == Sha256Digest::of(portraits.large)
            && self.small_sha256 == Sha256Digest::of(portraits.small)
    }
}

/// Checks a large portrait: JPEG that passes [`check_portrait`], at least 520 wide, 2:3 to 3:4.
///
/// # Errors
/// Returns the first rule that is broken.
pub fn check_large(bytes: &[u8]) -> Result<PortraitInfo, PhotoError> {
    let info = whole(bytes)?;
    if info.width < WIDTH_MIN {
        return Err(PhotoError::TooNarrow { width: info.width });
    }
    if upright(info) { Ok(info) } else { Err(PhotoError::Ratio) }
}

/// Checks a small portrait: JPEG, at least 120 x 174 pixels, at most 2,600 bytes, 2:3 to 3:4.
///
/// # Errors
/// Returns the first rule that is broken.
pub fn check_small(bytes: &[u8]) -> Result<PortraitInfo, PhotoError> {
    let info = whole(bytes)?;
    if bytes.len() > PORTRAIT_SMALL_MAX {
        return Err(PhotoError::SmallBytes);
    }
    let (width, height) = PORTRAIT_SMALL_MIN;
    if info.width < width || info.height < height || !upright(info) {
        return Err(PhotoError::SmallSize);
    }
    Ok(info)
}

/// Checks a picture, which must have nothing after its end.
fn whole(bytes: &[u8]) -> Result<PortraitInfo, PhotoError> {
    let info = check_portrait(bytes)?;
    if info.trailing == 0 { Ok(info) } else { Err(PhotoError::Broken) }
}

/// Width to height between 2:3 and 3:4, within one pixel: 520 x 693 is the nearest that 3:4 allows.
fn upright(info: PortraitInfo) -> bool {
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    (width + 1) * 3 > height * 2 && width * 4 < (height + 1) * 3
}

coded!(
    /// Why a reviewer rejects a photo, in the order of the reviewer's list.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum RejectReason {
        Ground => "rejected-ground", "photo", "electronic photo";
        Headwear => "rejected-headwear", "photo", "electronic photo";
        Face => "rejected-face", "photo", "electronic photo";
        Ears => "rejected-ears", "photo", "electronic photo";
        Mask => "rejected-mask", "photo", "electronic photo";
        Sunglasses => "rejected-sunglasses", "photo", "electronic photo";
        Selfie => "rejected-selfie", "photo", "electronic photo";
        Retouched => "rejected-retouched", "photo", "electronic photo";
        Composite => "rejected-composite", "photo", "electronic photo";
        Framing => "rejected-framing", "photo", "electronic photo";
        Old => "rejected-old", "photo", "electronic photo";
        OtherPerson => "rejected-other-person", "photo", "electronic photo";
    }
);

impl RejectReason {
    /// Every reason, in the order of the reviewer's list.
    pub const ALL: &'static [Self] = Self::OWN;
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The markers of a grey JPEG of this size, padded by a comment; no decoder ever sees it.
    pub(crate) fn jpeg(width: u16, height: u16, bytes: usize) -> Vec<u8> {
        let mut jpeg = vec![0xFF, 0xD8];
        let frame = |jpeg: &mut Vec<u8>, marker: u8, body: &[u8]| {
            jpeg.extend([0xFF, marker]);
            jpeg.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
            jpeg.extend(body);
        };
        frame(&mut jpeg, 0xDB, &[vec![0], vec![1; 64]].concat());
        let [h1, h0] = height.to_be_bytes();
        let [w1, w0] = width.to_be_bytes();
        frame(&mut jpeg, 0xC0, &[8, h1, h0, w1, w0, 1, 1, 0x11, 0]);
        frame(&mut jpeg, 0xC4, &[&[0, 1][..], &[0; 15], &[0]].concat());
        frame(&mut jpeg, 0xDA, &[1, 1, 0, 0, 63, 0]);
        jpeg.push(0);
        jpeg.extend([0xFF, 0xD9]);
        if let Some(rest) = bytes.checked_sub(jpeg.len() + 4) {
            let mut comment = vec![0xFF, 0xFE];
            comment.extend(u16::try_from(rest + 2).unwrap().to_be_bytes());
            comment.extend(vec![b'.'; rest]);
            jpeg.splice(2..2, comment);
        }
        jpeg
    }

    fn large(width: u16, height: u16) -> &'static str {
        match check_large(&jpeg(width, height, 0)) {
            Ok(_) => "good",
            Err(error) => error.code(),
        }
    }

    fn small(width: u16, height: u16, bytes: usize) -> &'static str {
        match check_small(&jpeg(width, height, bytes)) {
            Ok(_) => "good",
            Err(error) => error.code(),
        }
    }

    #[test]
    fn sizes_of_the_electronic_photo() {
        for (width, height) in [(520, 756), (520, 693), (520, 780), (600, 800), (600, 900), (800, 1200)] {
            assert_eq!(large(width, height), "good", "{width} x {height}");
        }
        assert_eq!(large(519, 756), "photo-too-narrow");
        assert_eq!(large(260, 378), "photo-too-narrow");
        for (width, height) in [(520, 691), (520, 783), (600, 600), (756, 520), (600, 798), (600, 903)] {
            assert_eq!(large(width, height), "photo-ratio", "{width} x {height}");
        }
        assert_eq!(large(2000, 3000), "photo-too-big");
    }

    #[test]
    fn what_is_no_jpeg_is_refused() {
        let code = |bytes: &[u8]| check_large(bytes).unwrap_err().code();
        assert_eq!(code(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "photo-not-jpeg");
        assert_eq!(code(b"GIF89a"), "photo-not-jpeg");
        assert_eq!(code(b""), "photo-not-jpeg");
        let whole = jpeg(520, 756, 0);
        assert_eq!(code(&whole[..whole.len() - 2]), "photo-broken");
        assert_eq!(code(&jpeg(520, 756, 65_000).repeat(2)), "photo-too-big");
    }

    #[test]
    fn sizes_of_the_small_portrait() {
        assert_eq!(small(120, 174, 2_600), "good");
        assert_eq!(small(120, 174, 2_601), "photo-small-bytes");
        assert_eq!(small(119, 174, 0), "photo-small-size");
        assert_eq!(small(120, 173, 0), "photo-small-size");
        assert_eq!(small(180, 174, 0), "photo-small-size");
    }

    #[test]
    fn digests_tell_photos_apart_and_survive_storage() {
        let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
        let day = Date::new(2026, 11, 22).unwrap();
        let portraits = Portraits { large: &large, small: &small };
        let photo = Photo::check(portraits, PhotoSource::Camera, day).unwrap();
        assert!(photo.is_of(portraits));
        let other = jpeg(520, 756, 4_001);
        assert!(!photo.is_of(Portraits { large: &other, small: &small }));
        let stored = serde_json::to_string(&photo).unwrap();
        assert_eq!(serde_json::from_str::<Photo>(&stored).unwrap(), photo);
        assert!(
            serde_json::from_str::<Photo>(&stored.replace("\"large_sha256\":\"", "\"large_sha256\":\"é"))
                .is_err()
        );
    }

    #[test]
    fn reasons_have_codes_of_their_own() {
        for reason in RejectReason::ALL {
            assert_eq!(RejectReason::from_code(reason.code()), Some(*reason));
        }
        assert_eq!(RejectReason::from_code("rejected"), None);
    }
}
