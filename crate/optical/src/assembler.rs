//! Frames, in any order, back to one payload.
//!
//! One session at a time and at most one payload's room: whatever is held up to the camera, the
//! assembler holds no more than 64 KiB and returns a payload whole or not at all.

use crate::frame::{Frame, FrameError, SessionId, session_of};

/// A session of which no frame came for this long gives way to the newest one, in milliseconds.
pub const SESSION_IDLE_MS: u64 = 1_000;
/// How many completed sessions are remembered, so that none is delivered twice.
const REMEMBERED: usize = 8;

/// What one frame did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// The bytes are not a frame of this link (some other QR code), or a broken one.
    NotAFrame(FrameError),
    /// A frame that claims the session being collected, with another K or another length; ignored.
    Refused(FrameError),
    /// A frame of another session while one is being collected; ignored.
    OtherSession(SessionId),
    /// The frame belongs to the session being collected, and more are needed.
    Receiving {
        /// The session.
        session: SessionId,
        /// Different frames so far.
        received: u8,
        /// Frames needed.
        needed: u8,
    },
    /// The payload, whole: its SHA-256 starts with its session. Returned once a session.
    Complete(Vec<u8>),
    /// A further frame of a session that has been returned already.
    AlreadyComplete(SessionId),
    /// All frames came and their hash is not the session: one of them was false. All of them were
    /// thrown away, and the session is collected again from here on.
    Poisoned(SessionId),
}

/// What all frames of a session have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Header {
    session: SessionId,
    length: usize,
    k: u8,
}

#[derive(Debug)]
struct Collecting {
    header: Header,
    last_ms: u64,
    /// Bit i: data frame i is in `buffer`.
    have: u128,
    /// K times L bytes.
    buffer: Vec<u8>,
}

impl Collecting {
    fn start(header: Header, now_ms: u64) -> Self {
        let k = usize::from(header.k);
        Self {
            header,
            last_ms: now_ms,
            have: 0,
            // At most 65,536 + 127: `Frame::decode` held length and K to their bounds.
            buffer: vec![0; header.length.div_ceil(k) * k],
        }
    }

    fn received(&self) -> u8 {
        // At most 128 bits are set.
        u8::try_from(self.have.count_ones()).unwrap_or(u8::MAX)
    }

    /// Takes a data frame's data; the first frame with an index stays. Parity frames are valid,
    /// keep the session alive, and add nothing yet.
    fn take(&mut self, frame: &Frame<'_>) {
        if frame.is_parity() {
            return;
        }
        let bit = 1u128 << frame.index();
        let start = usize::from(frame.index()) * frame.data().len();
        if self.have & bit == 0
            && let Some(place) = self.buffer.get_mut(start..start + frame.data().len())
        {
            place.copy_from_slice(frame.data());
            self.have |= bit;
        }
    }
}

/// Collects frames until a payload is whole.
#[derive(Debug, Default)]
pub struct Assembler {
    current: Option<Collecting>,
    /// The newest last.
    complete: Vec<SessionId>,
}

impl Assembler {
    /// An assembler that has seen nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { current: None, complete: Vec::new() }
    }

    /// Forgets everything, also which sessions were returned.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Bytes of payload held at this moment, at most 65,663.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        self.current.as_ref().map_or(0, |c| c.buffer.capacity())
    }

    /// Takes the bytes of one symbol, read at `now_ms` (milliseconds from any start, not going
    /// back; it is only compared with the times of other frames).
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
        collecting.take(&frame);
        if collecting.received() < header.k {
            let progress = Progress::Receiving {
                session: header.session,
                received: collecting.received(),
                needed: header.k,
            };
            self.current = Some(collecting);
            return progress;
        }
        let Collecting { mut buffer, .. } = collecting;
        buffer.truncate(header.length);
        if session_of(&buffer) != header.session {
            self.current = Some(Collecting::start(header, now_ms));
            return Progress::Poisoned(header.session);
        }
        if self.complete.len() == REMEMBERED {
            self.complete.remove(0);
        }
        self.complete.push(header.session);
        Progress::Complete(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{FrameSet, HEADER_LENGTH};

    /// A small generator (xorshift), so that every run sees the same orders.
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }

        fn below(&mut self, bound: usize) -> usize {
            usize::try_from(self.next() % bound as u64).unwrap()
        }

        fn payload(&mut self, length: usize) -> Vec<u8> {
            (0..length).map(|_| self.next() as u8).collect()
        }
    }

    /// A frame with a right check and whatever else its author wants.
    fn forge(like: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut bytes = like.to_vec();
        change(&mut bytes);
        let mut crc = 0xFFFFu16;
        for (at, byte) in bytes.iter().enumerate() {
            if at == 11 || at == 12 {
                continue;
            }
            crc ^= u16::from(*byte) << 8;
            for _ in 0..8 {
                crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
            }
        }
        bytes[11..13].copy_from_slice(&crc.to_be_bytes());
        bytes
    }

    fn set(payload: &[u8], k: usize) -> FrameSet {
        let set = FrameSet::new(payload, HEADER_LENGTH + payload.len().div_ceil(k)).unwrap();
        assert_eq!(usize::from(set.k()), k);
        set
    }

    #[test]
    fn any_order_with_repetitions_completes_once() {
        let mut random = Random(1);
        let payload = random.payload(700);
        let set = set(&payload, 7);
        let mut assembler = Assembler::new();
        let mut results = Vec::new();
        for turn in 0..200 {
            let index = random.below(7) as u8;
            results.push(assembler.accept(&set.frame(index).unwrap(), turn * 100));
        }
        let at = results.iter().position(|p| *p == Progress::Complete(payload.clone())).unwrap();
        assert!(results[..at].iter().all(|p| matches!(p, Progress::Receiving { needed: 7, .. })));
        assert!(results[at + 1..].iter().all(|p| *p == Progress::AlreadyComplete(set.session())));
        assert_eq!(assembler.held_bytes(), 0);
        assembler.reset();
        assert!(matches!(assembler.accept(&set.shown(0), 0), Progress::Receiving { received: 1, .. }));
    }

    #[test]
    fn progress_counts_different_frames() {
        let payload = [9; 30];
        let set = set(&payload, 3);
        let mut assembler = Assembler::new();
        let mut counts = Vec::new();
        for index in [2, 2, 0, 2] {
            match assembler.accept(&set.frame(index).unwrap(), 0) {
                Progress::Receiving { received, needed, .. } => counts.push((received, needed)),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(counts, [(1, 3), (1, 3), (2, 3), (2, 3)]);
    }

    // SECURITY: cross-session mixing.
    #[test]
    fn two_sessions_never_mix_in_10_000_orders() {
        let mut random = Random(20);
        let (mut whole, mut none) = (0, 0);
        for order in 0..10_000 {
            let (length, k) = (40 + random.below(400), 1 + random.below(6));
            let a = random.payload(length);
            // As like as can be: same length, same K, one byte different.
            let mut b = a.clone();
            b[random.below(length)] ^= 1 + random.below(255) as u8;
            let sets = [&a, &b].map(|p| {
                FrameSet::new(p, HEADER_LENGTH + p.len().div_ceil(k)).unwrap_or_else(|e| panic!("{e}"))
            });
            let mut frames: Vec<Vec<u8>> =
                sets.iter().flat_map(|s| (0..s.k()).map(|i| s.frame(i).unwrap())).collect();
            frames.extend(frames.clone());
            for last in (1..frames.len()).rev() {
                frames.swap(last, random.below(last + 1));
            }
            frames.truncate(1 + random.below(frames.len()));
            let mut assembler = Assembler::new();
            let (mut now, mut got) = (order, Vec::new());
            for frame in &frames {
                now += [30, 100, 400, 1_100][random.below(4)];
                if let Progress::Complete(bytes) = assembler.accept(frame, now) {
                    got.push(bytes);
                }
            }
            assert!(got.iter().all(|bytes| *bytes == a || *bytes == b));
            assert!(got.len() <= 2 && (got.len() < 2 || got[0] != got[1]));
            if got.is_empty() {
                none += 1;
            } else {
                whole += 1;
            }
        }
        // Both ends happen, so the test sees both.
        assert!(whole > 1_000 && none > 1_000, "{whole} whole, {none} none");
    }

    #[test]
    fn a_session_stays_until_a_second_without_a_frame_of_it() {
        let (a, b) = (set(&[1; 40], 2), set(&[2; 40], 2));
        let mut assembler = Assembler::new();
        assembler.accept(&a.shown(0), 0);
        assert_eq!(assembler.accept(&b.shown(0), 999), Progress::OtherSession(b.session()));
        // A frame of it starts the second again, also one that was there already.
        assembler.accept(&a.shown(0), 999);
        assert_eq!(assembler.accept(&b.shown(0), 1_998), Progress::OtherSession(b.session()));
        assert!(matches!(
            assembler.accept(&b.shown(1), 1_999),
            Progress::Receiving { session, received: 1, .. } if session == b.session()
        ));
        // What was collected of the first is gone.
        assert!(matches!(
            assembler.accept(&a.shown(1), 2_999),
            Progress::Receiving { session, received: 1, .. } if session == a.session()
        ));
    }

    #[test]
    fn a_new_session_needs_no_waiting_after_a_complete_one() {
        let (a, b) = (set(&[1; 40], 1), set(&[2; 40], 1));
        let mut assembler = Assembler::new();
        assert_eq!(assembler.accept(&a.shown(0), 0), Progress::Complete(vec![1; 40]));
        assert_eq!(assembler.accept(&b.shown(0), 1), Progress::Complete(vec![2; 40]));
        // Two screens side by side are each delivered once.
        assert_eq!(assembler.accept(&a.shown(0), 2), Progress::AlreadyComplete(a.session()));
    }

    #[test]
    fn changing_k_or_length_in_a_session_is_refused() {
        let payload = [3; 40];
        let set = set(&payload, 2);
        let mut assembler = Assembler::new();
        assembler.accept(&set.shown(0), 0);
        let other_k = forge(&set.shown(1), |f| {
            f[9] = 4;
            f.truncate(HEADER_LENGTH + 10);
        });
        let other_length = forge(&set.shown(1), |f| {
            f[8] = 39;
            let last = f.len() - 1;
            f[last] = 0;
        });
        for bad in [other_k, other_length] {
            let progress = assembler.accept(&bad, 500);
            assert_eq!(progress, Progress::Refused(FrameError::SessionChanged));
        }
        assert_eq!(assembler.accept(&set.shown(1), 600), Progress::Complete(payload.to_vec()));
    }

    #[test]
    fn parity_frames_are_valid_and_keep_the_session() {
        let payload = [4; 40];
        let set = set(&payload, 2);
        let parity = forge(&set.shown(0), |f| f[10] = 2);
        let other = FrameSet::new(&[5; 10], 100).unwrap();
        let mut assembler = Assembler::new();
        assembler.accept(&set.shown(0), 0);
        assert!(matches!(assembler.accept(&parity, 900), Progress::Receiving { received: 1, needed: 2, .. }));
        assert!(matches!(assembler.accept(&other.shown(0), 1_500), Progress::OtherSession(_)));
        assert_eq!(assembler.accept(&set.shown(1), 1_600), Progress::Complete(payload.to_vec()));
    }

    // SECURITY: frame poisoning.
    #[test]
    fn one_false_frame_in_twenty_delays_and_never_deceives() {
        let mut random = Random(64);
        for _ in 0..200 {
            let length = 7 * 90 - random.below(80);
            let payload = random.payload(length);
            let set = set(&payload, 7);
            let mut assembler = Assembler::new();
            let (mut complete, mut poisoned) = (None, 0);
            for turn in 0..2_000u64 {
                // The first is false, so every run is poisoned at least once.
                let honest = set.shown(random.next());
                let shown = if turn % 20 == 0 { forge(&honest, |f| f[HEADER_LENGTH] ^= 1) } else { honest };
                match assembler.accept(&shown, turn * 100) {
                    Progress::Complete(bytes) => {
                        complete = Some(bytes);
                        break;
                    }
                    Progress::Poisoned(session) => {
                        assert_eq!(session, set.session());
                        poisoned += 1;
                    }
                    Progress::Receiving { .. } => {}
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(complete, Some(payload));
            assert!(poisoned > 0);
        }
    }

    #[test]
    fn a_clock_that_goes_back_does_not_lock_the_session() {
        let (a, b) = (set(&[1; 40], 2), set(&[2; 40], 2));
        let mut assembler = Assembler::new();
        assembler.accept(&a.shown(0), 1_000_000);
        assembler.accept(&a.shown(0), 5);
        assert!(matches!(assembler.accept(&b.shown(0), 1_005), Progress::Receiving { .. }));
    }
}
