//! An archive of presentations for `cargo xtask bench batch`, each with its own licence, device key and nonce.
#![allow(clippy::expect_used, reason = "a tool of the tests: what it makes itself is right")]

use base64ct::{Base64UrlUnpadded, Encoding as _};
use cbor::Value;
use envelope::{Info, UnverifiedOneWay};
use mdoc::TrustAnchors;
use serde_json::json;
use signature::UnverifiedSignature;
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::{TestRandom, signing_key};
use testkit::sample::{ROADSIDE, jpeg, licence_elements};

/// An authority, and the trust anchors for its licences.
pub struct Authority {
    /// Its certificates and keys.
    pub issuer: TestIssuer,
    trust: TrustAnchors,
}

/// A presentation of an archive.
pub struct Archived {
    /// The line of NDJSON, without the line break.
    pub line: String,
    /// The signatures to verify: of the DS certificate, the issuer and the device.
    pub signatures: Vec<UnverifiedSignature>,
}

impl Authority {
    /// Creates the authority with this number.
    #[must_use]
    pub fn new(number: usize) -> Self {
        let name = format!("Archive authority {number}");
        let options =
            TestIssuerOptions { seed: name.clone(), iaca_name: name, ..TestIssuerOptions::default() };
        let issuer = TestIssuer::new(&options);
        Self { trust: issuer.trust(), issuer }
    }

    /// Issues the licence with this number to a device of its own and presents it for the purpose *roadside*.
    ///
    /// # Panics
    /// Panics if it cannot be made.
    #[must_use]
    pub fn present(&self, number: usize) -> Archived {
        let id = format!("{number:06}");
        let key = signing_key(&id);
        let mut random = TestRandom::new(&id);
        let mut elements = licence_elements();
        for (_, name, value) in &mut elements {
            match *name {
                "document_number" => *value = Value::text(format!("000000199003{id}")),
                "portrait_small" => *value = Value::bytes(jpeg(120, 174, 700, &mut random)),
                _ => {}
            }
        }
        let holder = TestHolder::issued(&self.issuer, key, elements, None, NOW, &mut random);
        let info =
            Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: random.array(), aud: None, purpose: None };
        let shown = holder.present_with(ROADSIDE, info);
        let unverified = UnverifiedOneWay::from_envelope(shown.envelope()).expect("a presentation");
        let presentation = Base64UrlUnpadded::encode_string(shown.payload());
        let line = json!({ "id": id, "presentation": presentation, "at": NOW.format_tdate() });
        Archived { line: line.to_string(), signatures: unverified.signatures(&self.trust) }
    }
}
