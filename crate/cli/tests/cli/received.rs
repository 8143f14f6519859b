//! Files as people have them, files of something else, sessions of other values, and no trust at all.

use testkit::draft::{Draft, NOW};
use testkit::issuer::TestIssuer;

use crate::support::{Folder, check_line, hex, pem};

const OPENID4VP: [&str; 4] = ["--openid4vp", "x509_san_dns:v.example", "a nonce", "https://v.example/cb"];

/// A response in the session of [`OPENID4VP`], and the anchor for it.
fn shown() -> (Folder, String) {
    let (folder, issuer) = (Folder::new(), TestIssuer::default());
    let [_, client_id, nonce, uri] = OPENID4VP;
    let session = mdoc::SessionTranscript::openid4vp_redirect(client_id, nonce, None, uri).unwrap();
    let draft = Draft::new(&issuer);
    folder.write("iaca.pem", pem("CERTIFICATE", issuer.iaca().as_der()));
    folder.write("shown", draft.device_response_for(&session));
    folder.write("issuer-signed", draft.issuer_signed());
    (folder, NOW.format_tdate())
}

fn run(folder: &Folder, args: &[&str]) -> (Option<i32>, String, String) {
    let output = folder.run(args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_response_is_read_out_of_what_it_is_in() {
    let (folder, at) = shown();
    let response = std::fs::read(folder.file("shown")).unwrap();
    let text = testkit::challenge::base64url(&response);
    folder.write("answer.json", format!("{{\"vp_token\": {{\"mdl\": [\"{text}\"]}}}}"));
    folder.write("answer.hex", hex(&response).to_uppercase());
    folder.write("answer.uri", format!("data:application/cbor;base64,{text}"));
    for file in ["shown", "answer.json", "answer.hex", "answer.uri"] {
        let args = [&["verify", file, "--trust", "iaca.pem", "--at", &at][..], &OPENID4VP[..]].concat();
        assert!(folder.judge(&args).is("verified", None), "{file}");
    }
    // Who shows issuer data cannot be known, whatever session is given.
    let args =
        [&["verify", "issuer-signed", "--trust", "iaca.pem", "--at", &at][..], &OPENID4VP[..]].concat();
    assert!(folder.judge(&args).is("undetermined", Some("device-unchecked")));
}

#[test]
fn what_is_no_presentation_is_named_and_is_no_refusal() {
    let (folder, _) = shown();
    std::fs::create_dir(folder.file("archive")).unwrap();
    for (name, content, code) in [
        ("link", "openid4vp://?client_id=x", "other-openid4vp"),
        ("page", "https://www.example.com/", "other-web"),
        ("paper.pdf", "%PDF-1.7", "other-pdf"),
        ("words", "nothing of the kind, in words", "other-text"),
    ] {
        folder.write(name, content);
        folder.write(&format!("archive/{name}"), content);
        let (status, out, error) = run(&folder, &["verify", name, "--trust", "iaca.pem"]);
        assert_eq!((status, out.as_str()), (Some(3), ""), "{name}");
        assert!(error.contains(&format!("[{code}]")), "{error}");
    }
    let (status, out, error) = run(&folder, &["verify", "archive", "--batch", "--trust", "iaca.pem"]);
    assert_eq!((status, out.lines().count()), (Some(3), 4), "{out}");
    out.lines().for_each(|line| check_line(&serde_json::from_str(line).unwrap()));
    assert!(
        out.lines().all(|line| line.contains("\"other\":\"other-") && !line.contains("verdict")),
        "{out}"
    );
    assert!(error.contains("0 refused"), "{error}");
}

#[test]
fn values_of_another_session_accuse_nobody() {
    let (folder, at) = shown();
    let mut other = OPENID4VP;
    other[2] = "another nonce";
    let args = [&["verify", "shown", "--trust", "iaca.pem", "--at", &at][..], &other[..]].concat();
    let (status, out, error) = run(&folder, &[&["--lang", "en"], &args[..]].concat());
    assert_eq!(status, Some(1));
    assert!(error.contains("another session") && error.contains("nonce"), "{error}");
    let headline = out.lines().next().unwrap_or_default();
    assert!(headline.contains("session") && !headline.contains("do not trust"), "{out}");
}

#[test]
fn without_trust_the_signer_is_said_and_nobody_vouches() {
    let (folder, at) = shown();
    for args in [&["verify", "shown", "--at", &at][..], &["verify", "issuer-signed", "--at", &at]] {
        let (status, out, _) = run(&folder, &[&["--lang", "en"], args].concat());
        assert_eq!(status, Some(2), "{out}");
        assert!(out.contains("Test IACA (CN)") && out.contains("nobody vouches"), "{out}");
    }
    // The demo's authority vouches for its own documents only.
    let (status, out, _) = run(&folder, &["verify", "shown", "--demo", "--at", &at]);
    assert_eq!(status, Some(1), "{out}");
}
