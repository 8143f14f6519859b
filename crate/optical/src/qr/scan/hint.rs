//! One hint at a time to the person who holds the camera, from what was measured.

use std::collections::VecDeque;

use super::diagnosis::Diagnosis;

/// Pictures that are judged together.
const PICTURES: usize = 10;
/// So many of them must say the same before it is said.
const MOST: usize = 6;
/// So many reads among them, and all is well.
const READS: usize = 2;
/// A hint stays at least so long, so that it can be read, in milliseconds.
const STAYS_MS: u64 = 1_500;
/// Without a read for so long, the first hint is given, in milliseconds.
const PATIENCE_MS: u64 = 1_000;

/// A module narrower than this many pixels is hardly read.
const SMALL_MODULE: f32 = 2.3;
/// The place of a code narrower than this many pixels: then a symbol of version 25 has such modules.
const SMALL_PLACE: f32 = 260.0;
/// An edge wider than this many modules is blurred.
const BLURRED_MODULES: f32 = 1.2;
/// An edge wider than this many pixels is blurred, where no module is known; and never a narrower one
/// than the second.
const BLURRED_PIXELS: (f32, f32) = (5.0, 3.5);
/// The lightest pixels of a picture that is too dark stay below this.
const DARK: u8 = 56;
/// Share of a code's place that is nothing but white under a glare.
const GLARE: f32 = 0.06;
/// Squares around a glare that are washed out.
const WASHED: usize = 6;
/// Change from picture to picture that is motion.
const MOVING: f32 = 0.045;

/// What hinders the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Nothing that looks like a code.
    NoCode,
    /// The code is too far away.
    TooSmall,
    /// The code is out of focus.
    Blurred,
    /// There is too little light.
    Dark,
    /// A light is mirrored in the code.
    Glare,
    /// Camera or code move too fast.
    Moving,
}

impl Hint {
    /// Every hint.
    pub const ALL: [Self; 6] =
        [Self::NoCode, Self::TooSmall, Self::Blurred, Self::Dark, Self::Glare, Self::Moving];

    /// Its stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoCode => "no-code",
            Self::TooSmall => "too-small",
            Self::Blurred => "blurred",
            Self::Dark => "dark",
            Self::Glare => "glare",
            Self::Moving => "moving",
        }
    }

    /// What hinders most in one picture; nothing where it was read, and where nothing can be told.
    #[must_use]
    pub fn of(measured: &Diagnosis) -> Option<Self> {
        if measured.read {
            return None;
        }
        let small = match (measured.place, measured.module) {
            (Some(place), _) => place < SMALL_PLACE,
            (None, Some(module)) => module < SMALL_MODULE,
            (None, None) => false,
        };
        let (wide, least) = BLURRED_PIXELS;
        let sharp = measured.module.map_or(wide, |module| (BLURRED_MODULES * module).max(least));
        if measured.light < DARK {
            Some(Self::Dark)
        } else if measured.change > MOVING {
            Some(Self::Moving)
        } else if measured.washed >= WASHED || measured.glare > GLARE {
            Some(Self::Glare)
        } else if small {
            Some(Self::TooSmall)
        } else if measured.place.is_some() && measured.edge > sharp {
            Some(Self::Blurred)
        } else if measured.place.is_none() && measured.patterns < 3 {
            Some(Self::NoCode)
        } else {
            None
        }
    }
}

/// Gives one hint at a time: it speaks late, stays for a while, and is silent when codes are read.
#[derive(Debug, Clone, Default)]
pub struct HintJudge {
    recent: VecDeque<(bool, Option<Hint>)>,
    shown: Option<Hint>,
    /// When `shown` changed.
    since_ms: u64,
    /// When a symbol was read last, or the first picture came.
    read_ms: Option<u64>,
}

impl HintJudge {
    /// One that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The hint after one more picture, at `now_ms` of any clock that does not go back.
    pub fn judge(&mut self, measured: &Diagnosis, now_ms: u64) -> Option<Hint> {
        self.recent.push_back((measured.read, Hint::of(measured)));
        if self.recent.len() > PICTURES {
            self.recent.pop_front();
        }
        if measured.read {
            self.read_ms = Some(now_ms);
        }
        let read_ms = *self.read_ms.get_or_insert(now_ms);
        let wanted = self.wanted();
        let stays = self.shown.is_some() && now_ms.saturating_sub(self.since_ms) < STAYS_MS;
        let early = now_ms.saturating_sub(read_ms) < PATIENCE_MS;
        let reads = self.recent.iter().filter(|(read, _)| *read).count();
        let next = if reads >= READS {
            None
        } else if wanted.is_none() || early {
            // Not enough to say something else.
            self.shown
        } else {
            wanted
        };
        if next != self.shown && !stays {
            self.shown = next;
            self.since_ms = now_ms;
        }
        self.shown
    }

    /// What most of the last pictures say.
    fn wanted(&self) -> Option<Hint> {
        Hint::ALL
            .into_iter()
            .find(|hint| self.recent.iter().filter(|(_, cause)| *cause == Some(*hint)).count() >= MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(change: impl FnOnce(&mut Diagnosis)) -> Diagnosis {
        let mut measured = Diagnosis::default();
        (measured.patterns, measured.module, measured.place) = (3, Some(4.0), Some(500.0));
        (measured.edge, measured.light) = (2.0, 200);
        change(&mut measured);
        measured
    }

    /// Returns the hint after this many pictures of one kind, one every 33 ms.
    fn after(judge: &mut HintJudge, from_ms: u64, pictures: u64, of: &Diagnosis) -> Option<Hint> {
        (0..pictures).map(|n| judge.judge(of, from_ms + n * 33)).last().flatten()
    }

    #[test]
    fn each_cause_is_named() {
        type Cause = fn(&mut Diagnosis);
        let cases: [(Hint, Cause); 9] = [
            (Hint::NoCode, |m| (m.patterns, m.module, m.place) = (0, None, None)),
            (Hint::TooSmall, |m| m.place = Some(200.0)),
            (Hint::TooSmall, |m| (m.place, m.module) = (None, Some(2.0))),
            (Hint::Blurred, |m| m.edge = 5.5),
            (Hint::Blurred, |m| (m.patterns, m.module, m.edge) = (0, None, 5.5)),
            (Hint::Dark, |m| m.light = 40),
            (Hint::Glare, |m| m.glare = 0.2),
            (Hint::Glare, |m| m.washed = 20),
            (Hint::Moving, |m| m.change = 0.2),
        ];
        for (hint, change) in cases {
            let picture = measured(change);
            assert_eq!(Hint::of(&picture), Some(hint));
            assert_eq!(after(&mut HintJudge::new(), 0, 60, &picture), Some(hint), "{}", hint.name());
        }
        assert_eq!(Hint::of(&measured(|_| {})), None);
    }

    #[test]
    fn it_speaks_late_and_falls_silent_when_codes_are_read() {
        let (dark, read) = (measured(|m| m.light = 30), measured(|m| m.read = true));
        let mut judge = HintJudge::new();
        assert_eq!(after(&mut judge, 0, 30, &dark), None, "a second of patience");
        assert_eq!(after(&mut judge, 1_000, 2, &dark), Some(Hint::Dark));
        // Read now, but the hint has not stayed for long enough to be read.
        assert_eq!(after(&mut judge, 1_100, 10, &read), Some(Hint::Dark));
        assert_eq!(after(&mut judge, 2_600, 2, &read), None);
        // One picture that is not read changes nothing.
        assert_eq!(after(&mut judge, 2_700, 1, &dark), None);
    }

    #[test]
    fn it_does_not_flicker_between_two_causes() {
        let (dark, blurred) = (measured(|m| m.light = 30), measured(|m| m.edge = 6.0));
        let mut judge = HintJudge::new();
        let mut shown = Vec::new();
        for n in 0..300u64 {
            let picture = if n % 2 == 0 { &dark } else { &blurred };
            shown.push(judge.judge(picture, n * 33));
        }
        assert!(shown.iter().all(Option::is_none), "neither is what most pictures say");
        assert_eq!(after(&mut judge, 10_000, 20, &dark), Some(Hint::Dark));
        assert_eq!(after(&mut judge, 10_700, 20, &blurred), Some(Hint::Dark), "it stays");
        assert_eq!(after(&mut judge, 12_300, 1, &blurred), Some(Hint::Blurred));
    }

    #[test]
    fn times_that_go_back_do_no_harm() {
        let mut judge = HintJudge::new();
        for now in [u64::MAX, 0, 5, u64::MAX, 1] {
            judge.judge(&measured(|m| m.light = 1), now);
        }
    }
}
