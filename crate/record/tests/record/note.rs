//! Checkpoints as signed notes (`T-record-rewritten`), against examples of C2SP and of others.

use base64ct::{Base64, Encoding as _};
use liangzheng_record::{Checkpoint, Hash, NoteAlgorithm, NoteError, NoteKey, SignedNote, sign};
use p256::ecdsa::SigningKey;
use signature::{
    Algorithm, Curve, PublicKey, RustCrypto, Signer as _, UnverifiedSignature, VerifySignature as _,
    sign_es256,
};
use testkit::random::signing_key;

const ORIGIN: &str = "rental.example/desk-7";

fn key() -> (SigningKey, NoteKey) {
    let secret = signing_key("checkpoints");
    let point = secret.public_key().to_sec1().expect("a point");
    let key = NoteKey::p256(ORIGIN, &point).expect("a key");
    (secret, key)
}

/// What a caller with P-256 does.
pub(crate) fn check(key: &NoteKey, message: &[u8], signature: &[u8]) -> Option<bool> {
    if key.algorithm() != NoteAlgorithm::EcdsaP256 {
        return None;
    }
    let public = PublicKey::from_sec1(Curve::P256, key.public_key())?;
    let signature = UnverifiedSignature::raw(Algorithm::Es256, &public, message.to_vec(), signature).ok()?;
    RustCrypto.verify(&signature)
}

fn note() -> (String, NoteKey) {
    let (secret, key) = key();
    let checkpoint = Checkpoint { origin: ORIGIN.into(), size: 5, root: Hash([7; 32]) };
    let text = checkpoint.text();
    let note = sign(&text, &key, &sign_es256(&secret, text.as_bytes())).expect("a note");
    (note, key)
}

#[test]
fn a_note_that_was_signed_verifies() {
    let (note, key) = note();
    assert!(note.starts_with("rental.example/desk-7\n5\nBwcHBwcH"));
    assert!(note.len() < 280, "{}", note.len());
    let signed = SignedNote::parse(&note).expect("a note");
    let checkpoint = signed.verify(&key, ORIGIN, &check).expect("a checkpoint");
    assert_eq!(checkpoint.checkpoint(), &Checkpoint { origin: ORIGIN.into(), size: 5, root: Hash([7; 32]) });
    // In two steps, for WebCrypto.
    let signature = signed.signature(&key).expect("a signature");
    assert_eq!(signature.len(), 64);
    assert_eq!(check(&key, signed.text().as_bytes(), &signature), Some(true));
}

#[test]
fn every_change_of_a_note_is_refused() {
    let (note, key) = note();
    let verify = |note: &str, key: &NoteKey, origin: &str| {
        SignedNote::parse(note).and_then(|note| note.verify(key, origin, &check)).map(|_| ())
    };
    assert_eq!(verify(&note, &key, ORIGIN), Ok(()));
    assert_eq!(verify(&note.replace("\n5\n", "\n6\n"), &key, ORIGIN), Err(NoteError::Signature));
    assert_eq!(verify(&note, &key, "another.example"), Err(NoteError::Origin));
    let other = NoteKey::p256(ORIGIN, &signing_key("other").public_key().to_sec1().expect("a point"));
    assert_eq!(verify(&note, &other.expect("a key"), ORIGIN), Err(NoteError::Unsigned));
    let renamed = NoteKey::p256("rental.example/desk-8", key.public_key()).expect("a key");
    assert_eq!(verify(&note, &renamed, ORIGIN), Err(NoteError::Unsigned));
    let nobody = |_: &NoteKey, _: &[u8], _: &[u8]| None;
    let parsed = SignedNote::parse(&note).expect("a note");
    assert_eq!(parsed.verify(&key, ORIGIN, &nobody).map(|_| ()), Err(NoteError::NotChecked));
    for bad in ["", "\n\n", "text\n", &note[..note.len() - 1], &note.replace('5', "5\t"), "a\n\nb\n"] {
        assert_eq!(SignedNote::parse(bad).map(|_| ()), Err(NoteError::Form), "{bad:?}");
    }
}

/// An unknown signature beside is passed over, as C2SP asks: a witness, or a key of another algorithm.
#[test]
fn signatures_of_others_are_passed_over() {
    let (note, key) = note();
    let other = Base64::encode_string(&[9; 76]);
    let with_witness = format!("{note}\u{2014} witness.example/w1 {other}\n");
    let signed = SignedNote::parse(&with_witness).expect("a note");
    assert!(signed.verify(&key, ORIGIN, &check).is_ok());
    assert_eq!(signed.names().collect::<Vec<_>>(), [ORIGIN, "witness.example/w1"]);
}

/// The example of c2sp.org/tlog-checkpoint: its form and the id of its key's type are read. The key is not published there.
#[test]
fn the_example_of_the_specification_is_read() {
    let note = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
                \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1g\
                GzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    let signed = SignedNote::parse(note).expect("a note");
    let checkpoint = signed.unverified_checkpoint().expect("a checkpoint");
    assert_eq!(checkpoint.size, 20_852_163);
    assert_eq!(checkpoint.text(), signed.text());
}

/// The key of Go's checksum database in golang.org/x/mod/sumdb/note, and the ECDSA key of Rekor in
/// transparency-dev/formats: ids of both types are those that others compute.
#[test]
fn key_ids_are_those_of_other_implementations() {
    let go = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    let key = NoteKey::from_vkey(go).expect("a key");
    assert_eq!((key.name(), key.algorithm()), ("sum.golang.org", NoteAlgorithm::Ed25519));
    assert_eq!(key.vkey(), go);
    // What a key signed in the example of Go's package is found by name and id, whatever it says.
    let key = NoteKey::from_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        .expect("a key");
    let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
                \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ry\
                yBwJnAM=\n";
    let note = SignedNote::parse(note).expect("a note");
    assert_eq!(note.signature(&key).map(|signature| signature.len()), Ok(64));
    assert_eq!(note.unverified_checkpoint(), Err(NoteError::Checkpoint));
    let rekor = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/\
                 9A/bY2LhC30M9+RYtw==";
    let spki = Base64::decode_vec(&rekor.replace(' ', "")).expect("base64");
    let key = NoteKey::p256("rekor.sigstore.dev", &spki[26..]).expect("a key");
    let hash = Hash::of(&spki).to_hex();
    assert!(key.vkey().starts_with(&format!("rekor.sigstore.dev+{}+AjBZMBMG", &hash[..8])), "{}", key.vkey());
    assert_eq!(NoteKey::from_vkey(&key.vkey()), Ok(key));
}

#[test]
fn keys_and_names_that_are_malformed_are_refused() {
    let (_, key) = key();
    let vkey = key.vkey();
    for bad in ["", "a+b", "a+00000000+AAAA", &vkey.replacen('+', "+0", 1), &vkey.replace("desk-7", "desk-8")]
    {
        // The id of an ECDSA key is of the key alone: another name with the same id is another key.
        let read = NoteKey::from_vkey(bad);
        assert!(read.is_err() || read != Ok(key.clone()), "{bad}");
    }
    for name in ["", "with space", "a+b", "line\nfeed", "wide\u{3000}space", &"x".repeat(129)] {
        assert_eq!(NoteKey::ed25519(name, &[1; 32]).map(|_| ()), Err(NoteError::Key), "{name:?}");
    }
    assert_eq!(NoteKey::ed25519("a", &[1; 31]).map(|_| ()), Err(NoteError::Key));
    assert_eq!(NoteKey::p256("a", &[5; 65]).map(|_| ()), Err(NoteError::Key));
    for text in ["", "a\n1\n", "a\n01\nAAAA\n", "a\n+1\nAAAA\n", "\n1\nAAAA\n", "a\n1\nAAAA\n"] {
        assert_eq!(Checkpoint::from_text(text).map(|_| ()), Err(NoteError::Checkpoint), "{text:?}");
    }
}
