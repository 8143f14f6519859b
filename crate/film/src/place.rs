//! Scales a screenshot onto the background of a film.

use crate::{BLACK, GROUND, HEIGHT, WHITE, WIDTH};

/// A grey picture, 0 black to 255 white.
pub(crate) struct Grey {
    pub(crate) luma: Vec<u8>,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// The position of a picture: film = picture times `scale` plus (`left`, `top`), in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placement {
    scale: f32,
    left: f32,
    top: f32,
}

impl Placement {
    /// Centres the whole picture in the film.
    pub(crate) fn whole(picture: &Grey) -> Self {
        let scale = (WIDTH as f32 / picture.width as f32).min(HEIGHT as f32 / picture.height as f32);
        Self::centred_on(picture, scale, (picture.width as f32 / 2.0, picture.height as f32 / 2.0))
    }

    /// Places the picture as a person holds a camera to a code: the code is at least `code_width` pixels wide, with as
    /// much of the rest as fits.
    pub(crate) fn with_code(picture: &Grey, corners: [(f32, f32); 4], code_width: f32) -> Self {
        let centre =
            (corners.iter().map(|c| c.0).sum::<f32>() / 4.0, corners.iter().map(|c| c.1).sum::<f32>() / 4.0);
        let whole = Self::whole(picture);
        let scale = whole.scale.max(code_width / width_of(corners).max(1.0));
        Self::centred_on(picture, scale, centre)
    }

    fn centred_on(picture: &Grey, scale: f32, centre: (f32, f32)) -> Self {
        let offset = |side: usize, film: usize, centre: f32| {
            let (side, film) = (side as f32 * scale, film as f32);
            if side <= film {
                (film - side) / 2.0
            } else {
                (film / 2.0 - centre * scale).clamp(film - side, 0.0)
            }
        };
        Self {
            scale,
            left: offset(picture.width, WIDTH, centre.0),
            top: offset(picture.height, HEIGHT, centre.1),
        }
    }

    /// Whether two placements are so similar that a steady camera would not move.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        (self.scale / other.scale - 1.0).abs() < 0.03
            && (self.left - other.left).abs() < 16.0
            && (self.top - other.top).abs() < 16.0
    }

    /// Returns the width of a code in the film, in pixels.
    pub(crate) fn code_width(&self, corners: [(f32, f32); 4]) -> f32 {
        width_of(corners) * self.scale
    }

    /// Draws the picture onto the background, in studio range. Each film pixel is the mean of the area that it covers,
    /// so that modules narrower than a pixel turn grey as in a camera.
    pub(crate) fn draw(&self, picture: &Grey) -> Vec<u8> {
        let ground = f32::from(GROUND);
        let columns = taps(WIDTH, picture.width, self.scale, self.left);
        let rows: Vec<Vec<f32>> = picture
            .luma
            .chunks_exact(picture.width)
            .map(|row| {
                let studio: Vec<f32> = row.iter().map(|&grey| studio(grey)).collect();
                columns
                    .iter()
                    .map(|tap| {
                        let covered = studio.iter().skip(tap.from).zip(&tap.weights);
                        covered.map(|(v, w)| v * w).sum::<f32>() + tap.outside * ground
                    })
                    .collect()
            })
            .collect();
        let mut luma = Vec::with_capacity(WIDTH * HEIGHT);
        for tap in taps(HEIGHT, picture.height, self.scale, self.top) {
            let mut line = vec![tap.outside * ground; WIDTH];
            for (row, weight) in rows.iter().skip(tap.from).zip(&tap.weights) {
                for (sum, value) in line.iter_mut().zip(row) {
                    *sum += value * weight;
                }
            }
            luma.extend(line.into_iter().map(|v| v.round() as u8));
        }
        luma
    }
}

fn width_of([tl, tr, br, bl]: [(f32, f32); 4]) -> f32 {
    let length = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).hypot(a.1 - b.1);
    length(tl, tr).min(length(bl, br))
}

fn studio(grey: u8) -> f32 {
    f32::from(BLACK) + f32::from(grey) / 255.0 * f32::from(WHITE - BLACK)
}

/// The contributions of the picture to one film pixel along one axis; the weights and `outside` add up to 1.
struct Tap {
    from: usize,
    weights: Vec<f32>,
    outside: f32,
}

fn taps(film: usize, side: usize, scale: f32, offset: f32) -> Vec<Tap> {
    (0..film)
        .map(|pixel| {
            let start = (pixel as f32 - offset) / scale;
            let end = start + 1.0 / scale;
            let from = start.max(0.0).floor().min(side as f32) as usize;
            let to = end.max(0.0).ceil().min(side as f32) as usize;
            let weights: Vec<f32> = (from..to)
                .map(|at| (end.min(at as f32 + 1.0) - start.max(at as f32)).max(0.0) * scale)
                .collect();
            let outside = (1.0 - weights.iter().sum::<f32>()).clamp(0.0, 1.0);
            Tap { from, weights, outside }
        })
        .collect()
}
