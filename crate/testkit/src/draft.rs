//! A presentation whose parts can be changed before or after signing.
//!
//! The crate `mdoc` cannot make most of what a hostile issuer or holder can, so a [`Draft`] builds
//! from plain CBOR values. Untouched, it is a right presentation.

use cbor::cose::{protected_header, sig_structure};
use cbor::{Timestamp, Value, decode_foreign, encode};
use envelope::Info;
use mdoc::DigestAlgorithm;
use mdoc::SessionTranscript;
use mdoc::ValidityInfo;
use signature::Signer as _;

use crate::issuer::TestIssuer;
use crate::random::{TestKey, TestRandom, cose_key, signing_key};
use crate::sample::{DOC_TYPE, ROADSIDE, licence_elements};

pub use crate::sample::NOW;

/// A COSE message in parts; without a signature of its own, the right one is made.
#[derive(Clone, Debug)]
pub struct CoseDraft {
    /// The content of the protected header.
    pub protected: Vec<u8>,
    /// The unprotected header.
    pub unprotected: Value,
    /// Whether the payload is carried.
    pub attached: bool,
    /// The key that signs.
    pub key: TestKey,
    /// Replaces the signature.
    pub signature: Option<Vec<u8>>,
}

impl CoseDraft {
    fn new(key: TestKey, unprotected: Value, attached: bool) -> Self {
        Self { protected: protected_header(key.algorithm()), unprotected, attached, key, signature: None }
    }

    /// Returns the signed message over a payload.
    pub fn sign(&self, payload: &[u8]) -> Value {
        let signature =
            self.signature.clone().unwrap_or_else(|| self.key.sign(&sig_structure(&self.protected, payload)));
        Value::array([
            Value::bytes(self.protected.as_slice()),
            self.unprotected.clone(),
            if self.attached { Value::bytes(payload) } else { Value::Null },
            Value::bytes(signature),
        ])
    }
}

/// One IssuerSignedItem, as it will be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemDraft {
    /// Its namespace.
    pub namespace: String,
    /// The map inside: digestID, random, elementIdentifier, elementValue.
    pub map: Value,
}

impl ItemDraft {
    /// `IssuerSignedItemBytes`.
    pub fn bytes(&self) -> Vec<u8> {
        encode(&Value::encoded_cbor(encode(&self.map)))
    }

    /// Returns the element's identifier.
    pub fn identifier(&self) -> &str {
        self.map.get_text("elementIdentifier").and_then(Value::as_text).unwrap_or_default()
    }
}

/// A presentation in parts.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The items that are sent.
    pub items: Vec<ItemDraft>,
    /// The MSO, with a digest for each item of the whole licence.
    pub mso: Value,
    /// The issuer's signature; its unprotected header has the DS certificate.
    pub issuer_auth: CoseDraft,
    /// The document's docType; the device signs this one too.
    pub doc_type: String,
    /// The DeviceNameSpaces.
    pub device_name_spaces: Value,
    /// The device's signature.
    pub device_auth: CoseDraft,
    /// The name under which the device's signature stands.
    pub device_auth_name: String,
    /// The DeviceResponse's version.
    pub version: Value,
    /// The DeviceResponse's status.
    pub status: Value,
    /// How often the document is sent.
    pub documents: usize,
    /// `documentErrors` of the DeviceResponse, where it has them.
    pub document_errors: Option<Value>,
    /// `errors` of the document, where it has them.
    pub errors: Option<Value>,
    /// The Info, as an array.
    pub info: Value,
    /// The Envelope's kind.
    pub kind: Value,
}

impl Draft {
    /// Creates the sample licence by an issuer, shown for *roadside* at [`NOW`].
    pub fn new(issuer: &TestIssuer) -> Self {
        Self::showing(issuer, licence_elements(), ROADSIDE)
    }

    /// Creates a licence of these elements, of which those are shown, at [`NOW`].
    pub fn showing(
        issuer: &TestIssuer,
        elements: Vec<(&'static str, &'static str, Value)>,
        shown: &[(&str, &str)],
    ) -> Self {
        let mut random = TestRandom::new("sample licence");
        let device = TestKey::from(signing_key("device"));
        let mut items = Vec::new();
        for (id, (namespace, identifier, value)) in elements.into_iter().enumerate() {
            let map = Value::map([
                ("digestID", Value::Unsigned(id as u64)),
                ("random", Value::bytes(random.array::<16>())),
                ("elementIdentifier", Value::text(identifier)),
                ("elementValue", value),
            ]);
            items.push(ItemDraft { namespace: namespace.to_owned(), map });
        }
        let validity = ValidityInfo {
            signed: NOW.floor_to_day(),
            valid_from: NOW.floor_to_day(),
            valid_until: NOW.floor_to_day().plus_seconds(90 * 86_400),
            expected_update: None,
        };
        let mso = mso(&items, &device, &validity);
        items.retain(|item| shown.contains(&(item.namespace.as_str(), item.identifier())));
        let chain = Value::integer_map([(33, Value::bytes(issuer.ds_der()))]);
        Self {
            items,
            mso,
            issuer_auth: CoseDraft::new(issuer.ds_key().clone(), chain, true),
            doc_type: DOC_TYPE.to_owned(),
            device_name_spaces: Value::Map(Vec::new()),
            device_auth: CoseDraft::new(device, Value::Map(Vec::new()), false),
            device_auth_name: "deviceSignature".to_owned(),
            version: Value::text("1.0"),
            status: Value::Unsigned(0),
            documents: 1,
            document_errors: None,
            errors: None,
            info: info_value(&Info {
                iat: NOW,
                exp: NOW.plus_seconds(60),
                nonce: random.array(),
                aud: None,
                purpose: None,
            }),
            kind: Value::Unsigned(1),
        }
    }

    /// Presents it at another time, for 60 s.
    pub fn set_time(&mut self, at: Timestamp) {
        let nonce = TestRandom::new("another time").array();
        self.info = info_value(&Info { iat: at, exp: at.plus_seconds(60), nonce, aud: None, purpose: None });
    }

    /// Says for what it is shown, as version 2 of the profile does.
    ///
    /// # Panics
    /// Panics if Info is no array.
    pub fn set_purpose(&mut self, purpose: Value) {
        let Value::Array(items) = &mut self.info else { panic!("no Info to set a purpose in") };
        items.truncate(4);
        items.push(purpose);
    }

    /// Binds the licence to another device key, which signs.
    pub fn set_device_key(&mut self, key: TestKey) {
        set(get_mut(&mut self.mso, "deviceKeyInfo"), "deviceKey", cose_key(&key).to_value());
        self.device_auth.protected = protected_header(key.algorithm());
        self.device_auth.key = key;
    }

    /// Replaces the MSO's digests by those of the items that are sent.
    pub fn digest_items(&mut self) {
        let name = self.mso.get_text("digestAlgorithm").and_then(Value::as_text);
        let algorithm = name.and_then(DigestAlgorithm::from_name).unwrap_or_default();
        set(&mut self.mso, "valueDigests", value_digests(&self.items, algorithm));
    }

    /// As [`Draft::digest_items`], with another algorithm.
    pub fn digest_with(&mut self, algorithm: &str) {
        set(&mut self.mso, "digestAlgorithm", Value::text(algorithm));
        self.digest_items();
    }

    /// Returns the first item of an element.
    ///
    /// # Panics
    /// Panics if there is none.
    pub fn item_mut(&mut self, identifier: &str) -> &mut ItemDraft {
        let found = self.items.iter_mut().find(|item| item.identifier() == identifier);
        found.expect("an element of the sample")
    }

    /// Returns the encoded Info.
    pub fn info_bytes(&self) -> Vec<u8> {
        encode(&self.info)
    }

    /// Returns the encoded IssuerSigned.
    pub fn issuer_signed(&self) -> Vec<u8> {
        encode(&self.issuer_signed_value())
    }

    fn issuer_signed_value(&self) -> Value {
        let mut name_spaces: Vec<(String, Vec<Value>)> = Vec::new();
        for item in &self.items {
            let bytes = Value::encoded_cbor(encode(&item.map));
            match name_spaces.iter_mut().find(|(namespace, _)| *namespace == item.namespace) {
                Some((_, items)) => items.push(bytes),
                None => name_spaces.push((item.namespace.clone(), vec![bytes])),
            }
        }
        let name_spaces = Value::map(name_spaces.into_iter().map(|(ns, items)| (ns, Value::Array(items))));
        let payload = encode(&Value::encoded_cbor(encode(&self.mso)));
        Value::map([("nameSpaces", name_spaces), ("issuerAuth", self.issuer_auth.sign(&payload))])
    }

    /// `DeviceAuthenticationBytes` in a session: what the device signs.
    ///
    /// # Panics
    /// Panics if the transcript is not CBOR.
    pub fn device_authentication(&self, transcript: &SessionTranscript) -> Vec<u8> {
        let transcript = decode_foreign(transcript.bytes()).expect("a transcript").to_value();
        let authentication = Value::array([
            Value::text("DeviceAuthentication"),
            transcript,
            Value::text(self.doc_type.as_str()),
            Value::encoded_cbor(encode(&self.device_name_spaces)),
        ]);
        encode(&Value::encoded_cbor(encode(&authentication)))
    }

    /// Returns the encoded DeviceResponse for a transcript.
    pub fn device_response_for(&self, transcript: &SessionTranscript) -> Vec<u8> {
        let name_spaces = Value::encoded_cbor(encode(&self.device_name_spaces));
        let payload = self.device_authentication(transcript);
        let device_auth = Value::map([(self.device_auth_name.as_str(), self.device_auth.sign(&payload))]);
        let mut document = vec![
            ("docType", Value::text(self.doc_type.as_str())),
            ("issuerSigned", self.issuer_signed_value()),
            ("deviceSigned", Value::map([("nameSpaces", name_spaces), ("deviceAuth", device_auth)])),
        ];
        document.extend(self.errors.clone().map(|errors| ("errors", errors)));
        let documents = std::iter::repeat_n(Value::map(document), self.documents);
        let mut response = vec![("version", self.version.clone()), ("status", self.status.clone())];
        // a response that has nothing but errors has no documents at all
        if self.documents > 0 || self.document_errors.is_none() {
            response.push(("documents", Value::array(documents)));
        }
        response.extend(self.document_errors.clone().map(|errors| ("documentErrors", errors)));
        encode(&Value::map(response))
    }

    /// Returns the encoded DeviceResponse for the one-way transcript.
    pub fn device_response(&self) -> Vec<u8> {
        let bytes = self.info_bytes();
        let with_purpose = self.info.as_array().is_some_and(|items| items.len() > 4);
        self.device_response_for(&if with_purpose {
            SessionTranscript::one_way_with_purpose(&bytes)
        } else {
            SessionTranscript::one_way(&bytes)
        })
    }

    /// Encodes the Envelope without deflating it.
    pub fn inflated(&self) -> Vec<u8> {
        inflated(&self.kind, &self.info_bytes(), &self.device_response())
    }
}

/// Returns an Envelope of these parts, before it is deflated.
pub fn inflated(kind: &Value, info: &[u8], device_response: &[u8]) -> Vec<u8> {
    encode(&Value::array([kind.clone(), Value::bytes(info), Value::bytes(device_response)]))
}

/// Returns an Info as a value, without its checks.
pub fn info_value(info: &Info) -> Value {
    let mut items = vec![
        Value::integer(info.iat.unix()),
        Value::integer(info.exp.unix()),
        Value::bytes(info.nonce),
        info.aud.as_deref().map_or(Value::Null, Value::text),
    ];
    items.extend(info.purpose.as_deref().map(Value::text));
    Value::array(items)
}

/// Sets a text key of a map.
///
/// # Panics
/// Panics if the value is not a map.
pub fn set(map: &mut Value, key: &str, value: Value) {
    let Value::Map(pairs) = map else { panic!("no map to set {key} in") };
    match pairs.iter_mut().find(|(name, _)| name.as_text() == Some(key)) {
        Some((_, old)) => *old = value,
        None => pairs.push((Value::text(key), value)),
    }
}

/// Returns the value under a text key, to be changed.
///
/// # Panics
/// Panics if there is none.
pub fn get_mut<'a>(map: &'a mut Value, key: &str) -> &'a mut Value {
    let Value::Map(pairs) = map else { panic!("no map to look for {key} in") };
    let found = pairs.iter_mut().find(|(name, _)| name.as_text() == Some(key));
    &mut found.expect("the key").1
}

fn mso(items: &[ItemDraft], device: &TestKey, validity: &ValidityInfo) -> Value {
    Value::map([
        ("version", Value::text("1.0")),
        ("digestAlgorithm", Value::text("SHA-256")),
        ("valueDigests", value_digests(items, DigestAlgorithm::Sha256)),
        ("deviceKeyInfo", Value::map([("deviceKey", cose_key(device).to_value())])),
        ("docType", Value::text(DOC_TYPE)),
        (
            "validityInfo",
            Value::map([
                ("signed", Value::tdate(validity.signed)),
                ("validFrom", Value::tdate(validity.valid_from)),
                ("validUntil", Value::tdate(validity.valid_until)),
            ]),
        ),
    ])
}

/// Returns the digests of items, by namespace and digestID.
fn value_digests(items: &[ItemDraft], algorithm: DigestAlgorithm) -> Value {
    let mut name_spaces: Vec<(String, Vec<(Value, Value)>)> = Vec::new();
    for item in items {
        let id = item.map.get_text("digestID").cloned().unwrap_or(Value::Null);
        let digest = Value::bytes(algorithm.digest(&item.bytes()));
        match name_spaces.iter_mut().find(|(namespace, _)| *namespace == item.namespace) {
            Some((_, digests)) => digests.push((id, digest)),
            None => name_spaces.push((item.namespace.clone(), vec![(id, digest)])),
        }
    }
    Value::map(name_spaces.into_iter().map(|(namespace, digests)| (namespace, Value::Map(digests))))
}
