//! Licences of issuers and devices on every curve that is verified (`T-device-key`), and no signature on another curve than its key's.
#![allow(clippy::expect_used, clippy::panic, reason = "a test")]

use cbor::cose::CoseKey;
use envelope::Info;
use envelope::PreparedOneWay;
use envelope::{OneWayContext, ReplayMemory, UnverifiedOneWay};
use liangzheng_mdoc as mdoc;
use mdoc::holder::Disclosure;
use mdoc::issuer::IssueRequest;
use mdoc::{KeyAuthorizations, ValidityInfo};
use proptest::prelude::*;
use signature::{Algorithm, Curve, PublicKey, Signer as _, verify};
use testkit::draft::NOW;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::{TestKey, TestRandom, cose_key};
use testkit::sample::{DOC_TYPE, ROADSIDE, licence_elements};

const CURVES: [Curve; 5] =
    [Curve::P256, Curve::P384, Curve::P521, Curve::BrainpoolP256r1, Curve::BrainpoolP384r1];

fn issuer(iaca_curve: Curve, ds_curve: Curve) -> TestIssuer {
    TestIssuer::new(&TestIssuerOptions { iaca_curve, ds_curve, ..TestIssuerOptions::default() })
}

/// Issues, shows and verifies one licence.
fn whole_way(iaca: Curve, ds: Curve, device: Curve) {
    let issuer = issuer(iaca, ds);
    let key = TestKey::new("device", device);
    let day = NOW.floor_to_day();
    let request = IssueRequest {
        doc_type: DOC_TYPE,
        elements: licence_elements(),
        device_key: cose_key(&key),
        validity_info: ValidityInfo {
            signed: day,
            valid_from: day,
            valid_until: day.plus_seconds(90 * 86_400),
            expected_update: None,
        },
        key_authorizations: KeyAuthorizations::default(),
        status: None,
    };
    let mut random = TestRandom::new("issue");
    let bytes = issuer.signer().issue(&request, &mut |buffer| random.fill(buffer)).expect("a credential");
    let unverified = mdoc::holder::UnverifiedCredential::decode(&bytes).expect("its own credential");
    let trust = issuer.trust();
    let credential = mdoc::holder::verify_credential(&unverified, &trust, NOW, &signature::RustCrypto)
        .expect("a credential");
    let info = Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: [1; 16], aud: None, purpose: None };
    let disclosure = Disclosure::select(&credential, ROADSIDE);
    let prepared = PreparedOneWay::prepare(disclosure, info).expect("an Info");
    let signature = key.sign(prepared.to_be_signed());
    let shown = prepared.complete(&signature).expect("a presentation");
    let memory = ReplayMemory::new();
    let context = OneWayContext {
        trust: &trust,
        now: NOW,
        clock_floor: NOW,
        memory: &memory,
        audience: None,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    let unverified = UnverifiedOneWay::decode(shown.payload()).expect("an Envelope");
    let verified = unverified
        .verify(&context)
        .unwrap_or_else(|error| panic!("{iaca:?} {ds:?} {device:?}: {error}"))
        .into_presentation();
    assert_eq!(verified.device_key().public_key(), &key.public_key());
    assert_eq!(verified.issued().elements().len(), ROADSIDE.len());
}

#[test]
fn issuers_and_devices_on_every_curve() {
    for curve in CURVES {
        whole_way(curve, curve, curve);
        whole_way(curve, Curve::P256, Curve::P256);
        whole_way(Curve::P256, curve, Curve::P256);
        whole_way(Curve::P256, Curve::P256, curve);
    }
}

#[test]
fn an_algorithm_takes_no_key_and_no_length_but_its_own() {
    for own in CURVES {
        let key = TestKey::new("key", own);
        let good = key.sign(b"message");
        assert_eq!(good.len(), key.algorithm().signature_length());
        for other in CURVES {
            let algorithm = Algorithm::for_curve(other).expect("an algorithm");
            let result = verify(algorithm, &key.public_key(), b"message", &good, &signature::RustCrypto);
            assert_eq!(result.is_ok(), own == other, "{own:?} {other:?}");
        }
        let refused = |bytes: &[u8]| {
            verify(key.algorithm(), &key.public_key(), b"message", bytes, &signature::RustCrypto).is_err()
        };
        assert!(refused(good.get(1..).expect("a tail")));
        assert!(refused(&[&[0], good.as_slice()].concat()));
        assert!(refused(&[good.as_slice(), &[0]].concat()));
        assert!(refused(&vec![0; good.len()]));
        assert!(refused(&vec![0xff; good.len()]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_come_back(label in "[a-z]{1,9}", at in 0_usize..CURVES.len(), flip in any::<prop::sample::Index>()) {
        let Some(curve) = CURVES.get(at) else { return Ok(()) };
        let key = cose_key(&TestKey::new(&label, *curve));
        prop_assert_eq!(CoseKey::decode(&cbor::encode(&key.to_value())), Ok(key));
        // a point has no name: without one it is on the NIST curve of its length
        let nist = matches!(*curve, Curve::P256 | Curve::P384 | Curve::P521);
        prop_assert_eq!(CoseKey::from_sec1(&key.to_sec1()).ok(), nist.then_some(key));
        // a point with a changed byte is on the curve no more
        let mut sec1 = key.to_sec1();
        let place = 1 + flip.index(sec1.len() - 1);
        if let Some(byte) = sec1.get_mut(place) { *byte ^= 1; }
        prop_assert_eq!(PublicKey::from_sec1(*curve, &sec1), None);
    }
}
