//! Properties of certificates and COSE: what is written is read again, and verifies.
#![allow(clippy::unwrap_used, reason = "a test")]
use cbor::Timestamp;
use cbor::cose::{CoseKey, CoseSign1, PROTECTED_ES256, sig_structure};
use p256::ecdsa::SigningKey;
use proptest::prelude::*;
use signature::{PublicKey, sign_es256};
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Certificate, Name, ids};

fn key() -> impl Strategy<Value = SigningKey> {
    any::<[u8; 32]>().prop_filter_map("a scalar", |bytes| SigningKey::from_slice(&bytes).ok())
}

/// Moments from 1970 to 2100, on both sides of the change of notation in 2050.
fn moment() -> impl Strategy<Value = Timestamp> {
    (0i64..4_102_444_800).prop_map(Timestamp::from_unix)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn certificates(
        key in key(),
        (serial, from, until) in (prop::collection::vec(any::<u8>(), 1..=19), moment(), moment()),
        (common_name, state) in ("\\PC{1,60}", prop::option::of("[A-Z]{2}-[0-9]{1,3}")),
    ) {
        prop_assume!(serial.iter().any(|b| *b != 0));
        let subject = Name::new("CN", state.as_deref(), &common_name);
        let fields = CertificateFields::new(&serial, from, until, &key, "https://test.invalid/crl");
        let template = CertificateTemplate::iaca(subject.clone(), "ca@test.invalid", &fields);
        let der = template.sign(&key);
        let certificate = Certificate::decode(&der).unwrap();
        prop_assert_eq!(certificate.as_der(), der.as_slice());
        prop_assert_eq!(certificate.tbs().to_vec(), template.tbs());
        prop_assert_eq!(certificate.subject(), &subject);
        prop_assert_eq!(certificate.subject().common_name(), Some(common_name.as_str()));
        prop_assert_eq!(certificate.subject().state_or_province(), state.as_deref());
        prop_assert_eq!((certificate.not_before(), certificate.not_after()), (from, until));
        prop_assert_eq!(certificate.extensions(), template.extensions.as_slice());
        prop_assert_eq!(certificate.public_key(), &PublicKey::from(&key));
        prop_assert!(certificate.extension(ids::KEY_USAGE).is_some());
        let significant = |octets: &[u8]| octets.iter().copied().skip_while(|b| *b == 0).collect::<Vec<_>>();
        prop_assert_eq!(significant(certificate.serial()), significant(&serial));
        prop_assert!(certificate.verify_signed_by(&PublicKey::from(&key), &signature::RustCrypto).is_ok());
    }

    #[test]
    fn messages(key in key(), payload: Vec<u8>, chain in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..50), 0..4)) {
        let signature = sign_es256(&key, &sig_structure(&PROTECTED_ES256, &payload));
        let message = CoseSign1::es256(chain.clone(), Some(payload.clone()), signature);
        let again = CoseSign1::decode(&cbor::encode(&message.to_value())).unwrap();
        prop_assert_eq!(&again, &message);
        prop_assert_eq!(again.x5chain(), chain.as_slice());
        let (_valid, verified) = again.verify(&PublicKey::from(&key), &signature::RustCrypto).unwrap();
        prop_assert_eq!(verified, payload.as_slice());
    }

    #[test]
    fn keys(key in key()) {
        let public = CoseKey::try_from(&PublicKey::from(&key)).unwrap();
        prop_assert_eq!(CoseKey::decode(&cbor::encode(&public.to_value())), Ok(public));
        prop_assert_eq!(CoseKey::from_sec1(&public.to_sec1()), Ok(public));
        prop_assert_eq!(public.public_key(), &PublicKey::from(&key));
    }
}
