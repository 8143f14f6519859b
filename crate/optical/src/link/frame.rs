//! One frame of the link, byte for byte.
//!
//! ```text
//! 0      0x4C     magic
//! 1      0x01     version, below 0x20: a text that begins with "L" is no frame
//! 2-5    session  first 4 bytes of SHA-256(payload)
//! 6-8    length   of the payload, big-endian, 1 to 65,536
//! 9      K        frames needed, 1 to 128; every frame carries L = ceil(length / K) bytes
//! 10     index    0 to 254; below K: data frame; from K on: parity frame
//! 11-12  check    CRC-16/CCITT-FALSE over bytes 0-10 and the data, big-endian
//! 13-    data     exactly L bytes
//! ```

use core::fmt;

use sha2::{Digest, Sha256};

/// First byte of every frame.
pub(crate) const MAGIC: u8 = 0x4C;
/// Second byte of every frame: the version of this format.
pub(crate) const FORMAT: u8 = 0x01;
/// Lowest byte of printable text: no version of this format reaches it.
const TEXT: u8 = 0x20;
/// Bytes before the data.
pub const HEADER_LENGTH: usize = 13;
/// Longest payload, in bytes.
pub const MAX_PAYLOAD: usize = 65_536;
/// Most frames a payload may need.
pub(crate) const MAX_NEEDED: u8 = 128;
/// Highest index of a frame.
pub(crate) const MAX_INDEX: u8 = 254;

/// The first 4 bytes of SHA-256 of the payload that a frame belongs to.
pub type SessionId = [u8; 4];

/// The session of a payload.
#[must_use]
pub(crate) fn session_of(payload: &[u8]) -> SessionId {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(payload));
    [a, b, c, d]
}

/// Why bytes are not a frame, a frame is refused, or a payload cannot be framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FrameError {
    /// The first byte differs: another QR code.
    Magic,
    /// The version of the format is unknown.
    Format,
    /// It is shorter than a header and one byte of data.
    Short,
    /// The payload's length is 0 or more than 65,536.
    Length,
    /// K is 0 or more than 128, or the payload needs more frames than that.
    Needed,
    /// The index is 255.
    Index,
    /// The data are not exactly L bytes.
    Size,
    /// The check does not match.
    Check,
    /// The padding behind the payload is not zero.
    Padding,
    /// K or the length differs from earlier frames of this session.
    SessionChanged,
}

impl FrameError {
    /// Every error, for tables and their tests.
    pub const ALL: [Self; 10] = [
        Self::Magic,
        Self::Format,
        Self::Short,
        Self::Length,
        Self::Needed,
        Self::Index,
        Self::Size,
        Self::Check,
        Self::Padding,
        Self::SessionChanged,
    ];

    /// The stable code of this error.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Magic => "frame-magic",
            Self::Format => "frame-format",
            Self::Short => "frame-short",
            Self::Length => "frame-length",
            Self::Needed => "frame-needed",
            Self::Index => "frame-index",
            Self::Size => "frame-size",
            Self::Check => "frame-check",
            Self::Padding => "frame-padding",
            Self::SessionChanged => "frame-session-changed",
        }
    }

    /// Returns the step that failed.
    #[must_use]
    pub const fn step(self) -> &'static str {
        match self {
            Self::SessionChanged => "optical-assemble",
            _ => "optical-frame",
        }
    }

    /// Returns the section that contains the rule.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        "docs/optical-link.md"
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for FrameError {}

/// One frame within its bounds and with a valid check; its data borrow from the decoded bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    pub(super) session: SessionId,
    pub(super) length: usize,
    pub(super) k: u8,
    pub(super) index: u8,
    pub(super) data: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Decodes one frame without allocating.
    ///
    /// # Errors
    /// Returns the first rule of the table that is broken. The magic comes first, to distinguish other QR codes from
    /// damaged frames.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, FrameError> {
        match bytes {
            [MAGIC, version, ..] if *version < TEXT => {}
            _ => return Err(FrameError::Magic),
        }
        let (header, data) = bytes.split_first_chunk::<HEADER_LENGTH>().ok_or(FrameError::Short)?;
        let &[magic, format, s0, s1, s2, s3, l0, l1, l2, k, index, c0, c1] = header;
        if format != FORMAT {
            return Err(FrameError::Format);
        }
        let length = usize::from(l0) << 16 | usize::from(l1) << 8 | usize::from(l2);
        if length == 0 || length > MAX_PAYLOAD {
            return Err(FrameError::Length);
        }
        if k == 0 || k > MAX_NEEDED {
            return Err(FrameError::Needed);
        }
        if index > MAX_INDEX {
            return Err(FrameError::Index);
        }
        let size = length.div_ceil(usize::from(k));
        if data.len() != size {
            return Err(FrameError::Size);
        }
        let covered = [magic, format, s0, s1, s2, s3, l0, l1, l2, k, index];
        if check(&covered, data) != u16::from_be_bytes([c0, c1]) {
            return Err(FrameError::Check);
        }
        let frame = Self { session: [s0, s1, s2, s3], length, k, index, data };
        // A payload has one form on the wire, and parity frames are sums of padded frames, so that other padding than
        // zero would make them wrong.
        if frame.padding().iter().any(|&byte| byte != 0) {
            return Err(FrameError::Padding);
        }
        Ok(frame)
    }

    /// Returns the session: the first 4 bytes of the payload's SHA-256, according to the sender.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// Length of the payload in bytes, 1 to 65,536.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Frames needed, 1 to 128.
    #[must_use]
    pub const fn k(&self) -> u8 {
        self.k
    }

    /// Index, 0 to 254.
    #[must_use]
    pub const fn index(&self) -> u8 {
        self.index
    }

    /// Whether this is a parity frame: its index is not below K.
    #[must_use]
    pub const fn is_parity(&self) -> bool {
        self.index >= self.k
    }

    /// The data, exactly L bytes, padding included.
    #[must_use]
    pub const fn data(&self) -> &'a [u8] {
        self.data
    }

    /// Returns the part of a data frame behind the end of the payload.
    fn padding(&self) -> &'a [u8] {
        if self.is_parity() {
            return &[];
        }
        let start = self.data.len() * usize::from(self.index);
        let used = self.length.saturating_sub(start).min(self.data.len());
        self.data.get(used..).unwrap_or(&[])
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let [s0, s1, s2, s3] = self.session;
        // `FrameSet::new` limits the length to 65,536, so three bytes are enough.
        let [.., l0, l1, l2] = self.length.to_be_bytes();
        let covered = [MAGIC, FORMAT, s0, s1, s2, s3, l0, l1, l2, self.k, self.index];
        let mut out = Vec::with_capacity(HEADER_LENGTH + self.data.len());
        out.extend_from_slice(&covered);
        out.extend_from_slice(&check(&covered, self.data).to_be_bytes());
        out.extend_from_slice(self.data);
        out
    }
}

/// CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF, no reflection) over both parts.
fn check(header: &[u8], data: &[u8]) -> u16 {
    // Eight steps of the shift register at once: the polynomial has so few terms that a byte costs three shifts.
    header.iter().chain(data).fold(0xFFFF, |crc: u16, &byte| {
        let mut x = (crc >> 8) ^ u16::from(byte);
        x ^= x >> 4;
        (crc << 8) ^ (x << 12) ^ (x << 5) ^ x
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns a frame with unchecked bounds and a valid check.
    fn forge(length: usize, k: u8, index: u8, data: &[u8]) -> Vec<u8> {
        Frame { session: *b"sess", length, k, index, data }.encode()
    }

    #[test]
    fn check_is_crc_16_ccitt_false() {
        // The catalogue's check value, and the border between the two parts does not matter.
        assert_eq!(check(b"123456789", b""), 0x29B1);
        assert_eq!(check(b"1234", b"56789"), 0x29B1);
    }

    #[test]
    fn bounds_are_refused_with_their_code() {
        let good = forge(3, 1, 0, b"abc");
        assert!(Frame::decode(&good).is_ok());
        let cases: [(Vec<u8>, &str); 14] = [
            (Vec::new(), "frame-magic"),
            (b"https://example.org".to_vec(), "frame-magic"),
            (good[..13 - 1].to_vec(), "frame-short"),
            (good[..13].to_vec(), "frame-size"),
            ([&good[..1], &[2], &good[2..]].concat(), "frame-format"),
            (forge(0, 1, 0, b""), "frame-length"),
            (forge(65_537, 128, 0, &[0; 513]), "frame-length"),
            (forge(3, 0, 0, b"abc"), "frame-needed"),
            (forge(129, 129, 0, b"a"), "frame-needed"),
            (forge(3, 1, 255, b"abc"), "frame-index"),
            (forge(3, 1, 0, b"abcd"), "frame-size"),
            (forge(3, 1, 0, b"ab"), "frame-size"),
            ([&good[..15], b"d"].concat(), "frame-check"),
            (forge(3, 2, 1, &[b'c', 1]), "frame-padding"),
        ];
        for (bytes, code) in cases {
            assert_eq!(Frame::decode(&bytes).unwrap_err().code(), code, "{bytes:02x?}");
        }
    }

    #[test]
    fn the_outermost_values_are_accepted() {
        for (length, k, index, size) in [
            (1, 1, 0, 1),
            (65_536, 128, 127, 512),
            (65_536, 128, 254, 512),
            (1, 128, 0, 1),
            (65_536, 1, 0, 65_536),
        ] {
            let bytes = forge(length, k, index, &vec![0; size]);
            let frame = Frame::decode(&bytes).unwrap();
            assert_eq!((frame.length(), frame.k()), (length, k));
            assert_eq!(frame.is_parity(), index >= k);
        }
        // A parity frame may end in anything: it has no padding of its own.
        assert!(Frame::decode(&forge(3, 2, 2, &[1, 1])).is_ok());
    }

    #[test]
    fn every_changed_bit_is_refused() {
        // The check finds every single error in a frame as short as this one; errors in magic and
        // bounds are found before.
        let good = forge(40, 2, 1, &[0xA5; 20]);
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(Frame::decode(&bad).is_err(), "bit {bit}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(frame) = Frame::decode(&bytes) {
                prop_assert_eq!(frame.encode(), bytes.clone());
            }
        }
    }
}
