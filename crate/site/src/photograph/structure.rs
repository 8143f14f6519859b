//! Whether a small picture shows anything: edges, where one colour or a gradient has none.

/// Width of the small picture in pixels.
pub(super) const WIDTH: u16 = 60;
/// Height of the small picture in pixels.
pub(super) const HEIGHT: u16 = 87;
/// The change of a slope that counts as an edge, of 255. The noise of a camera stays below it once a picture is made small.
const EDGE: i32 = 12;
/// Of how many pixels one must be an edge.
const ONE_OF: usize = 100;

/// Returns whether the pixels (RGBA, [`WIDTH`] × [`HEIGHT`]) have edges.
pub(super) fn is_there(rgba: &[u8]) -> bool {
    let width = usize::from(WIDTH);
    let luma: Vec<i32> = rgba
        .chunks_exact(4)
        .map(|pixel| match *pixel {
            [r, g, b, _] => (i32::from(r) * 77 + i32::from(g) * 150 + i32::from(b) * 29) >> 8,
            _ => 0,
        })
        .collect();
    let rows: Vec<&[i32]> = luma.chunks_exact(width).collect();
    let across = rows.iter().flat_map(|row| row.windows(3));
    let across = across.filter(|window| matches!(window, [a, b, c] if (a - 2 * b + c).abs() > EDGE)).count();
    let down = rows.windows(3).flat_map(|rows| match rows {
        [above, here, below] => above.iter().zip(*here).zip(*below).collect(),
        _ => Vec::new(),
    });
    let down = down.filter(|((a, b), c)| (*a - 2 * *b + *c).abs() > EDGE).count();
    (across + down) * ONE_OF >= luma.len() && !luma.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(luma: impl Fn(i32, i32) -> i32) -> Vec<u8> {
        let at = |y: i32| (0..i32::from(WIDTH)).map(move |x| (x, y));
        let all = (0..i32::from(HEIGHT)).flat_map(at);
        all.flat_map(|(x, y)| {
            let value = u8::try_from(luma(x, y).clamp(0, 255)).unwrap_or(0);
            [value, value, value, 255]
        })
        .collect()
    }

    #[test]
    fn one_colour_a_gradient_and_their_noise_show_nothing() {
        let noise = |x: i32, y: i32| (x * 7919 + y * 104_729) % 5 - 2;
        for value in [0, 128, 255] {
            assert!(!is_there(&picture(|_, _| value)));
            assert!(!is_there(&picture(|x, y| value + noise(x, y))));
        }
        assert!(!is_there(&picture(|x, y| x * 2 + y)));
        assert!(!is_there(&picture(|x, y| 250 - (x - 30).pow(2) / 9 - (y - 43).pow(2) / 20)));
        assert!(!is_there(&[]));
    }

    #[test]
    fn a_head_before_a_wall_is_there() {
        let head = |x: i32, y: i32| (x - 30).pow(2) * 2 + (y - 36).pow(2) < 700;
        assert!(is_there(&picture(|x, y| if head(x, y) { 150 } else { 240 })));
        assert!(is_there(&picture(|x, y| if head(x, y) { 40 } else { 60 })));
    }
}
