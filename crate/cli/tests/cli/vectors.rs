//! Every file under tests/vectors gives its code by the command that reads its kind, as it does in the page.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cbor::Timestamp;
use serde_json::Value;
use testkit::hostile::other::Session;
use testkit::hostile::{Expectation, Kind, Verdict};
use testkit::issuer::TestIssuer;

use crate::support::{Folder, hex};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

/// A file with what it must give.
struct Vector {
    rule: String,
    expect: Expectation,
}

impl Vector {
    /// A file of its folder.
    fn file(&self, name: &str) -> String {
        root().join(&self.rule).join(name).to_str().unwrap().to_owned()
    }

    /// The file that is judged.
    fn judged(&self) -> String {
        self.file(self.expect.kind.file())
    }

    /// The code, in brackets as people see it.
    fn code(&self) -> String {
        format!("[{}]", self.expect.code.as_deref().unwrap_or_default())
    }

    fn list_root(&self) -> String {
        let own = self.expect.given.list_root.as_deref();
        own.map_or_else(|| trust_file("list-root.der"), |file| self.file(file))
    }
}

fn trust_file(name: &str) -> String {
    root().join("trust").join(name).to_str().unwrap().to_owned()
}

fn vectors(kinds: &[Kind]) -> Vec<Vector> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(path.join("expect.json")) else { continue };
        let rule = path.file_name().unwrap().to_str().unwrap().to_owned();
        let expect: Expectation = serde_json::from_str(&text).unwrap();
        if kinds.contains(&expect.kind) {
            all.push(Vector { rule, expect });
        }
    }
    all
}

fn valid() -> Vector {
    vectors(&[Kind::Presentation]).into_iter().find(|vector| vector.rule == "valid").unwrap()
}

fn verdict(expect: &Expectation) -> &'static str {
    match expect.verdict {
        Verdict::Accepted => "verified",
        Verdict::Refused | Verdict::Fail => "refused",
        Verdict::Undetermined => "undetermined",
    }
}

/// The manifest's trust as arguments.
fn trust() -> Vec<String> {
    let manifest: Value =
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
        let revoked = authority["revoked"].as_str();
        trust.extend(revoked.into_iter().flat_map(|hash| ["--revoked".to_owned(), hash.to_owned()]));
    }
    trust
}

/// The arguments of `verify` for a file, without the trust anchors.
fn arguments(vector: &Vector, trust: &[String]) -> Vec<String> {
    let (expect, given) = (&vector.expect, &vector.expect.given);
    let mut args = vec!["verify".to_owned(), vector.judged()];
    let mut add = |flag: &str, value: String| args.extend([flag.to_owned(), value]);
    for list in &given.trust_lists {
        add("--trust", vector.file(list));
        add("--list-root", vector.list_root());
    }
    for list in &given.status_lists {
        add("--status", vector.file(&list.file));
    }
    add("--at", expect.at.format_tdate());
    add("--clock-floor", expect.clock_floor.format_tdate());
    add("--audience", "verifier.example".to_owned());
    if let Some(terms) = &given.terms {
        add("--policy", terms.purpose.replace("age-only", "age"));
        if let Some(vehicle) = &terms.vehicle {
            add("--vehicle", vehicle.strip_suffix("-automatic").unwrap_or(vehicle).to_owned());
        }
        terms.state_classes.iter().for_each(|class| add("--state-class", class.clone()));
        terms.iso_states.iter().for_each(|state| add("--iso-state", state.clone()));
    }
    match &given.transcript {
        Some(transcript) => add("--transcript", transcript.clone()),
        None if expect.kind == Kind::Presentation => args.push("--one-way".to_owned()),
        None => {}
    }
    args.extend(given.reader_key.iter().flat_map(|key| ["--reader-key".to_owned(), key.clone()]));
    if expect.kind == Kind::IssuerSigned {
        args.push("--issuer-only".to_owned());
    }
    let vehicle = given.terms.as_ref().and_then(|terms| terms.vehicle.as_deref());
    if vehicle.is_some_and(|vehicle| vehicle.ends_with("-automatic")) {
        args.push("--automatic".to_owned());
    }
    if given.terms.as_ref().is_some_and(|terms| terms.status_needed) {
        args.push("--status-needed".to_owned());
    }
    if given.strict {
        args.push("--strict".to_owned());
    }
    if given.trust_lists.is_empty() {
        args.extend_from_slice(trust);
    }
    args
}

/// What the command line says otherwise: verdict and code, and why.
const OTHERWISE: [(&str, &str, Option<&str>, &str); 3] = [
    ("issuer-other-types", "refused", Some("issuer-unknown"), "a certificate alone vouches for every type"),
    ("seen", "verified", None, "a command has no memory"),
    ("status-list-expired", "undetermined", Some("status-expired"), "a list is verified when it is read"),
];

#[test]
fn each_gives_its_code_and_its_exit_status() {
    let (folder, trust) = (Folder::new(), trust());
    let (mut wrong, mut count) = (Vec::new(), 0);
    for vector in vectors(&[Kind::Presentation, Kind::DeviceResponse, Kind::IssuerSigned]) {
        let (rule, expect) = (&vector.rule, &vector.expect);
        // A link is named with exit status 3, and no longer refused as a licence.
        if rule == "url" {
            continue;
        }
        let judged = folder.judge(&arguments(&vector, &trust));
        let doubts: BTreeSet<_> = judged.codes.iter().map(String::as_str).collect();
        let due: BTreeSet<_> = expect.code.iter().chain(&expect.codes).map(String::as_str).collect();
        let right = match OTHERWISE.iter().find(|(other, ..)| other == rule) {
            Some((_, verdict, code, _)) => judged.is(verdict, *code),
            None => judged.is(verdict(expect), expect.code.as_deref()) && doubts.is_subset(&due),
        };
        if !right {
            wrong.push(format!("{rule}: {} {:?}, not {expect:?}", judged.verdict, judged.codes));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 290, "{count} files");
}

/// `verify` finds the presentation in what was received, or names what it is instead and gives no verdict.
#[test]
fn what_was_received_is_unwrapped_or_named() {
    let (folder, trust) = (Folder::new(), trust());
    for vector in vectors(&[Kind::Received]) {
        let (rule, expect) = (&vector.rule, &vector.expect);
        let mut args = arguments(&vector, &trust);
        if expect.verdict == Verdict::Refused {
            args.retain(|arg| arg != "--one-way");
            let output = folder.run(&args);
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0), "{rule}: {error}");
            assert!(error.contains(&format!("[{}]", expect.code.as_ref().unwrap())), "{rule}: {error}");
            continue;
        }
        // Nobody knows the session of an answer in a file.
        let judged = folder.judge(&args);
        let due = if rule == "received-link" {
            judged.is("verified", None)
        } else {
            judged.is("undetermined", Some("device-unchecked"))
        };
        assert!(due, "{rule}: {} {:?}", judged.verdict, judged.codes);
    }
}

/// `trust show` refuses a list, or names its entries that are not trusted, or says that it is out of date.
#[test]
fn trust_lists_are_shown_with_their_codes() {
    for vector in vectors(&[Kind::TrustList]) {
        let (rule, expect, root) = (&vector.rule, &vector.expect, vector.list_root());
        let folder = Folder::new();
        if let Some(seen) = &expect.given.seen_list {
            let keep = |list: &str| {
                folder.run(&["trust", "fetch-from-file", list, "--into", "kept", "--list-root", &root])
            };
            assert!(keep(&vector.file(seen)).status.success(), "{rule}");
            let refused = keep(&vector.judged());
            assert!(String::from_utf8_lossy(&refused.stderr).contains(&vector.code()), "{rule}");
            continue;
        }
        let at = expect.at.format_tdate();
        let output =
            folder.run(&["trust", "show", &vector.judged(), "--list-root", &root, "--at", &at, "--json"]);
        let said = String::from_utf8_lossy(&output.stderr);
        if expect.verdict == Verdict::Refused {
            assert_eq!(output.status.code(), Some(3), "{rule}");
            assert!(said.contains(&vector.code()), "{rule}: {said}");
            continue;
        }
        assert!(output.status.success(), "{rule}: {said}");
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = &json["lists"][0];
        let odd = list["anchors"].as_array().unwrap().iter().filter_map(|entry| entry["refused"].as_str());
        let found: Vec<_> = odd.chain(list["age"].as_str()).collect();
        let due: Vec<_> = expect.code.as_deref().into_iter().collect();
        assert_eq!(found, due, "{rule}");
    }
}

/// Lists that are refused for what a command cannot know: the name by which it was asked for, and one seen before.
const STATUS_UNKNOWABLE: [&str; 2] = ["cwt-subject-other", "cwt-rollback"];
/// A list of another authority, whose revocation list `status show` does not take.
const STATUS_OF_ANOTHER: &str = "cwt-signer-revoked";

#[test]
fn status_lists_are_shown_or_refused_with_their_code() {
    let folder = Folder::new();
    for vector in vectors(&[Kind::StatusList]) {
        let (rule, expect) = (&vector.rule, &vector.expect);
        if rule == STATUS_OF_ANOTHER {
            continue;
        }
        let (at, index) = (expect.at.format_tdate(), expect.given.index.unwrap().to_string());
        let authority = match rule.as_str() {
            "cwt-signer-brainpool" => "brainpool-p256r1.der",
            _ => "test-authority.der",
        };
        let (file, trust) = (vector.judged(), trust_file(authority));
        let args = ["status", "show", &file, "--trust", &trust, "--at", &at, "--index", &index];
        let output = folder.run(&args);
        let fine = expect.verdict == Verdict::Accepted || STATUS_UNKNOWABLE.contains(&rule.as_str());
        assert_eq!(output.status.success(), fine, "{rule}");
        assert!(fine || String::from_utf8_lossy(&output.stderr).contains(&vector.code()), "{rule}");
    }
}

#[test]
fn revocation_lists_revoke_or_are_refused_with_their_code() {
    let (folder, valid) = (Folder::new(), valid());
    let (file, iaca) = (valid.judged(), trust_file("test-authority.der"));
    for vector in vectors(&[Kind::RevocationList]) {
        let (at, list) = (vector.expect.at.format_tdate(), vector.judged());
        let args = ["verify", &file, "--trust", &iaca, "--at", &at, "--crl", &list];
        if vector.expect.verdict == Verdict::Accepted {
            assert!(folder.judge(&args).is("refused", Some("ds-revoked")), "{}", vector.rule);
            continue;
        }
        let output = folder.run(&args);
        assert_eq!(output.status.code(), Some(3), "{}", vector.rule);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(&vector.code()), "{}: {said}", vector.rule);
    }
}

#[test]
fn sessions_are_taken_or_refused_with_their_code() {
    let (folder, valid) = (Folder::new(), valid());
    let (file, iaca, at) = (valid.judged(), trust_file("test-authority.der"), valid.expect.at.format_tdate());
    for vector in vectors(&[Kind::SessionTranscript]) {
        let session = serde_json::from_slice(&std::fs::read(vector.judged()).unwrap()).unwrap();
        let words = match session {
            Session::Openid4vp { client_id, nonce, jwk_thumbprint, response_uri } => {
                let mut words = vec!["--openid4vp".to_owned(), client_id, nonce, response_uri];
                words.extend(jwk_thumbprint.into_iter().flat_map(|hash| ["--thumbprint".to_owned(), hash]));
                words
            }
            Session::DcApi { origin, nonce } => vec!["--dc-api".to_owned(), origin, nonce],
            Session::OrgIsoMdoc { encryption_info, origin } => {
                vec!["--org-iso-mdoc".to_owned(), encryption_info, origin]
            }
            Session::Proximity { device_engagement, e_reader_key } => {
                vec!["--proximity".to_owned(), device_engagement, e_reader_key]
            }
        };
        let mut args = vec!["verify", &file, "--trust", &iaca, "--at", &at];
        args.extend(words.iter().map(String::as_str));
        let output = folder.run(&args);
        let said = String::from_utf8_lossy(&output.stderr);
        // a right session, and not that of the presentation: judged, and refused
        let due = if vector.expect.verdict == Verdict::Accepted { 1 } else { 3 };
        assert_eq!(output.status.code(), Some(due), "{}: {said}", vector.rule);
        assert!(due == 1 || said.contains(&vector.code()), "{}: {said}", vector.rule);
    }
}

/// A file of a new kind is tested here, or said to have no command.
#[test]
fn every_kind_has_a_command_or_none() {
    let tested = 8;
    // no command is a wallet that is asked or has asked a question that is still open (a question is answered once, and
    // never stored), and `scan` passes over a frame that is none
    let without = [Kind::DeviceRequest, Kind::Question, Kind::Answer, Kind::Frames];
    assert_eq!(tested + without.len(), Kind::ALL.len());
}

/// Nobody has to say what a file is.
#[test]
fn binary_hexadecimal_and_base64url_are_found_out() {
    use base64ct::{Base64UrlUnpadded, Encoding as _};
    let folder = Folder::new();
    folder.write("iaca.der", TestIssuer::default().iaca().as_der());
    let valid = valid();
    let payload = std::fs::read(valid.judged()).unwrap();
    let at = valid.expect.at.format_tdate();
    let envelope = envelope::Envelope::decode(&payload).unwrap();
    for bytes in [payload, envelope.encode_inflated()] {
        let base64url = Base64UrlUnpadded::encode_string(&bytes);
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
    // A text, a link, an empty file and a map of other members are named and no refused licence: see `received`.
    let cases: [(&str, &[u8]); 2] = [("noise", &[0x5a; 300]), ("a map cut short", &[0xa3, 0x66, 0x73])];
    for (name, bytes) in cases {
        folder.write("file", bytes);
        let judged = folder.judge(&["verify", "file", "--trust", "iaca.der"]);
        assert_eq!(judged.verdict, "refused", "{name}");
        assert_eq!(judged.codes.len(), 1, "{name}");
    }
    // what is no presentation, or far too long for one
    for bytes in [Vec::new(), vec![0xa0], vec![0x30; 300 * 1024]] {
        folder.write("file", bytes);
        assert_eq!(folder.run(&["verify", "file", "--trust", "iaca.der"]).status.code(), Some(3));
    }
}

/// The clock of this machine is believed; a floor above it is not passed by.
#[test]
fn a_clock_before_its_floor_is_undetermined() {
    let folder = Folder::new();
    folder.write("iaca.der", TestIssuer::default().iaca().as_der());
    let valid = valid();
    let (file, at) = (valid.judged(), valid.expect.at.format_tdate());
    let floor = Timestamp::from_unix(valid.expect.at.unix() + 30).format_tdate();
    let args = ["verify", &file, "--trust", "iaca.der", "--at", &at, "--clock-floor", &floor];
    assert!(folder.judge(&args).is("undetermined", Some("clock-floor")));
}
