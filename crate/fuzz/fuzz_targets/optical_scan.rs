//! Any picture is looked at with bounded work.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [width, height, luma @ ..] = bytes else { return };
    // Each byte is a tile of 4 x 4 pixels, so that small inputs are large pictures.
    let (width, height) = (usize::from(*width) + 10, usize::from(*height) + 10);
    let mut picture = Vec::with_capacity(width * height * 16);
    for y in 0..height * 4 {
        for x in 0..width {
            picture.extend([luma.get(y / 4 * width + x).copied().unwrap_or(235); 4]);
        }
    }
    let seen = optical::scan::examine(&picture, width * 4, height * 4, width * 4);
    assert!(seen.sets_tried <= optical::scan::MAX_SETS && seen.found.len() <= seen.sets_tried);
});
