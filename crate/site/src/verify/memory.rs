//! What this verifier has seen: the replay memory, and the first verdicts while their codes live.
//!
//! Both live on the page, so that a worker that is replaced forgets nothing. Of the replay memory the other tabs know, and the
//! page after a reload ([`super::seen`]); nothing else of it is stored.

use std::collections::VecDeque;
use std::rc::Rc;

use cbor::Timestamp;
use envelope::{CLOCK_TOLERANCE_SECONDS, ReplayMemory};
use verdict::{FaceAnswer, Replay, Verdict};

/// First verdicts that are kept for "you scanned this N s ago".
const VERDICTS: usize = 16;

/// The way by which a payload was received.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Way {
    /// A code that its holder showed without being asked.
    #[default]
    Unasked,
    /// An answer to this page's question.
    Answer,
    /// What was pasted or is in a file, with whatever is around it.
    Received,
}

/// A verdict with what belongs to its screen.
#[derive(Clone)]
pub(crate) struct Given {
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// What was judged, to be judged again by other terms.
    pub(crate) payload: Rc<[u8]>,
    /// The way by which it was received.
    pub(crate) way: Way,
    /// What the person said about the face.
    pub(crate) answer: FaceAnswer,
    /// When it was given.
    pub(crate) at: Timestamp,
    /// From the first frame to the verdict, in milliseconds.
    pub(crate) took_ms: f64,
}

/// What was seen.
#[derive(Default)]
pub(crate) struct Memory {
    seen: ReplayMemory,
    given: VecDeque<(Replay, Given)>,
}

impl Memory {
    /// Adds what other tabs have seen.
    pub(crate) fn add_seen(&mut self, seen: ReplayMemory) {
        self.seen.merge(seen);
    }

    /// What goes along with the next payload.
    pub(crate) fn seen(&mut self, now: Timestamp) -> ReplayMemory {
        self.forget(now);
        self.seen.clone()
    }

    /// Remembers a verdict; of one code, the first one stays.
    pub(crate) fn remember(&mut self, given: &Given, now: Timestamp) {
        let Some(replay) = given.verdict.replay else {
            return;
        };
        self.seen.remember(replay.key, now, replay.exp);
        if given.verdict.view.is_some() && self.first(&replay).is_none() {
            self.given.push_back((replay, given.clone()));
            if self.given.len() > VERDICTS {
                self.given.pop_front();
            }
        }
        self.forget(now);
    }

    /// The same code by other terms: that verdict is the one to go back to.
    pub(crate) fn replace(&mut self, again: &Given) {
        let Some(replay) = again.verdict.replay.filter(|_| again.verdict.view.is_some()) else {
            return;
        };
        if let Some((_, given)) = self.given.iter_mut().find(|(have, _)| have.key == replay.key) {
            *given = again.clone();
        }
    }

    /// The first verdict on the code that this one recognises.
    pub(crate) fn first(&self, replay: &Replay) -> Option<&Given> {
        self.given.iter().find(|(have, _)| have.key == replay.key).map(|(_, given)| given)
    }

    /// Keeps what a person said about the face with the first verdict.
    pub(crate) fn answer(&mut self, replay: &Replay, answer: FaceAnswer) {
        if let Some((_, given)) = self.given.iter_mut().find(|(have, _)| have.key == replay.key) {
            given.answer = answer;
        }
    }

    /// Forgets codes, and the verdicts on them, a minute after their life.
    pub(crate) fn forget(&mut self, now: Timestamp) {
        self.seen.forget_before(now);
        self.given.retain(|(replay, _)| replay.exp.plus_seconds(CLOCK_TOLERANCE_SECONDS) >= now);
    }
}

#[cfg(test)]
mod tests {
    use verdict::Verdict;

    use super::*;

    fn given(code: u32, exp: i64, answer: FaceAnswer) -> Given {
        let mut verdict = Verdict::interrupted();
        let key = serde_json::from_str(&format!("\"{code:064x}\"")).unwrap();
        verdict.replay = Some(Replay { key, exp: Timestamp::from_unix(exp) });
        verdict.view = Some(licence::LicenceView::from_elements(&mdoc::Elements::default()));
        Given {
            verdict,
            payload: Rc::default(),
            way: Way::Unasked,
            answer,
            at: Timestamp::from_unix(exp - 60),
            took_ms: 1.0,
        }
    }

    #[test]
    fn the_first_verdict_stays_with_its_answer_until_a_minute_after_the_code() {
        let (mut memory, at) = (Memory::default(), Timestamp::from_unix(1_000));
        let first = given(1, 1_060, FaceAnswer::NotAnswered);
        let replay = first.verdict.replay.unwrap();
        memory.remember(&first, at);
        memory.answer(&replay, FaceAnswer::NotSure);
        memory.remember(&given(1, 1_060, FaceAnswer::Same), at.plus_seconds(8));
        memory.replace(&given(2, 1_060, FaceAnswer::Same));
        assert_eq!(memory.first(&replay).unwrap().answer, FaceAnswer::NotSure);
        assert_eq!(memory.seen(at.plus_seconds(9)).seen(&replay.key), Some(at));
        let (mut other, mut later) = (Memory::default(), Memory::default());
        later.remember(&first, at.plus_seconds(3));
        other.add_seen(later.seen(at.plus_seconds(9)));
        other.add_seen(memory.seen(at.plus_seconds(9)));
        assert_eq!(other.seen(at.plus_seconds(9)).seen(&replay.key), Some(at), "when any tab saw it first");
        memory.replace(&given(1, 1_060, FaceAnswer::Same));
        assert_eq!(memory.first(&replay).unwrap().answer, FaceAnswer::Same);
        memory.forget(Timestamp::from_unix(1_120));
        assert!(memory.first(&replay).is_some());
        memory.forget(Timestamp::from_unix(1_121));
        assert!(memory.first(&replay).is_none());
        assert!(memory.seen(Timestamp::from_unix(1_121)).is_empty());
    }

    #[test]
    fn verdicts_without_a_person_are_not_kept_and_their_number_is_bounded() {
        let (mut memory, at) = (Memory::default(), Timestamp::from_unix(1_000));
        let mut seen_again = given(7, 1_060, FaceAnswer::NotAnswered);
        seen_again.verdict.view = None;
        memory.remember(&seen_again, at);
        assert!(memory.first(&seen_again.verdict.replay.unwrap()).is_none());
        for code in 100..200 {
            memory.remember(&given(code, 1_060, FaceAnswer::Same), at);
        }
        assert_eq!(memory.given.len(), VERDICTS);
    }
}
