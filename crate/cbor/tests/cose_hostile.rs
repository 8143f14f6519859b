//! Hostile COSE (`T-cose`, `T-signature-edges`, `T-device-key`): one message a rule, with the code that it must give.
#![allow(clippy::unwrap_used, reason = "a test")]

use cbor::Value;
use cbor::cose::{CoseError, CoseKey, CoseMac0, CoseSign1, PROTECTED_ES256, sig_structure};
use liangzheng_cbor as cbor;
use p256::ecdsa::SigningKey;
use signature::{Curve, PublicKey, sign_es256};

const PAYLOAD: &[u8] = b"payload";

fn key() -> SigningKey {
    SigningKey::from_slice(&[7; 32]).unwrap()
}

/// A message with these headers, correctly signed.
fn message(protected: &[u8], unprotected: Value) -> Vec<u8> {
    let signature = sign_es256(&key(), &sig_structure(protected, PAYLOAD));
    let parts = [Value::bytes(protected), unprotected, Value::bytes(PAYLOAD), Value::bytes(signature)];
    cbor::encode(&Value::array(parts))
}

fn headers(pairs: &[(i64, Value)]) -> Vec<u8> {
    cbor::encode(&Value::integer_map(pairs.to_vec()))
}

fn none() -> Value {
    Value::integer_map([])
}

/// The code of the whole way: decode, then verify.
fn code(bytes: &[u8], key: &PublicKey) -> &'static str {
    let outcome = CoseSign1::decode(bytes).and_then(|m| m.verify(key, &signature::RustCrypto).map(|_| ()));
    outcome.map_or_else(|e| e.code(), |()| "valid")
}

#[test]
fn headers_one_rule_each() {
    let alg = |id: i64| (1, Value::integer(id));
    let chain = || Value::bytes([0x30]);
    let es256 = PROTECTED_ES256.as_slice();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("plain", message(es256, none()), "valid"),
        ("fully specified name -9", message(&headers(&[alg(-9)]), none()), "valid"),
        ("long head in the protected header", message(&[0xa1, 0x01, 0x38, 0x06], none()), "valid"),
        ("kid ignored", message(es256, Value::integer_map([(4, Value::bytes([1]))])), "valid"),
        ("kid undefined", message(es256, Value::integer_map([(4, Value::Undefined)])), "valid"),
        ("chain of one", message(es256, Value::integer_map([(33, chain())])), "valid"),
        (
            "chain of one in an array",
            message(es256, Value::integer_map([(33, Value::array([chain()]))])),
            "valid",
        ),
        ("no alg", message(&headers(&[]), none()), "cose-alg-missing"),
        ("empty protected header", message(&[], none()), "cose-alg-missing"),
        ("alg unprotected only", message(&[], Value::integer_map([alg(-7)])), "cose-alg-unprotected"),
        ("alg in both", message(es256, Value::integer_map([alg(-7)])), "cose-alg-unprotected"),
        ("another alg unprotected", message(es256, Value::integer_map([alg(-35)])), "cose-alg-unprotected"),
        ("alg twice", message(&[0xa2, 0x01, 0x26, 0x01, 0x27], none()), "cose-header-duplicate"),
        (
            "alg twice in two widths",
            message(&[0xa2, 0x01, 0x26, 0x18, 0x01, 0x27], none()),
            "cose-header-duplicate",
        ),
        (
            "kid in both",
            message(
                &headers(&[alg(-7), (4, Value::bytes([1]))]),
                Value::integer_map([(4, Value::bytes([2]))]),
            ),
            "cose-header-duplicate",
        ),
        ("ES384 by a key on P-256", message(&headers(&[alg(-35)]), none()), "cose-alg-curve"),
        ("ESP384 by a key on P-256", message(&headers(&[alg(-51)]), none()), "cose-alg-curve"),
        ("ES512 by a key on P-256", message(&headers(&[alg(-36)]), none()), "cose-alg-curve"),
        ("ESP512 by a key on P-256", message(&headers(&[alg(-52)]), none()), "cose-alg-curve"),
        ("ESB256 by a key on P-256", message(&headers(&[alg(-265)]), none()), "cose-alg-curve"),
        ("ESB384 by a key on P-256", message(&headers(&[alg(-267)]), none()), "cose-alg-curve"),
        ("ESB320", message(&headers(&[alg(-266)]), none()), "cose-brainpool"),
        ("ESB512", message(&headers(&[alg(-268)]), none()), "cose-brainpool"),
        ("an unassigned number", message(&headers(&[alg(-269)]), none()), "cose-alg-unsupported"),
        ("EdDSA", message(&headers(&[alg(-8)]), none()), "cose-alg-unsupported"),
        ("HMAC", message(&headers(&[alg(5)]), none()), "cose-alg-unsupported"),
        ("alg by name", message(&headers(&[(1, Value::text("ES256"))]), none()), "cose-alg-unsupported"),
        (
            "crit",
            message(&headers(&[alg(-7), (2, Value::array([Value::integer(99)])), (99, Value::Null)]), none()),
            "cose-crit",
        ),
        (
            "crit unprotected",
            message(es256, Value::integer_map([(2, Value::array([Value::integer(4)]))])),
            "cose-crit",
        ),
        ("chain protected", message(&headers(&[alg(-7), (33, chain())]), none()), "cose-x5chain-protected"),
        ("chain empty", message(es256, Value::integer_map([(33, Value::array([]))])), "cose-x5chain-form"),
        ("chain a text", message(es256, Value::integer_map([(33, Value::text("x"))])), "cose-x5chain-form"),
        (
            "chain too long",
            message(
                es256,
                Value::integer_map([(33, Value::array([chain(), chain(), chain(), chain(), chain()]))]),
            ),
            "cose-x5chain-form",
        ),
        ("protected header no map", message(&[0x80], none()), "cose-protected"),
        ("protected header cut", message(&[0xa1, 0x01], none()), "cbor-length"),
        ("byte label", message(&[0xa2, 0x01, 0x26, 0x41, 0x00, 0x00], none()), "cose-protected"),
        (
            "byte label unprotected",
            message(es256, Value::Map(vec![(Value::bytes([0]), Value::Null)])),
            "cose-protected",
        ),
        ("protected map instead of bytes", cbor::encode(&raw_parts(|p| p[0] = none())), "cose-protected"),
        ("unprotected no map", cbor::encode(&raw_parts(|p| p[1] = Value::bytes([]))), "cose-structure"),
        ("tagged 18", cbor::encode(&Value::tagged(18, raw_parts(|_| {}))), "cose-structure"),
        ("three parts", cbor::encode(&raw_parts(|p| drop(p.pop()))), "cose-structure"),
        ("payload a text", cbor::encode(&raw_parts(|p| p[2] = Value::text("payload"))), "cose-structure"),
        ("payload missing", cbor::encode(&raw_parts(|p| p[2] = Value::Null)), "cose-payload"),
        ("payload changed", cbor::encode(&raw_parts(|p| p[2] = Value::bytes(b"other"))), "cose-signature"),
        (
            "protected bytes changed",
            cbor::encode(&raw_parts(|p| p[0] = Value::bytes([0xa1, 0x01, 0x28]))),
            "cose-signature",
        ),
    ];
    let key = PublicKey::from(&key());
    for (what, bytes, expected) in &cases {
        assert_eq!(code(bytes, &key), *expected, "{what}");
    }
    println!("{} COSE messages", cases.len());
    let other_curve = PublicKey::unsupported(Curve::P384);
    assert_eq!(code(&message(es256, none()), &other_curve), "cose-alg-curve");
    let brainpool = PublicKey::unsupported(Curve::Brainpool);
    assert_eq!(code(&message(es256, none()), &brainpool), "cose-brainpool");
    assert_eq!(
        code(&message(es256, none()), &PublicKey::from(&SigningKey::from_slice(&[8; 32]).unwrap())),
        "cose-signature"
    );
}

fn raw_parts(change: impl FnOnce(&mut Vec<Value>)) -> Value {
    let signature = sign_es256(&key(), &sig_structure(&PROTECTED_ES256, PAYLOAD));
    let mut parts =
        vec![Value::bytes(PROTECTED_ES256), none(), Value::bytes(PAYLOAD), Value::bytes(signature)];
    change(&mut parts);
    Value::Array(parts)
}

#[test]
fn signatures_are_exactly_r_and_s() {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
        0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let good = sign_es256(&key(), &sig_structure(&PROTECTED_ES256, PAYLOAD));
    let (r, s) = good.split_at(32);
    let der = p256::ecdsa::Signature::from_slice(&good).unwrap().to_der();
    let twin = p256::ecdsa::Signature::from_slice(&good).unwrap();
    let twin = p256::ecdsa::Signature::from_scalars(twin.r(), -*twin.s()).unwrap();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("good", good.to_vec(), "valid"),
        ("the twin with the other s", twin.to_bytes().to_vec(), "valid"),
        ("DER", der.as_bytes().to_vec(), "cose-signature-form"),
        ("63 bytes", good[..63].to_vec(), "cose-signature-form"),
        ("65 bytes", [&good[..], &[0]].concat(), "cose-signature-form"),
        ("65 bytes, zero in front", [&[0], &good[..]].concat(), "cose-signature-form"),
        ("empty", vec![], "cose-signature-form"),
        ("r = 0", [&[0; 32], s].concat(), "cose-signature-form"),
        ("s = 0", [r, &[0; 32]].concat(), "cose-signature-form"),
        ("r = n", [&ORDER, s].concat(), "cose-signature-form"),
        ("s = n", [r, &ORDER].concat(), "cose-signature-form"),
        ("both 0", vec![0; 64], "cose-signature-form"),
        ("both largest", vec![0xff; 64], "cose-signature-form"),
        ("r and s exchanged", [s, r].concat(), "cose-signature"),
    ];
    for (what, signature, expected) in cases {
        let bytes = cbor::encode(&raw_parts(|p| p[3] = Value::Bytes(signature)));
        assert_eq!(code(&bytes, &PublicKey::from(&key())), expected, "{what}");
    }
}

#[test]
fn a_detached_payload_must_be_detached() {
    let signature = sign_es256(&key(), &sig_structure(&PROTECTED_ES256, PAYLOAD));
    let public = PublicKey::from(&key());
    let detached = CoseSign1::es256(vec![], None, signature);
    assert!(detached.verify_detached(&public, PAYLOAD, &signature::RustCrypto).is_ok());
    assert_eq!(detached.verify(&public, &signature::RustCrypto).unwrap_err(), CoseError::Payload);
    assert_eq!(
        detached.verify_detached(&public, b"other", &signature::RustCrypto).unwrap_err(),
        CoseError::Signature
    );
    let attached = CoseSign1::es256(vec![], Some(PAYLOAD.to_vec()), signature);
    assert_eq!(
        attached.verify_detached(&public, PAYLOAD, &signature::RustCrypto).unwrap_err(),
        CoseError::Payload
    );
    assert_eq!(attached.require_x5chain().unwrap_err().code(), "cose-x5chain-missing");
    for message in [detached, attached] {
        assert_eq!(CoseSign1::decode(&cbor::encode(&message.to_value())).unwrap(), message);
    }
}

#[test]
fn keys_one_rule_each() {
    let good = CoseKey::try_from(&PublicKey::from(&key())).unwrap();
    let sec1 = good.to_sec1();
    let (x, y) = (sec1[1..33].to_vec(), sec1[33..].to_vec());
    let map = |pairs: Vec<(i64, Value)>| cbor::encode(&Value::integer_map(pairs));
    let pair = |label: i64, value: &[u8]| (label, Value::bytes(value));
    let ec2 = (1, Value::integer(2));
    let crv = (-1, Value::integer(1));
    let decoded = |bytes: &[u8]| CoseKey::decode(bytes).map_or_else(|e| e.code(), |_| "valid");
    let mut off = y.clone();
    off[31] ^= 1;
    let cases = [
        ("plain", vec![ec2.clone(), crv.clone(), pair(-2, &x), pair(-3, &y)], "valid"),
        (
            "with kid and alg",
            vec![
                ec2.clone(),
                pair(2, b"k"),
                (3, Value::integer(-7)),
                crv.clone(),
                pair(-2, &x),
                pair(-3, &y),
            ],
            "valid",
        ),
        ("no type", vec![crv.clone(), pair(-2, &x), pair(-3, &y)], "cose-key-form"),
        ("OKP", vec![(1, Value::integer(1)), crv.clone(), pair(-2, &x), pair(-3, &y)], "cose-key-form"),
        ("no curve", vec![ec2.clone(), pair(-2, &x), pair(-3, &y)], "cose-key-form"),
        (
            "P-384 with coordinates of P-256",
            vec![ec2.clone(), (-1, Value::integer(2)), pair(-2, &x), pair(-3, &y)],
            "cose-key-form",
        ),
        (
            "a point of P-256 on brainpoolP256r1",
            vec![ec2.clone(), (-1, Value::integer(256)), pair(-2, &x), pair(-3, &y)],
            "cose-key-point",
        ),
        (
            "brainpoolP320r1",
            vec![ec2.clone(), (-1, Value::integer(257)), pair(-2, &[7; 40]), pair(-3, &[7; 40])],
            "cose-brainpool",
        ),
        (
            "brainpoolP512r1",
            vec![ec2.clone(), (-1, Value::integer(259)), pair(-2, &[7; 64]), pair(-3, &[7; 64])],
            "cose-brainpool",
        ),
        (
            "secp256k1",
            vec![ec2.clone(), (-1, Value::integer(8)), pair(-2, &x), pair(-3, &y)],
            "cose-key-curve",
        ),
        ("compressed", vec![ec2.clone(), crv.clone(), pair(-2, &x), (-3, Value::Bool(true))], "valid"),
        (
            "compressed, off the curve",
            vec![ec2.clone(), crv.clone(), pair(-2, &[7; 32]), (-3, Value::Bool(true))],
            "cose-key-point",
        ),
        ("y a text", vec![ec2.clone(), crv.clone(), pair(-2, &x), (-3, Value::text("y"))], "cose-key-form"),
        ("no y", vec![ec2.clone(), crv.clone(), pair(-2, &x)], "cose-key-form"),
        ("short x", vec![ec2.clone(), crv.clone(), pair(-2, &x[1..]), pair(-3, &y)], "cose-key-form"),
        ("short y", vec![ec2.clone(), crv.clone(), pair(-2, &x), pair(-3, &y[1..])], "cose-key-form"),
        (
            "private",
            vec![ec2.clone(), crv.clone(), pair(-2, &x), pair(-3, &y), pair(-4, &[7; 32])],
            "cose-key-form",
        ),
        ("off the curve", vec![ec2.clone(), crv.clone(), pair(-2, &x), pair(-3, &off)], "cose-key-point"),
        (
            "zero point",
            vec![ec2.clone(), crv.clone(), pair(-2, &[0; 32]), pair(-3, &[0; 32])],
            "cose-key-point",
        ),
        ("beyond the field", vec![ec2, crv, pair(-2, &[0xff; 32]), pair(-3, &[0xff; 32])], "cose-key-point"),
    ];
    for (what, pairs, expected) in cases {
        assert_eq!(decoded(&map(pairs)), expected, "{what}");
    }
    assert_eq!(decoded(&[0x80]), "cose-key-form");
    assert_eq!(CoseKey::from_sec1(&sec1), Ok(good));
    assert_eq!(CoseKey::decode(&cbor::encode(&good.to_value())), Ok(good));
    assert_eq!(CoseKey::from_sec1(&sec1[..64]).unwrap_err(), CoseError::KeyForm);
    let mut compressed = sec1;
    compressed[0] = 2;
    assert_eq!(CoseKey::from_sec1(&compressed).unwrap_err(), CoseError::KeyForm);
}

#[test]
fn a_key_verifies_signatures_where_its_own_restrictions_let_it() {
    let good = CoseKey::try_from(&PublicKey::from(&key())).unwrap();
    let sec1 = good.to_sec1();
    let read = |label: i64, value: Value| {
        let point = [(-2, Value::bytes(&sec1[1..33])), (-3, Value::bytes(&sec1[33..]))];
        let kind = [(1, Value::integer(2)), (-1, Value::integer(1)), (label, value)];
        CoseKey::decode(&cbor::encode(&Value::integer_map(kind.into_iter().chain(point)))).unwrap()
    };
    let ops = |ops: &[i64]| read(4, Value::array(ops.iter().map(|op| Value::integer(*op))));
    let alg = |alg: i64| read(3, Value::integer(alg));
    let named = read(4, Value::array([Value::text("verify")]));
    for key in [good, alg(-7), alg(-9), ops(&[2]), ops(&[1, 2]), named, read(2, Value::bytes([7]))] {
        assert_eq!(key.verifying_key(), Ok(good.public_key()));
        assert_eq!(key, good);
    }
    let others = [alg(-35), alg(-8), alg(-25), ops(&[]), ops(&[1]), ops(&[7, 8])];
    let texts = [
        read(3, Value::text("ES256")),
        read(4, Value::integer(2)),
        read(4, Value::array([Value::text("sign")])),
    ];
    for key in others.into_iter().chain(texts) {
        assert_eq!(key.verifying_key(), Err(CoseError::KeyForm));
        assert_eq!(key.public_key(), good.public_key(), "a MAC may be agreed on with it");
    }
}

#[test]
fn the_sign_of_a_compressed_key_says_which_of_two_points_it_is() {
    let mut seen = [false; 2];
    for scalar in 1..=8 {
        let key = PublicKey::from(&SigningKey::from_slice(&[scalar; 32]).unwrap());
        let good = CoseKey::try_from(&key).unwrap();
        let sec1 = good.to_sec1();
        let odd = sec1[64] & 1 == 1;
        seen[usize::from(odd)] = true;
        let with_sign = |sign: bool| {
            let pairs = [
                (1, Value::integer(2)),
                (-1, Value::integer(1)),
                (-2, Value::bytes(&sec1[1..33])),
                (-3, Value::Bool(sign)),
            ];
            CoseKey::decode(&cbor::encode(&Value::integer_map(pairs))).unwrap()
        };
        assert_eq!(with_sign(odd), good);
        assert_ne!(with_sign(!odd), good);
    }
    assert_eq!(seen, [true; 2], "keys of both signs");
}

#[test]
fn macs() {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let secret = [9; 32];
    let protected = [0xa1, 0x01, 0x05];
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&secret).unwrap();
    mac.update(&cbor::cose::mac_structure(&protected, PAYLOAD));
    let tag = mac.finalize().into_bytes().to_vec();
    let parts = |protected: &[u8], payload: Value, tag: &[u8]| {
        cbor::encode(&Value::array([Value::bytes(protected), none(), payload, Value::bytes(tag)]))
    };
    let code = |bytes: &[u8], secret: &[u8; 32]| {
        let outcome = CoseMac0::decode(bytes).and_then(|m| m.verify_detached(secret, PAYLOAD).map(|_| ()));
        outcome.map_or_else(|e| e.code(), |()| "valid")
    };
    let mut flipped = tag.clone();
    flipped[0] ^= 1;
    assert_eq!(code(&parts(&protected, Value::Null, &tag), &secret), "valid");
    assert_eq!(code(&parts(&protected, Value::Null, &tag), &[8; 32]), "cose-mac");
    assert_eq!(code(&parts(&protected, Value::Null, &flipped), &secret), "cose-mac");
    assert_eq!(code(&parts(&protected, Value::Null, &tag[..31]), &secret), "cose-mac");
    assert_eq!(code(&parts(&protected, Value::Null, &[]), &secret), "cose-mac");
    assert_eq!(code(&parts(&protected, Value::bytes(PAYLOAD), &tag), &secret), "cose-payload");
    assert_eq!(code(&parts(&[0xa1, 0x01, 0x04], Value::Null, &tag), &secret), "cose-alg-unsupported");
    assert_eq!(code(&parts(&PROTECTED_ES256, Value::Null, &tag), &secret), "cose-alg-unsupported");
}
