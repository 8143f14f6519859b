//! Requests and who asks (`T-over-asking`): Annex D's, our own, and every way in which one is wrong.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::path::PathBuf;

use cbor::Timestamp;
use cbor::cose::CoseSign1;
use cbor::{Value, decode_foreign, encode};
use liangzheng_mdoc as mdoc;
use mdoc::ElementName;
use mdoc::SessionTranscript;
use mdoc::reader::{ReaderAnchor, ReaderAnchors, ReaderIdentity, reader_to_be_signed};
use mdoc::wire::{self, DeviceRequest, RequestedElement};
use p256::ecdsa::SigningKey;
use proptest::prelude::*;
use signature::sign_es256;
use testkit::draft::NOW;
use testkit::random::signing_key;
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Certificate, Extension, Name, ids};

const DAY: i64 = 86_400;
const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";

fn hex(json: &serde_json::Value, key: &str) -> Vec<u8> {
    let text = json[key].as_str().expect("a hex text");
    base16ct::mixed::decode_vec(text).expect("hex")
}

#[test]
fn annex_d_is_read_and_its_reader_verified() {
    let Some(folder) = std::env::var_os("LIANGZHENG_VECTORS") else {
        println!("SKIPPED annex D, request: LIANGZHENG_VECTORS names no folder");
        return;
    };
    let text = std::fs::read_to_string(PathBuf::from(folder).join("annexd.json")).expect("annexd.json");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let request = DeviceRequest::decode(&hex(&json, "DEVICE_REQUEST")).expect("a request");
    let [asked] = request.doc_requests() else { panic!("one document") };
    assert_eq!(asked.doc_type(), DOC_TYPE);
    assert!(asked.items_request_bytes().ends_with(&hex(&json, "ITEMS_REQUEST")));
    let names: Vec<_> = asked.elements().iter().map(|e| e.name.identifier.as_str()).collect();
    let expected =
        ["family_name", "document_number", "driving_privileges", "issue_date", "expiry_date", "portrait"];
    assert_eq!(names, expected);
    let kept: Vec<_> = asked.elements().iter().filter(|e| !e.intent_to_retain).collect();
    assert_eq!(kept.len(), 1, "only the portrait is not kept");

    let tagged = hex(&json, "SESSION_TRANSCRIPT_BYTES");
    let whole = decode_foreign(&tagged).expect("CBOR");
    let inner = whole.as_encoded_cbor().expect("SessionTranscriptBytes");
    let transcript = SessionTranscript::from_bytes(inner).expect("a transcript");
    let certificate = Certificate::decode(&hex(&json, "READER_CERT")).expect("a certificate");
    let (start, end) = (certificate.not_before(), certificate.not_after());
    let mut anchors = ReaderAnchors::new();
    let code = |anchors: &ReaderAnchors, transcript: &SessionTranscript, now| {
        asked.verify_reader(transcript, anchors, now, &signature::RustCrypto).map_err(|error| error.code())
    };
    assert_eq!(code(&anchors, &transcript, start), Err("reader-unknown"));
    anchors.add(ReaderAnchor::pinned_reader(certificate.clone(), "Annex D").expect("an anchor"));
    for now in [start, end] {
        let Ok(ReaderIdentity::Verified(reader)) = code(&anchors, &transcript, now) else {
            panic!("not verified")
        };
        assert_eq!((reader.name(), reader.anchor_label()), ("reader", "Annex D"));
        assert_eq!(reader.certificate(), &certificate);
    }
    assert_eq!(code(&anchors, &transcript, start.plus_seconds(-1)), Err("reader-not-yet"));
    assert_eq!(code(&anchors, &transcript, end.plus_seconds(1)), Err("reader-expired"));
    let other = SessionTranscript::one_way(b"another session");
    assert_eq!(code(&anchors, &other, start), Err("reader-signature"));
}

struct World {
    root: Certificate,
    root_key: SigningKey,
    reader_key: SigningKey,
    transcript: SessionTranscript,
}

impl World {
    fn new() -> Self {
        let root_key = signing_key("reader root");
        let name = Name::from_attributes(&[(ids::COMMON_NAME, "Reader root")]);
        let root = Self::root_template(&root_key, name).sign(&root_key);
        Self {
            root: Certificate::decode(&root).expect("a root"),
            root_key,
            reader_key: signing_key("reader"),
            transcript: SessionTranscript::one_way(b"session"),
        }
    }

    fn root_template(key: &SigningKey, name: Name) -> CertificateTemplate {
        let until = NOW.plus_seconds(3650 * DAY);
        let fields =
            CertificateFields::new(&[7; 16], NOW.plus_seconds(-DAY), until, key, "https://r.example/crl");
        CertificateTemplate::iaca(name, "https://r.example", &fields)
    }

    /// A right reader's certificate, to be changed.
    fn template(&self) -> CertificateTemplate {
        let until = NOW.plus_seconds(1000 * DAY);
        let (from, key) = (NOW.plus_seconds(-DAY), &self.reader_key);
        let fields = CertificateFields::new(&[9; 16], from, until, key, "https://r.example/crl");
        let name = Name::from_attributes(&[(ids::COMMON_NAME, "Checkpoint 7")]);
        CertificateTemplate::document_signer(&self.root, name, &fields)
            .with_extension(Extension::extended_key_usage(&[ids::MDL_READER_AUTH]))
            .without_extension(ids::ISSUER_ALT_NAME)
    }

    fn items() -> Vec<u8> {
        let element = |identifier: &str, intent_to_retain| RequestedElement {
            name: ElementName::new("org.iso.18013.5.1", identifier),
            intent_to_retain,
        };
        wire::encode_items_request(DOC_TYPE, &[element("family_name", false), element("portrait", true)])
    }

    fn signed(&self, certificate: &[u8]) -> DeviceRequest {
        let items = Self::items();
        let signature = sign_es256(&self.reader_key, &reader_to_be_signed(&self.transcript, &items));
        let auth = CoseSign1::es256(vec![certificate.to_vec()], None, signature);
        DeviceRequest::decode(&wire::encode_device_request(&[(items, Some(auth))])).expect("a request")
    }

    fn anchors(&self) -> ReaderAnchors {
        let mut anchors = ReaderAnchors::new();
        anchors.add(ReaderAnchor::authority(self.root.clone(), "Test readers").expect("an authority"));
        anchors
    }

    fn judge(&self, request: &DeviceRequest, now: Timestamp) -> Result<ReaderIdentity, &'static str> {
        request.doc_requests()[0]
            .verify_reader(&self.transcript, &self.anchors(), now, &signature::RustCrypto)
            .map_err(|error| error.code())
    }

    fn code(&self, template: &CertificateTemplate) -> Option<&'static str> {
        self.judge(&self.signed(&template.sign(&self.root_key)), NOW).err()
    }
}

#[test]
fn our_own_request_is_read_back_and_its_reader_verified() {
    let world = World::new();
    let request = world.signed(&world.template().sign(&world.root_key));
    let elements = request.doc_requests()[0].elements();
    let shown: Vec<_> = elements.iter().map(|e| (e.name.identifier.as_str(), e.intent_to_retain)).collect();
    assert_eq!(shown, [("portrait", true), ("family_name", false)]);
    let Ok(ReaderIdentity::Verified(reader)) = world.judge(&request, NOW) else { panic!("not verified") };
    assert_eq!((reader.name(), reader.anchor_label()), ("Checkpoint 7", "Test readers"));
}

#[test]
fn an_unsigned_request_has_no_verified_reader_and_is_no_error() {
    let world = World::new();
    let bytes = wire::encode_device_request(&[(World::items(), None)]);
    let request = DeviceRequest::decode(&bytes).expect("a request");
    assert_eq!(world.judge(&request, NOW), Ok(ReaderIdentity::NotVerified));
}

#[test]
fn every_change_of_a_signed_request_is_refused() {
    let world = World::new();
    let certificate = world.template().sign(&world.root_key);
    let items = World::items();
    let signature = sign_es256(&world.reader_key, &reader_to_be_signed(&world.transcript, &items));
    let chain = vec![certificate.clone()];
    let auth = |chain: &[Vec<u8>], signature| CoseSign1::es256(chain.to_vec(), None, signature);
    let judge = |items: &[u8], auth: CoseSign1| {
        let bytes = wire::encode_device_request(&[(items.to_vec(), Some(auth))]);
        world.judge(&DeviceRequest::decode(&bytes).expect("a request"), NOW).err()
    };
    assert_eq!(judge(&items, auth(&chain, signature)), None);

    // one element more is asked for than was signed
    let element = |identifier: &str| RequestedElement {
        name: ElementName::new("org.iso.18013.5.1", identifier),
        intent_to_retain: false,
    };
    let more = wire::encode_items_request(DOC_TYPE, &[element("family_name"), element("birth_date")]);
    assert_eq!(judge(&more, auth(&chain, signature)), Some("reader-signature"));
    let mut flipped = signature;
    flipped[40] ^= 1;
    assert_eq!(judge(&items, auth(&chain, flipped)), Some("reader-signature"));
    let other = sign_es256(&signing_key("other"), &reader_to_be_signed(&world.transcript, &items));
    assert_eq!(judge(&items, auth(&chain, other)), Some("reader-signature"));
    assert_eq!(judge(&items, auth(&chain, [0; 64])), Some("cose-signature-form"));
    assert_eq!(judge(&items, auth(&[], signature)), Some("cose-x5chain-missing"));
    let attached = CoseSign1::es256(chain, Some(b"payload".to_vec()), signature);
    assert_eq!(judge(&items, attached), Some("cose-payload"));
}

#[test]
fn malformed_and_foreign_certificates_give_their_codes() {
    let world = World::new();
    let right = || world.template();
    assert_eq!(world.code(&right()), None);

    let mut long = right();
    long.not_after = long.not_before.plus_seconds(1187 * DAY);
    assert_eq!(world.code(&long), None, "1,187 days are allowed");
    long.not_after = long.not_after.plus_seconds(1);
    assert_eq!(world.code(&long), Some("cert-profile-validity"));

    let mut nameless = right();
    nameless.subject = Name::from_attributes(&[(ids::ORGANIZATION, "Police")]);
    assert_eq!(world.code(&nameless), Some("cert-profile-common-name"));

    let changed = [
        (Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER]), "cert-profile-extended-key-usage"),
        (
            Extension::extended_key_usage(&[ids::MDL_READER_AUTH, ids::MDL_DOCUMENT_SIGNER]),
            "cert-profile-extended-key-usage",
        ),
        (Extension::key_usage(&[0, 5]), "cert-profile-key-usage"),
        (Extension::ca_without_sub_ca(), "cert-profile-basic-constraints"),
        (Extension::authority_key_identifier(&[1; 20]), "cert-profile-authority-key-identifier"),
        (
            Extension::new(ids::CRL_DISTRIBUTION_POINTS, false, [0x30, 0]),
            "cert-profile-crl-distribution-points",
        ),
        (Extension::new(ids::NAME_CONSTRAINTS, false, [0x30, 0]), "cert-profile-forbidden-extension"),
        (Extension::new(ids::ISSUER_ALT_NAME, true, [0x30, 0]), "cert-profile-critical-extension"),
    ];
    for (extension, code) in changed {
        assert_eq!(world.code(&right().with_extension(extension)), Some(code));
    }
    let without = [
        (ids::EXTENDED_KEY_USAGE, Some("cert-profile-extended-key-usage")),
        (ids::KEY_USAGE, Some("cert-profile-key-usage")),
        (ids::SUBJECT_KEY_IDENTIFIER, Some("cert-profile-subject-key-identifier")),
        (ids::AUTHORITY_KEY_IDENTIFIER, Some("cert-profile-authority-key-identifier")),
        (ids::CRL_DISTRIBUTION_POINTS, None),
    ];
    for (id, code) in without {
        assert_eq!(world.code(&right().without_extension(id)), code, "without {id}");
    }

    // an IACA is no authority over a reader by its name alone
    let impostor = right().sign(&signing_key("another root"));
    assert_eq!(world.judge(&world.signed(&impostor), NOW).err(), Some("reader-chain"));
    let mut stranger = right();
    stranger.issuer = Name::from_attributes(&[(ids::COMMON_NAME, "Stranger")]);
    assert_eq!(world.code(&stranger), Some("reader-unknown"));

    let request = world.signed(&right().sign(&world.root_key));
    let at = |seconds: i64| world.judge(&request, NOW.plus_seconds(seconds)).err();
    assert_eq!((at(-DAY), at(1000 * DAY)), (None, None));
    assert_eq!((at(-DAY - 1), at(1000 * DAY + 1)), (Some("reader-not-yet"), Some("reader-expired")));
}

#[test]
fn authorities_that_are_none_are_not_pinned() {
    let key = signing_key("reader root");
    let root = || World::root_template(&key, Name::from_attributes(&[(ids::COMMON_NAME, "Root")]));
    let code = |template: CertificateTemplate| {
        let certificate = Certificate::decode(&template.sign(&key)).expect("a certificate");
        ReaderAnchor::authority(certificate, "root").err().map(|error| error.code())
    };
    assert_eq!(code(root()), None);
    let open_ca = Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0x03, 0x01, 0x01, 0xff]);
    assert_eq!(code(root().with_extension(open_ca)), None, "a path length is not asked for");
    let no_ca = Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0x00]);
    assert_eq!(code(root().with_extension(no_ca)), Some("cert-profile-basic-constraints"));
    assert_eq!(code(root().with_extension(Extension::key_usage(&[0]))), Some("cert-profile-key-usage"));
    let purpose = Extension::extended_key_usage(&[ids::MDL_READER_AUTH]);
    assert_eq!(code(root().with_extension(purpose)), Some("cert-profile-extended-key-usage"));
    let nameless = || World::root_template(&key, Name::from_attributes(&[(ids::COUNTRY, "CN")]));
    assert_eq!(code(nameless()), Some("cert-profile-common-name"));
    let certificate = Certificate::decode(&root().sign(&key)).expect("a certificate");
    assert!(ReaderAnchor::pinned_reader(certificate, "root").is_err());
}

#[test]
fn requests_that_are_none_give_their_codes() {
    let items = World::items();
    let doc = |items: Value| Value::map([("itemsRequest", items)]);
    let whole = |version: &str, docs: Vec<Value>| {
        encode(&Value::map([("version", Value::text(version)), ("docRequests", Value::array(docs))]))
    };
    let of_items = |value: Value| whole("1.0", vec![doc(Value::encoded_cbor(encode(&value)))]);
    let good = doc(Value::encoded_cbor(items.clone()));
    let code = |bytes: &[u8]| DeviceRequest::decode(bytes).err().map(|error| error.code());

    assert_eq!(code(&whole("1.1", vec![good.clone()])), None, "the second edition");
    assert_eq!(code(&whole("2.0", vec![good.clone()])), Some("request-version"));
    assert_eq!(code(&whole("1.0", vec![])), Some("request-empty"));
    assert_eq!(code(&whole("1.0", vec![good.clone(); 17])), Some("request-size"));
    assert_eq!(code(&vec![0; 64 * 1024 + 1]), Some("request-size"));
    assert_eq!(code(&encode(&Value::Null)), Some("request-shape"));
    assert_eq!(code(&encode(&Value::map([("version", Value::text("1.0"))]))), Some("request-shape"));
    assert_eq!(code(&whole("1.0", vec![doc(Value::bytes(items.as_slice()))])), Some("request-shape"));
    assert_eq!(code(b"\xff"), Some("cbor-profile"));

    let name_spaces = |inner: Value| {
        Value::map([("docType", Value::text(DOC_TYPE)), ("nameSpaces", Value::map([("ns", inner)]))])
    };
    assert_eq!(code(&of_items(name_spaces(Value::map([("portrait", Value::Bool(true))])))), None);
    assert_eq!(
        code(&of_items(name_spaces(Value::map([("portrait", Value::Unsigned(1))])))),
        Some("request-shape")
    );
    assert_eq!(code(&of_items(name_spaces(Value::Map(vec![])))), Some("request-empty"));
    assert_eq!(code(&of_items(Value::map([("docType", Value::text(DOC_TYPE))]))), Some("request-shape"));
    let unsigned = Value::map([("itemsRequest", Value::encoded_cbor(items)), ("readerAuth", Value::Null)]);
    assert_eq!(code(&whole("1.0", vec![unsigned])), Some("cose-structure"));
}

proptest! {
    /// What a reader asks for comes back as it was.
    #[test]
    fn requests_round_trip(
        doc_type in "[a-z.]{1,40}",
        names in proptest::collection::btree_set("[a-z_]{1,20}", 1..20),
        retain in any::<bool>(),
    ) {
        let elements: Vec<_> = names
            .iter()
            .map(|name| RequestedElement { name: ElementName::new("ns", name), intent_to_retain: retain })
            .collect();
        let items = wire::encode_items_request(&doc_type, &elements);
        let request = DeviceRequest::decode(&wire::encode_device_request(&[(items, None)])).expect("a request");
        let [asked] = request.doc_requests() else { panic!("one document") };
        prop_assert_eq!(asked.doc_type(), doc_type);
        let mut read = asked.elements().to_vec();
        read.sort_by(|a, b| a.name.cmp(&b.name));
        prop_assert_eq!(read, elements);
    }

    /// Whatever the bytes are, there is an answer and no panic.
    #[test]
    fn noise_is_no_request(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(DeviceRequest::decode(&bytes).is_err());
    }
}

#[test]
fn neither_another_authority_nor_a_pinned_reader_vouches_for_a_reader() {
    let world = World::new();
    let request = world.signed(&world.template().sign(&world.root_key));
    let code = |anchor: ReaderAnchor| {
        let mut anchors = ReaderAnchors::new();
        anchors.add(anchor);
        let judged =
            request.doc_requests()[0].verify_reader(&world.transcript, &anchors, NOW, &signature::RustCrypto);
        judged.map_err(|error| error.code()).err()
    };
    let decode = |der: &[u8]| Certificate::decode(der).expect("a certificate");
    let name = Name::from_attributes(&[(ids::COMMON_NAME, "Another root")]);
    let other = World::root_template(&world.root_key, name).sign(&world.root_key);
    let other = ReaderAnchor::authority(decode(&other), "Another").expect("an authority");
    assert_eq!(code(other), Some("reader-unknown"), "the right key under another name");
    // a reader with the name and the key of the authority
    let mut twin = world.template();
    twin.subject = world.root.subject().clone();
    twin.spki = World::root_template(&world.root_key, twin.subject.clone()).spki;
    let twin = ReaderAnchor::pinned_reader(decode(&twin.sign(&world.root_key)), "Pinned").expect("a reader");
    assert_eq!(code(twin), Some("reader-unknown"));
}
