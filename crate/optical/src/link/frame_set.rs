//! All frames of one payload, for the side that shows it.

use super::erasure;
use super::frame::{
    Frame, FrameError, HEADER_LENGTH, MAX_INDEX, MAX_NEEDED, MAX_PAYLOAD, SessionId, session_of,
};
use crate::qr::symbol;

/// All 255 frames of one payload, any K of which restore it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameSet {
    session: SessionId,
    length: usize,
    k: u8,
    size: usize,
    /// The payload, padded with zeros to K times L bytes.
    padded: Vec<u8>,
}

impl FrameSet {
    /// Splits a payload into the fewest frames of at most `max_frame_bytes` (header included), all of one size.
    ///
    /// # Errors
    /// [`FrameError::Length`] for an empty payload or one of more than 65,536 bytes;
    /// [`FrameError::Size`] if a frame has no room for data; [`FrameError::Needed`] if more than 128 frames are
    /// needed.
    pub fn new(payload: &[u8], max_frame_bytes: usize) -> Result<Self, FrameError> {
        if payload.is_empty() || payload.len() > MAX_PAYLOAD {
            return Err(FrameError::Length);
        }
        let room = max_frame_bytes.saturating_sub(HEADER_LENGTH);
        if room == 0 {
            return Err(FrameError::Size);
        }
        let needed = payload.len().div_ceil(room);
        let k = u8::try_from(needed).ok().filter(|&k| k <= MAX_NEEDED).ok_or(FrameError::Needed)?;
        let size = payload.len().div_ceil(needed);
        let mut padded = payload.to_vec();
        padded.resize(size * needed, 0);
        Ok(Self { session: session_of(payload), length: payload.len(), k, size, padded })
    }

    /// As [`FrameSet::new`], with frames that fill at most a symbol of this version (1 to 40).
    ///
    /// # Errors
    /// As [`FrameSet::new`]; also [`FrameError::Size`] if there is no such version.
    pub fn for_version(payload: &[u8], version: u8) -> Result<Self, FrameError> {
        Self::new(payload, symbol::capacity(version).ok_or(FrameError::Size)?)
    }

    /// The session of these frames.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// Frames needed, 1 to 128.
    #[must_use]
    pub const fn k(&self) -> u8 {
        self.k
    }

    /// Bytes of every frame, header included.
    #[must_use]
    pub const fn frame_length(&self) -> usize {
        HEADER_LENGTH + self.size
    }

    /// The frame with this index: below K a data frame, from K to 254 a parity frame. `None` for 255.
    #[must_use]
    pub fn frame(&self, index: u8) -> Option<Vec<u8>> {
        if index > MAX_INDEX {
            return None;
        }
        let data = erasure::frame(&self.padded, self.k, index);
        let frame = Frame { session: self.session, length: self.length, k: self.k, index, data: &data };
        Some(frame.encode())
    }

    /// Returns the frame to show at the `turn`-th change of the picture, counted from 0: the data frames, then the
    /// parity frames, then again from the start, so that every frame replaces any lost one. A single data frame is always
    /// returned.
    #[must_use]
    pub fn shown(&self, turn: u64) -> Vec<u8> {
        let frames = if self.k == 1 { 1 } else { u64::from(MAX_INDEX) + 1 };
        // The remainder is at most 254, so it fits and there is such a frame.
        u8::try_from(turn % frames).ok().and_then(|index| self.frame(index)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_frame_is_these_bytes() {
        let set = FrameSet::new(b"abc", 64).unwrap();
        // SHA-256("abc") starts with ba7816bf (FIPS 180-4, example).
        let frame = set.frame(0).unwrap();
        assert_eq!(frame[..11], [0x4C, 1, 0xBA, 0x78, 0x16, 0xBF, 0, 0, 3, 1, 0]);
        assert_eq!(frame[13..], *b"abc");
        assert_eq!(set.frame(255), None);
        // All others of a payload in one frame are its multiples; it alone is shown.
        assert_eq!(set.frame(1).unwrap()[13..], *b"abc");
        assert_eq!(set.shown(77), frame);
    }

    #[test]
    fn last_frame_is_padded_with_zeros() {
        let set = FrameSet::new(&[7; 10], HEADER_LENGTH + 4).unwrap();
        assert_eq!((set.k(), set.frame_length()), (3, HEADER_LENGTH + 4));
        assert_eq!(set.frame(2).unwrap()[13..], [7, 7, 0, 0]);
    }

    #[test]
    fn no_frame_is_shown_again_before_all_others() {
        let set = FrameSet::new(&[7; 10], HEADER_LENGTH + 4).unwrap();
        let shown: Vec<u8> = (0..255).map(|turn| set.shown(turn)[10]).collect();
        assert_eq!(shown, (0..=254).collect::<Vec<u8>>());
        assert_eq!(set.shown(255), set.shown(0));
        for turn in 0..255 {
            assert!(Frame::decode(&set.shown(turn)).is_ok());
        }
    }

    #[test]
    fn what_cannot_be_framed_is_refused() {
        let long = vec![1; MAX_PAYLOAD + 1];
        assert_eq!(FrameSet::new(b"", 100), Err(FrameError::Length));
        assert_eq!(FrameSet::new(&long, 5000), Err(FrameError::Length));
        assert_eq!(FrameSet::new(b"abc", 13), Err(FrameError::Size));
        assert_eq!(FrameSet::for_version(b"abc", 41), Err(FrameError::Size));
        assert_eq!(FrameSet::new(&[1; 129], 14), Err(FrameError::Needed));
        assert_eq!(FrameSet::new(&[1; 128], 14).map(|set| set.k()), Ok(128));
        assert_eq!(FrameSet::for_version(&long[1..], 25).map(|set| set.k()), Ok(53));
    }

    proptest! {
        #[test]
        fn frames_give_the_payload_back(
            payload in prop::collection::vec(any::<u8>(), 1..4000),
            room in 32usize..1400,
        ) {
            let set = FrameSet::new(&payload, HEADER_LENGTH + room).unwrap();
            let mut joined = Vec::new();
            for index in 0..set.k() {
                let bytes = set.frame(index).unwrap();
                prop_assert_eq!(bytes.len(), set.frame_length());
                prop_assert!(bytes.len() <= HEADER_LENGTH + room);
                let frame = Frame::decode(&bytes).unwrap();
                prop_assert_eq!(frame.session(), session_of(&payload));
                prop_assert_eq!((frame.length(), frame.k(), frame.index()),
                    (payload.len(), set.k(), index));
                prop_assert!(!frame.is_parity());
                prop_assert_eq!(frame.encode(), bytes.clone());
                joined.extend_from_slice(frame.data());
            }
            joined.truncate(payload.len());
            prop_assert_eq!(joined, payload);
        }
    }
}
