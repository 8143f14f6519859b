//! The brainpool curves: two that are verified, and two that are refused by name.

use cbor::cose::{protected_header, sig_structure};
use cbor::{Value, encode};
use ecdsa::Signature;
use signature::{Algorithm, Curve, Signer as _};

use super::bytes::changed;
use super::certificates::{ds, of, profile, shown};
use super::world::{self, ORDER_P256R1};
use super::{Hostile, Threat};
use crate::draft::{get_mut, set};
use crate::issuer::TestIssuer;
use crate::random::TestKey;

/// The last octet of the curves' object identifiers, 1.3.36.3.3.2.8.1.1.x.
const P256R1: u8 = 7;
const P256T1: u8 = 8;
const P512R1: u8 = 13;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    [right(issuer), algorithms(issuer), keys(issuer), signatures()].concat()
}

fn alg(number: i64) -> Vec<u8> {
    encode(&Value::integer_map([(1, Value::integer(number))]))
}

fn accepted(rule: &'static str, description: &'static str, payload: Vec<u8>) -> Hostile {
    Hostile::accepted(rule, Threat::Cose, description, payload)
}

fn cose(rule: &'static str, code: &str, description: &'static str, payload: Vec<u8>) -> Hostile {
    Hostile::refused(rule, Threat::Cose, "cose", code, description, payload)
}

fn with_header(issuer: &TestIssuer, protected: Vec<u8>) -> Vec<u8> {
    changed(issuer, |d| d.issuer_auth.protected = protected)
}

/// Returns a presentation whose DS certificate names another curve for its key.
fn with_ds_curve(issuer: &TestIssuer, octet: u8) -> Vec<u8> {
    let mut template = ds(issuer);
    template.spki = world::brainpool_spki(&template.spki, octet);
    of(issuer, &template)
}

/// Returns a presentation whose device key is a point under the name of another curve.
fn with_device_point(issuer: &TestIssuer, curve: i64, point: &[u8]) -> Vec<u8> {
    let (x, y) = point.split_at(point.len() / 2);
    let key = Value::integer_map([
        (1, Value::integer(2)),
        (-1, Value::integer(curve)),
        (-2, Value::bytes(x)),
        (-3, Value::bytes(y)),
    ]);
    changed(issuer, |d| set(get_mut(&mut d.mso, "deviceKeyInfo"), "deviceKey", key))
}

fn right(issuer: &TestIssuer) -> Vec<Hostile> {
    let device = |curve| changed(issuer, |d| d.set_device_key(TestKey::new("device", curve)));
    let (p256r1, p384r1) = (world::issuer("brainpool-p256r1"), world::issuer("brainpool-p384r1"));
    vec![
        accepted(
            "issuer-brainpool",
            "Authority and DS key on brainpoolP256r1, signed by ES256.",
            changed(p256r1, |_| {}),
        ),
        accepted(
            "issuer-brainpool-p384",
            "Authority and DS key on brainpoolP384r1, signed by ES384.",
            changed(p384r1, |_| {}),
        ),
        accepted("cert-key-brainpool", "A DS key on brainpoolP256r1 under an authority on P-384.", {
            changed(world::issuer("brainpool-under-p384"), |_| {})
        }),
        accepted("device-key-brainpool", "A device key on brainpoolP256r1.", device(Curve::BrainpoolP256r1)),
        accepted(
            "device-key-brainpool-p384",
            "A device key on brainpoolP384r1.",
            device(Curve::BrainpoolP384r1),
        ),
        accepted(
            "cose-alg-brainpool",
            "ESB256, the fully specified name of ES256 on brainpoolP256r1.",
            with_header(p256r1, alg(-265)),
        ),
        accepted(
            "cose-alg-esb384",
            "ESB384, the fully specified name of ES384 on brainpoolP384r1.",
            with_header(p384r1, alg(-267)),
        ),
    ]
}

fn algorithms(issuer: &TestIssuer) -> Vec<Hostile> {
    let (p256r1, p384r1) = (world::issuer("brainpool-p256r1"), world::issuer("brainpool-p384r1"));
    vec![
        cose("cose-alg-esb256-on-p256", "cose-alg-curve", "ESB256 by a key on P-256.", {
            with_header(issuer, alg(-265))
        }),
        cose("cose-alg-esp256-on-brainpool", "cose-alg-curve", "ESP256 by a key on brainpoolP256r1.", {
            with_header(p256r1, alg(-9))
        }),
        cose("cose-alg-es384-on-brainpool", "cose-alg-curve", "ES384 by a key on brainpoolP256r1.", {
            with_header(p256r1, protected_header(Algorithm::Es384))
        }),
        cose("cose-alg-es256-on-brainpool", "cose-alg-curve", "ES256 by a key on brainpoolP384r1.", {
            with_header(p384r1, protected_header(Algorithm::Es256))
        }),
        cose(
            "device-alg-esb256-on-p256",
            "cose-alg-curve",
            "The device signs ESB256 with a key on P-256.",
            changed(issuer, |d| d.device_auth.protected = alg(-265)),
        ),
        cose("cose-alg-esb512", "cose-brainpool", "ESB512, which is not verified here.", {
            with_header(issuer, alg(-268))
        }),
    ]
}

fn keys(issuer: &TestIssuer) -> Vec<Hostile> {
    let point = |curve| {
        let key = TestKey::new("device", curve).public_key().to_sec1().expect("a point");
        key.get(1..).unwrap_or_default().to_vec()
    };
    let device_key = |rule, description, curve, point: &[u8]| {
        let payload = with_device_point(issuer, curve, point);
        Hostile::refused(rule, Threat::DeviceKey, "profile", "device-key", description, payload)
    };
    // the same octets, said to be on P-256
    let mut as_p256 = ds(world::issuer("brainpool-under-p256"));
    as_p256.spki = world::p256_spki(&as_p256.spki);
    vec![
        Hostile::refused(
            "issuer-brainpool-p320",
            Threat::Cose,
            "issuer-trusted",
            "chain-brainpool",
            "An authority whose key is on brainpoolP320r1.",
            shown(issuer, world::brainpool_p320().1),
        ),
        cose("cert-key-brainpool-p512", "cose-brainpool", "A DS key on brainpoolP512r1.", {
            with_ds_curve(issuer, P512R1)
        }),
        cose("cert-key-brainpool-twisted", "cose-alg-curve", "A DS key on brainpoolP256t1.", {
            with_ds_curve(issuer, P256T1)
        }),
        profile(
            "cert-key-p256-as-brainpool",
            "key",
            "A point of P-256 under the name of brainpoolP256r1.",
            with_ds_curve(issuer, P256R1),
        ),
        profile(
            "cert-key-brainpool-as-p256",
            "key",
            "A point of brainpoolP256r1 under the name of P-256.",
            of(world::issuer("brainpool-under-p256"), &as_p256),
        ),
        cose("device-key-brainpool-p320", "cose-brainpool", "A device key on brainpoolP320r1.", {
            with_device_point(issuer, 257, &[1; 80])
        }),
        device_key(
            "device-key-p256-as-brainpool",
            "A device key of P-256 under the name of brainpoolP256r1.",
            256,
            &point(Curve::P256),
        ),
        device_key(
            "device-key-brainpool-as-p256",
            "A device key of brainpoolP256r1 under the name of P-256.",
            1,
            &point(Curve::BrainpoolP256r1),
        ),
        device_key(
            "device-key-brainpool-as-p384",
            "A device key of brainpoolP384r1 under the name of P-384.",
            2,
            &point(Curve::BrainpoolP384r1),
        ),
        device_key("device-key-brainpool-off-curve", "No point of brainpoolP384r1.", 258, &[1; 96]),
        device_key(
            "device-key-brainpool-short",
            "Coordinates of 32 bytes for brainpoolP384r1.",
            258,
            &[1; 64],
        ),
    ]
}

fn signatures() -> Vec<Hostile> {
    let issuer = world::issuer("brainpool-p256r1");
    let signed = |signature: Vec<u8>| changed(issuer, |d| d.issuer_auth.signature = Some(signature));
    let form =
        |rule, description, signature| cose(rule, "cose-signature-form", description, signed(signature));
    let one = [&[0; 31][..], &[1]].concat();
    let high_s = changed(issuer, |d| {
        let payload = encode(&Value::encoded_cbor(encode(&d.mso)));
        let low = d.issuer_auth.key.sign(&sig_structure(&d.issuer_auth.protected, &payload));
        let low = Signature::<bp256::BrainpoolP256r1>::from_slice(&low).expect("a signature");
        let (r, s) = low.split_scalars();
        let twin = Signature::<bp256::BrainpoolP256r1>::from_scalars(r, -s);
        d.issuer_auth.signature = Some(twin.expect("a signature").to_bytes().to_vec());
    });
    vec![
        form("signature-brainpool-zero", "r and s on brainpoolP256r1 are zero.", vec![0; 64]),
        form("signature-brainpool-s-zero", "s on brainpoolP256r1 is zero.", [&one[..], &[0; 32]].concat()),
        form("signature-brainpool-order", "r on brainpoolP256r1 is the order.", {
            [&ORDER_P256R1[..], &one].concat()
        }),
        form("signature-brainpool-long", "96 bytes of a signature on brainpoolP256r1.", vec![1; 96]),
        accepted(
            "signature-brainpool-high-s",
            "The other s of a signature on brainpoolP256r1, which ECDSA allows.",
            high_s,
        ),
        Hostile::refused(
            "signature-brainpool-other",
            Threat::SignatureEdges,
            "issuer-signed",
            "issuer-signature",
            "A signature on brainpoolP256r1 that is another's.",
            signed(vec![1; 64]),
        ),
    ]
}
