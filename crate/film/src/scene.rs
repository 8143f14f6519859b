//! The families of films: the scene in front of the camera, and its motion.

use crate::chance::Chance;

/// The pictures of a hostile screen between the frames of a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attack {
    /// Grey cells at random.
    Noise,
    /// More than a thousand finder patterns.
    Patterns,
    /// QR codes that are not frames.
    Foreign,
    /// Single frames of many other sessions.
    Sessions,
    /// Frames of the same session with wrong data and a valid check.
    Poisoned,
    /// Black and white at every refresh.
    Flashing,
}

/// A kind of film, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A phone in a steady hand, in a lit room.
    Fair,
    /// The next seven together, each a little milder.
    Hard,
    /// Tilted by 20 degrees.
    HardTilt,
    /// Out of focus.
    HardBlur,
    /// A lamp reflected in the screen.
    HardGlare,
    /// A screen as bright as its surroundings.
    HardContrast,
    /// The code 300 pixels wide.
    HardFar,
    /// A finger covers a corner for a part of the film.
    HardFinger,
    /// Moiré between the pixels of the screen and those of the sensor.
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

    /// Returns the family with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// Returns the attack between the frames.
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

/// A spot of light reflected in the glass.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glare {
    /// Brightness in its middle; the screen's white is 1.
    pub(crate) strength: f64,
    /// Radius at which it has a quarter of that brightness, in widths of the square.
    pub(crate) radius: f64,
    /// Position of its middle relative to the middle of the square, in widths of the square.
    pub(crate) at: (f64, f64),
}

/// An oscillation: centre, amplitude, number of periods in a film (an integer, so that the film can be looped), and
/// phase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Swing {
    pub(crate) middle: f64,
    pub(crate) slow: f64,
    pub(crate) fast: f64,
    pub(crate) slow_times: u32,
    pub(crate) fast_times: u32,
    pub(crate) phase: f64,
}

/// All parameters of a film except the content of the screen.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// Film frames.
    pub(crate) frames: u32,
    /// Width of the symbol without its quiet zone, without tilt, in pixels.
    pub(crate) code_width: f64,
    /// Position of the phone relative to the middle of the picture, in pixels.
    pub(crate) across: Swing,
    pub(crate) down: Swing,
    /// Rotation within the picture, in degrees.
    pub(crate) turn: Swing,
    /// Tilt about an axis in the screen, in degrees, and the direction of that axis, in turns.
    pub(crate) tilt: Swing,
    pub(crate) axis: f64,
    /// Standard deviation of the lens blur, in pixels.
    pub(crate) blur: f64,
    /// Exposure of each row, and time from reading the first row to reading the last, in milliseconds.
    pub(crate) exposure_ms: f64,
    pub(crate) readout_ms: f64,
    /// Brightness of a white screen; 1 saturates the sensor.
    pub(crate) gain: f64,
    /// Brightness of the reflection in the glass; the screen's white is 1.
    pub(crate) ambient: f64,
    /// Vignetting: the loss of brightness in the corners.
    pub(crate) shading: f64,
    pub(crate) glare: Option<Glare>,
    /// Standard deviation of the noise, in steps of luma. With a square root as tone curve, shot noise is the same in
    /// dark and bright areas.
    pub(crate) noise: f64,
    /// Depth of the screen's pixel grid, 0 to 1, and screen pixels per module.
    pub(crate) grid: f64,
    pub(crate) grid_pitch: f64,
    /// The part of the film in which a finger covers a corner, and that corner.
    pub(crate) finger: Option<(f64, f64, usize)>,
    /// Samples per pixel and axis; they also sample the exposure in time.
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
            // Hand tremor has 7 to 11 Hz.
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
                // Moves in a circle, so that it never stops; in a dim room, so that the exposure is long.
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

    /// Returns the refreshes of the screen in a film: two per film frame, and one more. So the clocks of screen and
    /// camera differ, every phase between them occurs, and the film can still be looped.
    pub(crate) const fn refreshes(&self) -> u32 {
        2 * self.frames + 1
    }
}
