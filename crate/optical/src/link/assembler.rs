//! Frames, any K of them in any order, back to one payload.
//!
//! The assembler collects one session at a time, holds at most one payload (64 KiB), whatever is shown to the
//! camera, and returns complete payloads only.

use super::erasure::{Correction, correct, recover};
use super::frame::{Frame, FrameError, MAX_INDEX, SessionId, session_of};

/// Milliseconds without a frame of the current session after which a newer session replaces it.
pub(crate) const SESSION_IDLE_MS: u64 = 1_000;
/// To find one false frame the payload is hashed up to K times. If that exceeds this number of bytes, which
/// would take longer than a picture, all frames are discarded instead.
const MAX_TRIED_BYTES: usize = 2 << 20;
/// Number of completed sessions that are remembered, so that none is delivered twice.
const REMEMBERED: usize = 8;

/// The effect of one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The bytes are not a frame of this link (another QR code), or damaged.
    NotAFrame(FrameError),
    /// A frame of the current session with another K or length; ignored.
    Refused(FrameError),
    /// A frame of another session than the current one; ignored.
    OtherSession(SessionId),
    /// The frame belongs to the current session, and more are needed.
    Receiving {
        /// The session.
        session: SessionId,
        /// Distinct frames so far.
        received: u8,
        /// Frames needed: K, or K + 1 if one of the first K is false.
        needed: u8,
    },
    /// The complete payload, whose SHA-256 starts with its session. Returned once for each session.
    Complete(Vec<u8>),
    /// Another frame of a session that was returned already.
    AlreadyComplete(SessionId),
    /// There are enough frames, but the hash of their payload is not the session: at least one is false. One more
    /// frame corrects a single false one; otherwise all are discarded, and this is returned again. The frames of a very
    /// long payload are discarded at once.
    Poisoned(SessionId),
}

/// The common header of all frames of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Header {
    session: SessionId,
    length: usize,
    k: u8,
}

impl Header {
    /// Whether these consecutive data frames are the payload.
    fn is_of(self, data: &[u8]) -> bool {
        data.get(..self.length).is_some_and(|payload| session_of(payload) == self.session)
    }
}

/// No frame has this index.
const NONE: u8 = MAX_INDEX + 1;

#[derive(Debug)]
struct Collecting {
    header: Header,
    last_ms: u64,
    /// The index of the frame in each of the K rows: a data frame is in its own row, a parity frame in any other.
    held: Vec<u8>,
    /// K rows of L bytes; the data frames once K frames were received.
    rows: Vec<u8>,
    /// K frames were received, and one is false.
    doubted: bool,
}

/// The effect of a frame on its session.
enum Taken {
    More,
    Whole,
    False,
}

impl Collecting {
    fn start(header: Header, now_ms: u64) -> Self {
        let k = usize::from(header.k);
        Self {
            header,
            last_ms: now_ms,
            held: vec![NONE; k],
            // At most 65,536 + 127: `Frame::decode` bounds length and K.
            rows: vec![0; header.length.div_ceil(k) * k],
            doubted: false,
        }
    }

    fn progress(&self) -> Progress {
        let (received, needed) = self.count();
        Progress::Receiving { session: self.header.session, received, needed }
    }

    /// Distinct frames so far, and frames needed.
    fn count(&self) -> (u8, u8) {
        let received = self.held.iter().filter(|index| **index != NONE).count();
        // At most K, which is at most 128.
        (u8::try_from(received).unwrap_or(u8::MAX), self.header.k + u8::from(self.doubted))
    }

    fn take(&mut self, frame: &Frame<'_>) -> Taken {
        let header = self.header;
        if self.doubted {
            let is_right = |data: &[u8]| header.is_of(data);
            return match correct(&self.held, &mut self.rows, frame.index(), frame.data(), is_right) {
                Correction::Agrees => Taken::More,
                Correction::Made => Taken::Whole,
                Correction::Failed => {
                    // More than one frame is false.
                    *self = Self::start(header, self.last_ms);
                    self.take(frame);
                    Taken::False
                }
            };
        }
        self.put(frame);
        if self.held.contains(&NONE) {
            return Taken::More;
        }
        recover(&self.held, &mut self.rows);
        if header.is_of(&self.rows) {
            return Taken::Whole;
        }
        if header.length * usize::from(header.k) <= MAX_TRIED_BYTES {
            self.doubted = true;
        } else {
            *self = Self::start(header, self.last_ms);
        }
        Taken::False
    }

    /// Stores a frame; the first one with an index is kept.
    fn put(&mut self, frame: &Frame<'_>) {
        let size = frame.data().len();
        let Some(free) = self.held.iter().rposition(|index| *index == NONE) else { return };
        if self.held.contains(&frame.index()) {
            return;
        }
        let mut row = free;
        if !frame.is_parity() {
            // A parity frame in its row is moved.
            row = usize::from(frame.index());
            self.rows.copy_within(row * size..(row + 1) * size, free * size);
            self.held.swap(row, free);
        }
        if let (Some(place), Some(index)) =
            (self.rows.get_mut(row * size..(row + 1) * size), self.held.get_mut(row))
        {
            place.copy_from_slice(frame.data());
            *index = frame.index();
        }
    }
}

/// Collects frames until a payload is complete.
#[derive(Debug, Default)]
pub struct Assembler {
    current: Option<Collecting>,
    /// The newest last.
    complete: Vec<SessionId>,
}

impl Assembler {
    /// Creates an empty assembler.
    #[must_use]
    pub const fn new() -> Self {
        Self { current: None, complete: Vec::new() }
    }

    /// Forgets everything, including which sessions were returned.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Returns the bytes of payload held now, at most 65,663.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.current.as_ref().map_or(0, |c| c.rows.capacity())
    }

    /// Returns the session that is being collected.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        self.current.as_ref().map(|collecting| collecting.header.session)
    }

    /// Returns the distinct frames received so far and the frames needed of the session that is being collected.
    #[must_use]
    pub fn received(&self) -> Option<(u8, u8)> {
        self.current.as_ref().map(Collecting::count)
    }

    /// Forgets which sessions were returned, so that each may be returned again. What is being collected stays.
    pub fn forget_complete(&mut self) {
        self.complete.clear();
    }

    /// Accepts the bytes of one symbol, read at `now_ms`: milliseconds of a monotonic clock, compared only with the
    /// times of other frames.
    pub fn accept(&mut self, frame_bytes: &[u8], now_ms: u64) -> Progress {
        let frame = match Frame::decode(frame_bytes) {
            Ok(frame) => frame,
            Err(error) => return Progress::NotAFrame(error),
        };
        if self.complete.contains(&frame.session()) {
            return Progress::AlreadyComplete(frame.session());
        }
        let header = Header { session: frame.session(), length: frame.length(), k: frame.k() };
        let mut collecting = match self.current.take() {
            Some(current) if current.header == header => current,
            Some(current) if now_ms.saturating_sub(current.last_ms) < SESSION_IDLE_MS => {
                let same_session = current.header.session == header.session;
                self.current = Some(current);
                return if same_session {
                    Progress::Refused(FrameError::SessionChanged)
                } else {
                    Progress::OtherSession(header.session)
                };
            }
            _ => Collecting::start(header, now_ms),
        };
        collecting.last_ms = now_ms;
        let progress = match collecting.take(&frame) {
            Taken::Whole => return self.finish(collecting),
            Taken::More => collecting.progress(),
            Taken::False => Progress::Poisoned(header.session),
        };
        self.current = Some(collecting);
        progress
    }

    fn finish(&mut self, collected: Collecting) -> Progress {
        if self.complete.len() == REMEMBERED {
            self.complete.remove(0);
        }
        self.complete.push(collected.header.session);
        let mut payload = collected.rows;
        payload.truncate(collected.header.length);
        Progress::Complete(payload)
    }
}

#[cfg(test)]
mod tests;
