//! The pictures that a screen shows while the payload is renewed.
//!
//! A reader stays with a session until a second has passed without a frame of it, so one that is nearly
//! done must not lose its session. When a new payload comes the old one is shown for another lap of
//! K + 8 frames, then the new one. They are not shown in turn: measured, that spares no reader more (the
//! later a reader begins with the old one the more likely it is cut, and there are as many of them at any
//! mixture) and everyone is slower meanwhile; see `docs/optical-link.md`.

use super::frame::FrameError;
use super::frame_set::FrameSet;
use super::plan::{Conditions, Plan};
use crate::qr::symbol::{Symbol, SymbolError};

/// Frames more than K that an old payload is still shown: with two of five lost, a reader that has half
/// of its frames gets the others all the same.
const LAP_BEYOND_K: u64 = 8;

/// One payload that is shown or waits.
#[derive(Debug)]
struct Strip {
    payload: Vec<u8>,
    ends_ms: u64,
    plan: Plan,
    set: FrameSet,
    turn: u64,
}

impl Strip {
    fn new(payload: Vec<u8>, ends_ms: u64, on: Conditions) -> Result<Self, FrameError> {
        let plan = Plan::choose(payload.len(), on)?;
        let set = plan.frames(&payload)?;
        Ok(Self { payload, ends_ms, plan, set, turn: 0 })
    }

    fn fit(&mut self, on: Conditions) -> Result<(), FrameError> {
        self.plan = Plan::choose(self.payload.len(), on)?;
        self.set = self.plan.frames(&self.payload)?;
        Ok(())
    }
}

/// One picture: a frame and how to draw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The bytes of the symbol.
    pub frame: Vec<u8>,
    /// Symbol, size and rhythm.
    pub plan: Plan,
    /// When the payload that this belongs to ends, in milliseconds.
    pub ends_ms: u64,
}

impl Picture {
    /// Draws it.
    ///
    /// # Errors
    /// As [`Plan::symbol`].
    pub fn symbol(&self) -> Result<Symbol, SymbolError> {
        self.plan.symbol(&self.frame)
    }
}

/// The pictures of one payload, and of those that replace it.
#[derive(Debug)]
pub struct Reel {
    on: Conditions,
    shown: Strip,
    /// The newest payload, and how many frames of the shown one went before it since it came.
    renewed: Option<(Strip, u64)>,
}

impl Reel {
    /// A reel of one payload, which is shown until `ends_ms` at most (milliseconds, of the clock that
    /// [`Reel::next`] is given).
    ///
    /// # Errors
    /// As [`Plan::choose`].
    pub fn new(payload: Vec<u8>, ends_ms: u64, on: Conditions) -> Result<Self, FrameError> {
        Ok(Self { on, shown: Strip::new(payload, ends_ms, on)?, renewed: None })
    }

    /// Replaces the payload: at once if the shown one is one picture, else after another lap of it. A payload that waits
    /// already is replaced, and the lap goes on.
    ///
    /// # Errors
    /// As [`Plan::choose`].
    pub fn renew(&mut self, payload: Vec<u8>, ends_ms: u64) -> Result<(), FrameError> {
        let before = self.renewed.take().map_or(0, |(_, before)| before);
        self.renewed = Some((Strip::new(payload, ends_ms, self.on)?, before));
        Ok(())
    }

    /// Plans again for other conditions. Readers must start again if the size of the frames changes.
    ///
    /// # Errors
    /// As [`Plan::choose`].
    pub fn fit(&mut self, on: Conditions) -> Result<(), FrameError> {
        self.on = on;
        self.shown.fit(on)?;
        self.renewed.as_mut().map_or(Ok(()), |(strip, _)| strip.fit(on))
    }

    /// Returns the current plan.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.shown.plan
    }

    /// Whether the picture does not change until the payload is replaced.
    #[must_use]
    pub const fn is_still(&self) -> bool {
        self.shown.plan.is_still() && self.renewed.is_none()
    }

    /// Returns the next picture, at `now_ms`; `None` if every payload has expired.
    pub fn next(&mut self, now_ms: u64) -> Option<Picture> {
        let lap = if self.shown.plan.is_still() { 0 } else { u64::from(self.shown.plan.k()) + LAP_BEYOND_K };
        let ended = now_ms >= self.shown.ends_ms;
        if let Some((strip, _)) = self.renewed.take_if(|(_, before)| *before >= lap || ended) {
            self.shown = strip;
        }
        if let Some((_, before)) = &mut self.renewed {
            *before += 1;
        }
        let Strip { ends_ms, plan, set, turn, .. } = &mut self.shown;
        if now_ms >= *ends_ms {
            return None;
        }
        let frame = set.shown(*turn);
        *turn += 1;
        Some(Picture { frame, plan: *plan, ends_ms: *ends_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::assembler::{Assembler, Progress};
    use crate::link::frame::{Frame, session_of};
    use crate::link::plan::Ease;
    use crate::random::Random;

    const END: u64 = 60_000;

    fn on(pixels: usize) -> Conditions {
        Conditions { pixels, ease: Ease::default(), reduced_motion: false }
    }

    fn session(picture: &Picture) -> [u8; 4] {
        Frame::decode(&picture.frame).unwrap().session()
    }

    #[test]
    fn the_old_one_goes_another_lap_and_never_past_its_end() {
        let (old, new) = (vec![1; 8_000], vec![2; 8_000]);
        let mut reel = Reel::new(old.clone(), END, on(800)).unwrap();
        assert_eq!((reel.plan().k(), reel.is_still()), (7, false));
        reel.next(0).unwrap();
        reel.renew(new.clone(), END + 20_000).unwrap();
        let shown: Vec<Picture> = (0..40).map(|turn| reel.next(turn).unwrap()).collect();
        assert!(shown[..15].iter().all(|p| session(p) == session_of(&old) && p.ends_ms == END));
        assert!(shown[15..].iter().all(|p| session(p) == session_of(&new) && p.ends_ms == END + 20_000));
        // The frames of each go on where they were.
        let indices: Vec<u8> = shown.iter().map(|p| p.frame[10]).collect();
        assert_eq!(indices, (1..16).chain(0..25).collect::<Vec<u8>>());

        reel.renew(vec![3; 8_000], END + 40_000).unwrap();
        reel.next(100).unwrap();
        // Its end comes before that of its lap.
        assert_eq!(session(&reel.next(END + 19_999).unwrap()), session_of(&new));
        assert_eq!(session(&reel.next(END + 20_000).unwrap()), session_of(&[3; 8_000]));
        assert_eq!(reel.next(END + 40_000), None);
        assert_eq!(reel.next(END + 40_001), None);
    }

    #[test]
    fn the_newest_of_several_comes_next_and_the_lap_is_not_prolonged() {
        let mut reel = Reel::new(vec![1; 8_000], END, on(800)).unwrap();
        reel.renew(vec![2; 8_000], END).unwrap();
        (0..10).for_each(|turn| drop(reel.next(turn)));
        reel.renew(vec![3; 8_000], END).unwrap();
        let shown: Vec<_> = (10..16).map(|turn| session(&reel.next(turn).unwrap())).collect();
        assert_eq!(shown[4..], [session_of(&[1; 8_000]), session_of(&[3; 8_000])]);
    }

    #[test]
    fn a_still_one_gives_way_at_once() {
        let mut reel = Reel::new(vec![1; 900], END, on(800)).unwrap();
        assert!(reel.is_still());
        assert_eq!(reel.next(0).unwrap(), reel.next(1).unwrap());
        reel.renew(vec![2; 900], END).unwrap();
        assert!(!reel.is_still());
        assert_eq!(session(&reel.next(2).unwrap()), session_of(&[2; 900]));
        assert!(reel.is_still());
    }

    #[test]
    fn another_layout_shows_the_same_payloads() {
        let mut reel = Reel::new(vec![1; 8_000], END, on(800)).unwrap();
        reel.renew(vec![2; 8_000], END).unwrap();
        reel.fit(on(300)).unwrap();
        assert_eq!(reel.plan().version(), 15);
        let mut assembler = Assembler::new();
        let mut got = Vec::new();
        for turn in 0..60 {
            let picture = reel.next(turn).unwrap();
            assert_eq!(picture.symbol().unwrap().version(), 15);
            if let Progress::Complete(payload) = assembler.accept(&picture.frame, turn) {
                got.push(payload);
            }
        }
        assert!(got == [vec![1; 8_000], vec![2; 8_000]]);
    }

    /// A film of a renewal: when each picture appears, counted from the renewal.
    struct Film {
        pictures: Vec<(i64, Picture)>,
    }

    const START: i64 = 30_000;

    fn film(random: &mut Random, length: usize, reduced_motion: bool) -> (Film, Vec<u8>, Vec<u8>) {
        let conditions = Conditions { reduced_motion, ..on(1_170) };
        let (old, new) = (random.payload(length), random.payload(length));
        let mut reel = Reel::new(old.clone(), START as u64 + 40_000, conditions).unwrap();
        let (mut at, mut renewed, mut pictures) = (-8_000, false, Vec::new());
        while at < 12_000 {
            if at >= 0 && !renewed {
                renewed = true;
                reel.renew(new.clone(), START as u64 + 60_000).unwrap();
            }
            let picture = reel.next((START + at) as u64).unwrap();
            let sixtieths = picture.plan.hold().refreshes(random.next() as u32, 1000.0 / 60.0);
            pictures.push((at, picture));
            at += i64::from(sixtieths) * 1000 / 60;
        }
        (Film { pictures }, old, new)
    }

    /// A reader that starts at `from`: what it had at the renewal, and what it got when.
    fn read(film: &Film, from: i64, lost: &[bool]) -> (u8, i64, Vec<u8>) {
        let mut assembler = Assembler::new();
        let mut had = 0;
        for ((at, picture), _) in
            film.pictures.iter().zip(lost).filter(|((at, _), lost)| *at >= from && !**lost)
        {
            match assembler.accept(&picture.frame, (START + at) as u64) {
                Progress::Complete(payload) => return (had, *at, payload),
                Progress::Receiving { received, .. } if *at < 0 => had = received,
                _ => {}
            }
        }
        panic!("never complete");
    }

    #[test]
    fn a_reader_that_is_half_done_at_renewal_is_done_before_one_that_begins_there() {
        let mut random = Random(4);
        for (length, reduced_motion) in [(2_000, false), (8_000, false), (16_000, false), (8_000, true)] {
            for loss in [0, 5, 20, 40] {
                let mut half_done = 0;
                for _ in 0..15 {
                    let (film, old, _) = film(&mut random, length, reduced_motion);
                    let k = film.pictures[0].1.plan.k();
                    let lost: Vec<bool> = film.pictures.iter().map(|_| random.below(100) < loss).collect();
                    // When one is done that begins at the renewal, were all pictures of one session.
                    let begun = film.pictures.iter().zip(&lost).filter(|((at, _), lost)| *at >= 0 && !**lost);
                    let fresh = begun.map(|((at, _), _)| *at).nth(usize::from(k) - 1).unwrap();
                    // Every phase: it may begin with any picture before.
                    for (from, _) in film.pictures.iter().filter(|(at, _)| (-8_000..0).contains(at)) {
                        let (had, done, payload) = read(&film, *from, &lost);
                        if done < 0 || 2 * had < k {
                            continue;
                        }
                        half_done += 1;
                        assert!(payload == old, "restarted: {length} bytes, {loss} % lost, {had} of {k}");
                        assert!(done < fresh, "{done} after {fresh}: {length} bytes, {loss} % lost");
                    }
                }
                assert!(half_done >= 15, "{length} bytes, {loss} % lost: {half_done}");
            }
        }
    }
}
