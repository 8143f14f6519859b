//! Draws the portraits of the demo people.
//!
//! ```text
//! cd crate/authority/portraits/draw && cargo run            # writes all JPEG files
//! cd crate/authority/portraits/draw && cargo run -- sheet.png   # and a contact sheet to look at
//! ```
//!
//! Every face is put together by `face.rs` from the parts that `people.rs` names: drawings, of nobody.
//! Written are `www/demo/portraits/<id>.jpg` (520 x 756) and `crate/authority/portraits/<id>.jpg`
//! (120 x 174, at most 2,600 bytes), and the digests of the large ones beside it.

mod clothes;
mod face;
mod hair;
mod people;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::path::Path;

/// Width and height of the drawing, in its own units and as the large file's pixels.
const LARGE: (u32, u32) = (520, 756);
/// Width and height of the small file, in pixels.
const SMALL: (u32, u32) = (120, 174);
/// Most bytes of a large file.
const LARGE_BYTES: usize = 60_000;
/// Most bytes of a small file: below the 2,600 of the profile, so that rental fits into four frames of a QR code.
const SMALL_BYTES: usize = 2_150;

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let small_folder = here.join("..");
    let large_folder = here.join("../../../../www/demo/portraits");
    std::fs::create_dir_all(&large_folder)?;
    let looks = people::looks();
    let mut digests = String::from("# SHA-256 of www/demo/portraits/<id>.jpg, written by portraits/draw\n");
    for (id, look) in &looks {
        let svg = face::svg(look);
        let large = best_jpeg(&render(&svg, LARGE)?, LARGE_BYTES)?;
        let small = best_jpeg(&render(&svg, SMALL)?, SMALL_BYTES)?;
        println!("{id}: {} and {} bytes", large.len(), small.len());
        let digest: String = Sha256::digest(&large).iter().map(|byte| format!("{byte:02x}")).collect();
        digests.push_str(&format!("{id} {digest}\n"));
        std::fs::write(large_folder.join(format!("{id}.jpg")), large)?;
        std::fs::write(small_folder.join(format!("{id}.jpg")), small)?;
    }
    std::fs::write(small_folder.join("digests.txt"), digests)?;
    if let Some(path) = std::env::args().nth(1) {
        sheet(&looks, Path::new(&path))?;
    }
    Ok(())
}

/// The drawing in pixels of the given size, on white.
fn render(svg: &str, (width, height): (u32, u32)) -> Result<Pixmap, Box<dyn Error>> {
    let tree = Tree::from_str(svg, &Options::default())?;
    let mut pixels = Pixmap::new(width, height).ok_or("no picture of that size")?;
    pixels.fill(Color::WHITE);
    let scale = Transform::from_scale(width as f32 / LARGE.0 as f32, height as f32 / LARGE.1 as f32);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    Ok(pixels)
}

/// The JPEG of the highest quality that has no more than `most` bytes.
fn best_jpeg(pixels: &Pixmap, most: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let rgb: Vec<u8> = pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    let (width, height) = (u16::try_from(pixels.width())?, u16::try_from(pixels.height())?);
    for quality in (20..=90).rev() {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_optimized_huffman_tables(true);
        encoder.encode(&rgb, width, height, ColorType::Rgb)?;
        if jpeg.len() <= most {
            return Ok(jpeg);
        }
    }
    Err("no quality makes it small enough".into())
}

/// Large and small portraits side by side, as drawn (not as coded), as PNG.
fn sheet(looks: &[(&str, face::Look)], path: &Path) -> Result<(), Box<dyn Error>> {
    let columns = 6;
    let cell = (260_u32, 378_u32 + 190);
    let rows = looks.len().div_ceil(columns) as u32;
    let mut all = Pixmap::new(cell.0 * columns as u32, cell.1 * rows).ok_or("sheet")?;
    all.fill(Color::from_rgba8(200, 205, 202, 255));
    for (index, (_, look)) in looks.iter().enumerate() {
        let svg = face::svg(look);
        let x = (index % columns) as i32 * cell.0 as i32;
        let y = (index / columns) as i32 * cell.1 as i32;
        let paint = resvg::tiny_skia::PixmapPaint::default();
        let half = render(&svg, (250, 364))?;
        all.draw_pixmap(x + 5, y + 5, half.as_ref(), &paint, Transform::identity(), None);
        let small = render(&svg, SMALL)?;
        all.draw_pixmap(x + 70, y + 380, small.as_ref(), &paint, Transform::identity(), None);
    }
    all.save_png(path)?;
    Ok(())
}
