//! Whatever is issued and shown is what is verified.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;

use cbor::Timestamp;
use cbor::Value;
use envelope::{Envelope, Info};
use envelope::{OneWayContext, ReplayMemory, UnverifiedOneWay};
use liangzheng_mdoc as mdoc;
use mdoc::wire::IssuerSigned;
use proptest::prelude::*;
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::hostile;
use testkit::issuer::TestIssuer;

const NAMES: &[(&str, &str)] = &[
    ("org.iso.18013.5.1", "family_name"),
    ("org.iso.18013.5.1", "age_over_18"),
    ("org.liangzheng.edl.1.CN", "classes"),
    ("org.liangzheng.edl.1.CN", "record_zh"),
    ("org.example", "anything"),
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Value::Unsigned),
        any::<u64>().prop_map(Value::Negative),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        ".{0,40}".prop_map(Value::text),
        prop::collection::vec(any::<u8>(), 0..300).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map("[a-z]{1,8}", inner.clone(), 0..4).prop_map(Value::map),
            inner.prop_map(|value| Value::tagged(1004, value)),
        ]
    })
}

/// Maps come back in the order of their encoding.
fn sorted(value: &Value) -> Vec<u8> {
    cbor::encode(value)
}

fn info() -> impl Strategy<Value = Info> {
    let text = || prop::option::of("[a-z.]{1,20}");
    (0_i64..4_000_000_000, 0_i64..=60, any::<[u8; 16]>(), text(), text()).prop_map(
        |(iat, life, nonce, aud, purpose)| Info {
            iat: Timestamp::from_unix(iat),
            exp: Timestamp::from_unix(iat + life),
            nonce,
            aud,
            purpose,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_issued_and_chosen_is_verified(values in prop::collection::vec(value(), NAMES.len()), chosen in 1_u8..32) {
        let issuer = TestIssuer::default();
        let elements: Vec<_> = NAMES.iter().zip(&values).map(|((ns, id), value)| (*ns, *id, value.clone())).collect();
        let holder = TestHolder::with_elements(&issuer, NOW, elements.clone());
        let picked = |at: &usize| chosen & (1 << at) != 0;
        let wanted: Vec<_> = (0..NAMES.len()).filter(picked).map(|at| NAMES[at]).collect();
        let shown = holder.present(&wanted, NOW, "round trip");
        let envelope = Envelope::decode(shown.payload()).expect("its own payload");
        let (trust, memory) = (issuer.trust(), ReplayMemory::new());
        let context = OneWayContext { trust: &trust, now: NOW, clock_floor: NOW, memory: &memory, audience: None, signatures: &signature::RustCrypto , strict: false};
        let unverified = UnverifiedOneWay::from_envelope(&envelope).expect("its own presentation");
        let verified = unverified.verify(&context).expect("a right presentation").into_presentation();
        let names: BTreeSet<_> = verified.issued().elements().iter().map(|(ns, id, _)| (ns, id)).collect();
        prop_assert_eq!(names, wanted.iter().copied().collect::<BTreeSet<_>>());
        for (ns, id, value) in elements.iter().filter(|(ns, id, _)| wanted.contains(&(*ns, *id))) {
            prop_assert_eq!(verified.issued().elements().get(ns, id).map(sorted), Some(sorted(value)));
        }
    }

    #[test]
    fn info_and_envelope_come_back(info in info(), response in prop::collection::vec(any::<u8>(), 0..4000)) {
        let envelope = Envelope::new(info.clone(), response.clone()).expect("an Envelope");
        let back = Envelope::decode(&envelope.encode().expect("a payload")).expect("its own payload");
        prop_assert_eq!(&back, &envelope);
        prop_assert_eq!(back.info(), &info);
        prop_assert_eq!(back.device_response(), response.as_slice());
    }

    #[test]
    fn garbage_is_refused_and_nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let (verdict, ..) = hostile::run(&bytes, NOW, NOW);
        prop_assert_eq!(verdict, hostile::Verdict::Refused);
        prop_assert!(IssuerSigned::decode(&bytes).is_err());
        prop_assert!(Envelope::decode_inflated(&bytes).is_err());
    }

    #[test]
    fn a_cut_or_stretched_payload_is_refused(cut in 0_usize..4000, extra in prop::collection::vec(any::<u8>(), 1..8)) {
        let valid = hostile::valid();
        let short = &valid[..cut.min(valid.len() - 1)];
        prop_assert_eq!(hostile::run(short, NOW, NOW).0, hostile::Verdict::Refused);
        let long = [valid, &extra].concat();
        prop_assert_eq!(hostile::run(&long, NOW, NOW).0, hostile::Verdict::Refused);
    }
}
