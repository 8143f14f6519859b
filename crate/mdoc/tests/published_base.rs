//! Published examples: ISO's Annex D and a real list of authorities. Their files are not part of this project, so the
//! tests run where `LIANGZHENG_VECTORS` names the folder that has them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use cbor::cose::{CoseKey, derive_session_key, emac_key};
use liangzheng_mdoc::{Anchor, Signs, TrustAnchors};
use p256::SecretKey;
use std::path::PathBuf;
use x509::Certificate;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("LIANGZHENG_VECTORS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: LIANGZHENG_VECTORS is not set");
    }
    folder
}

fn annex_d(name: &str) -> Option<Vec<u8>> {
    let text = std::fs::read_to_string(folder()?.join("annexd.json")).expect("annexd.json");
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    Some(bytes(all.get(name).unwrap().as_str().unwrap()))
}

fn bytes(hex: &str) -> Vec<u8> {
    base16ct::mixed::decode_vec(hex).unwrap()
}

#[test]
fn annex_d_session_keys() {
    let (Some(transcript), Some(reader)) =
        (annex_d("SESSION_TRANSCRIPT_BYTES"), annex_d("EPHEMERAL_READER_KEY_D"))
    else {
        return;
    };
    let reader = SecretKey::from_slice(&reader).unwrap();
    let (x, y) = (annex_d("STATIC_DEVICE_KEY_X").unwrap(), annex_d("STATIC_DEVICE_KEY_Y").unwrap());
    let public = CoseKey::from_sec1(&[&[4], &x[..], &y[..]].concat()).unwrap();
    let key = emac_key(public.public_key(), &reader, &transcript).unwrap();
    assert_eq!(key.to_vec(), bytes("dc2b9566fdaaae3c06baa40993cd0451aeba15e7677ef5305f6531f3533c35dd"));

    let ephemeral = SecretKey::from_slice(&annex_d("EPHEMERAL_DEVICE_KEY_D").unwrap()).unwrap();
    let shared = p256::ecdh::diffie_hellman(reader.to_nonzero_scalar(), ephemeral.public_key().as_affine());
    let secret: [u8; 32] = (*shared.raw_secret_bytes()).into();
    for (info, expected) in [
        ("SKReader", "58d277d8719e62a1561d248f403f477e9e6c37bf5d5fc5126f8f4c727c22dfc9"),
        ("SKDevice", "81d170e07fbdac93c1a676242c2576124a380d87bb73ed9ce4834de2272cf409"),
    ] {
        assert_eq!(derive_session_key(&secret, &transcript, info).to_vec(), bytes(expected), "{info}");
    }
}

#[test]
fn annex_d_certificate_fits_the_profile() {
    let Some(der) = annex_d("DS_CERT") else { return };
    let certificate = Certificate::decode(&der).unwrap();
    assert_eq!(certificate.subject().common_name(), Some("utopia ds"));
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::pinned_document_signer(certificate.clone(), "Annex D", "test").unwrap());
    let (from, until) = (certificate.not_before(), certificate.not_after());
    let code = |at| {
        trust
            .verify(&certificate, Signs::DocumentStrictly, at, &signature::RustCrypto)
            .map_or_else(|e| e.code(), |_| "valid")
    };
    assert_eq!(code(from.plus_seconds(-1)), "ds-not-yet");
    assert_eq!(code(from), "valid");
    assert_eq!(code(until), "valid");
    assert_eq!(code(until.plus_seconds(1)), "ds-expired");
    assert_eq!(
        Certificate::decode(&annex_d("READER_CERT").unwrap())
            .map_err(Into::into)
            .and_then(|c| Anchor::pinned_document_signer(c, "", "")?.strictly())
            .unwrap_err()
            .code()
            .get(..4),
        Some("cert"),
        "a reader is no document signer"
    );
}

#[test]
fn annex_d_bytes_are_read_as_foreign_cbor() {
    for name in ["DEVICE_RESPONSE", "DEVICE_REQUEST", "DEVICE_ENGAGEMENT", "SESSION_TRANSCRIPT_BYTES"] {
        let Some(bytes) = annex_d(name) else { return };
        assert_eq!(cbor::decode_foreign(&bytes).unwrap().raw(), bytes, "{name}");
    }
}

#[test]
fn real_authorities_are_anchors() {
    let Some(folder) = folder() else { return };
    let list = std::fs::read(folder.join("vical/aamva-vical-2025-11-18-1763491092481.cbor")).unwrap();
    let message = cbor::cose::CoseSign1::decode(&list).unwrap();
    let payload = cbor::decode_foreign(message.payload().unwrap()).unwrap();
    let infos = payload.get_text("certificateInfos").unwrap().as_array().unwrap();
    let mut accepted = 0;
    for info in infos {
        let der = info.get_text("certificate").unwrap().as_bytes().unwrap();
        let certificate = Certificate::decode(der).unwrap();
        let name = certificate.subject().common_name().unwrap_or("?").to_owned();
        match Anchor::iaca(certificate, &name, "VICAL", &signature::RustCrypto).and_then(Anchor::strictly) {
            Ok(_) => accepted += 1,
            Err(error) => println!("{name}: {error}"),
        }
    }
    println!("{accepted} of {} real IACA certificates fit the profile", infos.len());
    assert_eq!((accepted, infos.len()), (14, 14));
}
