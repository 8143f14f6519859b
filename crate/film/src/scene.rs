//! The families of films: what is before the camera, and how it is held.

use crate::chance::Chance;

/// What a hostile screen shows between the frames of a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attack {
    /// Grey cells at random.
    Noise,
    /// More than a thousand finder patterns.
    Patterns,
    /// QR codes that are no frames.
    Foreign,
    /// Single frames of many other sessions.
    Sessions,
    /// Frames of the same session with false data and a right check.
    Poisoned,
    /// Black and white at every refresh.
    Flashing,
}

/// A kind of film, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A phone in a steady hand, in a lit room.
    Fair,
    /// All of the next seven together, each a little milder.
    Hard,
    /// Tilted by 20 degrees.
    HardTilt,
    /// Out of focus.
    HardBlur,
    /// A lamp mirrored in the screen.
    HardGlare,
    /// A screen as bright as its surroundings.
    HardContrast,
    /// The code 300 pixels wide.
    HardFar,
    /// A finger over a corner for a while.
    HardFinger,
    /// The screen's pixels beat with the sensor's.
    HardMoire,
    /// All attacks between the frames.
    Hostile,
    /// One kind of attack between the frames.
    HostileBy(Attack),
    /// Too small to be read.
    HintTooSmall,
    /// Too far out of focus to be read.
    HintBlurred,
    /// Too dark to be read.
    HintDark,
    /// Under a glare that covers most of the code.
    HintGlare,
    /// Moving too fast to be read.
    HintMoving,
    /// A room, and a phone that shows no code.
    HintNothing,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 22] = [
        Self::Fair,
        Self::Hard,
        Self::HardTilt,
        Self::HardBlur,
        Self::HardGlare,
        Self::HardContrast,
        Self::HardFar,
        Self::HardFinger,
        Self::HardMoire,
        Self::Hostile,
        Self::HostileBy(Attack::Noise),
        Self::HostileBy(Attack::Patterns),
        Self::HostileBy(Attack::Foreign),
        Self::HostileBy(Attack::Sessions),
        Self::HostileBy(Attack::Poisoned),
        Self::HostileBy(Attack::Flashing),
        Self::HintTooSmall,
        Self::HintBlurred,
        Self::HintDark,
        Self::HintGlare,
        Self::HintMoving,
        Self::HintNothing,
    ];

    /// Returns the name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fair => "fair",
            Self::Hard => "hard",
            Self::HardTilt => "hard-tilt",
            Self::HardBlur => "hard-blur",
            Self::HardGlare => "hard-glare",
            Self::HardContrast => "hard-contrast",
            Self::HardFar => "hard-far",
            Self::HardFinger => "hard-finger",
            Self::HardMoire => "hard-moire",
            Self::Hostile => "hostile",
            Self::HostileBy(Attack::Noise) => "hostile-noise",
            Self::HostileBy(Attack::Patterns) => "hostile-patterns",
            Self::HostileBy(Attack::Foreign) => "hostile-foreign",
            Self::HostileBy(Attack::Sessions) => "hostile-sessions",
            Self::HostileBy(Attack::Poisoned) => "hostile-poisoned",
            Self::HostileBy(Attack::Flashing) => "hostile-flashing",
            Self::HintTooSmall => "hint-too-small",
            Self::HintBlurred => "hint-blurred",
            Self::HintDark => "hint-dark",
            Self::HintGlare => "hint-glare",
            Self::HintMoving => "hint-moving",
            Self::HintNothing => "hint-nothing",
        }
    }

    /// The family of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// What stands between the frames.
    pub(crate) fn attacks(self) -> &'static [Attack] {
        use Attack::{Flashing, Foreign, Noise, Patterns, Poisoned, Sessions};
        match self {
            Self::Hostile => &[Noise, Patterns, Foreign, Sessions, Poisoned, Flashing],
            Self::HostileBy(Noise) => &[Noise],
            Self::HostileBy(Patterns) => &[Patterns],
            Self::HostileBy(Foreign) => &[Foreign],
            Self::HostileBy(Sessions) => &[Sessions],
            Self::HostileBy(Poisoned) => &[Poisoned],
            Self::HostileBy(Flashing) => &[Flashing],
            _ => &[],
        }
    }
}

/// A spot of light mirrored in the glass.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glare {
    /// Light in its middle; the screen's white is 1.
    pub(crate) strength: f64,
    /// How far from its middle it has a quarter of it, in widths of the square.
    pub(crate) radius: f64,
    /// Its middle from the middle of the square, in widths of the square.
    pub(crate) at: (f64, f64),
}

/// An oscillation: centre, amplitude, number of periods in a film (whole, so that the film can be
/// played in a loop), and phase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Swing {
    pub(crate) middle: f64,
    pub(crate) slow: f64,
    pub(crate) fast: f64,
    pub(crate) slow_times: u32,
    pub(crate) fast_times: u32,
    pub(crate) phase: f64,
}

/// Everything that a film depends on except what the screen shows.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// Film frames.
    pub(crate) frames: u32,
    /// Width of the symbol, without its quiet zone, seen straight on, in pixels.
    pub(crate) code_width: f64,
    /// The phone's middle from the picture's, in pixels.
    pub(crate) across: Swing,
    pub(crate) down: Swing,
    /// Turn within the picture, in degrees.
    pub(crate) turn: Swing,
    /// Tilt about an axis in the screen, in degrees, and that axis, in turns.
    pub(crate) tilt: Swing,
    pub(crate) axis: f64,
    /// Deviation of the lens's blur, in pixels.
    pub(crate) blur: f64,
    /// How long each row is exposed, and how long after the first one the last one is read, in
    /// milliseconds.
    pub(crate) exposure_ms: f64,
    pub(crate) readout_ms: f64,
    /// The light of a white screen, where 1 saturates the sensor.
    pub(crate) gain: f64,
    /// Light that the glass reflects; the screen's white is 1.
    pub(crate) ambient: f64,
    /// How much darker the corners of the picture are.
    pub(crate) shading: f64,
    pub(crate) glare: Option<Glare>,
    /// Deviation of the noise in steps of luma. The tone curve is a square root, so that the noise
    /// of light itself is the same in dark and bright places.
    pub(crate) noise: f64,
    /// Depth of the screen's pixel grid, 0 to 1, and pixels of the screen a module.
    pub(crate) grid: f64,
    pub(crate) grid_pitch: f64,
    /// During which part of the film a finger lies on which corner.
    pub(crate) finger: Option<(f64, f64, usize)>,
    /// Samples a pixel and axis; together they also cover the time of exposure.
    pub(crate) samples: usize,
    /// Whether the phone shows a code at all.
    pub(crate) has_code: bool,
}

impl Scene {
    pub(crate) fn new(family: Family, seed: u64) -> Self {
        let mut chance = Chance::new(seed, "scene");
        let mut swing = |middle: f64, slow: f64, fast: f64| Swing {
            middle,
            slow,
            fast,
            slow_times: 1 + chance.below(2) as u32,
            // A hand trembles 7 to 11 times a second.
            fast_times: 28 + chance.below(17) as u32,
            phase: chance.between(0.0, 1.0),
        };
        let fair = Self {
            frames: 120,
            code_width: 520.0,
            across: swing(0.0, 14.0, 0.7),
            down: swing(0.0, 8.0, 0.7),
            turn: swing(0.0, 2.5, 0.1),
            tilt: swing(6.0, 3.0, 0.1),
            axis: 0.0,
            blur: 0.7,
            exposure_ms: 12.0,
            readout_ms: 18.0,
            gain: 0.85,
            ambient: 0.01,
            shading: 0.15,
            glare: None,
            noise: 4.0,
            grid: 0.0,
            grid_pitch: 6.0,
            finger: None,
            samples: 2,
            has_code: true,
        };
        let mut scene =
            Self { code_width: chance.between(490.0, 550.0), axis: chance.between(0.0, 1.0), ..fair };
        scene.across.middle = chance.between(-60.0, 60.0);
        scene.down.middle = chance.between(-15.0, 15.0);
        scene.turn.middle = chance.between(-4.0, 4.0);
        let corner = chance.below(4);
        let begin = chance.between(0.0, 0.8);
        let at = (chance.between(-0.3, 0.3), chance.between(-0.3, 0.3));
        match family {
            Family::Fair | Family::Hostile | Family::HostileBy(_) => {}
            Family::Hard => {
                scene.code_width = 300.0;
                scene.tilt.middle = 20.0;
                scene.blur = 0.86;
                scene.glare = Some(Glare { strength: 0.3, radius: 0.25, at });
                scene.ambient = 0.15;
                scene.gain = 0.7;
                scene.grid = 0.25;
                scene.grid_pitch = 3.0;
                scene.finger = Some((begin, begin + 0.2, corner));
            }
            Family::HardTilt => scene.tilt.middle = 20.0,
            Family::HardBlur => scene.blur = 1.65,
            Family::HardGlare => scene.glare = Some(Glare { strength: 1.3, radius: 0.25, at }),
            Family::HardContrast => {
                scene.ambient = 0.5;
                scene.gain = 0.4;
            }
            Family::HardFar => scene.code_width = 300.0,
            Family::HardFinger => scene.finger = Some((begin, begin + 0.2, corner)),
            Family::HardMoire => {
                scene.code_width = 400.0;
                scene.grid = 0.6;
                scene.grid_pitch = 3.0;
            }
            Family::HintTooSmall => scene.code_width = 130.0,
            Family::HintBlurred => scene.blur = 5.0,
            Family::HintDark => {
                scene.gain = 0.004;
                scene.noise = 5.0;
            }
            Family::HintGlare => {
                scene.glare = Some(Glare { strength: 12.0, radius: 0.35, at: (0.0, 0.0) });
            }
            Family::HintMoving => {
                // In a circle, so that it never stands still; in a dim room, so that exposure is long.
                let (across, down) = (&mut scene.across, &mut scene.down);
                (across.middle, across.slow, across.fast, across.slow_times) = (0.0, 150.0, 0.0, 8);
                (down.middle, down.slow, down.fast, down.slow_times) = (0.0, 150.0, 0.0, 8);
                down.phase = across.phase + 0.25;
                scene.code_width = 380.0;
                scene.exposure_ms = 25.0;
                scene.samples = 4;
            }
            Family::HintNothing => scene.has_code = false,
        }
        if !family.attacks().is_empty() {
            scene.frames = 180;
        }
        scene
    }

    /// Refreshes of the screen in a film. One more than two a film frame: no two clocks are the
    /// same, and so every phase between them occurs, and the film can still be played in a loop.
    pub(crate) const fn refreshes(&self) -> u32 {
        2 * self.frames + 1
    }
}
