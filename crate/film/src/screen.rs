//! The content of the screen: pictures of modules, each displayed for some refreshes at 60 Hz.

use optical::{Conditions, DEFAULT_VERSION, Ease, FrameSet, Plan, QUIET_ZONE, Symbol};
use serde::Deserialize;

use crate::FilmError;
use crate::chance::Chance;
use crate::scene::Attack;

/// Refreshes of the screen per second.
pub(crate) const REFRESHES_PER_SECOND: f64 = 60.0;

/// Width of the square in device pixels, enough for every version.
const PIXELS: usize = 1_000;

/// A code with its quiet zone, or another picture in its place.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// Cells per side.
    pub(crate) cells: usize,
    /// Brightness of each cell, 0 to 1, row by row.
    pub(crate) light: Vec<f32>,
    /// The content of the code; `None` if there is no code of the measured session.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// Brightness of a dark module: no screen is completely black.
const DARK: f32 = 0.004;

impl Picture {
    fn of_symbol(symbol: &Symbol, bytes: Option<Vec<u8>>) -> Self {
        let size = symbol.size();
        let cell = |v: usize| v.wrapping_sub(QUIET_ZONE);
        Self::drawn(size + 2 * QUIET_ZONE, bytes, |x, y| symbol.is_dark(cell(x), cell(y)))
    }

    fn drawn(cells: usize, bytes: Option<Vec<u8>>, is_dark: impl Fn(usize, usize) -> bool) -> Self {
        let at = |i: usize| if is_dark(i % cells, i / cells) { DARK } else { 1.0 };
        Self { cells, light: (0..cells * cells).map(at).collect(), bytes }
    }

    fn plain(light: f32) -> Self {
        Self { cells: 1, light: vec![light], bytes: None }
    }

    /// Cells of any grey.
    fn noise(chance: &mut Chance) -> Self {
        let cells = 160;
        let light = chance.bytes(cells * cells).into_iter().map(|v| f32::from(v) / 255.0).collect();
        Self { cells, light, bytes: None }
    }

    /// More than a thousand finder patterns.
    fn patterns(chance: &mut Chance) -> Self {
        let pitch = 8 + chance.below(3);
        Self::drawn(pitch * 34, None, |x, y| {
            let (x, y) = (x % pitch, y % pitch);
            x < 7 && y < 7 && x.min(6 - x).min(y.min(6 - y)) != 1
        })
    }
}

/// A code drawn by another program: `dark` has one character per module, `1` for dark, row by row.
#[derive(Debug, Clone, Deserialize)]
pub struct DrawnSymbol {
    /// Modules per side, without the quiet zone.
    pub size: usize,
    /// The modules.
    pub dark: String,
}

/// Pictures and their order.
#[derive(Debug, Clone)]
pub(crate) struct Show {
    pub(crate) pictures: Vec<Picture>,
    /// The index of a picture, and the number of refreshes.
    pub(crate) holds: Vec<(usize, u32)>,
}

impl Show {
    /// Returns a payload's frames as displayed by the wallet, with attacks in between.
    pub(crate) fn of_payload(
        payload: &[u8],
        refreshes: u32,
        attacks: &[Attack],
        seed: u64,
    ) -> Result<Self, FilmError> {
        let on = Conditions { pixels: PIXELS, ease: Ease::default(), reduced_motion: false };
        let plan = Plan::choose(payload.len(), on).map_err(FilmError::Frames)?;
        let set = plan.frames(payload).map_err(FilmError::Frames)?;
        let mut turns = 0;
        let mut next = || {
            let bytes = set.shown(turns);
            turns += 1;
            let symbol = plan.symbol(&bytes).map_err(FilmError::Symbol)?;
            Ok(Picture::of_symbol(&symbol, Some(bytes)))
        };
        let mut chance = Chance::new(seed, "screen");
        let mut show = Self { pictures: Vec::new(), holds: Vec::new() };
        let mut shown = 0;
        for hold in holds(refreshes, &mut chance) {
            // A reader that starts anywhere reaches a part without poisoned frames.
            let quiet = shown > refreshes / 2;
            shown += hold;
            let attack = Some(attacks)
                .filter(|attacks| !attacks.is_empty() && chance.once_in(2))
                .map(|attacks| attacks[chance.below(attacks.len())])
                .filter(|attack| !(quiet && *attack == Attack::Poisoned));
            match attack {
                Some(attack) => show.attack(attack, hold, &set, &mut chance)?,
                None => show.add(next()?, hold),
            }
        }
        Ok(show)
    }

    /// Returns codes drawn by another program, repeated in their order.
    pub(crate) fn of_symbols(symbols: &[DrawnSymbol], refreshes: u32, seed: u64) -> Result<Self, FilmError> {
        let pictures = symbols
            .iter()
            .map(|symbol| {
                let dark = symbol.dark.as_bytes();
                if symbol.size == 0 || symbol.size > 177 || dark.len() != symbol.size * symbol.size {
                    return Err(FilmError::Format("a symbol that is no square"));
                }
                let cell = |v: usize| v.wrapping_sub(QUIET_ZONE);
                Ok(Picture::drawn(symbol.size + 2 * QUIET_ZONE, Some(Vec::new()), |x, y| {
                    let (x, y) = (cell(x), cell(y));
                    x < symbol.size && y < symbol.size && dark[y * symbol.size + x] == b'1'
                }))
            })
            .collect::<Result<Vec<_>, _>>()?;
        if pictures.is_empty() {
            return Err(FilmError::Empty);
        }
        let count = pictures.len();
        let holds = holds(refreshes, &mut Chance::new(seed, "screen"));
        Ok(Self {
            pictures,
            holds: holds.into_iter().enumerate().map(|(i, hold)| (i % count, hold)).collect(),
        })
    }

    fn add(&mut self, picture: Picture, hold: u32) {
        self.holds.push((self.pictures.len(), hold));
        self.pictures.push(picture);
    }

    fn attack(
        &mut self,
        attack: Attack,
        hold: u32,
        set: &FrameSet,
        chance: &mut Chance,
    ) -> Result<(), FilmError> {
        let code = |bytes: &[u8], version: u8| {
            let symbol = Symbol::encode_smallest(bytes, version).map_err(FilmError::Symbol)?;
            Ok(Picture::of_symbol(&symbol, None))
        };
        let picture = match attack {
            Attack::Noise => Picture::noise(chance),
            Attack::Patterns => Picture::patterns(chance),
            Attack::Foreign => {
                let length = 10 + chance.below(200);
                let mut text = b"https://example.org/".to_vec();
                text.extend(chance.bytes(length).into_iter().map(|byte| b'a' + byte % 26));
                code(&text, DEFAULT_VERSION)?
            }
            Attack::Sessions => {
                let length = 2_000 + chance.below(60_000);
                let other = FrameSet::for_version(&chance.bytes(length), DEFAULT_VERSION)
                    .map_err(FilmError::Frames)?;
                code(&other.shown(chance.next() % u64::from(other.k())), DEFAULT_VERSION)?
            }
            Attack::Poisoned => {
                code(&poisoned(&set.shown(chance.next() % u64::from(set.k())), chance), DEFAULT_VERSION)?
            }
            Attack::Flashing => {
                for refresh in 0..hold {
                    self.add(Picture::plain(if refresh % 2 == 0 { 1.0 } else { DARK }), 1);
                }
                return Ok(());
            }
        };
        self.add(picture, hold);
        Ok(())
    }

    /// Returns the start of each picture in seconds from the start of the film; the last entry is the end.
    pub(crate) fn changes(&self) -> Vec<(f64, usize)> {
        let mut refreshes = 0;
        let mut changes = Vec::with_capacity(self.holds.len());
        for &(picture, hold) in &self.holds {
            changes.push((f64::from(refreshes) / REFRESHES_PER_SECOND, picture));
            refreshes += hold;
        }
        changes
    }
}

/// Returns random holds of 5 to 7 refreshes whose sum is `refreshes`.
fn holds(refreshes: u32, chance: &mut Chance) -> Vec<u32> {
    // No sum of 5 to 7 gives 8, 9 or less than 5.
    let fills = |rest: u32| rest == 0 || (5..=7).contains(&rest) || rest >= 10;
    let mut rest = refreshes;
    let mut holds = Vec::new();
    while rest > 0 {
        let hold = 5 + chance.below(3) as u32;
        if hold <= rest && fills(rest - hold) {
            holds.push(hold);
            rest -= hold;
        } else if !fills(rest) {
            // A film of a few frames, for tests: its last picture is shorter.
            holds.push(rest);
            rest = 0;
        }
    }
    holds
}

/// Returns a frame with the session of another frame, wrong data and a valid check.
fn poisoned(frame: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = frame.to_vec();
    let data = optical::HEADER_LENGTH..bytes.len();
    let at = data.start + chance.below(data.len());
    bytes[at] ^= 1 + chance.below(255) as u8;
    let crc =
        bytes.iter().enumerate().filter(|(at, _)| !(11..13).contains(at)).fold(0xFFFF, |crc, (_, byte)| {
            (0..8).fold(crc ^ u16::from(*byte) << 8, |crc: u16, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
            })
        });
    bytes[11..13].copy_from_slice(&crc.to_be_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_fill_the_film_with_five_to_seven_refreshes() {
        for refreshes in (5..=7).chain(10..500) {
            let holds = holds(refreshes, &mut Chance::new(u64::from(refreshes), "holds"));
            assert_eq!(holds.iter().sum::<u32>(), refreshes);
            assert!(holds.iter().all(|hold| (5..=7).contains(hold)), "{holds:?}");
        }
        for refreshes in [1, 4, 8, 9] {
            assert_eq!(holds(refreshes, &mut Chance::new(1, "")).iter().sum::<u32>(), refreshes);
        }
    }

    #[test]
    fn a_poisoned_frame_is_right_in_all_but_its_data() {
        let set = FrameSet::new(&[7; 900], 500).unwrap();
        let frame = set.frame(0).unwrap();
        let false_one = poisoned(&frame, &mut Chance::new(1, "poison"));
        let (right, wrong) =
            (optical::Frame::decode(&frame).unwrap(), optical::Frame::decode(&false_one).unwrap());
        assert_eq!((right.session(), right.k(), right.index()), (wrong.session(), wrong.k(), wrong.index()));
        assert_ne!(right.data(), wrong.data());
    }
}
