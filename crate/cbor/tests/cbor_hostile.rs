//! Hostile CBOR (`T-cbor-depth`, `T-cbor-length`, `T-encoding`): what each reader refuses, by which code, and what it
//! accepts.
#![allow(clippy::unwrap_used, reason = "a test")]

use liangzheng_cbor as cbor;
use std::time::{Duration, Instant};

use cbor::{Breach, CborError, ItemValue, MAX_DEPTH, MAX_ITEMS};

/// Refused by both readers: what it is, hexadecimal bytes, rule.
const REFUSED_EVERYWHERE: &[(&str, &str, Breach)] = &[
    ("duplicate integer key", "a201000100", Breach::DuplicateKey),
    ("duplicate negative key", "a220002000", Breach::DuplicateKey),
    ("duplicate text key", "a2616100616100", Breach::DuplicateKey),
    ("duplicate byte key", "a2414100414100", Breach::DuplicateKey),
    ("duplicate empty key", "a260006000", Breach::DuplicateKey),
    ("duplicate key in an inner map", "8200a201000100", Breach::DuplicateKey),
    ("duplicate key deep inside", "8181a201000100", Breach::DuplicateKey),
    ("duplicate key under a tag", "c0a201000100", Breach::DuplicateKey),
    ("array as key", "a1800000", Breach::KeyType),
    ("map as key", "a1a000", Breach::KeyType),
    ("tagged key", "a1c00000", Breach::KeyType),
    ("true as key", "a1f500", Breach::KeyType),
    ("null as key", "a1f600", Breach::KeyType),
    ("float as key", "a1f93c0000", Breach::KeyType),
    ("byte after an integer", "0000", Breach::TrailingBytes),
    ("byte after a text", "616100", Breach::TrailingBytes),
    ("byte after a map", "a000", Breach::TrailingBytes),
    ("two items", "8080", Breach::TrailingBytes),
    ("lone continuation byte in a text", "6180", Breach::Utf8),
    ("cut multi-byte character", "62e4bd", Breach::Utf8),
    ("overlong slash", "62c0af", Breach::Utf8),
    ("surrogate half", "63eda080", Breach::Utf8),
    ("beyond U+10FFFF", "64f4908080", Breach::Utf8),
    ("bad text in an array", "8161ff", Breach::Utf8),
    ("bad text as a key", "a161ff00", Breach::Utf8),
    ("bad text as a value", "a10061ff", Breach::Utf8),
    ("reserved head of an integer", "1c", Breach::Malformed),
    ("reserved head of a byte string", "5d", Breach::Malformed),
    ("reserved head of an array", "9e", Breach::Malformed),
    ("reserved head of a tag", "dc", Breach::Malformed),
    ("reserved head of a simple value", "fc", Breach::Malformed),
    ("simple value 0 in two bytes", "f800", Breach::Malformed),
    ("simple value 31 in two bytes", "f81f", Breach::Malformed),
    ("false in two bytes", "f814", Breach::Malformed),
    ("break alone", "ff", Breach::Malformed),
    ("break in a definite array", "81ff", Breach::Malformed),
    ("break as a key of a definite map", "a1ff00", Breach::Malformed),
    ("break under a tag", "c0ff", Breach::Malformed),
];

/// Refused by both, with a rule that depends on the reader.
const REFUSED_BY_FOREIGN: &[(&str, &str, Breach)] = &[
    ("same key in two widths", "a201001801 00", Breach::DuplicateKey),
    ("same text key in chunks", "a2616100 7f6161ff 00", Breach::DuplicateKey),
    ("duplicate key in an indefinite map", "bf01000100ff", Breach::DuplicateKey),
    ("break between key and value", "bf00ff", Breach::Malformed),
    ("text chunk in a byte string", "5f6161ff", Breach::Malformed),
    ("byte chunk in a text", "7f4161ff", Breach::Malformed),
    ("integer chunk", "5f00ff", Breach::Malformed),
    ("indefinite chunk in a chunk", "5f5f4100ffff", Breach::Malformed),
    ("character split over chunks", "7f61e462bda0ff", Breach::Utf8),
    ("indefinite integer", "1f", Breach::Malformed),
    ("indefinite tag", "df00", Breach::Malformed),
];

/// Accepted from others and refused in our own formats.
const REFUSED_IN_OWN: &[(&str, &str, Breach)] = &[
    ("indefinite array", "9f01ff", Breach::Indefinite),
    ("indefinite map", "bf0100ff", Breach::Indefinite),
    ("indefinite byte string", "5f4101ff", Breach::Indefinite),
    ("indefinite text", "7f6161ff", Breach::Indefinite),
    ("indefinite array inside", "819fff", Breach::Indefinite),
    ("small integer in two bytes", "1817", Breach::NotShortest),
    ("integer in three bytes", "1900ff", Breach::NotShortest),
    ("integer in five bytes", "1a0000ffff", Breach::NotShortest),
    ("integer in nine bytes", "1b00000000ffffffff", Breach::NotShortest),
    ("negative integer in two bytes", "3800", Breach::NotShortest),
    ("long length of a byte string", "580100", Breach::NotShortest),
    ("long length of a text", "780161", Breach::NotShortest),
    ("long count of an array", "980100", Breach::NotShortest),
    ("long count of a map", "b8010000", Breach::NotShortest),
    ("long tag", "d80000", Breach::NotShortest),
    ("float in more bits than needed", "fb3ff0000000000000", Breach::NotShortest),
    ("float in 32 bits for 16", "fa3f800000", Breach::NotShortest),
    ("not a number with a payload", "f97e01", Breach::NotShortest),
    ("descending integer keys", "a202000100", Breach::KeyOrder),
    ("longer key first", "a262616100616200", Breach::KeyOrder),
    ("text before integer", "a26161000000", Breach::KeyOrder),
];

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    base16ct::mixed::decode_vec(digits).unwrap()
}

fn breach(result: Result<cbor::Item<'_>, CborError>) -> Option<Breach> {
    match result {
        Err(error @ CborError::Profile { breach, .. }) => {
            assert_eq!(error.code(), "cbor-profile");
            Some(breach)
        }
        _ => None,
    }
}

#[test]
fn profile_vectors() {
    for (what, hex, rule) in REFUSED_EVERYWHERE {
        let input = bytes(hex);
        assert_eq!(breach(cbor::decode_foreign(&input)), Some(*rule), "foreign: {what}");
        assert_eq!(breach(cbor::decode_own(&input)), Some(*rule), "own: {what}");
    }
    for (what, hex, rule) in REFUSED_BY_FOREIGN {
        let input = bytes(hex);
        assert_eq!(breach(cbor::decode_foreign(&input)), Some(*rule), "foreign: {what}");
        assert!(breach(cbor::decode_own(&input)).is_some(), "own: {what}");
    }
    for (what, hex, rule) in REFUSED_IN_OWN {
        let input = bytes(hex);
        let item = cbor::decode_foreign(&input).unwrap_or_else(|e| panic!("foreign: {what}: {e}"));
        assert_eq!(item.raw(), input, "{what}");
        assert_eq!(breach(cbor::decode_own(&input)), Some(*rule), "own: {what}");
    }
    let count = REFUSED_EVERYWHERE.len() + REFUSED_BY_FOREIGN.len() + REFUSED_IN_OWN.len();
    println!("{count} CBOR profile vectors");
    assert!(count >= 40);
}

#[test]
fn lengths_beyond_the_input() {
    let short = [
        "",
        "18",
        "19ff",
        "1a000000",
        "41",
        "5803ffff",
        "61",
        "81",
        "8200",
        "a1",
        "a100",
        "c0",
        "f9",
        "fb0000",
        "9f",
        "bf",
        "bf00",
        "5f",
        "5f41",
        "7f6161",
        "d8",
        "9affffffff",
        "baffffffff",
        "5affffffff",
        "7b7fffffffffffffff",
    ];
    let mut inputs: Vec<Vec<u8>> = short.iter().map(|hex| bytes(hex)).collect();
    for head in [0x5b, 0x7b, 0x9b, 0xbb] {
        let mut huge = vec![head];
        huge.extend([0xff; 8]);
        inputs.push(huge);
    }
    for input in &inputs {
        let error = cbor::decode_foreign(input).unwrap_err();
        assert_eq!(error.code(), "cbor-length", "{input:02x?}");
        assert!(cbor::decode_own(input).is_err(), "{input:02x?}");
    }
}

#[test]
fn every_prefix_of_a_good_item_is_refused() {
    let whole = bytes("a3 01 82 18ff 4201ff 02 d818 45 8201 a100f5 03 7f 6161 6162 ff");
    assert!(cbor::decode_foreign(&whole).is_ok());
    for end in 0..whole.len() {
        let error = cbor::decode_foreign(whole.get(..end).unwrap()).unwrap_err();
        assert_eq!(error.code(), "cbor-length", "{end}");
    }
}

#[test]
fn sixteen_levels_and_no_more() {
    for head in [0x81u8, 0xc1, 0x9f] {
        let nested = |levels: usize| {
            let mut input = vec![head; levels];
            input.push(0x00);
            input.extend(if head == 0x9f { vec![0xff; levels] } else { vec![] });
            input
        };
        assert!(cbor::decode_foreign(&nested(MAX_DEPTH)).is_ok(), "{head:02x}");
        let too_deep = nested(MAX_DEPTH + 1);
        assert_eq!(cbor::decode_foreign(&too_deep).unwrap_err().code(), "cbor-depth", "{head:02x}");
    }
    let mut maps = [0xa1, 0x00].repeat(MAX_DEPTH + 1);
    maps.push(0);
    assert_eq!(cbor::decode_foreign(&maps).unwrap_err().code(), "cbor-depth");
}

#[test]
fn two_hundred_kilobytes_of_arrays_are_refused_at_once() {
    let input = vec![0x81; 200 * 1024];
    // the fastest of a few, so that a busy machine does not decide
    let fastest = (0..5).map(|_| {
        let start = Instant::now();
        assert_eq!(cbor::decode_foreign(&input).unwrap_err().code(), "cbor-depth");
        assert_eq!(cbor::decode_own(&input).unwrap_err().code(), "cbor-depth");
        start.elapsed()
    });
    assert!(fastest.min().unwrap() < Duration::from_millis(5));
}

#[test]
fn a_bounded_number_of_items() {
    let array = |count: usize| {
        let mut input = vec![0x9f];
        input.extend(vec![0x00; count]);
        input.push(0xff);
        input
    };
    assert!(cbor::decode_foreign(&array(MAX_ITEMS - 1)).is_ok());
    assert_eq!(cbor::decode_foreign(&array(MAX_ITEMS)).unwrap_err().code(), "cbor-items");
}

#[test]
fn what_others_may_send_is_understood_and_its_bytes_are_kept() {
    let input = bytes("bf 62 6b62 7f 6161 6162 ff 61 61 9f 1800 5f 4101 4102 ff ff ff");
    let item = cbor::decode_foreign(&input).unwrap();
    assert_eq!(item.raw(), input);
    assert_eq!(item.get_text("kb").unwrap().as_text(), Some("ab"));
    let list = item.get_text("a").unwrap();
    assert_eq!(list.raw(), bytes("9f 1800 5f 4101 4102 ff ff"));
    let [zero, chunks] = list.as_array().unwrap() else { panic!("two members") };
    assert_eq!((zero.as_unsigned(), zero.raw()), (Some(0), &[0x18, 0x00][..]));
    assert_eq!(chunks.as_bytes(), Some(&[1, 2][..]));
    assert_eq!(chunks.as_whole_bytes(), None);
    assert_eq!(cbor::decode_foreign(&bytes("42 0102")).unwrap().as_whole_bytes(), Some(&[1, 2][..]));
}

#[test]
fn a_count_that_cannot_come_is_refused_where_it_stands() {
    for short in ["82 00", "a1 00", "9a 0000ffff 0000"] {
        let error = cbor::decode_foreign(&bytes(short)).map(|_| ());
        assert_eq!(error, Err(CborError::Length { offset: 0 }), "{short}");
    }
}

#[test]
fn the_least_simple_value_in_two_bytes_and_the_infinities_in_three() {
    let reads =
        |hex: &str, right: fn(&ItemValue<'_>) -> bool| right(cbor::decode_own(&bytes(hex)).unwrap().value());
    assert!(reads("f820", |kind| matches!(kind, ItemValue::Simple(32))));
    assert!(reads("f97c00", |kind| matches!(kind, ItemValue::Float(x) if *x == f64::INFINITY)));
    assert!(reads("f9fc00", |kind| matches!(kind, ItemValue::Float(x) if *x == f64::NEG_INFINITY)));
}
