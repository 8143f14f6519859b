//! Pictures of symbols, and pictures to luma.

use anyhow::{Context as _, Result};
use jpeg_decoder::PixelFormat;
use optical::{MAX_SIDE, QUIET_ZONE, Symbol};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Pixels of one module in a picture that is written.
const MODULE: usize = 8;

/// A greyscale picture.
pub(crate) struct Luma {
    pub(crate) pixels: Vec<u8>,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// Encodes a symbol with its quiet zone as PNG, black on white.
pub(crate) fn png(symbol: &Symbol) -> Result<Vec<u8>> {
    let side = (symbol.size() + 2 * QUIET_ZONE) * MODULE;
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            pixels.push(if is_dark(symbol, x / MODULE, y / MODULE) { 0 } else { 255 });
        }
    }
    let side = u32::try_from(side).context("a symbol's size")?;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().context("PNG")?;
    writer.write_image_data(&pixels).context("PNG")?;
    writer.finish().context("PNG")?;
    Ok(file)
}

/// Writes a symbol with its quiet zone in half blocks, dark on light in any colour scheme.
pub(crate) fn blocks(symbol: &Symbol) -> String {
    let side = symbol.size() + 2 * QUIET_ZONE;
    let mut text = String::new();
    for y in (0..side).step_by(2) {
        text.push_str("\u{1b}[30;107m");
        for x in 0..side {
            text.push(match (is_dark(symbol, x, y), is_dark(symbol, x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        text.push_str("\u{1b}[0m\n");
    }
    text
}

/// Whether a module is dark, counted from the corner of the quiet zone.
fn is_dark(symbol: &Symbol, x: usize, y: usize) -> bool {
    match (x.checked_sub(QUIET_ZONE), y.checked_sub(QUIET_ZONE)) {
        (Some(x), Some(y)) => symbol.is_dark(x, y),
        _ => false,
    }
}

/// A picture in colour.
pub(crate) struct Rgba {
    pub(crate) pixels: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Decodes a JPEG to RGBA; `None` for another file, a malformed one, or one of more than 2,048 pixels a side.
pub(crate) fn rgba(jpeg: &[u8]) -> Option<Rgba> {
    let mut decoder = jpeg_decoder::Decoder::new(jpeg);
    decoder.read_info().ok()?;
    let info = decoder.info()?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    if width.max(height) > ::photo::SIDE_MAX {
        return None;
    }
    let decoded = decoder.decode().ok()?;
    let pixels = match info.pixel_format {
        PixelFormat::L8 => decoded.iter().flat_map(|luma| [*luma, *luma, *luma, 255]).collect(),
        PixelFormat::RGB24 => decoded
            .as_chunks::<3>()
            .0
            .iter()
            .flat_map(|[red, green, blue]| [*red, *green, *blue, 255])
            .collect(),
        _ => return None,
    };
    Some(Rgba { pixels, width, height })
}

/// Decodes a PNG or JPEG to luma; `None` for another file, a malformed one, or one of more than 4,096 pixels a side.
pub(crate) fn luma(file: &[u8]) -> Option<Luma> {
    if file.starts_with(b"\x89PNG") { of_png(file) } else { of_jpeg(file) }
}

fn of_png(file: &[u8]) -> Option<Luma> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) =
        (usize::try_from(reader.info().width).ok()?, usize::try_from(reader.info().height).ok()?);
    if width > MAX_SIDE || height > MAX_SIDE {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    pixels.truncate(frame.buffer_size());
    let pixels = match frame.color_type {
        png::ColorType::Grayscale => pixels,
        png::ColorType::GrayscaleAlpha => on_white::<2>(&pixels),
        png::ColorType::Rgb => on_white::<3>(&pixels),
        png::ColorType::Rgba => on_white::<4>(&pixels),
        png::ColorType::Indexed => return None,
    };
    Some(Luma { pixels, width, height })
}

/// Converts pixels of 2 (grey, alpha), 3 (RGB) or 4 (RGBA) bytes to grey; transparent pixels become white.
fn on_white<const CHANNELS: usize>(pixels: &[u8]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<CHANNELS>();
    let grey = |pixel: &[u8; CHANNELS]| -> u8 {
        let (luma, alpha) = match pixel.as_slice() {
            [luma, alpha] => (u32::from(*luma), u32::from(*alpha)),
            [r, g, b, rest @ ..] => {
                // BT.601, in thousandths
                let luma = (299 * u32::from(*r) + 587 * u32::from(*g) + 114 * u32::from(*b)) / 1000;
                (luma, rest.first().map_or(255, |alpha| u32::from(*alpha)))
            }
            _ => (255, 255),
        };
        u8::try_from((luma * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    pixels.iter().map(grey).collect()
}

fn of_jpeg(file: &[u8]) -> Option<Luma> {
    let options = DecoderOptions::default()
        .set_max_width(MAX_SIDE)
        .set_max_height(MAX_SIDE)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    Some(Luma { pixels, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The drawings have their frame header before their tables, as some encoders write it; a canvas writes it after them.
    #[test]
    fn photo_is_decoded_in_its_colours() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo/portraits/he.jpg");
        let decoded = rgba(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!((decoded.width, decoded.height), (520, 756));
        let at = |x: usize, y: usize| decoded.pixels.as_chunks::<4>().0[y * 520 + x];
        let white = |pixel: [u8; 4]| pixel.iter().all(|channel| *channel >= 250);
        assert!(white(at(5, 5)) && white(at(514, 20)), "{:?}", at(5, 5));
        let [red, green, blue, _] = at(260, 420);
        assert!(red > green && green > blue, "skin: {red} {green} {blue}");
        assert!(rgba(b"no picture").is_none());
    }
}
