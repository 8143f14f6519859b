//! An archive of presentations for `cargo xtask bench batch`: each of another licence, another device key and another
//! moment's nonce.
#![allow(clippy::expect_used, reason = "a tool of the tests: what it makes itself is right")]

use base64ct::{Base64UrlUnpadded, Encoding as _};
use cbor::Value;
use envelope::{Info, PreparedOneWay, UnverifiedOneWay};
use mdoc::Disclosure;
use mdoc::IssueRequest;
use mdoc::TrustAnchors;
use mdoc::{KeyAuthorizations, ValidityInfo};
use mdoc::{UnverifiedCredential, verify_credential};
use serde_json::json;
use signature::{UnverifiedSignature, sign_es256};
use testkit::draft::NOW;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::{TestRandom, cose_key, signing_key};
use testkit::sample::{DOC_TYPE, ROADSIDE, jpeg, licence_elements};

const DAY: i64 = 86_400;

/// An authority with its trust.
pub struct Authority {
    /// Its certificates and keys.
    pub issuer: TestIssuer,
    trust: TrustAnchors,
}

/// A presentation of an archive.
pub struct Archived {
    /// Its line of NDJSON, without the end of the line.
    pub line: String,
    /// What is to be verified of it: the DS certificate's signature, the issuer's, the device's.
    pub signatures: Vec<UnverifiedSignature>,
}

impl Authority {
    /// The authority of a number.
    #[must_use]
    pub fn new(number: usize) -> Self {
        let name = format!("Archive authority {number}");
        let options =
            TestIssuerOptions { seed: name.clone(), iaca_name: name, ..TestIssuerOptions::default() };
        let issuer = TestIssuer::new(&options);
        Self { trust: issuer.trust(), issuer }
    }

    /// The presentation of a number: a licence of that number, shown at the roadside by its own device.
    ///
    /// # Panics
    /// When it cannot be made.
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
        let day = NOW.floor_to_day();
        let request = IssueRequest {
            doc_type: DOC_TYPE,
            elements,
            device_key: cose_key(&key),
            validity_info: ValidityInfo {
                signed: day,
                valid_from: day,
                valid_until: day.plus_seconds(90 * DAY),
                expected_update: None,
            },
            key_authorizations: KeyAuthorizations::default(),
            status: None,
        };
        let fill = &mut |buffer: &mut [u8]| random.fill(buffer);
        let issued = self.issuer.signer().issue(&request, fill).expect("a credential");
        let unverified = UnverifiedCredential::decode(&issued).expect("its own credential");
        let credential = verify_credential(&unverified, &self.trust, NOW, &signature::RustCrypto)
            .expect("a verified credential");
        let info = Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: random.array(), aud: None };
        let disclosure = Disclosure::select(&credential, ROADSIDE);
        let prepared = PreparedOneWay::prepare(disclosure, info).expect("an Info of the profile");
        let signature = sign_es256(&key, prepared.to_be_signed());
        let shown = prepared.complete(&signature).expect("a presentation");
        let unverified = UnverifiedOneWay::from_envelope(shown.envelope()).expect("a presentation");
        let presentation = Base64UrlUnpadded::encode_string(shown.payload());
        let line = json!({ "id": id, "presentation": presentation, "at": NOW.format_tdate() });
        Archived { line: line.to_string(), signatures: unverified.signatures(&self.trust) }
    }
}
