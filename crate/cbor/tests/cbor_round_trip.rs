//! Properties of the encoding, with another decoder as the judge of well-formedness.
#![allow(clippy::unwrap_used, reason = "a test")]

use cbor::Value;
use cbor::{Date, Timestamp};
use liangzheng_cbor as cbor;
use proptest::prelude::*;

/// Any value that is read again: keys of the types of the profile, none twice.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Value::Unsigned),
        any::<u64>().prop_map(Value::Negative),
        any::<Vec<u8>>().prop_map(Value::Bytes),
        any::<String>().prop_map(Value::Text),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        Just(Value::Undefined),
        prop_oneof![0u8..20, 32u8..=255].prop_map(Value::Simple),
        any::<f64>().prop_filter("not a number is equal to nothing", |x| !x.is_nan()).prop_map(Value::Float),
        any::<f32>().prop_filter("the same", |x| !x.is_nan()).prop_map(|x| Value::Float(f64::from(x))),
        (-2000i32..2000).prop_map(|x| Value::Float(f64::from(x) / 16.0)),
    ];
    let key = || {
        prop_oneof![
            any::<i64>().prop_map(Value::integer),
            (0u64..40).prop_map(Value::Unsigned),
            "[a-z_]{0,30}".prop_map(Value::Text),
            any::<[u8; 3]>().prop_map(Value::bytes),
        ]
    };
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            prop::collection::vec((key(), inner.clone()), 0..8).prop_map(|mut pairs| {
                pairs.sort_by_key(|(k, _)| cbor::encode(k));
                pairs.dedup_by(|(a, _), (b, _)| a == b);
                Value::Map(pairs)
            }),
            (any::<u64>(), inner).prop_map(|(tag, content)| Value::tagged(tag, content)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(value in value()) {
        let bytes = cbor::encode(&value);
        let own = cbor::decode_own(&bytes).unwrap();
        prop_assert_eq!(own.raw(), bytes.as_slice());
        prop_assert_eq!(&own.to_value(), &value);
        prop_assert_eq!(&cbor::decode_foreign(&bytes).unwrap(), &own);
    }

    #[test]
    fn another_decoder_reads_it_too(value in value()) {
        let bytes = cbor::encode(&value);
        let mut other = minicbor::Decoder::new(&bytes);
        other.skip().unwrap();
        prop_assert_eq!(other.position(), bytes.len());
    }

    #[test]
    fn the_order_of_a_map_does_not_matter(mut pairs in prop::collection::btree_map("[a-z]{0,9}", 0u64..9, 0..9)
        .prop_map(|m| m.into_iter().map(|(k, v)| (Value::text(k), Value::from(v))).collect::<Vec<_>>())) {
        let bytes = cbor::encode(&Value::Map(pairs.clone()));
        pairs.reverse();
        prop_assert_eq!(cbor::encode(&Value::Map(pairs)), bytes);
    }

    #[test]
    fn what_is_accepted_as_our_own_has_no_other_form(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(item) = cbor::decode_own(&bytes) {
            prop_assert_eq!(cbor::encode(&item.to_value()), bytes);
        }
    }

    #[test]
    fn foreign_bytes_are_kept_and_mean_what_another_decoder_says(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(item) = cbor::decode_foreign(&bytes) {
            prop_assert_eq!(item.raw(), bytes.as_slice());
            let mut other = minicbor::Decoder::new(&bytes);
            prop_assert!(other.skip().is_ok());
            prop_assert_eq!(other.position(), bytes.len());
        }
    }

    #[test]
    fn floats_are_what_another_decoder_reads(bits in any::<u16>()) {
        let bytes = [&[0xf9][..], &bits.to_be_bytes()].concat();
        let other = f64::from(minicbor::Decoder::new(&bytes).f16().unwrap());
        match cbor::decode_foreign(&bytes).unwrap().to_value() {
            Value::Float(x) if x.is_nan() => prop_assert!(other.is_nan()),
            Value::Float(x) => {
                prop_assert_eq!(x.to_bits(), other.to_bits());
                prop_assert_eq!(cbor::encode(&Value::Float(x)), bytes);
            }
            _ => prop_assert!(false),
        }
    }

    #[test]
    fn moments_and_days(seconds in -62_135_596_800i64..253_402_300_800) {
        let moment = Timestamp::from_unix(seconds);
        prop_assert_eq!(Timestamp::parse_tdate(&moment.format_tdate()), Some(moment));
        let date = moment.date_at(0);
        prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        prop_assert_eq!(date.start_at(0), moment.floor_to_day());
        let bytes = cbor::encode(&Value::array([Value::tdate(moment), Value::date(date)]));
        let item = cbor::decode_own(&bytes).unwrap();
        let members = item.as_array().unwrap();
        prop_assert_eq!(members.first().and_then(cbor::Item::as_tdate), Some(moment));
        prop_assert_eq!(members.last().and_then(cbor::Item::as_date), Some(date));
    }
}

#[test]
fn examples_of_the_standard() {
    // RFC 8949, appendix A
    let cases: &[(Value, &[u8])] = &[
        (Value::Unsigned(23), &[0x17]),
        (Value::Unsigned(24), &[0x18, 24]),
        (Value::Unsigned(1_000_000), &[0x1a, 0x00, 0x0f, 0x42, 0x40]),
        (Value::Unsigned(u64::MAX), &[0x1b, 255, 255, 255, 255, 255, 255, 255, 255]),
        (Value::integer(-1), &[0x20]),
        (Value::integer(-1000), &[0x39, 0x03, 0xe7]),
        (Value::Float(1.1), &[0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a]),
        (Value::Float(-0.0), &[0xf9, 0x80, 0x00]),
        (Value::Float(65504.0), &[0xf9, 0x7b, 0xff]),
        (Value::Float(100_000.0), &[0xfa, 0x47, 0xc3, 0x50, 0x00]),
        (Value::Float(5.960_464_477_539_063e-8), &[0xf9, 0x00, 0x01]),
        (Value::Float(f64::INFINITY), &[0xf9, 0x7c, 0x00]),
        (Value::Float(f64::NAN), &[0xf9, 0x7e, 0x00]),
        (Value::Simple(255), &[0xf8, 0xff]),
        (Value::text("\u{6c34}"), &[0x63, 0xe6, 0xb0, 0xb4]),
    ];
    for (value, bytes) in cases {
        assert_eq!(cbor::encode(value), *bytes, "{value:?}");
    }
}
