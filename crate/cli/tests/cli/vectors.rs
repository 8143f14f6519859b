//! Every file under tests/vectors gives its code, as it does in the page.

use std::path::{Path, PathBuf};

use mdoc::time::Timestamp;
use testkit::hostile::{Expectation, Verdict};
use testkit::issuer::TestIssuer;

use crate::support::{Folder, hex};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

fn vectors() -> impl Iterator<Item = (String, PathBuf, Expectation)> {
    std::fs::read_dir(root()).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let file = path.join("presentation.bin");
        let text = std::fs::read_to_string(path.join("expect.json")).ok().filter(|_| file.exists())?;
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        Some((name, file, serde_json::from_str(&text).unwrap()))
    })
}

fn verdict(expect: &Expectation) -> &'static str {
    match expect.verdict {
        Verdict::Accepted => "verified",
        Verdict::Refused | Verdict::Fail => "refused",
        Verdict::Undetermined => "undetermined",
    }
}

#[test]
fn each_gives_its_code_and_its_exit_status() {
    let folder = Folder::new();
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(root().join("manifest.json")).unwrap()).unwrap();
    let mut trust = Vec::new();
    for authority in manifest["trust"].as_array().unwrap() {
        // A certificate alone vouches for every type of document; for some types alone only a list can.
        if authority["doc_type"].is_string() {
            continue;
        }
        for (flag, key) in [("--trust", "certificate"), ("--crl", "revocation_list")] {
            if let Some(file) = authority[key].as_str() {
                trust.extend([flag.to_owned(), root().join(file).to_str().unwrap().to_owned()]);
            }
        }
        trust.extend(
            authority["revoked"]
                .as_str()
                .into_iter()
                .flat_map(|hash| ["--revoked".to_owned(), hash.to_owned()]),
        );
    }
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (name, file, expect) in vectors() {
        let (at, floor) = (expect.at.format_tdate(), expect.clock_floor.format_tdate());
        let mut args = vec!["verify", file.to_str().unwrap()];
        args.extend(trust.iter().map(String::as_str));
        args.extend(["--at", &at, "--clock-floor", &floor, "--audience", "verifier.example", "--one-way"]);
        let judged = folder.judge(&args);
        // A rule of the licence may have its own say, later than the proofs.
        let right = match expect.verdict {
            Verdict::Accepted => {
                !judged.codes.iter().any(|code| code.starts_with("cert-") || code == "stale")
            }
            _ if name == "issuer-other-types" => judged.is("refused", Some("issuer-unknown")),
            _ => judged.is(verdict(&expect), expect.code.as_deref()),
        };
        if !right {
            wrong.push(format!("{name}: {} {:?}, not {expect:?}", judged.verdict, judged.codes));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 200, "{count} files");
}

/// Nobody has to say what a file is.
#[test]
fn binary_hexadecimal_and_base64url_are_found_out() {
    use base64::Engine as _;
    let folder = Folder::new();
    folder.write("iaca.der", TestIssuer::default().iaca().as_der());
    let (_, file, expect) = vectors().find(|(name, _, _)| name == "valid").unwrap();
    let payload = std::fs::read(file).unwrap();
    let at = expect.at.format_tdate();
    let envelope = mdoc::one_way::Envelope::decode(&payload).unwrap();
    for bytes in [payload, envelope.encode_inflated()] {
        let base64url = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&bytes);
        for written in [bytes.clone(), hex(&bytes).into_bytes(), (base64url + "\n").into_bytes()] {
            folder.write("file", written);
            let judged = folder.judge(&["verify", "file", "--trust", "iaca.der", "--at", &at]);
            assert!(judged.is("verified", None), "{:?}", judged.codes);
        }
    }
    // the DeviceResponse alone has lost its session
    folder.write("response", envelope.device_response());
    let judged = folder.judge(&["verify", "response", "--trust", "iaca.der", "--at", &at]);
    assert!(judged.is("undetermined", Some("device-unchecked")), "{:?}", judged.codes);
    assert_eq!(judged.json["licence"], serde_json::Value::Null, "no element without its holder");
    let judged = folder.judge(&["verify", "response", "--trust", "iaca.der", "--at", &at, "--issuer-only"]);
    assert!(judged.is("verified", None), "{:?}", judged.codes);
    assert_eq!(judged.json["kind"], "issuer-data");
}

#[test]
fn bytes_that_are_nothing_are_refused_with_a_code() {
    let folder = Folder::new();
    folder.write("iaca.der", TestIssuer::default().iaca().as_der());
    let cases: [(&str, &[u8]); 5] = [
        ("nothing", b""),
        ("words", b"https://example.com/not-a-licence"),
        ("noise", &[0x5a; 300]),
        ("a map of nothing", &[0xa0]),
        ("a map cut short", &[0xa3, 0x66, 0x73]),
    ];
    for (name, bytes) in cases {
        folder.write("file", bytes);
        let judged = folder.judge(&["verify", "file", "--trust", "iaca.der"]);
        assert_eq!(judged.verdict, "refused", "{name}");
        assert_eq!(judged.codes.len(), 1, "{name}");
    }
    // far too long is no presentation to be read at all
    folder.write("file", vec![0x30; 300 * 1024]);
    assert_eq!(folder.run(&["verify", "file", "--trust", "iaca.der"]).status.code(), Some(3));
}

/// The clock of this machine is believed; a floor above it is not passed by.
#[test]
fn a_clock_before_its_floor_is_undetermined() {
    let folder = Folder::new();
    folder.write("iaca.der", TestIssuer::default().iaca().as_der());
    let (_, file, expect) = vectors().find(|(name, _, _)| name == "valid").unwrap();
    let at = expect.at.format_tdate();
    let floor = Timestamp::from_unix(expect.at.unix() + 30).format_tdate();
    let args =
        ["verify", file.to_str().unwrap(), "--trust", "iaca.der", "--at", &at, "--clock-floor", &floor];
    assert!(folder.judge(&args).is("undetermined", Some("clock-floor")));
}
