//! ISO/IEC 18013-5 Annex D: a foreign response, with its MAC, over the transcript of its session.
//!
//! Its vectors are read from the folder that `LIANGZHENG_VECTORS` names; without it, these tests
//! say that they are skipped.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::path::PathBuf;

use cbor::Timestamp;
use cbor::decode_foreign;
use liangzheng_mdoc as mdoc;
use mdoc::Outcome;
use mdoc::ReaderKey;
use mdoc::SessionTranscript;
use mdoc::UnknownSession;
use mdoc::{Anchor, TrustAnchors};
use mdoc::{UnverifiedPresentation, VerifiedPresentation, VerifyContext, verify};
use x509::Certificate;

struct AnnexD {
    response: Vec<u8>,
    transcript: SessionTranscript,
    reader_key: ReaderKey,
    trust: TrustAnchors,
    ds: Certificate,
}

fn annex_d(test: &str) -> Option<AnnexD> {
    let Some(folder) = std::env::var_os("LIANGZHENG_VECTORS") else {
        println!("SKIPPED {test}: LIANGZHENG_VECTORS names no folder");
        return None;
    };
    let text = std::fs::read_to_string(PathBuf::from(folder).join("annexd.json")).expect("annexd.json");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let hex = |key: &str| -> Vec<u8> {
        let text = json[key].as_str().expect("a hex text");
        base16ct::mixed::decode_vec(text).expect("hex")
    };
    let bytes = hex("SESSION_TRANSCRIPT_BYTES");
    let transcript = decode_foreign(&bytes).expect("CBOR");
    let transcript = transcript.as_encoded_cbor().expect("SessionTranscriptBytes");
    let scalar: [u8; 32] = hex("EPHEMERAL_READER_KEY_D").try_into().expect("32 bytes");
    let ds = Certificate::decode(&hex("DS_CERT")).expect("the DS certificate");
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::pinned_document_signer(ds.clone(), "Annex D", "test").expect("an anchor"));
    Some(AnnexD {
        response: hex("DEVICE_RESPONSE"),
        transcript: SessionTranscript::from_bytes(transcript).expect("a transcript"),
        reader_key: ReaderKey::from_bytes(&scalar).expect("a key"),
        trust,
        ds,
    })
}

impl AnnexD {
    fn verify_at(&self, now: Timestamp, key: bool) -> Result<VerifiedPresentation, &'static str> {
        let context = VerifyContext {
            trust: &self.trust,
            now,
            clock_floor: Timestamp::from_unix(0),
            freshness: &UnknownSession,
            reader_key: key.then_some(&self.reader_key),
            signatures: &signature::RustCrypto,
            strict: false,
        };
        let unverified = UnverifiedPresentation::decode(&self.response, self.transcript.clone());
        verify(&unverified.map_err(|error| error.code())?, &context).map_err(|error| error.code())
    }
}

#[test]
fn verifies_from_the_start_of_the_mso_to_the_end_of_the_ds_certificate() {
    let Some(annex) = annex_d("annex D, validity") else { return };
    let start = Timestamp::parse_tdate("2020-10-01T13:30:02Z").expect("a time");
    let end = annex.ds.not_after();

    for now in [start, end] {
        let verified = annex.verify_at(now, true).expect("Annex D");
        assert_eq!(verified.issued().mso_validity(), &Outcome::Pass, "at {now:?}");
        assert_eq!(verified.issued().mso().validity_info.valid_from, start);
        let name = verified.issued().elements().get("org.iso.18013.5.1", "family_name");
        assert_eq!(name.and_then(cbor::Value::as_text), Some("Doe"));
        assert_eq!(verified.issued().elements().len(), 6);
        // It has no signed time of its own; the transcript's session decides.
        assert_eq!(verified.freshness().reason().map(|reason| reason.code()), Some("freshness-unproven"));
    }

    let early = annex.verify_at(start.plus_seconds(-1), true);
    let code = early.map(|early| early.issued().mso_validity().reason().map(|reason| reason.code()));
    assert!(matches!(code, Ok(Some("mso-not-yet")) | Err("ds-not-yet")), "{code:?}");
    assert_eq!(annex.verify_at(end.plus_seconds(1), true).err(), Some("ds-expired"));
}

#[test]
fn its_mac_needs_the_right_reader_key_and_transcript() {
    let Some(mut annex) = annex_d("annex D, MAC") else { return };
    let now = annex.ds.not_after();
    assert_eq!(annex.verify_at(now, false).err(), Some("device-mac-unexpected"));

    let other = ReaderKey::from_bytes(&[9; 32]).expect("a key");
    let right = std::mem::replace(&mut annex.reader_key, other);
    assert_eq!(annex.verify_at(now, true).err(), Some("device-mac"));

    annex.reader_key = right;
    let session = std::mem::replace(&mut annex.transcript, SessionTranscript::one_way(b"another"));
    assert_eq!(annex.verify_at(now, true).err(), Some("device-mac-unexpected"));

    let mut other = session.bytes().to_vec();
    *other.last_mut().expect("a byte") ^= 1;
    annex.transcript = SessionTranscript::from_bytes(&other).expect("a transcript");
    assert_eq!(annex.verify_at(now, true).err(), Some("device-mac"));
}
