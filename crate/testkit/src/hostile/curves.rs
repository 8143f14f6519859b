//! Keys and signatures on the NIST curves, and none on another curve than its own.

use cbor::cose::protected_header;
use cbor::{Value, encode};
use signature::{Algorithm, Curve};

use super::bytes::changed;
use super::world;
use super::{Hostile, Threat};
use crate::draft::{get_mut, set};
use crate::issuer::TestIssuer;
use crate::random::TestKey;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let (p384, p521) = (world::issuer("p384"), world::issuer("p521"));
    let alg = |number: i64| encode(&Value::integer_map([(1, Value::integer(number))]));
    let accepted = |rule, description, payload| Hostile::accepted(rule, Threat::Cose, description, payload);
    let cose = |rule, code, description, payload| {
        Hostile::refused(rule, Threat::Cose, "cose", code, description, payload)
    };
    let device = |curve: Curve| changed(issuer, |d| d.set_device_key(TestKey::new("device", curve)));
    let device_key = |number: i64, coordinate: usize| {
        let key = Value::integer_map([
            (1, Value::integer(2)),
            (-1, Value::integer(number)),
            (-2, Value::Bytes(vec![1; coordinate])),
            (-3, Value::Bytes(vec![1; coordinate])),
        ]);
        changed(issuer, |d| set(get_mut(&mut d.mso, "deviceKeyInfo"), "deviceKey", key))
    };
    let signature =
        |issuer: &TestIssuer, bytes: Vec<u8>| changed(issuer, |d| d.issuer_auth.signature = Some(bytes));
    let header =
        |issuer: &TestIssuer, protected: Vec<u8>| changed(issuer, |d| d.issuer_auth.protected = protected);
    vec![
        accepted("curve-p384", "Authority and DS key on P-384.", changed(p384, |_| {})),
        accepted("curve-p521", "Authority and DS key on P-521.", changed(p521, |_| {})),
        accepted("curve-p384-over-p256", "A DS key on P-256 under an authority on P-384.", {
            changed(world::issuer("p384-over-p256"), |_| {})
        }),
        accepted("device-key-p384", "A device key on P-384.", device(Curve::P384)),
        accepted("device-key-p521", "A device key on P-521.", device(Curve::P521)),
        accepted("cose-alg-esp256", "ESP256, the fully specified name of ES256.", header(issuer, alg(-9))),
        accepted("cose-alg-esp384", "ESP384, the fully specified name of ES384.", header(p384, alg(-51))),
        accepted("cose-alg-esp512", "ESP512, the fully specified name of ES512.", header(p521, alg(-52))),
        cose("cose-alg-es384-on-p256", "cose-alg-curve", "ES384 by a key on P-256.", {
            header(issuer, protected_header(Algorithm::Es384))
        }),
        cose("cose-alg-es256-on-p384", "cose-alg-curve", "ES256 by a key on P-384.", {
            header(p384, protected_header(Algorithm::Es256))
        }),
        cose("device-alg-es512-on-p256", "cose-alg-curve", "The device signs ES512 with a key on P-256.", {
            changed(issuer, |d| d.device_auth.protected = protected_header(Algorithm::Es512))
        }),
        cose("signature-p384-short", "cose-signature-form", "95 bytes of a signature on P-384.", {
            signature(p384, vec![1; 95])
        }),
        cose("signature-p384-of-p256", "cose-signature-form", "64 bytes of a signature on P-384.", {
            signature(p384, vec![1; 64])
        }),
        cose("signature-p521-long", "cose-signature-form", "133 bytes of a signature on P-521.", {
            signature(p521, vec![1; 133])
        }),
        Hostile::refused(
            "signature-p521-other",
            Threat::SignatureEdges,
            "issuer-signed",
            "issuer-signature",
            "A signature on P-521 that is another's.",
            signature(p521, [vec![0], vec![1; 65], vec![0], vec![1; 65]].concat()),
        ),
        Hostile::refused(
            "device-key-p384-off-curve",
            Threat::DeviceKey,
            "profile",
            "device-key",
            "The device key is no point of P-384.",
            device_key(2, 48),
        ),
        Hostile::refused(
            "device-key-p384-short",
            Threat::DeviceKey,
            "profile",
            "device-key",
            "Coordinates of P-256 under the name of P-384.",
            device_key(2, 32),
        ),
        Hostile::refused(
            "device-key-secp256k1",
            Threat::DeviceKey,
            "profile",
            "device-key",
            "A device key on a curve that the standard does not list.",
            device_key(8, 32),
        ),
    ]
}
