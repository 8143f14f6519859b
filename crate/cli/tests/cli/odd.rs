//! Files as editors, mail and other programs leave them, and files that are something else: read, or refused in words
//! that fit the command line.

use testkit::holder::TestHolder;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::{draft, sample};
use x509::hazmat::CrlTemplate;

use crate::support::{Folder, hex, pem};

/// A presentation and the trust anchors for it.
fn shown() -> (Folder, TestIssuer, String) {
    let (folder, issuer, at) = (Folder::new(), TestIssuer::default(), draft::NOW);
    folder.write("iaca.pem", pem("CERTIFICATE", issuer.iaca().as_der()));
    folder.write("shown", TestHolder::new(&issuer, at).present(sample::ROADSIDE, at, "odd").payload());
    (folder, issuer, at.format_tdate())
}

fn refused(folder: &Folder, args: &[&str], words: &str) -> String {
    let output = folder.run(args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{args:?}: {said}");
    assert!(said.contains(words), "{args:?}: {said}");
    assert!(!said.contains("this page") && !said.contains("paper licence"), "{args:?}: {said}");
    said
}

fn utf16(text: &str) -> Vec<u8> {
    core::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_presentation_is_read_however_its_bytes_are_written() {
    let (folder, _, at) = shown();
    let digits = hex(&std::fs::read(folder.file("shown")).unwrap());
    let pairs: Vec<&str> =
        digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap()).collect();
    let writings = [
        format!("0x{digits}\r\n").into_bytes(),
        format!("\u{feff}{digits}").into_bytes(),
        pairs.join(":").into_bytes(),
        utf16(&digits),
    ];
    for writing in writings {
        folder.write("written", &writing);
        let judged = folder.judge(&["verify", "written", "--trust", "iaca.pem", "--at", &at]);
        assert!(judged.is("verified", None), "{:?}: {:?}", &writing[..8], judged.codes);
    }
}

#[test]
fn certificates_are_found_in_text_of_any_encoding() {
    let (folder, issuer, at) = shown();
    let text = pem("CERTIFICATE", issuer.iaca().as_der());
    let der = issuer.iaca().as_der();
    let latin = [b"Subject: M\xfcller\r\n".as_slice(), text.as_bytes()].concat();
    for file in [
        latin,
        utf16(&format!("签发机关\r\n{text}")),
        format!("\u{feff}{text}").into_bytes(),
        hex(der).into(),
    ] {
        folder.write("other.pem", &file);
        let judged = folder.judge(&["verify", "shown", "--trust", "other.pem", "--at", &at]);
        assert!(judged.is("verified", None), "{:?}: {:?}", &file[..8], judged.codes);
    }
}

#[test]
fn a_certificate_is_revoked_by_its_fingerprint_as_other_tools_print_it() {
    let (folder, issuer, at) = shown();
    let pairs: Vec<String> = issuer.ds().fingerprint().iter().map(|byte| format!("{byte:02X}")).collect();
    let args = ["verify", "shown", "--trust", "iaca.pem", "--at", &at, "--revoked", &pairs.join(":")];
    assert!(folder.judge(&args).is("refused", Some("ds-revoked")));
}

#[test]
fn what_is_no_trust_is_called_so_and_no_broken_block_is_passed_over() {
    let (folder, issuer, at) = shown();
    folder.write("picture.png", [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 90]].concat());
    folder.write("noise", [0x5a; 64]);
    folder.write("empty", b"");
    folder.write("words.pem", "nothing of the kind, in words");
    for file in ["picture.png", "noise", "empty", "words.pem"] {
        refused(
            &folder,
            &["verify", "shown", "--trust", file],
            "neither a certificate (PEM, DER) nor a trust list",
        );
        refused(&folder, &["trust", "show", file], "cert-malformed");
    }
    folder.write("ds.der", issuer.ds_der());
    refused(&folder, &["trust", "show", "ds.der"], "Ask the authority");
    std::fs::create_dir(folder.file("nobody")).unwrap();
    folder.write("nobody/readme.txt", "not here");
    refused(&folder, &["verify", "shown", "--trust", "nobody"], "lets nobody be trusted");

    let good = pem("CERTIFICATE", issuer.iaca().as_der());
    for broken in [good.replacen("MII", "M*I", 1), good[..200].to_owned(), good.replace("BEGIN", "BEGIN ")] {
        // what can be used of a bundle is, and the rest is named; where all must be right, nothing is passed over
        folder.write("two.pem", format!("{good}{broken}"));
        let said = folder.run(&["verify", "shown", "--trust", "two.pem", "--at", &at]);
        let words = String::from_utf8(said.stderr).unwrap();
        assert!(words.contains("[cert-malformed]"), "{words}");
        refused(
            &folder,
            &["verify", "shown", "--trust", "two.pem", "--list-root", "two.pem"],
            "cert-malformed",
        );
    }
}

#[test]
fn a_revocation_list_that_does_not_count_says_why_by_its_own_authority() {
    let (folder, issuer, at) = shown();
    let options =
        TestIssuerOptions { iaca_name: "Other".into(), seed: "other".into(), ..TestIssuerOptions::default() };
    let other = TestIssuer::new(&options);
    let now = draft::NOW;
    let list = |of: &TestIssuer, by: &TestIssuer| {
        let template = CrlTemplate::new(of.iaca(), 1, now, now.plus_seconds(86_400));
        pem("X509 CRL", &template.revoke(issuer.ds(), now).sign(by.iaca_key()))
    };
    folder.write("other.pem", pem("CERTIFICATE", other.iaca().as_der()));
    let verify = |list: &str, code: &str| {
        folder.write("list.pem", list);
        // the authority that did not make it comes last, and has no say
        for order in [["iaca.pem", "other.pem"], ["other.pem", "iaca.pem"]] {
            let args = [
                "verify", "shown", "--at", &at, "--trust", order[0], "--trust", order[1], "--crl", "list.pem",
            ];
            refused(&folder, &args, code);
        }
    };
    verify(&list(&issuer, &other), "[crl-signature]");
    let good = list(&issuer, &issuer);
    verify(&good.replacen("\r\nM", "\r\n*", 1), "[crl-malformed]");
    verify(&format!("{good}{}", &good[..200]), "[crl-malformed]");
    verify(&format!("{good}{}", good.replacen("BEGIN", "BEGIN ", 1)), "[crl-malformed]");
    folder.write("list.pem", list(&other, &other));
    let args = ["verify", "shown", "--at", &at, "--trust", "iaca.pem", "--crl", "list.pem"];
    refused(&folder, &args, "[crl-issuer]");
    let said = refused(&folder, &[&args[..6], &["--status", "shown"]].concat(), "[cbor-");
    assert!(said.contains("Get it from the authority again"), "{said}");
}
