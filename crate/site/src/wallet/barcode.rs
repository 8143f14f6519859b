//! The number under the photo as Code 128 (ISO/IEC 15417): pairs of digits in set C, the rest in set B.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::browser::dom;

/// Widths of bars and spaces, by value; three starts and the stop at the end.
const WIDTHS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];
const TO_SET_B: usize = 100;
const START_C: usize = 105;
const STOP: usize = 106;
const DIVISOR: usize = 103;

/// The values of a number of digits, with start, check and stop; `None` for anything else.
fn values(digits: &str) -> Option<Vec<usize>> {
    if digits.len() < 2 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let value = |digit: u8| usize::from(digit - b'0');
    let mut values = vec![START_C];
    values.extend(pairs.iter().map(|[tens, ones]| value(*tens) * 10 + value(*ones)));
    if let [last] = rest {
        // In set B a character is its ASCII code less 32.
        values.extend([TO_SET_B, usize::from(*last) - 32]);
    }
    let weighted = values.iter().enumerate().map(|(place, value)| place.max(1) * value);
    let check = weighted.sum::<usize>() % DIVISOR;
    values.extend([check, STOP]);
    Some(values)
}

/// Draws a number into an `<svg>`; one that is not of digits leaves it empty.
pub(super) fn draw(svg: &Element, digits: &str) {
    let mut path = String::new();
    let mut at = 0;
    for value in values(digits).unwrap_or_default() {
        let widths = WIDTHS.get(value).copied().unwrap_or_default();
        for (index, width) in widths.bytes().map(|width| usize::from(width - b'0')).enumerate() {
            if index % 2 == 0 {
                path.push_str(&format!("M{at} 0h{width}v10h-{width}z"));
            }
            at += width;
        }
    }
    let Some(shape) = dom::document().create_element_ns(Some("http://www.w3.org/2000/svg"), "path").ok()
    else {
        return;
    };
    let _ = shape.set_attribute("d", &path);
    let _ = svg.set_attribute("viewBox", &format!("0 0 {} 10", at.max(1)));
    svg.replace_children_with_node_1(shape.unchecked_ref());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_fills_its_eleven_modules() {
        let sum = |widths: &str| widths.bytes().map(|w| u32::from(w - b'0')).sum::<u32>();
        for widths in &WIDTHS[..STOP] {
            assert_eq!((widths.len(), sum(widths)), (6, 11), "{widths}");
        }
        assert_eq!(sum(WIDTHS[STOP]), 13);
        let mut all = WIDTHS.to_vec();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), WIDTHS.len());
    }

    #[test]
    fn a_number_of_thirteen_digits() {
        // Start C, 12 34 56 78 90 12, to set B, "3" (19), check, stop.
        let check = (105 + 12 + 2 * 34 + 3 * 56 + 4 * 78 + 5 * 90 + 6 * 12 + 7 * 100 + 8 * 19) % 103;
        let expected = vec![105, 12, 34, 56, 78, 90, 12, 100, 19, check, 106];
        assert_eq!(values("1234567890123"), Some(expected));
        assert_eq!(values("12a4"), None);
        assert_eq!(values(""), None);
    }
}
