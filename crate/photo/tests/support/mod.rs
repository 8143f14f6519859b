//! Pictures to measure: drawn heads of every colour, and what goes wrong with a photo.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests, each of which uses a part"
)]

use liangzheng_photo::{Check, Cut, Outcome, Picture, PreflightCode, Report, measure};

pub type Rgb = [u8; 3];

pub const WIDTH: usize = 520;
pub const HEIGHT: usize = 756;

/// A picture in RGB.
#[derive(Clone)]
pub struct Image {
    pub width: usize,
    pub height: usize,
    pub cells: Vec<Rgb>,
}

impl Image {
    pub fn filled(width: usize, height: usize, colour: Rgb) -> Self {
        Self { width, height, cells: vec![colour; width * height] }
    }

    pub fn report(&self) -> Report {
        let rgba: Vec<u8> = self.cells.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
        let (width, height) = (self.width.try_into().unwrap(), self.height.try_into().unwrap());
        let cut = Cut { width: 520, height: 756 };
        measure(&Picture::new(&rgba, width, height).unwrap(), Some(cut), Some(30_000))
    }

    fn at(&self, x: f64, y: f64, outside: Rgb) -> Rgb {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f64 && y < self.height as f64;
        if inside { self.cells[y as usize * self.width + x as usize] } else { outside }
    }

    /// Every pixel from another place; `outside` where there is none.
    pub fn moved(&self, outside: Rgb, from: impl Fn(f64, f64) -> (f64, f64)) -> Self {
        let mut moved = self.clone();
        for y in 0..self.height {
            for x in 0..self.width {
                let (a, b) = from(x as f64, y as f64);
                moved.cells[y * self.width + x] = self.at(a, b, outside);
            }
        }
        moved
    }

    /// Larger or smaller about the middle of the lower edge, where the person stands.
    pub fn scaled(&self, by: f64, ground: Rgb) -> Self {
        let (middle, foot) = (self.width as f64 / 2.0, self.height as f64);
        self.moved(ground, |x, y| (middle + (x - middle) / by, foot + (y - foot) / by))
    }

    /// Moved by pixels to the right and down.
    pub fn shifted(&self, right: f64, down: f64, ground: Rgb) -> Self {
        self.moved(ground, |x, y| (x - right, y - down))
    }

    pub fn changed(&self, change: impl Fn(Rgb) -> Rgb) -> Self {
        Self { cells: self.cells.iter().map(|cell| change(*cell)).collect(), ..*self }
    }

    /// As with less or more light.
    pub fn lit(&self, percent: u32) -> Self {
        self.changed(|cell| cell.map(|value| (u32::from(value) * percent / 100).min(255) as u8))
    }

    /// Blurred by three means over `2 * reach + 1` pixels, about a Gaussian.
    pub fn blurred(&self, reach: usize) -> Self {
        let once = |image: &Self, across: bool| {
            let mut soft = image.clone();
            for y in 0..image.height {
                for x in 0..image.width {
                    let mut sum = [0_usize; 3];
                    for step in 0..=2 * reach {
                        let near = |at: usize, most: usize| (at + step).saturating_sub(reach).min(most - 1);
                        let (a, b) =
                            if across { (near(x, image.width), y) } else { (x, near(y, image.height)) };
                        for (sum, value) in sum.iter_mut().zip(image.cells[b * image.width + a]) {
                            *sum += usize::from(value);
                        }
                    }
                    soft.cells[y * image.width + x] = sum.map(|sum| (sum / (2 * reach + 1)) as u8);
                }
            }
            soft
        };
        (0..3).fold(self.clone(), |image, _| once(&once(&image, true), false))
    }

    /// As a camera without much light: each pixel off by up to `most`, always the same.
    pub fn noisy(&self, most: i32) -> Self {
        let mut state = 1_u32;
        let mut image = self.clone();
        for value in image.cells.iter_mut().flatten() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let off = i32::try_from(state >> 16).unwrap() % (2 * most + 1) - most;
            *value = (i32::from(*value) + off).clamp(0, 255) as u8;
        }
        image
    }

    /// A quarter turn to the right, with white above and below, as the wallet shows all of it.
    pub fn on_its_side(&self) -> Self {
        let (w, h) = (self.width as f64, self.height as f64);
        self.moved([252; 3], |x, y| {
            let (across, down) = ((x - w / 2.0) * h / w, (y - h / 2.0) * h / w);
            (w / 2.0 + down, h / 2.0 - across)
        })
    }

    pub fn upside_down(&self) -> Self {
        let mut turned = self.clone();
        turned.cells.reverse();
        turned
    }
}

/// A person who is drawn.
#[derive(Clone, Copy)]
pub struct Person {
    pub ground: Rgb,
    pub skin: Rgb,
    pub hair: Rgb,
    pub clothes: Rgb,
    pub style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Bald,
    Short,
    Long,
    Afro,
    Knot,
    Headscarf,
}

pub const STYLES: [Style; 6] =
    [Style::Bald, Style::Short, Style::Long, Style::Afro, Style::Knot, Style::Headscarf];

impl Default for Person {
    fn default() -> Self {
        Self {
            ground: [252, 252, 252],
            skin: [224, 176, 140],
            hair: [34, 28, 26],
            clothes: [40, 70, 120],
            style: Style::Short,
        }
    }
}

impl Person {
    /// The person in the box of the rules: a head of 350 by 480 pixels, 30 below the upper edge.
    pub fn draw(self) -> Image {
        self.draw_by(1)
    }

    /// The same with sides of one half, a third and so on.
    pub fn draw_by(self, part: i32) -> Image {
        let (width, height) = (WIDTH / part as usize, HEIGHT / part as usize);
        let mut image = Image::filled(width, height, self.ground);
        let dim = |colour: Rgb, percent: u32| colour.map(|value| (u32::from(value) * percent / 100) as u8);
        let mut ellipse = |(cx, cy): (i32, i32), (rx, ry): (i32, i32), colour: Rgb| {
            let [cx, cy, rx, ry] = [cx, cy, rx, ry].map(|value| value / part);
            for y in (cy - ry).max(0)..=(cy + ry).min(height as i32 - 1) {
                for x in (cx - rx).max(0)..=(cx + rx).min(width as i32 - 1) {
                    let (dx, dy) = (i64::from(x - cx), i64::from(y - cy));
                    let (rx, ry) = (i64::from(rx), i64::from(ry));
                    if dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry {
                        image.cells[y as usize * width + x as usize] = colour;
                    }
                }
            }
        };
        match self.style {
            Style::Long => {
                ellipse((260, 210), (178, 180), self.hair);
                ellipse((260, 430), (186, 300), self.hair);
            }
            Style::Afro => ellipse((260, 250), (236, 232), self.hair),
            Style::Knot => ellipse((260, 40), (56, 40), self.hair),
            Style::Headscarf => {
                ellipse((260, 250), (184, 225), self.hair);
                ellipse((260, 520), (210, 260), self.hair);
            }
            Style::Bald | Style::Short => {}
        }
        // Shoulders, neck, ears, head.
        ellipse((260, 800), (290, 210), self.clothes);
        if self.style == Style::Headscarf {
            ellipse((260, 560), (150, 130), dim(self.hair, 92));
        } else {
            ellipse((260, 560), (78, 110), dim(self.skin, 88));
        }
        if matches!(self.style, Style::Bald | Style::Short | Style::Knot) {
            ellipse((98, 290), (18, 42), self.skin);
            ellipse((422, 290), (18, 42), self.skin);
            ellipse((260, 190), (164, 160), if self.style == Style::Bald { self.skin } else { self.hair });
        }
        ellipse((260, 290), (154, 220), self.skin);
        if self.style != Style::Bald && self.style != Style::Headscarf {
            ellipse((260, 120), (128, 84), self.hair);
        }
        // Brows, eyes, nose, mouth.
        for x in [195, 325] {
            ellipse((x, 240), (34, 7), dim(self.hair, 80));
            ellipse((x, 275), (24, 12), [245, 245, 245]);
            ellipse((x, 275), (11, 11), [40, 26, 20]);
        }
        ellipse((260, 345), (20, 9), dim(self.skin, 82));
        ellipse((260, 415), (56, 13), dim(self.skin, 70));
        image
    }
}

/// The outcome of a check.
pub fn outcome(report: &Report, check: Check) -> (Outcome, Option<PreflightCode>) {
    let finding = report.finding(check).unwrap();
    (finding.outcome, finding.code)
}

/// The codes of the faults.
pub fn faults(report: &Report) -> Vec<PreflightCode> {
    report.faults().filter_map(|finding| finding.code).collect()
}

/// Codes and values of what did not pass, for messages.
pub fn told(report: &Report) -> String {
    let all = report.findings().iter();
    all.map(|f| format!("{}={:?}/{:?} ", f.check.name(), f.value.unwrap_or(-1), f.code)).collect()
}

/// A demo portrait.
pub fn demo(name: &str) -> Image {
    let path = format!("{}/../../www/demo/portraits/{name}.jpg", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let mut decoder = jpeg_decoder::Decoder::new(&bytes[..]);
    let pixels = decoder.decode().unwrap();
    let info = decoder.info().unwrap();
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    Image { width, height, cells: pixels.as_chunks::<3>().0.to_vec() }
}

pub const DEMO: [&str; 12] =
    ["bai", "cheng", "gao", "he", "lin", "qin", "shangguan", "shen", "tang", "wei", "xu", "zhao"];
