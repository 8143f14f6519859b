//! Simulates the light from the screen to the sensor, row by row as a rolling shutter reads it.
//!
//! Each sample of a pixel has its own position within the pixel and its own time within the exposure. So area, motion
//! and changes of the picture are averaged as in a sensor.

use crate::chance::{Chance, cosine, gaussian, sine};
use crate::scene::{Scene, Swing};
use crate::screen::{Picture, REFRESHES_PER_SECOND, Show};
use crate::{BLACK, HEIGHT, WHITE, WIDTH};

/// Distance of the camera from the picture plane in pixels: a field of view of 65 degrees.
const FOCAL: f64 = 1_004.0;
/// The edges of the phone and its screen, from the middle of the square, in widths of the square.
const PHONE: (f32, f32) = (0.57, 1.02);
const SCREEN: (f32, f32) = (0.535, 0.97);
const BEZEL: f32 = 0.01;
/// Brightness of a finger, and its radius in widths of the square.
const FINGER: f32 = 0.10;
const FINGER_RADIUS: f32 = 0.21;

/// The state of a film that is being rendered.
pub(crate) struct Camera<'a> {
    scene: &'a Scene,
    pictures: &'a [Picture],
    changes: Vec<(f64, usize)>,
    /// Duration of the film and of one film frame, and start of the first frame, in seconds.
    length: f64,
    frame: f64,
    phase: f64,
    /// Width of the square in pixels.
    square: f64,
    room: Vec<f32>,
    blur: Vec<f32>,
    noise: u64,
    light: Vec<f32>,
    spare: Vec<f32>,
}

/// The homography from pixels to the square, as the rows of a matrix.
type Inverse = [[f32; 3]; 3];

/// The pictures that the rows of one frame show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exposed {
    /// The picture that most rows of the code show.
    pub(crate) picture: usize,
    /// Whether every row of the square shows it for three quarters of the row's exposure.
    pub(crate) whole: bool,
}

impl<'a> Camera<'a> {
    pub(crate) fn new(scene: &'a Scene, show: &'a Show, seed: u64) -> Self {
        let length = f64::from(scene.refreshes()) / REFRESHES_PER_SECOND;
        let mut chance = Chance::new(seed, "camera");
        let cells = show.pictures.iter().find(|p| p.bytes.is_some()).map_or(125, |p| p.cells) as f64;
        let quiet = 2.0 * optical::QUIET_ZONE as f64;
        Self {
            scene,
            pictures: &show.pictures,
            changes: show.changes(),
            length,
            frame: length / f64::from(scene.frames),
            phase: chance.between(0.0, 1.0 / REFRESHES_PER_SECOND),
            square: scene.code_width * cells / (cells - quiet),
            room: room(&mut chance),
            blur: gaussian(scene.blur),
            noise: chance.next(),
            light: vec![0.0; WIDTH * HEIGHT],
            spare: vec![0.0; WIDTH * HEIGHT],
        }
    }

    /// Renders one frame; returns its luma and the pictures that it shows.
    pub(crate) fn take(&mut self, frame: u32) -> (Vec<u8>, Exposed) {
        let begin = self.phase + f64::from(frame) * self.frame;
        self.light.copy_from_slice(&self.room);
        let end = begin + (self.scene.readout_ms + self.scene.exposure_ms) / 1000.0;
        let seen = self.seen(begin, end);
        let mut votes: Vec<(usize, u32)> = Vec::new();
        let mut whole = true;
        let inside = self.square_rows(begin, end);
        for row in seen.rows.clone() {
            let start = begin + self.scene.readout_ms / 1000.0 * row as f64 / HEIGHT as f64;
            let (first, share, second) = self.shown(start);
            if inside.contains(&row) {
                let (most, most_share) = if share >= 0.5 { (first, share) } else { (second, 1.0 - share) };
                whole &= most_share >= 0.75;
                match votes.iter_mut().find(|(picture, _)| *picture == most) {
                    Some((_, votes)) => *votes += 1,
                    None => votes.push((most, 1)),
                }
            }
            self.expose(row, seen.columns.clone(), start, (first, share as f32, second));
        }
        self.soften(&seen);
        let picture = votes.iter().max_by_key(|(_, votes)| *votes).map_or(0, |(picture, _)| *picture);
        (self.develop(frame), Exposed { picture, whole: whole && votes.len() == 1 })
    }

    /// Returns the pictures that a row with this start of exposure sees: the first, its share, the second.
    fn shown(&self, start: f64) -> (usize, f64, usize) {
        let start = start - (start / self.length).floor() * self.length;
        let index = self.changes.partition_point(|(at, _)| *at <= start).saturating_sub(1);
        let next = (index + 1) % self.changes.len();
        let until = if next == 0 { self.length } else { self.changes[next].0 };
        let share = ((until - start) / (self.scene.exposure_ms / 1000.0)).min(1.0);
        (self.changes[index].1, share, self.changes[next].1)
    }

    /// Returns the homography from the square to pixels at this time.
    fn forward(&self, time: f64) -> [[f64; 3]; 3] {
        let part = time / self.length;
        let at = |s: &Swing| {
            let slow = sine(part * f64::from(s.slow_times) + s.phase);
            let fast = sine(part * f64::from(s.fast_times) + 3.0 * s.phase);
            s.middle + s.slow * slow + s.fast * fast
        };
        let (turn, tilt) = (at(&self.scene.turn) / 360.0, at(&self.scene.tilt) / 360.0);
        let (axis_x, axis_y) = (cosine(self.scene.axis), sine(self.scene.axis));
        let (c, s) = (cosine(tilt), sine(tilt));
        // A rotation within the plane, then one about an axis in the plane (Rodrigues' formula).
        let (ct, st) = (cosine(turn), sine(turn));
        let tilted = |x: f64, y: f64| {
            let along = axis_x * x + axis_y * y;
            [
                c * x + (1.0 - c) * along * axis_x,
                c * y + (1.0 - c) * along * axis_y,
                s * (axis_x * y - axis_y * x),
            ]
        };
        let (u, v) = (tilted(ct, st), tilted(-st, ct));
        let distance = FOCAL / self.square;
        let (centre_x, centre_y) = (WIDTH as f64 / 2.0, HEIGHT as f64 / 2.0);
        let (dx, dy) = (at(&self.scene.across) / self.square, at(&self.scene.down) / self.square);
        [
            [
                FOCAL * u[0] + centre_x * u[2],
                FOCAL * v[0] + centre_x * v[2],
                FOCAL * dx + centre_x * distance,
            ],
            [
                FOCAL * u[1] + centre_y * u[2],
                FOCAL * v[1] + centre_y * v[2],
                FOCAL * dy + centre_y * distance,
            ],
            [u[2], v[2], distance],
        ]
    }

    fn inverse(&self, time: f64) -> Inverse {
        let [[a, b, c], [d, e, f], [g, h, i]] = self.forward(time);
        // The adjugate instead of the inverse: a scalar factor does not matter in homogeneous coordinates.
        [
            [e * i - f * h, c * h - b * i, b * f - c * e],
            [f * g - d * i, a * i - c * g, c * d - a * f],
            [d * h - e * g, b * g - a * h, a * e - b * d],
        ]
        .map(|row| row.map(|value| (value / (a * e - b * d)) as f32))
    }

    fn corners(&self, time: f64, half: (f32, f32)) -> [(f64, f64); 4] {
        let m = self.forward(time);
        let (x, y) = (f64::from(half.0), f64::from(half.1));
        [(-x, -y), (x, -y), (x, y), (-x, y)].map(|(x, y)| {
            let [px, py, w] = m.map(|row| row[0] * x + row[1] * y + row[2]);
            (px / w, py / w)
        })
    }

    /// Returns the part of the picture that the phone can cover during a frame.
    fn seen(&self, begin: f64, end: f64) -> Seen {
        // Between the two times it moves by less than the margin, except in fast motion.
        let times = (0..=4).map(|i| begin + (end - begin) * f64::from(i) / 4.0);
        let corners: Vec<_> = times.flat_map(|time| self.corners(time, PHONE)).collect();
        let range = |values: &mut dyn Iterator<Item = f64>, most: usize| {
            let (low, high) = values.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
            let clamp = |v: f64| v.clamp(0.0, most as f64) as usize;
            clamp(low - 12.0)..clamp(high + 12.0)
        };
        Seen {
            columns: range(&mut corners.iter().map(|c| c.0), WIDTH),
            rows: range(&mut corners.iter().map(|c| c.1), HEIGHT),
        }
    }

    /// Returns the rows that contain modules.
    fn square_rows(&self, begin: f64, end: f64) -> std::ops::Range<usize> {
        let ys = self.corners((begin + end) / 2.0, (0.47, 0.47)).map(|c| c.1.clamp(0.0, HEIGHT as f64));
        let (low, high) = ys.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
        low as usize..high as usize
    }

    fn expose(
        &mut self,
        row: usize,
        columns: std::ops::Range<usize>,
        start: f64,
        (first, share, second): (usize, f32, usize),
    ) {
        let side = self.scene.samples;
        let count = side * side;
        let screen = Screen {
            first: &self.pictures[first],
            second: &self.pictures[second],
            share,
            grid: self.scene.grid as f32,
            grid_pitch: self.scene.grid_pitch as f32,
            finger: self.finger(start),
            has_code: self.scene.has_code,
        };
        let weight = 1.0 / count as f32;
        let ambient = self.scene.ambient as f32;
        let mut line = vec![0.0f32; columns.len()];
        let room = &self.room[row * WIDTH..][columns.clone()];
        for sample in 0..count {
            // A Latin square: each time once, and early and late ones in every row and column of the pixel.
            let (column, line_of_pixel) = (sample % side, sample / side);
            let moment = (column + line_of_pixel) % side * side + column;
            let time = start + self.scene.exposure_ms / 1000.0 * (moment as f64 + 0.5) / count as f64;
            let m = self.inverse(time);
            let part = |i: usize| (i as f32 + 0.5) / side as f32;
            let (dx, y) = (part(column), row as f32 + part(line_of_pixel));
            let [u0, v0, w0] = m.map(|line| line[1] * y + line[2]);
            for (at, (sum, room)) in line.iter_mut().zip(room).enumerate() {
                let x = (columns.start + at) as f32 + dx;
                let w = m[2][0] * x + w0;
                let (u, v) = ((m[0][0] * x + u0) / w, (m[1][0] * x + v0) / w);
                *sum +=
                    if u.abs() < PHONE.0 && v.abs() < PHONE.1 { screen.light(u, v) + ambient } else { *room };
            }
        }
        for value in &mut line {
            *value *= weight;
        }
        if let Some(glare) = self.scene.glare {
            let m = self.inverse(start);
            let y = row as f32 + 0.5;
            let (gx, gy) = (glare.at.0 as f32, glare.at.1 as f32);
            let (strength, scale) = (glare.strength as f32, 1.0 / (glare.radius * glare.radius) as f32);
            for (at, value) in line.iter_mut().enumerate() {
                let x = (columns.start + at) as f32 + 0.5;
                let [u, v, w] = m.map(|line| line[0] * x + line[1] * y + line[2]);
                let (u, v) = (u / w, v / w);
                if u.abs() < PHONE.0 && v.abs() < PHONE.1 {
                    let fall = 1.0 + ((u - gx) * (u - gx) + (v - gy) * (v - gy)) * scale;
                    *value += strength / (fall * fall);
                }
            }
        }
        self.light[row * WIDTH..][columns].copy_from_slice(&line);
    }

    /// Returns the position of the finger, if there is one: it enters from outside of the screen.
    fn finger(&self, time: f64) -> Option<(f32, f32)> {
        let (from, to, corner) = self.scene.finger?;
        let part = time / self.length - (time / self.length).floor();
        let (sx, sy) = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)][corner];
        (from..to).contains(&part).then_some((0.42 * sx, 0.42 * sy))
    }

    /// Applies the blur of the lens: a Gaussian over the part with the phone.
    fn soften(&mut self, seen: &Seen) {
        let radius = self.blur.len() - 1;
        if radius == 0 {
            return;
        }
        let rows = seen.rows.start.saturating_sub(radius)..(seen.rows.end + radius).min(HEIGHT);
        let columns = seen.columns.start.saturating_sub(radius)..(seen.columns.end + radius).min(WIDTH);
        let width = columns.len();
        if width <= 2 * radius {
            return;
        }
        let Self { light, spare, blur, .. } = self;
        // Along the rows; the outermost columns are unchanged.
        for y in rows.clone() {
            let from = &light[y * WIDTH..][columns.clone()];
            let to = &mut spare[y * WIDTH..][columns.clone()];
            to.copy_from_slice(from);
            let inner = &mut to[radius..width - radius];
            for (value, middle) in inner.iter_mut().zip(&from[radius..]) {
                *value = middle * blur[0];
            }
            for (distance, weight) in blur.iter().enumerate().skip(1) {
                let (left, right) = (&from[radius - distance..], &from[radius + distance..]);
                for ((value, l), r) in inner.iter_mut().zip(left).zip(right) {
                    *value += (l + r) * weight;
                }
            }
        }
        // Then along the columns, a whole row at a time; rows beyond the edge repeat the edge.
        for y in rows.clone() {
            let row = |y: usize| &spare[y * WIDTH..][columns.clone()];
            let to = &mut light[y * WIDTH..][columns.clone()];
            for (value, middle) in to.iter_mut().zip(row(y)) {
                *value = middle * blur[0];
            }
            for (distance, weight) in blur.iter().enumerate().skip(1) {
                let above = row(y.saturating_sub(distance).max(rows.start));
                let below = row((y + distance).min(rows.end - 1));
                for ((value, a), b) in to.iter_mut().zip(above).zip(below) {
                    *value += (a + b) * weight;
                }
            }
        }
    }

    /// Converts light to luma: vignetting, saturation, a square root as tone curve, noise, studio range.
    fn develop(&self, frame: u32) -> Vec<u8> {
        let gain = self.scene.gain as f32;
        let shading = self.scene.shading as f32;
        // The sum of four bytes has a mean of 510 and a standard deviation of 147.8.
        let noise = self.scene.noise as f32 / 147.8;
        let mut state = Chance::new(self.noise, "noise").next() ^ (u64::from(frame) << 32) | 1;
        let mut luma = vec![0u8; WIDTH * HEIGHT];
        let (half_w, half_h) = (WIDTH as f32 / 2.0, HEIGHT as f32 / 2.0);
        let far = 1.0 / (half_w * half_w + half_h * half_h);
        let range = f32::from(WHITE - BLACK);
        let rows = luma.chunks_exact_mut(WIDTH).zip(self.light.chunks_exact(WIDTH));
        for (y, (out, light)) in rows.enumerate() {
            let dy = y as f32 - half_h;
            let pairs = out.chunks_exact_mut(2).zip(light.chunks_exact(2));
            for (pair, (out, light)) in pairs.enumerate() {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let bytes = state.to_le_bytes();
                for (half, (out, light)) in out.iter_mut().zip(light).enumerate() {
                    let dx = (2 * pair + half) as f32 - half_w;
                    let shade = 1.0 - shading * (dx * dx + dy * dy) * far;
                    let tone = (light * gain * shade).min(1.0).sqrt();
                    let four = &bytes[4 * half..4 * half + 4];
                    let sum: u16 = four.iter().map(|&byte| u16::from(byte)).sum();
                    let value = f32::from(BLACK) + tone * range + (f32::from(sum) - 510.0) * noise;
                    // A cast saturates.
                    *out = (value + 0.5).clamp(f32::from(BLACK), f32::from(WHITE)) as u8;
                }
            }
        }
        luma
    }
}

struct Seen {
    columns: std::ops::Range<usize>,
    rows: std::ops::Range<usize>,
}

/// The front of the phone at one time.
struct Screen<'a> {
    first: &'a Picture,
    second: &'a Picture,
    share: f32,
    grid: f32,
    grid_pitch: f32,
    finger: Option<(f32, f32)>,
    has_code: bool,
}

impl Screen<'_> {
    #[inline]
    fn light(&self, u: f32, v: f32) -> f32 {
        if let Some((x, y)) = self.finger
            && (u - x) * (u - x) + (v - y) * (v - y) < FINGER_RADIUS * FINGER_RADIUS
        {
            return FINGER;
        }
        if u.abs() < 0.5 && v.abs() < 0.5 && self.has_code {
            let cell = |picture: &Picture| {
                let cells = picture.cells as f32;
                let (x, y) = (((u + 0.5) * cells) as usize, ((v + 0.5) * cells) as usize);
                // At the edge the sum can round up to the number of cells.
                picture.light.get(y * picture.cells + x).copied().unwrap_or(1.0)
            };
            let mut light = cell(self.first);
            if self.share < 1.0 {
                light = light * self.share + cell(self.second) * (1.0 - self.share);
            }
            if self.grid > 0.0 {
                let pitch = self.first.cells as f32 * self.grid_pitch;
                light *= self.pixel((u + 0.5) * pitch) * self.pixel((v + 0.5) * pitch);
            }
            return light;
        }
        if u.abs() > SCREEN.0 || v.abs() > SCREEN.1 {
            return BEZEL;
        }
        // A title above the code and two lines of text below it.
        let text = |from: f32, to: f32, width: f32| {
            let stroke = ((u + 0.5) * 70.0) as i32;
            (from..to).contains(&v) && u.abs() < width && (stroke * stroke) % 5 < 3
        };
        if text(-0.68, -0.63, 0.2) || text(0.60, 0.63, 0.38) || text(0.68, 0.71, 0.3) { 0.08 } else { 1.0 }
    }

    /// Returns the light of the screen's pixel grid, which is dark between pixels.
    #[inline]
    fn pixel(&self, at: f32) -> f32 {
        let inside = at - at.floor();
        // Three quarters of a pixel emit light; the mean stays 1.
        if inside < 0.75 { 1.0 + self.grid / 3.0 } else { 1.0 - self.grid }
    }
}

/// Returns the background, out of focus: a gradient and some soft shapes.
fn room(chance: &mut Chance) -> Vec<f32> {
    let things: Vec<[f32; 5]> = (0..24)
        .map(|_| {
            [
                chance.between(-100.0, WIDTH as f64 + 100.0),
                chance.between(-100.0, HEIGHT as f64 + 100.0),
                chance.between(40.0, 260.0),
                chance.between(30.0, 200.0),
                chance.between(-0.09, 0.12),
            ]
            .map(|value| value as f32)
        })
        .collect();
    // An eighth of the resolution suffices out of focus.
    const STEP: usize = 8;
    let (width, height) = (WIDTH / STEP + 1, HEIGHT / STEP + 1);
    let mut coarse = vec![0.0f32; width * height];
    for (at, value) in coarse.iter_mut().enumerate() {
        let (x, y) = ((at % width * STEP) as f32, (at / width * STEP) as f32);
        let mut light = 0.16 + 0.1 * x / WIDTH as f32 - 0.06 * y / HEIGHT as f32;
        for [cx, cy, rx, ry, strength] in &things {
            let edge = ((x - cx).abs() / rx).max((y - cy).abs() / ry);
            light += strength * ((1.0 - edge) * 4.0).clamp(0.0, 1.0);
        }
        *value = light.clamp(0.02, 0.6);
    }
    let mut room = Vec::with_capacity(WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        let (row, fy) = (y / STEP, (y % STEP) as f32 / STEP as f32);
        for x in 0..WIDTH {
            let (column, fx) = (x / STEP, (x % STEP) as f32 / STEP as f32);
            let at = row * width + column;
            let upper = coarse[at] * (1.0 - fx) + coarse[at + 1] * fx;
            let lower = coarse[at + width] * (1.0 - fx) + coarse[at + width + 1] * fx;
            room.push(upper * (1.0 - fy) + lower * fy);
        }
    }
    room
}
