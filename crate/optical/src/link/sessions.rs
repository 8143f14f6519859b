//! Several payloads at once, from pictures that come in any order.

use std::collections::VecDeque;

use super::assembler::{Assembler, Progress};
use super::frame::{Frame, SessionId};

/// Most sessions that are collected at once.
const MOST: usize = 4;
/// Number of completed sessions that are remembered, so that none is delivered twice.
const REMEMBERED: usize = 8;

/// Collects frames of up to four sessions at once.
///
/// An [`Assembler`] stays with one session until it has been idle for a second, which suits a camera. Pictures are handed
/// over one after the other at once, and may show the codes of several people: no frame of theirs is ignored here. A fifth
/// session replaces the one with the fewest frames, of several the one that was fed first. Holds at most 256 KiB.
#[derive(Debug, Default)]
pub struct Sessions {
    /// The one that was fed last is the last.
    begun: Vec<Assembler>,
    complete: VecDeque<SessionId>,
}

impl Sessions {
    /// Creates an empty collection.
    #[must_use]
    pub const fn new() -> Self {
        Self { begun: Vec::new(), complete: VecDeque::new() }
    }

    /// Forgets everything, including which sessions were returned.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Accepts the bytes of one symbol, as [`Assembler::accept`]. Never returns [`Progress::OtherSession`].
    pub fn accept(&mut self, frame_bytes: &[u8], now_ms: u64) -> Progress {
        let session = match Frame::decode(frame_bytes) {
            Ok(frame) => frame.session(),
            Err(error) => return Progress::NotAFrame(error),
        };
        if self.complete.contains(&session) {
            return Progress::AlreadyComplete(session);
        }
        let mut assembler = self.take(session);
        let progress = assembler.accept(frame_bytes, now_ms);
        if matches!(progress, Progress::Complete(_)) {
            if self.complete.len() == REMEMBERED {
                self.complete.pop_front();
            }
            self.complete.push_back(session);
        } else {
            self.begun.push(assembler);
        }
        progress
    }

    /// Takes out the assembler of a session, or a new one for which there is room afterwards.
    fn take(&mut self, session: SessionId) -> Assembler {
        if let Some(at) = self.begun.iter().position(|assembler| assembler.session() == Some(session)) {
            return self.begun.remove(at);
        }
        let frames =
            |(_, assembler): &(usize, &Assembler)| assembler.received().map_or(0, |(received, _)| received);
        if self.begun.len() >= MOST
            && let Some((at, _)) = self.begun.iter().enumerate().min_by_key(frames)
        {
            self.begun.remove(at);
        }
        Assembler::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::frame::HEADER_LENGTH;
    use crate::link::frame_set::FrameSet;

    fn sets(count: u8) -> Vec<(Vec<u8>, FrameSet)> {
        let payload = |of: u8| (0..=99).map(|at| at ^ of).collect::<Vec<u8>>();
        (1..=count)
            .map(|of| (payload(of), FrameSet::new(&payload(of), HEADER_LENGTH + 25).unwrap()))
            .collect()
    }

    #[test]
    fn interleaved_sessions_are_all_complete_and_each_once() {
        let sets = sets(4);
        let mut sessions = Sessions::new();
        let mut whole = Vec::new();
        for index in 0..4 {
            for (_, set) in &sets {
                if let Progress::Complete(payload) = sessions.accept(&set.frame(index).unwrap(), 0) {
                    whole.push(payload);
                }
            }
        }
        assert_eq!(whole, sets.iter().map(|(payload, _)| payload.clone()).collect::<Vec<_>>());
        for (_, set) in &sets {
            assert_eq!(sessions.accept(&set.frame(0).unwrap(), 0), Progress::AlreadyComplete(set.session()));
        }
        sessions.reset();
        let again = sessions.accept(&sets[0].1.frame(0).unwrap(), 0);
        assert!(matches!(again, Progress::Receiving { received: 1, needed: 4, .. }));
    }

    #[test]
    fn a_fifth_session_replaces_the_one_with_the_fewest_frames() {
        let sets = sets(5);
        let mut sessions = Sessions::new();
        let mut show = |of: usize, index: u8| sessions.accept(&sets[of].1.frame(index).unwrap(), 0);
        for (of, frames) in [(0, 3), (1, 1), (2, 2), (3, 1), (4, 1)] {
            (0..frames).for_each(|index| drop(show(of, index)));
        }
        assert_eq!(show(0, 3), Progress::Complete(sets[0].0.clone()));
        // The second one was fed before the fourth, so it has to begin again.
        assert!(matches!(show(3, 1), Progress::Receiving { received: 2, .. }));
        assert!(matches!(show(1, 1), Progress::Receiving { received: 1, .. }));
    }

    #[test]
    fn many_false_sessions_do_not_displace_one_that_is_under_way() {
        let (payload, set) = sets(1).remove(0);
        let mut sessions = Sessions::new();
        for index in 0..3 {
            sessions.accept(&set.frame(index).unwrap(), 0);
        }
        for of in 0..=99u8 {
            let other = FrameSet::new(&[of; 100], HEADER_LENGTH + 25).unwrap();
            sessions.accept(&other.frame(0).unwrap(), 0);
        }
        assert_eq!(sessions.accept(&set.frame(3).unwrap(), 0), Progress::Complete(payload));
    }
}
