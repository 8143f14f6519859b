//! A sample licence: every mandatory ISO element and every domestic one, of a person who does not exist.

use cbor::Value;
use cbor::{Date, Timestamp};

use crate::random::TestRandom;

/// The moment at which a draft is signed unless said otherwise: 2026-11-22T12:00:00Z.
pub const NOW: Timestamp = Timestamp::from_unix(1_795_348_800);

/// The docType of a driving licence.
pub const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";
/// The ISO namespace.
pub const ISO: &str = "org.iso.18013.5.1";
/// The domestic namespace.
pub const DOMESTIC: &str = "org.liangzheng.edl.1.CN";

/// What the purpose *roadside* shows, of the sample licence.
pub const ROADSIDE: &[(&str, &str)] = &[
    (DOMESTIC, "portrait_small"),
    (ISO, "family_name"),
    (ISO, "given_name"),
    (ISO, "family_name_national_character"),
    (ISO, "given_name_national_character"),
    (ISO, "sex"),
    (ISO, "birth_date"),
    (ISO, "document_number"),
    (ISO, "issuing_country"),
    (DOMESTIC, "classes"),
    (DOMESTIC, "status_letters"),
    (DOMESTIC, "points"),
    (ISO, "expiry_date"),
    (DOMESTIC, "long_term"),
    (DOMESTIC, "extended_until"),
    (DOMESTIC, "novice_until"),
    (DOMESTIC, "issuing_authority_zh"),
];

fn day(text: &str) -> Value {
    Value::date(Date::parse(text).expect("a date"))
}

fn moment(text: &str) -> Value {
    Value::tdate(Timestamp::parse_tdate(text).expect("a moment"))
}

/// Returns the elements of an ordinary C1 licence, valid from 2021 to 2027, with the facts of 2026-11-20.
pub fn licence_elements() -> Vec<(&'static str, &'static str, Value)> {
    let mut portrait_noise = TestRandom::new("portrait");
    let class = Value::map([("code", Value::text("C1")), ("from", day("2021-05-10"))]);
    let privilege = Value::map([
        ("vehicle_category_code", Value::text("B")),
        ("issue_date", day("2021-05-10")),
        ("expiry_date", day("2027-05-10")),
    ]);
    let as_of = "2026-11-20T00:00:00Z";
    vec![
        (ISO, "family_name", Value::text("Ceshi")),
        (ISO, "given_name", Value::text("Yiren")),
        (ISO, "birth_date", day("1990-03-07")),
        (ISO, "issue_date", day("2021-05-10")),
        (ISO, "expiry_date", day("2027-05-10")),
        (ISO, "issuing_country", Value::text("CN")),
        (ISO, "issuing_authority", Value::text("Test Traffic Police")),
        (ISO, "document_number", Value::text("000000199003070010")),
        (ISO, "administrative_number", Value::text("000000000001")),
        (ISO, "portrait", Value::bytes(jpeg(520, 756, 4_000, &mut portrait_noise))),
        (ISO, "driving_privileges", Value::array([privilege])),
        (ISO, "un_distinguishing_sign", Value::text("CHN")),
        (ISO, "sex", Value::Unsigned(1)),
        (ISO, "nationality", Value::text("CN")),
        (ISO, "age_birth_year", Value::Unsigned(1990)),
        (ISO, "age_over_18", Value::Bool(true)),
        (ISO, "age_over_21", Value::Bool(true)),
        (ISO, "age_over_25", Value::Bool(true)),
        (ISO, "age_over_60", Value::Bool(false)),
        (ISO, "age_over_70", Value::Bool(false)),
        (ISO, "family_name_national_character", Value::text("测")),
        (ISO, "given_name_national_character", Value::text("试一")),
        (DOMESTIC, "portrait_small", Value::bytes(jpeg(120, 174, 700, &mut portrait_noise))),
        (DOMESTIC, "classes", Value::array([class])),
        (DOMESTIC, "status_letters", Value::map([("letters", Value::text("A")), ("as_of", moment(as_of))])),
        (DOMESTIC, "points", Value::map([("incurred", Value::Unsigned(3)), ("as_of", moment(as_of))])),
        (DOMESTIC, "first_issue_date", day("2021-05-10")),
        (DOMESTIC, "long_term", Value::Bool(false)),
        (DOMESTIC, "extended_until", Value::Null),
        (DOMESTIC, "novice_until", Value::map([("car", day("2022-05-10"))])),
        (DOMESTIC, "number_last4", Value::text("0010")),
        (DOMESTIC, "core_number", Value::text("0000000000001")),
        (DOMESTIC, "issuing_authority_zh", Value::text("测试市公安局交通警察支队")),
        (DOMESTIC, "resident_address_zh", Value::text("测试市测试路1号")),
        (DOMESTIC, "record_zh", Value::text("自2021年5月10日起准驾C1")),
        (DOMESTIC, "generated_at", moment(as_of)),
    ]
}

/// Returns a valid baseline JPEG of a dark oval on a grey ground, with a comment of `noise` bytes so that it weighs what a
/// face does.
pub fn jpeg(width: u16, height: u16, noise: u16, random: &mut TestRandom) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    let mut segment = |marker: u8, content: &[u8]| {
        out.extend([0xff, marker]);
        out.extend((content.len() as u16 + 2).to_be_bytes());
        out.extend_from_slice(content);
    };
    let mut comment = vec![0; usize::from(noise)];
    random.fill(&mut comment);
    // No marker inside the comment, for readers that search for them.
    comment.iter_mut().filter(|byte| **byte == 0xff).for_each(|byte| *byte = 0);
    segment(0xfe, &comment);
    // A step of 8 in the first coefficient is one grey level of its block.
    segment(0xdb, &[[0].as_slice(), &[8; 64]].concat());
    let [h1, h0] = height.to_be_bytes();
    let [w1, w0] = width.to_be_bytes();
    segment(0xc0, &[8, h1, h0, w1, w0, 1, 1, 0x11, 0]);
    // First coefficients: `0` for no difference to the block before, `10` for a difference of seven bits. The others: `0`
    // for the end of the block.
    segment(0xc4, &[[0x00, 1, 1].as_slice(), &[0; 14], &[0, 7]].concat());
    segment(0xc4, &[[0x10, 1].as_slice(), &[0; 15], &[0]].concat());
    segment(0xda, &[1, 1, 0x00, 0, 63, 0]);
    out.extend(oval(width.div_ceil(8).into(), height.div_ceil(8).into()));
    out.extend([0xff, 0xd9]);
    out
}

/// Returns the coded blocks of a dark oval. They contain no byte 0xff, which would have to be stuffed.
fn oval(columns: usize, rows: usize) -> Vec<u8> {
    const DARKER: &[bool] = &[true, false, false, true, true, true, true, true, true];
    const BRIGHTER: &[bool] = &[true, false, true, false, false, false, false, false, false];
    let (mut bits, mut was_dark) = (Vec::new(), false);
    for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        // Twice the distance from the middle, as a part of the size, in eighths.
        let part = |at: usize, of: usize| (2 * at + 1).abs_diff(of) * 8 / of;
        let dark = part(row, rows).pow(2) + part(column, columns).pow(2) < 25;
        bits.extend_from_slice(match (was_dark, dark) {
            (false, true) => DARKER,
            (true, false) => BRIGHTER,
            _ => &[false],
        });
        bits.push(false);
        was_dark = dark;
    }
    let byte =
        |bits: &[bool]| bits.iter().enumerate().fold(0, |sum, (at, bit)| sum | (u8::from(*bit) << (7 - at)));
    bits.chunks(8).map(byte).collect()
}
