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
        let received = self.held.iter().filter(|index| **index != NONE).count();
        Progress::Receiving {
            session: self.header.session,
            // At most K, which is at most 128.
            received: u8::try_from(received).unwrap_or(u8::MAX),
            needed: self.header.k + u8::from(self.doubted),
        }
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
mod tests {
    use super::*;
    use crate::link::frame::{FrameSet, HEADER_LENGTH};
    use crate::random::Random;

    /// Returns a frame with a valid check and any other content.
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
            let index = random.below(9) as u8;
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

    // T-frames-mixed
    #[test]
    fn two_sessions_never_mix_in_10_000_orders() {
        let mut random = Random(20);
        let (mut whole, mut none) = (0, 0);
        for order in 0..10_000 {
            let (length, k) = (40 + random.below(400), 1 + random.below(6));
            let a = random.payload(length);
            // As similar as possible: same length, same K, one byte different.
            let mut b = a.clone();
            b[random.below(length)] ^= 1 + random.below(255) as u8;
            let sets = [&a, &b].map(|p| {
                FrameSet::new(p, HEADER_LENGTH + p.len().div_ceil(k)).unwrap_or_else(|e| panic!("{e}"))
            });
            let mut frames: Vec<Vec<u8>> =
                sets.iter().flat_map(|s| (0..s.k()).map(|i| s.frame(i).unwrap())).collect();
            let parity = [k, 250].map(|first| first as u8 + random.below(5) as u8);
            frames.extend(sets.iter().flat_map(|s| parity.map(|i| s.frame(i).unwrap())));
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
        // Both results occur.
        assert!(whole > 1_000 && none > 1_000, "{whole} whole, {none} none");
    }

    #[test]
    fn a_session_stays_until_a_second_without_a_frame_of_it() {
        let (a, b) = (set(&[1; 40], 2), set(&[2; 40], 2));
        let mut assembler = Assembler::new();
        assembler.accept(&a.shown(0), 0);
        assert_eq!(assembler.accept(&b.shown(0), 999), Progress::OtherSession(b.session()));
        // Any frame of the session restarts the second, even a repeated one.
        assembler.accept(&a.shown(0), 999);
        assert_eq!(assembler.accept(&b.shown(0), 1_998), Progress::OtherSession(b.session()));
        assert!(matches!(
            assembler.accept(&b.shown(1), 1_999),
            Progress::Receiving { session, received: 1, .. } if session == b.session()
        ));
        // The frames of the first session are gone.
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
    fn any_k_frames_complete_in_any_order() {
        let mut random = Random(4);
        for _ in 0..500 {
            let k = 1 + random.below(40);
            let length = k * (1 + random.below(50)) - random.below(k).min(k - 1);
            let payload = random.payload(length);
            let set = FrameSet::new(&payload, HEADER_LENGTH + length.div_ceil(k)).unwrap();
            let mut indices: Vec<u8> = (0..=254).collect();
            // Many data frames in some runs, few in others.
            let reach = usize::from(set.k()) + random.below(255 - usize::from(set.k()));
            for last in (1..reach).rev() {
                indices.swap(last, random.below(last + 1));
            }
            let mut assembler = Assembler::new();
            let mut results = indices
                .iter()
                .take(usize::from(set.k()))
                .map(|i| assembler.accept(&set.frame(*i).unwrap(), 0));
            assert_eq!(results.by_ref().last(), Some(Progress::Complete(payload)));
        }
    }

    #[test]
    fn parity_frames_count_and_keep_the_session() {
        let payload = [4; 40];
        let set = set(&payload, 3);
        let other = FrameSet::new(&[5; 10], 100).unwrap();
        let mut assembler = Assembler::new();
        assembler.accept(&set.shown(0), 0);
        assert!(matches!(
            assembler.accept(&set.shown(200), 900),
            Progress::Receiving { received: 2, needed: 3, .. }
        ));
        assert!(matches!(assembler.accept(&other.shown(0), 1_500), Progress::OtherSession(_)));
        assert_eq!(assembler.accept(&set.shown(3), 1_600), Progress::Complete(payload.to_vec()));
    }

    /// A frame of the set with one bit of its data changed.
    fn poison(frame: &[u8]) -> Vec<u8> {
        forge(frame, |bytes| bytes[HEADER_LENGTH] ^= 1)
    }

    // T-frame-poisoned
    #[test]
    fn one_false_frame_in_twenty_delays_and_never_deceives() {
        let mut random = Random(64);
        let (mut turns, mut runs) = (0, 0);
        for _ in 0..200 {
            let length = 7 * 90 - random.below(80);
            let payload = random.payload(length);
            let set = set(&payload, 7);
            let mut assembler = Assembler::new();
            let (mut complete, mut poisoned) = (None, 0);
            let start = random.next() % 1_000;
            for turn in 0..2_000u64 {
                // The first is false, so every run is poisoned at least once.
                let honest = set.shown(start + turn);
                let shown = if turn % 20 == 0 { poison(&honest) } else { honest };
                match assembler.accept(&shown, turn * 100) {
                    Progress::Complete(bytes) => {
                        complete = Some(bytes);
                        turns += turn + 1;
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
            assert_eq!(poisoned, 1);
            runs += 1;
        }
        // One more than the seven that are needed.
        assert_eq!(turns, 8 * runs);
    }

    #[test]
    fn two_false_frames_among_the_first_are_all_thrown_away() {
        let payload = [6; 70];
        let set = set(&payload, 5);
        let mut assembler = Assembler::new();
        for index in 0..5 {
            let frame = set.frame(index).unwrap();
            let shown = if index < 2 { poison(&frame) } else { frame };
            let progress = assembler.accept(&shown, 0);
            assert_eq!(matches!(progress, Progress::Poisoned(_)), index == 4, "{progress:?}");
        }
        // A frame that is there already says nothing and ends nothing.
        assert!(matches!(
            assembler.accept(&set.frame(2).unwrap(), 1),
            Progress::Receiving { received: 5, needed: 6, .. }
        ));
        assert_eq!(assembler.accept(&set.frame(5).unwrap(), 2), Progress::Poisoned(set.session()));
        // The last one is the first of the new collection.
        for index in [6, 7, 8] {
            assert!(matches!(
                assembler.accept(&set.frame(index).unwrap(), 3),
                Progress::Receiving { received, needed: 5, .. } if received == index - 4
            ));
        }
        assert_eq!(assembler.accept(&set.frame(9).unwrap(), 4), Progress::Complete(payload.to_vec()));
    }

    #[test]
    fn a_false_frame_of_a_very_long_payload_throws_all_away() {
        let payload = Random(5).payload(65_536);
        let set = set(&payload, 128);
        let mut assembler = Assembler::new();
        assembler.accept(&poison(&set.frame(0).unwrap()), 0);
        let last = (1..128).map(|index| assembler.accept(&set.frame(index).unwrap(), 0)).last();
        assert_eq!(last, Some(Progress::Poisoned(set.session())));
        let mut again = (128..=254).chain([0]).map(|index| assembler.accept(&set.frame(index).unwrap(), 0));
        assert!(matches!(again.next(), Some(Progress::Receiving { received: 1, needed: 128, .. })));
        assert!(again.last() == Some(Progress::Complete(payload)));
    }

    #[test]
    fn a_sender_of_data_frames_alone_gets_over_false_ones() {
        let payload = [7; 70];
        for k in [1u8, 2, 5] {
            let set = set(&payload, usize::from(k));
            for false_ones in 1..=k {
                let mut assembler = Assembler::new();
                for index in 0..k {
                    let frame = set.frame(index).unwrap();
                    assembler.accept(&if index < false_ones { poison(&frame) } else { frame }, 0);
                }
                let mut turns = (0..3 * k).map(|turn| assembler.accept(&set.frame(turn % k).unwrap(), 1));
                assert!(turns.any(|progress| progress == Progress::Complete(payload.to_vec())), "{k}");
            }
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
