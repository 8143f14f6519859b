//! DeviceRequests and their reader authentication.

use cbor::cose::CoseSign1;
use cbor::{Value, encode};
use mdoc::ElementName;
use mdoc::SessionTranscript;
use mdoc::reader::reader_to_be_signed;
use mdoc::wire::{self, RequestedElement};
use p256::ecdsa::SigningKey;
use signature::sign_es256;
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Certificate, Extension, Name, ids};

use crate::draft::NOW;
use crate::hostile::bytes::hex;
use crate::hostile::{Given, Hostile, Kind, Threat};
use crate::random::signing_key;
use crate::sample::{DOC_TYPE, ISO};

const DAY: i64 = 86_400;
const CRL: &str = "https://readers.test.example/crl";

pub(super) fn authority_key() -> SigningKey {
    signing_key("reader root")
}

/// Returns the authority that certifies the files' readers, which the wallet trusts.
pub fn authority() -> Certificate {
    let key = authority_key();
    let name = Name::from_attributes(&[(ids::COMMON_NAME, "Test readers")]);
    let fields =
        CertificateFields::new(&[7; 16], NOW.plus_seconds(-DAY), NOW.plus_seconds(3650 * DAY), &key, CRL);
    let template = CertificateTemplate::iaca(name, "https://readers.test.example", &fields);
    Certificate::decode(&template.sign(&key)).expect("an authority's certificate")
}

/// Returns a valid reader's certificate, to be changed.
pub(super) fn reader() -> CertificateTemplate {
    let (from, until) = (NOW.plus_seconds(-DAY), NOW.plus_seconds(1000 * DAY));
    let fields = CertificateFields::new(&[9; 16], from, until, &signing_key("reader"), CRL);
    let name = Name::from_attributes(&[(ids::COMMON_NAME, "Checkpoint 7")]);
    CertificateTemplate::document_signer(&authority(), name, &fields)
        .with_extension(Extension::extended_key_usage(&[ids::MDL_READER_AUTH]))
        .without_extension(ids::ISSUER_ALT_NAME)
}

fn transcript() -> SessionTranscript {
    SessionTranscript::one_way(b"a reader's session")
}

/// Returns the requested elements, with intent to retain or without.
fn items(identifiers: &[&str]) -> Vec<u8> {
    let element = |identifier: &&str| RequestedElement {
        name: ElementName::new(ISO, identifier),
        intent_to_retain: false,
    };
    wire::encode_items_request(DOC_TYPE, &identifiers.iter().map(element).collect::<Vec<_>>())
}

/// Returns a request for the elements, signed in a session for some elements by the reader of this certificate.
fn signed(asked: &[&str], signed: &[&str], session: &SessionTranscript, certificate: Vec<u8>) -> Vec<u8> {
    let signature = sign_es256(&signing_key("reader"), &reader_to_be_signed(session, &items(signed)));
    let auth = CoseSign1::es256(vec![certificate], None, signature);
    wire::encode_device_request(&[(items(asked), Some(auth))])
}

const ASKED: &[&str] = &["family_name", "portrait"];

pub(super) fn all() -> Vec<Hostile> {
    let given = || Given { transcript: Some(hex(transcript().bytes())), ..Given::default() };
    let file = |rule, step, code, description, bytes: Vec<u8>| {
        Hostile::refused(rule, Threat::OverAsking, step, code, description, bytes)
            .kind(Kind::DeviceRequest)
            .given(given())
    };
    let by = |certificate| signed(ASKED, ASKED, &transcript(), certificate);
    let right = || reader().sign(&authority_key());
    let auth = |rule, code, description, bytes| file(rule, "reader", code, description, bytes);
    let mut stranger = reader();
    stranger.issuer = Name::from_attributes(&[(ids::COMMON_NAME, "A stranger")]);
    let purpose = reader().with_extension(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER]));
    let other = SessionTranscript::one_way(b"another session");
    let mut all = vec![
        Hostile::accepted(
            "reader-verified",
            Threat::OverAsking,
            "A right request of a known reader.",
            by(right()),
        )
        .kind(Kind::DeviceRequest)
        .given(given()),
        auth("reader-unknown", "reader-unknown", "A reader of an authority that nobody trusts.", {
            by(stranger.sign(&authority_key()))
        }),
        auth("reader-chain", "reader-chain", "The authority's name, and another key under it.", {
            by(reader().sign(&signing_key("another root")))
        }),
        auth(
            "reader-not-yet",
            "reader-not-yet",
            "A second before the reader's certificate begins.",
            by(right()),
        )
        .at(NOW.plus_seconds(-DAY - 1)),
        auth(
            "reader-expired",
            "reader-expired",
            "A second after the reader's certificate ended.",
            by(right()),
        )
        .at(NOW.plus_seconds(1000 * DAY + 1)),
        auth("reader-signature", "reader-signature", "One element more is asked for than was signed.", {
            signed(&["birth_date", "family_name", "portrait"], ASKED, &transcript(), right())
        }),
        auth("reader-other-session", "reader-signature", "A signature for another session.", {
            signed(ASKED, ASKED, &other, right())
        }),
        file(
            "reader-purpose",
            "certificate",
            "cert-profile-extended-key-usage",
            "A document signer asks.",
            by(purpose.sign(&authority_key())),
        ),
    ];
    all.extend(
        malformed()
            .into_iter()
            .map(|(rule, code, description, bytes)| file(rule, "reader", code, description, bytes)),
    );
    all
}

/// Returns malformed requests.
fn malformed() -> Vec<(&'static str, &'static str, &'static str, Vec<u8>)> {
    let doc = |items: Value| Value::map([("itemsRequest", items)]);
    let good = || doc(Value::encoded_cbor(items(ASKED)));
    let whole = |version: &str, docs: Vec<Value>| {
        encode(&Value::map([("version", Value::text(version)), ("docRequests", Value::array(docs))]))
    };
    let of_elements = |elements: Value| {
        let name_spaces = Value::map([(ISO, elements)]);
        let items = Value::map([("docType", Value::text(DOC_TYPE)), ("nameSpaces", name_spaces)]);
        whole("1.0", vec![doc(Value::encoded_cbor(encode(&items)))])
    };
    vec![
        (
            "request-documents-many",
            "request-size",
            "17 documents are asked for.",
            whole("1.0", vec![good(); 17]),
        ),
        ("request-version", "request-version", "Version 2.0.", whole("2.0", vec![good()])),
        ("request-documents-none", "request-empty", "No document is asked for.", whole("1.0", Vec::new())),
        (
            "request-elements-none",
            "request-empty",
            "No element is asked for.",
            of_elements(Value::Map(Vec::new())),
        ),
        ("request-untagged", "request-shape", "An ItemsRequest without its tag.", {
            whole("1.0", vec![doc(Value::bytes(items(ASKED)))])
        }),
        ("request-retain-number", "request-shape", "Whether it is kept is a number.", {
            of_elements(Value::map([("portrait", Value::Unsigned(1))]))
        }),
    ]
}
