//! ISO/IEC 18013-5 Annex D: a MAC, over a transcript with a reader key.

use std::path::PathBuf;

use crate::support::Folder;

#[test]
fn annex_d_is_verified_with_its_reader_key_and_refused_otherwise() {
    let Some(vectors) = std::env::var_os("LIANGZHENG_VECTORS") else {
        println!("SKIPPED annex D: LIANGZHENG_VECTORS names no folder");
        return;
    };
    let text = std::fs::read_to_string(PathBuf::from(vectors).join("annexd.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let hex = |key: &str| json[key].as_str().unwrap();
    let folder = Folder::new();
    folder.write("response.hex", hex("DEVICE_RESPONSE"));
    folder.write("ds.hex", hex("DS_CERT"));
    folder.write("transcript.hex", hex("SESSION_TRANSCRIPT_BYTES"));
    let base = ["verify", "response.hex", "--trust", "other.der", "--pin-signer", "ds.hex"];
    folder.write("other.der", testkit::issuer::TestIssuer::default().iaca().as_der());
    let judge = |more: &[&str]| {
        let mut args = base.to_vec();
        args.extend(["--at", "2021-06-01T00:00:00Z"]);
        args.extend(more);
        folder.judge(&args)
    };
    let (transcript, key) =
        (["--transcript", "@transcript.hex"], ["--reader-key", hex("EPHEMERAL_READER_KEY_D")]);
    let judged = judge(&[transcript, key].concat());
    assert!(judged.is("verified", None), "{:?}", judged.codes);
    assert_eq!(judged.json["licence"]["family_name"], "Doe");

    assert!(judge(&transcript).is("refused", Some("device-mac-unexpected")));
    let other = ["--reader-key", &"09".repeat(32)];
    assert!(judge(&[transcript, other].concat()).is("refused", Some("device-mac")));
    let session = ["--openid4vp", "client", "nonce", "https://example.com"];
    let wrong = [&session[..], &key].concat();
    assert!(judge(&wrong).is("refused", Some("device-mac-unexpected")));
    assert!(judge(&[]).is("undetermined", Some("device-unchecked")));
    assert!(judge(&["--issuer-only"]).is("verified", None));

    let late = folder.judge(&[&base[..], &["--issuer-only", "--at", "2026-11-22T00:00:00Z"]].concat());
    assert!(late.is("refused", Some("ds-expired")), "{:?}", late.codes);
}
