//! Pictures to payloads: symbols are read, frames are collected.

use std::collections::VecDeque;

use optical::{
    Assembler, Found, Frame, FrameError, Hint, HintJudge, Progress, Reader, SessionId, scan_still,
};
use protocol::received::name_of;
use serde::{Deserialize, Serialize};

use super::other::Other;

/// What the reading of a picture led to.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No symbol that could be read.
    #[default]
    Nothing,
    /// A QR code that is no licence code; its content is thrown away, see [`Report::other`].
    Other,
    /// A frame that says nothing new: damaged, of another session, or of one that is complete.
    Idle,
    /// There are enough frames, but one is false: one more is needed.
    Restarted,
    /// A frame of the payload that is being collected.
    Receiving,
    /// The payload is whole, see [`Scanner::take_payload`].
    Complete,
}

/// What one picture did; the worker sends it to the page as JSON, without what is absent:
///
/// ```json
/// {"state": "receiving", "received": 3, "needed": 7, "hint": "blurred",
///  "corners": [[0.31, 0.2], [0.69, 0.21], [0.68, 0.88], [0.3, 0.87]]}
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// The result; of several symbols in one picture, that of the one that says most.
    pub state: Outcome,
    /// Different frames so far; with `receiving` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<u8>,
    /// Frames needed; with `receiving` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed: Option<u8>,
    /// What hinders the reading, for the person who holds the camera, by its name. It stays in each report as long as
    /// it holds.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hint_name")]
    pub hint: Option<Hint>,
    /// Corners of that symbol as shares of the picture's width and height: top left, top right,
    /// bottom right, bottom left of the symbol as it was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corners: Option<[[f32; 2]; 4]>,
    /// With `other` only: which kind of code it is, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Other>,
}

/// A hint by its name.
mod hint_name {
    use optical::Hint;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(hint: &Option<Hint>, to: S) -> Result<S::Ok, S::Error> {
        hint.map(Hint::name).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Hint>, D::Error> {
        let Some(name) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        let hint = Hint::ALL.into_iter().find(|hint| hint.name() == name);
        hint.map(Some).ok_or_else(|| D::Error::custom("no hint has this name"))
    }
}

/// Codes of which some frames were read and others are missing.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Begun {
    /// How many there are.
    pub(crate) codes: u8,
    /// Different frames of the one that lacks the fewest.
    pub(crate) received: u8,
    /// Frames that it needs.
    pub(crate) needed: u8,
    /// Whether frames of a further code were passed over, as too many codes were begun.
    pub(crate) too_many: bool,
}

impl Begun {
    /// Whether every frame that was read belongs to a complete payload.
    pub(crate) fn is_nothing(self) -> bool {
        self.codes == 0 && !self.too_many
    }
}

/// The result of a picture file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureResult {
    /// More bytes or pixels than are decoded.
    TooLarge,
    /// No picture of a kind that is known.
    Unsupported,
    /// The browser cannot decode it.
    Broken,
    /// It was received while reading is paused; send it again.
    Paused,
    /// It was read; of a code of another kind, which kind it is, if that is known.
    Read(Outcome, Option<Other>),
}

impl From<Outcome> for Report {
    fn from(state: Outcome) -> Self {
        Self { state, ..Self::default() }
    }
}

/// Further payloads that are collected from still pictures at the same time, each of at most 64 KiB.
const MOST_OTHERS: usize = 15;
/// Payloads that are remembered as complete.
const REMEMBERED: usize = 64;

/// Reads pictures until a payload is whole. A camera shows one payload at a time; still pictures may show the frames of
/// up to 16 in any order, and several in one picture.
#[derive(Default)]
pub struct Scanner {
    assembler: Assembler,
    /// Collect what still pictures show beside the payload of `assembler`.
    others: Vec<Assembler>,
    /// What was completed, the newest last.
    complete: VecDeque<SessionId>,
    /// Payloads of which a frame was passed over, as still pictures showed too many at the same time.
    passed_over: Vec<SessionId>,
    /// The time of the last camera picture: for still pictures no time passes.
    live_ms: u64,
    reader: Reader,
    judge: HintJudge,
    payloads: VecDeque<Vec<u8>>,
    luma: Vec<u8>,
}

impl Scanner {
    /// A scanner that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a camera picture: `height` rows of `width` bytes of luma, `stride` bytes apart. `now_ms` is
    /// compared only with the times of other pictures. Returns a report as JSON.
    pub fn scan(&mut self, luma: &[u8], width: u32, height: u32, stride: u32, now_ms: f64) -> String {
        json(&self.read(luma, width, height, stride, now_ms))
    }

    /// As [`Scanner::scan`] for pixels of four bytes, the first three red, green, blue or blue, green, red.
    pub fn scan_rgba(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> String {
        json(&self.read_rgba(pixels, width, height, now_ms))
    }

    /// As [`Scanner::scan_rgba`] for a still picture, with more patience and without a hint.
    pub fn scan_still(&mut self, pixels: &[u8], width: u32, height: u32) -> String {
        json(&self.read_still(pixels, width, height))
    }

    /// Takes a payload, after a report said that one is complete; a still picture may have completed several.
    pub fn take_payload(&mut self) -> Option<Vec<u8>> {
        self.payloads.pop_front()
    }

    /// Forgets everything, also which payloads were complete, so that the same code is read again.
    pub fn reset(&mut self) {
        *self = Self { luma: std::mem::take(&mut self.luma), ..Self::default() };
    }
}

/// The same, for the worker.
impl Scanner {
    pub(crate) fn read(&mut self, luma: &[u8], width: u32, height: u32, stride: u32, now_ms: f64) -> Report {
        let seen = self.reader.read(luma, width as usize, height as usize, stride as usize);
        self.live_ms = whole(now_ms);
        let hint = self.judge.judge(self.reader.diagnosis(), self.live_ms);
        let mut report = self.accept(seen.found, (width, height), Self::one);
        report.hint = hint;
        report
    }

    /// Returns what is begun.
    pub(crate) fn begun(&self) -> Begun {
        let all = || std::iter::once(&self.assembler).chain(&self.others).filter_map(Assembler::received);
        let most = all().min_by_key(|(received, needed)| needed.saturating_sub(*received));
        let (received, needed) = most.unwrap_or_default();
        let codes = u8::try_from(all().count()).unwrap_or(u8::MAX);
        let read = |session: &SessionId| self.complete.contains(session) || self.is_begun(*session);
        let too_many = !self.passed_over.iter().all(read);
        Begun { codes, received, needed, too_many }
    }

    fn is_begun(&self, session: SessionId) -> bool {
        let mut all = std::iter::once(&self.assembler).chain(&self.others);
        all.any(|assembler| assembler.session() == Some(session))
    }

    /// Forgets which payloads were complete, so that the same code is read again. What is begun stays.
    pub(crate) fn forget_complete(&mut self) {
        self.complete.clear();
        self.passed_over.clear();
        for assembler in std::iter::once(&mut self.assembler).chain(&mut self.others) {
            assembler.forget_complete();
        }
    }

    pub(crate) fn read_rgba(&mut self, pixels: &[u8], width: u32, height: u32, now_ms: f64) -> Report {
        let luma = self.luma_of(pixels);
        let report = self.read(&luma, width, height, width, now_ms);
        self.luma = luma;
        report
    }

    pub(crate) fn read_still(&mut self, pixels: &[u8], width: u32, height: u32) -> Report {
        let luma = self.luma_of(pixels);
        let found = scan_still(&luma, width as usize, height as usize, width as usize);
        // A still picture may be large: its memory is freed.
        self.accept(found, (width, height), Self::one_still)
    }

    fn luma_of(&mut self, pixels: &[u8]) -> Vec<u8> {
        let mut luma = std::mem::take(&mut self.luma);
        luma.clear();
        luma.extend(pixels.chunks_exact(4).map(|pixel| match pixel {
            // Symmetric in the outer two, so that both orders give the same.
            [a, g, b, _] => ((u16::from(*a) + 2 * u16::from(*g) + u16::from(*b)) / 4) as u8,
            _ => 0,
        }));
        luma
    }

    fn accept(
        &mut self,
        found: Vec<Found>,
        size: (u32, u32),
        one: impl Fn(&mut Self, &[u8]) -> Report,
    ) -> Report {
        let mut report = Report::default();
        for symbol in found {
            let mut this = one(self, &symbol.bytes);
            let (width, height) = (size.0 as f32, size.1 as f32);
            this.corners = Some(symbol.corners.map(|(x, y)| [x / width, y / height]));
            if this.state > report.state {
                report = this;
            }
        }
        report
    }

    /// Takes a symbol of a picture of a camera or a video. Of several payloads in one picture the first is read; later
    /// pictures show the others again.
    fn one(&mut self, bytes: &[u8]) -> Report {
        let session = Frame::decode(bytes).map(|frame| frame.session()).ok();
        if !self.payloads.is_empty() || session.is_some_and(|session| self.complete.contains(&session)) {
            return Outcome::Idle.into();
        }
        let progress = self.assembler.accept(bytes, self.live_ms);
        let mut report = self.note(session, progress);
        if report.state == Outcome::Other {
            report.other = core::str::from_utf8(bytes).ok().and_then(name_of).map(Other);
        }
        report
    }

    /// Takes a symbol of a still picture.
    fn one_still(&mut self, bytes: &[u8]) -> Report {
        let Ok(session) = Frame::decode(bytes).map(|frame| frame.session()) else {
            return self.one(bytes);
        };
        if self.complete.contains(&session) {
            return Outcome::Idle.into();
        }
        let live_ms = self.live_ms;
        let Some(assembler) = self.assembler_of(session) else {
            if !self.passed_over.contains(&session) && self.passed_over.len() < REMEMBERED {
                self.passed_over.push(session);
            }
            return Outcome::Idle.into();
        };
        let progress = assembler.accept(bytes, live_ms);
        self.note(Some(session), progress)
    }

    /// Remembers a complete payload.
    fn note(&mut self, session: Option<SessionId>, progress: Progress) -> Report {
        if matches!(progress, Progress::Complete(_)) {
            if self.complete.len() == REMEMBERED {
                self.complete.pop_front();
            }
            self.complete.extend(session);
        }
        self.report(progress)
    }

    /// The assembler that collects this session, else one that collects none; `None` if there are too many sessions.
    fn assembler_of(&mut self, session: SessionId) -> Option<&mut Assembler> {
        let free = |assembler: &Assembler| assembler.session().is_none();
        let mine = |assembler: &Assembler| assembler.session() == Some(session);
        if !mine(&self.assembler) && self.others.iter().any(mine) {
            return self.others.iter_mut().find(|assembler| mine(assembler));
        }
        if mine(&self.assembler) || free(&self.assembler) {
            return Some(&mut self.assembler);
        }
        if !self.others.iter().any(free) && self.others.len() < MOST_OTHERS {
            self.others.push(Assembler::new());
        }
        self.others.iter_mut().find(|assembler| free(assembler))
    }

    fn report(&mut self, progress: Progress) -> Report {
        match progress {
            Progress::NotAFrame(FrameError::Magic | FrameError::Format) => Outcome::Other.into(),
            Progress::Receiving { received, needed, .. } => Report {
                state: Outcome::Receiving,
                received: Some(received),
                needed: Some(needed),
                ..Report::default()
            },
            Progress::Complete(payload) => {
                self.payloads.push_back(payload);
                Outcome::Complete.into()
            }
            Progress::Poisoned(_) => Outcome::Restarted.into(),
            _ => Outcome::Idle.into(),
        }
    }
}

fn json(report: &Report) -> String {
    serde_json::to_string(report).unwrap_or_default()
}

/// Times of a browser are far below 2^53; a wrong one only changes when a session is abandoned.
fn whole(now_ms: f64) -> u64 {
    now_ms.max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use protocol::received::OtherCode;

    use super::*;

    fn report(bytes: &[u8]) -> Outcome {
        Scanner::new().one(bytes).state
    }

    fn receiving(received: u8, needed: u8) -> Report {
        let (received, needed) = (Some(received), Some(needed));
        Report { state: Outcome::Receiving, received, needed, ..Report::default() }
    }

    #[test]
    fn other_codes_are_told_apart_and_dropped() {
        assert_eq!(report(b"https://example.com/"), Outcome::Other);
        assert_eq!(report(b"javascript:alert(1)"), Outcome::Other);
        assert_eq!(report(&[]), Outcome::Other);
        assert_eq!(report(&[0x4C, 1, 0]), Outcome::Idle);
    }

    #[test]
    fn codes_of_other_systems_are_named() {
        for (text, code) in [
            ("https://example.com/", Some(OtherCode::Web)),
            ("mdoc:owBjMS4w", Some(OtherCode::MdocEngagement)),
            ("openid4vp://?client_id=a", Some(OtherCode::OpenId4Vp)),
            ("HC1:6BF", Some(OtherCode::HealthCertificate)),
            ("hello", None),
        ] {
            let report = Scanner::new().one(text.as_bytes());
            assert_eq!((report.state, report.other), (Outcome::Other, code.map(Other)), "{text}");
        }
        assert_eq!(Scanner::new().one(&[0xff, 0xfe]).other, None);
    }

    #[test]
    fn a_payload_is_handed_over_once() {
        let set = optical::FrameSet::new(&[7; 50], 40).unwrap();
        let mut scanner = Scanner::new();
        assert_eq!(scanner.one(&set.frame(1).unwrap()), receiving(1, 2));
        assert_eq!(scanner.take_payload(), None);
        assert_eq!(scanner.one(&set.frame(0).unwrap()), Outcome::Complete.into());
        assert_eq!(scanner.take_payload(), Some(vec![7; 50]));
        assert_eq!(scanner.take_payload(), None);
        assert_eq!(scanner.one(&set.frame(0).unwrap()), Outcome::Idle.into());
        scanner.reset();
        assert_eq!(scanner.one(&set.frame(0).unwrap()), receiving(1, 2));
    }

    /// The frames of a payload of 50 bytes, two of which make it whole.
    fn frames(fill: u8) -> [Vec<u8>; 3] {
        let set = optical::FrameSet::new(&[fill; 50], 40).unwrap();
        [0, 1, 2].map(|index| set.frame(index).unwrap())
    }

    #[test]
    fn still_pictures_show_the_frames_of_several_payloads_in_any_order() {
        let (ours, theirs) = (frames(7), frames(8));
        let mut scanner = Scanner::new();
        assert_eq!(scanner.one_still(&ours[0]), receiving(1, 2));
        assert_eq!(scanner.one_still(&theirs[0]), receiving(1, 2));
        assert_eq!(scanner.one_still(&ours[1]), Outcome::Complete.into());
        assert_eq!(scanner.one_still(&ours[2]), Outcome::Idle.into());
        assert_eq!(scanner.one_still(&theirs[2]), Outcome::Complete.into());
        assert_eq!(scanner.one_still(&theirs[1]), Outcome::Idle.into());
        assert_eq!(scanner.take_payload(), Some(vec![7; 50]));
        assert_eq!(scanner.take_payload(), Some(vec![8; 50]));
        assert_eq!(scanner.take_payload(), None);
    }

    #[test]
    fn a_payload_that_a_camera_began_is_completed_by_a_picture() {
        let (ours, theirs) = (frames(7), frames(8));
        let mut scanner = Scanner { live_ms: 9_000, ..Scanner::new() };
        scanner.one(&ours[0]);
        scanner.one_still(&theirs[0]);
        assert_eq!(scanner.one_still(&ours[1]), Outcome::Complete.into());
    }

    #[test]
    fn no_more_payloads_are_collected_at_the_same_time_than_there_is_room_for() {
        let mut scanner = Scanner::new();
        for fill in 0..=15 {
            assert_eq!(scanner.one_still(&frames(fill)[0]), receiving(1, 2));
        }
        assert_eq!(scanner.begun(), Begun { codes: 16, received: 1, needed: 2, too_many: false });
        assert_eq!(scanner.one_still(&frames(16)[0]), Outcome::Idle.into());
        assert!(scanner.begun().too_many, "what is passed over is said");
        assert_eq!(scanner.one_still(&frames(3)[1]), Outcome::Complete.into());
        assert_eq!(scanner.one_still(&frames(16)[0]), receiving(1, 2));
        assert!(!scanner.begun().too_many);
    }

    #[test]
    fn what_is_begun_is_counted_and_outlives_what_is_complete() {
        let (ours, theirs) = (frames(7), frames(8));
        let mut scanner = Scanner::new();
        assert!(scanner.begun().is_nothing());
        scanner.one_still(&ours[0]);
        scanner.one_still(&theirs[0]);
        scanner.one_still(&ours[1]);
        assert_eq!(scanner.begun(), Begun { codes: 1, received: 1, needed: 2, too_many: false });
        scanner.forget_complete();
        assert_eq!(scanner.one_still(&theirs[1]), Outcome::Complete.into());
        assert_eq!(scanner.one_still(&ours[0]), receiving(1, 2), "the same code is read again");
    }

    #[test]
    fn a_payload_is_given_once_though_a_video_shows_it_again_between_others() {
        let (ours, theirs) = (frames(7), frames(8));
        let mut scanner = Scanner::new();
        scanner.one_still(&theirs[0]);
        scanner.one_still(&ours[0]);
        assert_eq!(scanner.one_still(&ours[1]), Outcome::Complete.into());
        assert_eq!(scanner.take_payload(), Some(vec![7; 50]));
        scanner.live_ms += 5_000;
        for (frame, outcome) in [
            (&ours[0], Outcome::Idle.into()),
            (&theirs[1], Outcome::Complete.into()),
            (&ours[1], Outcome::Idle.into()),
        ] {
            assert_eq!(scanner.one(frame), outcome);
        }
        assert_eq!(scanner.take_payload(), Some(vec![8; 50]));
        assert_eq!(scanner.one(&theirs[0]), Outcome::Idle.into());
    }
}
