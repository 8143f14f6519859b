//! The transcripts of every transport (`T-cross-protocol`), against published hashes, and what each allows.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::path::PathBuf;

use cbor::{Value, decode_foreign, encode};
use liangzheng_mdoc as mdoc;
use mdoc::ReaderKey;
use mdoc::UnknownSession;
use mdoc::{Handover, SessionTranscript};
use mdoc::{UnverifiedPresentation, VerifyContext, verify};
use testkit::draft::{Draft, NOW};
use testkit::issuer::TestIssuer;
use testkit::random::{cose_key, signing_key};

const NONCE: &str = "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA";
const THUMBPRINT: &str = "4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047";

fn bytes(hex: &str) -> Vec<u8> {
    base16ct::mixed::decode_vec(hex).expect("hex")
}

fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

fn vectors(test: &str, file: &str) -> Option<serde_json::Value> {
    let Some(folder) = std::env::var_os("LIANGZHENG_VECTORS") else {
        println!("SKIPPED {test}: LIANGZHENG_VECTORS names no folder");
        return None;
    };
    let text = std::fs::read_to_string(PathBuf::from(folder).join(file)).expect(file);
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn redirect() -> SessionTranscript {
    SessionTranscript::openid4vp_redirect(
        "x509_san_dns:example.com",
        NONCE,
        Some(&bytes(THUMBPRINT)),
        "https://example.com/response",
    )
    .expect("a transcript")
}

fn dc_api() -> SessionTranscript {
    SessionTranscript::openid4vp_dc_api("https://example.com", NONCE, Some(&bytes(THUMBPRINT)))
        .expect("a transcript")
}

fn org_iso_mdoc() -> SessionTranscript {
    SessionTranscript::org_iso_mdoc("gmVkY2FwaaA", "https://verifier.example").expect("a transcript")
}

fn proximity() -> SessionTranscript {
    let engagement = encode(&Value::integer_map([(0, Value::text("1.0"))]));
    let key = encode(&cose_key(&signing_key("reader")).to_value());
    SessionTranscript::proximity(&engagement, &key, Handover::Qr).expect("a transcript")
}

/// OpenID4VP 1.0, B.2.6.1 and B.2.6.2.
#[test]
fn openid4vp_gives_the_published_transcripts() {
    assert_eq!(
        hex(redirect().bytes()),
        "83f6f682714f70656e494434565048616e646f7665725820048bc053c00442af9b8eed494cefdd9d95240d254b046b11b68013722aad38ac"
    );
    assert_eq!(
        hex(dc_api().bytes()),
        "83f6f682764f70656e4944345650444341504948616e646f7665725820fbece366f4212f9762c74cfdbf83b8c69e371d5d68cea09cb4c48ca6daab761a"
    );
}

#[test]
fn org_iso_mdoc_gives_the_transcript_of_an_exchange() {
    let Some(json) = vectors("org-iso-mdoc", "iso_18013_7_annexC_selfmade.json") else { return };
    let text = |key: &str| json[key].as_str().expect("a text");
    let transcript = SessionTranscript::org_iso_mdoc(text("encryptionInfo"), text("origin"));
    assert_eq!(hex(transcript.expect("a transcript").bytes()), text("sessionTranscriptHex"));
}

#[test]
fn proximity_gives_the_transcript_of_annex_d_byte_for_byte() {
    let Some(json) = vectors("annex D, transcript", "annexd.json") else { return };
    let tagged = bytes(json["SESSION_TRANSCRIPT_BYTES"].as_str().expect("a text"));
    let whole = decode_foreign(&tagged).expect("CBOR");
    let inner = whole.as_encoded_cbor().expect("SessionTranscriptBytes");
    let parts = decode_foreign(inner).expect("CBOR");
    let [engagement, key, handover] = parts.as_array().expect("an array") else { panic!("not three") };
    let messages = handover.as_array().expect("an NFC handover");
    let made = SessionTranscript::proximity(
        engagement.as_encoded_cbor().expect("DeviceEngagementBytes"),
        key.as_encoded_cbor().expect("EReaderKeyBytes"),
        Handover::Nfc { select: messages[0].as_bytes().expect("a message"), request: messages[1].as_bytes() },
    )
    .expect("a transcript");
    assert_eq!(made.bytes(), inner);
    assert_eq!(made.tagged_bytes(), tagged);
    assert!(made.has_reader_key());
    assert_eq!(SessionTranscript::from_bytes(inner), Ok(made));
}

#[test]
fn inputs_that_cannot_be_right_are_refused() {
    let redirect = |client: &str, nonce: &str, thumbprint: Option<&[u8]>, uri: &str| {
        SessionTranscript::openid4vp_redirect(client, nonce, thumbprint, uri).map_err(|error| error.code())
    };
    assert!(redirect("c", "n", None, "u").is_ok());
    for empty in [redirect("", "n", None, "u"), redirect("c", "", None, "u"), redirect("c", "n", None, "")] {
        assert_eq!(empty, Err("transcript-empty"));
    }
    for length in [0, 20, 31, 33, 43] {
        let thumbprint = vec![7; length];
        assert_eq!(redirect("c", "n", Some(&thumbprint), "u"), Err("transcript-thumbprint"), "{length}");
    }

    let dc_api = |origin: &str| {
        SessionTranscript::openid4vp_dc_api(origin, "n", None).map(|_| ()).map_err(|error| error.code())
    };
    for origin in ["https://example.com", "http://localhost:8080", "android:apk-key-hash:abc"] {
        assert_eq!(dc_api(origin), Ok(()), "{origin}");
    }
    for origin in [
        "",
        "example.com",
        "https://",
        "https://example.com/",
        "https://example.com/path",
        "https://user@example.com",
        "https://example.com?q",
        "origin:https://example.com",
        "https:example.com",
        "https://exa mple.com",
        "https://例.cn",
        ":x",
    ] {
        assert_eq!(dc_api(origin), Err("transcript-origin"), "{origin}");
    }
    let iso = |info: &str| SessionTranscript::org_iso_mdoc(info, "https://a.example").map_err(|e| e.code());
    for info in ["", "ab+/", "abc=", "a b"] {
        assert_eq!(iso(info), Err("transcript-encryption-info"), "{info}");
    }

    let engagement = encode(&Value::integer_map([(0, Value::text("1.0"))]));
    let key = encode(&cose_key(&signing_key("reader")).to_value());
    let near = |engagement: &[u8], key: &[u8]| {
        SessionTranscript::proximity(engagement, key, Handover::Qr).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(near(&engagement, &key), Ok(()));
    for wrong in [&b""[..], b"\xa0", b"\xff", &key] {
        assert_eq!(near(wrong, &key), Err("transcript-engagement"));
    }
    for wrong in [&b""[..], b"\xa0", b"\xf6", &engagement] {
        assert_eq!(near(&engagement, wrong), Err("transcript-reader-key"));
    }
    for wrong in [&b""[..], b"\x80", b"\x82\xf6\xf6", b"\x83\xf6\xf6\xf6\x00", b"\xf6"] {
        assert!(SessionTranscript::from_bytes(wrong).is_err());
    }
}

fn all() -> [(&'static str, SessionTranscript); 6] {
    [
        ("redirect", redirect()),
        ("dc api", dc_api()),
        ("org-iso-mdoc", org_iso_mdoc()),
        ("one way", SessionTranscript::one_way(b"info")),
        ("one way, with a purpose", SessionTranscript::one_way_with_purpose(b"info")),
        ("proximity", proximity()),
    ]
}

fn judge(
    draft: &Draft,
    issuer: &TestIssuer,
    signed: &SessionTranscript,
    given: &SessionTranscript,
    reader_key: Option<&ReaderKey>,
) -> Result<(), &'static str> {
    let (trust, clock_floor) = (issuer.trust(), NOW.plus_seconds(-60));
    let context = VerifyContext {
        trust: &trust,
        now: NOW,
        clock_floor,
        freshness: &UnknownSession,
        reader_key,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    let unverified = UnverifiedPresentation::decode(&draft.device_response_for(signed), given.clone());
    verify(&unverified.map_err(|error| error.code())?, &context).map(|_| ()).map_err(|error| error.code())
}

/// A signature over one transcript is right for that one and for no other.
#[test]
fn each_transcript_is_bound_to_its_own_signature() {
    let issuer = TestIssuer::default();
    let draft = Draft::new(&issuer);
    for (signed_name, signed) in all() {
        for (given_name, given) in all() {
            let expected = if signed_name == given_name { Ok(()) } else { Err("device-signature") };
            let got = judge(&draft, &issuer, &signed, &given, None);
            assert_eq!(got, expected, "signed for {signed_name}, held against {given_name}");
        }
    }
}

/// Only a session with a reader key can have a MAC; elsewhere it has its own code, key or no key.
#[test]
fn a_device_mac_is_unexpected_without_a_reader_key_in_the_session() {
    let issuer = TestIssuer::default();
    let mut draft = Draft::new(&issuer);
    draft.device_auth_name = "deviceMac".to_owned();
    draft.device_auth.protected = vec![0xa1, 0x01, 0x05];
    draft.device_auth.signature = Some(vec![0; 32]);
    let key = ReaderKey::from_bytes(&[7; 32]).expect("a key");
    for (name, transcript) in all() {
        let without = judge(&draft, &issuer, &transcript, &transcript, None);
        assert_eq!(without, Err("device-mac-unexpected"), "{name} without a key");
        let expected = if name == "proximity" { "device-mac" } else { "device-mac-unexpected" };
        let with = judge(&draft, &issuer, &transcript, &transcript, Some(&key));
        assert_eq!(with, Err(expected), "{name} with a key");
    }
}
