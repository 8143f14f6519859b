//! The sources of valid presentations.
#![allow(clippy::expect_used, clippy::panic, reason = "a tool of the tests: what it makes itself is right")]

use std::path::{Path, PathBuf};

use authority::application::Application;
use authority::demo::{DemoAuthority, DemoPerson, ReviewAnswer, Story};
use authority::photo::{PhotoSource, Portraits};
use base64ct::{Base64, Encoding as _};
use cbor::Timestamp;
use cbor::decode_foreign;
use envelope::Info;
use envelope::PreparedOneWay;
use mdoc::ReaderKey;
use mdoc::SessionTranscript;
use mdoc::holder::Disclosure;
use mdoc::holder::{UnverifiedCredential, verify_credential};
use mdoc::{Anchor, TrustAnchors};
use serde_json::Value as Json;
use signature::sign_es256;
use testkit::draft::{Draft, NOW};
use testkit::holder::TestHolder;
use testkit::hostile;
use testkit::issuer::TestIssuer;
use testkit::random::{TestRandom, cose_key, signing_key};
use testkit::sample::ROADSIDE;
use testkit::untidy::{self, Untidy};
use verdict::Purpose;
use x509::Certificate;

use crate::presentation::{Form, Presentation};

/// Returns a folder of the repository.
pub(crate) fn repository(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

/// Returns the presentations of each demo person for each purpose.
pub fn demo() -> Vec<Presentation> {
    let claimable = DemoAuthority::new().people().iter().filter(|person| person.story != Story::Locked);
    claimable.flat_map(|person| Purpose::ALL.map(|purpose| demo_presentation(person, purpose))).collect()
}

/// Returns a demo person's presentation for a purpose, claimed and presented at [`NOW`].
///
/// # Panics
/// Panics if the demo authority does not issue the licence.
pub fn demo_presentation(person: &DemoPerson, purpose: Purpose) -> Presentation {
    let demo = DemoAuthority::new();
    let mut trust = TrustAnchors::new();
    trust.add(demo.anchor(&signature::RustCrypto).expect("the demo's anchor"));
    let mut random = TestRandom::new(person.id);
    let key = signing_key(person.id);
    let large = std::fs::read(repository("www/demo/portraits").join(format!("{}.jpg", person.id)));
    let large = large.expect("a portrait");
    let small = demo.small_portrait(person.id).expect("a small portrait");
    let portraits = Portraits { large: &large, small };
    let approved = match demo.start(person.id, NOW).expect("somebody who may claim") {
        Application::PhotoOnFile(on_file) => {
            demo.confirm_photo(on_file, &large, NOW).expect("the photo on file")
        }
        Application::PhotoNeeded(needed) => {
            let photo = demo.submit_photo(needed, portraits, PhotoSource::File, NOW);
            match demo.review(photo.expect("a good photo"), ReviewAnswer::Approve, NOW) {
                Application::Approved(approved) => approved,
                other => panic!("{other:?}"),
            }
        }
        other => panic!("{other:?}"),
    };
    let fill = &mut |buffer: &mut [u8]| random.fill(buffer);
    let issued = demo.issue(&approved, portraits, cose_key(&key), NOW, fill).expect("a licence");
    let unverified = UnverifiedCredential::decode(&issued.credential).expect("its own credential");
    let credential =
        verify_credential(&unverified, &trust, NOW, &signature::RustCrypto).expect("a verified credential");
    let disclosure = Disclosure::select(&credential, &purpose.elements(true));
    let info = Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: [7; 16], aud: None, purpose: None };
    let prepared = PreparedOneWay::prepare(disclosure, info).expect("an Info of the profile");
    let signature = sign_es256(&key, prepared.to_be_signed());
    let shown = prepared.complete(&signature).expect("a presentation");
    Presentation {
        name: format!("demo {} {}", person.id, purpose.code()),
        source: "the demo's people".to_owned(),
        bytes: shown.envelope().encode_inflated(),
        form: Form::Envelope,
        trust,
        now: NOW,
        audience: None,
    }
}

/// Returns a presentation of the test authority's sample licence for the purpose *roadside*.
///
/// # Panics
/// Panics if it cannot be made.
pub fn sample() -> Presentation {
    let issuer = TestIssuer::default();
    let presentation = TestHolder::new(&issuer, NOW).present(ROADSIDE, NOW, "bit flips");
    Presentation {
        name: "sample roadside".to_owned(),
        source: "the sample".to_owned(),
        bytes: presentation.envelope().encode_inflated(),
        form: Form::Envelope,
        trust: issuer.trust(),
        now: NOW,
        audience: None,
    }
}

/// Returns a presentation of the sample licence under each authority that departs from Annex B.
pub fn untidy() -> Vec<Presentation> {
    let of = |untidy: Untidy| {
        let issuer = untidy.issuer();
        Presentation {
            name: format!("untidy: {}", untidy.name),
            source: "untidy authorities".to_owned(),
            bytes: Draft::new(&issuer).inflated(),
            form: Form::Envelope,
            trust: issuer.trust(),
            now: NOW,
            audience: None,
        }
    };
    untidy::all().into_iter().map(of).collect()
}

/// Returns the accepted files of `tests/vectors`, inflated.
///
/// # Panics
/// Panics if the folder cannot be read.
pub fn vectors() -> Vec<Presentation> {
    hostile::all()
        .into_iter()
        .filter(|file| file.expect.verdict == hostile::Verdict::Accepted)
        .map(|file| Presentation {
            name: format!("vectors {}", file.rule),
            source: "tests/vectors".to_owned(),
            bytes: inflate(&file.payload),
            form: Form::Envelope,
            trust: hostile::trust().clone(),
            now: file.expect.at,
            audience: Some("verifier.example".to_owned()),
        })
        .collect()
}

/// Returns the example of ISO/IEC 18013-5, Annex D, from the folder `LIANGZHENG_VECTORS`; `None` without that variable.
///
/// # Panics
/// Panics if the file has another content.
pub fn annex_d() -> Option<Presentation> {
    let folder = PathBuf::from(std::env::var_os("LIANGZHENG_VECTORS")?);
    let json = read_json(&folder.join("annexd.json"));
    let field = |key: &str| from_hex(json.get(key).and_then(Json::as_str).expect("hex"));
    let transcript = field("SESSION_TRANSCRIPT_BYTES");
    let transcript = decode_foreign(&transcript).expect("CBOR");
    let transcript = transcript.as_encoded_cbor().expect("SessionTranscriptBytes");
    let transcript = SessionTranscript::from_bytes(transcript).expect("a transcript");
    let scalar = field("EPHEMERAL_READER_KEY_D").try_into().expect("32 bytes");
    let ds = Certificate::decode(&field("DS_CERT")).expect("the DS certificate");
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::pinned_document_signer(ds, "Annex D", "test").expect("an anchor"));
    Some(Presentation {
        name: "ISO/IEC 18013-5 annex D".to_owned(),
        source: "annex D".to_owned(),
        bytes: field("DEVICE_RESPONSE"),
        form: Form::DeviceResponse(transcript, ReaderKey::from_bytes(&scalar)),
        trust,
        now: Timestamp::parse_tdate("2021-01-01T00:00:00Z").expect("a time"),
        audience: None,
    })
}

/// Returns the presentations in a folder: every `*.json` with
/// `{"name", "device_response", "transcript", "iaca", "at"}`, three base64 strings and a UTC time of RFC 3339;
/// `"reader_key"`, the reader's scalar in base64, if there is a device MAC; `"source"`, by which a report groups.
///
/// # Panics
/// Panics if the folder or a file cannot be read.
pub fn folder(folder: &Path) -> Vec<Presentation> {
    let entries = std::fs::read_dir(folder).expect("a folder that can be read");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files.iter().map(|file| foreign(file)).collect()
}

fn foreign(file: &Path) -> Presentation {
    let json = read_json(file);
    let text = |key: &str| {
        json.get(key).and_then(Json::as_str).unwrap_or_else(|| panic!("{}: no {key}", file.display()))
    };
    let decoded = |text: &str| Base64::decode_vec(text).expect("base64");
    let field = |key: &str| decoded(text(key));
    let optional = |key: &str| json.get(key).and_then(Json::as_str);
    let reader_key = optional("reader_key").map(|scalar| {
        let scalar: [u8; 32] = decoded(scalar).try_into().expect("32 bytes");
        ReaderKey::from_bytes(&scalar).expect("a scalar of P-256")
    });
    let iaca = Certificate::decode(&field("iaca")).expect("a certificate");
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::iaca(iaca, "peer", "peer", &signature::RustCrypto).expect("an anchor"));
    let transcript = SessionTranscript::from_bytes(&field("transcript")).expect("a transcript");
    Presentation {
        name: text("name").to_owned(),
        source: optional("source").unwrap_or("other people").to_owned(),
        bytes: field("device_response"),
        form: Form::DeviceResponse(transcript, reader_key),
        trust,
        now: Timestamp::parse_tdate(text("at")).expect("a time"),
        audience: None,
    }
}

fn read_json(file: &Path) -> Json {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn from_hex(text: &str) -> Vec<u8> {
    base16ct::mixed::decode_vec(text).expect("hex")
}

/// Returns the inflated Envelope of a payload of the QR link. An Envelope has exactly one encoding.
///
/// # Panics
/// Panics if it is not an Envelope.
pub fn inflate(payload: &[u8]) -> Vec<u8> {
    envelope::Envelope::decode(payload).expect("an Envelope").encode_inflated()
}
